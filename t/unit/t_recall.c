/*
 * What a connection remembers: never more than a look at the database would
 * say.  A key that was revoked, and an address that was suppressed, by another
 * connection or another process, counts at the next question.
 */
#include "desk/recall.h"

#include <stdlib.h>
#include <sys/wait.h>

#include "base/base.h"
#include "check.h"
#include "desk/desks.h"
#include "desk/staff.h"
#include "desk/suppress.h"
#include "law/reason.h"
#include "store/db.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000 };

struct test {
	struct arena *a;
	const char *dir;
	struct install install;
	struct desks *desks; /* with one connection, that remembers */
	struct db *other;
};

static void start(struct test *t)
{
	struct config config;
	char dir[] = "/tmp/t_recall.XXXXXX";
	struct err e = { 0 };

	t->a = arena_new(256u << 20);
	config_defaults(&config);
	must(mkdtemp(dir));
	t->dir = arena_cstr(t->a, str_of(dir));
	if (install_make(t->a, t->dir, &config, &e) ||
		install_open(&t->install, t->a, t->dir, KEYS_WEB, &e) ||
		install_database(&t->install, &t->other, &e) ||
		desks_open(&t->desks, &t->install, 1, -1, &e)) {
		fprintf(stderr, "%s\n", e.message);
		abort();
	}
}

static void end(struct test *t)
{
	db_close(t->other);
	desks_close(t->desks);
	must(!system(arena_cstr(t->a, arena_fmt(t->a, "rm -r %s", t->dir))));
	arena_free(t->a);
}

static struct desk take(struct test *t)
{
	struct desk d;
	struct err e = { 0 };

	must(!desks_take(t->desks, t->a, &d, &e));
	return d;
}

/* Somebody else, who commits. */
static struct desk other_desk(struct test *t, struct db *db)
{
	return (struct desk){ .db = db,
		.arena = t->a,
		.clock = &t->install.clock,
		.keys = t->install.keys,
		.config = &t->install.config,
		.actor = { .kind = ACTOR_COMMAND },
		.wake_fd = -1 };
}

static void commit(struct test *t)
{
	struct sql_setting_set_in in = {
		.name = STR("phone"), .value = STR("1"), .changed_by = STR("t")
	};
	struct err e = { 0 };

	must(sql_setting_set(t->other, &in, &e) == 1);
}

static str new_key(struct test *t, const char *name)
{
	struct desk d = other_desk(t, t->other);
	struct err e = { 0 };
	str key;

	must(!api_key_add(&d, str_of(name), SCOPES_ALL, &key, &e));
	return key;
}

/* Asks as a request does; 1 in force. */
static int ask(struct test *t, str key, struct actor *who)
{
	struct desk d = take(t);
	struct err e = { 0 };
	int rc = api_key_of(&d, key, &e);

	CHECK(rc >= 0, "%s", e.message);
	if (who)
		*who = d.actor;
	desks_give(t->desks, &d);
	return rc;
}

static bool is_remembered(struct test *t, str key)
{
	struct desk d = take(t);
	struct recall_key found;
	bool is = recall_holds(d.recall, d.db) &&
		  recall_find_key(d.recall, key, &found);

	desks_give(t->desks, &d);
	return is;
}

static int64_t id_of(struct test *t, str key)
{
	struct actor who;

	must(ask(t, key, &who) == 1);
	return who.id;
}

static void revoke_key(struct test *t, struct db *db, int64_t id)
{
	struct sql_api_key_revoke_in in = { id,
		desk_now(&(struct desk){ .clock = &t->install.clock }) };
	struct err e = { 0 };

	must(sql_api_key_revoke(db, &in, &e) == 1);
}

/* The first use is noted in the database, and so forgotten; the second stays. */
static void remember(struct test *t, str key)
{
	CHECK(ask(t, key, NULL) == 1 && ask(t, key, NULL) == 1, "in force");
	CHECK(is_remembered(t, key), "remembered");
}

static void keys(struct test *t)
{
	str key = new_key(t, "the shop");
	struct actor first, again;

	CHECK(ask(t, key, &first) == 1, "in force");
	remember(t, key);
	CHECK(ask(t, key, &again) == 1 && again.kind == ACTOR_API &&
			again.id == first.id &&
			str_eq(again.name, STR("the shop")),
		"remembered as it was read");
	commit(t);
	CHECK(!is_remembered(t, key), "forgotten when somebody commits");
	remember(t, key);
	revoke_key(t, t->other, first.id);
	CHECK(ask(t, key, NULL) == 0, "revoked: refused at once");
	CHECK(ask(t, key, NULL) == 0 && !is_remembered(t, key),
		"and not remembered");
}

