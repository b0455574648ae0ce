/*
 * Signals in.  Looking comes first and outside of the transaction: the list in
 * memory follows the log, and must never see an entry that could be undone.
 */
#include "desk/signals.h"

#include <stdlib.h>
#include <string.h>

#include "desk/suppress_log.h"

struct fresh {
	uint8_t key[IDENT_KEY_SIZE];
	enum ident_kind kind;
};

static int compare(const void *a, const void *b)
{
	return memcmp(((const struct fresh *)a)->key,
		((const struct fresh *)b)->key, IDENT_KEY_SIZE);
}

/* Sorted, each once: two packs that meet then lock in the same order. */
static void keep_fresh(struct signals *s, struct fresh *list, size_t n)
{
	qsort(list, n, sizeof *list, compare);
	s->fresh_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (i && !compare(&list[i - 1], &list[i]))
			continue;
		memcpy(s->fresh + s->fresh_n * IDENT_KEY_SIZE, list[i].key,
			IDENT_KEY_SIZE);
		s->fresh_kind[s->fresh_n++] = list[i].kind;
	}
}

static void find_fresh(struct desk *d, struct signals *s)
{
	const struct ident_keyring *k = suppress_keyring(d->suppress);
	struct fresh *list = arena_many(d->arena, struct fresh, s->n);
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct suppress_query *q = &s->at[i];

		if ((q->reasons & s->reasons) == s->reasons)
			continue;
		list[n].kind = q->kind;
		must(ident_key_of(k, q->kind, q->value, list[n].key) ==
			IDENT_FAULT_NONE);
		n++;
	}
	s->fresh = arena_array(d->arena, IDENT_KEY_SIZE, n);
	s->fresh_kind = arena_many(d->arena, enum ident_kind, n);
	keep_fresh(s, list, n);
}

int signals_look(struct desk *d, struct signals *s, struct err *e)
{
	size_t bad = 0;

	must(s->reasons);
	if (desk_need(d, PERM_SUPPRESS, e) || suppress_check(d, s->at, s->n, e))
		return -1;
	for (size_t i = 0; i < s->n; i++)
		bad += s->at[i].fault != IDENT_FAULT_NONE;
	if (bad)
		return err_set(e, ERR_INVALID,
			"%zu of %zu values can't be read as what they are said "
			"to be",
			bad, s->n);
	find_fresh(d, s);
	return 0;
}

static int put(struct desk *d, void *ctx, struct err *e)
{
	const struct signals *s = ctx;
	struct log_change c = { .key = s->fresh,
		.kind = s->fresh_kind,
		.n = s->fresh_n,
		.reasons = s->reasons,
		.source = desk_actor(d) };

	if (s->source.n)
		c.source = arena_fmt(d->arena, "%.*s:%.*s", STR_ARG(c.source),
			STR_ARG(s->source));
	if (suppress_log_change(d, &c, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_SUPPRESSED, STR(""), e,
		AD("count", c.changed),
		AD("reasons", suppress_reasons(d->arena, s->reasons)),
		AD("source", s->source));
}

int signals_put(struct desk *d, struct signals *s, struct err *e)
{
	if (desk_need(d, PERM_SUPPRESS, e))
		return -1;
	return s->fresh_n ? desk_write(d, put, s, e) : 0;
}
