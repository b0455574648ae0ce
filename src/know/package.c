#include "know/package.h"

#include "base/base.h"
#include "know/files.h"
#include "know/html.h"
#include "know/page.h"
#include "know/zip.h"

void know_put_index(struct buf *b, const struct know *k)
{
	struct know_page v;

	know_page_fill(k, &v);
	html_know_index(b, &v);
}

static int finish(
	const struct buf *b, str name, struct zip_file *out, struct err *e)
{
	if (!buf_ok(b))
		return err_set(e, ERR_LIMIT,
			"a file of the package would be larger than %d bytes",
			KNOW_FILE_MAX);
	*out = (struct zip_file){ name, buf_str(b) };
	return 0;
}

/* Values that are files by themselves, behind the others. */
static void put_values(const struct know_table *t, struct zip_file **next)
{
	for (size_t r = 0; r < t->rows.n; r++)
		for (size_t c = 0; c < t->columns.n; c++) {
			const struct know_value *v = &t->rows.at[r].values[c];

			if (v->file.n)
				*(*next)++ =
					(struct zip_file){ v->file, v->bytes };
		}
}

/* Two files, and one for each table. */
static int put_files(struct arena *a, const struct know *k,
	struct zip_file *files, struct err *e)
{
	struct buf page = buf_in(a, KNOW_FILE_MAX);
	struct buf json = buf_in(a, KNOW_FILE_MAX);
	struct zip_file *next = &files[2 + k->tables.n];

	know_put_index(&page, k);
	know_put_json(&json, k);
	if (finish(&page, STR("index.html"), &files[0], e) ||
		finish(&json, STR("data.json"), &files[1], e))
		return -1;
	for (size_t i = 0; i < k->tables.n; i++) {
		const struct know_table *t = &k->tables.at[i];
		struct buf csv = buf_in(a, KNOW_FILE_MAX);

		know_put_csv(&csv, t);
		if (finish(&csv,
			    arena_fmt(a, "tables/%.*s.csv", STR_ARG(t->file)),
			    &files[2 + i], e))
			return -1;
		put_values(t, &next);
	}
	return 0;
}

int know_package(struct arena *a, const struct know *k, str *zip,
	struct know_hits *hits, struct err *e)
{
	size_t n = 2 + k->tables.n + k->files;
	struct zip_file *files = arena_many(a, struct zip_file, n);

	*zip = STR("");
	hits->n = 0;
	if (k->cut)
		return err_set(e, ERR_INVALID,
			"%zu values of the package are not whole", k->cut);
	if (put_files(a, k, files, e) || know_zip_put(a, files, n, zip, e) ||
		know_scan(a, k, *zip, hits, e))
		return -1;
	if (hits->n)
		*zip = STR("");
	return 0;
}
