/*
 * A system of the data map: its tables read once each, whole, those of people
 * first.  A row that belongs to another climbs its links to that person's row;
 * identifiers are told for that row, and parts are held there until all tables
 * are read.
 *
 * Held are, of each person, the key and the hashes of parts, and of a row that
 * others climb through, two hashes.  When people are more than memory allows, a
 * reading takes a range of them, and another reading the next.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "drop/match_shape.h"
#include "drop/people.h"

enum {
	CELLS_MAX = MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1,
	CELL_SIZE = FIND_CELL_MAX,
	ALIAS_TABLES = 1 << 20, /* salts of aliases are above those of tables */
	ROWS_AT_ONCE = 4096,    /* of people whose rows stand alone */
};

/* The person of a row that is no person's own. */
struct alias {
	struct who row;
	struct who person;
};

struct aliases {
	struct alias *at; /* open addressing; person 0: empty */
	size_t size;      /* a power of two */
	size_t n;
};

struct system {
	struct arena *arena;
	struct conn *conn;
	const struct drop_match_opts *opts;
	struct drop_match_report *report;
	struct shape shape;
	const struct shape_group *group;
	const struct shape_table *table; /* that is read */
	size_t table_at;
	struct people *people;
	struct aliases aliases;
	size_t size_max;
	struct keys *keys;
	uint64_t low, high;
	bool is_full;
};

/* --- aliases --- */

static bool is_none(struct who w)
{
	return !w.h[0] && !w.h[1];
}

static bool is_same(struct who a, struct who b)
{
	return a.h[0] == b.h[0] && a.h[1] == b.h[1];
}

static struct alias *alias_slot(const struct aliases *s, struct who row)
{
	size_t at = row.h[0] & (s->size - 1);

	while (!is_none(s->at[at].person) && !is_same(s->at[at].row, row))
		at = (at + 1) & (s->size - 1);
	return &s->at[at];
}

static int alias_put(
	struct system *s, struct who row, struct who person, struct err *e)
{
	static const struct who several = { { UINT64_MAX, UINT64_MAX } };
	struct aliases *old = &s->aliases, more = *old;
	struct alias *slot;

	if (2 * (old->n + 1) > old->size) {
		more.size = old->size ? 2 * old->size : 1024;
		if (more.size * sizeof *more.at > s->size_max)
			return err_set(e, ERR_LIMIT,
				"too many rows stand between people and what "
				"belongs to them");
		more.at = calloc(more.size, sizeof *more.at);
		must(more.at != NULL);
		for (size_t i = 0; i < old->size; i++)
			if (!is_none(old->at[i].person))
				*alias_slot(&more, old->at[i].row) = old->at[i];
		free(old->at);
		*old = more;
	}
	slot = alias_slot(old, row);
	old->n += is_none(slot->person);
	/* Two rows of one name: who is meant can't be known. */
	if (!is_none(slot->person) && !is_same(slot->person, person))
		person = several;
	*slot = (struct alias){ row, person };
	return 0;
}

static void aliases_clear(struct aliases *s)
{
	free(s->at);
	*s = (struct aliases){ 0 };
}

/* --- telling --- */

static int tell_hits(struct system *s, struct err *e)
{
	struct keys *k = s->keys;

	keys_flush(k);
	for (size_t i = 0; i < k->hits; i++) {
		uint32_t person = k->hit[i].who;
		size_t table = people_table(s->people, person);
		struct drop_match m = { .item = k->hit[i].item,
			.table = s->shape.table[table].map->name,
			.key = { people_key(s->people, person) } };

		s->report->matches++;
		if (s->opts->fn && s->opts->fn(s->opts->ctx, &m, e))
			return -1;
	}
	k->hits = 0;
	return 0;
}

static bool tells_who(const struct map_table *t)
{
	const struct map_column *key = &t->columns[t->key];

	return key->is_identifier || key->verifies != VERIFIES_NOTHING;
}

