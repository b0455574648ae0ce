/*
 * Requests that are answered by letter, whose clock starts when they are sent,
 * confirmed or not (11 CCR 7021(b)).  What is stopped at once has a path of its
 * own (desk/stop.h) and never comes here.
 */
#include "desk/intake.h"

#include "base/base.h"
#include "desk/account.h"
#include "desk/agent_post.h"
#include "desk/call_back.h"
#include "desk/code.h"
#include "desk/form.h"
#include "desk/heed.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/parent.h"
#include "desk/parent_post.h"
#include "desk/post.h"
#include "desk/receive.h"
#include "desk/stop.h"
#include "desk/trace.h"
#include "law/reference.h"
#include "words/words.h"

static const struct {
	const char *code;
	const char *title;
	const char *short_title;
} channels[] = {
#define CHANNEL(name, code, title, short_title) { code, title, short_title },
#include "tbl/channels.h"
};

const char *channel_code(enum channel c)
{
	must((size_t)c < COUNTOF(channels));
	return channels[c].code;
}

const char *channel_title(str code)
{
	for (size_t i = 0; i < COUNTOF(channels); i++)
		if (str_eq(code, str_of(channels[i].code)))
			return channels[i].title;
	return "Other";
}

const char *channel_short(str code)
{
	for (size_t i = 0; i < COUNTOF(channels); i++)
		if (str_eq(code, str_of(channels[i].code)))
			return channels[i].short_title;
	return "Other";
}

int intake_dates(
	struct desk *d, enum kind kind, struct deadlines *out, struct err *e)
{
	return deadlines_of(kind, desk_today(d), out, e);
}

/* --- requests that are answered by letter --- */

static str due_words(struct desk *d, enum lang l, str iso)
{
	struct date day = { 0 };

	return date_parse(iso, &day) ? words_date(d->arena, l, day) : STR("");
}

/* 11 CCR 7063(a): the one code shows both, that the address is theirs and that they
 * permitted the agent to ask. */
static bool asks_consumer(const struct record *r)
{
	return agent_asks(r) && proof_asks_consumer(agent_proof(r), r->kind);
}

/* A child is sent none, and of a parent it would say no more than who reads a mailbox
 * (11 CCR 7070(c)). */
bool intake_sends_code(const struct record *r)
{
	return !is_for_child(r) && (!agent_asks(r) || asks_consumer(r));
}

/* 11 CCR 7070(a)(2), (c) */
static int fill_parent(struct desk *d, const struct record *r,
	struct letter_receipt *v, struct err *e)
{
	enum lang l = record_lang(r);
	struct parent p;

	if (parent_of(d, r, &p, e) < 0)
		return -1;
	must(p.asks && p.wanted != PARENT_CHECK_END);
	v->parent_how = say(l, parent_check_row(p.wanted)->how);
	if (p.wanted == PARENT_CHECK_FORM)
		v->form_link = post_link(d, l, "/s/",
			arena_fmt(
				d->arena, "%.*s/form", STR_ARG(v->reference)));
	return 0;
}

/* The receipt goes to who asked alone (desk/tbl/agent_letters.h).
 * 11 CCR 7021(a): what happens, how identity is checked, by when. */
static int write_receipt(struct desk *d, const struct record *r,
	const void *ctx, struct post_draft *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct letter_receipt v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.received_on = due_words(d, l, r->row.received_on),
		.due_on = due_words(d, l, r->row.due_on),
		.extendable_to = due_words(d, l, r->row.extendable_to),
		.is_opted_out = heed_is_theirs(d, r) ||
				str_eq(r->person.stop_sale, STR("yes")),
	};

	(void)ctx;
	if (is_for_child(r) && fill_parent(d, r, &v, e))
		return -1;
	v.is_agent = agent_asks(r);
	v.asks_consumer = asks_consumer(r);
	v.has_power = agent_proof(r) == PROOF_POWER;
	v.is_by_sms = code_is_by_sms(r);
	v.is_account = str_eq(r->person.account, STR("yes"));
	v.is_called_back = !code_can_go(r);
	v.has_phone = r->person.phone.v.n > 0;
	v.is_by_points = v.is_called_back && !v.has_phone &&
			 identity_has_way(d, &r->person);
	if (person_is_by_paper(&r->person)) {
		v.code_link = code_link(d, r);
		v.code_minutes = LIMIT_CODE_MINUTES;
	}
	v.status_link = post_link(d, l, "/s/", v.reference);
	if (post_sign(d, &v.sign, e))
		return -1;
	out->kind = LETTER_RECEIPT;
	out->words = letters_receipt(d->arena, l, &v);
	return 0;
}

