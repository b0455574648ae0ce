/*
 * Chunks of whole rows.  The bytes behind the last whole row wait in `tail` for
 * the next chunk, which starts with them.
 */
#include "scrub/feed.h"

#include <string.h>

#include "base/base.h"
#include "scrub/scan.h"

void feed_init(struct feed *f, struct arena *a, struct source *s,
	enum cpu_path cpu, size_t chunk)
{
	feed_init_on(f, arena_alloc(a, feed_tail_size(chunk)), s, cpu, chunk);
}

void feed_init_on(struct feed *f, char *tail, struct source *s,
	enum cpu_path cpu, size_t chunk)
{
	*f = (struct feed){
		.source = s, .cpu = cpu, .chunk = chunk, .tail = tail
	};
	pthread_mutex_init(&f->lock, NULL);
}

static bool has_wide_bom(const char *p, size_t n)
{
	return n >= 2 &&
	       (!memcmp(p, "\xff\xfe", 2) || !memcmp(p, "\xfe\xff", 2));
}

static size_t bom_size(const char *p, size_t n)
{
	return n >= 3 && !memcmp(p, "\xef\xbb\xbf", 3) ? 3 : 0;
}

/* The end of the first row, behind its line end; n when there is none. */
static size_t first_row_end(const char *p, size_t n)
{
	bool is_quoted = false;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '"')
			is_quoted = !is_quoted;
		if (p[i] == '\n' && !is_quoted)
			return i + 1;
	}
	return n;
}

static int check_header(str header, struct err *e)
{
	if (str_has(header, '\r')) {
		err_set(e, ERR_INVALID, "line 1: line ends are CR alone");
		return err_hint(e, "convert them: tr '\\r' '\\n'");
	}
	if (str_has(header, '\0'))
		return err_set(e, ERR_INVALID, "line 1: a NUL byte");
	if (!str_trim(header).n)
		return err_set(e, ERR_INVALID, "line 1: no header");
	return 0;
}

int feed_header(struct feed *f, str *header, str *whole, struct err *e)
{
	int64_t n = source_read(f->source, f->tail, f->chunk, e);
	size_t bom;
	str row;

	if (n < 0)
		return -1;
	f->held = (size_t)n;
	f->is_end = f->held < f->chunk;
	if (has_wide_bom(f->tail, f->held)) {
		err_set(e, ERR_INVALID, "the file is UTF-16");
		return err_hint(e, "convert it: iconv -f UTF-16 -t UTF-8");
	}
	if (!f->held)
		return err_set(e, ERR_INVALID, "the file is empty");
	bom = bom_size(f->tail, f->held);
	*whole = (str){ f->tail, first_row_end(f->tail, f->held) };
	row = str_from(*whole, bom);
	if (row.n && row.p[row.n - 1] == '\n')
		row.n--;
	if (row.n && row.p[row.n - 1] == '\r')
		row.n--;
	*header = row;
	if (whole->n == f->chunk)
		return err_set(e, ERR_LIMIT,
			"line 1: a header of more than %zu "
			"bytes",
			f->chunk);
	return check_header(row, e);
}

void feed_skip(struct feed *f, size_t n)
{
	must(n <= f->held);
	f->held -= n;
	memmove(f->tail, f->tail + n, f->held);
}

static size_t last_row(const struct feed *f, const char *p, size_t n)
{
	if (!f->is_lines)
		return scan_last_row(f->cpu, p, n);
	while (n > 0 && p[n - 1] != '\n')
		n--;
	return n;
}

/* Reads on until there is a whole row, the end, or no hope. */
static int64_t fill(struct feed *f, struct chunk *c, struct err *e)
{
	size_t rows = 0;

	memcpy(c->p, f->tail, f->held);
	c->n = f->held;
	while (!f->is_end && !rows) {
		int64_t got;

		if (c->n > FEED_ROW_CHUNKS * f->chunk)
			return err_set(e, ERR_LIMIT,
				"a row of more than %zu bytes, or a quote that "
				"never closes",
				FEED_ROW_CHUNKS * f->chunk);
		got = source_read(f->source, c->p + c->n, f->chunk, e);
		if (got < 0)
			return -1;
		c->n += (size_t)got;
		f->is_end = (size_t)got < f->chunk;
		memset(c->p + c->n, 0, SCAN_PAD);
		rows = last_row(f, c->p, c->n);
	}
	return (int64_t)(f->is_end ? c->n : rows);
}

static int take(struct feed *f, struct chunk *c, struct err *e)
{
	int64_t rows;

	if (f->is_end && !f->held)
		return 0;
	c->seq = f->seq++;
	rows = fill(f, c, e);
	if (rows < 0) {
		f->is_end = true;
		f->held = 0;
		return -1;
	}
	f->held = c->n - (size_t)rows;
	memcpy(f->tail, c->p + rows, f->held);
	c->n = (size_t)rows;
	if (!c->n)
		return 0;
	c->is_line_end_ours = c->p[c->n - 1] != '\n';
	if (c->is_line_end_ours)
		c->p[c->n++] = '\n';
	memset(c->p + c->n, 0, SCAN_PAD);
	return 1;
}

int feed_take(struct feed *f, struct chunk *out, struct err *e)
{
	int rc;

	pthread_mutex_lock(&f->lock);
	rc = take(f, out, e);
	pthread_mutex_unlock(&f->lock);
	return rc;
}
