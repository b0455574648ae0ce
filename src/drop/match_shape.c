/* From a data map to the order of reading. */
#include "drop/match_shape.h"

#include <string.h>

#include "base/base.h"
#include "drop/keys.h"

enum { PARTS_ALL = (1 << ROLE_PARTS) - 1 };

struct shaping {
	struct arena *a;
	const struct map_system *s;
	struct shape *out;
	bool *reaches; /* tables_n squared: by plain links, however many */
};

static bool *reaches(const struct shaping *sh, size_t from, size_t to)
{
	return &sh->reaches[from * sh->s->tables_n + to];
}

static bool is_plain(const struct map_link *l, size_t table)
{
	return !l->is_shared && l->to != table;
}

/* Warshall's closure. */
static void find_reaches(struct shaping *sh)
{
	size_t n = sh->s->tables_n;

	sh->reaches = arena_many(sh->a, bool, n *n);
	for (size_t t = 0; t < n; t++)
		for (size_t i = 0; i < sh->s->tables[t].links_n; i++)
			if (is_plain(&sh->s->tables[t].links[i], t))
				*reaches(sh, t, sh->s->tables[t].links[i].to) =
					true;
	for (size_t m = 0; m < n; m++)
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; *reaches(sh, i, m) && j < n; j++)
				*reaches(sh, i, j) |= *reaches(sh, m, j);
}

static bool climbs(const struct shaping *sh, size_t t, const struct map_link *l)
{
	return is_plain(l, t) && !*reaches(sh, l->to, t);
}

/* --- columns --- */

static enum role role_of(const struct map_column *c)
{
	enum role role = ROLES;

	if (c->is_identifier) {
		/* The kinds of ident/ and the roles have the same names. */
		role_read(str_of(ident_kind_name(c->kind)), &role);
		return role;
	}
	switch (c->verifies) {
	case VERIFIES_FIRST_NAME:
		return ROLE_FIRST;
	case VERIFIES_LAST_NAME:
		return ROLE_LAST;
	case VERIFIES_BIRTH_DATE:
		return ROLE_DOB;
	case VERIFIES_ZIP:
		return ROLE_ZIP;
	default:
		return ROLES;
	}
}

/* The cell of a column, which is read from now on. */
static size_t cell_of(struct shape_table *t, size_t column)
{
	str name = t->map->columns[column].name;
	size_t i;

	for (i = 0; i < t->columns_n && !str_eq(t->columns[i], name); i++)
		;
	if (i == t->columns_n)
		t->columns[t->columns_n++] = name;
	return i;
}

static void find_values(struct shaping *sh, struct shape_table *t)
{
	for (size_t i = 0; i < t->map->columns_n; i++) {
		const struct map_column *c = &t->map->columns[i];
		enum role role = role_of(c);

		sh->out->has_full_name |= c->verifies == VERIFIES_NAME;
		if (role == ROLES)
			continue;
		t->value[t->values].cell = cell_of(t, i);
		t->value[t->values++].role = role;
		t->roles |= 1u << role;
	}
}

static void add_alias(struct shape_table *t, size_t column)
{
	for (size_t i = 0; i < t->aliases; i++)
		if (t->alias[i].column == column)
			return;
	t->alias[t->aliases].cell = cell_of(t, column);
	t->alias[t->aliases++].column = column;
}

static void find_links(struct shaping *sh, size_t at)
{
	struct shape_table *t = &sh->out->table[at];

	for (size_t i = 0; i < t->map->links_n; i++) {
		const struct map_link *l = &t->map->links[i];

		if (!climbs(sh, at, l))
			continue;
		t->link[t->links].cell = cell_of(t, l->column);
		t->link[t->links].to = l->to;
		t->link[t->links++].to_column = l->to_column;
	}
}

static void find_aliases(struct shaping *sh, const struct shape_table *t)
{
	for (size_t i = 0; i < t->links; i++) {
		struct shape_table *to = &sh->out->table[t->link[i].to];

		if (to->links || t->link[i].to_column != to->map->key)
			add_alias(to, t->link[i].to_column);
	}
}

