/*
 * The case's entries of the audit trail: as a history that people read, and as they
 * stand in the chain, with what proves them.
 *
 *	{"toyon_case_trail":1,"business":"...","reference":"K7QF2M9X",
 *	 "public_key":"64 hex","at":"..."}                        (on one line)
 *	{"entry":LINE,"hash":"64 hex","before":"64 hex, or empty"}
 *	{"seal":{"seq":9,"at":"...","hash":"64 hex","signature":"128 hex"},
 *	 "chain":"whole"}
 *
 * LINE is the entry's own, byte for byte, and hash is SHA-256(before, "\n", LINE), as
 * audit.h draws it.  Behind entries stands the first seal at or after them.  What is
 * between an entry and its seal is about other work and other people, and can't be shown
 * in parts; so who makes the file goes through it, says whether the chain is whole, and
 * signs that with the key of the seals.  Who wants to see it for themselves holds each
 * entry against an export of the trail (binder_trail_check.c).
 */
#include "desk/binder_data.h"

#include <inttypes.h>

#include "desk/staff.h"

enum { TRAIL_MAX = 16 << 20 };

static bool is_event(str event, enum audit_event what)
{
	return str_eq(event, str_of(audit_event_code(what)));
}

/* Of a hold nobody outside hears, nor of a denial that rests on one.  On what one rested
 * that was taken back is known no more: of none of these is it told. */
static bool is_shown(str event, bool is_taken_back, bool is_silent)
{
	if (str_starts(event, STR("hold.")))
		return false;
	return !is_event(event, AUDIT_DENIED) || !(is_silent || is_taken_back);
}

/* What came of the file itself changes nothing in it. */
static bool is_of_the_file(str event)
{
	return str_starts(event, STR("binder."));
}

int binder_last_entry(
	struct desk *d, const struct record *r, int64_t *out, struct err *e)
{
	struct sql_audit_of_reference_in in = { r->row.reference };
	struct sql_audit_of_reference_rows rows;
	bool is_silent = binder_is_silent(r);
	size_t back = 0;

