/*
 * What happened at Lakeshore Leads until now: the stories of
 * tbl/demo_stories.h, cut into steps and played in the order of time, each with
 * the clock set to its instant, through the use cases that pages and worker
 * call.  All of it is one transaction.
 */
#include <stdlib.h>

#include "cli/demo.h"
#include "desk/case.h"
#include "desk/deny.h"
#include "desk/intake.h"
#include "desk/stop.h"
#include "desk/vendors.h"
#include "law/reference.h"
#include "store/db.h"

enum {
	STEP_ARENA = 64 << 20,
	STEPS_OF_CASE = 6,
	FIRST_STRANGER = 45000,
	FIRST_LEAD = DEMO_NAMED,
	SEAL_DAYS = 7,
	JO = 0,
	MARA = 1,
	DEV = 2,
};

static const int64_t minute_ms = 60000, hour_ms = 3600000, day_ms = 86400000;

static const struct demo_story stories[] = {
#define STORY(count, kind, people, youngest, oldest, confirm_min, search,    \
	decision, decide_days, reply, reply_days, answer_days)               \
	{ count, KIND_##kind, people, youngest, oldest, confirm_min, search, \
		decision, decide_days, reply, reply_days, answer_days },
#include "cli/tbl/demo_stories.h"
};

enum act { RECEIVED, CONFIRMED, TAKEN, DECIDED, REPLIED, ANSWERED };

struct step {
	int64_t at;
	enum act act;
	struct demo_case *k;
};

struct script {
	struct step *at;
	size_t n;
};

/* --- when --- */

static void add(struct script *s, int64_t at, enum act act, struct demo_case *k,
	const struct demo *m)
{
	if (at < m->now)
		s->at[s->n++] = (struct step){ at, act, k };
}

/* Spread over the days; in the hours when people sit at a desk, as far as the
 * hour of `now` is one. */
static int64_t received_at(
	const struct demo *m, const struct demo_story *s, int i, struct rng *r)
{
	int64_t span = (s->oldest - s->youngest) * day_ms;
	int64_t back = s->youngest * day_ms;

	if (s->count > 1)
		back += span * i / (s->count - 1);
	return m->now - back - hour_ms / 2 -
	       (int64_t)rng_below(r, 7 * (uint64_t)hour_ms);
}

static void add_case(
	struct script *s, struct demo_case *k, int64_t at, const struct demo *m)
{
	const struct demo_story *t = k->story;
	int64_t hours = k->number % 5 * hour_ms;

	add(s, at, RECEIVED, k, m);
	if (t->confirm_min) {
		add(s, at + t->confirm_min * minute_ms, CONFIRMED, k, m);
		add(s, at + 2 * hour_ms + hours, TAKEN, k, m);
	}
	if (t->decision) {
		at += t->decide_days * day_ms + hours;
		add(s, at, DECIDED, k, m);
	}
	if (t->reply) {
		at += t->reply_days * day_ms - hours / 2;
		add(s, at, REPLIED, k, m);
	}
	if (t->answer_days)
		add(s, at + t->answer_days * day_ms, ANSWERED, k, m);
}

static int by_time(const void *a, const void *b)
{
	const struct step *x = a;
	const struct step *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (int)x->act - (int)y->act;
}

static size_t number_of(enum demo_people people, size_t i)
{
	if (people == NAMED)
		return i;
	if (people == LEADS)
		return FIRST_LEAD + i;
	return FIRST_STRANGER + i * 7;
}

static void write_script(struct demo *m, struct script *s)
{
	struct rng r = { DEMO_SEED };
	size_t next[SIGNALS + 1] = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(stories); i++)
		n += (size_t)stories[i].count;
	m->cases = arena_many(m->cli->arena, struct demo_case, n);
	s->at = arena_many(m->cli->arena, struct step, n * STEPS_OF_CASE);
	for (size_t i = 0; i < COUNTOF(stories); i++) {
		const struct demo_story *t = &stories[i];
		enum demo_people p =
			t->people >= OPTS_OUT ? STRANGERS : t->people;

		for (int c = 0; c < t->count; c++) {
			struct demo_case *k = &m->cases[m->cases_n];

			k->story = t;
			k->number = (int)m->cases_n++;
			demo_being(m->cli->arena, DEMO_SEED,
				number_of(p, next[p]++), &k->who);
			add_case(s, k, received_at(m, t, c, &r), m);
		}
	}
	qsort(s->at, s->n, sizeof *s->at, by_time);
}

