/* Which kinds of information to delete: on the consumer's pages and on the phone line. */
#include "web/parts_form.h"

#include "connect/map.h"
#include "desk/parts.h"
#include "law/category.h"

void part_list_fill(
	struct http_request *q, const struct person *p, struct part_list *out)
{
	struct arena *a = q->arena;
	unsigned chosen;
	struct map map;
	struct err e;

	/* A form that is shown again has what was typed, right or wrong. */
	parts_bits(p->parts, &chosen);
	out->n = 0;
	out->at = arena_many(a, struct part, CATEGORY_END);
	if (map_read(a, web_desk(q)->data_map, &map, &e))
		return;
	for (char letter = 'A'; letter <= 'L'; letter++) {
		unsigned bit = MAP_CATEGORY_BIT(letter);

		if (parts_known(&map) & bit)
			out->at[out->n++] =
				(struct part){ arena_fmt(a, "%c", letter),
					parts_words(a, web_desk(q)->lang, bit),
					chosen & bit };
	}
}

str part_list_typed(const struct http_request *q)
{
	str typed = STR("");
	size_t at = 0;
	str letter;

	while (http_form_next(q, "parts", &at, &letter) &&
		typed.n < PERSON_parts_max)
		typed = arena_fmt(
			q->arena, "%.*s,%.*s", STR_ARG(typed), STR_ARG(letter));
	return typed;
}
