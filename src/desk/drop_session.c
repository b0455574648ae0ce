/* An access session: its row, and the table of its moves. */
#include "desk/drop_session.h"

#include <string.h>

#include "store/sql.h"

enum { PAGE_ITEMS = 5000 };

static const struct {
	const char *code;
	const char *title;
	const char *next;
} states[] = {
#define DROP_STATE(NAME, code, title, next) { code, title, next },
#include "desk/tbl/drop_states.h"
};

static const char *const event_words[] = {
#define DROP_EVENT(NAME, words) words,
#include "desk/tbl/drop_events.h"
};

static const struct move {
	enum drop_state from;
	enum drop_on event;
	enum drop_state to;
} moves[] = {
#define DROP_MOVE(FROM, EVENT, TO) \
	{ DROP_STATE_##FROM, DROP_ON_##EVENT, DROP_STATE_##TO },
#include "desk/tbl/drop_moves.h"
};

static const struct {
	const char *code;
	int days;
	const char *words;
} alarms[] = {
#define DROP_ALARM(NAME, code, days, words) { code, days, words },
#include "desk/tbl/drop_alarms.h"
};

const char *drop_state_code(enum drop_state s)
{
	must((size_t)s < COUNTOF(states));
	return states[s].code;
}

const char *drop_state_title(enum drop_state s)
{
	must((size_t)s < COUNTOF(states));
	return states[s].title;
}

const char *drop_state_next(enum drop_state s)
{
	must((size_t)s < COUNTOF(states));
	return states[s].next;
}

const char *drop_alarm_code(enum drop_alarm a)
{
	must((size_t)a < COUNTOF(alarms));
	return alarms[a].code;
}

const char *drop_alarm_words(enum drop_alarm a)
{
	must((size_t)a < COUNTOF(alarms));
	return alarms[a].words;
}

enum drop_alarm drop_alarm_of(int days_left)
{
	size_t i = COUNTOF(alarms);

	while (--i)
		if (days_left <= alarms[i].days)
			return (enum drop_alarm)i;
	return DROP_ALARM_NONE;
}

/* --- reading --- */

static bool state_of(str code, enum drop_state *out)
{
	for (size_t i = 0; i < COUNTOF(states); i++) {
		if (!str_eq(code, str_of(states[i].code)))
			continue;
		*out = (enum drop_state)i;
		return true;
	}
	return false;
}

static int to_cycle(const struct sql_drop_cycle_by_id_row *r,
	struct drop_cycle *out, struct err *e)
{
	*out = (struct drop_cycle){
		.id = r->id,
		.source = r->source,
		.opened_at = r->opened_at,
		.opened_by = r->opened_by,
		.rule = r->rule,
		.profile = r->profile,
		.asked_at = r->asked_at,
		.again_at = r->again_at,
		.zip_name = r->zip_name,
		.zip_size = r->zip_size,
		.zip_sha256 = r->zip_sha256,
		.archive = r->archive,
		.received_at = r->received_at,
		.imported_at = r->imported_at,
		.items = r->items,
		.removed = r->removed,
		.pass_id = r->pass_id,
		.approved_at = r->approved_at,
		.approved_by = r->approved_by,
		.matched_at = r->matched_at,
		.acted_at = r->acted_at,
		.uploaded_at = r->uploaded_at,
		.validated_at = r->validated_at,
		.closed_at = r->closed_at,
		.problem = r->problem,
	};
	if (state_of(r->state, &out->state) &&
		date_parse(r->opened_on, &out->opened_on) &&
		date_parse(r->next_by, &out->next_by) &&
		date_parse(r->act_by, &out->act_by))
		return 1;
	return err_set(
		e, ERR_CORRUPT, "session %lld can't be read", (long long)r->id);
}

int drop_session_read(
	struct desk *d, int64_t id, struct drop_cycle *out, struct err *e)
{
	struct sql_drop_cycle_by_id_in in = { .id = id };
	struct sql_drop_cycle_by_id_row row;
	int rc = sql_drop_cycle_by_id(d->db, d->arena, &in, &row, e);

	return rc <= 0 ? rc : to_cycle(&row, out, e);
}

int drop_session_newest(struct desk *d, struct drop_cycle *out, struct err *e)
{
	struct sql_drop_cycle_last_row last;
	int rc = sql_drop_cycle_last(d->db, d->arena, &last, e);

	return rc <= 0 ? rc : drop_session_read(d, last.id, out, e);
}

int drop_session_need(struct desk *d, enum drop_state state,
	struct drop_cycle *out, struct err *e)
{
	int rc = drop_session_newest(d, out, e);

	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_CONFLICT,
			"no session with the State's lists was opened yet");
		return err_hint(e, "`toyon drop pull` opens one");
	}
	if (out->state == state)
		return 0;
	err_set(e, ERR_CONFLICT, "session %lld is %s, not %s",
		(long long)out->id, states[out->state].code,
		states[state].code);
	return err_hint(e, "next: %s", states[out->state].next);
}

