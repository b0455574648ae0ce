/*
 * What a vendor uses the data for, and so what it is: a service provider or contractor
 * may use it for the five grounds of 11 CCR 7050(a) and nothing else, and who advertises
 * across businesses with any of it is a third party (7050(b)).
 */
#include "base/base.h"
#include "base/buf.h"
#include "connect/map_build.h"
#include "law/listed.h"

enum { USES_MAX = 16, FLOWS_MAX = 16, FLOW_WORDS_MAX = 80 };

static const char advertising[] = "advertising";

/* The grounds in the law's order, and what is none of them. */
static size_t uses(const char *out[USES_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < listed_count(); i++) {
		if (listed_at(i)->list != LIST_SERVICE_USE)
			continue;
		must(n + 1 < USES_MAX);
		out[n++] = listed_at(i)->code;
	}
	out[n++] = advertising;
	return n;
}

static bool read_flow(
	struct yaml_reader *r, yaml_node_t *node, struct map_flow *out)
{
	enum { USE, CATEGORIES };
	struct yaml_field f[] = {
		[USE] = { "use", true, NULL },
		[CATEGORIES] = { "categories", false, NULL },
	};
	const char *all[USES_MAX];
	str names[USES_MAX];
	size_t n = uses(all);
	int word;

	if (!yaml_mapping(r, node, f, COUNTOF(f), "a flow"))
		return false;
	for (size_t i = 0; i < n; i++)
		names[i] = str_of(all[i]);
	word = yaml_word(r, &f[USE], names, n);
	if (word < 0)
		return false;
	out->use = all[word];
	out->categories = map_read_categories(r, &f[CATEGORIES]);
	return true;
}

void map_read_flows(
	struct yaml_reader *r, const struct yaml_field *f, struct map_vendor *v)
{
	size_t n = f->value ? yaml_items(r, f->value, FLOWS_MAX, "flows") : 0;

	v->flows = arena_many(r->arena, struct map_flow, n);
	for (size_t i = 0; i < n; i++) {
		struct map_flow *flow = &v->flows[v->flows_n];

		if (!read_flow(r, yaml_item(r, f->value, i), flow))
			continue;
		v->flows_n++;
		v->categories |= flow->categories;
		v->advertises |= flow->use == advertising;
	}
}

void map_read_look(
	struct yaml_reader *r, const struct yaml_field *f, struct map_vendor *v)
{
	str day = { 0 };

	yaml_text(r, f, 10, &day);
	if (day.n && !date_parse(day, &v->looked_on))
		yaml_problem(r, yaml_line(f->value),
			STR("\"looked_on\" is no date"),
			STR("write it as 2027-01-05"));
}

enum law_standing map_vendor_standing(const struct map_vendor *v)
{
	struct standing_facts facts = {
		.is_third_party = v->role == ROLE_THIRD_PARTY,
		.advertises = v->advertises,
		.has_contract = map_contract_is_whole(v),
	};

	return standing_of(&facts);
}

enum vendor_role map_vendor_counts_as(const struct map_vendor *v)
{
	return standing_may_be_sale(map_vendor_standing(v)) ? ROLE_THIRD_PARTY
							    : v->role;
}

static void put_categories(struct buf *b, unsigned categories)
{
	const char *between = " (";

	for (char c = 'A'; c <= 'L'; c++) {
		if (!(categories & MAP_CATEGORY_BIT(c)))
			continue;
		buf_fmt(b, "%s%c", between, c);
		between = ", ";
	}
	if (categories)
		buf_putc(b, ')');
}

str map_flows_words(struct arena *a, const struct map_vendor *v)
{
	struct buf b = buf_in(a, FLOW_WORDS_MAX * FLOWS_MAX);

	for (size_t i = 0; i < v->flows_n; i++) {
		buf_fmt(&b, "%s%s", i ? ", " : "", v->flows[i].use);
		put_categories(&b, v->flows[i].categories);
	}
	return buf_str(&b);
}
