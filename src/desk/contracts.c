#include "desk/contracts.h"

#include "base/base.h"
#include "connect/map.h"
#include "desk/notice_use.h"
#include "law/deadline.h"

/* --- all of them, for people --- */

static void fill_look(
	struct desk *d, const struct map_vendor *v, struct contract_line *out)
{
	const struct clock_row *year = clock_by_id(STR("vendor-look-12m"));
	struct deadline end;

	must(year);
	out->is_look_late = true;
	if (date_is_none(v->looked_on))
		return;
	end = clock_end(year, v->looked_on);
	out->looked = date_words(d->arena, v->looked_on);
	out->look_by = date_words(d->arena, end.on);
	out->is_look_late = date_cmp(end.on, desk_today(d)) < 0;
}

static void fill_line(
	struct desk *d, const struct map_vendor *v, struct contract_line *out)
{
	enum law_standing s = map_vendor_standing(v);

	*out = (struct contract_line){
		.title = v->title,
		.role = str_of(vendor_role_title(v->role)),
		.standing = standing_row(s),
		.is_in_doubt = standing_is_in_doubt(s),
		.lacks = map_contract_lacks(d->arena, v),
		.is_said = v->contract != 0,
		.uses = map_flows_words(d->arena, v),
	};
	fill_look(d, v, out);
}

int contracts_load(struct desk *d, struct contract_lines *out, struct err *e)
{
	struct map m;
	struct err unreadable;

	*out = (struct contract_lines){ .n = 0 };
	if (desk_need(d, PERM_SEE_QUEUE, e))
		return -1;
	/* The page of the data map says what is wrong with it. */
	if (map_read(d->arena, d->data_map, &m, &unreadable))
		return 0;
	out->n = m.vendors_n;
	out->at = arena_many(d->arena, struct contract_line, m.vendors_n);
	for (size_t i = 0; i < m.vendors_n; i++) {
		struct contract_line *line = &out->at[i];

		fill_line(d, &m.vendors[i], line);
		out->lacking += line->lacks.n > 0;
		out->in_doubt += line->is_in_doubt;
		out->unlooked += line->is_look_late;
	}
	return 0;
}

/* --- those of a case --- */

struct contract_doubts contracts_in_doubt(struct desk *d)
{
	struct contract_doubts out = { .n = 0 };
	struct map m;
	struct err unreadable;

	if (!d->data_map)
		return out;
	if (map_read(d->arena, d->data_map, &m, &unreadable)) {
		out.is_unreadable = true;
		return out;
	}
	out.at = arena_many(d->arena, struct contract_doubt, m.vendors_n);
	for (size_t i = 0; i < m.vendors_n; i++) {
		const struct map_vendor *v = &m.vendors[i];
		enum law_standing s = map_vendor_standing(v);

		if (!standing_is_in_doubt(s))
			continue;
		out.at[out.n++] = (struct contract_doubt){ v->name,
			arena_fmt(d->arena, "It %s (%s)", standing_row(s)->told,
				standing_row(s)->citation) };
	}
	return out;
}

const struct contract_doubt *contract_doubt_of(
	const struct contract_doubts *all, str vendor)
{
	static const struct contract_doubt unknown = {
		.told = STR_INIT("The data map can’t be read, so nobody knows "
				 "if it has a contract (11 CCR 7051(c))")
	};

	if (all->is_unreadable)
		return &unknown;
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->at[i].vendor, vendor))
			return &all->at[i];
	return NULL;
}

/* --- may it go there --- */

int contract_asked(
	struct desk *d, str name, struct notice_use *out, struct err *e)
{
	str vendor = str_from(name, sizeof "vendor:" - 1);
	const struct map_vendor *v;
	struct map m;

	if (!str_starts(name, STR("vendor:")))
		return 0;
	if (map_read(d->arena, d->data_map, &m, e))
		return -1;
	v = map_vendor_named(&m, vendor);
	if (!v)
		return err_set(e, ERR_NOT_FOUND,
			"the data map has no vendor \"%.*s\"",
			STR_ARG(str_head(vendor, 60)));
	*out = notice_use_of(v);
	return 1;
}
