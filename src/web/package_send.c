#include "web/package_send.h"

#include <string.h>

#include "base/base.h"

enum { PART_ARENA = 32 << 20 };

struct sending {
	struct desks *desks;
	struct package_zip zip;
	struct arena *arena; /* of the part at hand */
	size_t next;
	str left; /* of it */
};

static void free_arena(void *a)
{
	arena_free(a);
}

static int next_part(struct sending *s)
{
	struct err e = { 0 };
	struct desk d;
	int rc;

	arena_clear(s->arena);
	if (s->next == s->zip.parts || desks_take(s->desks, s->arena, &d, &e))
		return -1;
	rc = package_zip_part(&d, &s->zip, s->next++, &s->left, &e);
	desks_give(s->desks, &d);
	return rc;
}

static ptrdiff_t read_some(void *ctx, char *to, size_t max)
{
	struct sending *s = ctx;
	size_t n;

	if (!s->left.n && next_part(s))
		return -1;
	n = s->left.n < max ? s->left.n : max;
	memcpy(to, s->left.p, n);
	s->left = str_from(s->left, n);
	return (ptrdiff_t)n;
}

void web_package_send(const struct web *w, struct http_request *q,
	struct http_response *r, const struct package_zip *zip, str reference)
{
	struct sending *s = arena_one(q->arena, struct sending);

	*s = (struct sending){
		.desks = w->desks, .zip = *zip, .arena = arena_new(PART_ARENA)
	};
	arena_defer(q->arena, free_arena, s->arena);
	/* A row of the database: it is gone with the handler. */
	s->zip.run = arena_dup(q->arena, zip->run);
	http_download(r, "application/zip",
		arena_fmt(q->arena, "my-information-%.*s.zip",
			STR_ARG(reference)));
	r->stream = (struct http_stream){ zip->bytes, read_some, s };
}
