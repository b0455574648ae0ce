/*
 * Rows that go or change: WATCH of all their keys, a look at what they hold,
 * MULTI, the changes, EXEC.  The server does nothing when somebody else changed
 * one of the keys meanwhile; then it is all done again.  A command that fails
 * inside EXEC takes nothing back, so what could fail is looked at before.
 */
#include "base/base.h"
#include "connect/keys.h"
#include "connect/redis/session.h"

/* A change of one row, and the step that counts it. */
struct change {
	size_t step;
	str key;
};

/* Changes of one call, in their order. */
struct plan {
	struct redis_conn *conn;
	struct arena *arena;
	const struct erase_step *steps;
	size_t steps_n;
	struct redis_table *tables; /* one a step */
	str **keys;                 /* of each step, each once */
	size_t *keys_n;
	size_t all_n;
	struct key_set gone; /* keys that a step before has deleted */
	struct change *changes;
	size_t changes_n;
};

static const char transaction[] = "the transaction";

/* --- what the steps are about --- */

static int column_of(const struct plan *p, size_t step,
	const struct map_column *column, struct err *e)
{
	struct redis_column c;

	if (redis_column_named(&p->tables[step], column->name, &c, e) < 0)
		return -1;
	if (c.from == REDIS_FROM_FIELD)
		return 0;
	return err_set(e, ERR_INVALID,
		"%s: \"%.*s\" is part of the key, and can't be changed",
		p->tables[step].what, STR_ARG(column->name));
}

static int check_columns(const struct plan *p, size_t step, struct err *e)
{
	const struct erase_step *s = &p->steps[step];

	if (s->unlink && column_of(p, step, s->unlink, e) < 0)
		return -1;
	for (size_t i = 0; i < s->set_n; i++)
		if (column_of(p, step, s->set[i].column, e) < 0)
			return -1;
	return 0;
}

static int prepare_step(struct plan *p, size_t step, struct err *e)
{
	const struct erase_step *s = &p->steps[step];
	struct redis_table *t = &p->tables[step];
	struct key_set once = key_set_in(p->arena, s->keys_n);
	struct redis_column key;

	if (redis_table_named(p->conn, p->arena, s->table->name, t, e) < 0 ||
		redis_column_named(t, s->table->columns[s->table->key].name,
			&key, e) < 0 ||
		check_columns(p, step, e) < 0)
		return -1;
	must(redis_column_tells_key(t, &key));
	key_set_add(&once, s->keys, s->keys_n, 0);
	p->keys[step] = arena_many(p->arena, str, once.n);
	for (size_t i = 0; i < once.n; i++)
		if (redis_key_of(p->arena, t, &key, once.at[i].text,
			    &p->keys[step][p->keys_n[step]]))
			p->keys_n[step]++;
	p->all_n += p->keys_n[step];
	return 0;
}

static int prepare(struct plan *p, struct err *e)
{
	p->tables = arena_many(p->arena, struct redis_table, p->steps_n);
	p->keys = arena_many(p->arena, str *, p->steps_n);
	p->keys_n = arena_many(p->arena, size_t, p->steps_n);
	for (size_t i = 0; i < p->steps_n; i++)
		if (prepare_step(p, i, e) < 0)
			return -1;
	p->changes = arena_many(p->arena, struct change, p->all_n);
	return 0;
}

/* --- what is there --- */

static int watch(struct plan *p, size_t step, struct err *e)
{
	str words[REDIS_WORDS_MAX];
	size_t at = 0;

	while (at < p->keys_n[step]) {
		size_t n = 0;

		words[n++] = STR("watch");
		while (n < REDIS_WORDS_MAX && at < p->keys_n[step])
			words[n++] = p->keys[step][at++];
		redis_link_send(&p->conn->link, words, n);
		if (redis_link_take(&p->conn->link, 1, NULL, NULL,
			    p->tables[step].what, e) < 0)
			return -1;
	}
	return 0;
}

/* Some keys of a step that stays, and the answers about them. */
struct probe {
	struct plan *plan;
	size_t step;
	const str *keys;
	struct key_set targets;
};

static int take_probe(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	struct probe *pr = ctx;
	struct plan *p = pr->plan;
	str key = pr->keys[i];

	(void)e;
	if (key_set_find(&p->gone, key))
		return 0;
	if (p->steps[pr->step].unlink ? r->type != REDIS_REPLY_STRING ||
						!key_set_find(&pr->targets,
							(str){ r->str, r->len })
				      : r->integer == 0)
		return 0;
	p->changes[p->changes_n++] = (struct change){ pr->step, key };
	return 0;
}

static int probe_step(struct plan *p, size_t step, struct err *e)
{
	const struct erase_step *s = &p->steps[step];
	struct probe pr = { .plan = p, .step = step };

	pr.targets = key_set_in(p->arena, s->targets_n);
	key_set_add(&pr.targets, s->targets, s->targets_n, 0);
	for (size_t at = 0; at < p->keys_n[step]; at += REDIS_AT_ONCE) {
		size_t n = p->keys_n[step] - at;

		n = n < REDIS_AT_ONCE ? n : REDIS_AT_ONCE;
		pr.keys = p->keys[step] + at;
		for (size_t i = 0; i < n; i++) {
			str words[3] = { STR("hlen"), pr.keys[i] };

			if (s->unlink) {
				words[0] = STR("hget");
				words[2] = s->unlink->name;
			}
			redis_link_send(
				&p->conn->link, words, s->unlink ? 3 : 2);
		}
		if (redis_link_take(&p->conn->link, n, take_probe, &pr,
			    p->tables[step].what, e) < 0)
			return -1;
	}
	return 0;
}

