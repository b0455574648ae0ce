/*
 * Any bytes as a package that is read back, in pieces of any size: told well, or refused;
 * and any bytes put into one come back as they were.
 */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "know/zip.h"

enum { ARENA_MAX = 256 << 20, BYTES_MAX = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct told {
	bool is_open;
	struct buf bytes;
	size_t files;
};

static int begin(void *ctx, str name, struct err *e)
{
	struct told *t = ctx;

	(void)e;
	must(!t->is_open && name.n);
	t->is_open = true;
	return 0;
}

static int put(void *ctx, str bytes, struct err *e)
{
	struct told *t = ctx;

	must(t->is_open && bytes.n);
	buf_put(&t->bytes, bytes);
	return buf_ok(&t->bytes) ? 0 : err_set(e, ERR_LIMIT, "enough");
}

static int end(void *ctx, struct err *e)
{
	struct told *t = ctx;

	(void)e;
	must(t->is_open);
	t->is_open = false;
	t->files++;
	return 0;
}

static int read_all(struct arena *a, struct told *t, str bytes, size_t step)
{
	struct zip_told to = { begin, put, end, t };
	struct zip_in *z = zip_in_new(a, &to);
	struct err e = { 0 };

	*t = (struct told){ .bytes = buf_in(a, BYTES_MAX) };
	for (; bytes.n; bytes = str_from(bytes, step))
		if (zip_in_put(z, str_head(bytes, step), &e))
			return -1;
	return zip_in_end(z, &e);
}

static int keep(void *ctx, str bytes, struct err *e)
{
	(void)e;
	buf_put(ctx, bytes);
	return 0;
}

static void there_and_back(struct arena *a, str bytes, size_t step)
{
	struct buf b = buf_in(a, BYTES_MAX);
	struct zip_sink to = { keep, &b };
	struct zip_out *z = zip_out_new(a, &to, (struct date){ 2026, 11, 22 });
	struct err e = { 0 };
	struct told t;

	must(!zip_out_begin(z, STR("a"), &e) && !zip_out_put(z, bytes, &e) &&
		!zip_out_end(z, &e) && !zip_out_begin(z, STR("b"), &e) &&
		!zip_out_end(z, &e) && !zip_out_finish(z, &e));
	must(!read_all(a, &t, buf_str(&b), step));
	must(t.files == 2 && str_eq(buf_str(&t.bytes), bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(ARENA_MAX);
	str rest = { (const char *)data, n };
	size_t step = n ? data[0] + 1u : 1;
	struct told t;

	rest = str_from(rest, 1);
	(void)read_all(a, &t, rest, step);
	there_and_back(a, rest, step);
	arena_free(a);
	return 0;
}