/* --- what --- */

static void as_consumer(struct demo *m)
{
	m->desk->actor = (struct actor){ .kind = ACTOR_CONSUMER };
}

static void as_staff(struct demo *m, int who)
{
	static const str names[] = { STR_INIT("Jo Lindqvist"),
		STR_INIT("Mara Ortiz"), STR_INIT("Dev Shah") };
	static const str roles[] = { STR_INIT("owner"), STR_INIT("officer"),
		STR_INIT("agent") };

	m->desk->actor = (struct actor){ .kind = ACTOR_STAFF,
		.id = m->staff[who],
		.name = names[who],
		.role = roles[who] };
}

static int refused(const struct problems *ps, struct err *e)
{
	return ps->n ? cli_problem(ps, e) : 0;
}

static str peer_of(struct demo *m, const struct demo_case *k)
{
	return arena_fmt(m->desk->arena, "192.0.2.%d", k->number % 250);
}

static int opt_out(struct demo *m, struct demo_case *k, struct err *e)
{
	struct stop_in in = { .kind = KIND_OPT_OUT,
		.channel = CHANNEL_WEB,
		.peer = peer_of(m, k) };
	struct stop_out out;
	struct problems ps = { 0 };

	in.has_signal = k->story->people == SIGNALS;
	if (!in.has_signal)
		in.identifier.v =
			k->number % 3 ? k->who.is.email : k->who.is.phone;
	if (stop_receive(m->desk, &in, &out, &ps, e))
		return -1;
	return refused(&ps, e);
}

/* What the forms of some kinds ask besides who it is. */
static void say_what(struct person *p, enum kind kind)
{
	switch (kind) {
	case KIND_KNOW_SPECIFIC:
		p->pieces = STR("specific");
		p->declared = STR("yes");
		p->signed_by.v = p->name.v;
		p->range = STR("all");
		break;
	case KIND_KNOW_CATEGORIES:
		p->pieces = STR("categories");
		p->range = STR("all");
		break;
	case KIND_CORRECT:
		p->item.v = STR("My street address");
		p->should_be.v = STR("48 Mill Road");
		break;
	default:
		break;
	}
}

static int receive(struct demo *m, struct demo_case *k, struct err *e)
{
	struct draft f = { .kind = k->story->kind };
	struct problems ps = { 0 };
	struct sent sent;

	as_consumer(m);
	if (k->story->people >= OPTS_OUT)
		return opt_out(m, k, e);
	f.person.name.v = arena_fmt(m->desk->arena, "%.*s %.*s",
		STR_ARG(k->who.is.first), STR_ARG(k->who.is.last));
	f.person.email.v = k->who.is.email;
	f.person.phone.v = k->number % 2 ? k->who.is.phone : STR("");
	f.person.zip.v = k->who.is.zip;
	f.person.stop_sale = k->number % 3 ? STR("yes") : STR("no");
	say_what(&f.person, k->story->kind);
	if (intake_send(m->desk, &f,
		    k->number % 9 ? CHANNEL_WEB : CHANNEL_PHONE, peer_of(m, k),
		    &sent, &ps, e) ||
		refused(&ps, e))
		return -1;
	k->reference = arena_dup(m->cli->arena, sent.reference);
	return 0;
}

static int confirm(struct demo *m, struct demo_case *k, struct err *e)
{
	struct problems ps = { 0 };
	bool is_right;

	as_consumer(m);
	if (intake_confirm_code(
		    m->desk, k->reference, str_of(k->code), &is_right, &ps, e))
		return -1;
	return refused(&ps, e);
}

