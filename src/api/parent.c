/*
 * A parent or guardian asks for a child under 13, through a program of the business
 * (11 CCR 7070(c)).  Staff find out that it is one, as for every other.
 */
#include "api/call.h"
#include "api/filing.h"
#include "api/idempotent.h"
#include "api/request.h"
#include "base/json.h"
#include "desk/form.h"
#include "desk/parent_ask.h"

static void read_born(
	struct call *c, const json_t *root, struct born_typed *out)
{
	str born = body_text(c, root, STR(""), "born_on");
	struct arena *a = c->q->arena;
	struct date day;

	if (!date_parse(born, &day)) {
		call_problem(c, STR("born_on"), born.n ? "form" : "missing",
			"This is a day, as 2015-05-01");
		return;
	}
	out->month.v = arena_fmt(a, "%d", day.month);
	out->day.v = arena_fmt(a, "%d", day.day);
	out->year.v = arena_fmt(a, "%d", day.year);
}

struct making {
	struct call *call;
	struct parent_ask in;
};

static int make(struct desk *d, void *ctx, str *answer, struct err *e)
{
	struct making *m = ctx;
	struct problems ps = { 0 };
	str reference = { 0 };

	if (parent_ask(d, &m->in, &reference, &ps, e))
		return -1;
	return ps.n ? filing_refuse(m->call, &ps, e)
		    : request_answer(m->call, d, reference, answer, e);
}

int parent_request(struct call *c, struct err *e)
{
	static const char *const members[] = { "born_on", "parent_name",
		"parent_email", "parent_postal", "check" };
	static const struct filing_members more = { members, COUNTOF(members) };
	struct making m = { .call = c };
	const json_t *root;

	m.in.request.channel = CHANNEL_API;
	m.in.request.peer = c->q->peer;
	if (filing_read(c, &more, &root, &m.in.request, e))
		return -1;
	if (m.in.request.kind != KIND_NONE && !form_of(m.in.request.kind))
		call_problem(c, STR("kind"), "unknown",
			"Anybody may stop something for a child: "
			"/api/v1/requests");
	read_born(c, root, &m.in.born);
	m.in.name.v = body_text(c, root, STR(""), "parent_name");
	m.in.email.v = body_text(c, root, STR(""), "parent_email");
	m.in.postal.v = body_text(c, root, STR(""), "parent_postal");
	m.in.check = body_text(c, root, STR(""), "check");
	m.in.file = filing_document(c, root);
	if (c->problems.n || idempotent_answer(c, make, &m, e))
		return -1;
	return request_locate(c, e);
}
