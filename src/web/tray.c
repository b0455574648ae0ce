/*
 * Letters to print and post.
 */
#include "web/tray.h"

#include "desk/limit.h"
#include "web/html.h"
#include "web/letter_flow.h"
#include "web/package_send.h"
#include "words/words.h"

static struct tray_line line_of(struct arena *a, const struct tray_letter *t)
{
	struct tray_line l = {
		.letter = t,
		.href = desk_case_path(a, t->reference, ""),
		.written = date_short(a, t->written_on),
		.due_number = t->days_left < 0 ? -t->days_left : t->days_left,
		.due_words = t->days_left < 0 ? "late" : "left",
	};

	if (!date_is_none(t->due_on))
		l.due = date_short(a, t->due_on);
	return l;
}

int web_tray(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct tray_view v = { .lines = { NULL, 0 } };
	struct tray tray;

	if (tray_load(web_desk(q), &tray, e) ||
		desk_page_fill(ctx, q, r, STR("Letters to print"), &v.page, e))
		return -1;
	v.page.place = DESK_LETTERS;
	v.lines.n = tray.n;
	v.lines.at = arena_many(q->arena, struct tray_line, tray.n);
	for (size_t i = 0; i < tray.n; i++)
		v.lines.at[i] = line_of(q->arena, &tray.at[i]);
	if (tray.n == LIMIT_TRAY_LETTERS)
		v.cut = arena_fmt(q->arena,
			"The first %d are shown. The others follow as these "
			"are posted.",
			LIMIT_TRAY_LETTERS);
	html_tray(&r->body, &v);
	return 0;
}

static bool read_id(struct http_request *q, int64_t *id)
{
	return str_int(http_param(q, "id"), id) && *id > 0;
}

/* Somebody marked it meanwhile: the list says what is left. */
static int back(
	struct http_response *r, int rc, const char *flash, struct err *e)
{
	if (rc < 0 && e->code != ERR_CONFLICT)
		return -1;
	http_flash(r, rc < 0 ? "changed" : flash);
	http_redirect(r, STR("/desk/letters"));
	return 0;
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct sheet_view *v, struct err *e)
{
	struct tray_sheet sheet;
	int64_t id;
	int rc = read_id(q, &id) ? tray_print(web_desk(q), id, &sheet, e) : 0;

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such letter");
	if (desk_page_fill(w, q, r,
		    arena_fmt(
			    q->arena, "Letter %.*s", STR_ARG(sheet.reference)),
		    &v->page, e))
		return -1;
	v->page.place = DESK_LETTERS;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	v->sheet = &sheet;
	v->written = words_date(q->arena, sheet.lang, sheet.written_on);
	v->package.s = sheet.package.v;
	v->text = answer_paragraphs(q->arena, sheet.text);
	letter_flow_all(q->arena, v->text.at, v->text.n);
	v->today = date_iso(q->arena, desk_today(web_desk(q)));
	if (!v->day.n)
		v->day = v->today;
	html_tray_sheet(&r->body, v);
	return 0;
}

int web_tray_print(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct sheet_view v = { .day = { 0 } };

	return draw(ctx, q, r, &v, e);
}

int web_tray_left(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct tray_leaving in = {
		.day = http_form(q, "day"),
		.is_read_out = str_eq(http_form(q, "how"), STR("phone")),
	};
	struct sheet_view v = { .day = in.day };
	int64_t id;
	int rc;

	if (!read_id(q, &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such letter");
	rc = tray_left(web_desk(q), id, &in, &v.problems, e);
	if (!rc && v.problems.n)
		return draw(ctx, q, r, &v, e);
	return back(r, rc, in.is_read_out ? "read-out" : "posted", e);
}

int web_tray_zip(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct package_zip zip;
	str reference;
	int64_t id;
	int rc = 0;

	if (read_id(q, &id))
		rc = tray_zip(web_desk(q), id, &reference, &zip, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "nothing is enclosed with it");
	web_package_send(ctx, q, r, &zip, reference);
	return 0;
}

int web_tray_failed(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	int64_t id;

	(void)ctx;
	if (!read_id(q, &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such letter");
	return back(r, tray_failed(web_desk(q), id, e), "not-posted", e);
}
