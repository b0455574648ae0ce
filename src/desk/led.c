#include "desk/led.h"

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
	l->conns = arena_many(l->arena, struct conn *, map->systems_n);
}

void led_fini(struct led *l)
{
	for (size_t i = 0; i < l->map->systems_n; i++)
		if (l->conns[i])
			conn_close(l->conns[i]);
	arena_free(l->arena);
}

int led_open(struct led *l, const struct map_system *s, struct conn **out,
	struct err *e)
{
	struct conn **at = &l->conns[s - l->map->systems];
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = l->credentials,
	};
	struct desk own = *l->desk; /* what is kept stays as long as l */
	struct keep_rows *keeps;

	own.arena = l->arena;
	if (!*at) {
		if (keep_load(&own, s->name, &keeps, e))
			return -1;
		options.exceptions = &keeps->exceptions;
		if (conn_open(l->arena, l->map, s, &options, at, e)) {
			*at = NULL;
			return -1;
		}
	}
	*out = *at;
	return 0;
}

int led_holds(struct desk *d, struct arena *a, const struct finding *f,
	struct sql_hold_ids_of_key_rows *out, struct err *e)
{
	const struct ident_keyring *ring = suppress_keyring(d->suppress);

	out->n = 0;
	for (size_t i = 0; i < f->idents_n && !out->n; i++) {
		uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];
		struct sql_hold_ids_of_key_in in = {
			{ (const char *)key, IDENT_KEY_SIZE },
		};

		ident_digest(&f->idents[i], digest);
		ident_key(ring, f->idents[i].kind, digest, key);
		if (sql_hold_ids_of_key(d->db, a, &in, out, e))
			return -1;
	}
	return 0;
}
