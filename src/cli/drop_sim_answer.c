/*
 * What the simulated platform answers.  Each answer ends its connection, so that
 * the wire in front has one call on each.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/drop_sim.h"

enum {
	UPLOAD_MAX = 512 << 20,
	LINE_SIZE = 512,
};

/* The call under way: who it is, and what is to go wrong with it. */
struct call {
	struct sim *sim;
	struct http_request *q;
	struct http_response *r;
	const char *what; /* "download" */
	uint64_t number;
	enum sim_fault fault;
	struct err *e;
};

static struct call call_of(struct sim *s, const char *what,
	struct http_request *q, struct http_response *r, struct err *e)
{
	struct call c = { .sim = s, .q = q, .r = r, .what = what, .e = e };
	int64_t n;

	if (str_int(http_header(q, SIM_CALL_HEADER), &n) && n > 0)
		c.number = (uint64_t)n;
	if (c.number)
		c.fault = sim_fault_at(&s->faults, c.number);
	return c;
}

/* at_ms,call,what,fault,status,detail */
static void log_call(const struct call *c, const char *detail)
{
	char line[LINE_SIZE];
	int n = snprintf(line, sizeof line,
		"%" PRId64 ",%" PRIu64 ",%s,%s,%d,%s\n", clock_now_ms(NULL),
		c->number, c->what, sim_fault_name(c->fault), c->r->status,
		detail);

	if (n > 0 && n < (int)sizeof line)
		(void)!write(c->sim->calls_fd, line, (size_t)n);
}

static struct json begin(struct http_response *r, int status)
{
	http_type(r, "application/json");
	r->status = status;
	return json_to(&r->body);
}

static int say(struct call *c, int status, const char *message)
{
	struct json j = begin(c->r, status);

	json_begin_object(&j);
	json_put(&j, "message", str_of(message));
	json_end(&j);
	http_set(c->r, "Connection", STR("close"));
	log_call(c, "");
	return 0;
}

static void set_after(struct call *c, int64_t seconds)
{
	http_set(c->r, "Retry-After",
		arena_fmt(c->q->arena, "%" PRId64, seconds));
}

/* --- who may --- */

int sim_admit(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct sim *s = ctx;
	struct call c = call_of(s, "admit", q, r, e);

	if (!str_eq(http_header(q, "X-API-KEY"), s->key))
		return say(&c, 401, "Invalid or missing API key."), 1;
	switch ((int)c.fault) {
	case SIM_FAULT_S403:
		return say(&c, 403, "The account is not eligible."), 1;
	case SIM_FAULT_S429:
		set_after(&c, s->retry_after_s);
		return say(&c, 429, "Too many requests."), 1;
	case SIM_FAULT_S500:
		return say(&c, 500, "Something went wrong."), 1;
	case SIM_FAULT_S503:
		return say(&c, 503, "The service is not available."), 1;
	default:
		return 0;
	}
}

void sim_failed(void *ctx, struct http_request *q, struct http_response *r,
	const struct err *e)
{
	struct err unused = { 0 };
	struct call c = call_of(ctx, "refused", q, r, &unused);

	say(&c, r->status, e->message);
}

/* --- download --- */

struct mapping {
	void *at;
	size_t n;
};

static void unmap(void *ctx)
{
	struct mapping *m = ctx;

	munmap(m->at, m->n);
}

/* The ZIP's bytes, as long as the request lives. */
static int map_zip(struct call *c, const char *path, str *out)
{
	struct mapping *m = arena_one(c->q->arena, struct mapping);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st))
		return err_errno(c->e, "read \"%s\"", path);
	m->n = (size_t)st.st_size;
	m->at = mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (m->at == MAP_FAILED)
		return err_errno(c->e, "read \"%s\"", path);
	arena_defer(c->q->arena, unmap, m);
	*out = (str){ m->at, m->n };
	return 0;
}

