/*
 * What must stay true: a kept answer carries exactly the headers that one made
 * anew would, and no byte of a body outlives its sending.  A header is changed
 * only between answers_wipe() and the queueing, when no connection reads it: the
 * library tells of the end of a request before it drops its hold on the answer,
 * but looks at nothing of it after that.
 */
#include "http/answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum {
	KEPT = 4,
	KEPT_BODY_MAX = 1024,
	KEPT_FIELDS = 4, /* of its own, the id included */
	NAME_SIZE = 32,
	VALUE_SIZE = 96,
	STREAM_BLOCK = 1 << 16,
};

/* A header whose value differs from answer to answer. */
struct field {
	char name[NAME_SIZE]; /* empty: none */
	char value[VALUE_SIZE];
};

struct kept {
	struct MHD_Response *answer; /* NULL: a free place */
	const char *csp;             /* a literal */
	bool is_https;
	char type[VALUE_SIZE];
	char cache[VALUE_SIZE];
	size_t body_n;
	struct field field[KEPT_FIELDS];
	char body[KEPT_BODY_MAX];
};

struct answers {
	struct kept at[KEPT];
	struct kept *used; /* its body is to be wiped */
	size_t next;       /* to make room for another shape */
};

struct answers *answers_new(void)
{
	struct answers *s = calloc(1, sizeof *s);

	must(s);
	return s;
}

static void drop(struct kept *k)
{
	if (k->answer)
		MHD_destroy_response(k->answer);
	memset(k, 0, sizeof *k);
}

void answers_free(struct answers *s)
{
	for (size_t i = 0; i < KEPT; i++)
		drop(&s->at[i]);
	free(s);
}

void answers_wipe(struct answers *s)
{
	if (s->used)
		memset(s->used->body, 0, s->used->body_n);
	s->used = NULL;
}

/* Every answer carries these. */
static const char *const always[][2] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};

/* What only a document can do, and data can't: open windows, use the camera, link
 * elsewhere.  A vendor's link must not travel on in a referrer. */
