/*
 * Any bytes as values, names and keys: the package is made and read back, its
 * files are well-formed, and what is marked is in none of them.
 */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "base/json.h"
#include "know/package.h"
#include "t/unzip.h"

enum { COLUMNS = 4, ROWS_MAX = 40, ARENA_MAX = 1 << 30 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* What follows a marked value, so that it is found wherever it is. */
static const char mark[] = "MARKED-0123456789-ABCDEF";

static str take(str *rest, size_t most)
{
	size_t n = rest->n ? (unsigned char)rest->p[0] : 0;
	str out = str_head(str_from(*rest, 1), n < most ? n : most);

	*rest = str_from(*rest, 1 + out.n);
	return out;
}

/* A name as the data map takes it: some text. */
static str take_name(str *rest, size_t most)
{
	str name = take(rest, most);

	return name.n && str_is_text(name) ? name : STR("x");
}

static struct cell cell_of(struct arena *a, str bytes, size_t column)
{
	struct cell c = cell_text(bytes);

	if (column == 2)
		c.v.v = arena_fmt(a, "%s%.*s", mark, STR_ARG(bytes));
	if (bytes.n % 7 == 1)
		c.type = CELL_BLOB;
	if (bytes.n % 7 == 2)
		c.type = CELL_NULL;
	return c;
}

static void fill(struct arena *a, str rest, struct found_table *t)
{
	t->rows = arena_many(a, struct found_row, ROWS_MAX);
	while (rest.n && t->n < ROWS_MAX) {
		struct found_row *r = &t->rows[t->n++];

		r->cells = arena_many(a, struct cell, COLUMNS);
		for (size_t c = 0; c < COLUMNS; c++)
			r->cells[c] = cell_of(a, take(&rest, 200), c);
		r->key = r->cells[0];
		r->is_shared = r->key.v.v.n % 5 == 4;
	}
}

static void check_zip(struct arena *a, const struct know *k, str zip)
{
	struct zip_file files[4];
	struct err e;
	json_t *root;
	size_t n;

	must(!unzip(a, zip, files, COUNTOF(files), &n));
	must(n == 2 + k->tables.n);
	for (size_t i = 0; i < n; i++)
		must(str_find(files[i].bytes, STR("MARKED-0123456789")) < 0);
	must(str_eq(files[n - 1].name, STR("data.json")));
	must(!json_read(a, files[n - 1].bytes, KNOW_FILE_MAX, &root, &e));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(ARENA_MAX);
	str rest = { (const char *)data, n };
	struct map_column columns[COLUMNS] = { { .category = 'A' },
		{ .category = 'D' },
		{ .never_disclose = STR("ssn"), .category = 'L' } };
	struct map_table table = { .columns = columns, .columns_n = COLUMNS };
	struct map_system system = { .tables = &table, .tables_n = 1 };
	struct map map = { .systems = &system, .systems_n = 1 };
	struct found_table found = { .table = &table };
	struct finding finding = { .system = &system, .tables = &found };
	struct know_in in = {
		.map = &map, .findings = &finding, .findings_n = 1
	};
	struct know_case of = { .is_specific = true,
		.received_on = { 2026, 11, 2 },
		.made_on = { 2026, 11, 21 } };
	struct know_hits *hits = arena_one(a, struct know_hits);
	struct know k;
	struct err e;
	str zip;

	of.language = n % 2 ? KNOW_ES : KNOW_EN;
	of.name.v = take_name(&rest, 60);
	system.name = system.title = take_name(&rest, 60);
	table.name = table.holds = take_name(&rest, 60);
	for (size_t c = 0; c < COLUMNS; c++)
		columns[c].name = take_name(&rest, 20);
	fill(a, rest, &found);
	must(!know_make(a, &in, &of, &k, &e));
	must(!package_in_memory(a, &k, &zip, hits, &e));
	must(!hits->n == !!zip.n);
	if (zip.n)
		check_zip(a, &k, zip);
	arena_free(a);
	return 0;
}
