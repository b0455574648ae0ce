/*
 * Lines to digests to keys to the builder.  Threads take chunks of whole lines;
 * order does not matter here, so there is nothing to wait for.
 */
#include "scrub/list.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "ident/cell.h"
#include "index/builder.h"
#include "scrub/hash_cell.h"
#include "scrub/source.h"

enum {
	LIST_CHUNK = 1 << 18, /* with the blocks made of it, a cache's size */
	LIST_CHUNKS = 1024,   /* room for their counts at first */
	LIST_LINE_MAX = 4096,
	LIST_BATCH = 256,
	LIST_JOBS_MAX = 16,
	HEX_LINE = 2 * SHA256_SIZE,
};

/* A line by its chunk, until all are read and it can be numbered. */
struct mark {
	size_t chunk;
	uint64_t line; /* in there, from 1; 0: none */
};

/* How many lines each chunk of an input has. */
struct chunks {
	uint32_t *lines;
	size_t n;
	size_t max;
};

/* What the threads share. */
struct list {
	const struct list_opts *opts;
	enum ident_kind kind;      /* of the input that is read */
	struct list_report report; /* of that input */
	struct index_builder *builder;
	struct source *source;
	enum cpu_path cpu;
	pthread_mutex_t lock;
	bool is_end;
	bool is_failed;
	struct err err;
	struct arena *arena; /* of the input */
	struct chunks chunks;
	struct mark too_long;
	size_t held; /* of a line that the last chunk cut */
	char tail[LIST_LINE_MAX];
};

/* One thread: a chunk of lines, and digests on their way to keys. */
struct reader {
	struct list *list;
	size_t lane;
	pthread_t thread;
	bool is_started;
	cell_fn *way;
	bool may_be_hashed;
	char *p;
	size_t n;
	struct mark at; /* the line before the next one */
	size_t blocks;
	size_t digests;
	struct list_report tally; /* but for where */
	struct mark unreadable;
	uint8_t block[LIST_BATCH * SHA256_BLOCK];
	uint8_t digest[LIST_BATCH * SHA256_SIZE];
};

static uint64_t line_number(const struct chunks *c, struct mark m)
{
	uint64_t n = m.line;

	for (size_t i = 0; i < m.chunk; i++)
		n += c->lines[i];
	return n;
}

static size_t chunk_begin(struct chunks *c, struct arena *a)
{
	uint32_t *more;

	if (c->n == c->max) {
		c->max = c->max ? 2 * c->max : LIST_CHUNKS;
		more = arena_many(a, uint32_t, c->max);
		if (c->n)
			memcpy(more, c->lines, c->n * sizeof *more);
		c->lines = more;
	}
	return c->n++;
}

static void end_at_long_line(struct list *l, const struct reader *r)
{
	const char *p = r->p, *end = p + r->n;

	l->too_long = (struct mark){ r->at.chunk, 1 };
	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		l->too_long.line++;
		p++;
	}
	l->is_end = true;
}

/* Whole lines into r->p, the rest into tail; false at the end. */
static bool take_lines(struct list *l, struct reader *r)
{
	int64_t got;
	size_t cut;

	if (l->is_end)
		return false;
	memcpy(r->p, l->tail, l->held);
	got = source_read(l->source, r->p + l->held, LIST_CHUNK, &l->err);
	if (got < 0) {
		l->is_failed = true;
		l->is_end = true;
		return false;
	}
	r->n = l->held + (size_t)got;
	r->at = (struct mark){ chunk_begin(&l->chunks, l->arena), 0 };
	l->is_end = got < LIST_CHUNK;
	if (l->is_end && r->n && r->p[r->n - 1] != '\n')
		r->p[r->n++] = '\n';
	for (cut = r->n; cut > 0 && r->p[cut - 1] != '\n'; cut--)
		;
	l->held = r->n - cut;
	r->n = cut;
	if (l->held > LIST_LINE_MAX) {
		end_at_long_line(l, r);
		return false;
	}
	memcpy(l->tail, r->p + cut, l->held);
	return r->n > 0;
}

static void flush_digests(struct reader *r)
{
	const struct list_opts *o = r->list->opts;
	uint8_t key[LIST_BATCH * IDENT_KEY_SIZE];

	ident_key_batch(o->keyring, r->list->kind, r->digest, r->digests, key);
	index_builder_add(r->list->builder, r->lane, key, r->digests);
	r->digests = 0;
}

