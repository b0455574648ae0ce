/*
 * Consent to a new purpose, given or taken back (11 CCR 7002(e)): one call for
 * either, and taking it back names no text.
 */
#include "desk/consent.h"

#include "api/call.h"
#include "api/items.h"

static void read_act(
	struct call *c, const struct items *s, struct consent_act *a)
{
	const json_t *version = json_object_get(s->root, "version");
	const json_t *given = json_object_get(s->root, "given");

	a->purpose = body_text(c, s->root, STR(""), "for");
	a->is_given = json_is_true(given);
	if (!json_is_boolean(given))
		call_problem(c, STR("given"), "missing",
			"true: they consented; false: they took it back");
	if (version && !json_is_integer(version))
		call_problem(c, STR("version"), "form",
			"This is the number of a version");
	a->version = json_integer_value(version);
	if (!a->purpose.n)
		call_problem(c, STR("for"), "missing", "The purpose");
	if (a->is_given && !version)
		call_problem(c, STR("version"), "missing",
			"Who consents saw a version of the text");
}

static void put_recorded(struct call *c, const struct consent_act *a, size_t n)
{
	struct json j = call_answer(c);

	json_put_int(&j, "items", (int64_t)n);
	json_put_int(&j, "added", (int64_t)a->added);
	json_put_bool(&j, "given", a->is_given);
	json_put_int(&j, "version", a->version);
	json_end(&j);
	json_end(&j);
}

int consent_call(struct call *c, struct err *e)
{
	static const char *const known[] = { "items", "for", "given",
		"version" };
	struct consent_act act = { 0 };
	struct items s;

	if (items_read(c, &s, e))
		return -1;
	if (s.form != BODY_JSON)
		return call_refuse(c, 415, "this call takes JSON only", e);
	body_only(c, s.root, STR(""), known, COUNTOF(known));
	read_act(c, &s, &act);
	if (c->problems.n)
		return -1;
	if (consent_put(c->desk, &act, s.at, s.n, e)) {
		items_report(c, &s);
		return -1;
	}
	put_recorded(c, &act, s.n);
	return 0;
}
