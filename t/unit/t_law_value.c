/*
 * The value of a consumer's data: 11 CCR 7081 (row F-02).
 */
#include "law/value.h"

#include "base/base.h"
#include "check.h"
#include "law/listed.h"

/* Amounts in cents, values in ten-thousandths of a dollar. */
static const struct {
	const char *method;
	int64_t counts, taken_off, among;
	int64_t value;
	const char *why;
} values[] = {
	{ "marginal", 1000000, 400000, 200, 300000,
		"$10,000 with them, $4,000 without, 200 of them: $30 each" },
	{ "average", 12345, 0, 10, 123450, "a sample of ten" },
	{ "aggregate", 100, 0, 3, 3333, "a third of a dollar, rounded down" },
	{ "aggregate", 200, 0, 3, 6667, "two thirds, rounded up" },
	{ "aggregate", 1, 0, 200, 1, "half of the last place goes up" },
	{ "aggregate", 1, 0, 201, 0, "and a little less does not" },
	{ "revenue", 0, 0, 1, 0, "nothing comes in: it is worth nothing" },
	{ "expenses", 500, 0, 1, 50000, "one consumer" },
	{ "incentive", 250000, 0, 1000, 25000, "$2.50 each" },
	{ "profit", 900000, 900000, 7, 0, "as much out as in" },
	{ "profit", 900000, 899993, 7, 100, "a cent each" },
	{ "other", VALUE_AMOUNT_MOST, 0, VALUE_AMONG_MOST, 100000,
		"the most of both" },
};

static const struct {
	const char *method;
	int64_t counts, taken_off, among;
	const char *why;
} refused[] = {
	{ "aggregate", VALUE_AMOUNT_MOST + 1, 0, 1, "one cent too much" },
	{ "aggregate", -1, 0, 1, "owed" },
	{ "profit", 5, -1, 1, "less than nothing taken off" },
	{ "profit", 5, VALUE_AMOUNT_MOST + 1, 1, "too much taken off" },
	{ "aggregate", 5, 0, 0, "nobody" },
	{ "aggregate", 5, 0, VALUE_AMONG_MOST + 1, "one too many" },
	{ "revenue", 5, 1, 1, "the method takes nothing off" },
	{ "profit", 5, 6, 1, "a loss" },
};

static void counted(void)
{
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(values); i++) {
		struct value_in in = {
			value_method_of(str_of(values[i].method)),
			values[i].counts, values[i].taken_off, values[i].among
		};
		int64_t value = -1;

		CHECK(in.method && !value_of_data(&in, &value, &e) &&
				value == values[i].value,
			"%s: %lld", values[i].why, (long long)value);
	}
	for (size_t i = 0; i < COUNTOF(refused); i++) {
		struct value_in in = { value_method_of(
					       str_of(refused[i].method)),
			refused[i].counts, refused[i].taken_off,
			refused[i].among };
		int64_t value;

		CHECK(in.method && value_of_data(&in, &value, &e) == -1 &&
				e.code == ERR_INVALID,
			"%s", refused[i].why);
		if (!i)
			CHECK(strstr(e.message, "0 to 10000000000 dollars"),
				"says how much is: %s", e.message);
	}
}

/* The methods are those of the law's own list, in its order, and no more. */
static void methods(void)
{
	size_t n = 0;

	for (size_t i = 0; i < listed_count(); i++) {
		if (listed_at(i)->list != LIST_VALUE)
			continue;
		CHECK(n < value_method_count() &&
				!strcmp(value_method_at(n)->code,
					listed_at(i)->code),
			"%s has its row", listed_at(i)->code);
		n++;
	}
	CHECK(n == 8 && value_method_count() == 8, "eight: %zu", n);
	CHECK(!value_method_of(STR("guess")), "a guess is no method");
}

static const struct {
	const char *text;
	int64_t cents; /* -1: none */
} amounts[] = {
	{ "1200", 120000 },
	{ " $1,200.50 ", 120050 },
	{ "9.99", 999 },
	{ "0.5", 50 },
	{ "0.05", 5 },
	{ "10000000000", VALUE_AMOUNT_MOST },
	{ "10000000000.01", -1 },
	{ "10000000001", -1 },
	{ "99999999999999999999", -1 },
	{ "", -1 },
	{ "$", -1 },
	{ ",5", -1 },
	{ "1.", -1 },
	{ ".5", -1 },
	{ "1.234", -1 },
	{ "1.x", -1 },
	{ "1.2x", -1 },
	{ "-1", -1 },
	{ "1e3", -1 },
};

static void written(void)
{
	for (size_t i = 0; i < COUNTOF(amounts); i++) {
		int64_t cents = -1;
		bool is_one = value_amount(str_of(amounts[i].text), &cents);

		CHECK(is_one == (amounts[i].cents >= 0) &&
				(!is_one || cents == amounts[i].cents),
			"\"%s\": %lld", amounts[i].text, (long long)cents);
	}
}

int main(void)
{
	counted();
	methods();
	written();
	return CHECK_DONE();
}