/* --- moving --- */

static const struct move *move_of(enum drop_state from, enum drop_on event)
{
	for (size_t i = 0; i < COUNTOF(moves); i++)
		if (moves[i].from == from && moves[i].event == event)
			return &moves[i];
	return NULL;
}

static int store_move(
	struct desk *d, const struct move *m, int64_t id, struct err *e)
{
	struct sql_drop_cycle_state_in in = {
		.id = id,
		.was = str_of(states[m->from].code),
		.state = str_of(states[m->to].code),
		.is_open = m->to < DROP_STATE_UPLOADED,
		.at = desk_now(d),
		.matched = m->to == DROP_STATE_MATCHED,
		.acted = m->event == DROP_ON_DONE,
		.uploaded = m->to == DROP_STATE_UPLOADED,
		.validated = m->to == DROP_STATE_VALIDATED,
		.closed = m->to == DROP_STATE_CLOSED,
	};
	int64_t n = sql_drop_cycle_state(d->db, &in, e);

	if (n < 0)
		return -1;
	if (!n)
		return err_set(e, ERR_CONFLICT,
			"somebody else moved session %lld on", (long long)id);
	return 0;
}

int drop_session_move(
	struct desk *d, struct drop_cycle *c, enum drop_on event, struct err *e)
{
	struct sql_drop_cycle_hold_in in = { .id = c->id };
	struct sql_drop_cycle_hold_row row;
	const struct move *m;

	must(db_in_transaction(d->db));
	if (sql_drop_cycle_hold(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	if (!state_of(row.state, &c->state))
		return err_set(e, ERR_CORRUPT, "a session has no known state");
	m = move_of(c->state, event);
	if (!m)
		return err_set(e, ERR_CONFLICT,
			"session %lld is %s: it can't be that %s",
			(long long)c->id, states[c->state].code,
			event_words[event]);
	if (store_move(d, m, c->id, e))
		return -1;
	c->state = m->to;
	/* The worker goes on with it, whoever made this step. */
	if (drop_is_set_up(d) && desk_job(d, JOB_DROP, 0, desk_now(d), e))
		return -1;
	if (c->state != DROP_STATE_CLOSED)
		return 0;
	return DESK_AUDIT(d, AUDIT_DROP_CLOSED, STR(""), e, AD("cycle", c->id));
}

struct going {
	struct drop_cycle *cycle;
	enum drop_on event;
};

static int go(struct desk *d, void *ctx, struct err *e)
{
	struct going *g = ctx;

	return drop_session_move(d, g->cycle, g->event, e);
}

int drop_session_go(
	struct desk *d, struct drop_cycle *c, enum drop_on event, struct err *e)
{
	struct going g = { c, event };

	return desk_write(d, go, &g, e);
}

int drop_session_problem(struct desk *d, int64_t id, str problem, struct err *e)
{
	struct sql_drop_cycle_problem_in in = { id, problem };

	return sql_drop_cycle_problem(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- pages of items --- */

struct paging {
	drop_page_fn *fn;
	void *ctx;
	struct drop_page page;
};

static int run_page(struct desk *d, void *ctx, struct err *e)
{
	struct paging *p = ctx;

	return p->fn(d, &p->page, p->ctx, e);
}

/* 1, or 0 after the last page. */
static int next_page(struct desk *d, struct paging *p, char upto[DROP_ID_SIZE],
	struct err *e)
{
	struct sql_drop_item_page_in in = {
		.list = p->page.list,
		.after = p->page.after,
		.first = PAGE_ITEMS,
	};
	struct sql_drop_item_page_row row;
	int rc = sql_drop_item_page(d->db, d->arena, &in, &row, e);

	if (rc <= 0)
		return rc;
	must(row.upto.n == DROP_ID_SIZE);
	memcpy(upto, row.upto.p, DROP_ID_SIZE);
	p->page.upto = (str){ upto, DROP_ID_SIZE };
	p->page.n = row.n;
	return 1;
}

int drop_pages(struct desk *d, enum drop_list list, drop_page_fn *fn, void *ctx,
	struct err *e)
{
	struct paging p = { .fn = fn, .ctx = ctx, .page = { .list = list } };
	struct arena *outer = d->arena;
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	char upto[2][DROP_ID_SIZE];
	int rc = 1;

	d->arena = page;
	for (int i = 0; rc > 0; i = !i) {
		rc = next_page(d, &p, upto[i], e);
		if (rc > 0 && desk_write(d, run_page, &p, e))
			rc = -1;
		p.page.after = p.page.upto;
		arena_clear(page);
	}
	d->arena = outer;
	arena_free(page);
	return rc;
}
