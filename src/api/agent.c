/*
 * Requests of authorized agents (11 CCR 7026(j), 7027(i), 7063): one, or a file of them.
 * The program says who the agent is, and shows what the consumer signed.
 */
#include "api/call.h"
#include "api/filing.h"
#include "api/idempotent.h"
#include "api/request.h"
#include "base/json.h"
#include "desk/agent_file.h"
#include "http/decode.h"

static void read_agent(struct call *c, const json_t *root, struct agent_ask *in)
{
	const json_t *id = json_object_get(root, "agent_id");

	in->agent_id = json_integer_value(id);
	if (id && in->agent_id <= 0)
		call_problem(c, STR("agent_id"), "type",
			"The number of an agent of the registry");
	in->agent = (struct agent_new){
		.name = body_text(c, root, STR(""), "agent_name"),
		.email = body_text(c, root, STR(""), "agent_email"),
		.registration = body_text(c, root, STR(""), "registration"),
	};
	in->agent.is_business = in->agent.registration.n > 0;
}

static void read_permission(
	struct call *c, const json_t *root, struct permission *p)
{
	str proof = body_text(c, root, STR(""), "proof");

	if (!proof_of(proof, &p->proof) || p->proof == PROOF_NONE)
		call_problem(c, STR("proof"), proof.n ? "unknown" : "missing",
			"signed: a permission that the person signed; power: a "
			"power of attorney");
	p->signed_by.v = body_text(c, root, STR(""), "signed_by");
	p->signed_on = body_text(c, root, STR(""), "signed_on");
	p->file = filing_document(c, root);
}

/* The consumer's, by filing_read(), and what the agent reads. */
static int read_languages(
	struct call *c, const json_t *root, struct agent_ask *in, struct err *e)
{
	str agents = body_text(c, root, STR(""), "agent_language");

	in->request.person.language = str_of(lang_code(c->desk->lang));
	in->is_spoken = agents.n > 0;
	return request_spoken(c, "agent_language", agents, &c->desk->lang, e);
}

struct making {
	struct call *call;
	struct agent_ask in;
};

static int make(struct desk *d, void *ctx, str *answer, struct err *e)
{
	struct making *m = ctx;
	struct problems ps = { 0 };
	str reference = { 0 };

	if (agent_ask(d, &m->in, &reference, &ps, e))
		return -1;
	return ps.n ? filing_refuse(m->call, &ps, e)
		    : request_answer(m->call, d, reference, answer, e);
}

int agent_request(struct call *c, struct err *e)
{
	static const char *const members[] = { "agent_id", "agent_name",
		"agent_email", "agent_language", "registration", "proof",
		"signed_by", "signed_on" };
	static const struct filing_members more = { members, COUNTOF(members) };
	struct making m = { .call = c };
	const json_t *root;

	m.in.request.channel = CHANNEL_AGENT;
	m.in.request.peer = c->q->peer;
	if (filing_read(c, &more, &root, &m.in.request, e))
		return -1;
	read_agent(c, root, &m.in);
	if (read_languages(c, root, &m.in, e))
		return -1;
	read_permission(c, root, &m.in.permission);
	if (c->problems.n || idempotent_answer(c, make, &m, e))
		return -1;
	return request_locate(c, e);
}

/* --- a file --- */

static void put_row(struct json *j, const struct agent_row *r)
{
	json_begin_object(j);
	json_put_int(j, "line", r->line);
	json_put(j, "state", str_of(agent_row_word(r->state)));
	json_put(j, "reference", r->reference);
	json_put(j, "field", str_of(r->field));
	json_put(j, "reason", str_of(r->reason));
	json_end(j);
}

static void put_rows(struct call *c, const struct agent_rows *rows)
{
	struct json j = call_answer(c);

	json_put_int(&j, "bad", (int64_t)rows->bad);
	json_key(&j, "rows");
	json_begin_array(&j);
	for (size_t i = 0; i < rows->n; i++)
		put_row(&j, &rows->at[i]);
	json_end(&j);
	json_end(&j);
	json_end(&j);
}

int agent_requests(struct call *c, struct err *e)
{
	str preview = http_query(c->q, "preview");
	struct agent_file in = { .bytes = c->q->body,
		.name = "the file",
		.is_preview = str_eq(preview, STR("yes")) };
	struct agent_rows rows;

	if (!http_type_is(http_header(c->q, "Content-Type"), "text/csv"))
		return call_refuse(c, 415, "this call takes text/csv", e);
	if (!str_int(http_query(c->q, "agent"), &in.agent_id) ||
		in.agent_id <= 0)
		call_problem(c, STR("agent"), "number",
			"The number of an agent of the registry");
	if (preview.n && !in.is_preview && !str_eq(preview, STR("no")))
		call_problem(c, STR("preview"), "unknown", "yes or no");
	in.is_spoken = http_query(c->q, "language").n > 0;
	if (request_language(c, http_query(c->q, "language"), e))
		return -1;
	if (c->problems.n || agent_file(c->desk, &in, &rows, e))
		return -1;
	put_rows(c, &rows);
	return 0;
}
