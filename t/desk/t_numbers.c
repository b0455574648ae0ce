/*
 * What came through the State's platform in the numbers of a year (row DA-17, Civ. Code
 * 1798.99.85): a line of its own and one of all deletions, with median and mean.
 */
#include "act.h"

#include <sodium.h>
#include <string.h>

#include "desk/metrics.h"
#include "store/sql.h"

enum { DAY_MS = 86400000 };

static struct metrics numbers(struct test *t, int year)
{
	struct desk d = staff(t);
	struct metrics m;
	struct err e = { 0 };

	if (metrics_load(&d, year, &m, &e))
		fail("metrics", &e);
	return m;
}

static const struct metrics_line *line(
	const struct metrics *m, const char *title)
{
	for (size_t i = 0; i < m->n; i++)
		if (!strcmp(m->line[i].title, title))
			return &m->line[i];
	return NULL;
}

/* A status file of a session: so many rows, taken so many days after. */
static void upload(struct test *t, int64_t cycle, const char *name, int rows,
	int days, const char *state)
{
	struct sql_drop_upload_add_in in = { .cycle_id = cycle,
		.is_amend = strstr(name, "amend") != NULL,
		.name = str_of(name),
		.row_count = rows,
		.made_at = t->clock.fixed_ms };
	struct sql_drop_upload_said_in said = { .state = str_of(state),
		.said_at = t->clock.fixed_ms + (int64_t)days * DAY_MS,
		.message = STR("") };
	struct sql_drop_upload_add_row row;
	struct err e = { 0 };

	if (sql_drop_upload_add(t->db, t->a, &in, &row, &e) != 1)
		fail("upload", &e);
	said.id = row.id;
	if (sql_drop_upload_said(t->db, &said, &e) != 1)
		fail("said", &e);
}

static int64_t session(struct test *t, int items)
{
	struct sql_drop_cycle_add_in in = { .state = STR("downloaded"),
		.source = STR("file"),
		.opened_at = t->clock.fixed_ms,
		.opened_on = STR("2026-11-21"),
		.opened_by = STR("staff:1"),
		.rule = STR("drop-access-45d"),
		.next_by = STR("2027-01-05"),
		.act_by = STR("2027-01-05"),
		.profile = STR("drop/1.2.0") };
	struct sql_drop_cycle_add_row row;
	struct sql_drop_cycle_imported_in imported = { .items = items,
		.at = t->clock.fixed_ms };
	struct err e = { 0 };

	if (sql_drop_cycle_add(t->db, t->a, &in, &row, &e) != 1)
		fail("session", &e);
	imported.id = row.id;
	if (sql_drop_cycle_imported(t->db, &imported, &e) != 1)
		fail("imported", &e);
	return row.id;
}

/* n items of 46 bytes: list, ID, keyed hash. */
static void items(struct test *t, int64_t cycle, int n)
{
	struct sql_drop_item_put_in in = { .n = n, .cycle_id = cycle };
	char *packed = arena_alloc(t->a, (size_t)n * 46);
	struct err e = { 0 };

	for (int i = 0; i < n; i++) {
		char *at = packed + (size_t)i * 46;

		memset(at, 'k', 46);
		memcpy(at, "01", 2);
		snprintf(at + 2, 13, "NumbersItem%d", i);
		at[14] = 'k';
	}
	in.packed = (str){ packed, (size_t)n * 46 };
	if (sql_drop_item_put(t->db, &in, &e) < 0)
		fail("items", &e);
}

/* A request to delete, denied on the day on which it came. */
static void direct(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;

	f.person.name.v = STR("Ann");
	f.person.email.v = STR("ann@example.com");
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("no");
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	if (deny(t, s.reference, "NOT_A_CONSUMER", "Lives in Nevada.", &e))
		fail("deny", &e);
	d = staff(t);
	if (case_answer(&d, s.reference, STR(""), &ps, &e) || ps.n)
		fail("answer", &e);
	hand_over(t, s.reference, "denied");
}

static void test_none(struct test *t)
{
	struct metrics m = numbers(t, 2026);

	CHECK(!line(&m, "DROP") &&
			!line(&m, "Delete, with the State’s platform"),
		"who has no session has no such lines");
}

static void test_lines(struct test *t)
{
	int64_t cycle = session(t, 3);
	struct metrics m;
	const struct metrics_line *drop, *both;

	items(t, cycle, 3);
	upload(t, cycle, "one.csv", 2, 2, "accepted");
	upload(t, cycle, "two.csv", 1, 5, "accepted");
	upload(t, cycle, "three.csv", 9, 8, "rejected");
	upload(t, cycle, "amend.csv", 9, 30, "accepted");
	m = numbers(t, 2026);
	drop = line(&m, "DROP");
	both = line(&m, "Delete, with the State’s platform");
	CHECK(drop && drop->received == 3 && drop->open == 3,
		"items of the year's sessions");
	CHECK(drop && drop->median == 20 && drop->mean == 30,
		"2, 2 and 5 days; what was rejected is no answer, and an "
		"amendment not the first: %lld %lld",
		(long long)drop->median, (long long)drop->mean);
	CHECK(both && both->received == 4 && both->denied == 1 &&
			both->median == 20 && both->mean == 23,
		"with the one that came directly, answered at once: %lld %lld",
		(long long)both->median, (long long)both->mean);
	CHECK(line(&m, "Delete")->received == 1 &&
			line(&m, "Delete")->median == 0,
		"which stands alone as well");
	m = numbers(t, 2027);
	CHECK(!line(&m, "DROP"), "another year has none");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "numbers", fresh_server(argc, argv));
	set_contact(&t);
	direct(&t);
	test_none(&t);
	test_lines(&t);
	end(&t);
	return CHECK_DONE();
}
