/* A minor that a program has found out about. */
#include "desk/child.h"

#include "api/call.h"
#include "api/items.h"
#include "base/json.h"

enum { CHILD_ITEMS_MAX = 100 };

static void read_age(struct call *c, const struct items *s, struct child *x)
{
	str born = body_text(c, s->root, STR(""), "born_on");
	str age = body_text(c, s->root, STR(""), "age");

	x->age = minor_of(age);
	if (born.n && !date_parse(born, &x->born_on))
		call_problem(c, STR("born_on"), "form",
			"This is a day, as 2013-05-01");
	if (born.n ? age.n > 0 : x->age == MINOR_END)
		call_problem(c, STR("age"), born.n ? "twice" : "missing",
			"Either born_on, or age: under-13 or 13-to-15");
	if (s->n > CHILD_ITEMS_MAX)
		call_problem(c, STR("items"), "long",
			"At most 100 identifiers belong to one person here");
}

static void put_day(
	struct call *c, struct json *j, const char *name, struct date day)
{
	json_key(j, name);
	if (date_is_none(day))
		json_nil(j);
	else
		json_str(j, date_iso(c->q->arena, day));
}

static void put_child(struct call *c, const struct child *x, size_t n)
{
	struct json j = call_answer(c);

	json_put_int(&j, "items", (int64_t)n);
	json_put(&j, "age", str_of(minor_row(x->age)->code));
	put_day(c, &j, "until", x->until);
	put_day(c, &j, "ask_from", x->ask_from);
	json_put(&j, "reference", x->reference);
	json_put_bool(&j, "opened", x->is_new);
	json_end(&j);
	json_end(&j);
}

int child_put(struct call *c, struct err *e)
{
	static const char *const known[] = { "items", "born_on", "age" };
	struct child x = { 0 };
	struct items s;

	if (items_read(c, &s, e))
		return -1;
	if (s.form != BODY_JSON)
		return call_refuse(c, 415, "this call takes JSON only", e);
	body_only(c, s.root, STR(""), known, COUNTOF(known));
	read_age(c, &s, &x);
	x.of.at = s.at;
	x.of.n = s.n;
	if (c->problems.n)
		return -1;
	if (child_found(c->desk, &x, e)) {
		if (e->code == ERR_INVALID)
			items_report(c, &s);
		return -1;
	}
	put_child(c, &x, s.n);
	return 0;
}
