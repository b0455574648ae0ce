/* Identifiers that belong together: an opt-out of one is an opt-out of all. */
#include "desk/profile.h"

#include "desk/own_act.h"
#include "desk/suppress_list.h"
#include "law/reason.h"
#include "store/sql.h"

static const char *const choices[] = { "", "keep", "leave" };

static str key_of(const struct profile *p, size_t i)
{
	return (str){ (const char *)p->of.key + i * IDENT_KEY_SIZE,
		IDENT_KEY_SIZE };
}

static bool any_opted_out(const uint32_t *reasons, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (reasons[i] & REASON_OPT_OUT)
			return true;
	return false;
}

/* The signal came; or what one of them is, the others are, too. */
static str source_of(struct desk *d, const struct profile *p)
{
	/* 0: opted out since that was looked for. */
	int64_t said_at = p->own.out_at ? p->own.out_at : desk_now(d);

	if (p->has_signal)
		return arena_fmt(d->arena, "%.*s:gpc", STR_ARG(desk_actor(d)));
	return own_act_passed_on(d->arena, desk_actor(d), said_at);
}

static int opt_all_out(struct desk *d, struct profile *p, struct err *e)
{
	struct log_change c = { .key = p->of.key,
		.kind = p->of.kind,
		.n = p->of.n,
		.mask = REASON_OPT_OUT,
		.reasons = REASON_OPT_OUT,
		.is_act = p->has_signal,
		.source = source_of(d, p) };

	if (suppress_log_change(d, &c, e))
		return -1;
	p->added = c.changed;
	if (!c.changed)
		return 0;
	return DESK_AUDIT(d, AUDIT_SUPPRESSED, STR(""), e,
		AD("count", c.changed),
		AD("reasons", suppress_reasons(d->arena, REASON_OPT_OUT)));
}

/* What is known of a program: what was said last of it, and when. */
struct conflict {
	bool was_asked;
	str choice;
	int64_t chosen_at;
};

/* Has anything of theirs been asked about this program, and what was said? */
static int look_for_conflict(
	struct desk *d, struct profile *p, struct conflict *out, struct err *e)
{
	*out = (struct conflict){ .choice = STR("") };
	for (size_t i = 0; i < p->of.n; i++) {
		struct sql_conflict_of_row row;
		int rc = sql_conflict_of(d->db, d->arena,
			&(struct sql_conflict_of_in){
				key_of(p, i), p->program },
			&row, e);

		if (rc < 0)
			return -1;
		out->was_asked |= rc == 1;
		if (rc == 1 && row.choice.n && row.chosen_at >= out->chosen_at)
			*out = (struct conflict){ true, row.choice,
				row.chosen_at };
	}
	if (str_eq(out->choice, STR("keep")) &&
		out->chosen_at <= p->own.asked_at)
		out->choice = STR("");
	return 0;
}

/* For each identifier, so that none of them is asked again. */
static int keep_conflict(struct desk *d, struct profile *p,
	const struct conflict *c, struct err *e)
{
	for (size_t i = 0; i < p->of.n; i++) {
		struct sql_conflict_add_in add = { key_of(p, i), p->program,
			desk_now(d), c->choice, c->chosen_at };
		struct sql_conflict_choose_in choose = { add.id_key,
			add.program, c->choice, c->chosen_at };

		if (sql_conflict_add(d->db, &add, e) < 0 ||
			(p->choice &&
				sql_conflict_choose(d->db, &choose, e) < 0))
			return -1;
	}
	return 0;
}

static int note_conflict(struct desk *d, struct profile *p, struct err *e)
{
	struct conflict c;

	if (look_for_conflict(d, p, &c, e))
		return -1;
	/* Who opted out by a request is not asked to take part again: 7026(k). */
	p->may_ask = !c.was_asked && !p->choice && !p->own.asked_at;
	if (p->choice) {
		c.choice = str_of(choices[p->choice]);
		c.chosen_at = desk_now(d);
	}
	p->chosen = c.choice;
	if (keep_conflict(d, p, &c, e))
		return -1;
	if (p->may_ask)
		return DESK_AUDIT(d, AUDIT_CONFLICT, STR(""), e,
			AD("program", p->program));
	if (p->choice)
		return DESK_AUDIT(d, AUDIT_CONFLICT_CHOSEN, STR(""), e,
			AD("program", p->program), AD("choice", p->chosen));
	return 0;
}

static int store_seen(struct desk *d, void *ctx, struct err *e)
{
	struct profile *p = ctx;
	uint32_t *was = arena_many(d->arena, uint32_t, p->of.n);

	p->added = 0;
	p->may_ask = false;
	p->chosen = STR("");
	if (suppress_log_now(d, p->of.key, p->of.n, was, e))
		return -1;
	p->is_opted_out = p->has_signal ||
			  (!p->own.has_opted_in && any_opted_out(was, p->of.n));
	if (!p->is_opted_out)
		return 0;
	if (opt_all_out(d, p, e))
		return -1;
	return p->program.n ? note_conflict(d, p, e) : 0;
}

int profile_seen(struct desk *d, struct profile *p, struct err *e)
{
	p->of.reasons = REASON_OPT_OUT;
	p->of.source = STR("gpc");
	p->own = (struct own_word){ 0 };
	if (signals_read(d, &p->of, e) ||
		((!p->has_signal || p->program.n) &&
			profile_own(d, &p->of, &p->own, e)))
		return -1;
	return desk_write(d, store_seen, p, e);
}