static int approve(struct demo *m, struct demo_case *k, struct err *e)
{
	struct case_view v;
	int rc = case_load(m->desk, k->reference, false, &v, e);

	must(rc);
	return rc < 0 ? -1 : case_approve(m->desk, k->reference, v.seen, e);
}

static int deny(struct demo *m, struct demo_case *k, struct err *e)
{
	struct denial x = { .ground = STR("UNVERIFIED") };
	struct problems ps = { 0 };
	int rc = case_deny(m->desk, k->reference, &x, &ps, e);

	must(!ps.n);
	return rc;
}

static int decide(struct demo *m, struct demo_case *k, struct err *e)
{
	as_staff(m, k->number % 3 ? JO : MARA);
	if (case_reveal(m->desk, k->reference, e))
		return -1;
	if (k->story->decision == DENY)
		return deny(m, k, e);
	return approve(m, k, e);
}

static int reply(struct demo *m, struct demo_case *k, struct err *e)
{
	struct vendor_reply r = { .answer = VENDOR_DELETED,
		.rows = 1 + k->number % 3 };
	struct problems ps = { 0 };

	if (k->story->reply == KEPT)
		r = (struct vendor_reply){ .answer = VENDOR_KEPT,
			.reason = STR("Bounce records, kept for 12 months to "
				      "stay off block lists") };
	if (k->story->reply == WORKING_ON_IT)
		r = (struct vendor_reply){ .answer = VENDOR_ACKNOWLEDGED };
	if (vendor_reply(m->desk, k->link, &r, &ps, e))
		return -1;
	return refused(&ps, e);
}

static int play(struct demo *m, const struct step *s, struct err *e)
{
	struct problems ps = { 0 };
	struct demo_case *k = s->k;

	switch (s->act) {
	case RECEIVED:
		return receive(m, k, e);
	case CONFIRMED:
		return confirm(m, k, e);
	case TAKEN:
		as_staff(m, k->number % 5 ? k->number % 3 : JO);
		return k->number % 7 ? case_take(m->desk, k->reference, e) : 0;
	case DECIDED:
		return decide(m, k, e);
	case REPLIED:
		return reply(m, k, e);
	case ANSWERED:
		as_staff(m, JO);
		if (case_answer(m->desk, k->reference, STR(""), &ps, e))
			return -1;
		return refused(&ps, e);
	}
	return 0;
}

static int seal(struct demo *m, struct err *e)
{
	return audit_seal_head(m->desk->db, m->desk->arena, m->desk->keys,
		       desk_now(m->desk), e) < 0
		       ? -1
		       : 0;
}

/* Time does not go back, whatever the jobs of the step before took. */
static int play_all(struct demo *m, const struct script *s, struct err *e)
{
	int64_t sealed_at = s->n ? s->at[0].at : 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct step *step = &s->at[i];

		if (step->at > m->clock.fixed_ms)
			m->clock.fixed_ms = step->at;
		if (play(m, step, e) || demo_work(m, e))
			return err_context(e, "demo: step %zu", i);
		if (m->clock.fixed_ms - sealed_at > SEAL_DAYS * day_ms) {
			if (seal(m, e))
				return -1;
			sealed_at = m->clock.fixed_ms;
		}
		arena_clear(m->desk->arena);
	}
	m->clock.fixed_ms = m->now;
	return seal(m, e);
}

int demo_history(struct demo *m, struct err *e)
{
	struct arena *was = m->desk->arena;
	struct script s = { 0 };
	int rc;

	write_script(m, &s);
	if (db_begin(m->desk->db, DB_WRITE, e))
		return -1;
	m->desk->arena = arena_new(STEP_ARENA);
	rc = play_all(m, &s, e);
	arena_free(m->desk->arena);
	m->desk->arena = was;
	if (!rc)
		return db_commit(m->desk->db, e);
	db_rollback(m->desk->db);
	return -1;
}
