/*
 * Look-ups.  Values are compared by the directory, whose rules are wider than
 * equality of bytes, and then here.  An identifier in any spelling, and a value of
 * an attribute that no filter compares, are looked for in all entries that have
 * the attribute.
 *
 * An attribute with several values is one cell, a list as JSON, in a look-up; in
 * a reading of all entries it is as many rows as it has values, since lists are
 * matched by each of them.  In a column that links it is an error: whose the
 * entry is can't be said then.
 */
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/json.h"
#include "connect/ldap/session.h"

enum { LIST_MAX = 64 << 20 };

struct look {
	struct directory_conn *conn;
	struct directory_table table;
	struct matcher matcher;
	row_fn *fn;
	void *ctx;
	struct arena *arena; /* of the call */
	struct arena *entry; /* of one entry */
	char **attributes;
	bool *is_link;  /* of the query's columns */
	bool has_names; /* `where` links to names of entries: these */
	struct key_set names;
	size_t handed_out;
};

struct value_list {
	struct cell *at;
	size_t n;
};

static struct cell cell_of(str v)
{
	struct cell c = cell_by_look(v);

	if (!str_is_utf8(v))
		c.type = CELL_BLOB;
	return c;
}

static struct value_list values_of(
	struct arena *a, LDAP *ld, LDAPMessage *m, str column)
{
	struct value_list out = { NULL, 0 };
	struct berval **v;
	char *dn;

	if (directory_is_name(column)) {
		dn = ldap_get_dn(ld, m);
		out.at = arena_one(a, struct cell);
		out.at[out.n++] = cell_text(arena_dup(a, str_of(dn)));
		ldap_memfree(dn);
		return out;
	}
	v = ldap_get_values_len(ld, m, arena_cstr(a, column));
	out.at = arena_many(a, struct cell, (size_t)ldap_count_values_len(v));
	for (; v && v[out.n]; out.n++)
		out.at[out.n] = cell_of(arena_dup(
			a, (str){ v[out.n]->bv_val, v[out.n]->bv_len }));
	ldap_value_free_len(v);
	return out;
}

static struct cell list_cell(struct arena *a, const struct value_list *v)
{
	struct buf b = buf_in(a, LIST_MAX);
	struct json j = json_to(&b);

	if (!v->n)
		return (struct cell){ .type = CELL_NULL };
	if (v->n == 1)
		return v->at[0];
	json_begin_array(&j);
	for (size_t i = 0; i < v->n; i++)
		json_str(&j, v->at[i].v.v);
	json_end(&j);
	return cell_text(buf_str(&b));
}

/* A name has many spellings, which the directory takes for one. */
static bool takes(const struct look *l, const struct cell *c)
{
	if (!l->has_names)
		return matcher_takes(&l->matcher, c);
	return key_set_find(&l->names, directory_name_key(l->entry, c->v.v));
}

/* In a search by name the directory has compared. */
static bool is_wanted(const struct look *l, LDAP *ld, LDAPMessage *m)
{
	const struct row_query *q = l->matcher.query;
	struct value_list v;

	if (q->is_all || directory_is_name(q->where))
		return true;
	v = values_of(l->entry, ld, m, q->where);
	for (size_t i = 0; i < v.n; i++)
		if (takes(l, &v.at[i]))
			return true;
	return false;
}

static int hand_out(struct look *l, struct cell *cells, struct err *e)
{
	const struct row_query *q = l->matcher.query;

	for (size_t i = 0; i < q->columns_n; i++)
		cell_cut(&cells[i], q->cell_max);
	l->handed_out++;
	return l->fn(l->ctx, cells, q->columns_n, e);
}

static int hand_out_lists(
	struct look *l, const struct value_list *v, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];

	for (size_t i = 0; i < q->columns_n; i++)
		cells[i] = list_cell(l->entry, &v[i]);
	return hand_out(l, cells, e);
}

