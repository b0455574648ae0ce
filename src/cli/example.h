#ifndef CLI_EXAMPLE_H
#define CLI_EXAMPLE_H

#include "base/str.h"

/* A file of examples/, which are in the binary: "leads-library/crm.sql".  One
 * that is not there is a broken promise. */
str example_text(const char *name);

#endif
