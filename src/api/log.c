/*
 * The suppression log for machines that keep a copy of it, and a snapshot to
 * begin with.  Binary, as desk/follow_page.h and desk/follow_snapshot.h draw it:
 * nothing that could be read without the identifiers' key.
 */
#include "api/call.h"
#include "desk/follow.h"

enum { FIRST_DEFAULT = 10000 };

/* False leaves a problem. */
static bool read_number(
	struct call *c, const char *name, int64_t most, int64_t *out)
{
	str text = http_query(c->q, name);

	if (!text.n)
		return true;
	if (str_int(text, out) && *out >= 0 && *out <= most)
		return true;
	call_problem(c, str_of(name), "number", "A whole number within bounds");
	return false;
}

int log_page(struct call *c, struct err *e)
{
	int64_t after = 0, first = FIRST_DEFAULT;
	struct follow_page page;

	read_number(c, "after", INT64_MAX, &after);
	read_number(c, "limit", FOLLOW_PAGE_MAX, &first);
	if (!first)
		call_problem(c, STR("limit"), "number", "At least 1");
	if (c->problems.n || follow_page_make(c->desk, (uint64_t)after,
				     (size_t)first, &page, e))
		return -1;
	http_type(c->r, "application/octet-stream");
	follow_page_put(&c->r->body, &page);
	return 0;
}

int snapshot_manifest(struct call *c, struct err *e)
{
	struct follow_manifest m;
	int rc = follow_snapshot_newest(c->desk, &m, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND,
			"there is no snapshot: the log is short");
	http_type(c->r, "application/octet-stream");
	follow_manifest_put(&c->r->body, &m);
	return 0;
}

int snapshot_block(struct call *c, struct err *e)
{
	int64_t seq = 0, n = 0;
	str block;

	read_number(c, "seq", INT64_MAX, &seq);
	read_number(c, "n", INT64_MAX, &n);
	if (c->problems.n || follow_snapshot_block(c->desk, (uint64_t)seq,
				     (uint64_t)n, &block, e))
		return -1;
	http_type(c->r, "application/octet-stream");
	c->r->fixed = block;
	return 0;
}
