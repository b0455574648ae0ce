/*
 * Status files in the record and on the disk.  Written again after a crash, a file has the
 * same bytes: its rows were stored with its name.
 */
#include "desk/drop_reporting.h"

#include "base/enc.h"
#include "drop/batch.h"
#include "store/sql.h"

enum { ROWS_PAGE = 20000 };

/* --- making --- */

struct making {
	const struct drop_cycle *cycle;
	struct drop_report_file *file;
};

static str name_of(struct desk *d, const struct drop_report_file *f)
{
	struct drop_file_name n = {
		.date = desk_today(d),
		.broker = drop_broker(d),
		.list = f->list,
		.suffix = arena_fmt(
			d->arena, "t%lld", (long long)f->id % 1000000000),
	};

	return drop_file_name_of(d->arena, &n);
}

/* Held, so that two nodes don't put the same items into two files. */
static int hold(struct desk *d, const struct drop_cycle *c, struct err *e)
{
	struct sql_drop_cycle_hold_in in = { c->id };
	struct sql_drop_cycle_hold_row row;

	if (sql_drop_cycle_hold(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	if (str_eq(row.state, str_of(drop_state_code(DROP_STATE_ACTED))))
		return 0;
	return err_set(e, ERR_CONFLICT, "somebody else moved session %lld on",
		(long long)c->id);
}

/* No items, no file: the row is undone with the transaction. */
static int make(struct desk *d, void *ctx, struct err *e)
{
	struct making *m = ctx;
	struct drop_report_file *f = m->file;
	struct sql_drop_upload_add_in add = {
		.cycle_id = m->cycle->id,
		.list = f->list,
		.is_amend = f->is_amend,
		.name = arena_fmt(d->arena, "in the making, %lld",
			(long long)desk_now(d)),
		.made_at = desk_now(d),
	};
	struct sql_drop_upload_take_in take = {
		.list = f->list,
		.is_amend = f->is_amend,
		.first = LIMIT_DROP_FILE_ROWS,
	};
	struct sql_drop_upload_name_in named;
	struct sql_drop_upload_add_row row;

	if (hold(d, m->cycle, e) || drop_tally_change(d, DROP_TALLY_ITEMS, e) ||
		sql_drop_upload_add(d->db, d->arena, &add, &row, e) < 0)
		return -1;
	f->id = take.upload_id = row.id;
	f->rows = sql_drop_upload_take(d->db, &take, e);
	if (f->rows < 0)
		return -1;
	if (!f->rows)
		return err_set(e, ERR_CONFLICT,
			"somebody else makes these status files");
	f->name = name_of(d, f);
	named = (struct sql_drop_upload_name_in){ f->id, f->name, f->rows };
	if (sql_drop_upload_name(d->db, &named, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_FILE_MADE, STR(""), e,
		AD("cycle", m->cycle->id), AD("file", f->name),
		AD("rows", f->rows));
}

int drop_report_make(struct desk *d, const struct drop_cycle *c,
	struct drop_report_file *f, struct err *e)
{
	struct making m = { c, f };

	return desk_write(d, make, &m, e);
}

/* --- writing --- */

static int write_rows(struct desk *d, struct drop_status_file *to,
	const struct drop_report_file *f, struct err *e)
{
	struct arena *page = arena_new(LIMIT_REQUEST_ARENA);
	struct sql_drop_upload_rows_in in = {
		.upload_id = f->id,
		.first = ROWS_PAGE,
	};
	struct sql_drop_upload_rows_rows rows = { .n = ROWS_PAGE };
	struct drop_outcome o;
	int rc = 0;

	while (rows.n == ROWS_PAGE && !rc) {
		arena_clear(page);
		rc = sql_drop_upload_rows(d->db, page, &in, &rows, e);
		for (size_t i = 0; !rc && i < rows.n; i++) {
			must(drop_id_read(rows.at[i].id, o.id) &&
				drop_status_is((int)rows.at[i].status));
			o.status = (enum drop_status)rows.at[i].status;
			rc = drop_status_put(to, &o, e);
		}
		in.after = (str){ o.id, DROP_ID_SIZE };
	}
	arena_free(page);
	return rc;
}

int drop_report_write(struct desk *d, const char *dir,
	struct drop_report_file *f, bool is_export, struct err *e)
{
	struct sql_drop_upload_sha_in in = { .id = f->id };
	struct drop_status_file *to;
	struct drop_file_name n;
	uint8_t sha[SHA256_SIZE];

	must(drop_file_name_read(f->name, &n));
	if (drop_status_open(d->arena, dir, &n, &to, e) ||
		write_rows(d, to, f, e) || drop_status_close(to, sha, e))
		return -1;
	in.sha256 = hex_of(d->arena, sha, sizeof sha);
	in.state = is_export ? STR("exported") : STR("made");
	if (f->sha256.n && !str_eq(f->sha256, in.sha256))
		return err_set(e, ERR_CORRUPT,
			"%.*s came out otherwise than the first time",
			STR_ARG(f->name));
	f->sha256 = in.sha256;
	return sql_drop_upload_sha(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- what was said --- */

static int let_go(
	struct desk *d, const struct drop_report_said *s, struct err *e)
{
	struct sql_drop_item_unput_in in = { s->file->id };

	return sql_drop_item_unput(d->db, &in, e) < 0 ? -1 : 0;
}

int drop_report_say(
	struct desk *d, const struct drop_report_said *s, struct err *e)
{
	struct sql_drop_upload_said_in in = {
		.id = s->file->id,
		.state = s->is_accepted ? STR("accepted") : STR("rejected"),
		.said_at = desk_now(d),
		.is_repeated = s->is_repeated,
		.message = s->message,
	};
	struct sql_drop_item_sent_in sent = { s->file->id, desk_now(d) };
	int64_t n = sql_drop_upload_said(d->db, &in, e);

	if (n <= 0) /* said before */
		return (int)n;
	if (drop_tally_change(d, DROP_TALLY_ITEMS, e))
		return -1;
	if (s->is_accepted ? sql_drop_item_sent(d->db, &sent, e) < 0
			   : let_go(d, s, e))
		return -1;
	return desk_audit(d,
		s->is_accepted ? AUDIT_DROP_ACCEPTED : AUDIT_DROP_REJECTED,
		STR(""),
		(const struct log_field[]){
			AD("cycle", s->cycle_id), AD("file", s->file->name) },
		2, e);
}
