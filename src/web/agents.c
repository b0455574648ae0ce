/* The registry of authorized agents, and one of them. */
#include "web/agents.h"

#include "desk/limit.h"
#include "web/agent_form.h"
#include "web/documents.h"
#include "web/html.h"

static int draw_all(const struct web *w, struct http_request *q,
	struct http_response *r, struct agents_view *v, struct err *e)
{
	struct desk *d = web_desk(q);

	enum lang l = LANG_EN;

	(void)lang_read(v->typed.language, &l);
	if (agents_load(d, &v->agents, e) ||
		spoken_choices(q, l, &v->languages, e) ||
		desk_page_fill(w, q, r, STR("Authorized agents"), &v->page, e))
		return -1;
	v->page.place = DESK_AGENTS;
	v->can_change = desk_may(d, PERM_AGENTS);
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_agents(&r->body, v);
	return 0;
}

int web_agents(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agents_view v = { .typed = { .is_business = true } };

	return draw_all(ctx, q, r, &v, e);
}

static str agent_path(struct arena *a, int64_t id)
{
	return arena_fmt(a, "/desk/agents/%lld", (long long)id);
}

int web_agents_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agents_view v = { .typed = {
					 .name = http_form(q, "agent_name"),
					 .email = http_form(q, "agent_email"),
					 .registration =
						 http_form(q, "registration"),
					 .is_business = str_eq(
						 http_form(q, "is_business"),
						 STR("yes")),
					 .language = http_form(q, "language"),
				 } };
	int64_t id;

	if (agent_add(web_desk(q), &v.typed, &id, &v.problems, e)) {
		if (e->code != ERR_CONFLICT)
			return -1;
		problem_add(&v.problems, "agent_email", "taken",
			"There is an agent with this address already");
	}
	if (v.problems.n)
		return draw_all(ctx, q, r, &v, e);
	http_flash(r, "agent-added");
	http_redirect(r, agent_path(q->arena, id));
	return 0;
}

/* --- one --- */

static int open_agent(
	struct http_request *q, struct agent_view *v, struct err *e)
{
	struct desk *d = web_desk(q);
	int64_t id;

