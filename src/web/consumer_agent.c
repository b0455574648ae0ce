/*
 * Who asks for somebody else: what, one form, and that it came.  A stop is in force when
 * the POST is answered; all of it works without a script.
 */
#include "law/reference.h"
#include "web/agent_ask.h"
#include "web/html.h"
#include "web/web.h"
#include "words/words.h"

int web_agent_start(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_start_view v = { .kinds = { NULL, 0 } };

	if (enter_kinds(q, &v.kinds, e) ||
		web_page(ctx, q, r, STR("Ask for somebody else"), &v.page, NULL,
			e))
		return -1;
	html_agent_start(&r->body, v.page.lang, &v);
	return 0;
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct agent_ask_view *v, struct err *e)
{
	if (for_other_fill(w, q, r, &v->of, e))
		return -1;
	if (!v->agent.is_on)
		v->agent.lang = v->of.page.lang;
	if (spoken_choices(q, v->agent.lang, &v->agent.languages, e))
		return -1;
	v->of.fields.wants_city = true;
	v->agent.problems = &v->of.fields.problems;
	html_agent_ask(&r->body, v->of.page.lang, v);
	return 0;
}

int web_agent_ask(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_ask none = { .agent_id = 0 };
	struct agent_ask_view v = {
		.of.fields = { .answers = &none.request.person },
		.agent = { .in = &none },
	};

	return draw(ctx, q, r, &v, e);
}

int web_agent_ask_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct agent_ask in = {
		.request = { .channel = CHANNEL_AGENT, .peer = q->peer },
	};
	struct agent_ask_view v = {
		.of.fields = { .answers = &in.request.person },
		.agent = { .in = &in },
	};
	struct problems *ps = &v.of.fields.problems;
	const struct enter_kind *caller;
	str reference = { 0 };

	v.agent.is_on = true;
	v.agent.lang = web_desk(q)->lang;
	enter_read(q, &in.request);
	agent_form_read(q, &in);
	if (spoken_typed(q, &v.agent.lang, ps, e))
		return -1;
	in.request.person.language = str_of(lang_code(v.agent.lang));
	in.agent_id = 0; /* nobody out here is somebody of the registry */
	v.of.fields.id = in.request.id;
	v.of.fields.postal = in.request.postal;
	if (enter_open_kind(
		    q, &caller, &in.request.kind, v.of.fields.answers, e))
		return -1;
	if (for_other_is_person(q, ps) &&
		agent_ask(web_desk(q), &in, &reference, ps, e))
		return -1;
	if (ps->n)
		return draw(ctx, q, r, &v, e);
	http_redirect(r, arena_fmt(q->arena, "/agent/done?ref=%.*s",
				 STR_ARG(reference_show(q->arena, reference))));
	return 0;
}

int web_agent_done(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_done_view v = { .needs_code = false };
	struct status s;
	bool is_stop;
	int rc = intake_status(
		web_desk(q), http_query(q, "ref"), q->peer, &s, e);

	if (rc < 0)
		return -1;
	if (!rc) {
		http_redirect(r, STR("/agent"));
		return 0;
	}
	is_stop = kind_row(s.kind)->flow == FLOW_STOP;
	if (web_page(ctx, q, r,
		    is_stop ? STR("It is in force")
			    : STR("We have your request"),
		    &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	v.reference = s.reference;
	v.needs_code = s.needs_code;
	v.is_called_back = s.is_called_back;
	v.due = words_date(q->arena, v.page.lang, s.due_on);
	if (is_stop)
		v.when = words_instant(q->arena, v.page.lang, s.received_at);
	html_agent_done(&r->body, v.page.lang, &v);
	return 0;
}
