/*
 * Any bytes as a CSV file.  What is read must be within the limits, and written
 * with csv_put() and read again it must be the same.
 */
#include <stdint.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/csv.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 60000 }; /* less than a pipe holds */

static struct csv *open_text(struct arena *a, str text)
{
	int ends[2];

	must(!pipe(ends));
	must(!write_all(ends[1], text.p, text.n));
	close(ends[1]);
	return csv_open(a, ends[0], ',', "f.csv");
}

static void put_record(struct buf *b, const struct csv_record *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (i)
			buf_putc(b, ',');
		/* Text that begins like a BOM must not be taken for one. */
		if (!b->n && str_starts(r->field[0], STR("\xEF\xBB\xBF")))
			buf_puts(b, "\xEF\xBB\xBF");
		csv_put(b, ',', r->field[i]);
	}
	buf_putc(b, '\n');
}

/* All whole records, written again. */
static str copy_of(struct arena *a, str text, int *rc)
{
	struct csv *c = open_text(a, text);
	struct buf b = buf_in(a, 4 * INPUT_MAX);
	struct csv_record r;
	struct err e = { 0 };
	int64_t line = 0;

	while ((*rc = csv_next(c, &r, &e)) > 0) {
		must(r.n > 0 && r.n <= CSV_FIELDS_MAX && r.line > line);
		line = r.line;
		put_record(&b, &r);
	}
	must((*rc < 0) == (e.code != ERR_NONE));
	must(buf_ok(&b));
	return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a;
	str once, twice;
	int rc;

	if (size > INPUT_MAX / 3)
		return 0;
	a = arena_new(8 << 20);
	once = copy_of(a, (str){ (const char *)data, size }, &rc);
	if (once.n <= INPUT_MAX) {
		twice = copy_of(a, once, &rc);
		must(!rc && str_eq(once, twice));
	}
	arena_free(a);
	return 0;
}
