/* Which columns lead to rows of the same person, by foreign keys and by their names. */
#include "connect/propose_seen.h"

#include <string.h>

#include "base/base.h"

static struct seen_table *table_named(const struct proposal *p, str name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq_nocase(p->tables[i]->name, name))
			return p->tables[i];
	return NULL;
}

static size_t column_named(const struct seen_table *t, str name)
{
	size_t i = 0;

	while (i < t->n && !str_eq_nocase(t->columns[i].name, name))
		i++;
	return i;
}

/* person_id: of "person", "persons", or of a file of that name. */
static struct seen_table *table_meant(struct proposal *p, str column)
{
	static const char *const forms[] = { "%.*s", "%.*ss", "%.*ses",
		"%.*s.csv", "%.*ss.csv", "%.*s.jsonl", "%.*ss.jsonl" };
	str stem = column;

	if (str_ends(stem, STR("_id")))
		stem.n -= 3;
	else if (str_ends(stem, STR("Id")) || str_ends(stem, STR("ID")))
		stem.n -= 2;
	else
		return NULL;
	for (size_t i = 0; i < COUNTOF(forms) && stem.n; i++) {
		struct buf b = buf_in(p->arena, 2 * MAP_NAME_MAX);
		struct seen_table *t;

		buf_put(&b, stem);
		buf_puts(&b, forms[i] + strlen("%.*s"));
		t = table_named(p, buf_str(&b));
		if (t)
			return t;
	}
	return NULL;
}

/* --- links of several columns --- */

int proposal_take_reference(void *ctx, const struct ripple *told, struct err *e)
{
	struct proposal *p = ctx;
	struct seen_reference *r = p->references;

	(void)e;
	if (!r || !str_eq(r->name, told->name)) {
		r = arena_one(p->arena, struct seen_reference);
		*r = (struct seen_reference){
			.name = arena_dup(p->arena, told->name),
			.from = table_named(p, told->table),
			.to = table_named(p, told->refers_table),
			.next = p->references,
		};
		p->references = r;
	}
	r->is_lost = r->is_lost || r->n == MAP_PARTS_MAX || !r->from || !r->to;
	if (r->is_lost)
		return 0;
	r->columns[r->n] = column_named(r->from, told->column);
	r->ends[r->n] = column_named(r->to, told->refers_column);
	r->is_lost =
		r->columns[r->n] == r->from->n || r->ends[r->n] == r->to->n;
	r->n++;
	return 0;
}

/* A link has its columns in the order of the key that it leads to; false: not to all of it. */
static bool put_in_order(struct seen_reference *r)
{
	size_t columns[MAP_PARTS_MAX], found = 0;

	if (r->to->keys_n != r->n)
		return false;
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->n; k++)
			if (r->ends[k] == r->to->keys[i]) {
				columns[i] = r->columns[k];
				found++;
			}
	if (found != r->n)
		return false;
	memcpy(r->columns, columns, r->n * sizeof *columns);
	memcpy(r->ends, r->to->keys, r->n * sizeof *r->ends);
	return true;
}

static bool leads_on(const struct seen_reference *r, const struct seen_table *t)
{
	return r->from == t && !r->is_lost && r->to != t;
}

static bool is_in_reference(
	const struct proposal *p, const struct seen_table *t, size_t column)
{
	for (const struct seen_reference *r = p->references; r; r = r->next)
		for (size_t i = 0; r->from == t && i < r->n; i++)
			if (r->columns[i] == column)
				return true;
	return false;
}

struct aim {
	struct seen_table *to;
	size_t column;
	const char *why;
};

/* False when the column refers to nothing that is known here. */
static bool aim_of(struct proposal *p, const struct seen_table *t, size_t i,
	struct aim *out)
{
	str to_column = t->refers_column[i];

	*out = (struct aim){ .why = "a foreign key" };
	if (t->refers_table[i].n) {
		out->to = table_named(p, t->refers_table[i]);
	} else if (i != t->key && !is_in_reference(p, t, i)) {
		out->to = table_meant(p, t->columns[i].name);
		out->why = "by its name; no foreign key says so";
	}
	/* One column of a key of several is no row's alone. */
	if (!out->to || out->to == t ||
		(out->to->keys_n && !t->refers_table[i].n))
		return false;
	out->column =
		to_column.n ? column_named(out->to, to_column) : out->to->key;
	if (out->column == SIZE_MAX)
		out->column = column_named(out->to, STR("id"));
	return out->column < out->to->n;
}

