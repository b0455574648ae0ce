/* What handlers of the API share. */
#include "api/call.h"

#include "base/json.h"

int call_refuse(struct call *c, int status, const char *why, struct err *e)
{
	c->r->status = status;
	return err_set(e, ERR_USAGE, "%s", why);
}

void call_problem(struct call *c, str field, const char *code, const char *text)
{
	problem_add(&c->problems, arena_cstr(c->q->arena, field), code, text);
}

struct json call_answer(struct call *c)
{
	struct json j = json_to(&c->r->body);

	json_begin_object(&j);
	json_key(&j, "data");
	json_begin_object(&j);
	return j;
}
