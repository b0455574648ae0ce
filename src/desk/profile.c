/* Identifiers that belong together: an opt-out of one is an opt-out of all. */
#include "desk/profile.h"

#include "desk/profile_own.h"
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

/* "gpc": the signal came.  "visit": what one of them is, the others are, too. */
static int opt_all_out(struct desk *d, struct profile *p, struct err *e)
{
	struct log_change c = { .key = p->of.key,
		.kind = p->of.kind,
		.n = p->of.n,
		.mask = REASON_OPT_OUT,
		.reasons = REASON_OPT_OUT,
		.source = arena_fmt(d->arena, "%.*s:%s", STR_ARG(desk_actor(d)),
			p->has_signal ? "gpc" : "visit") };

	if (suppress_log_change(d, &c, e))
		return -1;
	p->added = c.changed;
	if (!c.changed)
		return 0;
	return DESK_AUDIT(d, AUDIT_SUPPRESSED, STR(""), e,
		AD("count", c.changed),
		AD("reasons", suppress_reasons(d->arena, REASON_OPT_OUT)));
}

/* Has anything of theirs been asked about this program, and what was said? */
static int look_for_conflict(
	struct desk *d, struct profile *p, bool *was_asked, struct err *e)
{
	*was_asked = false;
	p->chosen = STR("");
	for (size_t i = 0; i < p->of.n; i++) {
		struct sql_conflict_of_row row;
		int rc = sql_conflict_of(d->db, d->arena,
			&(struct sql_conflict_of_in){
				key_of(p, i), p->program },
			&row, e);

		if (rc < 0)
			return -1;
		*was_asked |= rc == 1;
		if (rc == 1 && row.choice.n)
			p->chosen = row.choice;
	}
	return 0;
}

/* For each identifier, so that none of them is asked again. */
static int keep_conflict(struct desk *d, struct profile *p, struct err *e)
{
	for (size_t i = 0; i < p->of.n; i++) {
		struct sql_conflict_add_in add = { key_of(p, i), p->program,
			desk_now(d), p->chosen };
		struct sql_conflict_choose_in choose = { add.id_key,
			add.program, p->chosen, add.asked_at };

		if (sql_conflict_add(d->db, &add, e) < 0 ||
			(p->choice &&
				sql_conflict_choose(d->db, &choose, e) < 0))
			return -1;
	}
	return 0;
}

static int note_conflict(struct desk *d, struct profile *p, struct err *e)
{
	bool was_asked;

	if (look_for_conflict(d, p, &was_asked, e))
		return -1;
	p->may_ask = !was_asked && !p->choice;
	if (p->choice)
		p->chosen = str_of(choices[p->choice]);
	if (keep_conflict(d, p, e))
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
			  (!p->has_opted_in && any_opted_out(was, p->of.n));
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
	p->has_opted_in = false;
	if (signals_read(d, &p->of, e) ||
		(!p->has_signal && profile_own(d, &p->of, &p->has_opted_in, e)))
		return -1;
	return desk_write(d, store_seen, p, e);
}
