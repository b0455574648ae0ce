/*
 * Any bytes as a list's rows, given in pieces of any size.  However they are
 * cut, the same items come out; what is read, written again, is the same text
 * but for its line ends and its byte order mark.
 */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "drop/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct source {
	str rest;
	size_t piece; /* at most so many bytes at a time */
};

static ptrdiff_t give(void *ctx, char *to, size_t n, struct err *e)
{
	struct source *s = ctx;
	size_t now = n < s->piece ? n : s->piece;

	(void)e;
	now = now < s->rest.n ? now : s->rest.n;
	if (now)
		memcpy(to, s->rest.p, now);
	s->rest = str_from(s->rest, now);
	return (ptrdiff_t)now;
}

static int write_again(
	void *ctx, const struct drop_item *item, bool is_removed, struct err *e)
{
	struct buf *b = ctx;
	str hash = base64_of(b->arena, item->digest, sizeof item->digest);

	(void)e;
	buf_put(b, (str){ item->id, DROP_ID_SIZE });
	buf_fmt(b, ",%.*s", STR_ARG(hash));
	if (is_removed)
		buf_fmt(b, ",%s", drop_list_name((enum drop_list)item->list));
	buf_putc(b, '\n');
	return 0;
}

static int read_it(struct buf *b, str text, size_t piece, bool is_removed)
{
	struct source s = { text, piece };
	struct drop_rows rows = { .read = give,
		.read_ctx = &s,
		.is_removed = is_removed,
		.list = DROP_CTVID,
		.fn = write_again,
		.ctx = b };
	struct err e = { 0 };
	int64_t items;
	int rc;

	buf_puts(b, is_removed ? "ID,Hash,ListType\n" : "ID,Hash\n");
	rc = drop_rows_read(&rows, &items, &e);
	must(!rc || ((e.code == ERR_INVALID) && e.message[0]));
	return rc;
}

static void plain(struct buf *b, str text)
{
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_from(text, 3);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '\r')
			buf_putc(b, text.p[i]);
	}
	if (b->n && b->p[b->n - 1] != '\n')
		buf_putc(b, '\n');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(256 << 20);
	bool is_removed = size > 0 && data[0] & 1;
	str text = str_from((str){ (const char *)data, size }, 1);
	struct buf whole = buf_in(a, 16 << 20), cut = buf_in(a, 16 << 20);
	struct buf same = buf_in(a, 16 << 20);
	int rc = read_it(&whole, text, 1 << 20, is_removed);

	must(rc == read_it(&cut, text, 1 + size % 7, is_removed));
	must(str_eq(buf_str(&whole), buf_str(&cut)));
	plain(&same, text);
	must(rc || str_eq(buf_str(&whole), buf_str(&same)));
	arena_free(a);
	return 0;
}
