/*
 * The tray of letters on paper.  What a letter means for its case is in desk/post.c,
 * whichever way it leaves; here is when it left, as a person says.
 */
#include "desk/tray.h"

#include <stdlib.h>

#include "desk/limit.h"
#include "desk/package.h"
#include "desk/post.h"
#include "desk/record.h"
#include "law/reference.h"

enum { HALF_DAY_MS = 12 * 3600 * 1000 };

static struct date date_of(str iso)
{
	struct date out = { 0 };

	(void)date_parse(iso, &out);
	return out;
}

/* 11 CCR 7021(a) has a day of its own for the confirmation of receipt. */
static struct date due_of(const struct sql_mail_paper_row *row)
{
	bool is_receipt =
		str_eq(row->template, str_of(letter_kind_name(LETTER_RECEIPT)));

	return date_of(is_receipt && row->confirm_by.n ? row->confirm_by
						       : row->due_on);
}

static void fill_letter(struct desk *d, const struct sql_mail_paper_row *row,
	struct tray_letter *l)
{
	*l = (struct tray_letter){
		.id = row->id,
		.reference = reference_show(d->arena, row->reference),
		.title = post_title(row->template),
		.kind_title = kind_title(kind_of(row->kind)),
		.written_on = date_pacific(row->created_at),
		.due_on = due_of(row),
	};
	if (date_is_none(l->due_on))
		return;
	l->days_left = date_between(desk_today(d), l->due_on);
	l->urgency = urgency_of(l->days_left);
}

/* Those without a day last; written earlier first. */
static int by_day(const void *a, const void *b)
{
	const struct tray_letter *x = a;
	const struct tray_letter *y = b;
	bool has_x = !date_is_none(x->due_on);
	bool has_y = !date_is_none(y->due_on);

	if (has_x != has_y)
		return has_y - has_x;
	if (date_cmp(x->due_on, y->due_on))
		return date_cmp(x->due_on, y->due_on);
	return (x->id > y->id) - (x->id < y->id);
}

