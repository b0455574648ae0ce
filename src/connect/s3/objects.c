/*
 * The place that is a bucket.  An object is read into a temporary file that has
 * no name, since rows are looked at twice before one is written; what is written
 * waits in another until all is, and is then put in its place on the condition
 * that the object is still the one that was read.  So nobody's write is lost, and
 * no lock is needed.
 *
 * Objects that are replaced are open files here.  Past OPEN_MAX of them those that
 * are finished go out: several objects are no transaction anyway.
 *
 * _GNU_SOURCE is for mkostemp(3): no program that is started has the file open.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "connect/s3/s3.h"

enum { OPEN_MAX = 200, REQUEST_ARENA_MAX = 256 << 20 };

static const struct s3_conn *s3_own(const struct files_conn *c)
{
	return (const struct s3_conn *)c;
}

/* --- names --- */

bool s3_name_matches(struct arena *a, str pattern, str name)
{
	bool more = true, more_name = true;
	str part, one;

	if (!name.n || str_ends(name, STR("/")) || str_has(name, '\0'))
		return false;
	while (more && more_name) {
		more = str_cut(pattern, '/', &part, &pattern);
		more_name = str_cut(name, '/', &one, &name);
		if (fnmatch(arena_cstr(a, part), arena_cstr(a, one),
			    FNM_PERIOD))
			return false;
	}
	return more == more_name;
}

/* What all names begin with that the pattern can match. */
static str plain_start(str pattern)
{
	size_t n = 0;

	while (n < pattern.n && !strchr("*?[\\", pattern.p[n]))
		n++;
	return str_head(pattern, n);
}

struct walker {
	const struct s3_conn *conn;
	struct arena *arena;
	str table;
	struct walk_files *out;
	size_t cap;
};

static int take(struct walker *w, str name, struct err *e)
{
	struct walk_files *f = w->out;

	if (f->n == WALK_FILES_MAX)
		return err_set(e, ERR_LIMIT,
			"table \"%.*s\": more than %d objects",
			STR_ARG(w->table), (int)WALK_FILES_MAX);
	if (f->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 64;
		const char **at = arena_many(w->arena, const char *, cap);

		if (f->n)
			memcpy(at, f->at, f->n * sizeof *at);
		f->at = at;
		w->cap = cap;
	}
	f->at[f->n++] = arena_cstr(w->arena, name);
	return 0;
}

static int take_page(
	void *ctx, struct arena *a, const struct s3_listing *l, struct err *e)
{
	struct walker *w = ctx;
	str prefix = w->conn->at.prefix;

	for (size_t i = 0; i < l->n; i++) {
		if (!str_starts(l->keys[i], prefix) ||
			!s3_name_matches(
				a, w->table, str_from(l->keys[i], prefix.n)))
			continue;
		if (take(w, str_from(l->keys[i], prefix.n), e) < 0)
			return -1;
	}
	return 0;
}

/* A page of names: 0, 1 it is enough, -1. */
typedef int page_fn(
	void *ctx, struct arena *a, const struct s3_listing *l, struct err *e);

/* The names that begin so, page by page; what fn says at its end. */
static int each_page(const struct s3_conn *c, str start, page_fn *fn, void *ctx,
	struct err *e)
{
	struct arena *kept = arena_new(REQUEST_ARENA_MAX);
	struct s3_ask_list q = { .max = c->store.page };
	int rc;

	q.prefix = arena_fmt(
		kept, "%.*s%.*s", STR_ARG(c->at.prefix), STR_ARG(start));
	do {
		struct arena *a = arena_new(REQUEST_ARENA_MAX);
		struct s3_listing l = { 0 };

		rc = s3_list(&c->store, a, &q, &l, e);
		if (!rc)
			rc = fn(ctx, a, &l, e);
		q.from = arena_dup(kept, l.next);
		arena_free(a);
	} while (!rc && q.from.n);
	arena_free(kept);
	return rc;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int s3_walk(struct files_conn *c, struct arena *a, str table,
	struct walk_files *out, struct err *e)
{
	struct walker w = { s3_own(c), a, table, out, 0 };
	const char *fault = walk_fault(table);

