/*
 * Signals in.  What is new is looked for twice: before the transaction, because
 * mostly there is nothing and then no transaction is needed, and in it
 * (desk/suppress_log.h), where nobody else can add.
 */
#include "desk/signals.h"

#include <string.h>

#include "desk/own_act.h"
#include "desk/said.h"
#include "desk/suppress_list.h"
#include "law/reason.h"
#include "store/db.h"

int signals_read(struct desk *d, struct signals *s, struct err *e)
{
	return desk_need(d, PERM_SUPPRESS, e) ? -1 : signals_read_own(d, s, e);
}

int signals_read_own(struct desk *d, struct signals *s, struct err *e)
{
	size_t bad = 0;

	must(s->reasons);
	s->actor = d->actor;
	s->is_act = own_act_is_one(s->reasons, s->source, s->n);
	s->key = arena_array(d->arena, IDENT_KEY_SIZE, s->n);
	s->kind = arena_many(d->arena, enum ident_kind, s->n);
	suppress_keys(suppress_keyring(d->suppress), s->at, s->n, s->key);
	for (size_t i = 0; i < s->n; i++) {
		s->kind[i] = s->at[i].kind;
		bad += s->at[i].fault != IDENT_FAULT_NONE;
	}
	if (!bad)
		return 0;
	return err_set(e, ERR_INVALID,
		"%zu of %zu values can't be read as what they are said to be",
		bad, s->n);
}

/* What is left of a call when what holds already is taken out. */
struct left {
	struct signals *of;
	uint8_t *key;
	enum ident_kind *kind;
	size_t n;
	bool is_done; /* in a row with those of another */
};

/* Calls that are committed together. */
struct group {
	struct left *at;
	size_t n;
	struct log_change *change; /* at most n */
	size_t changes;
};

/* Is anybody there with all that it says?  Mostly nobody is, and then it need not be
 * asked who put them there. */
static bool has_all_of_any(const uint32_t *held, const struct signals *s)
{
	for (size_t i = 0; i < s->n; i++)
		if ((held[i] & s->reasons) == s->reasons)
			return true;
	return false;
}

static int act_due(struct desk *d, const struct signals *s,
	const uint32_t *held, bool *due, struct err *e)
{
	return s->is_act ? own_act_signals_due(d, s->key, s->n, held, due, e)
			 : 0;
}

/* In a transaction that may not follow first, nothing is left out yet: what the
 * list says could be old.  Nor what holds until a day: now it has none.
 * Nor who is deleted: that others say so is noted where it is written.
 * Nor who has to be written down though it holds (desk/own_act.h). */
static int leave_out(
	struct desk *d, struct signals *s, struct left *out, struct err *e)
{
	uint32_t *reasons;
	bool *is_asked, *due;

	*out = (struct left){
		.of = s, .key = s->key, .kind = s->kind, .n = s->n
	};
	if (db_in_transaction(d->db) ||
		s->reasons & (REASONS_WITH_END | REASON_DELETED))
		return 0;
	reasons = arena_many(d->arena, uint32_t, s->n);
	suppress_find(d->suppress, s->key, s->n, reasons);
	is_asked = arena_many(d->arena, bool, s->n);
	due = arena_many(d->arena, bool, s->n);
	if (has_all_of_any(reasons, s) &&
		(said_asked(d, s->key, s->n, is_asked, e) ||
			act_due(d, s, reasons, due, e)))
		return -1;
	out->key = arena_array(d->arena, IDENT_KEY_SIZE, s->n);
	out->kind = arena_many(d->arena, enum ident_kind, s->n);
	out->n = 0;
	for (size_t i = 0; i < s->n; i++) {
		int rc = (reasons[i] & s->reasons) == s->reasons && !due[i];

		/* A request put them there: that others say so is noted. */
		if (rc && is_asked[i])
			rc = said_is_noted(
				d, s->key + i * IDENT_KEY_SIZE, s->reasons, e);
		if (rc < 0)
			return -1;
		if (rc)
			continue;
		memcpy(out->key + out->n * IDENT_KEY_SIZE,
			s->key + i * IDENT_KEY_SIZE, IDENT_KEY_SIZE);
		out->kind[out->n++] = s->kind[i];
	}
	return 0;
}

static bool are_alike(const struct signals *a, const struct signals *b)
{
	return a->actor.kind == b->actor.kind && a->actor.id == b->actor.id &&
	       a->is_act == b->is_act && a->reasons == b->reasons &&
	       str_eq(a->source, b->source);
}

/* The keys of the first that is not done, and of all like it, one behind the
 * other. */
