#ifndef CLI_LIST_KEY_H
#define CLI_LIST_KEY_H

#include "cli/command.h"
#include "ident/key.h"
#include "index/index.h"

/*
 * Index files made without an installation (`toyon index build --kind`) are
 * keyed by a secret that everybody knows: the file is as good as a list of
 * hashes, and no better.
 */
void list_keyring(struct ident_keyring *out);

/*
 * Opens an index file, with the keyring that belongs to it: the one above, or
 * the installation's when it was made there.  Closed with the arena.
 */
int list_open(struct cli *c, const char *path, struct index **out,
	struct ident_keyring *keyring, struct err *e);

#endif
