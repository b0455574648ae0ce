/* What several answers say: how long the record is kept, where the person goes on, what
 * they are offered. */
#include "desk/answer_words.h"

#include "desk/door.h"
#include "desk/setting.h"
#include "desk/statement.h"
#include "law/deadline.h"
#include "law/reference.h"
#include "words/words.h"

str answer_keep_words(struct desk *d, enum lang l)
{
	return words_date(d->arena, l, record_keep_until(desk_today(d)));
}

str answer_asked_on(struct desk *d, const struct record *r, enum lang l)
{
	struct date day;

	if (!date_parse(r->person.again_on, &day))
		day = record_received_on(r);
	return words_date(d->arena, l, day);
}

/* A page of the request. */
str answer_link(
	struct desk *d, const struct record *r, enum lang l, const char *page)
{
	str ref = reference_show(d->arena, r->row.reference);

	return post_link(
		d, l, "/s/", arena_fmt(d->arena, "%.*s%s", STR_ARG(ref), page));
}

bool answer_is_opted_out(const struct record *r)
{
	return str_eq(r->person.stop_sale, STR("yes"));
}

/* 11 CCR 7022(g): to who is denied a deletion, in whole or in part. */
struct letter_offer answer_offer(
	struct desk *d, const struct record *r, const struct settings *s)
{
	enum outcome o = outcome_of(r->row.outcome);

	return (struct letter_offer){
		.is = str_eq(s->sells, STR("yes")) &&
		      kind_row(r->kind)->flow == FLOW_ERASE &&
		      (o == OUTCOME_DENIED || o == OUTCOME_PART),
		.link = post_link(d, record_lang(r), "/opt-out", STR("")),
	};
}

/* 11 CCR 7023(f): what stays as it is, and where a statement on it is given. */
struct letter_health answer_health(struct desk *d, const struct record *r)
{
	struct letter_health out = { .is = r->kind == KIND_CORRECT &&
					   statement_noted(&r->person).is };
	struct statement_items items = statement_items(d->arena, &r->person);

	if (!out.is)
		return out;
	if (door_has_address(r))
		out.link = answer_link(d, r, record_lang(r), "/statement");
	if (!r->person.health_items.v.n)
		return out;
	out.items.n = items.n;
	out.items.at = arena_many(d->arena, str, items.n);
	for (size_t i = 0; i < items.n; i++)
		out.items.at[i] = arena_fmt(
			d->arena, "%zu. %.*s", i + 1, STR_ARG(items.at[i].v));
	return out;
}
