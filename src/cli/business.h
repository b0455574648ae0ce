#ifndef CLI_BUSINESS_H
#define CLI_BUSINESS_H

#include "base/err.h"

/*
 * What a business has to say of itself, whether it is asked by `toyon setup` or
 * told with `toyon setting`: a name, an address that a person reads, and a
 * number that can be called, or none.  Adds a problem of `field` when the value
 * does not do for the setting of this name; others are not looked at.
 */
void business_check(
	str name, str value, const char *field, struct problems *ps);

#endif
