#ifndef CLI_BINDER_H
#define CLI_BINDER_H

#include "cli/command.h"

/* `toyon audit verify FILE.zip`: the evidence file of a case, without an installation.
 * key: as public_key_option() gave it.  The exit status. */
int binder_verify(struct cli *c, str key, struct err *e);

#endif
