#include "web/weighed.h"

#include "law/instead.h"

struct weighed_form weighed_form_of(struct arena *a,
	const struct circumstances *typed, const struct problems *ps)
{
	struct circumstance_list list = circumstances_list(a, typed);
	struct weighed_form out;

	out.fields.n = list.n;
	out.fields.at = arena_many(a, struct weighed_field, list.n);
	for (size_t i = 0; i < list.n; i++)
		out.fields.at[i] = (struct weighed_field){ &list.at[i],
			arena_fmt(a, "f-%s", list.at[i].name),
			problem_of(ps, list.at[i].name) };
	return out;
}

struct circumstances weighed_read(const struct http_request *q)
{
	struct circumstances out;

#define CIRCUMSTANCE(name, title, hint, missing, citation) \
	out.name.v = http_form(q, #name);
#include "desk/tbl/circumstances.h"
	return out;
}

struct weighed_card weighed_card_of(struct arena *a, const struct case_view *c)
{
	struct circumstances written = circumstances_of(&c->person);
	struct circumstance_list all = circumstances_list(a, &written);
	struct weighed_card out = { .is_shown = c->is_revealed,
		.is_there = c->has_weighed };
	enum instead basis = instead_of(c->person.instead);

	if (!c->is_revealed)
		return out;
	out.list.at = arena_many(a, struct circumstance, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].text.v.n)
			out.list.at[out.list.n++] = all.at[i];
	if (instead_allows(basis)) {
		out.instead = instead_row(basis)->title;
		out.instead_why = c->person.instead_why;
	}
	return out;
}