	if (desk_need(d, PERM_SEE_QUEUE, e))
		return -1;
	if (!str_int(http_param(q, "id"), &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such agent");
	if (agent_need(d, id, &v->agent, e))
		return -1;
	(void)lang_read(v->agent.language, &v->lang);
	return 0;
}

static int fill_requests(
	struct http_request *q, struct agent_view *v, struct err *e)
{
	struct agent_requests all;

	if (agent_requests_load(web_desk(q), v->agent.id, &all, e))
		return -1;
	v->requests.at = arena_many(q->arena, struct agent_request_row, all.n);
	for (size_t i = 0; i < all.n; i++)
		v->requests.at[v->requests.n++] = (struct agent_request_row){
			.of = &all.at[i],
			.href = desk_case_path(
				q->arena, all.at[i].reference, ""),
			.received = date_words(q->arena, all.at[i].received_on),
		};
	return 0;
}

static int draw_one(const struct web *w, struct http_request *q,
	struct http_response *r, struct agent_view *v, struct err *e)
{
	const struct agent *a = &v->agent;
	enum lang l = LANG_EN;

	if (fill_requests(q, v, e) ||
		spoken_choices(q, v->lang, &v->languages, e) ||
		desk_page_fill(w, q, r, a->name, &v->page, e))
		return -1;
	v->page.place = DESK_AGENTS;
	v->can_change = desk_may(web_desk(q), PERM_AGENTS);
	v->has_language = lang_read(a->language, &l);
	v->reads = l;
	v->can_file = desk_may(web_desk(q), PERM_INTAKE) && !a->suspended_at;
	v->added = date_words(q->arena, date_pacific(a->added_at));
	v->suspended = date_words(q->arena, date_pacific(a->suspended_at));
	v->why_max = LIMIT_NOTE_BYTES;
	v->kinds = agent_file_kinds(q->arena);
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_agent(&r->body, v);
	return 0;
}

int web_agent(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_view v = { .why_max = 0 };

	return open_agent(q, &v, e) ? -1 : draw_one(ctx, q, r, &v, e);
}

/* The button says which: nothing but a form of somebody's own can be wrong. */
static int speak(struct http_request *q, struct http_response *r,
	const struct agent_view *v, struct err *e)
{
	struct problems ps = { 0 };

	if (agent_speak(
		    web_desk(q), v->agent.id, http_form(q, "language"), &ps, e))
		return -1;
	if (ps.n)
		return err_set(
			e, ERR_INVALID, "the language is none that is offered");
	http_flash(r, "agent-spoken");
	http_redirect(r, agent_path(q->arena, v->agent.id));
	return 0;
}

int web_agent_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_view v = { .why = http_form(q, "why") };
	bool is_end = str_eq(http_form(q, "act"), STR("resume"));
	struct desk *d = web_desk(q);
	int rc;

	if (open_agent(q, &v, e))
		return -1;
	if (str_eq(http_form(q, "act"), STR("language")))
		return speak(q, r, &v, e);
	rc = is_end ? agent_resume(d, v.agent.id, e)
		    : agent_suspend(d, v.agent.id, v.why, &v.problems, e);
	if (rc && e->code != ERR_CONFLICT)
		return -1;
	if (v.problems.n)
		return draw_one(ctx, q, r, &v, e);
	http_flash(r, rc       ? "changed"
		      : is_end ? "agent-resumed"
			       : "agent-suspended");
	http_redirect(r, agent_path(q->arena, v.agent.id));
	return 0;
}

/* --- a file of theirs --- */

static void fill_file_rows(struct arena *a, const struct agent_rows *rows,
	struct agent_file_view *v)
{
	v->rows.at = arena_many(a, struct agent_file_row, rows->n);
	for (int is_bad = 1; is_bad >= 0; is_bad--)
		for (size_t i = 0; i < rows->n; i++) {
			const struct agent_row *r = &rows->at[i];

			if ((r->state == AGENT_ROW_BAD) != is_bad)
				continue;
			v->rows.at[v->rows.n++] = (struct agent_file_row){
				.of = r,
				.href = desk_case_path(a, r->reference, ""),
			};
		}
}

static int file_it(struct http_request *q, const struct agent *a,
	struct agent_rows *rows, struct problems *ps, struct err *e)
{
	struct agent_file in = {
		.agent_id = a->id,
		.bytes = documents_file(q, STR("file")),
		.name = "the file",
		.is_preview = str_eq(http_form(q, "preview"), STR("yes")),
		.is_spoken = true,
	};

	if (!in.bytes.n)
		problem_add(ps, "file", "missing", "Choose a CSV file");
	else if (!agent_file(web_desk(q), &in, rows, e))
		return 0;
	else if (e->code != ERR_INVALID && e->code != ERR_LIMIT)
		return -1;
	else
		problem_add(ps, "file", "unreadable",
			arena_cstr(
				q->arena, arena_fmt(q->arena, "Not filed: %s",
						  e->message)));
	return 0;
}

int web_agent_file(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_view v = { .why_max = 0 };
	struct agent_file_view done = {
		.is_preview = str_eq(http_form(q, "preview"), STR("yes")),
	};
	struct agent_rows rows;

	if (open_agent(q, &v, e) || spoken_typed(q, &v.lang, &v.problems, e))
		return -1;
	web_desk(q)->lang = v.lang;
	if (!v.problems.n && file_it(q, &v.agent, &rows, &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw_one(ctx, q, r, &v, e);
	if (desk_page_fill(ctx, q, r, v.agent.name, &done.page, e))
		return -1;
	done.page.place = DESK_AGENTS;
	done.agent = v.agent;
	done.n = rows.n;
	done.bad = rows.bad;
	fill_file_rows(q->arena, &rows, &done);
	html_agent_file_done(&r->body, &done);
	return 0;
}
