#ifndef T_DESK_START_H
#define T_DESK_START_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fresh.h"

#include "desk/config.h"
#include "desk/install.h"
#include "desk/keys.h"
#include "desk/recall.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "store/db.h"

/*
 * A record of its own, with keys and an empty list, and a desk on it for whoever
 * acts: what the tests of the use cases begin with.  Saturday, November 21, 2026,
 * 1:04 p.m. in California, until a test moves the clock.
 */
struct test {
	struct arena *a;
	const char *dir;
	struct fresh fresh;
	struct config config;
	struct clock clock;
	struct keys *keys;
	struct db *db;
	struct suppress *suppress;
	struct recall *recall;
	const char *map; /* the data map; NULL: one without system */
	enum lang lang;  /* of the pages that consumers ask on */
	int links;       /* to our pages, that were looked at in letters */
	str late; /* what a test leaves for a step that it can't hand it to */
};

static inline struct desk desk_as(struct test *t, enum actor_kind kind)
{
	return (struct desk){
		.db = t->db,
		.arena = t->a,
		.clock = &t->clock,
		.keys = t->keys,
		.config = &t->config,
		.data_map = t->map ? t->map : "examples/starter/datamap.yaml",
		.suppress = t->suppress,
		.recall = t->recall,
		.actor = { .kind = kind, .id = 1, .role = STR("officer") },
		.wake_fd = -1,
		.lang = kind == ACTOR_CONSUMER ? t->lang : LANG_EN,
	};
}

static inline void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s (%s)\n", what, e->message, e->detail);
	exit(1);
}

/* In the folder of the test. */
static inline const char *path(struct test *t, const char *name)
{
	return arena_cstr(t->a, arena_fmt(t->a, "%s/%s", t->dir, name));
}

static inline void start(struct test *t, const char *name, const char *server)
{
	const char *tmp = getenv("TMPDIR");
	struct err e = { 0 };
	struct desk d;

	t->a = arena_new(1u << 30);
	t->fresh = fresh_start(t->a, server, name);
	t->dir = arena_cstr(
		t->a, arena_fmt(t->a, "%s/t_%s.%ld", tmp ? tmp : "/tmp", name,
			      (long)getpid()));
	must(!system(arena_cstr(
		t->a, arena_fmt(t->a, "mkdir -p -m 700 %s", t->dir))));
	t->config.listen = STR("127.0.0.1:8085");
	must(instant_parse(STR("2026-11-21T21:04:00Z"), &t->clock.fixed_ms));
	if (keys_make(t->dir, &e) ||
		keys_load(t->a, t->dir, KEYS_ALL, &t->keys, &e) ||
		db_open(&t->db, t->fresh.url,
			&(struct db_opts){ .may_create = true }, &e) ||
		db_migrate(t->db, &e) ||
		suppress_open(&t->suppress, path(t, "index.tyx"), t->keys, &e))
		fail("start", &e);
	t->recall = recall_new(t->a);
	d = desk_as(t, ACTOR_COMMAND);
	if (setting_put(&d, STR("business_name"), STR("Lakeshore Leads"), &e))
		fail("settings", &e);
}

static inline void end(struct test *t)
{
	suppress_close(t->suppress);
	db_close(t->db);
	must(!system(arena_cstr(t->a, arena_fmt(t->a, "rm -rf %s", t->dir))));
	fresh_end(t->a, &t->fresh);
	arena_free(t->a);
}

#endif
