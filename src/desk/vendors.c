/* A vendor's side: what it was told, and its answer, through the secret of a
 * link.  The link goes on to open the page after the answer, to show what was
 * said; who it was about is not shown any more then, nor once the case is
 * closed, and some day the link opens nothing. */
#include "desk/vendors.h"

#include "connect/find_point.h"
#include "desk/deny_tell.h"
#include "desk/fulfil.h"
#include "desk/identity.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/parts.h"
#include "desk/record.h"
#include "law/grade.h"
#include "law/reference.h"

struct opened {
	struct sql_task_by_id_row task;
	struct record r;
	str token_hash;
};

/* 1, 0 not a good link, -1. */
static int open_link(struct desk *d, str token, struct opened *o, struct err *e)
{
	struct sql_vendor_link_by_hash_in in = {
		.since = desk_now(d) - LIMIT_VENDOR_LINK_DAYS * 86400000LL,
	};
	struct sql_vendor_link_by_hash_row link;
	int rc;

	if (!token.n || token.n > 64)
		return 0;
	o->token_hash = keys_hash(d->arena, d->keys, "link", token);
	in.token_hash = o->token_hash;
	rc = sql_vendor_link_by_hash(d->db, d->arena, &in, &link, e);
	if (rc <= 0)
		return rc;
	rc = sql_task_by_id(d->db, d->arena,
		&(struct sql_task_by_id_in){ link.task_id }, &o->task, e);
	if (rc <= 0)
		return rc;
	d->actor = (struct actor){ .kind = ACTOR_VENDOR, .name = o->task.name };
	return record_by_id(d, o->task.request_id, &o->r, e);
}

static void add_identifier(
	struct vendor_identifiers *list, const char *kind, str value)
{
	if (value.n)
		list->at[list->n++] =
			(struct vendor_identifier){ kind, { value } };
}

/* Whom nobody verifies is stopped by whatever was given (11 CCR 7060(b)); else a number
 * that nobody confirmed may be somebody else's. */
static bool may_show_phone(const struct record *r)
{
	return identity_phone_leads(r) || !grade_is_for(r->kind);
}

/* By which a search looked; before any did, by which one may.  A date of birth is there
 * to verify who asks, and to be told to nobody (11 CCR 7060(d)). */
static unsigned points_to_show(const struct record *r)
{
	if (!r->person.searched_by.n)
		return POINT_BIT(STREET) | POINT_BIT(ZIP);
	return identity_searched_points(&r->person);
}

void vendor_identifiers(
	struct arena *a, const struct record *r, struct vendor_identifiers *out)
{
	const struct person *who = &r->person;
	str rest = who->other_emails.v;
	unsigned points;
	str line;

	out->n = 0;
	out->at =
		arena_many(a, struct vendor_identifier, LIMIT_IDENTIFIERS + 4);
	add_identifier(out, "Name", who->name.v);
	add_identifier(out, "Email", who->email.v);
	while (out->n < LIMIT_IDENTIFIERS && str_next(&rest, '\n', &line))
		add_identifier(out, "Email", line);
	if (may_show_phone(r))
		add_identifier(out, "Phone", who->phone.v);
	if (out->n > (who->name.v.n > 0))
		return;
	/* A name alone is everybody's: who has no other way is known by these. */
	points = points_to_show(r);
	if (points & POINT_BIT(STREET))
		add_identifier(out, "Street", who->street.v);
	if (points & POINT_BIT(ZIP))
		add_identifier(out, "ZIP code", who->zip.v);
}

static bool has_purpose(str list, str purpose)
{
	str all = list;
	str one;

	while (str_next(&all, ';', &one))
		if (str_eq(str_trim(one), purpose))
			return true;
	return false;
}

/* What systems that were erased by now keep, or all of them since it was denied. */
static str purposes_of(struct desk *d, const struct record *r)
{
	const struct person *p = &r->person;
	str rest = p->kept;
	str out = deny_locks(r) ? p->kept_for : STR("");
	struct kept k;

	while (kept_next(&rest, &k))
		if (k.purpose.n && !has_purpose(out, k.purpose))
			out = arena_fmt(d->arena, "%.*s%s%.*s", STR_ARG(out),
				out.n ? "; " : "", STR_ARG(k.purpose));
	return out;
}

static str answer_words(
	struct desk *d, enum vendor_act act, const struct sql_task_by_id_row *t)
{
	const struct vendor_words *w = vendor_act_words(act);

	if (str_eq(t->state, STR("nothing")))
		return STR("You found nothing about this person");
	if (str_eq(t->state, STR("kept")))
		return str_of(w->keeps);
	if (!str_eq(t->state, STR("done")))
		return STR("");
	if (!t->rows_erased)
		return str_of(w->did);
	return arena_fmt(d->arena, "You deleted %lld %s",
		(long long)t->rows_erased,
		t->rows_erased == 1 ? "record" : "records");
}

/* Whoever has the link reads the page: what no answer may disclose (11 CCR 7024(d))
 * does not stand there either. */
static int list_corrections(struct desk *d, int64_t request_id,
	struct corrected_list *out, struct err *e)
{
	if (correct_list(d, request_id, out, e))
		return -1;
	for (size_t i = 0; i < out->n; i++)
		if (out->at[i].never_disclose.n)
			out->at[i].value.v = STR("");
	return 0;
}

/* What is told with a denial is told when the case closes. */
static bool may_show_who(const struct record *r)
{
	return r->seal && (state_is_open(r->state) || deny_locks(r));
}

