#ifndef CONNECT_LDAP_SESSION_H
#define CONNECT_LDAP_SESSION_H

#include "connect/connector.h"
#include "connect/ldap/link.h"
#include "connect/ldap/text.h"
#include "connect/matcher.h"

/* A connection, and what the files of this folder share. */
enum { DIRECTORY_SCRATCH_MAX = 512 << 20, DIRECTORY_VALUES_AT_ONCE = 200 };

struct directory_conn {
	struct conn head;
	struct directory_link link;
	enum conn_mode mode;
};

static inline struct directory_conn *directory_own(struct conn *c)
{
	return (struct directory_conn *)c;
}

/* A table of the map: entries below a base that a filter lets through. */
struct directory_table {
	const struct map_table *map;
	const char *base;
	str plain_base;
	str filter;
	const char *what; /* for errors: `table "person"` */
};

/* ERR_INVALID when the map has no such table. */
int directory_table_named(const struct directory_conn *c, struct arena *a,
	str name, struct directory_table *out, struct err *e);

/* "dn", the name of the entry itself. */
bool directory_is_name(str column);
/* A column of the table that the map links to the names of entries. */
bool directory_holds_names(
	const struct map_system *s, const struct map_table *t, str column);
/* The values as names: what directory_name_key() makes of them. */
struct key_set directory_names(
	struct arena *a, const struct cell *values, size_t n);
/* ERR_INVALID when the directory knows no such attribute. */
int directory_check_column(const struct directory_conn *c,
	const struct directory_table *t, str column, struct err *e);

int directory_may_write(const struct directory_conn *c, struct err *e);

/* The vtable's functions that have a file of their own. */
int directory_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e);
int directory_describe(
	struct conn *conn, column_fn *fn, void *ctx, struct err *e);
int directory_plan(struct conn *conn, struct arena *a,
	const struct row_query *q, str *out, struct err *e);
int directory_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e);
int directory_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e);
int directory_script(struct conn *conn, str statements, struct err *e);

#endif
