/*
 * The receipt of a closed case, read back from the JSON that was signed.
 */
#include "web/receipt.h"

#include "base/json.h"
#include "desk/case.h"
#include "desk/intake.h"
#include "law/state.h"
#include "web/html.h"

enum { RECEIPT_MAX = 1 << 20, BASIS_END = 60, FACTS_MAX = 64 };

static str day_words(struct arena *a, str iso)
{
	struct date d;

	return date_parse(iso, &d) ? date_words(a, d) : (str){ 0 };
}

static str moment_words(struct arena *a, str rfc3339)
{
	int64_t at;

	return instant_parse(rfc3339, &at) ? instant_words_year(a, at)
					   : (str){ 0 };
}

static void put_fact(struct receipt_page *v, const char *title, str value)
{
	if (value.n)
		v->facts.at[v->facts.n++] =
			(struct receipt_fact){ title, value };
}

/* On what a denial rests, in whole or in part. */
static void put_basis(
	struct receipt_page *v, struct arena *a, const json_t *basis)
{
	for (size_t i = 0; i < json_array_size(basis) && v->facts.n < BASIS_END;
		i++) {
		const json_t *g = json_array_get(basis, i);
		str what = json_text(g, "what");

		put_fact(v, what.n ? "Kept" : "Basis of the denial",
			arena_fmt(a, "%.*s%s%.*s (%.*s)", STR_ARG(what),
				what.n ? ": " : "",
				STR_ARG(json_text(g, "title")),
				STR_ARG(json_text(g, "law"))));
	}
}

static void fill_facts(struct arena *a, const json_t *j, struct receipt_page *v)
{
	v->facts.at = arena_many(a, struct receipt_fact, FACTS_MAX);
	put_fact(v, "Nature of the request", json_text(j, "nature"));
	put_fact(v, "How it was made",
		str_of(channel_title(json_text(j, "manner"))));
	put_fact(v, "Received", day_words(a, json_text(j, "received_on")));
	put_fact(v, "Answer due", day_words(a, json_text(j, "due_on")));
	put_fact(v, "Answered (Pacific time)",
		moment_words(a, json_text(j, "answered_at")));
	put_fact(v, "Nature of the answer",
		str_of(outcome_title(outcome_of(json_text(j, "answer")))));
	put_basis(v, a, json_object_get(j, "basis"));
	put_fact(v, "The law", json_text(j, "law"));
}

static str state_words(str state)
{
	static const struct {
		const char *state;
		const char *words;
	} rows[] = {
		{ "done", "Done" },
		{ "nothing", "Nothing held" },
		{ "kept", "Kept, with a reason" },
		{ "dropped", "Dropped: not proven" },
		{ "asked", "Told, not confirmed" },
		{ "acknowledged", "Told, not confirmed" },
		{ "spared", "Not told: nothing held" },
		{ "planned", "Not told" },
		{ "corrected", "Corrected, and read again" },
		{ "by_hand", "Corrected by hand" },
		{ "unchanged", "Left as it is" },
		{ "instructed", "Told by staff" },
		{ "exempt", "Not told: a third party" },
		{ "searching", "Not searched" },
		{ "found", "Searched, nothing deleted" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(state, str_of(rows[i].state)))
			return str_of(rows[i].words);
	return state;
}

static struct receipt_task task_of(struct arena *a, const json_t *j)
{
	struct receipt_task t = {
		.name = json_text(j, "system"),
		.state = state_words(json_text(j, "state")),
	};
	const char *done = "searched_and_erased_at";

	t.is_system = t.name.n > 0;
	if (!t.is_system) {
		t.name = json_text(j, "vendor");
		done = "confirmed_at";
	} else {
		t.rows = arena_fmt(a, "%lld found, %lld deleted",
			(long long)json_number(j, "rows_found", 0),
			(long long)json_number(j, "rows_erased", 0));
	}
	t.done = moment_words(a, json_text(j, done));
	return t;
}

static void fill_tasks(struct arena *a, const json_t *j, struct receipt_page *v)
{
	const json_t *list = json_object_get(j, "tasks");

	v->tasks.n = json_array_size(list);
	v->tasks.at = arena_many(a, struct receipt_task, v->tasks.n);
	for (size_t i = 0; i < v->tasks.n; i++)
		v->tasks.at[i] = task_of(a, json_array_get(list, i));
}

/* The signed text; a case that is open has none. */
static int load(
	struct http_request *q, str *body, str *signature, struct err *e)
{
	if (case_receipt(
		    web_desk(q), http_param(q, "ref"), body, signature, e) < 0)
		return -1;
	if (body->n)
		return 0;
	return err_set(e, ERR_NOT_FOUND,
		"the receipt is written when the case closes");
}

int web_receipt(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct receipt_page v = { .path = { NULL, 0 } };
	json_t *j;
	str body;

	if (load(q, &body, &v.signature, e) ||
		json_read(q->arena, body, RECEIPT_MAX, &j, e) ||
		desk_page_fill(ctx, q, r, STR("Receipt"), &v.page, e))
		return -1;
	v.reference = json_text(j, "reference");
	v.path = desk_case_path(q->arena, v.reference, "");
	v.audit_seq = arena_fmt(
		q->arena, "%lld", (long long)json_number(j, "audit_seq", 0));
	v.audit_hash = json_text(j, "audit_hash");
	fill_facts(q->arena, j, &v);
	fill_tasks(q->arena, j, &v);
	html_receipt(&r->body, &v);
	return 0;
}

/* Its signature goes in a header: the body stays what was signed. */
int web_receipt_json(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str body, signature;

	(void)ctx;
	if (load(q, &body, &signature, e))
		return -1;
	http_type(r, "application/json");
	if (signature.n)
		http_set(r, "Toyon-Signature", signature);
	buf_put(&r->body, body);
	return 0;
}