	*out = (struct walk_files){ 0 };
	if (fault)
		return err_set(e, ERR_INVALID, "table \"%.*s\": the name %s",
			STR_ARG(table), fault);
	if (each_page(w.conn, plain_start(table), take_page, &w, e) < 0)
		return -1;
	if (!out->n) {
		err_set(e, ERR_INVALID, "table \"%.*s\": no such object",
			STR_ARG(table));
		return err_hint(e, "compare the data map with the bucket");
	}
	qsort(out->at, out->n, sizeof *out->at, by_bytes);
	return 0;
}

/* All of them, for who does not know what is there. */
struct naming {
	const struct s3_conn *conn;
	file_name_fn *fn;
	void *ctx;
};

/* What a pattern would not match either, and the folders that some programs make
 * of empty objects. */
static bool is_passed_over(str name)
{
	return name.p[0] == '.' || str_find(name, STR("/.")) >= 0 ||
	       str_ends(name, STR("/"));
}

static int tell_page(
	void *ctx, struct arena *a, const struct s3_listing *l, struct err *e)
{
	const struct naming *n = ctx;
	str prefix = n->conn->at.prefix;
	int rc = 0;

	(void)a;
	for (size_t i = 0; i < l->n && !rc; i++) {
		str name = str_starts(l->keys[i], prefix)
				   ? str_from(l->keys[i], prefix.n)
				   : (str){ 0 };

		if (name.n && !is_passed_over(name))
			rc = n->fn(n->ctx, name, e);
	}
	return rc;
}

static int s3_names(
	struct files_conn *c, file_name_fn *fn, void *ctx, struct err *e)
{
	struct naming n = { s3_own(c), fn, ctx };

	return each_page(n.conn, (str){ 0 }, tell_page, &n, e) < 0 ? -1 : 0;
}

/* --- content --- */

/* A file without a name: it is gone with its descriptor, whatever happens. */
static int spool(struct err *e)
{
	const char *dir = getenv("TMPDIR");
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/toyon.XXXXXX",
		dir && *dir ? dir : "/tmp");
	int fd;

	if (n < 0 || (size_t)n >= sizeof path)
		return err_set(e, ERR_INVALID, "TMPDIR is too long");
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "make a temporary file");
	unlink(path);
	return fd;
}

static str name_in(const struct s3_conn *c, struct arena *a, const char *path)
{
	return arena_fmt(a, "%.*s%s", STR_ARG(c->at.prefix), path);
}

/* The object as an open file, from its start. */
static int fetch(const struct s3_conn *c, struct arena *a, const char *path,
	struct s3_to *to, struct err *e)
{
	to->fd = spool(e);
	if (to->fd < 0)
		return -1;
	if (!s3_get(&c->store, a, name_in(c, a, path), to, e)) {
		if (lseek(to->fd, 0, SEEK_SET) == 0)
			return to->fd;
		err_errno(e, "read a temporary file");
	}
	close(to->fd);
	return -1;
}

static int s3_open_object(struct files_conn *c, const char *path,
	struct file_part *part, struct err *e)
{
	struct arena *a = arena_new(REQUEST_ARENA_MAX);
	struct s3_to to = { .enough = part ? part->enough : 0 };
	int fd = fetch(s3_own(c), a, path, &to, e);

	if (part)
		part->is_cut = to.is_cut;

	/* It was listed a moment ago. */
	if (fd < 0 && e->code == ERR_INVALID)
		e->code = ERR_UNAVAILABLE;
	arena_free(a);
	return fd;
}

/* --- replacing --- */

/* Which object was read. */
struct version {
	const char *path;
	str etag;
	struct version *next;
};

static int s3_begin(struct files_conn *c, struct arena *a, struct rewrite *out,
	struct err *e)
{
	(void)e;
	*out = (struct rewrite){
		.arena = a, .folder = -1, .lock = -1, .conn = c
	};
	return 0;
}

