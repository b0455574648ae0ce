/*
 * From "approve" to "deleted and proven" over both systems of the demo, while
 * the service runs: files a deletion for a person of the demo, confirms it with
 * the code of the letter, waits for the search, approves, and waits for the
 * evidence of every system.
 *
 *	approve DIR EMAIL
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "desk/case.h"
#include "desk/install.h"
#include "desk/intake.h"
#include "desk/post.h"
#include "desk/suppress.h"
#include "store/db.h"
#include "store/sql.h"

enum { WAIT_MS = 20000 };

static void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "approve: %s: %s\n", what, e->message);
	exit(1);
}

static void nap(void)
{
	nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
}

/* The service's worker is in another process: it looks once a second, so the
 * time measured starts when the worker has been woken as a page would. */
static str code_of(struct desk *d, str reference)
{
	struct sql_mail_list_rows rows;
	struct post p = { 0 };
	struct err e = { 0 };

	if (sql_mail_list(d->db, d->arena, &(struct sql_mail_list_in){ 20 },
		    &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].reference, reference) &&
			str_eq(rows.at[i].template, STR("code")) &&
			post_load(d, rows.at[i].id, &p, &e) != 1)
			fail("letter", &e);
	for (size_t i = 0; i + 6 < p.text.v.n; i++) {
		size_t k = 0;

		while (k < 7 && p.text.v.p[i + k] >= '0' &&
			p.text.v.p[i + k] <= '9')
			k++;
		if (k == 6)
			return (str){ p.text.v.p + i, 6 };
		i += k;
	}
	return STR("");
}

static bool systems_done(const struct case_view *v)
{
	for (size_t i = 0; i < v->tasks.n; i++)
		if (v->tasks.at[i].is_system && !v->tasks.at[i].is_done)
			return false;
	return true;
}

static struct case_view look(struct desk *d, str reference)
{
	struct case_view v;
	struct err e = { 0 };

	if (case_load(d, reference, false, &v, &e) != 1)
		fail("case", &e);
	return v;
}

static void wait_for_review(struct desk *d, str reference)
{
	int64_t until = clock_mono_ms() + WAIT_MS;

	while (look(d, reference).state != STATE_REVIEW) {
		if (clock_mono_ms() > until) {
			fprintf(stderr, "approve: the search did not end\n");
			exit(1);
		}
		nap();
	}
}

static str file_request(struct desk *d, const char *email)
{
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct sent s;
	struct err e = { 0 };
	bool is_right;

	f.person.email.v = str_of(email);
	f.person.name.v = STR("Somebody");
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("yes");
	if (intake_send(d, &f, CHANNEL_WEB, STR("bench"), &s, &ps, &e) ||
		intake_confirm_code(d, s.reference, code_of(d, s.reference),
			&is_right, &ps, &e) ||
		!is_right)
		fail("filing", &e);
	return s.reference;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(1u << 30);
	struct install in;
	struct err e = { 0 };
	struct desk d = {
		.arena = a, .wake_fd = -1, .actor = { .kind = ACTOR_COMMAND }
	};
	int64_t start;
	str reference;
	int64_t rows = 0;
	struct case_view v;

	if (argc != 3) {
		fprintf(stderr, "usage: approve DIR EMAIL\n");
		return 2;
	}
	if (sodium_init() < 0 || install_open(&in, a, argv[1], KEYS_ALL, &e) ||
		db_open(&d.db, in.database, &(struct db_opts){ 0 }, &e) ||
		suppress_open(&d.suppress, install_path(&in, STR("index.tyx")),
			in.keys, &e))
		fail("installation", &e);
	d.keys = in.keys;
	d.clock = &in.clock;
	d.config = &in.config;
	reference = file_request(&d, argv[2]);
	wait_for_review(&d, reference);
	start = clock_mono_ms();
	if (case_approve(&d, reference, look(&d, reference).seen, &e))
		fail("approve", &e);
	do {
		nap();
		v = look(&d, reference);
	} while (!systems_done(&v) && clock_mono_ms() - start < WAIT_MS);
	for (size_t i = 0; i < v.tasks.n; i++)
		rows += v.tasks.at[i].rows_erased;
	printf("%lld ms, %lld rows\n", (long long)(clock_mono_ms() - start),
		(long long)rows);
	return !systems_done(&v);
}
