/*
 * Systems are asked round after round, each by the identifiers and by what the others told
 * of it, until nothing new is told.  Every round but the last tells a key, so there are no
 * more of them than keys.
 */
#include "desk/held_led.h"

#include "connect/find_cross.h"
#include "connect/limit.h"
#include "connect/map.h"
#include "desk/limit.h"

struct held_led {
	struct arena *arena;
	const struct map *map;
	const char *credentials;
	bool is_narrow;
	struct led_system {
		const struct map_system *system;
		struct conn *conn; /* NULL: not opened yet */
		bool is_opener;    /* of conn: it is closed here */
		bool is_due;       /* keys were told of it since it was asked */
	} * at;
	size_t n; /* the first is the one that it is about */
	const struct map_system *blind; /* whose rows something belongs to */
};

/* --- which systems --- */

static bool has(const struct held_led *l, const struct map_system *s)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].system == s)
			return true;
	return false;
}

bool held_led_has(const struct held_led *l, const struct map_system *s)
{
	return has(l, s);
}

static void add_neighbours(struct held_led *l, const struct map_system *s)
{
	struct find_crossings c = find_crossings_of(l->arena, l->map, s);

	for (size_t i = 0; i < c.n; i++) {
		const struct map_system *there = c.at[i].there;

		if (map_asks_person(there))
			l->blind = c.at[i].is_entry ? l->blind : there;
		else if (!has(l, there))
			l->at[l->n++] = (struct led_system){ .system = there };
	}
}

struct held_led *held_led_new(struct arena *a, const struct held_led_way *w)
{
	struct held_led *l = arena_one(a, struct held_led);

	*l = (struct held_led){
		.arena = a,
		.map = w->map,
		.credentials = w->credentials,
		.is_narrow = w->is_narrow,
		.at = arena_many(a, struct led_system, w->map->systems_n),
		.n = 1,
	};
	l->at[0] = (struct led_system){
		.system = w->conn->system,
		.conn = w->conn,
	};
	for (size_t i = 0; i < l->n; i++)
		add_neighbours(l, l->at[i].system);
	return l;
}

void held_led_free(struct held_led *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].is_opener)
			conn_close(l->at[i].conn);
}

/* --- one person --- */

struct walk {
	struct held_led *led;
	struct arena *arena; /* of the keys */
	const struct hold_idents *ids;
	str keys[FIND_ROWS_MAX];
	size_t n;
};

static int open_system(struct held_led *l, struct led_system *s, struct err *e)
{
	struct conn_options o = {
		.mode = CONN_READ,
		.credentials_dir = l->credentials,
		.paces = l->at[0].conn->paces,
	};

	if (s->conn)
		return 0;
	if (conn_open(l->arena, l->map, s->system, &o, &s->conn, e)) {
		s->conn = NULL;
		return -1;
	}
	s->is_opener = true;
	return 0;
}

/* A row of several people counts as held, and so does what belongs to it. */
static void take_as_theirs(struct finding *f)
{
	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++)
			f->tables[t].rows[i].is_shared = false;
}

static int too_many(const struct walk *w, struct err *e)
{
	err_set(e, ERR_LIMIT,
		"somebody who is held, or whose request is open, has more than "
		"%d keys that lead to \"%.*s\", or one of more than %d bytes",
		FIND_ROWS_MAX, STR_ARG(w->led->at[0].system->name),
		CONNECT_KEY_MAX);
	return err_hint(e, "until that is over its rows can't be told from "
			   "those whose time is up");
}

static void set_due(struct held_led *l, str key)
{
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	struct find_key k;

	for (size_t i = 0; find_key_read(a, key, &k) && i < l->n; i++)
		l->at[i].is_due = l->at[i].is_due ||
				  str_eq(l->at[i].system->name, k.system);
	arena_free(a);
}

static bool is_known(const struct walk *w, str key)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_eq(w->keys[i], key))
			return true;
	return false;
}

static int take_keys(
	struct walk *w, const struct find_lines *told, struct err *e)
{
	if (told->too_long || !told->is_whole)
		return too_many(w, e);
	for (size_t i = 0; i < told->n; i++) {
		if (is_known(w, told->lines[i]))
			continue;
		if (w->n == COUNTOF(w->keys))
			return too_many(w, e);
		set_due(w->led, told->lines[i]);
		w->keys[w->n++] = arena_dup(w->arena, told->lines[i]);
	}
	return 0;
}

static int ask(
	struct walk *w, struct led_system *s, struct arena *a, struct err *e)
{
	struct find_options o = { .rows_max = CONNECT_VALUES_MAX,
		.keep_max = FIND_KEEP_MAX,
		.map = w->led->map };
	struct find_lines told;
	struct finding f;

	o.starts = find_starts_of(a, s->system, w->keys, w->n, &o.starts_n);
	if (open_system(w->led, s, e) ||
		find_person(s->conn, a, w->ids->at, w->ids->n, &o, &f, e))
		return -1;
	take_as_theirs(&f);
	told = w->led->is_narrow
		       ? find_keys_told(a, w->led->map, &f, FIND_ROWS_MAX)
		       : find_keys_in_doubt(a, w->led->map, &f, FIND_ROWS_MAX);
	return take_keys(w, &told, e);
}

/* *went: somebody was asked. */
static int ask_round(struct walk *w, bool *went, struct err *e)
{
	*went = false;
	for (size_t i = 0; i < w->led->n; i++) {
		struct led_system *s = &w->led->at[i];
		struct arena *a;
		int rc;

		if (!s->is_due)
			continue;
		s->is_due = false;
		*went = true;
		a = arena_new(LIMIT_JOB_ARENA);
		rc = ask(w, s, a, e);
		arena_free(a);
		if (rc)
			return -1;
	}
	return 0;
}

static int need_sight(const struct held_led *l, struct err *e)
{
	if (!l->blind)
		return 0;
	err_set(e, ERR_CONFLICT,
		"rows of \"%.*s\" are known by what only a person can look for "
		"in \"%.*s\"",
		STR_ARG(l->at[0].system->name), STR_ARG(l->blind->name));
	return err_hint(e, "nobody can tell which of them are of people who "
			   "are held, or whose requests are open: run again "
			   "when there are none");
}

int held_led_starts(struct held_led *l, struct arena *a,
	const struct hold_idents *ids, struct held_starts *out, struct err *e)
{
	struct walk *w = arena_one(a, struct walk);
	bool went = l->n > 1;

	*out = (struct held_starts){ 0 };
	w->led = l;
	w->arena = a;
	w->ids = ids;
	w->n = 0;
	if (need_sight(l, e))
		return -1;
	for (size_t i = 0; i < l->n; i++)
		l->at[i].is_due = true;
	while (went)
		if (ask_round(w, &went, e))
			return -1;
	out->at = find_starts_of(a, l->at[0].system, w->keys, w->n, &out->n);
	return 0;
}