bool proposal_spread(struct proposal *p)
{
	bool has_grown = false;
	struct aim aim;

	for (struct seen_reference *r = p->references; r; r = r->next)
		if (!r->is_lost && r->to->is_personal && !r->from->is_personal)
			has_grown = r->from->is_personal = true;

	for (size_t t = 0; t < p->n; t++)
		for (size_t i = 0; i < p->tables[t]->n; i++)
			if (!p->tables[t]->is_personal &&
				aim_of(p, p->tables[t], i, &aim) &&
				aim.to->is_personal)
				has_grown = p->tables[t]->is_personal = true;
	return has_grown;
}

static bool is_shared_name(str table)
{
	static const char *const words[] = {
#define SHARED_NAME(word) word,
#include "connect/tbl/shared_names.h"
	};

	for (size_t i = 0; i < COUNTOF(words); i++) {
		str word = str_of(words[i]);

		if (str_eq_nocase(str_head(table, word.n), word) &&
			table.n <= word.n + 1)
			return true;
	}
	return false;
}

static size_t index_of(const struct proposal *p, const struct seen_table *t)
{
	size_t i = 0;

	while (p->tables[i] != t)
		i++;
	return i;
}

/* The key of several columns, and the links. */
static void add_tuple_links(
	struct proposal *p, const struct seen_table *t, struct draft_table *out)
{
	for (struct seen_reference *r = p->references; r; r = r->next) {
		size_t to, i = out->table.links_n;
		bool is_shared;

		if (!leads_on(r, t) || !r->to->is_personal ||
			i == MAP_LINKS_MAX)
			continue;
		(void)put_in_order(r);
		to = index_of(p, r->to);
		is_shared = is_shared_name(r->to->name);
		out->table.links[i] = (struct map_link){
			.column = map_tuple_add(
				p->arena, &out->table, r->columns, r->n),
			.to = to,
			.to_column = map_tuple_add(p->arena,
				&p->out->tables[to].table, r->ends, r->n),
			.is_shared = is_shared,
		};
		out->link_why[i] = arena_fmt(p->arena, "a foreign key%s",
			is_shared ? "; its rows are often several people's"
				  : "");
		out->table.links_n++;
	}
}

static void add_link(const struct proposal *p, const struct aim *aim,
	size_t column, struct draft_table *out)
{
	bool is_shared = is_shared_name(aim->to->name);
	size_t i = out->table.links_n++;

	out->table.links[i] = (struct map_link){ .column = column,
		.to = index_of(p, aim->to),
		.to_column = aim->column,
		.is_shared = is_shared };
	out->link_why[i] = arena_fmt(p->arena, "%s%s", aim->why,
		is_shared ? "; its rows are often several people's" : "");
}

/* Whose rows stand below a row only people know: a reply is somebody else's, a part
 * of an order the same person's. */
static void say_own(struct proposal *p, const struct seen_table *t,
	size_t column, struct draft_table *out)
{
	str *why = &out->why[column];

	if (!t->is_personal || !str_eq_nocase(t->refers_table[column], t->name))
		return;
	*why = arena_fmt(p->arena,
		"%.*s%srefers to its own table: link it to %.*s.%.*s, with "
		"shared: true unless the rows below one are the same person's",
		STR_ARG(*why), why->n ? "; " : "", STR_ARG(t->name),
		STR_ARG(t->refers_column[column].n
				? t->refers_column[column]
				: t->columns[t->key == SIZE_MAX ? 0 : t->key]
					  .name));
}

void proposal_link(
	struct proposal *p, const struct seen_table *t, struct draft_table *out)
{
	struct aim aim;

	out->table.links = arena_many(p->arena, struct map_link, MAP_LINKS_MAX);
	out->link_why = arena_many(p->arena, str, MAP_LINKS_MAX);
	for (size_t i = 0; i < t->n; i++) {
		say_own(p, t, i, out);
		if (!aim_of(p, t, i, &aim) ||
			out->table.links_n == MAP_LINKS_MAX)
			continue;
		if (aim.to->is_personal) {
			add_link(p, &aim, i, out);
			continue;
		}
		if (!out->why[i].n)
			out->why[i] = arena_fmt(p->arena,
				"refers to %.*s, which seems to be about "
				"nobody: no link",
				STR_ARG(aim.to->name));
	}
	add_tuple_links(p, t, out);
}
