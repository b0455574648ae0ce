/*
 * A visit: the browser, its profile and the account that belong together, and
 * whether the opt-out preference signal came with it.
 */
#include "desk/profile.h"

#include "api/call.h"
#include "api/items.h"
#include "base/json.h"

enum { PROFILE_ITEMS_MAX = 100, PROGRAM_BYTES_MAX = 80 };

static const char *const words[] = { "", "keep", "leave" };

static int read_choice(struct call *c, str word, struct profile *p)
{
	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_eq(word, str_of(words[i]))) {
			p->choice = (enum profile_choice)i;
			return 0;
		}
	call_problem(c, STR("choice"), "unknown", "This is keep or leave");
	return -1;
}

static int read_profile(
	struct call *c, const struct items *s, struct profile *p)
{
	static const char *const known[] = { "items", "signal", "program",
		"choice" };

	body_only(c, s->root, STR(""), known, COUNTOF(known));
	p->of.at = s->at;
	p->of.n = s->n;
	p->has_signal = body_flag(c, s->root, "signal");
	p->program = str_trim(body_text(c, s->root, STR(""), "program"));
	if (s->n > PROFILE_ITEMS_MAX)
		call_problem(c, STR("items"), "long",
			"At most 100 identifiers belong to one person here");
	if (p->program.n > PROGRAM_BYTES_MAX || !str_is_text(p->program))
		call_problem(c, STR("program"), "form",
			"This is the name of a program, at most 80 bytes");
	if (read_choice(c, body_text(c, s->root, STR(""), "choice"), p))
		return -1;
	if (p->choice && !p->program.n)
		call_problem(c, STR("program"), "missing",
			"A choice is about a program");
	return c->problems.n ? -1 : 0;
}

int profile_visit(struct call *c, struct err *e)
{
	struct profile p = { 0 };
	struct items s;
	struct json j;

	if (items_read(c, &s, e))
		return -1;
	if (s.form != BODY_JSON)
		return call_refuse(c, 415, "this call takes JSON only", e);
	if (read_profile(c, &s, &p))
		return -1;
	if (profile_seen(c->desk, &p, e)) {
		if (e->code == ERR_INVALID)
			items_report(c, &s);
		return -1;
	}
	j = call_answer(c);
	json_put_int(&j, "items", (int64_t)s.n);
	json_put_bool(&j, "opted_out", p.is_opted_out);
	json_put_int(&j, "added", (int64_t)p.added);
	json_put_bool(&j, "ask", p.may_ask);
	json_put(&j, "choice", p.chosen);
	json_end(&j);
	json_end(&j);
	return 0;
}