/* What UNLINK says of a key is counted when it has been done. */
static void plan_deletes(struct plan *p, size_t step)
{
	for (size_t i = 0; i < p->keys_n[step]; i++) {
		struct cell c = cell_text(p->keys[step][i]);

		p->changes[p->changes_n++] =
			(struct change){ step, p->keys[step][i] };
		key_set_add(&p->gone, &c, 1, 0);
	}
}

static int look(struct plan *p, struct err *e)
{
	p->changes_n = 0;
	p->gone = key_set_in(p->arena, p->all_n);
	for (size_t i = 0; i < p->steps_n; i++)
		if (watch(p, i, e) < 0)
			return -1;
	for (size_t i = 0; i < p->steps_n; i++) {
		if (step_deletes(&p->steps[i]))
			plan_deletes(p, i);
		else if (probe_step(p, i, e) < 0)
			return -1;
	}
	return 0;
}

/* --- the changes --- */

/* HSET of what has a value, HDEL of what has none: commands that were sent. */
static size_t send_sets(struct plan *p, const struct erase_step *s, str key)
{
	str set[REDIS_WORDS_MAX] = { STR("hset"), key };
	str del[REDIS_WORDS_MAX] = { STR("hdel"), key };
	size_t set_n = 2, del_n = 2;

	must(2 * s->set_n + 2 <= REDIS_WORDS_MAX);
	for (size_t i = 0; i < s->set_n; i++) {
		const struct cell *v = &s->set[i].value;

		if (v->type == CELL_NULL) {
			del[del_n++] = s->set[i].column->name;
			continue;
		}
		set[set_n++] = s->set[i].column->name;
		set[set_n++] = v->v.v;
	}
	if (set_n > 2)
		redis_link_send(&p->conn->link, set, set_n);
	if (del_n > 2)
		redis_link_send(&p->conn->link, del, del_n);
	return (size_t)(set_n > 2) + (size_t)(del_n > 2);
}

static size_t send_change(struct plan *p, const struct change *c)
{
	const struct erase_step *s = &p->steps[c->step];
	const str unlink[] = { STR("unlink"), c->key };
	str hdel[] = { STR("hdel"), c->key, { 0 } };

	if (s->set_n)
		return send_sets(p, s, c->key);
	if (s->unlink)
		hdel[2] = s->unlink->name;
	redis_link_send(&p->conn->link, s->unlink ? hdel : unlink,
		s->unlink ? COUNTOF(hdel) : COUNTOF(unlink));
	return 1;
}

static int queue_changes(struct plan *p, struct err *e)
{
	size_t sent = 0;

	if (redis_link_say(&p->conn->link, "multi", transaction, e) < 0)
		return -1;
	for (size_t i = 0; i < p->changes_n; i++) {
		sent += send_change(p, &p->changes[i]);
		if (sent < REDIS_AT_ONCE && i + 1 < p->changes_n)
			continue;
		if (redis_link_take(&p->conn->link, sent, NULL, NULL,
			    transaction, e) < 0)
			return -1;
		sent = 0;
	}
	return 0;
}

struct done {
	const struct plan *plan;
	int64_t *erased;
	bool was_changed; /* by somebody else: nothing was done */
};

static int count_done(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	struct done *d = ctx;
	size_t at = 0;

	(void)i;
	d->was_changed = r->type == REDIS_REPLY_NIL;
	for (size_t k = 0; !d->was_changed && k < r->elements; k++)
		if (r->element[k]->type == REDIS_REPLY_ERROR)
			return redis_refused(r->element[k], transaction, e);
	for (size_t c = 0; !d->was_changed && c < d->plan->changes_n; c++) {
		const struct change *ch = &d->plan->changes[c];
		const struct erase_step *s = &d->plan->steps[ch->step];
		bool has_null = false, has_value = false;

		for (size_t k = 0; k < s->set_n; k++) {
			has_null |= s->set[k].value.type == CELL_NULL;
			has_value |= s->set[k].value.type != CELL_NULL;
		}
		must(at < r->elements);
		d->erased[ch->step] += s->set_n ? 1 : r->element[at]->integer;
		at += s->set_n ? (size_t)has_null + (size_t)has_value : 1;
	}
	return 0;
}

/* 1 done, 0 somebody was faster, -1. */
static int try_once(struct plan *p, int64_t *erased, struct err *e)
{
	struct done d = { p, erased, false };
	str exec = STR("exec");

	for (size_t i = 0; i < p->steps_n; i++)
		erased[i] = 0;
	if (look(p, e) < 0 || queue_changes(p, e) < 0)
		return -1;
	redis_link_send(&p->conn->link, &exec, 1);
	if (redis_link_take(&p->conn->link, 1, count_done, &d, transaction, e) <
		0)
		return -1;
	return !d.was_changed;
}

static int run(struct plan *p, int64_t *erased, struct err *e)
{
	if (prepare(p, e) < 0)
		return -1;
	for (int i = 0; i < REDIS_TRIES; i++) {
		int rc = try_once(p, erased, e);

		if (rc)
			return rc < 0 ? -1 : 0;
	}
	return err_set(e, ERR_UNAVAILABLE,
		"the keys were changed by others all the time");
}

int redis_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct plan p = {
		.conn = redis_own(conn), .steps = steps, .steps_n = n
	};
	int rc;

	if (redis_may_write(p.conn, e) < 0)
		return -1;
	p.arena = arena_new(REDIS_SCRATCH_MAX);
	rc = run(&p, erased, e);
	if (rc)
		redis_link_give_up(&p.conn->link);
	arena_free(p.arena);
	return rc;
}
