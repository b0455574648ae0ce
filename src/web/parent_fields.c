#include "web/parent_fields.h"

#include "desk/parent.h"
#include "web/documents.h"

int parent_ways_fill(
	struct desk *d, str chosen, struct parent_ways *out, struct err *e)
{
	struct parent_checks offered;

	if (parent_checks_offered(d, &offered, e))
		return -1;
	out->at = arena_many(d->arena, struct parent_way, offered.n);
	out->n = 0;
	for (size_t i = 0; i < offered.n; i++)
		out->at[out->n++] = (struct parent_way){
			.row = parent_check_row(offered.at[i]),
			.is_first = !i,
			.is_chosen = parent_check_of(chosen) == offered.at[i],
		};
	return 0;
}

bool parent_fields_are_on(const struct http_request *q)
{
	return str_eq(http_form(q, "by_parent"), STR("yes"));
}

void parent_fields_read(const struct http_request *q, struct parent_ask *in)
{
	in->born = (struct born_typed){ { http_form(q, "month") },
		{ http_form(q, "day") }, { http_form(q, "year") } };
	in->name.v = http_form(q, "parent_name");
	in->email.v = http_form(q, "parent_email");
	in->postal.v = http_form(q, "parent_postal");
	in->check = http_form(q, "check");
	in->file = documents_file(q, STR("form"));
}
