/*
 * problem+json.  One writer for both forms, so that a client reads one shape.
 */
#include "http/problem.h"

#include "base/json.h"

/* "NOT_FOUND" becomes "not-found". */
static str code_of(struct arena *a, const char *name)
{
	str upper = str_of(name);
	char *out = arena_alloc(a, upper.n);

	for (size_t i = 0; i < upper.n; i++)
		out[i] = upper.p[i] == '_' ? '-' : (char)(upper.p[i] | 32);
	return (str){ out, upper.n };
}

/* Leaves the object open. */
static struct json start(const struct http_request *q, struct http_response *r,
	int status, enum err_code code)
{
	str name = code_of(r->arena, err_name(code));
	struct json j;

	http_type(r, "application/problem+json");
	r->status = status;
	j = json_to(&r->body);
	json_begin_object(&j);
	json_put(&j, "type",
		arena_fmt(r->arena, "urn:toyon:error:%.*s", STR_ARG(name)));
	json_put(&j, "title", str_of(err_title(code)));
	json_put_int(&j, "status", status);
	json_put(&j, "code", name);
	json_put(&j, "instance",
		arena_fmt(r->arena, "urn:toyon:request:%.*s", STR_ARG(q->id)));
	return j;
}

void http_problem(const struct http_request *q, struct http_response *r,
	const struct err *e)
{
	int status = r->status >= 400 ? r->status : err_http_status(e->code);
	struct json j = start(q, r, status, e->code);

	json_put(&j, "detail", str_of(e->message));
	if (e->hint[0])
		json_put(&j, "hint", str_of(e->hint));
	json_end(&j);
}

void http_problem_input(const struct http_request *q, struct http_response *r,
	const struct problems *ps)
{
	struct json j = start(q, r, err_http_status(ERR_INVALID), ERR_INVALID);

	json_put(&j, "detail", STR("some fields need a change"));
	json_key(&j, "errors");
	json_begin_array(&j);
	for (size_t i = 0; i < ps->n; i++) {
		json_begin_object(&j);
		json_put(&j, "pointer",
			arena_fmt(r->arena, ps->at[i].field[0] ? "#/%s" : "#%s",
				ps->at[i].field));
		json_put(&j, "code", str_of(ps->at[i].code));
		json_put(&j, "detail", str_of(ps->at[i].text));
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}