/* What breaks on its way is not handed out: it can be asked for again. */
static bool arrives(const struct call *c)
{
	return c->fault != SIM_FAULT_LOST_CONNECTION &&
	       c->fault != SIM_FAULT_LOST_ANSWER &&
	       c->fault != SIM_FAULT_SHORT_BODY;
}

static int hand_out(struct call *c)
{
	struct sim *s = c->sim;
	struct arena *a = c->q->arena;
	struct date today = date_pacific(clock_now_ms(NULL));

	http_download(c->r, "application/zip",
		arena_fmt(a, "%04d%02d%02d_%04d_DROP.zip", today.year,
			today.month, today.day, s->broker));
	if (map_zip(c, sim_zip(a, s, s->delivered + 1), &c->r->fixed))
		return -1;
	http_set(c->r, "Connection", STR("close"));
	log_call(c, arrives(c) ? "batch" : "batch, broken off");
	return arrives(c) ? sim_deliver(s, c->e) : 0;
}

static int answer_download(struct call *c)
{
	struct sim *s = c->sim;
	int64_t now = clock_now_ms(NULL);

	if (s->delivered && s->owed[s->delivered])
		return say(c, 409,
			"The last batch still has records without a status.");
	if (s->delivered == s->batches)
		return say(c, 200, "There is nothing new.");
	if (!s->ready_ms) {
		s->ready_ms = now + s->prepare_ms;
		sim_hook_send(s->hook, "download.ready", STR("{}"));
	}
	if (now >= s->ready_ms)
		return hand_out(c);
	set_after(c, (s->ready_ms - now + 999) / 1000);
	return say(c, 202, "The download is being prepared.");
}

static int get_download(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct sim *s = ctx;
	struct call c = call_of(s, "download", q, r, e);
	int rc;

	pthread_mutex_lock(&s->lock);
	rc = answer_download(&c);
	pthread_mutex_unlock(&s->lock);
	return rc;
}

/* --- upload and amend --- */

/* NULL: taken. */
static const char *refusal_of(const struct sim *s, const struct http_file *f)
{
	struct drop_file_name parts;

	if (!str_eq(f->field, STR("files")))
		return "Files are sent in the field \"files\".";
	if (str_starts(f->bytes, STR("PK\x03\x04")))
		return "A ZIP is not accepted; send the CSV files.";
	if (!str_starts(f->type, STR("text/csv")))
		return "The content type must be text/csv.";
	if (!drop_file_name_read(f->name, &parts) || parts.is_removed)
		return "The file name is not valid.";
	if (parts.broker != s->broker)
		return "The file name has another data broker's number.";
	if (!f->bytes.n)
		return "The file is empty.";
	if (sim_name_is_used(s, f->name))
		return "A file with this name was already uploaded for this "
		       "batch. Use a unique suffix.";
	return NULL;
}

struct said {
	const char *why; /* NULL: accepted */
	struct sim_rows rows;
};

static int take_file(struct call *c, size_t i, bool is_amend, struct said *out)
{
	struct http_file *f = &c->q->files.at[i];

	if (c->fault == SIM_FAULT_PARTIAL && i + 1 == c->q->files.n) {
		out->why = "The file could not be read. Try again.";
		return 0;
	}
	out->why = refusal_of(c->sim, f);
	if (!out->why && sim_take_file(c->sim, f->name, f->bytes, is_amend,
				 &out->rows, c->e))
		return -1;
	if (c->fault == SIM_FAULT_DUPLICATE_NAME && !out->why)
		out->why = "A file with this name was already uploaded for "
			   "this batch. Use a unique suffix.";
	return 0;
}

static void put_files(struct json *j, const struct call *c,
	const struct said *said, bool is_accepted)
{
	json_key(j, is_accepted ? "accepted" : "rejected");
	json_begin_array(j);
	for (size_t i = 0; i < c->q->files.n; i++) {
		const struct http_file *f = &c->q->files.at[i];

		if (!said[i].why != is_accepted)
			continue;
		json_begin_object(j);
		json_put(j, "fileName", f->name);
		if (is_accepted)
			json_put_int(j, "fileSizeBytes", (int64_t)f->bytes.n);
		else
			json_put(j, "message", str_of(said[i].why));
		json_end(j);
	}
	json_end(j);
}

