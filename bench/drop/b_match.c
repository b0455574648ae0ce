/*
 * Matches work items with a file, as a cycle does, and says what a check needs:
 * the matches, and their records' and items' numbers added up (gen.c).
 *
 *	b_match RECORDS.csv JOBS LIST=ITEMS.csv...
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "drop/match.h"
#include "drop/rows.h"

struct sums {
	const struct drop_items *items;
	uint64_t n, records, item_ids;
};

static int add(void *ctx, const struct drop_match *m, struct err *e)
{
	struct sums *s = ctx;
	char id[DROP_ID_SIZE + 1] = { 0 }, row[24] = { 0 };

	(void)e;
	memcpy(id, drop_items_at(s->items, m->item)->id, DROP_ID_SIZE);
	memcpy(row, m->key.v.p + 1, m->key.v.n - 1);
	s->n++;
	s->records += strtoull(row, NULL, 10);
	s->item_ids += strtoull(id, NULL, 10);
	return 0;
}

static void die(const char *what, const struct err *e)
{
	fprintf(stderr, "b_match: %s: %s\n", what, e ? e->message : "");
	exit(1);
}

static ptrdiff_t read_some(void *ctx, char *to, size_t n, struct err *e)
{
	ptrdiff_t got = read(*(const int *)ctx, to, n);

	if (got < 0)
		err_set(e, ERR_INTERNAL, "read");
	return got;
}

static int add_item(
	void *ctx, const struct drop_item *it, bool is_removed, struct err *e)
{
	must(!is_removed);
	return drop_items_add(ctx, it, e);
}

/* As a batch of the platform is read. */
static void read_items(
	struct drop_items *items, enum drop_list list, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct drop_rows rows = {
		.read = read_some,
		.read_ctx = &fd,
		.list = list,
		.fn = add_item,
		.ctx = items,
	};
	struct err e = { 0 };
	int64_t n;

	if (fd < 0 || drop_rows_read(&rows, &n, &e))
		die(path, &e);
	close(fd);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(1 << 30);
	struct drop_match_report *r = arena_one(a, struct drop_match_report);
	struct drop_match_opts o = { .fn = add };
	struct drop_items *items;
	struct sums s = { 0 };
	struct err e = { 0 };
	int64_t jobs;

	if (argc < 4 || drop_items_new(&items, 100000000, &e))
		die("usage: RECORDS.csv JOBS LIST=ITEMS.csv...", &e);
	for (int i = 3; i < argc; i++) {
		str name, path;
		enum drop_list list;

		if (!str_cut(str_of(argv[i]), '=', &name, &path) ||
			!drop_list_read(name, &list))
			die(argv[i], NULL);
		read_items(items, list, path.p);
	}
	drop_items_seal(items);
	o.items = s.items = items;
	o.ctx = &s;
	if (!str_int(str_of(argv[2]), &jobs))
		die(argv[2], NULL);
	o.jobs = (int)jobs;
	if (cpu_path_read(str_of(getenv("TOYON_SHA")), &o.cpu, &e) ||
		drop_match_csv(a, argv[1], STR(""), &o, r, &e))
		die(argv[1], &e);
	printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", s.n, s.records,
		s.item_ids);
	drop_items_free(items);
	arena_free(a);
	return 0;
}