static int send_receipt(struct desk *d, const struct record *r, struct err *e)
{
	return post_requester(
		d, r, &(struct post_writer){ write_receipt, NULL }, e);
}

int intake_ask(struct desk *d, const struct record *r, struct err *e)
{
	if (send_receipt(d, r, e))
		return -1;
	if (!intake_sends_code(r))
		return 0;
	return code_can_go(r) ? code_send(d, r, CODE_CONFIRM, e)
			      : call_back_ask(d, r, e);
}

struct sending {
	const struct draft *draft;
	str peer;
	struct newcomer newcomer;
};

static int store_sending(struct desk *d, void *ctx, struct err *e)
{
	struct sending *s = ctx;
	struct record *r = &s->newcomer.record;
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &s->draft->person, id);

	if (receive_store(d, &s->newcomer, e) ||
		receive_store_identifiers(d, r, id, n, e) ||
		trace_keep(d, r, s->peer, e))
		return -1;
	if (str_eq(r->person.stop_sale, STR("yes")) &&
		stop_now(d, stop_row(KIND_OPT_OUT), r, id, n, e))
		return -1;
	if (heed_signal(d, r, e))
		return -1;
	if (!intake_sends_code(r) || !str_eq(r->person.account, STR("yes")))
		return intake_ask(d, r, e);
	return send_receipt(d, r, e)
		       ? -1
		       : intake_confirmed(d, r, AUDIT_ACCOUNT_CONFIRMED, e);
}

/* Who was not asked has not said yes. */
static void not_yes(enum kind kind, struct person *p)
{
	if (question_is_asked(QUESTION_SALE, kind) && !p->stop_sale.n)
		p->stop_sale = STR("no");
}

int intake_store(struct desk *d, const struct intake *in, struct sent *out,
	struct err *e)
{
	struct draft copy = *in->draft;
	struct sending s = { .draft = &copy, .peer = in->peer };

	must(form_of(copy.kind));
	not_yes(copy.kind, &copy.person);
	if (copy.person.declared.n)
		copy.person.signed_on = date_iso(d->arena, desk_today(d));
	s.newcomer = (struct newcomer){
		.kind = copy.kind,
		.channel = in->channel,
		.received_on = in->received_on,
		.person = &copy.person,
		.by = in->by,
		.parent = in->parent,
	};
	if (desk_write(d, store_sending, &s, e))
		return -1;
	*out = (struct sent){
		.reference = s.newcomer.record.row.reference,
		.due_on = record_due_on(&s.newcomer.record),
		.received_at = s.newcomer.record.row.received_at,
	};
	return 0;
}

int intake_send(struct desk *d, const struct draft *f, enum channel channel,
	str peer, struct sent *out, struct problems *ps, struct err *e)
{
	struct draft copy = *f;

	must(form_of(f->kind));
	form_only(f->kind, &copy.person);
	not_yes(f->kind, &copy.person);
	form_check(d, f->kind, &copy.person, ps);
	if (ps->n)
		return 0;
	account_settle(d, &copy.person);
	if (receive_limit(d, "intake", peer, LIMIT_INTAKE_PEER, e))
		return -1;
	return intake_store(d,
		&(struct intake){
			.draft = &copy, .channel = channel, .peer = peer },
		out, e);
}