/* Values that name no row besides: keys and links must come as they are. */
static void find_hashes(struct shape_table *t)
{
	for (size_t i = 0; i < t->values; i++)
		t->hash[t->value[i].cell] = role_name(t->value[i].role);
	t->hash[0] = NULL;
	for (size_t i = 0; i < t->links; i++)
		t->hash[t->link[i].cell] = NULL;
	for (size_t i = 0; i < t->aliases; i++)
		t->hash[t->alias[i].cell] = NULL;
}

static void find_columns(struct shaping *sh)
{
	size_t n = sh->s->tables_n;

	for (size_t i = 0; i < n; i++) {
		struct shape_table *t = &sh->out->table[i];
		size_t most = sh->s->tables[i].columns_n + 1;

		t->map = &sh->s->tables[i];
		t->columns = arena_many(sh->a, str, most);
		t->hash = arena_many(sh->a, const char *, most);
		t->value = arena_array(sh->a, sizeof *t->value, most);
		t->link = arena_array(
			sh->a, sizeof *t->link, t->map->links_n + 1);
		t->alias = arena_array(sh->a, sizeof *t->alias, most);
		cell_of(t, t->map->key);
		find_values(sh, t);
		find_links(sh, i);
	}
	for (size_t i = 0; i < n; i++)
		find_aliases(sh, &sh->out->table[i]);
	for (size_t i = 0; i < n; i++)
		find_hashes(&sh->out->table[i]);
}

/* --- groups --- */

/* As many rounds as the longest climb; there are no circles. */
static void find_heights(struct shaping *sh)
{
	bool is_moved = true;

	while (is_moved) {
		is_moved = false;
		for (size_t i = 0; i < sh->s->tables_n; i++) {
			struct shape_table *t = &sh->out->table[i];

			for (size_t j = 0; j < t->links; j++) {
				size_t h = sh->out->table[t->link[j].to].height;

				if (t->height > h)
					continue;
				t->height = h + 1;
				is_moved = true;
			}
		}
	}
}

static void rename_group(struct shape *s, size_t n, size_t from, size_t to)
{
	for (size_t i = 0; i < n; i++)
		if (s->table[i].group == from)
			s->table[i].group = to;
}

static void find_groups(struct shaping *sh)
{
	size_t n = sh->s->tables_n;

	for (size_t i = 0; i < n; i++)
		sh->out->table[i].group = i;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < sh->out->table[i].links; j++)
			rename_group(sh->out, n,
				sh->out->table[sh->out->table[i].link[j].to]
					.group,
				sh->out->table[i].group);
}

/* Whether rows that are looked at may climb to this one. */
static bool is_wanted(const struct shaping *sh, size_t t)
{
	for (size_t i = 0; i < sh->s->tables_n; i++)
		if (sh->out->table[i].roles && (i == t || *reaches(sh, i, t)))
			return true;
	return false;
}

static void fill_group(struct shaping *sh, size_t group)
{
	struct shape_group *g = &sh->out->group[sh->out->groups];
	size_t n = sh->s->tables_n;
	unsigned roles = 0;

	*g = (struct shape_group){ .table = arena_many(sh->a, size_t, n) };
	for (size_t h = 0; h < n; h++)
		for (size_t i = 0; i < n; i++) {
			const struct shape_table *t = &sh->out->table[i];

			if (t->group != group || t->height != h ||
				!is_wanted(sh, i))
				continue;
			g->table[g->tables++] = i;
			roles |= t->roles;
			g->has_people |= t->links && t->roles;
			g->is_joined |= t->links && t->roles & PARTS_ALL;
		}
	g->lists = keys_lists_of(roles);
	g->is_joined &=
		(g->lists & (1u << DROP_NDZ | 1u << DROP_NAME_VIN)) != 0;
	sh->out->lists |= g->lists;
	sh->out->groups += g->lists != 0;
}

void match_shape(struct arena *a, const struct map_system *s, struct shape *out)
{
	struct shaping sh = { .a = a, .s = s, .out = out };

	*out = (struct shape){
		.table = arena_many(a, struct shape_table, s->tables_n),
		.group = arena_many(a, struct shape_group, s->tables_n + 1),
	};
	find_reaches(&sh);
	find_columns(&sh);
	find_heights(&sh);
	find_groups(&sh);
	for (size_t i = 0; i < s->tables_n; i++)
		fill_group(&sh, i);
}
