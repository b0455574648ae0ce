/*
 * A file: threads take chunks of rows, make keys and look them up side by side;
 * what was found is told chunk after chunk, in the order of the file.
 *
 * With a person column the rows of one person may stand anywhere.  A first
 * reading looks up the identifiers and notes, in a filter of fixed size, who has
 * several rows; a second makes the composites of all others row by row, and
 * holds the parts of these people together.  When there are more of them than
 * memory allows, a reading takes a range of people, and another the next.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "drop/keys.h"
#include "drop/match_frame.h"
#include "drop/match_plan.h"
#include "drop/people.h"
#include "scrub/source.h"

enum { JOBS_MAX = 64, FILTER_BITS_MIN = 1 << 20, ROW_GUESS = 32 };

#define COMPOSITES      ((1u << DROP_NDZ) | (1u << DROP_NAME_VIN))
#define FILTER_BITS_MAX ((uint64_t)1 << 31)

enum reading {
	READ_ALL,    /* no person column, or no composite: once is enough */
	READ_FIRST,  /* identifiers, and who has several rows */
	READ_PEOPLE, /* composites */
};

/* Who was seen, and who more than once: a bit each at a place of the hash. */
struct filter {
	uint64_t *once;
	uint64_t *more;
	uint64_t bits; /* a power of two */
};

struct csv {
	const struct drop_match_opts *opts;
	struct drop_match_report *report;
	const char *path;
	str map;
	struct match_plan plan;
	unsigned lists;
	enum cpu_path cpu;
	enum reading reading;
	struct filter filter;
	size_t size_max;
	struct people *people;
	uint64_t low, high; /* the range of READ_PEOPLE, both in it */
	/* One reading's. */
	struct source *source;
	struct feed feed;
	pthread_mutex_t lock; /* of what follows, and of telling */
	pthread_cond_t turn;
	uint64_t next;
	uint64_t lines;
	int64_t records;
	bool is_over;
	bool is_full; /* memory for people: over with a smaller range */
	struct err err;
};

/* A part of a person with several rows, until the chunk's turn. */
struct held {
	struct who who;
	uint32_t row;
	uint8_t role;
	uint8_t fault;
	char hash[IDENT_HASH_CHARS];
};

struct worker {
	struct csv *csv;
	struct match_frame *frame;
	struct keys keys;
	struct held *held;
	size_t held_n;
	size_t held_size;
	pthread_t thread;
	bool is_started;
};

/* --- who has several rows --- */

static void filter_open(struct filter *f, struct arena *a, uint64_t rows)
{
	f->bits = FILTER_BITS_MIN;
	while (f->bits < 8 * rows && f->bits < FILTER_BITS_MAX)
		f->bits *= 2;
	f->once = arena_many(a, uint64_t, f->bits / 64);
	f->more = arena_many(a, uint64_t, f->bits / 64);
}

static void filter_note(struct filter *f, struct who w)
{
	uint64_t at = w.h[0] & (f->bits - 1), bit = (uint64_t)1 << at % 64;

	if (__atomic_fetch_or(&f->once[at / 64], bit, __ATOMIC_RELAXED) & bit)
		__atomic_fetch_or(&f->more[at / 64], bit, __ATOMIC_RELAXED);
}

static bool filter_has_several(const struct filter *f, struct who w)
{
	uint64_t at = w.h[0] & (f->bits - 1);

	return f->more[at / 64] >> at % 64 & 1;
}

/* --- one row --- */

static str person_of(const struct worker *w, size_t row, char *text)
{
	uint16_t column = w->csv->plan.person;

	if (column == MATCH_NO_COLUMN)
		return (str){ 0 };
	return str_trim(match_frame_cell(w->frame, row, column, text));
}

static void hold(
	struct worker *w, struct who who, size_t row, struct memo_ask *ask)
{
	struct held *h;