/* A note names a person of memory: what names the row is kept before that goes. */
static void take_notes(struct system *s)
{
	struct drop_match_report *t = &s->keys->tally, *r = s->report;

	for (size_t i = 0; i < t->notes && r->rows < COUNTOF(r->row); i++) {
		uint32_t person = (uint32_t)t->note[i].record;
		const struct map_table *of =
			s->shape.table[people_table(s->people, person)].map;

		r->row[r->rows].table = of->name;
		r->row[r->rows].key =
			tells_who(of) ? STR("")
				      : arena_dup(s->arena,
						people_key(s->people, person));
		r->row[r->rows].list = t->note[i].list;
		r->row[r->rows++].fault = t->note[i].fault;
	}
	t->notes = 0;
}

/* What was counted since. */
static void add_tally(struct system *s)
{
	struct drop_match_report *t = &s->keys->tally;

	take_notes(s);
	keys_tally_add(s->report, t, 0);
	*t = (struct drop_match_report){ 0 };
}

/* --- whose row it is --- */

static bool is_in_range(const struct system *s, struct who w)
{
	uint64_t place = people_place(w);

	return place >= s->low && place <= s->high;
}

static size_t alias_salt(size_t table, size_t column)
{
	return ALIAS_TABLES + table * MAP_COLUMNS_MAX * 2 + column;
}

/* Where one link leads; none when it leads nowhere. */
static struct who link_person(
	const struct system *s, size_t link, const struct cell *cells)
{
	size_t to = s->table->link[link].to;
	size_t column = s->table->link[link].to_column;
	const struct shape_table *t = &s->shape.table[to];
	str v = cells[s->table->link[link].cell].v.v;
	struct who w;

	if (!t->links && column == t->map->key)
		return people_who(s->people, to, v);
	if (!s->aliases.size)
		return (struct who){ 0 };
	w = people_who(s->people, alias_salt(to, column), v);
	w = alias_slot(&s->aliases, w)->person;
	return w.h[0] == UINT64_MAX ? (struct who){ 0 } : w;
}

/*
 * The person whose row this is: the first that a link names, unless another link
 * to the same table names someone else.  None: nobody's but its own.
 */
static struct who person_of(const struct system *s, const struct cell *cells)
{
	struct who person = { 0 };
	size_t to = 0;

	for (size_t i = 0; i < s->table->links; i++) {
		struct who w;

		if (cells[s->table->link[i].cell].type == CELL_NULL)
			continue;
		if (!is_none(person) && s->table->link[i].to != to)
			continue;
		w = link_person(s, i, cells);
		if (is_none(person)) {
			person = w;
			to = s->table->link[i].to;
		} else if (!is_none(w) && !is_same(w, person)) {
			return (struct who){ 0 };
		}
	}
	return person;
}

/*
 * The row's person in memory, PEOPLE_NOBODY when it is in another range.  A link
 * to a row that is not there leaves the row to itself, so that nobody is lost.
 */
static void find_person(struct system *s, const struct cell *cells,
	struct who *who, uint32_t *out)
{
	struct who own = people_who(s->people, s->table_at, cells[0].v.v);

	*who = person_of(s, cells);
	*out = PEOPLE_NOBODY;
	if (!is_none(*who)) {
		if (!is_in_range(s, *who))
			return;
		*out = people_find(s->people, *who);
		if (*out != PEOPLE_NOBODY)
			return;
	} else if (!is_in_range(s, own)) {
		*who = own;
		return;
	}
	*who = own;
	*out = people_add(s->people, own, s->table_at, cells[0].v.v);
	if (*out != PEOPLE_FULL)
		return;
	*out = PEOPLE_NOBODY;
	s->is_full = true;
}

/* --- one row --- */

