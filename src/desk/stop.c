/*
 * What a consumer stops with one act: suppressed, recorded and closed in one
 * transaction.  Nothing here leads to a code, a detail or a search.
 */
#include "desk/stop.h"

#include "desk/agent_post.h"
#include "desk/agent_refuse.h"
#include "desk/automated.h"
#include "desk/closing.h"
#include "desk/config.h"
#include "desk/heed.h"
#include "desk/limit.h"
#include "desk/receive.h"
#include "desk/second.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "desk/telling.h"
#include "law/deadline.h"
#include "law/reason.h"
#include "law/reference.h"
#include "words/words.h"

static const struct stop {
	struct stop_row row;
	enum audit_event event;
} stops[] = {
#define STOP(kind, reason, event, setting, needs) \
	{ { KIND_##kind, REASON_##reason, needs }, AUDIT_##event },
#include "desk/tbl/stops.h"
};

static const struct stop *stop_of(enum kind kind)
{
	for (size_t i = 0; i < COUNTOF(stops); i++)
		if (stops[i].row.kind == kind)
			return &stops[i];
	return NULL;
}

const struct stop_row *stop_row(enum kind kind)
{
	const struct stop *s = stop_of(kind);

	return s ? &s->row : NULL;
}

int stop_is_offered(struct desk *d, enum kind kind, struct err *e)
{
	return stop_is_offered_on(d, kind, desk_today(d), e);
}

int stop_is_offered_on(
	struct desk *d, enum kind kind, struct date day, struct err *e)
{
	struct settings s;

	must(stop_of(kind));
	if (!valid_on(kind_row(kind)->valid, day))
		return 0;
	if (settings_load(d, &s, e))
		return -1;
	switch (kind) {
#define STOP(name, reason, event, setting, needs) \
	case KIND_##name:                         \
		if (!config_flag(s.setting))      \
			return 0;                 \
		break;
#include "desk/tbl/stops.h"
	default:
		return 0;
	}
	return kind == KIND_OPT_OUT_ADMT ? automated_stops(d, e) : 1;
}

int stop_now(struct desk *d, const struct stop_row *row, const struct record *r,
	const struct identifier *id, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		struct suppress_change c = {
			.kind = &id[i].kind,
			.key = id[i].key,
			.n = 1,
			.mask = row->reason,
			.reasons = row->reason,
			.source = STR("request"),
			.request_id = r->row.id,
			.is_act = true,
		};

		if (suppress_replace(d, &c, e))
			return -1;
	}
	return DESK_AUDIT(d, stop_of(row->kind)->event, r->row.reference, e,
		AD("identifiers", n));
}

/* 11 CCR 7026(g), 7027(g): who asked by post, or on the phone, may have no way to look
 * at a page. */
static int write_processed(struct desk *d, const struct record *r,
	const void *ctx, struct post_draft *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct letter_processed v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.phrase = say(l, kind_row(r->kind)->phrase),
		.received_on = words_date(d->arena, l, record_received_on(r)),
		.in_force_on = words_date(d->arena, l, desk_today(d)),
		.keep_until = words_date(
			d->arena, l, record_keep_until(desk_today(d))),
	};

	(void)ctx;
	if (post_sign(d, &v.sign, e))
		return -1;
	v.status_link = post_link(d, l, "/s/", v.reference);
	out->kind = LETTER_PROCESSED;
	out->words = letters_processed(d->arena, l, &v);
	return 0;
}

struct stopping {
	const struct stop_row *row;
	struct person person;
	struct newcomer newcomer;
};

/* In force since it was recorded: between the request and its processing nothing could
 * be sold, unless it came days before (7026(f)(2)).  Whom a limit reaches the worker
 * finds out in the data map. */
int stop_settle(struct desk *d, struct record *r, struct date in_force_on,
	struct err *e)
{
	struct state_facts settled = { .is_settled = true, .is_whole = true };

	if (telling_is_owed(r, in_force_on))
		return desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e);
	if (record_move(d, r, ON_ALL_DONE, &settled, e))
		return -1;
	return closing_store(d, r, e);
}

/* No permission came: to refuse it waits for a second person, where one is wanted. */
static int check_permission(struct desk *d, struct newcomer *n, struct err *e)
{
	int rc = n->by && n->by->permission.proof == PROOF_NONE
			 ? second_is_wanted(d, e)
			 : 0;

	n->is_undecided = rc > 0;
	return rc < 0 ? -1 : 0;
}

static int store(struct desk *d, void *ctx, struct err *e)
{
	struct stopping *s = ctx;
	struct record *r = &s->newcomer.record;
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &s->person, id);

	if (check_permission(d, &s->newcomer, e) ||
		receive_store(d, &s->newcomer, e) ||
		receive_store_identifiers(d, r, id, n, e))
		return -1;
	if (!state_is_open(r->state))
		return agent_refuse(d, r, e);
	if (stop_now(d, s->row, r, id, n, e))
		return -1;
	/* Of an opt-out the signal says no more than the request. */
	if (s->row->kind != KIND_OPT_OUT && heed_signal(d, r, e))
		return -1;
	if (s->newcomer.is_undecided)
		return agent_refusal_propose(d, r, e) < 0 ? -1 : 0;
	if (r->person.postal.v.n &&
		post_requester(d, r,
			&(struct post_writer){ write_processed, NULL }, e))
		return -1;
	return stop_settle(d, r, desk_today(d), e);
}

void stop_read_identifier(
	struct desk *d, personal typed, struct person *p, struct problems *ps)
{
	struct identifier id[RECEIVE_IDENTIFIERS];

	if (!typed.v.n)
		return;
	if (typed.v.n <= PERSON_email_max && str_has(typed.v, '@'))
		p->email = typed;
	else if (typed.v.n <= PERSON_phone_max)
		p->phone = typed;
	if (!receive_identifiers(d, p, id))
		problem_add(ps, "id", "unreadable",
			"Enter an email address, like name@example.com, or a "
			"US phone number with area code");
}

static bool is_given(const struct person *p)
{
	return p->email.v.n || p->phone.v.n || p->first.v.n;
}

/* What finds the person, and where the letter goes; nothing else is kept. */
static void take_address(const struct person *at, struct person *p)
{
	p->name = at->name;
	p->first = at->first;
	p->last = at->last;
	p->street = at->street;
	p->zip = at->zip;
	p->postal = at->postal;
	p->letter_by = at->letter_by;
}

int stop_receive(struct desk *d, const struct stop_in *in, struct stop_out *out,
	struct problems *ps, struct err *e)
{
	struct stopping s = { .row = stop_row(in->kind) };

	must(s.row);
	if (in->at)
		take_address(in->at, &s.person);
	stop_read_identifier(
		d, (personal){ str_trim(in->identifier.v) }, &s.person, ps);
	if (!ps->n && s.row->needs_identifier && !is_given(&s.person))
		problem_add(ps, "id", "missing",
			"Enter an email address or phone number, so that we "
			"find your records");
	if (ps->n)
		return 0;
	if (receive_limit(d, "opt-out", in->peer, LIMIT_OPT_OUT_PEER, e))
		return -1;
	s.newcomer = (struct newcomer){
		.kind = in->kind,
		.channel = in->has_signal ? CHANNEL_SIGNAL : in->channel,
		.received_on = in->received_on,
		.person = &s.person,
		.by = in->by,
	};
	if (desk_write(d, store, &s, e))
		return -1;
	*out = (struct stop_out){
		.reference = s.newcomer.record.row.reference,
		.at = s.newcomer.record.row.received_at,
		.is_identified = is_given(&s.person),
	};
	return 0;
}
