#ifndef DROP_DROP_H
#define DROP_DROP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "ident/ident.h"

/*
 * The words of the State's Delete Request and Opt-out Platform (Civ. Code
 * 1798.99.86; 11 CCR 7600 ff.), as its technical specification 1.2.0 has them:
 * lists, work items, statuses, file names.
 */
enum drop_list {
#define DROP_LIST(NAME, name, kind, title, what) DROP_##NAME,
#include "drop/tbl/lists.h"
	DROP_LISTS, /* how many */
};

enum drop_status {
	DROP_STATUS_NONE = 0, /* not decided; never sent, never a default */
#define DROP_STATUS(NAME, code, name, sentence) DROP_STATUS_##NAME = (code),
#include "drop/tbl/statuses.h"
};

enum {
	DROP_ID_SIZE = 12, /* of a work item: Base62, upper and lower differ */
	DROP_HASH_CHARS = 44, /* Base64 of a SHA-256 */
	DROP_SUFFIX_MAX = 10,
	DROP_NAME_MAX = 64, /* of a file, with room */
};

/* The profile by which everything here is standardized and hashed. */
#define DROP_PROFILE IDENT_DROP_1_2_0

const char *drop_list_name(enum drop_list l);  /* "NameVIN" */
const char *drop_list_title(enum drop_list l); /* "Name and vehicle number" */
const char *drop_list_what(enum drop_list l);
enum ident_kind drop_list_kind(enum drop_list l);
bool drop_list_read(str name, enum drop_list *out); /* in its exact spelling */

const char *drop_status_name(enum drop_status s); /* "not found"; "none" */
const char *drop_status_sentence(enum drop_status s);
bool drop_status_is(int code); /* 2 to 5 */

/* A work item: one identifier of one consumer, to be answered for. */
struct drop_item {
	char id[DROP_ID_SIZE];
	uint8_t list; /* enum drop_list */
	uint8_t digest[SHA256_SIZE];
};

/* Exactly 12 letters and digits. */
bool drop_id_read(str s, char id[DROP_ID_SIZE]);

/* As the simulator numbers them, in its last five characters: of the State's own one in
 * fifty looks so. */
bool drop_id_is_simulated(str id);

/* The name of a file, <YYYYMMDD>_<broker>_<type>[_<suffix>].csv (or _DROP.zip). */
struct drop_file_name {
	struct date date;
	int broker; /* 0 to 9999 */
	bool is_removed;
	enum drop_list list; /* not when is_removed */
	str suffix;          /* borrowed; empty for none */
};

bool drop_file_name_read(str name, struct drop_file_name *out);
str drop_file_name_of(struct arena *a, const struct drop_file_name *n);
/* "20260312_4821_DROP.zip" */
bool drop_zip_name_read(str name, struct date *date, int *broker);

#endif
