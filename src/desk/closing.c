#include "desk/closing.h"

#include "base/buf.h"
#include "base/enc.h"
#include "base/json.h"
#include "desk/child.h"
#include "desk/corrections.h"
#include "desk/document.h"
#include "desk/fulfil.h"
#include "desk/keep.h"
#include "desk/keys.h"
#include "desk/parent.h"
#include "desk/parts.h"
#include "desk/second.h"
#include "desk/verifying.h"
#include "law/deadline.h"
#include "law/deny.h"
#include "law/reference.h"
#include "mail/letters.h"

enum { RECEIPT_MAX = 1 << 20 };

/* Taken back, joined, never confirmed, or an answer that did not arrive: there was none. */
static bool is_answered(const struct record *r)
{
	enum outcome outcome = outcome_of(r->row.outcome);

	return !child_opened(r) && !r->person.undeliverable.v.n &&
	       outcome != OUTCOME_WITHDRAWN && outcome != OUTCOME_JOINED &&
	       outcome != OUTCOME_LAPSED;
}

static void put_request(struct json *j, struct desk *d, const struct record *r)
{
	json_put(j, "reference", reference_show(d->arena, r->row.reference));
	json_put(j, "nature", str_of(kind_title(r->kind)));
	if (r->person.parts.n)
		json_put(j, "parts",
			parts_words(d->arena, LANG_EN, parts_of(&r->person)));
	json_put(j, "manner", r->row.channel);
	json_put(j, "received_on", r->row.received_on);
	json_put(j, "received_at",
		instant_rfc3339(d->arena, r->row.received_at));
	json_put(j, "due_on", r->row.due_on);
	json_put(j, "extended_at",
		r->row.extended_at
			? instant_rfc3339(d->arena, r->row.extended_at)
			: STR(""));
	json_put(j, "clock", r->row.rule);
	json_put(j, "law", str_of(kind_citation(r->kind)));
	json_put(j, "answered_at",
		!is_answered(r)
			? STR("")
			: instant_rfc3339(d->arena, r->row.answered_at
							    ? r->row.answered_at
							    : desk_now(d)));
	json_put(j, "answer", r->row.outcome);
}

static void put_ground(struct json *j, str id, str what, str purpose)
{
	const struct ground *g = ground_of(id);

	json_begin_object(j);
	json_put(j, "ground", id);
	json_put(j, "title", str_of(g ? g->title : ""));
	json_put(j, "law", str_of(g ? g->citation : ""));
	json_put(j, "what", what);
	json_put(j, "purpose", purpose);
	json_end(j);
}

/* 11 CCR 7101(b): on what a denial rests, in whole (no "what") or in part.  The
 * facts may name the person: they stay sealed with the case. */
static void put_basis(struct arena *a, struct json *j, const struct record *r)
{
	static const struct map map; /* which English needs not */
	str rest = r->person.kept;
	struct kept k;

	json_key(j, "basis");
	json_begin_array(j);
	if (outcome_of(r->row.outcome) == OUTCOME_DENIED)
		put_ground(j, r->person.ground, STR(""), r->person.kept_for);
	while (kept_next(&rest, &k))
		put_ground(j, k.ground, kept_words(a, &map, LANG_EN, &k),
			k.purpose);
	json_end(j);
}

static void put_task(
	struct json *j, struct desk *d, const struct sql_task_list_row *t)
{
	bool is_system = str_eq(t->target, STR("system"));

	json_begin_object(j);
	json_put(j, is_system ? "system" : "vendor", t->name);
	json_put(j, "state", t->state);
	json_put(j, is_system ? "searched_and_erased_at" : "confirmed_at",
		t->done_at ? instant_rfc3339(d->arena, t->done_at) : STR(""));
	if (is_system) {
		json_put_int(j, "rows_found", t->rows_found);
		json_put_int(j, "rows_erased", t->rows_erased);
		json_put(j, "evidence", t->evidence);
	} else {
		json_put(j, "told_at",
			t->asked_at ? instant_rfc3339(d->arena, t->asked_at)
				    : STR(""));
	}
	json_end(j);
}

int closing_receipt(
	struct desk *d, const struct record *r, str *json, struct err *e)
{
	struct buf b = buf_in(d->arena, RECEIPT_MAX);
	struct json j = json_to(&b);
	struct sql_audit_head_row head;
	struct tally t;

	if (record_tally(d, r->row.id, &t, e) ||
		sql_audit_head(d->db, d->arena, &head, e) < 0)
		return -1;
	json_begin_object(&j);
	json_put_int(&j, "toyon_receipt", 1);
	put_request(&j, d, r);
	put_basis(d->arena, &j, r);
	json_key(&j, "tasks");
	json_begin_array(&j);
	for (size_t i = 0; i < t.rows.n; i++)
		put_task(&j, d, &t.rows.at[i]);
	json_end(&j);
	json_put_int(&j, "audit_seq", head.seq);
	json_put(&j, "audit_hash", head.hash);
	json_end(&j);
	if (!buf_ok(&b))
		return err_set(e, ERR_LIMIT, "the receipt is too long to keep");
	*json = buf_str(&b);
	return 0;
}

