/*
 * What became of status files, entered by hand: the platform says it by email, and in manual
 * mode it says all of it there.
 */
#include "desk/drop_reporting.h"

#include "store/sql.h"

struct word {
	struct drop_cycle *cycle;
	const struct sql_drop_upload_list_row *upload;
	enum drop_word word;
	str message;
};

/* The file as such: the account took it, or did not. */
static int enter_file(struct desk *d, const struct word *w, struct err *e)
{
	struct drop_report_file f = { .id = w->upload->id,
		.name = w->upload->name };
	struct drop_report_said s = {
		.file = &f,
		.cycle_id = w->cycle->id,
		.is_accepted = w->word == DROP_WORD_ACCEPTED,
		.message = w->message,
	};

	return drop_report_say(d, &s, e);
}

/* Rows that were refused are owed again, in another file. */
static int take_back(struct desk *d, const struct word *w, struct err *e)
{
	struct sql_drop_item_unsend_in fresh = { w->upload->id };
	struct sql_drop_item_unamend_in amend = { w->upload->id };

	if (drop_tally_change(d, DROP_TALLY_ITEMS, e))
		return -1;
	if (w->upload->is_amend)
		return sql_drop_item_unamend(d->db, &amend, e) < 0 ? -1 : 0;
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

static bool is_waiting(const struct sql_drop_upload_list_row *u)
{
	return str_eq(u->state, STR("exported")) ||
	       str_eq(u->state, STR("made"));
}

/*
 * A word without a file is of those of which nothing was said.  Rows that were refused went
 * into another file: nothing can be said of them under this name any more.
 */
static bool is_meant(
	const struct entering *x, const struct sql_drop_upload_list_row *u)
{
	if (x->file.n && !str_eq(x->file, u->name))
		return false;
	if (is_waiting(u))
		return x->word.word == DROP_WORD_ACCEPTED ||
		       (x->word.word == DROP_WORD_REJECTED && x->file.n);
	if (x->word.word == DROP_WORD_ACCEPTED ||
		!str_eq(u->state, STR("accepted")) ||
		str_eq(u->outcome, STR("rejected")))
		return false;
	return x->file.n || !u->outcome.n;
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
		if (is_waiting(&rows.at[i]) ? enter_file(d, &x->word, e)
					    : enter_outcome(d, &x->word, e))
			return -1;
	}
	return move_on(d, c, x->n && x->word.word == DROP_WORD_REJECTED, e);
}

/* What the platform writes may come after the next lists: a file tells its session. */
static int session_of(
	struct desk *d, str file, struct drop_cycle *out, struct err *e)
{
	struct sql_drop_upload_by_name_in in = { file };
	struct sql_drop_upload_by_name_row row;
	int rc;

	if (!file.n)
		return drop_session_newest(d, out, e);
	rc = sql_drop_upload_by_name(d->db, d->arena, &in, &row, e);
	return rc <= 0 ? rc : drop_session_read(d, row.cycle_id, out, e);
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
	rc = session_of(d, file, &c, e);
	if (rc < 0 || (rc && desk_write(d, enter_words, &x, e)))
		return -1;
	drop_tally_keep(d);
	if (x.n)
		return 0;
	err_set(e, ERR_NOT_FOUND,
		file.n ? "that can't be said of a file of this name"
		       : "no file of this session waits for that");
	return err_hint(e, "`toyon drop status` lists them");
}
