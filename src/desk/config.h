#ifndef DESK_CONFIG_H
#define DESK_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* One field a row of tbl/config.h, all of them text as written. */
struct config {
#define CONFIG(name, kind, otherwise, help) str name;
#include "tbl/config.h"
};

/* A row of the table, for help and `toyon doctor`. */
struct config_row {
	const char *name;
	const char *kind;
	const char *otherwise;
	const char *help;
};
extern const struct config_row config_rows[];
extern const int config_rows_n;

/* What holds where the file says nothing. */
void config_defaults(struct config *out);

/*
 * Reads DIR/toyon.yaml over the defaults, and TOYON_NAME over that.  A missing
 * file is ERR_NOT_FOUND; an unknown key, a value of the wrong kind or anything
 * but `key: value` lines is ERR_INVALID with the line and a suggestion.
 */
int config_load(
	struct arena *a, const char *dir, struct config *out, struct err *e);
/* The file's text for these values; lines that say the default are left out. */
str config_write(struct arena *a, const struct config *c);

bool config_flag(str value);
int64_t config_number(str value);
/* "+21d", "-3h", "90m": milliseconds.  False on anything else. */
bool config_span(str value, int64_t *ms);

#endif