	if (w->held_n == w->held_size) {
		w->held_size = 2 * w->held_size + 1024;
		w->held = realloc(w->held, w->held_size * sizeof *w->held);
		must(w->held != NULL);
	}
	h = &w->held[w->held_n++];
	h->who = who;
	h->row = (uint32_t)row;
	h->role = ask->role;
	h->fault = ask->fault;
	if (!ask->fault)
		memcpy(h->hash, memo_answer(&w->keys.memo, ask),
			sizeof h->hash);
}

static void hold_parts(struct worker *w, struct who who, size_t row)
{
	const struct match_plan *p = &w->csv->plan;
	char text[FRAME_TEXT + MEMO_PAD];

	for (size_t i = 0; i < p->n; i++) {
		enum role role = (enum role)p->at[i].role;
		struct memo_ask ask;

		if (role >= ROLE_PARTS)
			continue;
		memo_ask(&w->keys.memo, &ask, role,
			match_frame_cell(w->frame, row, p->at[i].column, text));
		if (ask.fault != IDENT_FAULT_EMPTY)
			hold(w, who, row, &ask);
	}
}

static void read_keys(struct worker *w, size_t row, bool parts, bool others)
{
	const struct match_plan *p = &w->csv->plan;
	char text[FRAME_TEXT + MEMO_PAD];

	keys_begin(&w->keys, (uint32_t)row);
	for (size_t i = 0; i < p->n; i++) {
		enum role role = (enum role)p->at[i].role;

		if (role < ROLE_PARTS ? parts : others)
			keys_value(&w->keys, role,
				match_frame_cell(
					w->frame, row, p->at[i].column, text));
	}
	keys_end(&w->keys);
}

/* READ_PEOPLE: by itself, held for its person, or not this time. */
static void read_person(struct worker *w, size_t row)
{
	char text[FRAME_TEXT + MEMO_PAD];
	struct csv *c = w->csv;
	str person = person_of(w, row, text);
	struct who who = people_who(c->people, 0, person);

	if (!person.n || !filter_has_several(&c->filter, who)) {
		if (!c->low)
			read_keys(w, row, true, false);
		return;
	}
	if (people_place(who) >= c->low && people_place(who) <= c->high)
		hold_parts(w, who, row);
}

static void read_row(struct worker *w, size_t row)
{
	char text[FRAME_TEXT + MEMO_PAD];
	struct csv *c = w->csv;
	str person;

	switch (c->reading) {
	case READ_ALL:
		read_keys(w, row, true, true);
		return;
	case READ_FIRST:
		person = person_of(w, row, text);
		if (person.n)
			filter_note(
				&c->filter, people_who(c->people, 0, person));
		read_keys(w, row, false, true);
		return;
	case READ_PEOPLE:
		read_person(w, row);
	}
}

/* --- what was found --- */

static int tell(struct csv *c, size_t item, str key, struct err *e)
{
	struct drop_match m = {
		.item = item, .table = str_of(c->path), .key = { key }
	};

	c->report->matches++;
	return c->opts->fn ? c->opts->fn(c->opts->ctx, &m, e) : 0;
}

/* The person column, else the row's number. */
static str key_of(const struct worker *w, size_t row, char *text, char *number)
{
	str key = person_of(w, row, text);
	int64_t record = w->csv->records +
			 (int64_t)match_frame_number(w->frame, row) + 1;
	struct buf b = buf_on(number, 32);

	if (key.n)
		return key;
	buf_fmt(&b, "#%lld", (long long)record);
	return buf_str(&b);
}

static int tell_hits(struct worker *w, struct err *e)
{
	struct keys *k = &w->keys;
	char text[FRAME_TEXT + MEMO_PAD], number[32];

	for (size_t i = 0; i < k->hits; i++)
		if (tell(w->csv, k->hit[i].item,
			    key_of(w, k->hit[i].who, text, number), e))
			return -1;
	return 0;
}