static void s3_end(struct rewrite *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->at[i]->fd >= 0)
			close(w->at[i]->fd);
		w->at[i]->fd = -1;
	}
	w->n = 0;
}

static int s3_reopen(
	struct rewrite *w, const char *path, struct stat *old, struct err *e)
{
	struct version *v = arena_one(w->arena, struct version);
	struct s3_to to = { 0 };
	int fd;

	for (size_t i = 0; i < w->n; i++)
		if (!strcmp(w->at[i]->path, path)) {
			err_set(e, ERR_INVALID,
				"\"%s\" belongs to two tables of the data "
				"map",
				path);
			return err_hint(e, "give each object to one table");
		}
	fd = fetch(s3_own(w->conn), w->arena, path, &to, e);
	if (fd < 0)
		return -1;
	v->etag = to.etag;
	memset(old, 0, sizeof *old);
	v->path = arena_cstr(w->arena, str_of(path));
	v->next = w->own;
	w->own = v;
	return fd;
}

static str version_of(const struct rewrite *w, const char *path)
{
	const struct version *v = w->own;

	while (v && strcmp(v->path, path))
		v = v->next;
	must(v); /* only what was read is replaced */
	return v->etag;
}

static bool is_ready(const struct staged *s)
{
	return s->fd >= 0 && !s->out;
}

static int check_ready(struct rewrite *w, struct err *e)
{
	const struct s3_conn *c = s3_own(w->conn);

	for (size_t i = 0; i < w->n; i++) {
		const struct staged *s = w->at[i];

		if (is_ready(s) && s->version.n &&
			s3_check(&c->store, w->arena,
				name_in(c, w->arena, s->path), s->version,
				e) < 0)
			return -1;
	}
	return 0;
}

static int put_in_place(struct rewrite *w, struct staged *s, struct err *e)
{
	const struct s3_conn *c = s3_own(w->conn);

	if (s3_put(&c->store, w->arena, name_in(c, w->arena, s->path), s->fd,
		    s->version, e) < 0)
		return -1;
	close(s->fd);
	s->fd = -1;
	return 0;
}

static int s3_commit(struct rewrite *w, struct err *e)
{
	size_t sent = 0;

	if (check_ready(w, e) < 0)
		return -1;
	for (size_t i = 0; i < w->n; i++) {
		if (!is_ready(w->at[i])) {
			sent += w->at[i]->fd < 0;
			continue;
		}
		if (put_in_place(w, w->at[i], e) < 0) {
			if (sent)
				err_hint(e,
					"%zu of %zu objects were replaced "
					"before; run again",
					sent, w->n);
			return -1;
		}
		sent++;
	}
	return 0;
}

static int make_room(struct rewrite *w, struct err *e)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += is_ready(w->at[i]);
	return n < OPEN_MAX ? 0 : s3_commit(w, e);
}

static int s3_stage(struct rewrite *w, struct arena *a, const char *path,
	int from, const struct stat *old, struct staged **out, struct err *e)
{
	struct staged *s = arena_one(w->arena, struct staged);

	if (make_room(w, e) < 0)
		return -1;
	*s = (struct staged){ .path = arena_cstr(w->arena, str_of(path)),
		.is_new = !old };
	if (old)
		s->version = version_of(w, path);
	s->fd = spool(e);
	if (s->fd < 0)
		return -1;
	rewrite_add(w, s);
	s->out = packer_open(a, s->fd,
		from < 0 ? packing_of_name(str_of(path))
			 : packing_of_file(from));
	*out = s;
	return 0;
}

static int s3_finish(struct staged *s, struct err *e)
{
	int rc = packer_end(s->out, e);

	s->out = NULL;
	return rc;
}

const struct file_place file_place_s3 = {
	.walk = s3_walk,
	.list = s3_names,
	.open = s3_open_object,
	.begin = s3_begin,
	.end = s3_end,
	.reopen = s3_reopen,
	.stage = s3_stage,
	.finish = s3_finish,
	.commit = s3_commit,
};
