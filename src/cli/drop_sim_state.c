/*
 * What the simulated platform knows.  The ZIPs say which items there are,
 * state.json how far it came, verdict.csv which statuses it has; nothing else is
 * remembered, so it may be killed at any time.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/drop_sim.h"

enum { STATE_MAX = 4096, LINE_SIZE = 256, WRITE_AT = 1 << 16 };

struct sim_names {
	struct sim_names *next;
	str name;
};

const char *sim_path(struct arena *a, const struct sim *s, const char *name)
{
	return path_join(a, s->dir, name);
}

const char *sim_zip(struct arena *a, const struct sim *s, int batch)
{
	return sim_path(a, s, arena_fmt(a, "batches/%02d.zip%c", batch, 0).p);
}

/* --- items --- */

static int by_id(const void *a, const void *b)
{
	return memcmp(a, b, DROP_ID_SIZE);
}

static struct sim_item *find(const struct sim *s, const char *id)
{
	return bsearch(id, s->item, s->items, sizeof *s->item, by_id);
}

struct loading {
	struct sim *sim;
	size_t room, gone_room;
	int batch;
};

/* Room for one more at the end. */
static void *grow(void *at, size_t n, size_t size, size_t *room)
{
	if (n < *room)
		return at;
	*room = *room ? *room * 2 : 4096;
	at = realloc(at, *room * size);
	must(at);
	return at;
}

static int load_item(
	void *ctx, const struct drop_item *item, bool is_removed, struct err *e)
{
	struct loading *l = ctx;
	struct sim *s = l->sim;
	struct sim_item it = { .list = item->list,
		.batch = (uint16_t)l->batch };

	(void)e;
	memcpy(it.id, item->id, DROP_ID_SIZE);
	if (is_removed) {
		s->gone = grow(
			s->gone, s->gone_n, sizeof *s->gone, &l->gone_room);
		s->gone[s->gone_n++] = it;
		return 0;
	}
	s->item = grow(s->item, s->items, sizeof *s->item, &l->room);
	s->item[s->items++] = it;
	s->owed[l->batch]++;
	return 0;
}

/* What a batch takes back, once it was handed out. */
static void withdraw(struct sim *s, int batch)
{
	for (size_t i = 0; i < s->gone_n; i++) {
		struct sim_item *at = s->gone[i].batch == batch
					      ? find(s, s->gone[i].id)
					      : NULL;

		if (at)
			at->is_withdrawn = 1;
	}
}

static int load_batches(struct sim *s, struct err *e)
{
	struct loading l = { .sim = s };
	struct drop_batch b;

	for (l.batch = 1; l.batch <= s->batches; l.batch++) {
		if (drop_batch_read(s->arena, sim_zip(s->arena, s, l.batch), &b,
			    load_item, &l, e))
			return err_context(e, "batch %d", l.batch);
	}
	if (s->items)
		qsort(s->item, s->items, sizeof *s->item, by_id);
	for (size_t i = 1; i < s->items; i++) {
		if (!by_id(&s->item[i - 1], &s->item[i]))
			return err_set(e, ERR_INVALID,
				"an ID stands in two batches; IDs are permanent");
	}
	return 0;
}

/* --- state.json --- */

static int save_state(struct sim *s, struct err *e)
{
	struct arena *a = arena_new(1 << 16);
	struct buf b = buf_in(a, STATE_MAX);
	struct json j = json_to(&b);
	int rc;

	json_begin_object(&j);
	json_put_int(&j, "broker", s->broker);
	json_put_int(&j, "batches", s->batches);
	json_put_int(&j, "delivered", s->delivered);
	json_end(&j);
	buf_putc(&b, '\n');
	rc = file_replace(sim_path(a, s, "state.json"), buf_str(&b), 0600, e);
	arena_free(a);
	return rc;
}

static int load_state(struct sim *s, struct err *e)
{
	json_t *v;
	str text;

	if (file_read(s->arena, sim_path(s->arena, s, "state.json"), STATE_MAX,
		    &text, e) ||
		json_read(s->arena, text, STATE_MAX, &v, e))
		return -1;
	s->broker = (int)json_number(v, "broker", -1);
	s->batches = (int)json_number(v, "batches", 0);
	s->delivered = (int)json_number(v, "delivered", -1);
	if (s->broker >= 0 && s->batches > 0 && s->batches <= SIM_BATCHES_MAX &&
		s->delivered >= 0 && s->delivered <= s->batches)
		return 0;
	return err_set(
		e, ERR_CORRUPT, "\"%s\" is no state of a simulation", s->dir);
}