/* Into the memory that threads share; is_full when there is none left. */
static void put_held(struct worker *w)
{
	struct people *p = w->csv->people;
	char text[FRAME_TEXT + MEMO_PAD];
	bool ok = true;

	for (size_t i = 0; i < w->held_n && ok; i++) {
		const struct held *h = &w->held[i];
		uint32_t person = people_find(p, h->who);

		if (person == PEOPLE_NOBODY)
			person = people_add(
				p, h->who, 0, person_of(w, h->row, text));
		ok = person != PEOPLE_FULL &&
		     (h->fault ? people_bad_part(p, person, (enum role)h->role,
					 (enum ident_fault)h->fault)
			       : people_part(p, person, (enum role)h->role,
					 h->hash));
	}
	w->csv->is_full |= !ok;
	w->csv->is_over |= !ok;
}

static void note_ragged(struct csv *c, const struct match_frame *f)
{
	struct drop_match_report *r = c->report;

	r->ragged += (int64_t)f->ragged;
	r->records += (int64_t)f->ragged;
	for (size_t i = 0; i < f->ragged && r->notes < COUNTOF(r->note); i++) {
		r->note[r->notes].record =
			c->records + (int64_t)f->ragged_at[i] + 1;
		r->note[r->notes].list = DROP_LISTS;
		r->note[r->notes++].fault = IDENT_FAULT_NONE;
	}
}

/* The tally counts rows as the frame has them; notes need the file's. */
static void add_tally(struct csv *c, struct worker *w)
{
	struct drop_match_report *t = &w->keys.tally;

	for (size_t i = 0; i < t->notes; i++)
		t->note[i].record = (int64_t)match_frame_number(
			w->frame, (size_t)t->note[i].record);
	if (c->reading == READ_PEOPLE)
		t->records = 0;
	else
		note_ragged(c, w->frame);
	keys_tally_add(c->report, t, c->records);
}

static void show_progress(const struct csv *c)
{
	if (c->opts->on_progress)
		c->opts->on_progress(c->opts->progress_ctx,
			(int64_t)source_bytes_read(c->source),
			(int64_t)source_bytes_total(c->source));
}

/* A chunk's results, in its turn. */
static int publish(struct csv *c, struct worker *w, struct err *e)
{
	if (tell_hits(w, e))
		return -1;
	put_held(w);
	add_tally(c, w);
	c->records += (int64_t)(w->frame->rows + w->frame->ragged);
	c->lines += w->frame->scan.lines;
	show_progress(c);
	return 0;
}

/* --- chunks --- */

/* One that is cut could be another's. */
static int check_person(struct worker *w, size_t row, struct err *e)
{
	char text[FRAME_TEXT + MEMO_PAD];

	if (person_of(w, row, text).n <= CONNECT_KEY_MAX)
		return 0;
	w->frame->error_at = match_frame_start(w->frame, row);
	return err_set(e, ERR_LIMIT,
		"the person column holds more than %d bytes", CONNECT_KEY_MAX);
}

static int read_chunk(struct worker *w, struct err *e)
{
	bool has_person = w->csv->plan.person != MATCH_NO_COLUMN;

	w->keys.tally = (struct drop_match_report){ 0 };
	w->keys.hits = 0;
	w->held_n = 0;
	if (match_frame_read(w->frame, e))
		return -1;
	for (size_t row = 0; row < w->frame->rows; row++) {
		if (has_person && check_person(w, row, e))
			return -1;
		read_row(w, row);
	}
	keys_flush(&w->keys);
	return 0;
}

static void fail(
	struct csv *c, const struct err *e, bool has_line, uint64_t line)
{
	c->err = *e;
	if (has_line)
		err_context(&c->err, "line %llu", (unsigned long long)line);
	c->is_over = true;
}

