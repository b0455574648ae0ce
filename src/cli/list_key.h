#ifndef CLI_LIST_KEY_H
#define CLI_LIST_KEY_H

#include "cli/command.h"
#include "ident/key.h"
#include "index/index.h"

/*
 * The keyring of an index file that is made without an installation: of the key
 * file beside it, which is made when there is none (index/key_file.h).  One that goes
 * to /dev/null has a key that is kept nowhere.
 */
int list_keyring(struct cli *c, const char *index_path,
	struct ident_keyring *out, struct err *e);

/*
 * Opens an index file, with the keyring that belongs to it: of the key file
 * beside it, or the installation's when it was made there.  Closed with the arena.
 */
int list_open(struct cli *c, const char *path, struct index **out,
	struct ident_keyring *keyring, struct err *e);

/* The index file a command is about: its operand, or the installation's. */
const char *index_file_of(struct cli *c);

#endif
