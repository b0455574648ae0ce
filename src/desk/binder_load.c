/* What was asked and by whom, which periods the law sets for it, and how it stands: the
 * first half of an evidence file. */
#include "desk/binder_data.h"

#include <stddef.h>

#include "base/enc.h"
#include "desk/form.h"
#include "desk/intake.h"
#include "desk/keys.h"
#include "desk/package.h"
#include "desk/setting.h"
#include "desk/telling.h"
#include "desk/verifying.h"
#include "law/deadline.h"
#include "law/reference.h"

static const struct binder_left_out left_out[] = {
#define BINDER_LEFT_OUT(what, why) { what, why },
#include "desk/tbl/binder_left_out.h"
};

void binder_fact(
	struct binder_facts *f, const char *code, const char *title, str value)
{
	if (!value.n)
		return;
	must(f->n < BINDER_FACTS_MAX);
	f->at[f->n++] = (struct binder_fact){ code, title, value };
}

str binder_moment(struct arena *a, int64_t at)
{
	return at ? instant_words_year(a, at) : STR("");
}

static str day_words(struct arena *a, str iso)
{
	struct date d;

	return date_parse(iso, &d) ? date_words(a, d) : STR("");
}

static str day_of(struct arena *a, int64_t at)
{
	return at ? date_iso(a, date_pacific(at)) : STR("");
}

/* --- how it stands --- */

static void load_stand(const struct record *r, struct binder *x)
{
	const struct sql_request_by_id_row *row = &r->row;
	struct binder_facts *f = &x->stand;
	struct arena *a = x->arena;

	binder_fact(f, "channel", "How it was made",
		str_of(channel_title(row->channel)));
	binder_fact(f, "received_at", "Received (Pacific time)",
		binder_moment(a, row->received_at));
	binder_fact(f, "received_on", "Day from which the law counts",
		day_words(a, row->received_on));
	binder_fact(f, "receipt_confirmed_at", "Receipt was confirmed to them",
		binder_moment(a, row->receipt_confirmed_at));
	binder_fact(f, "confirmed_at", "They confirmed that it is them who ask",
		binder_moment(a, row->email_confirmed_at));
	binder_fact(f, "due_on", "To be done, or answered, by",
		day_words(a, row->due_on));
	binder_fact(f, "extended_at", "Extended, once, when they were told",
		binder_moment(a, row->extended_at));
	binder_fact(f, "approved_at", "Approved by staff",
		binder_moment(a, row->approved_at));
	binder_fact(f, "answered_at", "Answered",
		binder_moment(a, row->answered_at));
	binder_fact(f, "outcome", "Nature of the answer",
		str_of(outcome_title(outcome_of(row->outcome))));
	binder_fact(
		f, "state", "State of the case", str_of(state_title(r->state)));
	binder_fact(f, "closed_at", "Closed", binder_moment(a, row->closed_at));
	binder_fact(f, "keep_until", "The record is kept until",
		day_words(a, row->keep_until));
}

/* --- who asked, and for what --- */

enum place { WHO, ASKED, DECIDED, TOLD, OUT };

