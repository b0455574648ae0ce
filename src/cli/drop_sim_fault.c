/* Which call goes wrong, and how: a function of its number and the seed. */
#include <stdlib.h>
#include <string.h>

#include "cli/drop_sim.h"

static const char *const names[] = {
#define SIM_FAULT_NAME(NAME, name, what) [SIM_FAULT_##NAME] = name,
	SIM_FAULTS(SIM_FAULT_NAME)
#undef SIM_FAULT_NAME
};

const char *sim_fault_name(enum sim_fault f)
{
	must((size_t)f < COUNTOF(names));
	return names[f];
}

static int read_name(str name, enum sim_fault *out, struct err *e)
{
	struct near near = { .wanted = name };

	for (size_t i = 1; i < COUNTOF(names); i++) {
		if (str_eq(name, str_of(names[i]))) {
			*out = (enum sim_fault)i;
			return 0;
		}
		near_try(&near, names[i]);
	}
	err_set(e, ERR_USAGE, "there is no fault \"%.*s\"",
		STR_ARG(str_head(name, 40)));
	return near.best ? err_hint(e, "did you mean %s?", near.best) : -1;
}

/* "0.25" in millionths */
static bool read_rate(str s, uint64_t *out)
{
	uint64_t unit = PER_MILLION, value = 0;
	bool has_point = false;

	if (!s.n || s.n > 8)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && !has_point) {
			has_point = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		unit /= has_point ? 10 : 1;
		value = has_point
				? value + unit * (uint64_t)(s.p[i] - '0')
				: value * 10 + unit * (uint64_t)(s.p[i] - '0');
	}
	*out = value;
	return value <= PER_MILLION;
}

static int read_rule(str text, struct sim_rule *out, struct err *e)
{
	str name, how;
	int64_t call;

	*out = (struct sim_rule){ .per_million = PER_MILLION };
	if (str_cut(text, '@', &name, &how)) {
		if (!str_int(how, &call) || call < 1)
			return err_set(e, ERR_USAGE,
				"behind @ stands the number of a call");
		out->call = (uint64_t)call;
	} else if (str_cut(text, ':', &name, &how) &&
		   !read_rate(how, &out->per_million)) {
		return err_set(
			e, ERR_USAGE, "behind : stands how often, from 0 to 1");
	}
	return read_name(name, &out->fault, e);
}

int sim_faults_read(str list, struct sim_faults *out, struct err *e)
{
	str one;

	while (str_next(&list, ',', &one)) {
		if (out->n == SIM_RULES_MAX)
			return err_set(e, ERR_USAGE, "more than %d faults",
				SIM_RULES_MAX);
		if (read_rule(str_trim(one), &out->rule[out->n], e))
			return -1;
		out->n++;
	}
	return 0;
}

enum sim_fault sim_fault_at(const struct sim_faults *f, uint64_t call)
{
	struct rng r = { f->seed + call * 0x9e3779b97f4a7c15u };

	for (size_t i = 0; i < f->n; i++) {
		const struct sim_rule *rule = &f->rule[i];

		if (rule->call == call)
			return rule->fault;
		if (!rule->call &&
			rng_below(&r, PER_MILLION) < rule->per_million)
			return rule->fault;
	}
	return SIM_FAULT_NONE;
}