static void flush_blocks(struct reader *r)
{
	if (r->digests)
		flush_digests(r);
	sha256_blocks(r->list->cpu, r->block, r->blocks, r->digest);
	r->digests = r->blocks;
	r->blocks = 0;
	flush_digests(r);
}

static uint8_t *next_digest(struct reader *r)
{
	if (r->digests == LIST_BATCH)
		flush_digests(r);
	return r->digest + r->digests * SHA256_SIZE;
}

static bool is_first(struct mark m)
{
	return m.chunk == 0 && m.line == 1;
}

static void unreadable(struct reader *r, enum ident_fault f)
{
	struct list_report *t = &r->tally;

	if (is_first(r->at)) {
		t->has_heading = true;
		return;
	}
	t->lines++;
	t->unreadable++;
	if (!r->unreadable.line) {
		r->unreadable = r->at;
		t->fault = f;
	}
}

static str bare_line(const char *p, size_t n, bool is_first)
{
	str s = { p, n };

	if (is_first && str_starts(s, STR("\xef\xbb\xbf")))
		s = str_from(s, 3);
	if (s.n && s.p[s.n - 1] == '\r')
		s.n--;
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		s = (str){ s.p + 1, s.n - 2 };
	return s;
}

static void careful_line(struct reader *r, str s)
{
	enum ident_fault f = ident_digest_of(
		IDENT_TOYON_1, r->list->kind, s, next_digest(r));

	if (f == IDENT_FAULT_EMPTY)
		return;
	if (f) {
		unreadable(r, f);
		return;
	}
	r->digests++;
	r->tally.lines++;
}

/* True when s was 64 hex digits. */
static bool hex_line(struct reader *r, str s)
{
	if (!r->may_be_hashed ||
		!hash_cell_read(r->list->cpu, s, next_digest(r)))
		return false;
	r->digests++;
	r->tally.lines++;
	return true;
}

static void read_line(struct reader *r, const char *p, size_t n)
{
	str s = bare_line(p, n, is_first(r->at));

	if (s.n == HEX_LINE && hex_line(r, s))
		return;
	switch (r->way(s.p, s.n, r->block + r->blocks * SHA256_BLOCK)) {
	case CELL_EMPTY:
		return;
	case CELL_SLOW:
		careful_line(r, s);
		return;
	case CELL_READY:
		break;
	}
	r->tally.lines++;
	if (++r->blocks == LIST_BATCH)
		flush_blocks(r);
}

/* Lists of hashes have lines of one length: no need to look for their ends. */
static void read_chunk(struct reader *r)
{
	const char *p = r->p, *end = r->p + r->n, *to;

	while (p < end) {
		r->at.line++;
		if (p[HEX_LINE] == '\n' && hex_line(r, (str){ p, HEX_LINE })) {
			p += HEX_LINE + 1;
			continue;
		}
		to = memchr(p, '\n', (size_t)(end - p));
		read_line(r, p, (size_t)(to - p));
		p = to + 1;
	}
}

static void *read_list(void *arg)
{
	struct reader *r = arg;
	struct list *l = r->list;

	for (;;) {
		bool has_lines;

		pthread_mutex_lock(&l->lock);
		has_lines = take_lines(l, r);
		pthread_mutex_unlock(&l->lock);
		if (!has_lines)
			break;
		read_chunk(r);
		pthread_mutex_lock(&l->lock);
		l->chunks.lines[r->at.chunk] = (uint32_t)r->at.line;
		pthread_mutex_unlock(&l->lock);
	}
	flush_blocks(r);
	return NULL;
}

static void add_tally(struct list_report *to, const struct list_report *t)
{
	to->lines += t->lines;
	to->unreadable += t->unreadable;
	to->has_heading |= t->has_heading;
	if (t->first_unreadable &&
		(!to->first_unreadable ||
			t->first_unreadable < to->first_unreadable)) {
		to->first_unreadable = t->first_unreadable;
		to->fault = t->fault;
	}
}

static void reader_init(struct reader *r, struct list *l, size_t lane)
{
	r->list = l;
	r->lane = lane;
	r->way = cell_way(l->cpu, l->kind);
	r->may_be_hashed = ident_kind_may_be_hashed(l->kind);
	r->p = arena_alloc(l->arena, LIST_CHUNK + LIST_LINE_MAX + HEX_LINE + 1);
}