static const char *const document[][2] = {
	{ "Referrer-Policy", "no-referrer" },
	{ "Permissions-Policy",
		"camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
};

/* JSON, a line of it each, or a problem in JSON: for programs. */
static bool is_data(const char *type)
{
	return !strncmp(type, "application/", 12) && strstr(type, "json");
}

/* What is the same for all answers of a shape. */
static void add_shape(struct MHD_Response *to, const struct http_response *r,
	const char *csp, bool has_body)
{
	for (size_t i = 0; i < COUNTOF(always); i++)
		MHD_add_response_header(to, always[i][0], always[i][1]);
	for (size_t i = 0; i < COUNTOF(document) && !is_data(r->type); i++)
		MHD_add_response_header(to, document[i][0], document[i][1]);
	MHD_add_response_header(to, "Content-Security-Policy", csp);
	MHD_add_response_header(to, "Cache-Control", r->cache);
	if (r->is_https)
		MHD_add_response_header(
			to, "Strict-Transport-Security", "max-age=31536000");
	if (has_body)
		MHD_add_response_header(to, "Content-Type", r->type);
}

static struct MHD_Response *respond_with(const char *body, size_t n)
{
	void *bytes;

	/* The library's type for it is not const; it only reads. */
	memcpy(&bytes, &body, sizeof bytes);
	return MHD_create_response_from_buffer(
		n, bytes, MHD_RESPMEM_PERSISTENT);
}

static str body_of(const struct http_response *r)
{
	return r->fixed.p ? r->fixed : buf_str(&r->body);
}

static ssize_t read_stream(void *ctx, uint64_t at, char *to, size_t max)
{
	const struct http_stream *s = ctx;
	ptrdiff_t n = s->read(s->ctx, to, max);

	(void)at;
	return n < 0 ? MHD_CONTENT_READER_END_WITH_ERROR : n;
}

static struct MHD_Response *respond_stream(const struct http_stream *s)
{
	/* The library's type for it is not const; it only hands it back. */
	void *ctx = (void *)(uintptr_t)s;

	return MHD_create_response_from_callback(
		(uint64_t)s->size, STREAM_BLOCK, read_stream, ctx, NULL);
}

/* --- made for once --- */

static void add(
	struct MHD_Response *to, struct arena *a, const char *name, str value)
{
	MHD_add_response_header(to, name, arena_cstr(a, value));
}

static struct MHD_Response *make_once(const struct answer *a)
{
	const struct http_response *r = a->response;
	str body = body_of(r);
	struct MHD_Response *out = r->stream.read
					   ? respond_stream(&r->stream)
					   : respond_with(body.p, body.n);

	if (!out)
		return NULL;
	add_shape(out, r, a->csp, body.n > 0 || r->stream.read);
	add(out, r->arena, "X-Request-Id", a->id);
	for (size_t i = 0; i < r->headers_n; i++)
		add(out, r->arena, arena_cstr(r->arena, r->headers[i].name),
			r->headers[i].value);
	for (size_t i = 0; i < r->cookies_n; i++)
		add(out, r->arena, "Set-Cookie", r->cookies[i]);
	if (a->is_last)
		MHD_add_response_header(out, "Connection", "close");
	return out;
}

/* --- kept --- */

static bool may_be_kept(const struct answer *a)
{
	const struct http_response *r = a->response;

	if (a->is_last || r->stream.read || r->cookies_n ||
		r->headers_n >= KEPT_FIELDS || !body_of(r).n ||
		body_of(r).n > KEPT_BODY_MAX || a->id.n >= VALUE_SIZE ||
		strlen(r->type) >= VALUE_SIZE || strlen(r->cache) >= VALUE_SIZE)
		return false;
	for (size_t i = 0; i < r->headers_n; i++)
		if (r->headers[i].name.n >= NAME_SIZE ||
			r->headers[i].value.n >= VALUE_SIZE)
			return false;
	return true;
}

static bool has_shape(const struct kept *k, const struct answer *a)
{
	const struct http_response *r = a->response;

	return k->answer && k->body_n == body_of(r).n && k->csp == a->csp &&
	       k->is_https == r->is_https && !strcmp(k->type, r->type) &&
	       !strcmp(k->cache, r->cache);
}

static bool is_text(const char *text, str s)
{
	return strlen(text) == s.n && !memcmp(text, s.p, s.n);
}

static void put_text(char *to, str s)
{
	if (s.n)
		memcpy(to, s.p, s.n);
	to[s.n] = '\0';
}

static struct kept *make_kept(struct answers *s, const struct answer *a)
{
	const struct http_response *r = a->response;
	struct kept *k = &s->at[s->next++ % KEPT];

	drop(k);
	k->answer = respond_with(k->body, body_of(r).n);
	if (!k->answer)
		return NULL;
	put_text(k->type, str_of(r->type));
	put_text(k->cache, str_of(r->cache));
	k->csp = a->csp;
	k->is_https = r->is_https;
	k->body_n = body_of(r).n;
	add_shape(k->answer, r, a->csp, true);
	return k;
}

static struct kept *find_kept(struct answers *s, const struct answer *a)
{
	for (size_t i = 0; i < KEPT; i++)
		if (has_shape(&s->at[i], a))
			return &s->at[i];
	return make_kept(s, a);
}

/* An empty name: this one is not needed any more. */
static void set_field(struct kept *k, size_t i, str name, str value)
{
	struct field *f = &k->field[i];

	if (is_text(f->name, name) && is_text(f->value, value))
		return;
	if (f->name[0])
		MHD_del_response_header(k->answer, f->name, f->value);
	put_text(f->name, name);
	put_text(f->value, value);
	if (name.n)
		MHD_add_response_header(k->answer, f->name, f->value);
}

static void fill(struct kept *k, const struct answer *a)
{
	const struct http_response *r = a->response;
	str body = body_of(r);

	set_field(k, 0, STR("X-Request-Id"), a->id);
	for (size_t i = 1; i < KEPT_FIELDS; i++) {
		bool is_used = i <= r->headers_n;

		set_field(k, i, is_used ? r->headers[i - 1].name : STR(""),
			is_used ? r->headers[i - 1].value : STR(""));
	}
	memcpy(k->body, body.p, body.n);
}

enum MHD_Result answers_send(
	struct answers *s, const struct answer *a, struct MHD_Connection *to)
{
	unsigned status = (unsigned)a->response->status;
	struct MHD_Response *once;
	enum MHD_Result sent;
	struct kept *k;

	must(!s->used);
	if (!may_be_kept(a)) {
		once = make_once(a);
		sent = once ? MHD_queue_response(to, status, once) : MHD_NO;
		if (once)
			MHD_destroy_response(once);
		return sent;
	}
	k = find_kept(s, a);
	if (!k)
		return MHD_NO;
	fill(k, a);
	s->used = k;
	return MHD_queue_response(to, status, k->answer);
}
