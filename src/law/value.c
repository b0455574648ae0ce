/*
 * The value of data, from law/tbl/values.h.
 */
#include "law/value.h"

#include "base/base.h"

static const struct value_method methods[] = {
#define VALUE(code, counts, taken_off, among) \
	{ code, counts, taken_off, among },
#include "law/tbl/values.h"
};

size_t value_method_count(void)
{
	return COUNTOF(methods);
}

const struct value_method *value_method_at(size_t i)
{
	must(i < COUNTOF(methods));
	return &methods[i];
}

const struct value_method *value_method_of(str code)
{
	for (size_t i = 0; i < COUNTOF(methods); i++)
		if (str_eq(code, str_of(methods[i].code)))
			return &methods[i];
	return NULL;
}

static bool is_amount(int64_t cents)
{
	return cents >= 0 && cents <= VALUE_AMOUNT_MOST;
}

int value_of_data(const struct value_in *in, int64_t *out, struct err *e)
{
	int64_t units;

	if (!is_amount(in->counts) || !is_amount(in->taken_off))
		return err_set(e, ERR_INVALID, "an amount is 0 to %lld dollars",
			VALUE_AMOUNT_MOST / 100);
	if (in->among < 1 || in->among > VALUE_AMONG_MOST)
		return err_set(e, ERR_INVALID, "there are 1 to %lld consumers",
			VALUE_AMONG_MOST);
	if (in->taken_off && !in->method->taken_off)
		return err_set(e, ERR_INVALID,
			"the method \"%s\" takes nothing off",
			in->method->code);
	if (in->taken_off > in->counts) {
		err_set(e, ERR_INVALID,
			"by this method the data is worth less than nothing");
		return err_hint(e, "no incentive can be related to that (11 "
				   "CCR 7080): another method may fit");
	}
	units = (in->counts - in->taken_off) * (VALUE_UNIT / 100);
	*out = (units + in->among / 2) / in->among;
	return 0;
}

/* --- as it is written --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "1,200": commas stand anywhere between digits. */
static bool read_dollars(str text, int64_t *out)
{
	*out = 0;
	if (!text.n || !is_digit(text.p[0]))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == ',')
			continue;
		if (!is_digit(text.p[i]))
			return false;
		*out = *out * 10 + (text.p[i] - '0');
		if (*out > VALUE_AMOUNT_MOST / 100)
			return false;
	}
	return true;
}

bool value_amount(str text, int64_t *cents)
{
	str whole = str_trim(text);
	str part = { 0 };
	int64_t dollars;

	if (str_starts(whole, STR("$")))
		whole = str_from(whole, 1);
	if (str_cut(whole, '.', &whole, &part) && (!part.n || part.n > 2))
		return false;
	if (!read_dollars(whole, &dollars))
		return false;
	*cents = 0;
	for (size_t i = 0; i < 2; i++) {
		if (i < part.n && !is_digit(part.p[i]))
			return false;
		*cents = *cents * 10 + (i < part.n ? part.p[i] - '0' : 0);
	}
	*cents += dollars * 100;
	return *cents <= VALUE_AMOUNT_MOST;
}
