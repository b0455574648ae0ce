/*
 * Any bytes as a map (the first line) and a file: with the fast instructions and
 * without, in one piece and in small ones, in one reading or many, the same is
 * found and counted, or the same error comes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "drop/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1500 };

struct result {
	int rc;
	struct err e;
	struct drop_match_report r;
	/* Added up, so that order and repetition do not matter much. */
	uint64_t items;
	size_t n;
};

static int add(void *ctx, const struct drop_match *m, struct err *e)
{
	struct result *r = ctx;

	(void)e;
	must(m->item < 4 && m->key.v.n > 0);
	r->items |= (uint64_t)1 << m->item;
	r->n++;
	return 0;
}

static void put(struct drop_items *items, enum drop_list list, str raw)
{
	struct drop_item it = { .list = (uint8_t)list };
	struct ident id;
	struct err e;

	must(!ident_read(&id, DROP_PROFILE, drop_list_kind(list), raw));
	ident_digest(&id, it.digest);
	must(!drop_items_add(items, &it, &e));
}

static void run(const char *path, str map, const struct drop_match_opts *base,
	struct result *out)
{
	struct drop_match_opts o = *base;
	struct arena *a = arena_new(1 << 24);

	*out = (struct result){ 0 };
	o.fn = add;
	o.ctx = out;
	out->rc = drop_match_csv(a, path, map, &o, &out->r, &out->e);
	arena_free(a);
}

static void check(const struct result *one, const struct result *two)
{
	must(one->rc == two->rc);
	if (one->rc) {
		must(one->e.message[0]);
		return;
	}
	must(one->items == two->items && (one->n > 0) == (two->n > 0));
	must(one->r.records == two->r.records &&
		one->r.ragged == two->r.ragged && one->r.lists == two->r.lists);
	must(!memcmp(one->r.keys, two->r.keys, sizeof one->r.keys));
	must(!memcmp(one->r.no_key, two->r.no_key, sizeof one->r.no_key));
	must(!memcmp(one->r.empty, two->r.empty, sizeof one->r.empty));
	must(!memcmp(one->r.over, two->r.over, sizeof one->r.over));
}

static void check_all(const char *path, str map, struct drop_match_opts *o)
{
	static const enum cpu_path paths[] = { CPU_PORTABLE, CPU_AVX2 };
	struct result one, two;

	o->chunk_size = 4096;
	run(path, map, o, &one);
	for (size_t i = 0; i < COUNTOF(paths); i++) {
		if (!cpu_path_runs(paths[i]))
			continue;
		o->cpu = paths[i];
		run(path, map, o, &two);
		check(&one, &two);
	}
	o->cpu = CPU_BEST;
	o->join_size = 200000;
	run(path, map, o, &two);
	check(&one, &two);
	/* Longer than a header or row may be: only that it stays in bounds. */
	o->chunk_size = 128;
	run(path, map, o, &two);
	if (!two.rc)
		check(&one, &two);
	/* Without items the same is counted. */
	o->chunk_size = 4096;
	o->items = NULL;
	run(path, map, o, &two);
	must(one.rc == two.rc && !two.n);
	must(one.rc || !memcmp(one.r.keys, two.r.keys, sizeof one.r.keys));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct drop_match_opts o = { .jobs = 1 };
	char path[] = "/dev/shm/f_drop_match.XXXXXX";
	str map = { (const char *)data, size }, rest = { 0 };
	struct drop_items *items;
	struct err e;
	int fd;

	str_cut(map, '\n', &map, &rest);
	if (size > INPUT_MAX ||
		(rest.n > 1 && (rest.p[0] == 0x1f || rest.p[0] == 0x28)))
		return 0; /* packed streams are zlib's and libzstd's */
	must(!drop_items_new(&items, 4, &e));
	put(items, DROP_EMAIL, STR("a@b.co"));
	put(items, DROP_PHONE, STR("4155559317"));
	put(items, DROP_NDZ, STR("a|b|1970-01-02|94110"));
	put(items, DROP_NAME_VIN, STR("a|b|1HGCM82633A004352"));
	drop_items_seal(items);
	o.items = items;
	fd = mkstemp(path);
	must(fd >= 0 && !write_all(fd, rest.p, rest.n));
	close(fd);
	check_all(path, map, &o);
	unlink(path);
	drop_items_free(items);
	return 0;
}