/* The web process has no signing key: a case that ends there (an opt-out) keeps
 * its receipt unsigned, under the signed head of the audit trail. */
static str sign_receipt(struct desk *d, str json)
{
	unsigned char signature[SIGNATURE_SIZE];

	if (!keys_can_sign(d->keys))
		return STR("");
	keys_audit_sign(d->keys, json, signature);
	return hex_of(d->arena, signature, sizeof signature);
}

static int store_receipt(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_receipt_add_in in = {
		.request_id = r->row.id,
		.at = desk_now(d),
	};

	if (closing_receipt(d, r, &in.body, e))
		return -1;
	in.signature = sign_receipt(d, in.body);
	return sql_receipt_add(d->db, &in, e) < 0 ? -1 : 0;
}

/* 11 CCR 7060(d): what was collected to verify goes, and so do the rows that a
 * search copied and nobody erased, as those of a request that was denied. */
static int wipe_verification(struct desk *d, struct record *r, struct err *e)
{
	if (corrections_end(d, r->row.id, e) ||
		sql_code_drop(d->db, &(struct sql_code_drop_in){ r->row.id },
			e) < 0 ||
		sql_task_wipe_findings(d->db,
			&(struct sql_task_wipe_findings_in){
				r->row.id, STR("") },
			e) < 0 ||
		sql_keeper_file_wipe(d->db,
			&(struct sql_keeper_file_wipe_in){ r->row.id }, e) < 0)
		return -1;
	if (documents_destroy(d, r, e) || parent_wipe(d, r, e))
		return -1;
	if (!kind_is_verified(r->kind))
		return 0;
	return verifying_destroy(d, r, e);
}

/* That a stop was fraud is decided after it is closed, too (7026(e)); all else is over. */
static int end_proposed(struct desk *d, struct record *r, struct err *e)
{
	return kind_is_verified(r->kind) ? second_end(d, r, e) : 0;
}

int closing_store(struct desk *d, struct record *r, struct err *e)
{
	struct sql_request_closed_in in = {
		.id = r->row.id,
		.at = desk_now(d),
		.keep_until =
			date_iso(d->arena, record_keep_until(desk_today(d))),
	};

	if (sql_request_closed(d->db, &in, e) < 0 || end_proposed(d, r, e) ||
		wipe_verification(d, r, e) ||
		keep_forget(d, r->row.id, KEEP_CASE_CLOSED, e))
		return -1;
	r->row.closed_at = in.at;
	if (DESK_AUDIT(d, AUDIT_CLOSED, r->row.reference, e,
		    AD("outcome", r->row.outcome),
		    AD("keep_until", in.keep_until)))
		return -1;
	return store_receipt(d, r, e);
}

int closing_after_answer(
	struct desk *d, int64_t request_id, int64_t at, struct err *e)
{
	struct state_facts facts = { .is_told = true };
	struct sql_request_answered_in in = { request_id, at };
	struct record r;

	if (record_by_id(d, request_id, &r, e) != 1 || record_lock(d, &r, e) ||
		record_move(d, &r, ON_ANSWERED, &facts, e))
		return -1;
	r.row.answered_at = in.at;
	if (sql_request_answered(d->db, &in, e) < 0 ||
		DESK_AUDIT(d, AUDIT_ANSWERED, r.row.reference, e,
			AD("outcome",
				outcome_title(outcome_of(r.row.outcome)))))
		return -1;
	return closing_store(d, &r, e);
}

int closing_unasked(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_told = true };

	if (record_move(d, r, ON_ANSWERED, &facts, e) ||
		DESK_AUDIT(d, AUDIT_ENDED_ITSELF, r->row.reference, e,
			AD("outcome",
				outcome_title(outcome_of(r->row.outcome)))))
		return -1;
	return closing_store(d, r, e);
}

/* --- answers that left without --- */

static int close_left(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_mail_unclosed_row *left = ctx;
	struct record r;
	int rc = record_by_id(d, left->request_id, &r, e);

	if (rc <= 0)
		return rc;
	if (record_lock(d, &r, e))
		return -1;
	return r.state == STATE_ANSWERING
		       ? closing_after_answer(
				 d, left->request_id, left->sent_at, e)
		       : 0;
}

int closing_run(struct desk *d, struct err *e)
{
	struct sql_mail_unclosed_in in = { str_of(
		letter_kind_name(LETTER_PACKAGE)) };
	struct sql_mail_unclosed_rows rows;
	int rc = 0;

	if (sql_mail_unclosed(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (desk_write(d, close_left, &rows.at[i], e))
			rc = -1;
	return rc;
}
