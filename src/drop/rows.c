/* A list's lines, in a window of fixed size. */
#include "drop/rows.h"

#include <inttypes.h>
#include <string.h>

#include "drop/limit.h"
#include "ident/ident.h"

enum {
	WINDOW = 65536,
	LINE_MAX_BYTES = 128, /* far more than any row has */
};

struct reading {
	const struct drop_rows *rows;
	char window[WINDOW];
	size_t at, end;
	bool is_over;
	int64_t line;
	struct err *e;
};

static int bad(struct reading *r, const char *why)
{
	return err_set(
		r->e, ERR_INVALID, "line %" PRId64 " is %s", r->line, why);
}

/* What is left goes to the front, and more behind it. */
static int fill(struct reading *r)
{
	ptrdiff_t n;

	memmove(r->window, r->window + r->at, r->end - r->at);
	r->end -= r->at;
	r->at = 0;
	while (r->end < WINDOW && !r->is_over) {
		n = r->rows->read(r->rows->read_ctx, r->window + r->end,
			WINDOW - r->end, r->e);
		if (n < 0)
			return -1;
		r->is_over = n == 0;
		r->end += (size_t)n;
	}
	return 0;
}

static str without_cr(const char *p, size_t n)
{
	return (str){ p, n > 0 && p[n - 1] == '\r' ? n - 1 : n };
}

/* 1 a line, 0 the end. */
static int next_line(struct reading *r, str *out)
{
	const char *p, *lf;
	size_t n;

	if (r->end - r->at <= LINE_MAX_BYTES && !r->is_over && fill(r))
		return -1;
	p = r->window + r->at;
	n = r->end - r->at;
	r->line++;
	if (!n)
		return 0;
	lf = memchr(p, '\n', n < LINE_MAX_BYTES ? n : LINE_MAX_BYTES);
	if (!lf && n > LINE_MAX_BYTES)
		return bad(r, "longer than a row can be");
	r->at += lf ? (size_t)(lf - p) + 1 : n;
	*out = lf ? without_cr(p, (size_t)(lf - p)) : (str){ p, n };
	return 1;
}

static int read_header(struct reading *r)
{
	bool is_removed = r->rows->is_removed;
	str wanted = is_removed ? STR("ID,Hash,ListType") : STR("ID,Hash");
	str line;
	int rc = next_line(r, &line);

	if (rc < 0)
		return -1;
	if (rc && str_starts(line, STR("\xef\xbb\xbf")))
		line = str_from(line, 3);
	if (rc && str_eq(line, wanted))
		return 0;
	return bad(r, is_removed ? "not the header \"ID,Hash,ListType\""
				 : "not the header \"ID,Hash\"");
}

static int read_row(struct reading *r, str line, struct drop_item *item)
{
	str id, rest, hash, type = { 0 };
	enum drop_list list = r->rows->list;

	if (!str_cut(line, ',', &id, &rest) || !drop_id_read(id, item->id))
		return bad(r, "not an ID of 12 letters and digits, a comma, "
			      "and a hash");
	if (!str_cut(rest, ',', &hash, &type) == r->rows->is_removed)
		return bad(r, r->rows->is_removed
				      ? "without the list it belongs to"
				      : "longer than an ID and a hash");
	if (hash.n != DROP_HASH_CHARS || !ident_hash_read(hash, item->digest))
		return bad(r, "without a hash of 44 characters of Base64");
	if (r->rows->is_removed && !drop_list_read(type, &list))
		return bad(r, "of a list that the specification does not have");
	item->list = (uint8_t)list;
	return 0;
}

static int tell(struct reading *r, const struct drop_item *item)
{
	if (!r->rows->fn ||
		!r->rows->fn(r->rows->ctx, item, r->rows->is_removed, r->e))
		return 0;
	return err_context(r->e, "line %" PRId64, r->line);
}

int drop_rows_read(const struct drop_rows *rows, int64_t *items, struct err *e)
{
	struct reading r = { .rows = rows, .e = e };
	struct drop_item item;
	str line;
	int rc;

	*items = 0;
	if (read_header(&r))
		return -1;
	while ((rc = next_line(&r, &line)) > 0) {
		if (read_row(&r, line, &item) || tell(&r, &item))
			return -1;
		if (++*items > LIMIT_DROP_ITEMS)
			return err_set(e, ERR_LIMIT, "more than %d work items",
				LIMIT_DROP_ITEMS);
	}
	return rc;
}
