/* Answers from a copy, and how old they are. */
#include "cli/edge.h"

static void wipe(void *ctx)
{
	struct follow_reader *r = ctx;

	ident_keyring_wipe(&r->keyring);
}

int edge_open(struct cli *c, const char *dir, const struct follow_reader **out,
	struct err *e)
{
	struct follow_reader *r = arena_one(c->arena, struct follow_reader);

	if (follow_reader_open(c->arena, dir, clock_now_ms(NULL), r, e))
		return -1;
	arena_defer(c->arena, wipe, r);
	cli_say(c,
		"from a copy read %lld s ago, signed %lld s ago; %llu change%s "
		"not yet signed",
		(long long)r->age.contact_s, (long long)r->age.sealed_s,
		(unsigned long long)r->age.unsigned_n,
		cli_s(r->age.unsigned_n));
	*out = r;
	return 0;
}

void edge_check(struct cli *c, const struct follow_reader *r,
	struct suppress_query *q, size_t n)
{
	uint8_t *key = arena_array(c->desk.arena, IDENT_KEY_SIZE, n);
	uint32_t *reasons = arena_many(c->desk.arena, uint32_t, n);

	for (size_t i = 0; i < n; i++)
		q[i].fault = ident_key_of(&r->keyring, q[i].kind, q[i].value,
			key + i * IDENT_KEY_SIZE);
	suppress_set_find_batch(&r->set, key, n, reasons);
	for (size_t i = 0; i < n; i++)
		q[i].reasons = q[i].fault ? 0 : reasons[i];
}

void edge_put_age(const struct follow_age *age, struct json *j)
{
	json_key(j, "age"), json_begin_object(j);
	json_put_int(j, "contact_s", age->contact_s);
	json_put_int(j, "sealed_s", age->sealed_s);
	json_put_int(j, "seq", (int64_t)age->seq);
	json_put_int(j, "unsigned", (int64_t)age->unsigned_n);
	json_end(j);
}
