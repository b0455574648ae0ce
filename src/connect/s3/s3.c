/* The two connectors: the bucket that a secret names, rows in either format. */
#include "connect/s3/s3.h"

#include "base/base.h"
#include "connect/secret.h"

/* Whether it is there, and lets us in. */
static int look_at_bucket(const struct s3_conn *c, struct err *e)
{
	struct arena *a = arena_new(2 * S3_LISTING_SIZE_MAX);
	struct s3_ask_list q = { .prefix = c->at.prefix, .max = 1 };
	struct s3_listing l;
	int rc = s3_list(&c->store, a, &q, &l, e);

	arena_free(a);
	return rc;
}

static int s3_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct s3_conn *c = arena_one(a, struct s3_conn);
	struct conn *head = &c->files.head;
	str url = str_of(o->url);

	(void)m;
	head->timeout_ms = o->timeout_ms;
	c->files.mode = o->mode;
	c->files.folder = -1;
	c->files.place = &file_place_s3;
	c->files.format = s->connector == CONNECTOR_S3_CSV ? &file_format_csv
							   : &file_format_jsonl;
	if (!o->url &&
		secret_read(a, o->credentials_dir, s->database, &url, e) < 0)
		return -1;
	if (s3_address_read(a, url, &c->at, e) < 0)
		return -1;
	s3_store_open(a, &c->at, head->timeout_ms, &c->store);
	c->store.pace = &head->pace;
	c->store.page = s->page_size < S3_PAGE_MAX ? s->page_size : S3_PAGE_MAX;
	*out = head;
	return look_at_bucket(c, e);
}

static int s3_plan(struct conn *conn, struct arena *a,
	const struct row_query *q, str *out, struct err *e)
{
	struct files_conn *c = files_own(conn);
	struct walk_files files;

	if (c->place->walk(c, a, q->table, &files, e) < 0)
		return -1;
	*out = arena_fmt(a,
		"one pass over %zu object%s, where \"%.*s\" is one of the "
		"values%s",
		files.n, files.n == 1 ? "" : "s", STR_ARG(q->where),
		q->match == MATCH_IDENT ? ", in any spelling" : "");
	return 0;
}

static void s3_close(struct conn *c)
{
	(void)c; /* The store ends with the arena. */
}

#define S3_CONNECTOR                                                 \
	{                                                            \
		.is_paced = true, .is_files = true, .open = s3_open, \
		.rows = files_rows, .erase = files_erase,            \
		.insert = files_insert, .script = files_script,      \
		.close = s3_close, .describe = files_describe,       \
		.plan = s3_plan,                                     \
	}

const struct connector connector_s3_csv = S3_CONNECTOR;
const struct connector connector_s3_jsonl = S3_CONNECTOR;
