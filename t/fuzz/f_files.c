/*
 * Any bytes as a file of a system, CSV or JSON-Lines by the first one.  What can
 * be read can be erased: without one of its rows, the file has exactly the
 * others.  What can't be read stays as it is.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MAX = 64 << 20, INPUT_MAX = 65536, ROWS_MAX = 4096 };

static const char yaml[] =
	"version: 1\nsystems:\n"
	"  - { name: csv, connector: csv, database: d, tables: [\n"
	"      { name: f, erase: delete, columns: [ { name: a, optional: true, "
	"identifies: email }, { name: b.c, optional: true } ] } ] }\n"
	"  - { name: jsonl, connector: jsonl, database: d, tables: [\n"
	"      { name: f, erase: delete, columns: [ { name: a, optional: true, "
	"identifies: email }, { name: b.c, optional: true } ] } ] }\n";

struct keys {
	struct arena *arena;
	struct cell at[ROWS_MAX];
	size_t n;
};

static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct keys *k = ctx;

	must(n == 3 && cells[0].type == CELL_TEXT);
	if (k->n == ROWS_MAX)
		return err_set(e, ERR_LIMIT, "enough");
	k->at[k->n++] = cell_dup(k->arena, &cells[0]);
	return 0;
}

static int read_keys(struct conn *c, struct keys *k, struct err *e)
{
	static const str columns[] = { STR_INIT(MAP_ROW_KEY), STR_INIT("a"),
		STR_INIT("b.c") };
	struct row_query q = { .table = STR("f"),
		.columns = columns,
		.columns_n = 3,
		.is_all = true };

	k->n = 0;
	return conn_rows(c, &q, take, k, e);
}

static bool are_without(const struct keys *now, const struct keys *then,
	const struct cell *gone)
{
	size_t n = 0;

	for (size_t i = 0; i < then->n; i++)
		if (!cell_eq(&then->at[i], gone)) {
			if (n == now->n || !cell_eq(&now->at[n], &then->at[i]))
				return false;
			n++;
		}
	return n == now->n;
}

static void erase_one(struct arena *a, struct conn *c, const char *path,
	str before, size_t which)
{
	struct keys *then = arena_one(a, struct keys);
	struct keys *now = arena_one(a, struct keys);
	struct cell key =
		cell_text(STR("00112233-00112233445566778899aabbccddeeff"));
	struct erase_step s = {
		.table = &c->system->tables[0], .keys = &key, .keys_n = 1
	};
	struct err e = { 0 };
	int64_t erased;
	int rc;
	str after;

	then->arena = now->arena = a;
	rc = read_keys(c, then, &e);
	if (rc && e.code == ERR_LIMIT)
		return;
	if (!rc && then->n)
		key = then->at[which % then->n];
	/* A column that stands twice is nothing to who needs only the key. */
	must(!conn_erase(c, &s, 1, &erased, &e) || rc);
	if (!rc && then->n) {
		must(erased >= 1);
		must(!read_keys(c, now, &e) && are_without(now, then, &key));
		return;
	}
	must(!file_read(a, path, 2 * INPUT_MAX, &after, &e));
	must(str_eq(after, before));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conn_options o = { .mode = CONN_WRITE };
	char dir[] = "/dev/shm/f_files.XXXXXX";
	struct arena *a;
	struct map m;
	struct map_problems *ps;
	struct conn *c;
	struct err e = { 0 };
	const char *path;
	str text;

	if (size < 2 || size > INPUT_MAX)
		return 0;
	a = arena_new(ARENA_MAX);
	ps = arena_one(a, struct map_problems);
	must(!map_parse(a, str_of(yaml), STR("."), &m, ps));
	must(mkdtemp(dir) != NULL);
	path = path_join(a, dir, "f");
	text = (str){ (const char *)data + 2, size - 2 };
	must(!file_replace(path, text, 0600, &e));
	o.url = dir;
	must(!conn_open(a, &m, &m.systems[data[0] & 1], &o, &c, &e));
	erase_one(a, c, path, text, data[1]);
	conn_close(c);
	unlink(path);
	unlink(path_join(a, dir, ".toyon.lock"));
	must(!rmdir(dir));
	arena_free(a);
	return 0;
}