static struct log_change join(struct desk *d, struct group *g, size_t first)
{
	struct log_change c = { .mask = g->at[first].of->reasons,
		.reasons = g->at[first].of->reasons,
		.is_act = g->at[first].of->is_act };
	enum ident_kind *kind;
	uint8_t *key;
	size_t n = 0;

	for (size_t i = first; i < g->n; i++)
		if (!g->at[i].is_done &&
			are_alike(g->at[i].of, g->at[first].of))
			n += g->at[i].n;
	key = arena_array(d->arena, IDENT_KEY_SIZE, n);
	kind = arena_many(d->arena, enum ident_kind, n);
	for (size_t i = first; i < g->n; i++) {
		struct left *l = &g->at[i];

		if (l->is_done || !are_alike(l->of, g->at[first].of))
			continue;
		memcpy(key + c.n * IDENT_KEY_SIZE, l->key,
			l->n * IDENT_KEY_SIZE);
		memcpy(kind + c.n, l->kind, l->n * sizeof *kind);
		c.n += l->n;
	}
	c.key = key;
	c.kind = kind;
	return c;
}

/* Says whose the new ones were, in the order of join(). */
static void part(struct group *g, size_t first, const struct log_change *c)
{
	const struct signals *like = g->at[first].of;
	size_t at = 0;

	for (size_t i = first; i < g->n; i++) {
		struct left *l = &g->at[i];

		if (l->is_done || !are_alike(l->of, like))
			continue;
		for (size_t k = 0; k < l->n; k++)
			l->of->fresh_n += c->is_new[at++];
		l->is_done = true;
	}
}

static int put_alike(
	struct desk *d, struct group *g, size_t first, struct err *e)
{
	const struct signals *s = g->at[first].of;
	struct log_change c = join(d, g, first);

	d->actor = s->actor;
	c.source = desk_actor(d);
	if (s->source.n)
		c.source = arena_fmt(d->arena, "%.*s:%.*s", STR_ARG(c.source),
			STR_ARG(s->source));
	if (suppress_log_change(d, &c, e))
		return -1;
	part(g, first, &c);
	g->change[g->changes++] = c;
	if (!c.changed)
		return 0;
	return DESK_AUDIT(d, AUDIT_SUPPRESSED, STR(""), e,
		AD("count", c.changed),
		AD("reasons", suppress_reasons(d->arena, s->reasons)),
		AD("source", s->source));
}

static int put_group(struct desk *d, void *ctx, struct err *e)
{
	struct group *g = ctx;

	g->changes = 0;
	for (size_t i = 0; i < g->n; i++) {
		g->at[i].is_done = !g->at[i].n;
		g->at[i].of->fresh_n = 0;
	}
	for (size_t i = 0; i < g->n; i++)
		if (!g->at[i].is_done && put_alike(d, g, i, e))
			return -1;
	return 0;
}

/* Without a transaction when nothing is new. */
static int put_now(struct desk *d, struct group *g, struct err *e)
{
	struct actor was = d->actor;
	bool is_ours = !db_in_transaction(d->db);
	size_t left = 0;
	int rc;

	for (size_t i = 0; i < g->n; i++)
		left += g->at[i].n;
	if (!left)
		return 0;
	g->change = arena_many(d->arena, struct log_change, g->n);
	rc = desk_write(d, put_group, g, e);
	d->actor = was;
	for (size_t i = 0; !rc && is_ours && i < g->changes; i++)
		suppress_take(d->suppress, &g->change[i].packs);
	return rc;
}

static int put_n(struct desk *d, struct signals **s, size_t n, struct err *e)
{
	struct group g = { .at = arena_many(d->arena, struct left, n), .n = n };

	if (!db_in_transaction(d->db) &&
		suppress_follow(d->suppress, d->db, d->arena, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		s[i]->fresh_n = 0;
		if (leave_out(d, s[i], &g.at[i], e))
			return -1;
	}
	return put_now(d, &g, e);
}

int signals_put(struct desk *d, struct signals *s, struct err *e)
{
	return put_n(d, &s, 1, e);
}

/* Tried again alone, unless that can't help either. */
static bool is_hopeless(const struct err *e)
{
	return e->code == ERR_UNAVAILABLE || e->code == ERR_CORRUPT;
}

void signals_put_many(struct desk *d, struct signals **s, size_t n)
{
	struct err e = { 0 };
	int rc = put_n(d, s, n, &e);

	if (rc && n > 1 && !is_hopeless(&e)) {
		for (size_t i = 0; i < n; i++)
			signals_put_many(d, s + i, 1);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		s[i]->rc = rc;
		s[i]->e = e;
	}
}
