/*
 * Which call goes wrong: as the list of faults says, and the same for the same
 * call each time it is asked.  What the simulator answers is tried in t/drop/run.
 */
#include "cli/drop_sim.h"

#include "check.h"

static const struct {
	const char *list;
	bool is_good;
} lists[] = {
	{ "", true },
	{ "503", true },
	{ "503:0.2,slow@3, lost-connection:1", true },
	{ "503:0", true },
	{ "503:1.0", true },
	{ "503:1.1", false },
	{ "503:2", false },
	{ "503:", false },
	{ "503:often", false },
	{ "503:0.1.2", false },
	{ "503:-1", false },
	{ "503@0", false },
	{ "503@", false },
	{ "503@first", false },
	{ "504", false },
	{ "none", false },
	{ "503,,slow", false },
};

static void the_lists(void)
{
	for (size_t i = 0; i < COUNTOF(lists); i++) {
		struct sim_faults f = { .n = 0 };
		struct err e = { 0 };
		int rc = sim_faults_read(str_of(lists[i].list), &f, &e);

		CHECK(!rc == lists[i].is_good, "%s: %s", lists[i].list,
			e.message);
		CHECK(!rc || e.code == ERR_USAGE, "%s", lists[i].list);
	}
}

static struct sim_faults faults_of(const char *list, uint64_t seed)
{
	struct sim_faults f = { .seed = seed };
	struct err e = { 0 };

	CHECK(!sim_faults_read(str_of(list), &f, &e), "%s", e.message);
	return f;
}

static void by_number(void)
{
	struct sim_faults f = faults_of("slow@3,500@1", 1);

	CHECK(sim_fault_at(&f, 1) == SIM_FAULT_S500, "the first");
	CHECK(sim_fault_at(&f, 2) == SIM_FAULT_NONE, "the second");
	CHECK(sim_fault_at(&f, 3) == SIM_FAULT_SLOW, "the third");
	CHECK(!strcmp(sim_fault_name(SIM_FAULT_LOST_ANSWER), "lost-answer"),
		"a name");
}

static void by_chance(void)
{
	enum { CALLS = 10000 };
	struct sim_faults f = faults_of("503:0.25,429:0.5", 1);
	struct sim_faults other = faults_of("503:0.25,429:0.5", 2);
	struct sim_faults always = faults_of("503", 1);
	struct sim_faults never = faults_of("503:0", 1);
	int down = 0, busy = 0, differ = 0;

	for (uint64_t i = 1; i <= CALLS; i++) {
		enum sim_fault at = sim_fault_at(&f, i);

		CHECK(at == sim_fault_at(&f, i), "the same again");
		down += at == SIM_FAULT_S503;
		busy += at == SIM_FAULT_S429;
		differ += at != sim_fault_at(&other, i);
		CHECK(sim_fault_at(&always, i) == SIM_FAULT_S503, "always");
		CHECK(sim_fault_at(&never, i) == SIM_FAULT_NONE, "never");
	}
	/* A quarter; half of the rest; within five deviations. */
	CHECK(down > 2280 && down < 2720, "%d", down);
	CHECK(busy > 3500 && busy < 4000, "%d", busy);
	CHECK(differ > CALLS / 3, "%d", differ);
}

int main(void)
{
	the_lists();
	by_number();
	by_chance();
	return CHECK_DONE();
}