int sim_deliver(struct sim *s, struct err *e)
{
	must(s->delivered < s->batches);
	s->delivered++;
	s->ready_ms = 0;
	s->names = NULL;
	withdraw(s, s->delivered);
	return save_state(s, e);
}

int sim_take_back(struct sim *s, struct err *e)
{
	if (!s->delivered || s->sent[s->delivered])
		return err_set(e, ERR_CONFLICT,
			"there is no batch without statuses to hand out again");
	s->delivered--;
	return save_state(s, e);
}

/* --- names and statuses --- */

bool sim_name_is_used(const struct sim *s, str name)
{
	for (const struct sim_names *n = s->names; n; n = n->next) {
		if (str_eq(n->name, name))
			return true;
	}
	return false;
}

static void use_name(struct sim *s, str name)
{
	struct sim_names *n = arena_one(s->arena, struct sim_names);

	n->name = arena_dup(s->arena, name);
	n->next = s->names;
	s->names = n;
}

/* A row of an answer, and what the platform would say to it; NULL: good. */
struct row {
	str id;
	int64_t status;
	enum drop_list list; /* of the file */
	bool is_amend;
};

static const char *check_item(
	const struct sim *s, const struct row *r, const struct sim_item *it)
{
	if (it->batch > s->delivered)
		return "unknown id";
	if (it->list != r->list)
		return "wrong list";
	if (it->is_withdrawn)
		return "withdrawn";
	if (r->is_amend)
		return it->status ? NULL : "no status to amend";
	if (it->batch != s->delivered)
		return "not of this batch";
	return it->status ? "has a status" : NULL;
}

static const char *take_row(struct sim *s, const struct row *r)
{
	char id[DROP_ID_SIZE];
	struct sim_item *it;
	const char *why;

	if (!drop_id_read(r->id, id))
		return "malformed";
	if (r->status < 0 || !drop_status_is((int)r->status))
		return "invalid status";
	it = find(s, id);
	why = it ? check_item(s, r, it) : "unknown id";
	if (why)
		return why;
	if (!it->status) {
		s->owed[it->batch]--;
		s->sent[it->batch]++;
	}
	it->status = (uint8_t)r->status;
	return NULL;
}

/* --- verdict.csv --- */

struct verdict {
	struct sim *sim;
	struct buf b;
	str file;
	const char *call;
	int64_t at_ms;
	struct err *e;
};

static int flush(struct verdict *v)
{
	str text = buf_str(&v->b);

	if (write_all(v->sim->verdict_fd, text.p, text.n))
		return err_errno(v->e, "write verdict.csv");
	buf_clear(&v->b);
	return 0;
}

/* at_ms,batch,call,file,line,id,status,outcome */
static int note(struct verdict *v, int64_t line, const struct row *r,
	const char *outcome)
{
	char id[DROP_ID_SIZE];
	bool is_id = r && drop_id_read(r->id, id);

	buf_fmt(&v->b,
		"%" PRId64 ",%d,%s,%.*s,%" PRId64 ",%.*s,%" PRId64 ",%s\n",
		v->at_ms, v->sim->delivered, v->call, STR_ARG(v->file), line,
		is_id ? DROP_ID_SIZE : 0, is_id ? id : "", r ? r->status : 0,
		outcome);
	return v->b.n >= WRITE_AT ? flush(v) : 0;
}

static int take_line(
	struct verdict *v, str line, int64_t n, struct row *r, bool *is_good)
{
	const char *why;
	str status;

	if (!str_cut(line, ',', &r->id, &status) ||
		!str_int(status, &r->status))
		r->status = -1;
	why = take_row(v->sim, r);
	*is_good = !why;
	return note(v, n, r, why ? why : "good");
}

static int take_lines(
	struct verdict *v, str csv, struct row *r, struct sim_rows *out)
{
	bool is_good;
	str line;

	for (int64_t n = 1; str_next(&csv, '\n', &line); n++) {
		if (str_ends(line, STR("\r")))
			line.n--;
		if (n == 1 && str_eq(line, STR("Id,Status")))
			continue;
		if (n == 1) {
			out->bad++;
			return note(v, n, NULL, "wrong header");
		}
		if (take_line(v, line, n, r, &is_good))
			return -1;
		out->good += is_good;
		out->bad += !is_good;
	}
	return 0;
}

