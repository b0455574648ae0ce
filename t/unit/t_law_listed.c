/*
 * Enumerations: each has as many members as the law counts.
 */
#include "law/listed.h"

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	enum law_list list;
	const char *code;
	size_t count;
	int since;
	const char *one; /* a member */
} lists[] = {
	{ "R-50: eight purposes", LIST_PERMITTED, "permitted", 8, 2023,
		"transient" },
	{ "E3: a neutral gate", LIST_AGE_GATE, "age-gate", 5, 2023,
		"asks-date" },
	{ "R-08: three methods", LIST_ERASURE, "erasure", 3, 2023,
		"deidentified" },
	{ "R-25: four tests, all of them", LIST_NOT_SEARCHED, "not-searched", 4,
		2023, "told" },
	{ "V-03: six factors", LIST_WEIGHED, "weighed", 6, 2023, "harm" },
	{ "C1 to C12", LIST_CLAUSE_SERVICE, "clause", 12, 2023, "c12" },
	{ "of third parties", LIST_CLAUSE_THIRD, "clause-third", 5, 2023,
		"c6" },
	{ "P-01: five grounds", LIST_SERVICE_USE, "service-use", 5, 2023,
		"improve" },
	{ "F-02: eight methods", LIST_VALUE, "value", 8, 2023, "profit" },
	{ "L-02: six fields", LIST_RECORD_FIELD, "record-field", 6, 2023,
		"basis" },
	{ "G-03: five domains, advertising is none", LIST_DECISION, "decision",
		5, 2026, "housing" },
	{ "G-01: three parts", LIST_HUMAN, "human", 3, 2026, "decides" },
};

int main(void)
{
	size_t all = 0;

	CHECK(LIST_END == COUNTOF(lists), "each has a row here");
	for (size_t i = 0; i < COUNTOF(lists); i++) {
		const struct law_list_row *r = law_list_row(lists[i].list);
		size_t n = 0;

		for (size_t k = 0; k < listed_count(); k++) {
			const struct listed *row = listed_at(k);

			if (row->list != lists[i].list)
				continue;
			n++;
			CHECK(listed_of(row->list, str_of(row->code)) == row,
				"%s is there once", row->code);
			CHECK(*row->title && *row->citation &&
					row->valid.from.year ==
						lists[i].since &&
					row->valid.from.month == 1 &&
					row->valid.from.day == 1,
				"%s is whole", row->code);
		}
		CHECK(n == lists[i].count && r->count == n, "%s: %zu",
			lists[i].why, n);
		CHECK(!strcmp(r->code, lists[i].code) && *r->title, "%s",
			lists[i].why);
		CHECK(listed_of(lists[i].list, str_of(lists[i].one)), "%s",
			lists[i].why);
		all += n;
	}
	CHECK(all == listed_count(), "no member without a list");
	CHECK(!listed_of(LIST_DECISION, STR("advertising")), "no such member");
	CHECK(!listed_of(LIST_ERASURE, STR("video")), "of another list");
	return CHECK_DONE();
}
