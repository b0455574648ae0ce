#ifndef DESK_ROW_NAME_H
#define DESK_ROW_NAME_H

#include "desk/desk.h"
#include "desk/seal.h"

/*
 * Somebody who is known by a row of a system.  In the record its key is a keyed
 * value, to tell people apart, and a sealed one, to find the row again.
 */
struct row_name {
	str system;
	str table;
	personal key;
};

/* The two keys, opened once; wiped with the desk's arena. */
struct row_names {
	struct seal *seal;
	unsigned char *key; /* KEY_SIZE */
};
void row_names_init(struct row_names *p, struct desk *d);

enum { ROW_NAME_KEY_SIZE = 16 };
void row_name_hash(const struct row_names *p, const struct row_name *who,
	unsigned char out[ROW_NAME_KEY_SIZE]);
str row_name_key(
	struct arena *a, const struct row_names *p, const struct row_name *who);
str row_name_seal(
	struct arena *a, const struct row_names *p, const struct row_name *who);
/* The row's key. */
int row_name_open(struct arena *a, const struct row_names *p, str sealed,
	personal *key, struct err *e);

#endif
