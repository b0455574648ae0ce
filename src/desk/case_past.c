/* What happened to a case: the timeline, its letters, and what else the same person
 * asked for. */
#include "desk/case_fill.h"
#include "desk/trail.h"
#include "law/reference.h"
#include "mail/letters.h"

static str event_detail(struct desk *d, const struct sql_staff_list_rows *staff,
	str actor, int64_t at)
{
	str when = instant_words(d->arena, at);

	if (str_starts(actor, STR("staff:")))
		return arena_fmt(d->arena, "%.*s, %.*s",
			STR_ARG(trail_who(d, staff, actor)), STR_ARG(when));
	if (str_starts(actor, STR("vendor:")) ||
		str_starts(actor, STR("keeper:")))
		return arena_fmt(
			d->arena, "Through its own page, %.*s", STR_ARG(when));
	return when;
}

/* Newest first, as a timeline is read. */
int case_fill_events(
	struct desk *d, struct case_view *v, str reference, struct err *e)
{
	struct sql_audit_of_reference_rows rows;
	struct sql_staff_list_rows staff;

	if (sql_staff_list(d->db, d->arena, &staff, e))
		return -1;
	if (sql_audit_of_reference(d->db, d->arena,
		    &(struct sql_audit_of_reference_in){ reference }, &rows, e))
		return -1;
	v->entries = (int64_t)rows.n;
	v->events.n = rows.n;
	v->events.at = arena_many(d->arena, struct case_event, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_audit_of_reference_row *r =
			&rows.at[rows.n - 1 - i];
		struct case_event *ev = &v->events.at[i];
		enum audit_event kind;

		*ev = (struct case_event){ .at = r->at,
			.day = date_short(d->arena, date_pacific(r->at)),
			.title = r->event,
			.detail = event_detail(d, &staff, r->actor, r->at),
			.tone = "",
			.icon = "dot" };
		if (!audit_event_of(r->event, &kind))
			continue;
		ev->title = audit_sentence(d->arena, kind, r->detail);
		ev->tone = audit_event_tone(kind);
		ev->icon = *ev->tone == 'g'   ? "check"
			   : *ev->tone == 'b' ? "alert"
					      : "dot";
	}
	return 0;
}

int case_fill_letters(struct desk *d, struct case_view *v, struct err *e)
{
	struct sql_mail_of_request_rows rows;

	if (sql_mail_of_request(d->db, d->arena,
		    &(struct sql_mail_of_request_in){ v->id }, &rows, e))
		return -1;
	v->letters.n = rows.n;
	v->letters.at = arena_many(d->arena, struct case_letter, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		enum letter_kind kind;

		v->letters.at[i] = (struct case_letter){
			.id = rows.at[i].id,
			.title = letter_kind_of(rows.at[i].template, &kind)
					 ? str_of(letter_kind_title(kind))
					 : rows.at[i].template,
			.state = rows.at[i].state,
			.sent_at = rows.at[i].sent_at,
		};
	}
	return 0;
}

int case_fill_others(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	struct sql_request_same_person_rows rows;

	if (sql_request_same_person(d->db, d->arena,
		    &(struct sql_request_same_person_in){ v->id }, &rows, e))
		return -1;
	v->others.n = rows.n;
	v->others.at = arena_many(d->arena, str, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v->others.at[i] =
			reference_show(d->arena, rows.at[i].reference);
	if (r->person.again_of.n)
		v->again_of = reference_show(d->arena, r->person.again_of);
	return 0;
}
