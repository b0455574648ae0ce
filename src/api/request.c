/*
 * Requests by a program.  Only what is stopped at once can be made here: nobody is
 * verified for it (11 CCR 7026, 7027, 7060(b)).  The others begin with a person
 * who shows who they are, on the pages; or with one who asks for somebody else
 * (agent.c, parent.c).
 */
#include "api/request.h"
#include "api/body.h"
#include "api/call.h"
#include "api/idempotent.h"
#include "base/json.h"
#include "desk/intake.h"
#include "desk/offer.h"
#include "desk/setting.h"
#include "desk/spoken.h"
#include "desk/stop.h"
#include "law/kind.h"

enum { ANSWER_SIZE_MAX = 64 << 10 };

static void put_day(
	struct json *j, struct arena *a, const char *key, struct date d)
{
	json_key(j, key);
	if (date_is_none(d))
		json_nil(j);
	else
		json_str(j, date_iso(a, d));
}

static void put_recipients(struct json *j, const struct status *s)
{
	json_key(j, "recipients");
	json_begin_array(j);
	for (size_t i = 0; i < s->recipients.n; i++) {
		json_begin_object(j);
		json_put(j, "name", s->recipients.at[i].title);
		json_put(j, "state", str_of(s->recipients.at[i].text));
		json_end(j);
	}
	json_end(j);
}

static str status_text(struct arena *a, const struct status *s)
{
	struct buf b = buf_in(a, ANSWER_SIZE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_key(&j, "data");
	json_begin_object(&j);
	json_put(&j, "reference", s->reference);
	json_put(&j, "kind", str_of(kind_code(s->kind)));
	json_put_bool(&j, "is_open", s->is_open);
	json_put(&j, "told", str_of(s->told));
	json_put(&j, "outcome", s->outcome);
	put_day(&j, a, "received_on", s->received_on);
	put_day(&j, a, "due_on", s->due_on);
	put_day(&j, a, "in_force_on", s->in_force_on);
	put_day(&j, a, "closed_on", s->closed_on);
	put_recipients(&j, s);
	json_end(&j);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

int request_answer(struct call *c, struct desk *d, str reference, str *answer,
	struct err *e)
{
	struct status s;

	if (intake_status(d, reference, c->q->peer, &s, e) < 0)
		return -1;
	*answer = status_text(d->arena, &s);
	return 0;
}

int request_spoken(struct call *c, const char *member, str code, enum lang *out,
	struct err *e)
{
	struct problems ps = { 0 };

	if (spoken_read(c->desk, member, code, out, &ps, e))
		return -1;
	if (ps.n)
		call_problem(c, str_of(member), ps.at[0].code,
			"A language that consumers are served in");
	return 0;
}

int request_language(struct call *c, str code, struct err *e)
{
	return request_spoken(c, "language", code, &c->desk->lang, e);
}

struct making {
	struct call *call;
	struct stop_in in;
};

/* The desk's pages call the field "id". */
static int report(struct call *c, const struct problems *ps, struct err *e)
{
	c->problems.n = 0;
	for (size_t i = 0; i < ps->n; i++)
		call_problem(
			c, STR("identifier"), ps->at[i].code, ps->at[i].text);
	return err_set(e, ERR_INVALID, "the identifier can't be read");
}

static int make(struct desk *d, void *ctx, str *answer, struct err *e)
{
	struct making *m = ctx;
	struct problems ps = { 0 };
	struct stop_out out;

	if (stop_receive(d, &m->in, &out, &ps, e))
		return -1;
	return ps.n ? report(m->call, &ps, e)
		    : request_answer(m->call, d, out.reference, answer, e);
}

int request_locate(struct call *c, struct err *e)
{
	json_t *root;
	str reference;

	if (json_read(c->q->arena, buf_str(&c->r->body), ANSWER_SIZE_MAX, &root,
		    e))
		return -1;
	reference = json_text(json_object_get(root, "data"), "reference");
	http_set(c->r, "Location",
		arena_fmt(c->q->arena, "/api/v1/requests/%.*s",
			STR_ARG(reference)));
	return 0;
}

/* Opt-out, and what else is stopped at once and offered here today. */
static int read_kind(
	struct call *c, const json_t *root, struct stop_in *in, struct err *e)
{
	str kind = body_text(c, root, STR(""), "kind");
	int is_taken = 0;

	in->kind = kind_of(kind);
	if (in->kind != KIND_NONE && stop_row(in->kind))
		is_taken = offer_is_taken(c->desk, in->kind, e);
	if (is_taken < 0)
		return -1;
	if (!is_taken)
		call_problem(c, STR("kind"), kind.n ? "unknown" : "missing",
			"What is stopped at once and offered today: other "
			"kinds begin on the pages");
	return 0;
}

int request_make(struct call *c, struct err *e)
{
	static const char *const known[] = { "kind", "identifier", "signal",
		"language" };
	struct making m = {
		.call = c,
		.in = { .channel = CHANNEL_API, .peer = c->q->peer },
	};
	const json_t *root;

	if (body_read(c, &root, e) ||
		request_language(c, body_text(c, root, STR(""), "language"), e))
		return -1;
	body_only(c, root, STR(""), known, COUNTOF(known));
	if (read_kind(c, root, &m.in, e))
		return -1;
	m.in.identifier.v = body_text(c, root, STR(""), "identifier");
	/* The signal says nothing of other kinds (11 CCR 7025). */
	m.in.has_signal =
		body_flag(c, root, "signal") && m.in.kind == KIND_OPT_OUT;
	if (c->problems.n || idempotent_answer(c, make, &m, e))
		return -1;
	return request_locate(c, e);
}

int request_show(struct call *c, struct err *e)
{
	struct status s;
	int rc = intake_status(
		c->desk, http_param(c->q, "reference"), c->q->peer, &s, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(
			e, ERR_NOT_FOUND, "no request has this reference");
	buf_put(&c->r->body, status_text(c->q->arena, &s));
	return 0;
}