/* Row i has the i-th value of each attribute, or the last that there is. */
static int hand_out_each(
	struct look *l, const struct value_list *v, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];
	size_t rows = 1;

	for (size_t i = 0; i < q->columns_n; i++)
		rows = v[i].n > rows ? v[i].n : rows;
	for (size_t r = 0; r < rows; r++) {
		for (size_t i = 0; i < q->columns_n; i++)
			cells[i] = !v[i].n      ? (struct cell){ 0 }
				   : r < v[i].n ? v[i].at[r]
						: v[i].at[v[i].n - 1];
		if (hand_out(l, cells, e) < 0)
			return -1;
	}
	return 0;
}

static int take_entry(void *ctx, LDAP *ld, LDAPMessage *m, struct err *e)
{
	struct look *l = ctx;
	const struct row_query *q = l->matcher.query;
	struct value_list *v;

	if (arena_used(l->entry))
		arena_clear(l->entry);
	if (!is_wanted(l, ld, m))
		return 0;
	v = arena_many(l->entry, struct value_list, q->columns_n);
	for (size_t i = 0; i < q->columns_n; i++) {
		v[i] = values_of(l->entry, ld, m, q->columns[i]);
		if (v[i].n > 1 && l->is_link[i])
			return err_set(e, ERR_INVALID,
				"%s: \"%.*s\" links, and an entry has several "
				"values in it",
				l->table.what, STR_ARG(q->columns[i]));
	}
	if ((q->is_all ? hand_out_each(l, v, e) : hand_out_lists(l, v, e)) < 0)
		return -1;
	return q->is_all && q->rows_max && l->handed_out >= q->rows_max;
}

static int search(
	struct look *l, const char *base, const char *filter, struct err *e)
{
	struct directory_search s = { .base = base ? base : l->table.base,
		.scope = base ? LDAP_SCOPE_BASE : LDAP_SCOPE_SUBTREE,
		.filter = filter,
		.attributes = l->attributes,
		.may_miss = base != NULL,
		.what = l->table.what };

	return directory_search(&l->conn->link, &s, take_entry, l, e);
}

/* Entries by their names; one that is not below the base is another table's. */
static int look_by_name(struct look *l, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	const char *filter = arena_cstr(l->arena, l->table.filter);

	for (size_t i = 0; i < q->values_n; i++) {
		str plain;

		if (q->values[i].type == CELL_NULL ||
			!directory_plain_name(
				l->arena, q->values[i].v.v, &plain) ||
			!directory_is_below(plain, l->table.plain_base))
			continue;
		if (search(l, arena_cstr(l->arena, q->values[i].v.v), filter,
			    e) < 0)
			return -1;
	}
	return 0;
}

/* "(&(objectClass=person)(|(mail=a)(mail=b)))" */
static const char *filter_of(
	const struct look *l, struct arena *a, size_t from, size_t n)
{
	const struct row_query *q = l->matcher.query;
	struct buf b = buf_in(a, LIST_MAX);

	buf_fmt(&b, "(&%.*s(|", STR_ARG(l->table.filter));
	for (size_t i = from; i < from + n; i++) {
		if (q->values[i].type == CELL_NULL)
			continue;
		buf_fmt(&b, "(%.*s=", STR_ARG(q->where));
		directory_put_filter_value(&b, q->values[i].v.v);
		buf_putc(&b, ')');
	}
	buf_puts(&b, "))");
	buf_putc(&b, '\0');
	must(buf_ok(&b));
	return buf_str(&b).p;
}

static const char *filter_of_any(const struct look *l)
{
	return arena_fmt(l->arena, "(&%.*s(%.*s=*))%c",
		STR_ARG(l->table.filter), STR_ARG(l->matcher.query->where),
		'\0')
		.p;
}

static bool is_comparable(const struct look *l)
{
	const struct row_query *q = l->matcher.query;

	return q->match != MATCH_IDENT &&
	       directory_compares(&l->conn->link, q->where);
}

