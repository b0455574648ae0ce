/*
 * Entries that go or change.  All are looked for first, by their keys, so that what
 * can be wrong is mostly known before anything is done; those that go are taken
 * from the leaves up.  After a failure the next run finishes.
 *
 * Not in one transaction: RFC 5805 has them, but the slapd of OpenLDAP 2.5.13 was
 * seen to stop soon after one, and a directory that is down is worse than one that
 * is half done for a minute.
 */
#include <stdlib.h>

#include "base/base.h"
#include "connect/ldap/session.h"

/* An entry that a step is about. */
struct target {
	const char *dn;
	size_t depth;
};

struct step {
	struct directory_conn *conn;
	struct arena *arena;
	const struct erase_step *step;
	const char *what;
	struct key_set targets; /* of an unlink */
	bool has_names;         /* they are names of entries */
	struct key_set seen;    /* keys: one entry each */
	struct target *at;
	size_t n;
};

static bool is_target(const struct step *s, const struct cell *c)
{
	if (c->type == CELL_NULL)
		return false;
	return key_set_find(&s->targets,
		s->has_names ? directory_name_key(s->arena, c->v.v) : c->v.v);
}

/* cells: the name, the key, and what is unlinked. */
static int take_entry(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct step *s = ctx;
	struct cell key = cell_dup(s->arena, &cells[1]);
	str plain;

	if (key_set_find(&s->seen, key.v.v) &&
		!directory_is_name(
			s->step->table->columns[s->step->table->key].name))
		return err_set(e, ERR_CONFLICT,
			"%s: one key stands in two entries", s->what);
	key_set_add(&s->seen, &key, 1, 0);
	if (n > 2 && !is_target(s, &cells[2]))
		return 0;
	must(s->n < s->step->keys_n);
	must(directory_plain_name(s->arena, cells[0].v.v, &plain));
	s->at[s->n++] = (struct target){ arena_cstr(s->arena, cells[0].v.v),
		directory_depth(plain) };
	return 0;
}

static int deepest_first(const void *a, const void *b)
{
	const struct target *x = a, *y = b;

	return x->depth < y->depth ? 1 : -(x->depth > y->depth);
}

static int find_entries(struct step *s, struct err *e)
{
	const struct map_table *t = s->step->table;
	str key = t->columns[t->key].name;
	str columns[] = { map_own_key(CONNECTOR_LDAP), key,
		s->step->unlink ? s->step->unlink->name : (str){ 0 } };
	struct row_query q = { .table = t->name,
		.columns = columns,
		.columns_n = s->step->unlink ? 3 : 2,
		.where = key,
		.values = s->step->keys,
		.values_n = s->step->keys_n };

	s->has_names =
		s->step->unlink && directory_holds_names(s->conn->head.system,
					   t, s->step->unlink->name);
	if (s->has_names) {
		s->targets = directory_names(
			s->arena, s->step->targets, s->step->targets_n);
	} else {
		s->targets = key_set_in(s->arena, s->step->targets_n);
		key_set_add(
			&s->targets, s->step->targets, s->step->targets_n, 0);
	}
	s->seen = key_set_in(s->arena, s->step->keys_n + 1);
	s->at = arena_many(s->arena, struct target, s->step->keys_n);
	if (directory_rows(&s->conn->head, &q, take_entry, s, e) < 0)
		return -1;
	if (s->n)
		qsort(s->at, s->n, sizeof *s->at, deepest_first);
	return 0;
}

/* The attribute with one value, or with none. */
static LDAPMod *replace(
	struct arena *a, str attribute, const struct cell *value)
{
	LDAPMod *m = arena_one(a, LDAPMod);
	struct berval *v = arena_one(a, struct berval);
	struct berval **list = arena_many(a, struct berval *, 2);

	m->mod_op = LDAP_MOD_REPLACE | LDAP_MOD_BVALUES;
	m->mod_type = arena_cstr(a, attribute);
	m->mod_bvalues = list;
	if (value->type == CELL_NULL)
		return m;
	v->bv_len = value->v.v.n;
	v->bv_val = (char *)(uintptr_t)(v->bv_len ? value->v.v.p : "");
	list[0] = v;
	return m;
}

static LDAPMod **mods_of(struct arena *a, const struct erase_step *s)
{
	static const struct cell null = { .type = CELL_NULL };
	size_t n = s->unlink ? 1 : s->set_n;
	LDAPMod **mods = arena_many(a, LDAPMod *, n + 1);

	for (size_t i = 0; i < n; i++)
		mods[i] = s->unlink ? replace(a, s->unlink->name, &null)
				    : replace(a, s->set[i].column->name,
					      &s->set[i].value);
	return mods;
}

static int run_step(const struct step *s, struct key_set *gone,
	int64_t *changed, struct err *e)
{
	bool deletes = step_deletes(s->step);
	struct directory_change c = {
		.kind = deletes ? DIRECTORY_DELETE : DIRECTORY_MODIFY,
		.mods = deletes ? NULL : mods_of(s->arena, s->step),
		.what = s->what,
	};

	for (size_t i = 0; i < s->n; i++) {
		struct cell dn = cell_text(str_of(s->at[i].dn));

		if (key_set_find(gone, dn.v.v))
			continue;
		c.dn = s->at[i].dn;
		if (directory_do(&s->conn->link, &c, e) < 0)
			return -1;
		if (deletes)
			key_set_add(gone, &dn, 1, 0);
		++*changed;
	}
	return 0;
}

static int run_steps(struct arena *a, const struct step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct key_set gone;
	size_t all = 0;
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		all += steps[i].n;
	gone = key_set_in(a, all);
	for (size_t i = 0; i < n && !rc; i++)
		rc = run_step(&steps[i], &gone, &erased[i], e);
	return rc;
}

int directory_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct directory_conn *c = directory_own(conn);
	struct arena *a;
	struct step *all;
	int rc = 0;

	if (directory_may_write(c, e) < 0)
		return -1;
	a = arena_new(DIRECTORY_SCRATCH_MAX);
	all = arena_many(a, struct step, n);
	for (size_t i = 0; i < n && !rc; i++) {
		struct directory_table t;

		erased[i] = 0;
		all[i] = (struct step){
			.conn = c, .arena = a, .step = &steps[i]
		};
		rc = directory_table_named(c, a, steps[i].table->name, &t, e);
		all[i].what = t.what;
		for (size_t k = 0; k < steps[i].set_n && !rc; k++)
			rc = directory_check_column(
				c, &t, steps[i].set[k].column->name, e);
		if (!rc)
			rc = find_entries(&all[i], e);
	}
	if (!rc)
		rc = run_steps(a, all, n, erased, e);
	arena_free(a);
	return rc;
}
