/*
 * Accesses that failed, and the written notice of 11 CCR 7612(b)(1): whose fault
 * it was is for a person to say; until then the notice counts as due.
 */
#include "desk/drop_session.h"

#include <string.h>

#include "desk/config.h"
#include "desk/post.h"
#include "drop/client.h"
#include "mail/letters.h"
#include "store/sql.h"

enum { WAIT_S = 300, WAIT_MOST_S = 3600 };

static const char *const faults[] = { "unknown", "ours", "platform" };

struct noting {
	const char *fault;
	const char *said;
	str problem;
};

static str notice_by(struct desk *d, const char *fault, int64_t from_at)
{
	struct date from = date_pacific(from_at);

	if (!strcmp(fault, "ours"))
		return STR("");
	return date_iso(d->arena, date_add(from, LIMIT_DROP_NOTICE_DAYS));
}

/* False: none goes on. */
static int read_open(struct desk *d, struct sql_drop_outage_list_row *out,
	bool *is_open, struct err *e)
{
	struct sql_drop_outage_list_in in = { .first = 1 };
	struct sql_drop_outage_list_rows rows;

	if (sql_drop_outage_list(d->db, d->arena, &in, &rows, e))
		return -1;
	*is_open = rows.n && !rows.at[0].to_at;
	if (*is_open)
		*out = rows.at[0];
	return 0;
}

static int over(struct desk *d, void *ctx, struct err *e)
{
	struct sql_drop_outage_over_in in = { .at = desk_now(d) };
	int64_t n = sql_drop_outage_over(d->db, &in, e);

	(void)ctx;
	if (n <= 0)
		return (int)n;
	return desk_audit(d, AUDIT_DROP_OUTAGE_OVER, STR(""), NULL, 0, e);
}

/* Of one that was our own no notice is due.  What fails in another way and may
 * not be, in the middle of it, is an outage by itself, or nobody would tell; and what is
 * our own in the middle of another's would stand in the notice as theirs. */
static bool is_another(
	const struct sql_drop_outage_list_row *open, const struct noting *n)
{
	bool was_ours = str_eq(open->fault, STR("ours"));
	bool is_ours = !strcmp(n->fault, "ours");

	return was_ours != is_ours && !str_eq(open->said, str_of(n->said));
}

static int note(struct desk *d, void *ctx, struct err *e)
{
	const struct noting *n = ctx;
	struct sql_drop_outage_add_in in = {
		.at = desk_now(d),
		.fault = str_of(n->fault),
		.said = str_of(n->said),
		.problem = n->problem,
		.notice_by = notice_by(d, n->fault, desk_now(d)),
	};
	struct sql_drop_outage_list_row open;
	bool goes_on;

	if (read_open(d, &open, &goes_on, e))
		return -1;
	if (goes_on && is_another(&open, n)) {
		if (over(d, NULL, e) < 0)
			return -1;
		goes_on = false;
	}
	if (sql_drop_outage_add(d->db, &in, e) < 0)
		return -1;
	if (goes_on)
		return 0;
	return DESK_AUDIT(
		d, AUDIT_DROP_OUTAGE, STR(""), e, AD("said", n->said));
}

int drop_outage_note(struct desk *d, const char *fault, const char *said,
	str problem, struct err *e)
{
	struct noting n = { fault, said, problem };

	return desk_write(d, note, &n, e);
}

int drop_outage_end(struct desk *d, struct err *e)
{
	return desk_write(d, over, NULL, e);
}

/* --- by what the platform answers --- */

/* Whose it is when the platform answers so; NULL: it is no failure. */
static const char *fault_of(enum drop_said said)
{
	switch (said) {
	case DROP_SAID_KEY:
	case DROP_SAID_ACCOUNT:
		return "ours";
	case DROP_SAID_TROUBLE:
		return "platform";
	case DROP_SAID_STRANGE:
		return "unknown";
	default:
		return NULL;
	}
}

int drop_outage_answered(
	struct desk *d, const struct drop_answer *ans, struct err *e)
{
	const char *fault = fault_of(ans->said);
	struct err said;

	if (ans->said == DROP_SAID_BUSY)
		return 0;
	if (!fault)
		return drop_outage_end(d, e);
	drop_refused(ans, &said);
	return drop_outage_note(
		d, fault, drop_said_name(ans->said), str_of(said.message), e);
}