/* False when there is nothing more to do. */
static bool do_chunk(struct worker *w)
{
	struct csv *c = w->csv;
	struct match_frame *f = w->frame;
	struct err e = { 0 };
	int taken = feed_take(&c->feed, &f->chunk, &e);
	int rc = taken > 0 ? read_chunk(w, &e) : 0;
	bool go_on;

	if (taken == 0)
		return false;
	pthread_mutex_lock(&c->lock);
	while (c->next != f->chunk.seq)
		pthread_cond_wait(&c->turn, &c->lock);
	if (!c->is_over && taken < 0)
		fail(c, &e, e.code == ERR_LIMIT, c->lines + 1);
	else if (!c->is_over && rc)
		fail(c, &e, true,
			c->lines + match_frame_line(f, f->error_at) + 1);
	else if (!c->is_over && publish(c, w, &e))
		fail(c, &e, false, 0);
	go_on = !c->is_over;
	c->next++;
	pthread_cond_broadcast(&c->turn);
	pthread_mutex_unlock(&c->lock);
	return go_on;
}

static void *work(void *arg)
{
	while (do_chunk(arg))
		;
	return NULL;
}

static size_t jobs_of(const struct drop_match_opts *o)
{
	long n = o->jobs > 0 ? o->jobs : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > JOBS_MAX ? JOBS_MAX : (size_t)n;
}

static struct worker *worker_new(struct csv *c, struct arena *a)
{
	struct worker *w = arena_one(a, struct worker);
	unsigned lists = c->reading == READ_FIRST    ? c->lists & ~COMPOSITES
			 : c->reading == READ_PEOPLE ? c->lists & COMPOSITES
						     : c->lists;

	w->csv = c;
	w->frame = match_frame_new(
		a, c->cpu, c->plan.sep, c->plan.columns, c->feed.chunk);
	keys_init(&w->keys, a, c->opts->items, lists, c->cpu);
	return w;
}

/* The caller's thread is the first worker. */
static int work_all(struct csv *c, struct arena *a, struct err *e)
{
	struct worker *w[JOBS_MAX];
	size_t jobs = jobs_of(c->opts);

	for (size_t i = 0; i < jobs; i++)
		w[i] = worker_new(c, a);
	for (size_t i = 1; i < jobs; i++)
		w[i]->is_started =
			!pthread_create(&w[i]->thread, NULL, work, w[i]);
	work(w[0]);
	for (size_t i = 0; i < jobs; i++) {
		if (w[i]->is_started)
			pthread_join(w[i]->thread, NULL);
		keys_fini(&w[i]->keys);
		free(w[i]->held);
	}
	if (c->is_over && !c->is_full)
		*e = c->err;
	return c->is_over && !c->is_full ? -1 : 0;
}

/* --- readings --- */

static int open_file(struct csv *c, struct arena *a, str *whole, struct err *e)
{
	struct scrub_end in = { .path = c->path };
	str header;

	if (source_open(a, &c->source, &in, false, e))
		return -1;
	feed_init(&c->feed, a, c->source, c->cpu,
		c->opts->chunk_size ? c->opts->chunk_size : FEED_CHUNK);
	return feed_header(&c->feed, &header, whole, e) ||
			       match_plan_read(a, &c->plan, header, c->map, e)
		       ? -1
		       : 0;
}

/* The first reading sees the header, and then which readings there have to be. */
static int plan_readings(struct csv *c, struct arena *a, struct err *e)
{
	struct stat st;

	c->lists = keys_lists_of(c->plan.roles);
	c->report->lists = c->lists;
	c->report->has_full_name = c->plan.has_full_name;
	if (c->plan.person == MATCH_NO_COLUMN || !(c->lists & COMPOSITES))
		return 0;
	if (!strcmp(c->path, "-") || stat(c->path, &st) ||
		!S_ISREG(st.st_mode)) {
		err_set(e, ERR_USAGE,
			"with a person column the file is read several times, "
			"and this is none");
		return err_hint(e, "write it to a file first");
	}
	filter_open(&c->filter, a, (uint64_t)st.st_size / ROW_GUESS);
	c->people = people_new(c->size_max);
	c->reading = READ_FIRST;
	return 0;
}

static int read_file(
	struct csv *c, struct arena *all, struct arena *a, struct err *e)
{
	str whole;

