/*
 * The library's post processor tells a part in pieces: offset 0 starts a new
 * one, the others go on with it.  Pieces are joined in the request's arena; what
 * all parts can hold together is bounded by the body.
 */
#include "http/multipart.h"

#include <string.h>

#include "base/buf.h"

enum { READER_SIZE = 4096 };

struct reading {
	struct http_request *q;
	size_t parts_max;
	size_t parts;
	bool takes_files;
	bool is_file;
	struct buf value; /* of the part being read */
	size_t value_max;
	struct err *e;
};

/* The part that was being read is complete: its value replaces the empty one. */
static void close_part(struct reading *r)
{
	struct http_request *q = r->q;

	if (!r->parts)
		return;
	if (!r->is_file)
		q->form.at[q->form.n - 1].value = buf_str(&r->value);
	else if (r->value.n || q->files.at[q->files.n - 1].name.n)
		q->files.at[q->files.n - 1].bytes = buf_str(&r->value);
	else
		q->files.n--;
}

static int open_part(struct reading *r, const char *name, const char *file_name,
	const char *type)
{
	struct http_request *q = r->q;
	struct arena *a = q->arena;

	close_part(r);
	if (r->parts++ == r->parts_max)
		return err_set(
			r->e, ERR_LIMIT, "more than %zu fields", r->parts_max);
	if (file_name && !r->takes_files)
		return err_set(r->e, ERR_USAGE, "no file is taken here");
	if (!str_is_text(str_of(name)) || !str_is_text(str_of(file_name)))
		return err_set(r->e, ERR_USAGE, "a field is not valid text");
	r->is_file = file_name != NULL;
	r->value = buf_in(a, r->value_max);
	if (r->is_file)
		q->files.at[q->files.n++] = (struct http_file){
			.field = arena_dup(a, str_of(name)),
			.name = arena_dup(a, str_of(file_name)),
			.type = arena_dup(a, str_of(type)),
		};
	else
		q->form.at[q->form.n++].name = arena_dup(a, str_of(name));
	return 0;
}

static enum MHD_Result take(void *ctx, enum MHD_ValueKind kind, const char *key,
	const char *file_name, const char *type, const char *encoding,
	const char *data, uint64_t offset, size_t n)
{
	struct reading *r = ctx;

	(void)kind;
	(void)encoding;
	if (!key)
		key = "";
	if (!offset && open_part(r, key, file_name, type))
		return MHD_NO;
	if (n)
		buf_put(&r->value, (str){ data, n });
	return MHD_YES;
}

static int check_text(const struct http_request *q, struct err *e)
{
	for (size_t i = 0; i < q->form.n; i++)
		if (!str_is_text(q->form.at[i].value))
			return err_set(
				e, ERR_USAGE, "a field is not valid text");
	return 0;
}

int http_multipart_read(struct http_request *q, struct MHD_Connection *c,
	str body, size_t fields_max, bool takes_files, struct err *e)
{
	struct reading r = { .q = q,
		.parts_max = fields_max,
		.takes_files = takes_files,
		.value_max = body.n,
		.e = e };
	struct MHD_PostProcessor *pp;
	enum MHD_Result is_read, is_closed;

	e->code = ERR_NONE;
	q->form.at = arena_many(q->arena, struct http_pair, fields_max + 1);
	q->files.at = arena_many(q->arena, struct http_file, fields_max + 1);
	pp = MHD_create_post_processor(c, READER_SIZE, take, &r);
	if (!pp)
		return err_set(e, ERR_USAGE, "the form is not well formed");
	is_read = MHD_post_process(pp, body.p, body.n);
	is_closed = MHD_destroy_post_processor(pp);
	if (e->code)
		return -1;
	if (is_read != MHD_YES || is_closed != MHD_YES)
		return err_set(e, ERR_USAGE, "the form is not well formed");
	close_part(&r);
	return check_text(q, e);
}
