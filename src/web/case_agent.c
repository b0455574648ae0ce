/* What an authorized agent showed: to look at, to accept, and when it came later. */
#include "web/case_agent.h"

#include "desk/agent_refuse.h"
#include "desk/case.h"
#include "web/documents.h"
#include "web/html.h"

/* The document as it came; of a signature that was typed, its two lines. */
int web_case_permission(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct permission p;

	(void)ctx;
	if (permission_show(web_desk(q), http_param(q, "ref"), &p, e))
		return -1;
	if (!p.file.n) {
		http_download(
			r, "text/plain; charset=utf-8", STR("permission.txt"));
		buf_fmt(&r->body, "Signed by: %.*s\nOn: %.*s\n",
			STR_ARG(p.signed_by.v), STR_ARG(p.signed_on));
		return 0;
	}
	documents_download(q, r, "permission", p.file);
	return 0;
}

int web_case_power(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	int rc = permission_accept(web_desk(q), http_param(q, "ref"), e);

	(void)ctx;
	return desk_back_to_case(q, r, rc, "power", e);
}

/* --- it came later --- */

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct agent_proof_view *v, struct err *e)
{
	struct case_view c;
	int rc = case_load(web_desk(q), http_param(q, "ref"), false, &c, e);

	if (rc < 0 || (rc && desk_need(web_desk(q), PERM_INTAKE, e)))
		return -1;
	if (!rc || !c.agent.can_bring)
		return err_set(e, ERR_NOT_FOUND, "no permission is missing");
	if (desk_page_fill(w, q, r, STR("The permission came"), &v->page, e))
		return -1;
	v->reference = c.reference;
	v->path = desk_case_path(q->arena, c.reference, "");
	v->form.is_desk = v->form.is_late = true;
	v->form.problems = &v->problems;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_agent_proof_page(&r->body, v);
	return 0;
}

int web_case_proof(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_ask none = { .agent_id = 0 };
	struct agent_proof_view v = { .form = { .in = &none } };

	return draw(ctx, q, r, &v, e);
}

int web_case_proof_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct agent_ask in = { .agent_id = 0 };
	struct agent_proof_view v = { .form = { .in = &in } };
	int rc;

	agent_form_read(q, &in);
	rc = permission_bring(web_desk(q), http_param(q, "ref"), &in.permission,
		&v.problems, e);
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "proof", e);
}

int web_case_refuse(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	int rc = case_refuse_agent(web_desk(q), http_param(q, "ref"), e);

	(void)ctx;
	return desk_back_to_case(q, r, rc, rc > 0 ? "proposed" : "refused", e);
}