static void revoked_by_a_process(struct test *t)
{
	str key = new_key(t, "elsewhere");
	int64_t id = id_of(t, key);
	int status = -1;
	pid_t child;

	remember(t, key);
	fflush(NULL);
	child = fork();
	if (!child) {
		struct db *db;
		struct err e = { 0 };

		must(!db_open(&db, t->install.database, NULL, &e));
		revoke_key(t, db, id);
		db_close(db);
		_exit(0);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child && !status,
		"a command revokes it");
	CHECK(ask(t, key, NULL) == 0, "refused at once");
}

/* A secret that differs in one character, or in its length, is another. */
static void other_secrets(struct test *t)
{
	str key = new_key(t, "exact");
	struct desk d;
	struct recall_key found;

	remember(t, key);
	d = take(t);
	CHECK(recall_holds(d.recall, d.db) &&
			recall_find_key(d.recall, key, &found),
		"the key itself");
	for (size_t i = 0; i < key.n; i++)
		for (int bit = 0; bit < 7; bit++) {
			str wrong = arena_dup(t->a, key);
			char *at = arena_cstr(t->a, wrong);

			at[i] = (char)(at[i] ^ (1 << bit));
			wrong.p = at;
			CHECK(!recall_find_key(d.recall, wrong, &found),
				"byte %zu, bit %d", i, bit);
		}
	for (size_t n = 0; n < key.n; n++)
		CHECK(!recall_find_key(d.recall, str_head(key, n), &found),
			"the first %zu bytes", n);
	desks_give(t->desks, &d);
}

/* More than there is room for: each is still what it is. */
static void crowd(struct test *t)
{
	enum { MANY = 40 };
	str key[MANY];
	int64_t id[MANY];

	for (int i = 0; i < MANY; i++) {
		key[i] = new_key(t, "one of many");
		id[i] = id_of(t, key[i]);
	}
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < MANY; i++)
			CHECK(id_of(t, key[i]) == id[i], "key %d", i);
}

/* What is written once an hour is, remembered or not. */
static void noted(struct test *t)
{
	struct sql_api_key_list_rows rows;
	struct err e = { 0 };
	int64_t before;
	str key;

	t->install.clock.fixed_ms = clock_now_ms(NULL);
	key = new_key(t, "by the hour");
	remember(t, key);
	before = t->install.clock.fixed_ms;
	t->install.clock.fixed_ms += HOUR_MS - 1;
	CHECK(ask(t, key, NULL) == 1 && is_remembered(t, key),
		"not within the hour");
	t->install.clock.fixed_ms++;
	CHECK(ask(t, key, NULL) == 1, "an hour later");
	must(!sql_api_key_list(t->other, t->a, &rows, &e) && rows.n);
	CHECK(rows.at[rows.n - 1].used_at == before + HOUR_MS, "noted");
	t->install.clock.fixed_ms = 0;
}

/* --- the suppression log --- */

static uint32_t check(struct test *t)
{
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("jo@example.com") };
	struct desk d = take(t);
	struct err e = { 0 };

	CHECK(!suppress_check(&d, &q, 1, &e), "%s", e.message);
	desks_give(t->desks, &d);
	return q.reasons;
}

static void suppress_elsewhere(struct test *t, bool is_release)
{
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("jo@example.com") };
	struct err e = { 0 };
	int status = -1;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (!child) {
		struct db *db;
		struct desk d;

		must(!db_open(&db, t->install.database, NULL, &e));
		d = other_desk(t, db);
		must(!suppress_open(&d.suppress,
			install_path(&t->install, STR("index.tyx")),
			t->install.keys, &e));
		must(!(is_release
				? suppress_release_for(
					  &d, RELEASE_WHY_MISTAKE, &q, 1, &e)
				: suppress_put(&d, &q, 1, REASON_OPT_OUT, &e)));
		db_close(db);
		_exit(0);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child && !status,
		"a command writes");
}

/* Each answer contains what was committed before the question. */
static void followed(struct test *t)
{
	for (int i = 0; i < 3; i++) {
		CHECK(!check(t) && !check(t), "clear, and asked again");
		suppress_elsewhere(t, false);
		CHECK(check(t) == REASON_OPT_OUT, "suppressed at once");
		CHECK(check(t) == REASON_OPT_OUT, "and asked again");
		suppress_elsewhere(t, true);
	}
	CHECK(!check(t), "released at once");
}

int main(void)
{
	struct test t;

	start(&t);
	keys(&t);
	revoked_by_a_process(&t);
	other_secrets(&t);
	crowd(&t);
	noted(&t);
	followed(&t);
	end(&t);
	return CHECK_DONE();
}