int tray_load(struct desk *d, struct tray *out, struct err *e)
{
	struct sql_mail_paper_in in = { LIMIT_TRAY_LETTERS };
	struct sql_mail_paper_rows rows;

	if (desk_need(d, PERM_POST_LETTERS, e) ||
		sql_mail_paper(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct tray_letter, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		struct post p;

		fill_letter(d, &rows.at[i], &out->at[i]);
		if (post_load(d, rows.at[i].id, &p, e) < 0)
			return -1;
		out->at[i].has_address = p.postal.v.n > 0;
	}
	qsort(out->at, out->n, sizeof *out->at, by_day);
	return 0;
}

int tray_count(struct desk *d, struct tray_count *out, struct err *e)
{
	struct sql_mail_paper_count_in in = { date_iso(
		d->arena, desk_today(d)) };
	struct sql_mail_paper_count_row row;

	if (sql_mail_paper_count(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	*out = (struct tray_count){ (int)row.n, (int)row.late };
	return 0;
}

int tray_waiting(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_mail_paper_of_request_in in = { request_id };
	struct sql_mail_paper_of_request_row row;

	if (sql_mail_paper_of_request(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return (int)row.n;
}

/* --- printed --- */

static int note_printed(struct desk *d, void *ctx, struct err *e)
{
	const struct post *p = ctx;

	return DESK_AUDIT(d, AUDIT_LETTER_PRINTED, p->reference, e,
		AD("letter", post_title(p->template)));
}

static bool is_here(const struct post *p)
{
	return p->is_paper && p->is_waiting;
}

static bool has_enclosure(const struct post *p)
{
	return str_eq(p->template, str_of(letter_kind_name(LETTER_PACKAGE)));
}

static int enclose(struct desk *d, const struct post *p, struct tray_sheet *out,
	struct err *e)
{
	struct package_open x;
	int rc;

	if (!has_enclosure(p))
		return 0;
	rc = package_on_paper(d, p->request_id, &x, e);
	if (rc < 0)
		return -1;
	out->has_package = rc > 0;
	out->package = x.letter;
	return 0;
}

int tray_print(
	struct desk *d, int64_t id, struct tray_sheet *out, struct err *e)
{
	struct post p;
	int rc;

	if (desk_need(d, PERM_POST_LETTERS, e))
		return -1;
	rc = post_load(d, id, &p, e);
	if (rc <= 0 || !is_here(&p) || !p.text.v.n)
		return rc < 0 ? -1 : 0;
	*out = (struct tray_sheet){
		.id = id,
		.reference = reference_show(d->arena, p.reference),
		.title = post_title(p.template),
		.written_on = date_pacific(p.created_at),
		.postal = p.postal,
		.call = p.call,
		.lang = p.lang,
		.subject = p.subject,
		.text = p.text,
	};
	return enclose(d, &p, out, e) || desk_write(d, note_printed, &p, e) ? -1
									    : 1;
}

static int note_saved(struct desk *d, void *ctx, struct err *e)
{
	const struct post *p = ctx;

	return DESK_AUDIT(d, AUDIT_PACKAGE_SAVED, p->reference, e,
		AD("letter", post_title(p->template)));
}

int tray_zip(struct desk *d, int64_t id, str *reference,
	struct package_zip *out, struct err *e)
{
	struct post p;
	int rc;

	if (desk_need(d, PERM_POST_LETTERS, e))
		return -1;
	rc = post_load(d, id, &p, e);
	if (rc <= 0 || !is_here(&p) || !has_enclosure(&p))
		return rc < 0 ? -1 : 0;
	rc = package_zip_on_paper(d, p.request_id, out, e);
	if (rc <= 0)
		return rc;
	*reference = reference_show(d->arena, p.reference);
	/* Entered before a byte leaves. */
	return desk_write(d, note_saved, &p, e) ? -1 : 1;
}

/* --- left --- */

/* Today it is known to the moment; of an earlier day its noon, and never before the
 * letter was written. */
static int64_t moment_of(struct desk *d, struct date day, const struct post *p)
{
	int64_t at = pacific_midnight_ms(day) + HALF_DAY_MS;

	if (!date_cmp(day, desk_today(d)))
		return desk_now(d);
	return at > p->created_at ? at : p->created_at;
}

static void read_day(struct desk *d, str typed, const struct post *p,
	struct date *day, struct problems *ps)
{
	if (!date_parse(typed, day))
		problem_add(ps, "day", "unreadable",
			"Enter the day on which it left");
	else if (date_cmp(*day, desk_today(d)) > 0)
		problem_add(ps, "day", "late",
			"Enter a day that is not in the future");
	else if (date_cmp(*day, date_pacific(p->created_at)) < 0)
		problem_add(ps, "day", "early",
			"Enter a day that is not before the letter was "
			"written");
}

struct leaving {
	int64_t id;
	const struct tray_leaving *in;
	struct problems *ps;
};

/* The case is locked first, as by whatever else happens to it. */
static int open_letter(
	struct desk *d, int64_t id, struct post *p, struct err *e)
{
	int rc = post_load(d, id, p, e);
	struct record r;

	if (rc < 0)
		return -1;
	if (rc && is_here(p))
		return record_need(d, p->reference, &r, e) ||
				       record_lock(d, &r, e)
			       ? -1
			       : 0;
	return err_set(e, ERR_CONFLICT,
		"this letter does not wait any more: somebody marked it");
}

static int leave(struct desk *d, void *ctx, struct err *e)
{
	const struct leaving *l = ctx;
	struct date day;
	struct post p;

	if (open_letter(d, l->id, &p, e))
		return -1;
	l->ps->n = 0;
	read_day(d, l->in->day, &p, &day, l->ps);
	if (!l->ps->n && l->in->is_read_out && p.postal.v.n)
		problem_add(l->ps, "how", "written",
			"There is an address: post the letter");
	if (!l->ps->n && !l->in->is_read_out && !p.postal.v.n)
		problem_add(l->ps, "how", "nowhere",
			"There is no address to post it to: read it out");
	if (l->ps->n)
		return 0;
	p.left_at = moment_of(d, day, &p);
	if (DESK_AUDIT(d,
		    l->in->is_read_out ? AUDIT_LETTER_READ_OUT
				       : AUDIT_LETTER_POSTED,
		    p.reference, e, AD("letter", post_title(p.template)),
		    AD("day", date_iso(d->arena, day))))
		return -1;
	return post_store_sent(d, &p, e) < 0 ? -1 : 0;
}

int tray_left(struct desk *d, int64_t id, const struct tray_leaving *in,
	struct problems *ps, struct err *e)
{
	struct leaving l = { id, in, ps };

	if (desk_need(d, PERM_POST_LETTERS, e))
		return -1;
	return desk_write(d, leave, &l, e);
}

static int fail(struct desk *d, void *ctx, struct err *e)
{
	const int64_t *id = ctx;
	struct post p;

	if (open_letter(d, *id, &p, e))
		return -1;
	return post_store_failed(d, &p, e);
}

int tray_failed(struct desk *d, int64_t id, struct err *e)
{
	if (desk_need(d, PERM_POST_LETTERS, e))
		return -1;
	return desk_write(d, fail, &id, e);
}