	*out = 0;
	if (sql_audit_of_reference(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (is_event(rows.at[i].event, AUDIT_REOPENED))
			back = i;
	for (size_t i = 0; i < rows.n; i++)
		if (is_shown(rows.at[i].event, i < back, is_silent) &&
			!is_of_the_file(rows.at[i].event))
			*out = rows.at[i].seq;
	return 0;
}

/* --- for people --- */

/* "Staff member 2 (Privacy officer)": a name is theirs, and not here. */
static str staff_words(
	struct arena *a, const struct sql_staff_list_rows *staff, str number)
{
	int64_t id;

	if (str_int(number, &id))
		for (size_t i = 0; i < staff->n; i++)
			if (staff->at[i].id == id)
				return arena_fmt(a, "Staff member %.*s (%s)",
					STR_ARG(number),
					role_title(staff->at[i].role));
	return arena_fmt(a, "Staff member %.*s", STR_ARG(number));
}

static str who_of(
	struct arena *a, const struct sql_staff_list_rows *staff, str actor)
{
	static const struct {
		const char *actor;
		const char *words;
	} rows[] = {
		{ "consumer", "The requester" },
		{ "system", "The service" },
		{ "cli", "The command line" },
	};
	str kind, rest;

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(actor, str_of(rows[i].actor)))
			return str_of(rows[i].words);
	str_cut(actor, ':', &kind, &rest);
	if (str_eq(kind, STR("staff")))
		return staff_words(a, staff, rest);
	return rest.n ? rest : actor;
}

static struct binder_entry entry_of(struct arena *a,
	const struct sql_staff_list_rows *staff,
	const struct sql_audit_lines_of_reference_row *r)
{
	struct binder_entry out = {
		.seq = r->seq,
		.at = binder_moment(a, r->at),
		.at_utc = audit_instant(a, r->at),
		.who = who_of(a, staff, r->actor),
		.actor = r->actor,
		.event = r->event,
		.what = r->event,
	};
	enum audit_event event;

	if (audit_event_of(r->event, &event))
		out.what = audit_sentence(a, event, r->detail);
	return out;
}

/* --- for who verifies --- */

struct trail_writer {
	struct desk *desk;
	struct binder *binder;
	struct buf out;
	struct sql_audit_seal_from_row seal; /* of the entries before */
	bool is_whole; /* the chain, from the first of them to it */
};

static void put_header(struct trail_writer *w, const struct record *r)
{
	struct json j = json_to(&w->out);

	json_begin_object(&j);
	json_put_int(&j, "toyon_case_trail", 1);
	json_put(&j, "business", w->binder->business);
	json_put(&j, "reference", r->row.reference);
	json_put(&j, "public_key", w->binder->public_key);
	json_put(&j, "at", audit_instant(w->binder->arena, desk_now(w->desk)));
	json_end(&j);
	buf_putc(&w->out, '\n');
}

static void put_seal(struct trail_writer *w)
{
	const struct sql_audit_seal_from_row *s = &w->seal;

	if (!s->seq)
		return;
	buf_fmt(&w->out,
		"{\"seal\":{\"seq\":%" PRId64 ",\"at\":\"%.*s\","
		"\"hash\":\"%.*s\",\"signature\":\"%.*s\"},"
		"\"chain\":\"%s\"}\n",
		s->seq, STR_ARG(audit_instant(w->binder->arena, s->at)),
		STR_ARG(s->hash), STR_ARG(s->signature),
		w->is_whole ? "whole" : "broken");
	w->binder->trail.seals++;
	w->binder->trail.is_broken |= !w->is_whole;
	w->binder->trail.to = s->seq;
}

/* The seal of this entry, and whether all up to it leads there. */
static int next_seal(struct trail_writer *w,
	const struct sql_audit_lines_of_reference_row *r, struct err *e)
{
	struct sql_audit_seal_from_in in = { r->seq };
	struct audit_stretch s = { .from = r->seq, .from_hash = r->hash };

	w->seal = (struct sql_audit_seal_from_row){ 0 };
	if (sql_audit_seal_from(w->desk->db, w->desk->arena, &in, &w->seal, e) <
		0)
		return -1;
	must(w->seal.seq); /* the head was signed before */
	s.to = w->seal.seq;
	s.to_hash = w->seal.hash;
	return audit_leads(w->desk->db, &s, &w->is_whole, e);
}

static int put_entry(struct trail_writer *w,
	const struct sql_audit_lines_of_reference_row *r, struct err *e)
{
	if (r->seq > w->seal.seq) {
		put_seal(w);
		if (next_seal(w, r, e))
			return -1;
	}
	buf_puts(&w->out, "{\"entry\":");
	buf_put(&w->out, r->line);
	buf_fmt(&w->out, ",\"hash\":\"%.*s\",\"before\":\"%.*s\"}\n",
		STR_ARG(r->hash), STR_ARG(r->before));
	if (!w->binder->trail.from)
		w->binder->trail.from = r->seq;
	w->binder->trail.entries++;
	return 0;
}

static int put_entries(struct trail_writer *w,
	const struct sql_audit_lines_of_reference_rows *rows,
	const struct sql_staff_list_rows *staff, struct err *e)
{
	struct binder *x = w->binder;
	size_t back = 0;

	for (size_t i = 0; i < rows->n; i++)
		if (is_event(rows->at[i].event, AUDIT_REOPENED))
			back = i;
	x->entries.at = arena_many(x->arena, struct binder_entry, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct sql_audit_lines_of_reference_row *r = &rows->at[i];

		if (!is_shown(r->event, i < back, x->is_silent))
			continue;
		x->entries.at[x->entries.n++] = entry_of(x->arena, staff, r);
		if (!is_of_the_file(r->event))
			x->trail.last = r->seq;
		if (put_entry(w, r, e))
			return -1;
	}
	put_seal(w);
	return 0;
}

int binder_load_trail(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct sql_audit_lines_of_reference_in in = { r->row.reference };
	struct sql_audit_lines_of_reference_rows rows;
	struct sql_staff_list_rows staff;
	struct trail_writer w = { .desk = d, .binder = x };

	if (sql_audit_lines_of_reference(d->db, d->arena, &in, &rows, e) ||
		sql_staff_list(d->db, d->arena, &staff, e))
		return -1;
	w.out = buf_in(x->arena, TRAIL_MAX);
	put_header(&w, r);
	if (put_entries(&w, &rows, &staff, e))
		return -1;
	if (!buf_ok(&w.out))
		return err_set(e, ERR_LIMIT,
			"the case has too many entries of the audit trail for "
			"one file");
	x->trail.file = buf_str(&w.out);
	return 0;
}