int sim_take_file(struct sim *s, str name, str csv, bool is_amend,
	struct sim_rows *out, struct err *e)
{
	struct arena *a = arena_new(1 << 20);
	struct verdict v = { .sim = s,
		.b = buf_in(a, WRITE_AT + LINE_SIZE),
		.file = name,
		.call = is_amend ? "amend" : "upload",
		.at_ms = clock_now_ms(NULL),
		.e = e };
	struct drop_file_name parts;
	struct row r = { .is_amend = is_amend };
	int rc;

	must(drop_file_name_read(name, &parts));
	r.list = parts.list;
	*out = (struct sim_rows){ 0 };
	use_name(s, name);
	rc = note(&v, 0, NULL, "taken") || take_lines(&v, csv, &r, out) ||
	     flush(&v);
	arena_free(a);
	return rc ? -1 : 0;
}

/* A line of verdict.csv again, at the start. */
static void replay(struct sim *s, str line)
{
	str field[8];
	size_t n = 0;
	int64_t batch, status;
	struct sim_item *it;

	while (n < COUNTOF(field) && str_next(&line, ',', &field[n]))
		n++;
	if (n < COUNTOF(field) || !str_int(field[1], &batch))
		return;
	if (str_eq(field[7], STR("taken")) && batch == s->delivered)
		use_name(s, field[3]);
	if (!str_eq(field[7], STR("good")) || field[5].n != DROP_ID_SIZE ||
		!str_int(field[6], &status))
		return;
	it = find(s, field[5].p);
	if (!it)
		return;
	if (!it->status) {
		s->owed[it->batch]--;
		s->sent[it->batch]++;
	}
	it->status = (uint8_t)status;
}

static int load_verdict(struct sim *s, struct err *e)
{
	FILE *f = fdopen(dup(s->verdict_fd), "r");
	char *line = NULL;
	size_t size = 0;
	off_t whole = 0;
	ssize_t n;

	if (!f)
		return err_errno(e, "read verdict.csv");
	rewind(f);
	/* A line without an end was being written when the last one ended. */
	while ((n = getline(&line, &size, f)) > 0 && line[n - 1] == '\n') {
		replay(s, (str){ line, (size_t)n - 1 });
		whole += n;
	}
	free(line);
	fclose(f);
	return ftruncate(s->verdict_fd, whole)
		       ? err_errno(e, "mend verdict.csv")
		       : 0;
}

/* --- open and close --- */

static int open_log(
	struct sim *s, const char *name, str header, int *fd, struct err *e)
{
	const char *path = sim_path(s->arena, s, name);
	bool is_new = !file_exists(path);

	*fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (*fd < 0 || (is_new && write_all(*fd, header.p, header.n)))
		return err_errno(e, "open \"%s\"", path);
	return 0;
}

static int read_line(struct sim *s, const char *name, str *out, struct err *e)
{
	if (file_read(s->arena, sim_path(s->arena, s, name), STATE_MAX, out, e))
		return -1;
	*out = str_trim(*out);
	return 0;
}

int sim_open(struct sim *s, struct err *e)
{
	s->verdict_fd = s->calls_fd = -1;
	must(!pthread_mutex_init(&s->lock, NULL));
	if (load_state(s, e) || read_line(s, "api-key", &s->key, e) ||
		read_line(s, "webhook-secret", &s->secret, e) ||
		load_batches(s, e) ||
		open_log(s, "verdict.csv",
			STR("at_ms,batch,call,file,line,id,status,outcome\n"),
			&s->verdict_fd, e) ||
		open_log(s, "calls.csv",
			STR("at_ms,call,what,fault,status,detail\n"),
			&s->calls_fd, e) ||
		load_verdict(s, e))
		return -1;
	for (int i = 1; i <= s->delivered; i++)
		withdraw(s, i);
	return 0;
}

void sim_close(struct sim *s)
{
	if (s->verdict_fd >= 0)
		close(s->verdict_fd);
	if (s->calls_fd >= 0)
		close(s->calls_fd);
	free(s->item);
	free(s->gone);
	pthread_mutex_destroy(&s->lock);
}