static int put_aliases(struct system *s, const struct cell *cells,
	struct who who, struct err *e)
{
	for (size_t i = 0; i < s->table->aliases; i++) {
		const struct cell *c = &cells[s->table->alias[i].cell];
		size_t salt =
			alias_salt(s->table_at, s->table->alias[i].column);

		if (c->type != CELL_NULL &&
			alias_put(
				s, people_who(s->people, salt, c->v.v), who, e))
			return -1;
	}
	return 0;
}

static bool hold_part(
	struct system *s, uint32_t person, enum role role, str value)
{
	struct memo_ask ask;

	memo_ask(&s->keys->memo, &ask, role, value);
	if (ask.fault == IDENT_FAULT_EMPTY)
		return true;
	if (ask.fault)
		return people_bad_part(
			s->people, person, role, (enum ident_fault)ask.fault);
	return people_part(
		s->people, person, role, memo_answer(&s->keys->memo, &ask));
}

/* false when memory is used up. */
static bool read_value(
	struct system *s, uint32_t person, enum role role, str value)
{
	char text[CELL_SIZE + MEMO_PAD];
	str v = { text, value.n };

	must(v.n <= CELL_SIZE);
	if (v.n)
		memcpy(text, value.p, v.n);
	memset(text + v.n, 0, MEMO_PAD);
	if (role < ROLE_PARTS && s->group->is_joined)
		return hold_part(s, person, role, v);
	keys_value(s->keys, role, v);
	return true;
}

/* The same for what the system has hashed. */
static bool read_hash(
	struct system *s, uint32_t person, enum role role, str hash)
{
	must(hash.n == IDENT_HASH_CHARS);
	s->keys->tally.hashed_there++;
	if (role < ROLE_PARTS && s->group->is_joined)
		return people_part(s->people, person, role, hash.p);
	keys_put_hash(s->keys, role, hash.p);
	return true;
}

static void read_values(
	struct system *s, uint32_t person, const struct cell *cells)
{
	keys_begin(s->keys, person);
	for (size_t i = 0; i < s->table->values; i++) {
		const struct cell *c = &cells[s->table->value[i].cell];
		enum role role = s->table->value[i].role;

		if (c->type == CELL_NULL)
			continue;
		if (!(c->is_hashed ? read_hash(s, person, role, c->v.v)
				   : read_value(s, person, role, c->v.v)))
			s->is_full = true;
	}
	keys_end(s->keys);
}

/* A key that was cut could be another's. */
static int check_keys(
	const struct system *s, const struct cell *cells, struct err *e)
{
	bool is_long = cells[0].v.v.n > CONNECT_KEY_MAX;

	for (size_t i = 0; i < s->table->links; i++)
		is_long |=
			cells[s->table->link[i].cell].v.v.n > CONNECT_KEY_MAX;
	for (size_t i = 0; i < s->table->aliases; i++)
		is_long |=
			cells[s->table->alias[i].cell].v.v.n > CONNECT_KEY_MAX;
	if (!is_long)
		return 0;
	return err_set(e, ERR_LIMIT,
		"table \"%.*s\": a key or link of more than %d bytes",
		STR_ARG(s->table->map->name), CONNECT_KEY_MAX);
}

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct system *s = ctx;
	struct who who;
	uint32_t person;

	(void)n;
	/* The rest is for the next reading: to end this one in the middle would
	 * cost the connection. */
	if (s->is_full)
		return 0;
	if (check_keys(s, cells, e))
		return -1;
	find_person(s, cells, &who, &person);
	if (s->group->has_people && put_aliases(s, cells, who, e))
		return -1;
	if (person != PEOPLE_NOBODY && s->table->roles)
		read_values(s, person, cells);
	if (s->keys->hits >= ITEMS_BATCH && tell_hits(s, e))
		return -1;
	if (s->group->has_people || people_n(s->people) < ROWS_AT_ONCE)
		return 0;
	if (tell_hits(s, e))
		return -1;
	take_notes(s);
	people_clear(s->people);
	return 0;
}

/* --- tables and groups --- */

