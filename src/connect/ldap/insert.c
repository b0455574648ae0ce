/*
 * Adding entries.  Where a row says no name of its own, its key names the entry,
 * directly below the base; where it says no object class, those that the table's
 * filter asks for.  What was added before a failure stays (erase.c says why).
 */
#include "base/base.h"
#include "connect/ldap/session.h"
#include "connect/statement.h"

enum { ENTRY_ARENA_MAX = 128 << 20, ATTRIBUTES_MAX = 300 };

/* An entry that is put together. */
struct entry {
	struct arena *arena;
	const char *dn;
	LDAPMod *mods[ATTRIBUTES_MAX + 1];
	size_t n;
};

/* Another value, of an attribute that may have some. */
static void put_value(struct entry *en, str attribute, str value)
{
	struct arena *a = en->arena;
	struct berval *v = arena_one(a, struct berval);
	struct berval **list;
	size_t i = 0, n = 0;

	while (i < en->n &&
		!str_eq_nocase(str_of(en->mods[i]->mod_type), attribute))
		i++;
	must(i < ATTRIBUTES_MAX);
	if (i == en->n) {
		en->mods[i] = arena_one(a, LDAPMod);
		en->mods[i]->mod_op = LDAP_MOD_ADD | LDAP_MOD_BVALUES;
		en->mods[i]->mod_type = arena_cstr(a, attribute);
		en->n++;
	}
	while (en->mods[i]->mod_bvalues && en->mods[i]->mod_bvalues[n])
		n++;
	list = arena_many(a, struct berval *, n + 2);
	for (size_t k = 0; k < n; k++)
		list[k] = en->mods[i]->mod_bvalues[k];
	*v = (struct berval){ value.n,
		(char *)(uintptr_t)(value.n ? value.p : "") };
	list[n] = v;
	en->mods[i]->mod_bvalues = list;
}

/* "(&(objectClass=a)(objectClass=b))" */
static void put_classes(struct entry *en, str filter)
{
	str part, rest = filter, name, value;

	while (str_cut(rest, '(', &part, &rest)) {
		str_cut(rest, ')', &part, &name);
		if (str_cut(part, '=', &name, &value) &&
			str_eq_nocase(name, STR("objectClass")) &&
			directory_is_attribute(value))
			put_value(en, STR("objectClass"), value);
	}
}

static int put_row(struct directory_conn *c, struct entry *en,
	const struct directory_table *t, const struct insert_table *in,
	const struct cell *cells, struct err *e)
{
	str key = t->map->columns[t->map->key].name;
	bool has_class = false;

	for (size_t i = 0; i < in->columns_n; i++) {
		str column = in->columns[i], v = cells[i].v.v;

		if (directory_check_column(c, t, column, e) < 0)
			return -1;
		if (cells[i].type == CELL_NULL)
			continue;
		if (directory_is_name(column)) {
			en->dn = arena_cstr(en->arena, v);
			continue;
		}
		has_class |= str_eq_nocase(column, STR("objectClass"));
		put_value(en, column, v);
		if (str_eq(column, key) && !en->dn)
			en->dn = arena_fmt(en->arena, "%.*s,%s%c",
				STR_ARG(directory_rdn(en->arena, column, v)),
				t->base, '\0')
					 .p;
	}
	if (!has_class)
		put_classes(en, t->filter);
	if (en->dn)
		return 0;
	return err_set(e, ERR_INVALID, "%s: a row without a key", t->what);
}

static int add_entry(struct directory_conn *c, struct entry *en,
	const char *what, struct err *e)
{
	struct directory_change change = { DIRECTORY_ADD, en->dn, en->mods,
		what };

	en->mods[en->n] = NULL;
	return directory_do(&c->link, &change, e);
}

static int add_row(struct directory_conn *c, const struct directory_table *t,
	const struct insert_table *in, const struct cell *cells, struct err *e)
{
	struct arena *a = arena_new(ENTRY_ARENA_MAX);
	struct entry *en = arena_one(a, struct entry);
	int rc;

	must(in->columns_n < ATTRIBUTES_MAX);
	en->arena = a;
	rc = put_row(c, en, t, in, cells, e);
	if (!rc)
		rc = add_entry(c, en, t->what, e);
	arena_free(a);
	return rc;
}

int directory_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct directory_conn *c = directory_own(conn);
	struct arena *a = arena_new(DIRECTORY_SCRATCH_MAX);
	struct directory_table *to = arena_many(a, struct directory_table, n);
	const struct cell *cells;
	size_t t;
	int rc = directory_may_write(c, e);

	for (size_t i = 0; i < n && !rc; i++)
		rc = directory_table_named(c, a, tables[i].name, &to[i], e);
	while (!rc && (rc = next(ctx, &t, &cells, e)) == 1) {
		must(t < n);
		rc = add_row(c, &to[t], &tables[t], cells, e);
		*added += !rc;
	}
	arena_free(a);
	return rc;
}

/* A statement of a script: an entry as lines "attribute: value", the first of them
 * its "dn". */
static int add_text(struct directory_conn *c, str text, struct err *e)
{
	struct arena *a = arena_new(ENTRY_ARENA_MAX);
	struct entry *en = arena_one(a, struct entry);
	str line, name, value;
	int rc;

	en->arena = a;
	while (str_next(&text, '\n', &line) && en->n < ATTRIBUTES_MAX) {
		if (!str_cut(line, ':', &name, &value))
			continue;
		value = str_trim(value);
		if (directory_is_name(name))
			en->dn = arena_cstr(a, value);
		else
			put_value(en, name, value);
	}
	rc = en->dn ? add_entry(c, en, "an entry of a script", e)
		    : err_set(e, ERR_INVALID, "an entry without a name");
	arena_free(a);
	return rc;
}

int directory_script(struct conn *conn, str rest, struct err *e)
{
	struct directory_conn *c = directory_own(conn);
	struct arena *a;
	const char *one;
	int rc;

	if (directory_may_write(c, e) < 0)
		return -1;
	a = arena_new(DIRECTORY_SCRATCH_MAX);
	for (rc = 0; !rc && (one = statement_next(a, &rest));)
		rc = add_text(c, str_of(one), e);
	arena_free(a);
	return rc;
}