int drop_outage_wait(struct desk *d, int *after_s, struct err *e)
{
	struct sql_drop_outage_list_row open;
	bool goes_on;

	if (read_open(d, &open, &goes_on, e))
		return -1;
	*after_s = WAIT_S;
	for (int64_t i = 1; goes_on && i < open.tries; i++) {
		if (*after_s >= WAIT_MOST_S)
			break;
		*after_s *= 2;
	}
	if (*after_s > WAIT_MOST_S)
		*after_s = WAIT_MOST_S;
	return 0;
}

/* --- what people say of it --- */

static int need_outage(struct desk *d, int64_t id,
	struct sql_drop_outage_by_id_row *out, struct err *e)
{
	struct sql_drop_outage_by_id_in in = { id };
	int rc = sql_drop_outage_by_id(d->db, d->arena, &in, out, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no outage %lld",
			(long long)id);
	return 0;
}

struct saying {
	int64_t id;
	str text;
};

static int set_fault(struct desk *d, void *ctx, struct err *e)
{
	const struct saying *s = ctx;
	struct sql_drop_outage_by_id_row row;
	struct sql_drop_outage_fault_in in = { .id = s->id, .fault = s->text };

	if (need_outage(d, s->id, &row, e))
		return -1;
	in.notice_by = notice_by(d, arena_cstr(d->arena, s->text), row.from_at);
	if (sql_drop_outage_fault(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_OUTAGE_CHANGED, STR(""), e,
		AD("outage", s->id), AD("fault", s->text));
}

int drop_outage_fault(struct desk *d, int64_t id, str fault, struct err *e)
{
	struct saying s = { id, fault };
	bool is_one = false;

	for (size_t i = 0; i < COUNTOF(faults); i++)
		is_one |= str_eq(fault, str_of(faults[i]));
	if (!is_one)
		return err_set(
			e, ERR_INVALID, "a fault is unknown, ours or platform");
	if (desk_need(d, PERM_DROP, e))
		return -1;
	return desk_write(d, set_fault, &s, e);
}

static int set_noticed(struct desk *d, void *ctx, struct err *e)
{
	const struct saying *s = ctx;
	struct sql_drop_outage_by_id_row row;
	struct sql_drop_outage_noticed_in in = { s->id, desk_now(d), s->text };

	if (need_outage(d, s->id, &row, e) ||
		sql_drop_outage_noticed(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_DROP_NOTICED, STR(""), e, AD("outage", s->id));
}

int drop_outage_noticed(
	struct desk *d, int64_t id, str note_text, struct err *e)
{
	struct saying s = { id, str_trim(note_text) };

	if (!s.text.n || s.text.n > LIMIT_NOTE_BYTES || !str_is_text(s.text))
		return err_set(e, ERR_INVALID,
			"say in a line how the notice can be found again");
	if (desk_need(d, PERM_DROP, e))
		return -1;
	return desk_write(d, set_noticed, &s, e);
}

int drop_outage_notice(struct desk *d, int64_t id, str *text, struct err *e)
{
	struct sql_drop_outage_by_id_row row;
	struct letter_drop_outage v = { .tries = 0 };
	struct letter_words words;

	if (desk_need(d, PERM_SEE_DROP, e) || need_outage(d, id, &row, e) ||
		post_sign(d, &v.sign, e))
		return -1;
	if (!row.notice_by.n) {
		err_set(e, ERR_CONFLICT,
			"outage %lld was our own: no notice is due",
			(long long)id);
		return err_hint(e,
			"when it was not: `toyon drop outage %lld --fault "
			"platform`",
			(long long)id);
	}
	v.broker = d->config->drop_broker;
	v.from = instant_words_year(d->arena, row.from_at);
	v.to = row.to_at ? instant_words_year(d->arena, row.to_at) : STR("");
	v.last = instant_words_year(d->arena, row.last_at);
	v.tries = (int)row.tries;
	v.problem = row.problem;
	words = letters_drop_outage(d->arena, LANG_EN, &v);
	*text = arena_fmt(d->arena, "%.*s\n\n%.*s", STR_ARG(words.subject),
		STR_ARG(words.text.v));
	return 0;
}