static void read_all(struct list *l, size_t jobs)
{
	struct reader *r = arena_many(l->arena, struct reader, jobs);

	for (size_t i = 0; i < jobs; i++)
		reader_init(&r[i], l, i);
	for (size_t i = 1; i < jobs; i++)
		r[i].is_started =
			!pthread_create(&r[i].thread, NULL, read_list, &r[i]);
	read_list(&r[0]);
	for (size_t i = 1; i < jobs; i++)
		if (r[i].is_started)
			pthread_join(r[i].thread, NULL);
	for (size_t i = 0; i < jobs; i++) {
		if (r[i].unreadable.line)
			r[i].tally.first_unreadable =
				line_number(&l->chunks, r[i].unreadable);
		add_tally(&l->report, &r[i].tally);
	}
}

static int check_ends(struct list *l, struct err *e)
{
	if (l->is_failed) {
		*e = l->err;
		return -1;
	}
	if (l->too_long.line)
		return err_set(e, ERR_INVALID,
			"line %llu: more than %d bytes without a line end",
			(unsigned long long)line_number(
				&l->chunks, l->too_long),
			LIST_LINE_MAX);
	return 0;
}

static int check_readable(
	const struct list_report *r, enum ident_kind kind, struct err *e)
{
	if (r->lines > r->unreadable)
		return 0;
	err_set(e, ERR_INVALID, "no line of the list reads as %s",
		ident_kind_title(kind));
	return err_hint(e, r->lines ? "is it a list of another kind?"
				    : "is it the right file?");
}

static int read_input(
	struct list *l, const struct list_input *in, size_t jobs, struct err *e)
{
	int rc;

	l->arena = arena_new((size_t)1 << 30);
	l->kind = in->kind;
	l->is_end = false;
	l->chunks = (struct chunks){ 0 };
	l->held = 0;
	l->report = (struct list_report){ 0 };
	rc = source_open(l->arena, &l->source, &in->in, false, e);
	if (!rc) {
		read_all(l, jobs);
		rc = check_ends(l, e);
	}
	arena_free(l->arena);
	return rc ? rc : check_readable(&l->report, in->kind, e);
}

static int read_inputs(struct list *l, struct list_report *sum,
	struct index_opts *io, size_t jobs, struct err *e)
{
	for (size_t i = 0; i < l->opts->inputs; i++) {
		const struct list_input *in = &l->opts->input[i];
		bool was_fine = !sum->first_unreadable;

		if (read_input(l, in, jobs, e))
			return -1;
		if (was_fine)
			sum->unreadable_input = i;
		else
			l->report.first_unreadable = 0;
		add_tally(sum, &l->report);
		io->kinds |= 1u << in->kind;
	}
	return 0;
}

static int list_run(
	struct list *l, struct list_report *sum, size_t jobs, struct err *e)
{
	const struct list_opts *o = l->opts;
	struct index_opts io = { .built_at = o->built_at, .cpu = l->cpu };

	must(o->inputs > 0);
	if (read_inputs(l, sum, &io, jobs, e))
		return -1;
	memcpy(io.fingerprint, o->keyring->fingerprint, sizeof io.fingerprint);
	return index_builder_finish(
		l->builder, o->out, o->reasons, &io, &sum->keys, e);
}

int list_build(
	const struct list_opts *opts, struct list_report *report, struct err *e)
{
	struct arena *a = arena_new(sizeof(struct list) + (1 << 16));
	struct list *l = arena_one(a, struct list);
	long n = opts->jobs > 0 ? opts->jobs : sysconf(_SC_NPROCESSORS_ONLN);
	size_t jobs = n < 1 ? 1 : n > LIST_JOBS_MAX ? LIST_JOBS_MAX : (size_t)n;
	int rc;

	*report = (struct list_report){ 0 };
	l->opts = opts;
	l->cpu = cpu_path_resolve(opts->cpu);
	l->builder = index_builder_new(jobs);
	pthread_mutex_init(&l->lock, NULL);
	rc = list_run(l, report, jobs, e);
	pthread_mutex_destroy(&l->lock);
	index_builder_free(l->builder);
	arena_free(a);
	return rc;
}