static int read_table(struct system *s, size_t at, struct err *e)
{
	struct row_query q = { .is_all = true, .cell_max = CELL_SIZE };

	s->table = &s->shape.table[at];
	s->table_at = at;
	s->keys->lists = keys_lists_of(s->table->roles) & s->group->lists;
	if (s->group->is_joined)
		s->keys->lists &= ~COMPOSITES;
	q.table = s->table->map->name;
	q.columns = s->table->columns;
	q.columns_n = s->table->columns_n;
	q.hash = s->opts->hash_there ? s->table->hash : NULL;
	if (conn_rows(s->conn, &q, take_row, s, e))
		return -1;
	return tell_hits(s, e);
}

/* Everybody of the range is whole. */
static int match_people(struct system *s, struct err *e)
{
	s->keys->lists = s->group->lists & COMPOSITES;
	for (uint32_t i = 0; i < people_n(s->people); i++) {
		people_keys(s->people, i, s->keys);
		if (s->keys->hits >= ITEMS_BATCH && tell_hits(s, e))
			return -1;
	}
	return tell_hits(s, e);
}

static int read_tables(struct system *s, struct err *e)
{
	for (size_t i = 0; i < s->group->tables; i++)
		if (read_table(s, s->group->table[i], e))
			return -1;
	if (s->group->is_joined && match_people(s, e))
		return -1;
	add_tally(s);
	return 0;
}

/* One range of people; *is_done false when it has to be halved. */
static int read_range(struct system *s, bool *is_done, struct err *e)
{
	struct drop_match_report *before = malloc(sizeof *before);
	int rc;

	must(before != NULL);
	*before = *s->report;
	people_clear(s->people);
	aliases_clear(&s->aliases);
	s->keys->tally = (struct drop_match_report){ 0 };
	s->is_full = false;
	rc = read_tables(s, e);
	*is_done = !s->is_full;
	if (s->is_full) {
		*s->report = *before;
		/* What waits names people who are forgotten now. */
		keys_flush(s->keys);
		s->keys->hits = 0;
		rc = 0;
	}
	free(before);
	return rc;
}

static int read_group(struct system *s, struct err *e)
{
	bool is_done;

	s->low = 0;
	s->high = UINT64_MAX;
	for (;;) {
		uint64_t width = s->high - s->low;

		if (read_range(s, &is_done, e))
			return -1;
		if (!is_done && width < 2)
			return err_set(e, ERR_LIMIT,
				"the rows of one person are too many to join");
		if (!is_done) {
			s->high = s->low + width / 2;
			continue;
		}
		if (s->high == UINT64_MAX)
			return 0;
		s->low = s->high + 1;
		s->high = UINT64_MAX - s->low < width ? UINT64_MAX
						      : s->low + width;
	}
}

unsigned drop_match_lists(const struct map_system *s)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	struct shape shape;
	unsigned lists;

	match_shape(a, s, &shape);
	lists = shape.lists;
	arena_free(a);
	return lists;
}

int drop_match_system(struct arena *a, struct conn *c,
	const struct drop_match_opts *o, struct drop_match_report *out,
	struct err *e)
{
	struct system *s = arena_one(a, struct system);
	int rc = 0;

	*out = (struct drop_match_report){ 0 };
	s->arena = a;
	s->conn = c;
	s->opts = o;
	s->report = out;
	s->keys = arena_one(a, struct keys);
	s->size_max =
		o->join_size ? o->join_size : (size_t)LIMIT_DROP_JOIN_MIB << 20;
	keys_init(s->keys, a, o->items, 0, cpu_path_resolve(o->cpu));
	s->people = people_new(s->size_max);
	match_shape(a, c->system, &s->shape);
	out->lists = s->shape.lists;
	out->has_full_name = s->shape.has_full_name;
	for (size_t i = 0; i < s->shape.groups && !rc; i++) {
		s->group = &s->shape.group[i];
		rc = read_group(s, e);
	}
	people_free(s->people);
	aliases_clear(&s->aliases);
	keys_fini(s->keys);
	return rc;
}
