/*
 * Status files: made in the record with their rows, then written, then sent.
 * Killed in between, the same file is written again, byte for byte, and sent
 * under the same name, which the platform knows then: that it repeats is as good
 * as that it was accepted.
 */
#include "desk/drop_reporting.h"

#include "base/file.h"
#include "desk/drop_archive.h"
#include "desk/restored.h"
#include "drop/client.h"
#include "store/sql.h"

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

/* --- sending --- */

/*
 * 409 to an upload: no batch waits.  When this file was sent before without our
 * hearing of it, the platform has it: a batch with items that are not answered
 * would wait.
 */
static bool is_known_by_now(
	const struct drop_report_file *f, const struct drop_answer *ans)
{
	return ans->said == DROP_SAID_NOT_NOW && !f->is_amend && f->is_unheard;
}

/* Answers by which the platform has not taken it, whatever else is wrong. */
static bool takes_nothing(const struct drop_answer *ans)
{
	return ans->said == DROP_SAID_NOT_NOW || ans->said == DROP_SAID_KEY ||
	       ans->said == DROP_SAID_ACCOUNT || ans->said == DROP_SAID_BUSY;
}

/* Or a file that was refused twice would pass for one whose answer was lost. */
static int note_heard(struct reporting *r, const struct drop_report_file *f,
	const struct drop_answer *ans, struct err *e)
{
	struct sql_drop_upload_heard_in in = { f->id };

	if (f->is_unheard || !takes_nothing(ans))
		return 0;
	return sql_drop_upload_heard(r->desk->db, &in, e) < 0 ? -1 : 0;
}

static int store_said(struct desk *d, void *ctx, struct err *e)
{
	return drop_report_say(d, ctx, e);
}

static int take_said(struct reporting *r, const struct drop_report_file *f,
	const struct drop_file_said *of, struct err *e)
{
	struct drop_report_said s = {
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
static int not_now(struct reporting *r, const struct drop_report_file *f,
	const struct drop_answer *ans, struct err *e)
{
	struct drop_file_said of = { .name = f->name, .message = ans->message };

	if (is_known_by_now(f, ans))
		of.is_accepted = of.is_repeated = true;
	if (of.is_accepted || f->is_amend)
		return take_said(r, f, &of, e);
	return drop_refused(ans, e);
}

static int wait(struct reporting *r, int after_s, struct err *e)
{
	if (!after_s && drop_outage_wait(r->desk, &after_s, e))
		return -1;
	r->out->again_ms = after_s * 1000LL;
	return 0;
}

static int take_answer(struct reporting *r, const struct drop_report_file *f,
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
		r->out->message = ans->message;
		return wait(r, ans->after_s, e);
	default:
		return drop_refused(ans, e);
	}
}

static int send_file(
	struct reporting *r, struct drop_report_file *f, struct err *e)
{
	struct desk *d = r->desk;
	struct sql_drop_upload_tried_in tried = { f->id };
	struct drop_part part = {
		.name = f->name,
		.path = path_join(
			d->arena, r->dir, arena_cstr(d->arena, f->name)),
	};
	struct drop_answer ans;

	if (drop_report_write(d, r->dir, f, r->is_export, e))
		return -1;
	r->out->files++;
	r->out->rows += f->rows;
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
	if (note_heard(r, f, &ans, e) || drop_outage_answered(d, &ans, e))
		return -1;
	return take_answer(r, f, &ans, e);
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

static int send_new(
	struct reporting *r, enum drop_list list, bool is_amend, struct err *e)
{
	struct drop_report_file f = { .list = list, .is_amend = is_amend };
	int64_t waiting;

	for (;;) {
		if (r->is_stopped || (is_amend && r->no_amends))
			return 0;
		if (count_waiting(r, list, is_amend, &waiting, e))
			return -1;
		if (!waiting)
			return 0;
		if (drop_report_make(r->desk, r->cycle, &f, e) ||
			send_file(r, &f, e))
			return -1;
		f.sha256 = STR("");
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
		struct drop_report_file f = {
			.id = rows.at[i].id,
			.list = (enum drop_list)rows.at[i].list,
			.is_amend = rows.at[i].is_amend,
			.name = rows.at[i].name,
			.rows = rows.at[i].row_count,
			.sha256 = rows.at[i].sha256,
			.is_unheard = rows.at[i].is_unheard,
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
		drop_need_one_platform(r->desk, e) ||
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