static const struct {
	const char *name;
	enum place place;
	const char *title;
	const char *citation;
	size_t at; /* in struct person: a str, or a personal, which is one */
} fields[] = {
#define BINDER_FIELD(name, place, title, citation) \
	{ #name, place, title, citation, offsetof(struct person, name) },
#include "desk/tbl/binder_fields.h"
};

/* Each field has its row: what is new in person.h does not compile before somebody
 * has said where it stands. */
enum {
#define BINDER_FIELD(name, place, title, citation) ROW_OF_##name,
#include "desk/tbl/binder_fields.h"
};
enum {
#define PERSON_PERSONAL(name, max) HAS_##name = ROW_OF_##name,
#define PERSON_PLAIN(name, max)    HAS_##name = ROW_OF_##name,
#include "desk/tbl/person.h"
};

static str value_of(const struct person *p, size_t i)
{
	return *(const str *)((const char *)p + fields[i].at);
}

static void load_who(const struct person *p, struct binder *x)
{
	for (size_t i = 0; i < COUNTOF(fields); i++)
		if (fields[i].place == WHO)
			binder_fact(&x->who, fields[i].name, fields[i].title,
				value_of(p, i));
}

static bool is_asked(const char *name)
{
	for (size_t i = 0; i < COUNTOF(fields); i++)
		if (str_eq(str_of(fields[i].name), str_of(name)))
			return fields[i].place == ASKED;
	return false;
}

static void load_asked(struct person *p, struct binder *x)
{
	for (size_t i = 0; i < asked_count(); i++) {
		const struct asked *a = asked_at(i);

		if (is_asked(a->name) && asked_value(a, p)->n)
			binder_fact(&x->asked, a->name, a->title,
				asked_words(x->arena, LANG_EN, a, p));
	}
}

/* "title<TAB>text" reads as two. */
static str without_tabs(struct arena *a, str s)
{
	struct buf b = buf_in(a, 2 * s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\t')
			buf_puts(&b, ": ");
		else
			buf_putc(&b, s.p[i]);
	return buf_str(&b);
}

static void load_reasons(const struct person *p, struct binder *x)
{
	for (size_t i = 0; i < COUNTOF(fields); i++) {
		if (fields[i].place != DECIDED || !value_of(p, i).n)
			continue;
		binder_decide(x,
			&(struct binder_decision){
				.code = fields[i].name,
				.title = str_of(fields[i].title),
				.citation = fields[i].citation,
				.text = without_tabs(x->arena, value_of(p, i)),
			});
	}
}

/* --- clocks --- */

static str period_words(struct arena *a, const struct clock_row *c)
{
	static const char *const units[] = {
		[CALENDAR_DAYS] = "calendar days",
		[BUSINESS_DAYS] = "business days",
		[MONTHS] = "months",
	};

	return arena_fmt(a, "%d %s", c->count, units[c->unit]);
}

/* Business days have a careful reading and a wider one (law/deadline.h). */
static const char *stands(
	const struct deadline *by, int64_t done_at, struct date today)
{
	struct date day = done_at ? date_pacific(done_at) : today;

	if (date_cmp(day, by->outer) > 0)
		return "late";
	if (!done_at)
		return "open";
	return date_cmp(day, by->on) > 0 ? "in time, by the wider reading"
					 : "in time";
}

struct clocked {
	enum clock_what what;
	struct date from;
	struct deadline by;
	int64_t done_at;
	bool is_duty; /* something was to be done until then */
};

static void put_clock(const struct record *r, struct binder *x,
	const struct clocked *c, struct date today)
{
	const struct clock_row *row = clock_row_for(c->what, r->kind, c->from);
	struct arena *a = x->arena;
	struct binder_clock *out = &x->clocks.at[x->clocks.n];

	if (!row || date_is_none(c->by.on))
		return;
	must(x->clocks.n < COUNTOF(x->clocks.at));
	*out = (struct binder_clock){
		.title = row->title,
		.row = row->id,
		.citation = row->citation,
		.period = period_words(a, row),
		.from = date_iso(a, c->from),
		.last_on = date_iso(a, c->by.on),
		.outer_on = date_cmp(c->by.on, c->by.outer)
				    ? date_iso(a, c->by.outer)
				    : STR(""),
		.done_on = day_of(a, c->done_at),
		.stands = c->is_duty ? stands(&c->by, c->done_at, today) : "",
	};
	x->clocks.n++;
}

/* A stop is done when it is in force; any other request when it was answered, or closed
 * without an answer that was owed. */
static int done_at(
	struct desk *d, const struct record *r, int64_t *out, struct err *e)
{
	if (kind_is_at_once(r->kind))
		return telling_in_force_at(d, r, out, e);
	*out = r->row.answered_at ? r->row.answered_at : r->row.closed_at;
	return 0;
}

static int load_clocks(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct date from = record_received_on(r), today = desk_today(d);
	bool is_extended = r->row.extended_at > 0;
	struct deadline kept = { 0 };
	struct deadlines all;
	struct date closed;
	int64_t done;

	if (deadlines_of(r->kind, from, &all, e) || done_at(d, r, &done, e))
		return -1;
	if (!is_extended)
		all.extend_notice_by = all.extended = (struct deadline){ 0 };
	struct clocked clocks[] = {
		{ CLOCK_CONFIRM, from, all.confirm_by,
			r->row.receipt_confirmed_at,
			kind_row(r->kind)->is_receipt_confirmed },
		{ CLOCK_ACT, from, all.act_by, done, true },
		{ CLOCK_RESPOND, from, all.respond_by, done, !is_extended },
		{ CLOCK_EXTEND_NOTICE, from, all.extend_notice_by,
			r->row.extended_at, true },
		{ CLOCK_EXTENDED, from, all.extended, done, true },
		{ CLOCK_NO_REASK, from, all.no_reask_until, 0, false },
	};
	for (size_t i = 0; i < COUNTOF(clocks); i++)
		put_clock(r, x, &clocks[i], today);
	if (!r->row.closed_at)
		return 0;
	closed = date_pacific(r->row.closed_at);
	kept.on = kept.outer = record_keep_until(closed);
	put_clock(r, x,
		&(struct clocked){ CLOCK_RECORD, closed, kept, 0, false },
		today);
	return 0;
}

/* --- what was done, in numbers --- */

static void put_lines(
	struct binder *x, const char *code, const char *title, str lines)
{
	binder_fact(&x->done, code, title, without_tabs(x->arena, lines));
}

static str number(struct arena *a, int64_t n)
{
	return arena_fmt(a, "%lld", (long long)n);
}

static int load_done(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct binder_facts *f = &x->done;
	struct package_row package;
	struct tally t;

	if (record_tally(d, r->row.id, &t, e) ||
		package_row(d, r->row.id, &package, e))
		return -1;
	if (t.systems) {
		binder_fact(f, "systems", "Systems of the case",
			number(x->arena, t.systems));
		binder_fact(f, "rows_found", "Rows found in them",
			number(x->arena, t.rows_found));
		binder_fact(f, "rows_erased",
			"Rows deleted, or made nobody’s, and read again",
			number(x->arena, t.rows_erased));
	}
	put_lines(x, "deidentified", "Of these, rows deidentified",
		r->person.deidentified);
	put_lines(x, "aggregated", "Added to totals, and deleted",
		r->person.aggregated);
	put_lines(x, "emptied", "Rows that stayed, without the parts",
		r->person.emptied);
	if (str_eq(r->person.left_out, STR("yes")))
		binder_fact(f, "left_out", "Addresses",
			STR("more came to light than are searched for"));
	if (package.state == PACKAGE_MADE) {
		binder_fact(f, "package_at", "Package of the answer made",
			binder_moment(x->arena, package.made_at));
		binder_fact(f, "package_rows", "Rows in it",
			number(x->arena, package.rows));
	}
	return 0;
}

/* --- the receipt --- */

static int load_receipt(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct sql_receipt_of_in in = { r->row.id };
	struct sql_receipt_of_row row;
	int rc;

	if (x->is_silent)
		return 0;
	rc = sql_receipt_of(d->db, d->arena, &in, &row, e);
	if (rc <= 0)
		return rc;
	x->receipt = row.body;
	x->receipt_signature = row.signature;
	return 0;
}

static int load_head(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct settings s;

	if (settings_load(d, &s, e))
		return -1;
	x->business = settings_legal_name(&s);
	x->public_key = hex_of(x->arena, keys_audit_public(d->keys), KEY_SIZE);
	x->made = binder_moment(x->arena, desk_now(d));
	x->made_utc = instant_rfc3339(x->arena, desk_now(d));
	x->reference = reference_show(x->arena, r->row.reference);
	x->kind = kind_title(r->kind);
	x->kind_code = kind_code(r->kind);
	x->citation = kind_citation(r->kind);
	x->is_silent = binder_is_silent(r);
	x->is_closed = r->row.closed_at > 0;
	x->left_out.at = left_out;
	x->left_out.n = COUNTOF(left_out);
	return 0;
}

int binder_load(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct person p = r->person;
	struct person apart;

	if (load_head(d, r, x, e))
		return -1;
	(void)verifying_split(
		&p, &apart); /* it is there until the case closes */
	load_stand(r, x);
	load_who(&p, x);
	load_asked(&p, x);
	if (load_clocks(d, r, x, e) || load_done(d, r, x, e) ||
		binder_load_decided(d, r, x, e))
		return -1;
	load_reasons(&p, x);
	return binder_load_told(d, r, x, e) || load_receipt(d, r, x, e) ||
			       binder_load_trail(d, r, x, e)
		       ? -1
		       : 0;
}
