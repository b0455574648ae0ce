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
#include "drop/match_csv.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

enum { JOBS_MAX = 64, ROW_GUESS = 32 };

/* --- chunks --- */

/* One that is cut could be another's. */
static int check_person(struct csv_worker *w, size_t row, struct err *e)
{
	char text[FRAME_TEXT + MEMO_PAD];

	if (csv_person(w, row, text).n <= CONNECT_KEY_MAX)
		return 0;
	w->frame->error_at = match_frame_start(w->frame, row);
	return err_set(e, ERR_LIMIT,
		"the person column holds more than %d bytes", CONNECT_KEY_MAX);
}

static int read_chunk(struct csv_worker *w, struct err *e)
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
		csv_read_row(w, row);
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
static bool do_chunk(struct csv_worker *w)
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
	else if (!c->is_over && csv_publish(c, w, &e))
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

static struct csv_worker *worker_new(struct csv *c, struct arena *a)
{
	struct csv_worker *w = arena_one(a, struct csv_worker);
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
	struct csv_worker *w[JOBS_MAX];
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
	several_open(&c->several, a, (uint64_t)st.st_size / ROW_GUESS);
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
			if (csv_tell(c, k->hit[h].item,
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
