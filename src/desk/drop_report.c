/*
 * Status files: made in the record with their rows, then written, then sent.
 * Killed in between, the same file is written again, byte for byte, and sent
 * under the same name, which the platform knows then: that it repeats is as good
 * as that it was accepted.
 */
#include "desk/drop_session.h"

#include <string.h>

#include "base/enc.h"
#include "base/file.h"
#include "desk/drop_archive.h"
#include "desk/restored.h"
#include "drop/batch.h"
#include "drop/client.h"
#include "store/sql.h"

enum { ROWS_PAGE = 20000, AGAIN_S = 300 };

struct reporting {
	struct desk *desk;
	const struct drop_place *place;
	const char *dir; /* of the files */
	struct drop_client client;
	struct drop_cycle *cycle;
	struct drop_reported *out;
	bool is_export;
	bool no_amends;  /* the platform takes none now */
	bool is_stopped; /* a person has to look, or later */
	int rejected[DROP_LISTS];
};

/* A file in the record. */
struct file {
	int64_t id;
	enum drop_list list;
	bool is_amend;
	str name;
	int64_t rows;
	str sha256;
	int64_t tries;
};

/* --- making --- */

struct making {
	struct reporting *r;
	struct file file;
};

static str name_of(struct desk *d, const struct file *f)
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
static int hold(struct desk *d, const struct reporting *r, struct err *e)
{
	struct sql_drop_cycle_hold_in in = { r->cycle->id };
	struct sql_drop_cycle_hold_row row;

	if (sql_drop_cycle_hold(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	if (str_eq(row.state, str_of(drop_state_code(DROP_STATE_ACTED))))
		return 0;
	return err_set(e, ERR_CONFLICT, "somebody else moved session %lld on",
		(long long)r->cycle->id);
}

/* No items, no file: the row is undone with the transaction. */
static int make(struct desk *d, void *ctx, struct err *e)
{
	struct making *m = ctx;
	struct file *f = &m->file;
	struct sql_drop_upload_add_in add = {
		.cycle_id = m->r->cycle->id,
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

	if (hold(d, m->r, e) || drop_tally_change(d, DROP_TALLY_ITEMS, e) ||
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
		AD("cycle", m->r->cycle->id), AD("file", f->name),
		AD("rows", f->rows));
}

static int count_waiting(struct reporting *r, enum drop_list list,
	bool is_amend, int64_t *n, struct err *e)
{
	struct sql_drop_item_waiting_in in = { list, is_amend };
	struct sql_drop_item_waiting_row row;

	if (sql_drop_item_waiting(r->desk->db, r->desk->arena, &in, &row, e) <
		0)
		return -1;
	*n = row.n;
	return 0;
}

/* --- writing --- */

static int write_rows(struct desk *d, struct drop_status_file *to,
	const struct file *f, struct err *e)
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

static int write_file(struct reporting *r, struct file *f, struct err *e)
{
	struct desk *d = r->desk;
	struct sql_drop_upload_sha_in in = { .id = f->id };
	struct drop_status_file *to;
	struct drop_file_name n;
	uint8_t sha[SHA256_SIZE];

	must(drop_file_name_read(f->name, &n));
	if (drop_status_open(d->arena, r->dir, &n, &to, e) ||
		write_rows(d, to, f, e) || drop_status_close(to, sha, e))
		return -1;
	in.sha256 = hex_of(d->arena, sha, sizeof sha);
	in.state = r->is_export ? STR("exported") : STR("made");
	if (f->sha256.n && !str_eq(f->sha256, in.sha256))
		return err_set(e, ERR_CORRUPT,
			"%.*s came out otherwise than the first time",
			STR_ARG(f->name));
	f->sha256 = in.sha256;
	r->out->files++;
	r->out->rows += f->rows;
	return sql_drop_upload_sha(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- what was said --- */

struct said {
	struct reporting *r; /* NULL: by hand */
	const struct file *file;
	int64_t cycle_id;
	bool is_accepted;
	bool is_repeated;
	str message;
};

static int let_go(struct desk *d, const struct said *s, struct err *e)
{
	struct sql_drop_item_unput_in in = { s->file->id };

	return sql_drop_item_unput(d->db, &in, e) < 0 ? -1 : 0;
}

static int store_said(struct desk *d, void *ctx, struct err *e)
{
	const struct said *s = ctx;
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

/* --- sending --- */

/*
 * 409 to an upload: no batch waits.  When this file was sent before without our
 * hearing of it, the platform has it: a batch with items that are not answered
 * would wait.
 */
static bool is_known_by_now(const struct file *f, const struct drop_answer *ans)
{
	return ans->said == DROP_SAID_NOT_NOW && !f->is_amend && f->tries > 0;
}

static int take_said(struct reporting *r, const struct file *f,
	const struct drop_file_said *of, struct err *e)
{
	struct said s = {
		.r = r,
		.file = f,
		.cycle_id = r->cycle->id,
		.is_accepted = of->is_accepted,
		.is_repeated = of->is_repeated,
		.message = of->message,
	};

	if (desk_write(r->desk, store_said, &s, e))
		return -1;
	if (s.is_accepted)
		return 0;
	if (!r->out->rejected++)
		r->out->message = s.message;
	if (f->is_amend)
		r->no_amends = true;
	else if (++r->rejected[f->list] >= LIMIT_DROP_UPLOAD_TRIES)
		r->is_stopped = true;
	return 0;
}

/* Corrections that are not taken now wait for the next session. */
static int not_now(struct reporting *r, const struct file *f,
	const struct drop_answer *ans, struct err *e)
{
	struct drop_file_said of = { .name = f->name, .message = ans->message };

	if (is_known_by_now(f, ans))
		of.is_accepted = of.is_repeated = true;
	if (of.is_accepted || f->is_amend)
		return take_said(r, f, &of, e);
	return drop_refused(ans, e);
}

static int take_answer(struct reporting *r, const struct file *f,
	const struct drop_answer *ans, struct err *e)
{
	switch (ans->said) {
	case DROP_SAID_TAKEN:
	case DROP_SAID_REFUSED:
		must(ans->files_n == 1);
		return take_said(r, f, &ans->files[0], e);
	case DROP_SAID_NOT_NOW:
		return not_now(r, f, ans, e);
	case DROP_SAID_BUSY:
	case DROP_SAID_TROUBLE:
		r->is_stopped = true;
		r->out->again_ms =
			(ans->after_s ? ans->after_s : AGAIN_S) * 1000LL;
		r->out->message = ans->message;
		return 0;
	default:
		return drop_refused(ans, e);
	}
}

static int send_file(struct reporting *r, struct file *f, struct err *e)
{
	struct desk *d = r->desk;
	struct sql_drop_upload_tried_in tried = { f->id };
	struct drop_part part = {
		.name = f->name,
		.path = path_join(
			d->arena, r->dir, arena_cstr(d->arena, f->name)),
	};
	struct drop_answer ans;

	if (write_file(r, f, e))
		return -1;
	if (r->is_export)
		return 0;
	if (sql_drop_upload_tried(d->db, &tried, e) < 0)
		return -1;
	if (drop_upload(&r->client, d->arena, &part, 1, f->is_amend, &ans, e)) {
		struct err second;

		if (drop_outage_note(d, "unknown", "no-answer",
			    str_of(e->message), &second))
			*e = second;
		return -1;
	}
	if (ans.said != DROP_SAID_BUSY && ans.said != DROP_SAID_TROUBLE &&
		drop_outage_end(d, e))
		return -1;
	return take_answer(r, f, &ans, e);
}

static int send_new(
	struct reporting *r, enum drop_list list, bool is_amend, struct err *e)
{
	struct making m = {
		.r = r,
		.file = { .list = list, .is_amend = is_amend },
	};
	int64_t waiting;

	for (;;) {
		if (r->is_stopped || (is_amend && r->no_amends))
			return 0;
		if (count_waiting(r, list, is_amend, &waiting, e))
			return -1;
		if (!waiting)
			return 0;
		if (desk_write(r->desk, make, &m, e) ||
			send_file(r, &m.file, e))
			return -1;
		m.file.sha256 = STR("");
		m.file.tries = 0;
	}
}

/* Files that were made before and of which nothing was heard. */
static int send_open(struct reporting *r, struct err *e)
{
	struct sql_drop_upload_open_in in = { r->cycle->id };
	struct sql_drop_upload_open_rows rows;

	if (sql_drop_upload_open(r->desk->db, r->desk->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n && !r->is_stopped; i++) {
		struct file f = {
			.id = rows.at[i].id,
			.list = (enum drop_list)rows.at[i].list,
			.is_amend = rows.at[i].is_amend,
			.name = rows.at[i].name,
			.rows = rows.at[i].row_count,
			.sha256 = rows.at[i].sha256,
			.tries = rows.at[i].tries,
		};

		if (str_eq(rows.at[i].state, STR("exported")) && !r->is_export)
			continue;
		if (send_file(r, &f, e))
			return -1;
	}
	return 0;
}

/* --- the whole answer --- */

/* A list may have been said not to be held since the look. */
static int decide_again(struct desk *d, const struct drop_cycle *c,
	struct drop_pass *pass, struct err *e)
{
	if (drop_pass_read(d, c->pass_id, pass, e) != 1 ||
		drop_decide(d, pass, e))
		return -1;
	return drop_settle(d, pass, e);
}

/* Which items keep it from being whole. */
static int whole(struct desk *d, const struct drop_cycle *c, struct err *e)
{
	struct sql_drop_item_undecided_rows rows;
	struct drop_pass pass;
	struct err why = { 0 };
	enum drop_list list;

	if (sql_drop_item_undecided(d->db, d->arena, &rows, e))
		return -1;
	if (!rows.n)
		return 0;
	if (decide_again(d, c, &pass, e) ||
		sql_drop_item_undecided(d->db, d->arena, &rows, e))
		return -1;
	if (!rows.n)
		return 0;
	list = (enum drop_list)rows.at[0].list;
	err_set(e, ERR_CONFLICT, "%lld items of %s have no status yet",
		(long long)rows.at[0].n, drop_list_name(list));
	if (!drop_list_is_looked_at(d, &pass, list, &why))
		return err_hint(e, "%s; %s", why.message, why.hint);
	return err_hint(e, "the platform takes the answer as a whole only");
}

static int finish(struct reporting *r, struct err *e)
{
	struct sql_drop_upload_tally_in in = { r->cycle->id };
	struct sql_drop_item_unsent_row unsent;
	struct sql_drop_upload_tally_row t;

	if (sql_drop_upload_tally(r->desk->db, r->desk->arena, &in, &t, e) <
			0 ||
		sql_drop_item_unsent(r->desk->db, r->desk->arena, &unsent, e) <
			0)
		return -1;
	if (t.waiting || unsent.fresh)
		return 0;
	return drop_session_go(r->desk, r->cycle,
		t.files ? DROP_ON_SENT : DROP_ON_NOTHING_OWED, e);
}

static int run(struct reporting *r, struct err *e)
{
	if (whole(r->desk, r->cycle, e) || send_open(r, e))
		return -1;
	for (int is_amend = 0; is_amend < 2; is_amend++)
		for (int l = 0; l < DROP_LISTS; l++)
			if (send_new(r, (enum drop_list)l, is_amend, e))
				return -1;
	if (!r->is_export && !r->is_stopped && finish(r, e))
		return -1;
	r->out->state = r->cycle->state;
	if (r->is_stopped && r->out->rejected)
		r->out->advice = "the platform rejects these files: see its "
				 "message, and mend what it names";
	return drop_session_problem(r->desk, r->cycle->id, r->out->message, e);
}

/* Of a system that was put back from a backup, what was done is undone. */
static int need_looked_at(struct desk *d, struct err *e)
{
	struct sql_drop_pass_last_row last;
	struct sql_restored_last_row back;

	if (restored_need(d, STR(""), e) ||
		sql_drop_pass_last(d->db, d->arena, &last, e) < 0 ||
		sql_restored_last(d->db, d->arena, &back, e) < 0)
		return -1;
	if (back.restored_at < last.matched_at)
		return 0;
	err_set(e, ERR_CONFLICT,
		"a system was put back from a backup since everything was "
		"looked at");
	return err_hint(e, "`toyon drop screen`, then `toyon drop act`");
}

static int report(struct reporting *r, struct err *e)
{
	if (drop_session_need(r->desk, DROP_STATE_ACTED, r->cycle, e) ||
		need_looked_at(r->desk, e) || dir_make(r->dir, 0700, e) ||
		(!r->is_export &&
			drop_client_of(r->desk, r->place, &r->client, e)))
		return -1;
	return run(r, e);
}

int drop_report(struct desk *d, const struct drop_place *p,
	struct drop_reported *out, struct err *e)
{
	struct drop_cycle c;
	struct reporting r = {
		.desk = d,
		.place = p,
		.cycle = &c,
		.out = out,
		.dir = drop_place_path(d->arena, p, STR("sent")),
	};
	int lock, rc;

	*out = (struct drop_reported){ 0 };
	if (desk_need(d, PERM_DROP, e) || drop_lock(p, &lock, e))
		return -1;
	rc = report(&r, e);
	drop_tally_keep(d);
	drop_unlock(lock);
	return rc;
}

/* A copy stays with us, to prove what was handed over. */
static int export_copies(struct reporting *r, const char *dir, struct err *e)
{
	struct sql_drop_upload_open_in in = { r->cycle->id };
	struct sql_drop_upload_open_rows rows;
	struct arena *a = r->desk->arena;

	if (sql_drop_upload_open(r->desk->db, a, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		const char *name = arena_cstr(a, rows.at[i].name);

		if (archive_copy(path_join(a, r->dir, name),
			    path_join(a, dir, name), e))
			return -1;
	}
	return 0;
}

int drop_export(struct desk *d, const struct drop_place *p, const char *dir,
	struct drop_reported *out, struct err *e)
{
	struct drop_cycle c;
	struct reporting r = {
		.desk = d,
		.place = p,
		.cycle = &c,
		.out = out,
		.is_export = true,
		.dir = drop_place_path(d->arena, p, STR("sent")),
	};

	int lock, rc;

	*out = (struct drop_reported){ 0 };
	if (desk_need(d, PERM_DROP, e) || dir_make(dir, 0700, e) ||
		drop_lock(p, &lock, e))
		return -1;
	rc = report(&r, e) || export_copies(&r, dir, e) ? -1 : 0;
	drop_tally_keep(d);
	drop_unlock(lock);
	return rc;
}

/* --- entered by hand --- */

struct word {
	struct drop_cycle *cycle;
	const struct sql_drop_upload_list_row *upload;
	enum drop_word word;
	str message;
};

static int accept(struct desk *d, const struct word *w, struct err *e)
{
	struct file f = { .id = w->upload->id, .name = w->upload->name };
	struct said s = {
		.file = &f,
		.cycle_id = w->cycle->id,
		.is_accepted = true,
		.message = w->message,
	};

	return store_said(d, &s, e);
}

/* Rows that were refused are owed again, in another file. */
static int take_back(struct desk *d, const struct word *w, struct err *e)
{
	struct sql_drop_item_unsend_in fresh = { w->upload->id };
	struct sql_drop_item_unput_in amend = { w->upload->id };

	if (drop_tally_change(d, DROP_TALLY_ITEMS, e))
		return -1;
	if (w->upload->is_amend)
		return sql_drop_item_unput(d->db, &amend, e) < 0 ? -1 : 0;
	return sql_drop_item_unsend(d->db, &fresh, e) < 0 ? -1 : 0;
}

static int enter_outcome(struct desk *d, const struct word *w, struct err *e)
{
	bool is_rejected = w->word == DROP_WORD_REJECTED;
	struct sql_drop_upload_outcome_in in = {
		.id = w->upload->id,
		.outcome = is_rejected ? STR("rejected") : STR("processed"),
		.at = desk_now(d),
		.outcome_by = desk_actor(d),
		.outcome_message = w->message,
	};

	if (sql_drop_upload_outcome(d->db, &in, e) < 0 ||
		(is_rejected && take_back(d, w, e)))
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_OUTCOME, STR(""), e,
		AD("cycle", w->cycle->id), AD("file", w->upload->name),
		AD("outcome", in.outcome));
}

/* Where the session stands, after what was entered. */
static int move_on(
	struct desk *d, struct drop_cycle *c, bool is_rejected, struct err *e)
{
	struct sql_drop_upload_tally_in in = { c->id };
	struct sql_drop_item_unsent_row unsent;
	struct sql_drop_upload_tally_row t;

	if (sql_drop_upload_tally(d->db, d->arena, &in, &t, e) < 0 ||
		sql_drop_item_unsent(d->db, d->arena, &unsent, e) < 0)
		return -1;
	if (c->state == DROP_STATE_UPLOADED && is_rejected)
		return drop_session_move(d, c, DROP_ON_REFUSED, e);
	if (c->state == DROP_STATE_ACTED && !t.waiting && !unsent.fresh &&
		drop_session_move(d, c, DROP_ON_SENT, e))
		return -1;
	if (c->state != DROP_STATE_UPLOADED ||
		t.processed + t.rejected < t.files)
		return 0;
	return drop_session_move(d, c, DROP_ON_PROCESSED, e) ||
			       drop_session_move(d, c, DROP_ON_FINISHED, e)
		       ? -1
		       : 0;
}

struct entering {
	str file;
	struct word word;
	size_t n;
};

static bool is_meant(
	const struct entering *x, const struct sql_drop_upload_list_row *u)
{
	bool is_waiting = str_eq(u->state, STR("exported")) ||
			  str_eq(u->state, STR("made"));

	if (x->file.n && !str_eq(x->file, u->name))
		return false;
	if (x->word.word == DROP_WORD_ACCEPTED)
		return is_waiting;
	return str_eq(u->state, STR("accepted"));
}

static int enter_words(struct desk *d, void *ctx, struct err *e)
{
	struct entering *x = ctx;
	struct drop_cycle *c = x->word.cycle;
	struct sql_drop_upload_list_in in = { c->id };
	struct sql_drop_cycle_hold_in held = { c->id };
	struct sql_drop_cycle_hold_row state;
	struct sql_drop_upload_list_rows rows;

	x->n = 0;
	if (sql_drop_cycle_hold(d->db, d->arena, &held, &state, e) < 0 ||
		sql_drop_upload_list(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		if (!is_meant(x, &rows.at[i]))
			continue;
		x->n++;
		x->word.upload = &rows.at[i];
		if (x->word.word == DROP_WORD_ACCEPTED
				? accept(d, &x->word, e)
				: enter_outcome(d, &x->word, e))
			return -1;
	}
	return move_on(d, c, x->n && x->word.word == DROP_WORD_REJECTED, e);
}

int drop_outcome(struct desk *d, str file, enum drop_word word, str message,
	struct err *e)
{
	struct drop_cycle c;
	struct entering x = {
		.file = file,
		.word = { .cycle = &c, .word = word, .message = message },
	};
	int rc;

	if (desk_need(d, PERM_DROP, e))
		return -1;
	if (message.n > LIMIT_NOTE_BYTES || !str_is_text(message))
		return err_set(e, ERR_INVALID, "the message is too long");
	rc = drop_session_newest(d, &c, e);
	if (rc < 0 || (rc && desk_write(d, enter_words, &x, e)))
		return -1;
	drop_tally_keep(d);
	if (x.n)
		return 0;
	err_set(e, ERR_NOT_FOUND,
		file.n ? "no such file of this session waits"
		       : "no file of this session waits");
	return err_hint(e, "`toyon drop status` lists them");
}