static void answer_files(struct call *c, const struct said *said)
{
	size_t n = c->q->files.n, accepted = 0;
	struct json j;

	for (size_t i = 0; i < n; i++)
		accepted += !said[i].why;
	j = begin(c->r, accepted ? 202 : 400);
	json_begin_object(&j);
	json_put(&j, "message",
		accepted ? STR("Files were accepted for processing.")
			 : STR("No file was accepted."));
	json_put_int(&j, "acceptedCount", (int64_t)accepted);
	json_put_int(&j, "rejectedCount", (int64_t)(n - accepted));
	put_files(&j, c, said, true);
	put_files(&j, c, said, false);
	json_end(&j);
	http_set(c->r, "Connection", STR("close"));
	log_call(c, "");
}

static void tell_hooks(struct call *c, const struct said *said, bool is_amend)
{
	struct sim_rows all = { 0 };
	str data;

	for (size_t i = 0; i < c->q->files.n; i++) {
		all.good += said[i].rows.good;
		all.bad += said[i].rows.bad;
	}
	data = arena_fmt(c->q->arena,
		"{\"validRows\":%" PRId64 ",\"invalidRows\":%" PRId64 "}",
		all.good, all.bad);
	sim_hook_send(c->sim->hook,
		is_amend ? "amendment.received" : "upload.received", STR("{}"));
	sim_hook_send(c->sim->hook,
		is_amend ? "amendment.processed" : "upload.processed", data);
}

static bool may_come(const struct sim *s, bool is_amend)
{
	if (!s->delivered)
		return false;
	if (!is_amend)
		return s->owed[s->delivered] > 0;
	for (int i = 1; i <= s->delivered; i++) {
		if (s->sent[i])
			return true;
	}
	return false;
}

static int answer_upload(struct call *c, bool is_amend)
{
	struct said *said;

	if (!may_come(c->sim, is_amend)) {
		/* What came in before an answer got lost is still known. */
		bool is_again =
			c->sim->delivered && c->q->files.n &&
			sim_name_is_used(c->sim, c->q->files.at[0].name);

		if (!is_again)
			return say(c, 409,
				is_amend ? "There is no status to amend."
					 : "No batch is waiting for statuses.");
	}
	if (!c->q->files.n)
		return say(c, 400, "No file was sent.");
	said = arena_many(c->q->arena, struct said, c->q->files.n);
	for (size_t i = 0; i < c->q->files.n; i++) {
		if (take_file(c, i, is_amend, &said[i]))
			return -1;
	}
	answer_files(c, said);
	tell_hooks(c, said, is_amend);
	return 0;
}

static int post(struct call *c, bool is_amend)
{
	int rc;

	pthread_mutex_lock(&c->sim->lock);
	rc = answer_upload(c, is_amend);
	pthread_mutex_unlock(&c->sim->lock);
	return rc;
}

static int post_upload(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct call c = call_of(ctx, "upload", q, r, e);

	return post(&c, false);
}

static int post_amend(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct call c = call_of(ctx, "amend", q, r, e);

	return post(&c, true);
}

#define FORM(pattern, handler)                                                \
	{                                                                     \
		HTTP_POST, pattern, handler, 0, HTTP_FILES | HTTP_ANY_ORIGIN, \
			UPLOAD_MAX                                            \
	}

const struct http_route sim_routes[] = {
	{ HTTP_GET, "/data/download", get_download, 0, 0, 0 },
	{ HTTP_GET, "/sandbox/data/download", get_download, 0, 0, 0 },
	FORM("/data/upload", post_upload),
	FORM("/sandbox/data/upload", post_upload),
	FORM("/data/amend", post_amend),
	FORM("/sandbox/data/amend", post_amend),
};
const size_t sim_routes_n = COUNTOF(sim_routes);
