#include "desk/expiry_needed.h"

#include <stdlib.h>

#include "connect/find.h"
#include "connect/map.h"
#include "desk/held.h"
#include "desk/keep.h"
#include "desk/limit.h"
#include "desk/record.h"
#include "desk/row_name.h"
#include "store/sql.h"

struct needed_row {
	str key; /* keyed */
	struct needed_row *next;
};

struct expiry_needed {
	struct arena *arena;
	struct keep_rows *keeps;
	struct row_names names;
	str system;
	struct needed_row *first;
	size_t n;
	str *at;                                /* sorted */
	struct sql_expiry_needed_mark_row mark; /* before all of it was asked */
	struct row_exceptions rows;
};

/* --- asked for each row --- */

static int by_key(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static bool has(void *ctx, const struct map_table *t, const struct cell *key)
{
	const struct expiry_needed *x = ctx;
	struct row_name name = { x->system, t->name, key->v };
	unsigned char hash[ROW_NAME_KEY_SIZE];
	str wanted = { (const char *)hash, sizeof hash };

	if (keep_has(x->keeps, t, key))
		return true;
	if (!x->n)
		return false;
	row_name_hash(&x->names, &name, hash);
	return bsearch(&wanted, x->at, x->n, sizeof *x->at, by_key) != NULL;
}

static int take_row(void *ctx, int64_t hold_id, str key, struct err *e)
{
	struct expiry_needed *x = ctx;
	struct needed_row *row = arena_one(x->arena, struct needed_row);

	(void)hold_id;
	(void)e;
	*row = (struct needed_row){ arena_dup(x->arena, key), x->first };
	x->first = row;
	x->n++;
	return 0;
}

static void sort(struct expiry_needed *x)
{
	size_t n = 0;

	x->at = arena_many(x->arena, str, x->n);
	for (const struct needed_row *r = x->first; r; r = r->next)
		x->at[n++] = r->key;
	if (n)
		qsort(x->at, n, sizeof *x->at, by_key);
}

/* --- requests --- */

struct asking {
	struct expiry_needed *x;
	struct conn *conn;
	const struct map *map;
	const struct map_system *system; /* as it is erased; one of the map */
	struct held_led *led;
	struct desk desk; /* with memory of its own */
};

/* Its answer is made of what is held; of a deletion nothing is lost. */
static bool needs_data(str code)
{
	enum kind kind = kind_of(code);
	enum flow flow = kind ? kind_row(kind)->flow : FLOW_END;

	return flow == FLOW_TELL || flow == FLOW_CORRECT ||
	       flow == FLOW_EXPLAIN;
}

static int take_finding(
	struct asking *q, const struct finding *f, struct err *e)
{
	struct held_search search = {
		.names = &q->x->names,
		.page = arena_new(LIMIT_JOB_ARENA),
		.fn = take_row,
		.ctx = q->x,
	};
	int rc = 0;

	for (size_t t = 0; !rc && t < f->system->tables_n; t++)
		rc = held_table(&search, q->conn, 0, &f->tables[t], e);
	arena_free(search.page);
	return rc;
}

static int take_task(struct asking *q, const struct record *r,
	const struct sql_task_list_row *t, struct err *e)
{
	struct desk *d = &q->desk;
	struct finding f;
	str json;

	if (record_open_task(d, r, t->name, t->sealed, &json, e))
		return -1;
	if (!json.n)
		return 0;
	return find_from_json(d->arena, q->system, json, &f, e) ||
			       take_finding(q, &f, e)
		       ? -1
		       : 0;
}

/* As long as a system that leads there is not searched, its keys are not known. */
static bool is_searched(
	const struct asking *q, const struct tally *tally, str system)
{
	for (size_t i = 0; i < tally->rows.n; i++) {
		const struct sql_task_list_row *t = &tally->rows.at[i];

		if (str_eq(t->target, STR("system")) &&
			str_eq(t->name, system) && t->sealed.n)
			return str_eq(system, q->system->name) ||
			       !str_eq(t->state, STR("searching"));
	}
	return false;
}

static bool is_all_searched(const struct asking *q, const struct tally *tally)
{
	for (size_t i = 0; i < q->map->systems_n; i++) {
		const struct map_system *s = &q->map->systems[i];

		if (held_led_has(q->led, s) && !is_searched(q, tally, s->name))
			return false;
	}
	return true;
}

/* What the search for a request found in the system.  *is_found: nothing else is theirs
 * there. */
static int take_tasks(
	struct asking *q, const struct record *r, bool *is_found, struct err *e)
{
	const struct map_system *s = q->system;
	struct tally tally;

	if (record_tally(&q->desk, r->row.id, &tally, e))
		return -1;
	for (size_t i = 0; i < tally.rows.n; i++) {
		const struct sql_task_list_row *t = &tally.rows.at[i];

		if (str_eq(t->target, STR("system")) &&
			str_eq(t->name, s->name) && take_task(q, r, t, e))
			return -1;
	}
	*is_found = is_all_searched(q, &tally);
	return 0;
}

/* By the addresses of the requester, whether or not it was searched by them yet. */
static int look_for(
	struct asking *q, int64_t request_id, bool *is_known, struct err *e)
{
	struct held_person person = { { 0, request_id }, { 0 } };
	struct held one = { &person, 1, 0 };
	struct held_search search = {
		.held = &one,
		.names = &q->x->names,
		.page = arena_new(LIMIT_JOB_ARENA),
		.map = q->map,
		.led = q->led,
		.fn = take_row,
		.ctx = q->x,
	};
	int rc = hold_idents(&q->desk, &person.hold, &person.ids, e);

	*is_known = person.ids.n != 0;
	if (!rc && *is_known)
		rc = held_rows(&search, q->conn, q->system, e);
	arena_free(search.page);
	return rc;
}

static int take_request(struct asking *q, int64_t id, struct err *e)
{
	struct record r;
	bool is_known, is_found = false;

	if (record_by_id(&q->desk, id, &r, e) != 1 ||
		look_for(q, id, &is_known, e) ||
		take_tasks(q, &r, &is_found, e))
		return -1;
	if (is_known || is_found)
		return 0;
	err_set(e, ERR_CONFLICT,
		"request %.*s is open, or held, and nobody can tell yet what of "
		"the system it needs",
		STR_ARG(r.row.reference));
	return err_hint(e, "search for it, or close it, or lift its hold, and "
			   "run again");
}

/* With memory of its own. */
static int take_request_of(
	struct asking *q, struct desk *d, int64_t id, struct err *e)
{
	int rc;

	q->desk = *d;
	q->desk.arena = arena_new(LIMIT_JOB_ARENA);
	rc = take_request(q, id, e);
	arena_free(q->desk.arena);
	return rc;
}

static int take_requests(struct asking *q, struct desk *d, struct err *e)
{
	struct sql_expiry_requests_rows rows;

	if (sql_expiry_requests(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (needs_data(rows.at[i].kind) &&
			take_request_of(q, d, rows.at[i].id, e))
			return -1;
	return 0;
}

/* --- all of it --- */

/* Whoever is held stays, whatever they asked for: also what only a search found. */
static int take_held(struct asking *q, struct desk *d, struct err *e)
{
	struct held held, alone;
	struct held_search search = {
		.held = &alone,
		.names = &q->x->names,
		.map = q->map,
		.led = q->led,
		.fn = take_row,
		.ctx = q->x,
	};
	int rc;

	if (held_load(d, &held, e))
		return -1;
	alone = (struct held){ .at = arena_many(
				       d->arena, struct held_person, held.n) };
	for (size_t i = 0; i < held.n; i++) {
		int64_t request = held.at[i].hold.request_id;

		if (!request)
			alone.at[alone.n++] = held.at[i];
		else if (take_request_of(q, d, request, e))
			return -1;
	}
	search.page = arena_new(LIMIT_JOB_ARENA);
	rc = held_rows(&search, q->conn, q->system, e);
	arena_free(search.page);
	return rc;
}

static int read_mark(struct desk *d, str system,
	struct sql_expiry_needed_mark_row *out, struct err *e)
{
	struct sql_expiry_needed_mark_in in = { system };

	return sql_expiry_needed_mark(d->db, d->arena, &in, out, e) < 0 ? -1
									: 0;
}

/* A request that is closed needs nothing more. */
static bool is_same(const struct sql_expiry_needed_mark_row *was,
	const struct sql_expiry_needed_mark_row *now)
{
	return now->holds == was->holds && now->hold_keys == was->hold_keys &&
	       now->request <= was->request && now->keep == was->keep &&
	       now->keeps == was->keeps && now->kept_at == was->kept_at &&
	       now->tasks == was->tasks && now->found == was->found &&
	       now->sealed == was->sealed && now->people == was->people;
}

int expiry_needed_load(struct desk *d, const struct held_led_way *w,
	struct expiry_needed **out, struct err *e)
{
	const struct map_system *s = w->conn->system;
	struct expiry_needed *x = arena_one(d->arena, struct expiry_needed);
	struct asking q = {
		.x = x, .conn = w->conn, .map = w->map, .system = s
	};
	int rc;

	*x = (struct expiry_needed){ .arena = arena_new(LIMIT_JOB_ARENA),
		.system = s->name,
		.rows = { has, x } };
	*out = x;
	row_names_init(&x->names, d);
	q.led = held_led_new(x->arena, w);
	rc = read_mark(d, s->name, &x->mark, e) ||
	     keep_load(d, s->name, &x->keeps, e) || take_held(&q, d, e) ||
	     take_requests(&q, d, e);
	held_led_free(q.led);
	if (rc)
		return -1;
	sort(x);
	return 0;
}

void expiry_needed_free(struct expiry_needed *n)
{
	arena_free(n->arena);
}

const struct row_exceptions *expiry_needed_rows(const struct expiry_needed *n)
{
	return &n->rows;
}

int expiry_needed_same(
	struct desk *d, const struct expiry_needed *n, struct err *e)
{
	struct sql_expiry_needed_mark_row now;

	if (read_mark(d, n->system, &now, e))
		return -1;
	if (is_same(&n->mark, &now))
		return 0;
	err_set(e, ERR_CONFLICT,
		"somebody was held, asked, was found, or has rows kept, since "
		"the run began");
	return err_hint(e, "the next run asks what they need, and goes on");
}
