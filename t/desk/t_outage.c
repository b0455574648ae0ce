/*
 * The outside look by itself (row E5): what one look finds may be a restart; what two
 * find stands on the desk; what lasts is mailed once, and again each day; its end is in
 * the trail.  Nobody listens at the public address of this test.
 */
#include "act.h"

#include <dirent.h>
#include <sodium.h>
#include <string.h>

#include "base/file.h"
#include "desk/outage.h"

enum { MINUTE_MS = 60000, HOUR_MS = 60 * MINUTE_MS };

static int64_t look(struct test *t)
{
	struct install in = {
		.arena = t->a, .dir = t->dir, .config = t->config
	};
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t again_ms;

	if (outage_step(&d, &in, &again_ms, &e))
		fail("look", &e);
	return again_ms;
}

static bool is_open(struct test *t, struct outage *out)
{
	struct desk d = desk_as(t, ACTOR_STAFF);
	struct err e = { 0 };
	int rc = outage_open(&d, out, &e);

	if (rc < 0)
		fail("outage", &e);
	return rc == 1;
}

/* Letters in the outbox folder, which holds no others. */
static int letters(struct test *t, const char *part)
{
	DIR *dir = opendir(path(t, "outbox"));
	struct dirent *f;
	int n = 0;

	while (dir && (f = readdir(dir))) {
		struct err e = { 0 };
		str text;

		if (f->d_name[0] == '.')
			continue;
		if (file_read(t->a,
			    path_join(t->a, path(t, "outbox"), f->d_name),
			    1 << 20, &text, &e))
			fail("letter", &e);
		n += str_find(text, str_of(part)) >= 0;
	}
	if (dir)
		closedir(dir);
	return n;
}

/* Of this event, or with this in their detail. */
static int entries(struct test *t, const char *event)
{
	struct sql_audit_newest_in in = { INT64_MAX, 100 };
	struct sql_audit_newest_rows rows;
	struct err e = { 0 };
	int n = 0;

	if (sql_audit_newest(t->db, t->a, &in, &rows, &e))
		fail("trail", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.at[i].event, str_of(event)) ||
		     str_find(rows.at[i].detail, str_of(event)) >= 0;
	return n;
}

static void add(struct test *t, const char *email, const char *role)
{
	struct sql_staff_add_in in = { .email = str_of(email),
		.name = STR("Jo"),
		.role = str_of(role),
		.passphrase = STR("x"),
		.created_at = t->clock.fixed_ms };
	struct sql_staff_add_row who;
	struct err e = { 0 };

	if (sql_staff_add(t->db, t->a, &in, &who, &e) < 0)
		fail("staff", &e);
}

static void test_once(struct test *t)
{
	struct outage o;

	CHECK(look(t) == MINUTE_MS, "looked at again in a minute");
	CHECK(!is_open(t, &o) && !entries(t, "public.broken"),
		"one look may be a restart");
	t->config.base_url = STR("");
	CHECK(look(t) == 0 && !entries(t, "public.over"),
		"no address: nothing to look at, and what one look found is "
		"forgotten");
	t->config.base_url = STR("http://127.0.0.1:1");
	CHECK(look(t) == MINUTE_MS && !is_open(t, &o), "it begins anew");
}

static void test_lasts(struct test *t)
{
	struct outage o;

	t->clock.fixed_ms += 29 * MINUTE_MS;
	CHECK(look(t) == 10 * MINUTE_MS && is_open(t, &o) &&
			str_eq(o.checks, STR("start page")) && !o.told_at,
		"the second look is sure");
	CHECK(entries(t, "public.broken") == 1 && !letters(t, "To:"),
		"29 minutes: on the desk, and nobody is mailed");
	t->clock.fixed_ms += MINUTE_MS;
	look(t);
	CHECK(letters(t, "To: <owner@lakeshore.example>") == 1 &&
			letters(t, "To:") == 1,
		"30 minutes: the owner, while there is no officer");
	CHECK(is_open(t, &o) && o.told_at == t->clock.fixed_ms, "told now");
	look(t);
	CHECK(letters(t, "To:") == 1 && entries(t, "public.broken") == 1,
		"once");
}

static void test_daily(struct test *t)
{
	add(t, "officer@lakeshore.example", "officer");
	t->clock.fixed_ms += 24 * HOUR_MS - 1;
	look(t);
	CHECK(letters(t, "To:") == 1, "not yet a day");
	t->clock.fixed_ms += 1;
	look(t);
	CHECK(letters(t, "To: <officer@lakeshore.example>") == 1 &&
			letters(t, "To:") == 2 &&
			entries(t, "public.told") == 2,
		"a day: again, now to the officer alone");
}

static void test_over(struct test *t)
{
	struct outage o;

	t->config.base_url = STR("");
	look(t);
	CHECK(!is_open(t, &o) && entries(t, "public.over") == 1 &&
			entries(t, "\"minutes\":1470") == 1,
		"its end is kept, and that it took a day and 30 minutes");
	look(t);
	CHECK(entries(t, "public.over") == 1, "it ended once");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "outage", fresh_server(argc, argv));
	set_contact(&t);
	add(&t, "owner@lakeshore.example", "owner");
	t.config.base_url = STR("http://127.0.0.1:1");
	test_once(&t);
	test_lasts(&t);
	test_daily(&t);
	test_over(&t);
	end(&t);
	return CHECK_DONE();
}