/* An entry that holds values of two parts comes twice, as the same row. */
static int look_by_value(struct look *l, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	struct key_set all = l->matcher.keys;
	int rc = 0;

	for (size_t at = 0; at < q->values_n && !rc;
		at += DIRECTORY_VALUES_AT_ONCE) {
		struct arena *a = arena_new(DIRECTORY_SCRATCH_MAX);
		size_t n = q->values_n - at;

		n = n < DIRECTORY_VALUES_AT_ONCE ? n : DIRECTORY_VALUES_AT_ONCE;
		l->matcher.keys = key_set_in(a, n);
		key_set_add(&l->matcher.keys, q->values + at, n, 0);
		rc = search(l, NULL, filter_of(l, a, at, n), e);
		arena_free(a);
	}
	l->matcher.keys = all;
	return rc;
}

static int look(struct look *l, struct err *e)
{
	const struct row_query *q = l->matcher.query;

	if (q->is_all)
		return search(
			l, NULL, arena_cstr(l->arena, l->table.filter), e);
	if (directory_is_name(q->where))
		return look_by_name(l, e);
	if (is_comparable(l))
		return look_by_value(l, e);
	return search(l, NULL, filter_of_any(l), e);
}

static bool links(const struct map_table *t, str column)
{
	for (size_t i = 0; i < t->links_n; i++)
		if (str_eq(t->columns[t->links[i].column].name, column))
			return true;
	return false;
}

static int prepare(struct look *l, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	size_t n = q->columns_n + !q->is_all, asked = 0;

	must(q->columns_n <= MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1);
	if (directory_table_named(l->conn, l->arena, q->table, &l->table, e) <
		0)
		return -1;
	l->attributes = arena_many(l->arena, char *, n + 2);
	l->is_link = arena_many(l->arena, bool, n);
	for (size_t i = 0; i < n; i++) {
		str column = i < q->columns_n ? q->columns[i] : q->where;

		if (directory_check_column(l->conn, &l->table, column, e) < 0)
			return -1;
		l->is_link[i] = links(l->table.map, column);
		if (!directory_is_name(column))
			l->attributes[asked++] = arena_cstr(l->arena, column);
	}
	l->has_names = !q->is_all && directory_holds_names(l->conn->head.system,
					     l->table.map, q->where);
	if (l->has_names)
		l->names = directory_names(l->arena, q->values, q->values_n);
	/* None would be all of them. */
	if (!asked)
		l->attributes[0] = arena_cstr(l->arena, STR(LDAP_NO_ATTRS));
	return 0;
}

int directory_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct look l = { .conn = directory_own(conn),
		.fn = fn,
		.ctx = ctx,
		.arena = arena_new(DIRECTORY_SCRATCH_MAX),
		.entry = arena_new(DIRECTORY_SCRATCH_MAX) };
	int rc;

	l.matcher = matcher_of(l.arena, q);
	rc = prepare(&l, e);
	if (!rc)
		rc = look(&l, e);
	arena_free(l.entry);
	arena_free(l.arena);
	return rc;
}

int directory_plan(struct conn *conn, struct arena *a,
	const struct row_query *q, str *out, struct err *e)
{
	struct look l = { .conn = directory_own(conn), .arena = a };

	l.matcher = matcher_of(a, q);
	if (prepare(&l, e) < 0)
		return -1;
	if (!q->is_all && directory_is_name(q->where))
		*out = arena_fmt(a, "search of the entry ? for %.*s",
			STR_ARG(l.table.filter));
	else if (!q->is_all && is_comparable(&l))
		*out = arena_fmt(a,
			"search below %s for (&%.*s(|(%.*s=?)...)), %zu at "
			"once",
			l.table.base, STR_ARG(l.table.filter),
			STR_ARG(q->where), (size_t)DIRECTORY_VALUES_AT_ONCE);
	else
		*out = arena_fmt(a, "search below %s for %s", l.table.base,
			q->is_all ? arena_cstr(a, l.table.filter)
				  : filter_of_any(&l));
	return 0;
}
