#ifndef CLI_PUBLIC_KEY_H
#define CLI_PUBLIC_KEY_H

#include "cli/command.h"

/* --key HEX|FILE: 64 hex digits, or the file that holds them (keys/audit.pub);
 * empty when it was not given. */
int public_key_option(struct cli *c, str *out, struct err *e);

#endif