int vendor_open(
	struct desk *d, str token, struct vendor_page *out, struct err *e)
{
	struct opened o;
	int rc = open_link(d, token, &o, e);

	*out = (struct vendor_page){ 0 };
	if (rc <= 0)
		return rc;
	*out = (struct vendor_page){
		.act = fulfil_act_of(&o.r),
		.title = o.task.title,
		.reference = reference_show(d->arena, o.r.row.reference),
		.asked_on = date_pacific(o.task.asked_at),
		.is_done = o.task.done_at > 0,
		.is_acknowledged = str_eq(o.task.state, STR("acknowledged")),
		.done_at = o.task.done_at,
		.answer = answer_words(d, fulfil_act_of(&o.r), &o.task),
	};
	(void)date_parse(o.task.due_on, &out->due_on);
	out->is_late = date_between(out->due_on, desk_today(d)) > 0;
	if (out->is_done || !may_show_who(&o.r))
		return 1;
	vendor_identifiers(d->arena, &o.r, &out->identifiers);
	out->purposes = purposes_of(d, &o.r);
	out->parts = parts_words(d->arena, LANG_EN, parts_of(&o.r.person));
	return out->act == VENDOR_ACT_CORRECT && list_corrections(d, o.r.row.id,
							 &out->corrections, e)
		       ? -1
		       : 1;
}

struct replying {
	str token;
	const struct vendor_reply *reply;
};

static const struct {
	const char *state;
	const char *words;
	enum audit_event event;
} answers[] = {
	[VENDOR_ACKNOWLEDGED] = { "acknowledged", "working on it",
		AUDIT_VENDOR_OPENED },
	[VENDOR_DELETED] = { "done", "deleted", AUDIT_VENDOR_CONFIRMED },
	[VENDOR_NOTHING] = { "nothing", "nothing found",
		AUDIT_VENDOR_CONFIRMED },
	[VENDOR_KEPT] = { "kept", "must keep it", AUDIT_VENDOR_REFUSED },
};

/* The answer is the same whatever was asked; only a deletion is called one. */
static const char *said_of(const struct record *r, enum vendor_answer answer)
{
	if (answer == VENDOR_DELETED &&
		(kind_row(r->kind)->flow != FLOW_ERASE || deny_locks(r)))
		return "done";
	return answers[answer].words;
}

static int store_end(struct desk *d, struct opened *o,
	const struct vendor_reply *reply, struct err *e)
{
	struct sql_task_done_in in = {
		.id = o->task.id,
		.state = str_of(answers[reply->answer].state),
		.at = desk_now(d),
		.rows_erased = reply->rows,
		.evidence = STR("{\"confirmed\":\"through its link\"}"),
		.sealed =
			record_seal_task(d, &o->r, o->task.name, reply->reason),
	};
	int64_t n = sql_task_done(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	if (sql_vendor_link_used(d->db,
		    &(struct sql_vendor_link_used_in){ o->token_hash, in.at },
		    e) < 0)
		return -1;
	if (DESK_AUDIT(d, answers[reply->answer].event, o->r.row.reference, e,
		    AD("vendor", o->task.title),
		    AD("answer", said_of(&o->r, reply->answer)),
		    AD("rows", reply->rows)))
		return -1;
	return fulfil_settle(d, &o->r, e);
}

static int store_reply(struct desk *d, void *ctx, struct err *e)
{
	const struct replying *p = ctx;
	struct opened o;
	int rc = open_link(d, p->token, &o, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "this link is not valid");
	if (record_lock(d, &o.r, e))
		return -1;
	if (p->reply->answer != VENDOR_ACKNOWLEDGED)
		return store_end(d, &o, p->reply, e);
	if (sql_task_state(d->db,
		    &(struct sql_task_state_in){ .id = o.task.id,
			    .was = STR("asked"),
			    .state = STR("acknowledged") },
		    e) <= 0)
		return 0; /* said before */
	return DESK_AUDIT(d, AUDIT_VENDOR_OPENED, o.r.row.reference, e,
		AD("vendor", o.task.title));
}

int vendor_reply(struct desk *d, str token, const struct vendor_reply *reply,
	struct problems *ps, struct err *e)
{
	struct replying p = { token, reply };

	if (reply->answer == VENDOR_KEPT && !str_trim(reply->reason).n)
		problem_add(ps, "reason", "missing",
			"Say what you must keep and which law asks for it");
	if (reply->reason.n > LIMIT_NOTE_BYTES || !str_is_text(reply->reason))
		problem_add(ps, "reason", "long",
			"Keep the reason under 2,000 characters");
	if (reply->rows < 0)
		problem_add(ps, "rows", "negative",
			"Enter how many records you deleted, 0 or more");
	if (ps->n)
		return 0;
	return desk_write(d, store_reply, &p, e);
}

int vendor_list(struct desk *d, struct vendor_rows *out, struct err *e)
{
	struct sql_task_vendor_list_in in = {
		date_iso(d->arena, desk_today(d)),
	};
	struct sql_task_vendor_list_rows rows;

	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_task_vendor_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct vendor_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct vendor_row){
			.name = rows.at[i].name,
			.title = rows.at[i].title,
			.asked = (int)rows.at[i].asked,
			.done = (int)rows.at[i].done,
			.open = (int)rows.at[i].open,
			.late = (int)rows.at[i].late,
		};
	return 0;
}
