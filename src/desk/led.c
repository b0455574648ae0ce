#include "desk/led.h"

#include "connect/erase.h"
#include "desk/keep.h"
#include "desk/limit.h"
#include "desk/suppress.h"

void led_init(struct led *l, struct desk *d, const struct map *map,
	const char *credentials)
{
	*l = (struct led){
		.desk = d,
		.map = map,
		.credentials = credentials,
		.arena = arena_new(LIMIT_JOB_ARENA),
	};
	l->at = arena_many(l->arena, struct led_conn, map->systems_n);
}

void led_fini(struct led *l)
{
	for (size_t i = 0; i < l->map->systems_n; i++)
		if (l->at[i].conn)
			conn_close(l->at[i].conn);
	arena_free(l->arena);
}

static int open_at(struct led *l, const struct map_system *s, struct conn **out,
	struct err *e)
{
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = l->credentials,
		.paces = l->desk->paces,
	};
	struct desk own = *l->desk; /* what is kept stays as long as l */
	struct keep_rows *keeps;

	own.arena = l->arena;
	if (keep_load(&own, s->name, &keeps, e))
		return -1;
	keeps->desk = l->desk;
	options.exceptions = &keeps->exceptions;
	return conn_open(l->arena, l->map, s, &options, out, e);
}

int led_open(struct led *l, const struct map_system *s, struct conn **out,
	struct err *e)
{
	struct led_conn *at = &l->at[s - l->map->systems];

	if (at->away) {
		*e = *at->away;
		return -1;
	}
	if (!at->conn && open_at(l, s, &at->conn, e)) {
		at->conn = NULL;
		at->away = arena_one(l->arena, struct err);
		*at->away = *e;
		return -1;
	}
	*out = at->conn;
	return 0;
}

static int holds_of(struct desk *d, struct arena *a, const struct ident *id,
	struct sql_hold_ids_of_key_rows *out, struct err *e)
{
	const struct ident_keyring *ring = suppress_keyring(d->suppress);
	uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];
	struct sql_hold_ids_of_key_in in = {
		{ (const char *)key, IDENT_KEY_SIZE },
	};

	ident_digest(id, digest);
	ident_key(ring, id->kind, digest, key);
	return sql_hold_ids_of_key(d->db, a, &in, out, e);
}

static int holds_of_row(struct desk *d, struct arena *a,
	const struct map_table *t, const struct found_row *r,
	struct sql_hold_ids_of_key_rows *out, struct err *e)
{
	for (size_t i = 0; i < t->columns_n && !out->n; i++) {
		struct ident id;

		if (t->columns[i].is_identifier &&
			r->cells[i].type != CELL_NULL &&
			ident_read(&id, IDENT_TOYON_1, t->columns[i].kind,
				r->cells[i].v.v) == IDENT_FAULT_NONE &&
			holds_of(d, a, &id, out, e))
			return -1;
	}
	return 0;
}

/* Who has to do with a row that is known to be somebody else's is not the person; but
 * nothing of who is held is changed either. */
static bool is_asked(const struct erase_plan *p, const struct map_table *t,
	const struct found_row *r)
{
	return !r->is_shared || r->is_strange || erase_plan_unlinks(p, t, r);
}

int led_holds(struct desk *d, struct arena *a, const struct finding *f,
	struct sql_hold_ids_of_key_rows *out, struct err *e)
{
	struct sql_hold_count_row ever;
	struct erase_plan plan;

	out->n = 0;
	if (sql_hold_count(d->db, a, &ever, e) < 0)
		return -1;
	if (!ever.n)
		return 0;
	erase_plan_of(a, f, false, &plan);
	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n && !out->n; i++) {
			const struct found_row *r = &f->tables[t].rows[i];

			if (is_asked(&plan, f->tables[t].table, r) &&
				holds_of_row(
					d, a, f->tables[t].table, r, out, e))
				return -1;
		}
	return 0;
}
