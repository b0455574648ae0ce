/* The address of an age gate for one visitor. */
#include "desk/age_gate.h"

#include "api/call.h"
#include "api/items.h"
#include "base/json.h"

int age_gate_call(struct call *c, struct err *e)
{
	static const char *const known[] = { "items", "return_to" };
	struct problems ps = { 0 };
	struct age_gate gate;
	struct items s;
	struct json j;
	str url;

	if (items_read(c, &s, e))
		return -1;
	if (s.form != BODY_JSON)
		return call_refuse(c, 415, "this call takes JSON only", e);
	body_only(c, s.root, STR(""), known, COUNTOF(known));
	gate = (struct age_gate){ s.at, s.n,
		body_text(c, s.root, STR(""), "return_to") };
	if (c->problems.n)
		return -1;
	if (age_gate_make(c->desk, &gate, &url, &ps, e)) {
		if (e->code == ERR_INVALID)
			items_report(c, &s);
		return -1;
	}
	for (size_t i = 0; i < ps.n; i++)
		call_problem(c, str_of(ps.at[i].field), ps.at[i].code,
			ps.at[i].text);
	if (c->problems.n)
		return -1;
	j = call_answer(c);
	json_put(&j, "url", url);
	json_end(&j);
	json_end(&j);
	return 0;
}