	c->next = 0;
	c->lines = 0;
	c->records = 0;
	c->is_over = c->is_full = false;
	if (open_file(c, a, &whole, e))
		return -1;
	if (c->reading == READ_ALL && plan_readings(c, all, e))
		return -1;
	for (size_t i = 0; i < whole.n; i++)
		c->lines += whole.p[i] == '\n';
	feed_skip(&c->feed, whole.n);
	return work_all(c, a, e);
}

static int one_reading(struct csv *c, struct arena *all, struct err *e)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	int rc = read_file(c, all, a, e);

	if (c->source)
		pthread_mutex_destroy(&c->feed.lock);
	c->source = NULL;
	arena_free(a);
	return rc;
}

/* The people of this range are whole: their keys, and what is found. */
static int match_people(struct csv *c, struct keys *k, struct err *e)
{
	k->tally = (struct drop_match_report){ 0 };
	for (uint32_t i = 0; i < people_n(c->people); i++) {
		bool is_last = i + 1 == people_n(c->people);

		people_keys(c->people, i, k);
		if (k->hits < ITEMS_BATCH && !is_last)
			continue;
		keys_flush(k);
		for (size_t h = 0; h < k->hits; h++)
			if (tell(c, k->hit[h].item,
				    people_key(c->people, k->hit[h].who), e))
				return -1;
		k->hits = 0;
	}
	/* A note by a person's number would send the reader to another row. */
	k->tally.notes = 0;
	keys_tally_add(c->report, &k->tally, 0);
	return 0;
}

/*
 * One range of people; *is_done false when it was too large and has to be
 * halved.  What is reported of rows that are read again counts once.
 */
static int read_range(struct csv *c, struct arena *a, struct keys *k,
	bool *is_done, struct err *e)
{
	struct drop_match_report *before =
		arena_one(a, struct drop_match_report);

	*before = *c->report;
	people_clear(c->people);
	if (one_reading(c, a, e))
		return -1;
	*is_done = !c->is_full;
	if (c->is_full) {
		*c->report = *before;
		return 0;
	}
	return match_people(c, k, e);
}

static int read_people(struct csv *c, struct arena *a, struct err *e)
{
	struct keys *k = arena_one(a, struct keys);
	bool is_done;
	int rc = 0;

	keys_init(k, a, c->opts->items, c->lists & COMPOSITES, c->cpu);
	c->reading = READ_PEOPLE;
	c->low = 0;
	c->high = UINT64_MAX;
	while (!(rc = read_range(c, a, k, &is_done, e))) {
		uint64_t width = c->high - c->low;

		if (!is_done && width < 2) {
			rc = err_set(e, ERR_LIMIT,
				"the rows of one person are too many to join");
			break;
		}
		if (!is_done) {
			c->high = c->low + width / 2;
			continue;
		}
		if (c->high == UINT64_MAX)
			break;
		c->low = c->high + 1;
		c->high = UINT64_MAX - c->low < width ? UINT64_MAX
						      : c->low + width;
	}
	keys_fini(k);
	return rc;
}

int drop_match_csv(struct arena *a, const char *path, str map,
	const struct drop_match_opts *o, struct drop_match_report *out,
	struct err *e)
{
	struct arena *all = arena_new(SIZE_MAX / 2);
	struct csv *c = arena_one(all, struct csv);
	int rc;

	(void)a;
	*out = (struct drop_match_report){ 0 };
	c->opts = o;
	c->report = out;
	c->path = path;
	c->map = map;
	c->cpu = cpu_path_resolve(o->cpu);
	c->size_max =
		o->join_size ? o->join_size : (size_t)LIMIT_DROP_JOIN_MIB << 20;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->turn, NULL);
	rc = one_reading(c, all, e);
	if (!rc && c->people)
		rc = read_people(c, all, e);
	people_free(c->people);
	pthread_cond_destroy(&c->turn);
	pthread_mutex_destroy(&c->lock);
	arena_free(all);
	return rc;
}
