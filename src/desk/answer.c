/* The answer that staff read and send: of a deletion, a correction, a package, and of a search
 * that found nothing.  Denials are in answer_denied.c. */
#include "desk/answer_words.h"

#include "connect/map.h"
#include "desk/code.h"
#include "desk/correct.h"
#include "desk/deny.h"
#include "desk/door.h"
#include "desk/explain.h"
#include "desk/form.h"
#include "desk/fulfil.h"
#include "desk/keep.h"
#include "desk/limit.h"
#include "desk/map_told.h"
#include "desk/note.h"
#include "desk/notice.h"
#include "desk/package.h"
#include "desk/parts.h"
#include "desk/setting.h"
#include "desk/untold.h"
#include "law/reference.h"
#include "words/words.h"

static int systems_holding(const struct tally *t)
{
	int n = 0;

	for (size_t i = 0; i < t->rows.n; i++)
		n += str_eq(t->rows.at[i].target, STR("system")) &&
		     (t->rows.at[i].rows_erased > 0 ||
			     str_eq(t->rows.at[i].state, STR("kept")));
	return n;
}

/* The facts of what staff chose to keep; 11 CCR 7022(f)(1). */
static str facts_of(const struct keeps *keeps, int64_t id)
{
	for (size_t i = 0; i < keeps->n; i++)
		if (keeps->at[i].id == id)
			return keeps->at[i].why.v;
	return STR("");
}

/* 11 CCR 7022(f): what, on which ground, and the one purpose it serves. */
static int fill_kept(struct desk *d, const struct record *r,
	struct letter_deleted *v, struct err *e)
{
	enum lang l = record_lang(r);
	str rest = r->person.kept;
	struct keeps keeps;
	struct kept k;
	struct map m;

	if (keep_list(d, r, &keeps, e))
		return -1;
	map_told(d, l, &m);
	v->kept.at = arena_many(d->arena, struct letter_kept, rest.n / 4 + 1);
	while (kept_next(&rest, &k)) {
		const struct ground *g = ground_of(k.ground);

		v->rows_kept += (int)k.rows;
		v->kept.at[v->kept.n++] = (struct letter_kept){
			.what = kept_words(d->arena, &m, l, &k),
			.why = say(l, g ? g->told : "The law allows it."),
			.facts = facts_of(&keeps, k.keep),
			.purpose = map_say(&m, l, k.purpose),
			.citation = words_citation(d->arena, l,
				str_of(g ? g->citation
					 : "Civ. Code 1798.105(d)")),
		};
	}
	return 0;
}

/* Rows by system, one a line; ROWS_UNKNOWN when that is one's. */
static int rows_of(str rest)
{
	str line;
	int all = 0;

	while (str_next(&rest, '\n', &line)) {
		str system, rows;
		int64_t n = 0;

		str_cut(line, '\t', &system, &rows);
		(void)str_int(rows, &n);
		if (n == ROWS_UNKNOWN)
			return ROWS_UNKNOWN;
		all += (int)n;
	}
	return all;
}

/* What a company that was told has not confirmed is counted, not listed. */
static bool is_undone(const struct sql_task_list_row *row)
{
	return str_eq(row->state, STR("dropped")) &&
	       (str_eq(row->target, STR("system")) || !row->asked_at);
}

static int undone_of(struct desk *d, const struct record *r,
	const struct tally *t, struct letter_undone *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct untolds untold;
	struct map m;

	*out = (struct letter_undone){
		.at = arena_many(d->arena, struct letter_undone_one, t->rows.n)
	};
	if (untold_list(d, r, t, &untold, e))
		return -1;
	map_told(d, l, &m);
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];
		struct letter_undone_one one = {
			.what = map_say(&m, l, row->title),
			.is_system = str_eq(row->target, STR("system")),
		};

		if (!is_undone(row))
			continue;
		one.is_left =
			one.is_system && row->rows_found > row->rows_erased;
		one.why = untold_words(d, &untold, row->id);
		out->systems += one.is_system;
		out->left += one.is_left;
		out->why += one.why.n > 0;
		out->at[out->n++] = one;
	}
	return 0;
}

static int write_deleted(struct desk *d, const struct record *r,
	const struct tally *t, struct answer *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct letter_deleted v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.received_on = answer_asked_on(d, r, l),
		.systems = systems_holding(t),
		.rows = (int)t->rows_erased,
		.vendors_told = t->vendors - t->vendors_untold -
				t->vendors_dropped_untold - t->vendors_spared,
		.vendors_confirmed = t->vendors - t->vendors_open -
				     t->vendors_kept - t->vendors_dropped -
				     t->vendors_spared,
		.vendors_kept = t->vendors_kept,
		.parts = parts_words(d->arena, l, parts_of(&r->person)),
		.rows_emptied = rows_of(r->person.emptied),
		/* Suppressed with the approval, but for parts. */
		.is_opted_out = !r->person.parts.n || answer_is_opted_out(r),
		.keep_until = answer_keep_words(d, l),
	};

	struct settings s;

	if (settings_load(d, &s, e) || post_sign(d, &v.sign, e) ||
		fill_kept(d, r, &v, e) || undone_of(d, r, t, &v.undone, e))
		return -1;
	v.rows_deidentified = rows_of(r->person.deidentified);
	v.rows -= v.rows_deidentified;
	v.rows_aggregated = rows_of(r->person.aggregated);
	v.may_be_aggregated = v.rows_aggregated == ROWS_UNKNOWN;
	v.has_backups = str_eq(s.backups, STR("yes"));
	v.offer = answer_offer(d, r, &s);
	v.status_link = post_link(d, l, "/s/", v.reference);
	out->kind = LETTER_DELETED;
	out->words = letters_deleted(d->arena, l, &v);
	return 0;
}

/* What need not be searched for a request to know, and the categories that it may
 * hold (11 CCR 7024(c)). */
static int name_not_searched(
	struct desk *d, const struct record *r, str *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct map map;

	*out = STR("");
	if (kind_row(r->kind)->flow != FLOW_TELL)
		return 0;
	if (map_read(d->arena, d->data_map, &map, e))
		return -1;
	for (size_t i = 0; i < map.systems_n; i++) {
		const struct map_system *s = &map.systems[i];

		if (s->is_exempt)
			*out = arena_fmt(d->arena, "%.*s%s%.*s (%.*s)",
				STR_ARG(*out), out->n ? ", " : "",
				STR_ARG(map_say(&map, l, s->title)),
				STR_ARG(parts_words(
					d->arena, l, map_kinds(s))));
	}
	return 0;
}

static int write_nothing(struct desk *d, const struct record *r,
	const struct tally *t, struct answer *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct letter_nothing_found v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.verb = say(l, form_of(r->kind)->verb),
		.received_on = answer_asked_on(d, r, l),
		.systems = t->systems - t->systems_dropped,
		.is_opted_out = answer_is_opted_out(r),
		.keep_until = answer_keep_words(d, l),
	};
	struct settings s;

	if (settings_load(d, &s, e) || post_sign(d, &v.sign, e) ||
		name_not_searched(d, r, &v.not_searched, e) ||
		undone_of(d, r, t, &v.undone, e))
		return -1;
	v.offer = answer_offer(d, r, &s);
	v.status_link = post_link(d, l, "/s/", v.reference);
	out->kind = LETTER_NOTHING_FOUND;
	out->words = letters_nothing_found(d->arena, l, &v);
	return 0;
}

/* That it is there, and nothing of it (11 CCR 7024(f)).  In the language of what is in
 * the package, which staff may choose. */
static int write_package(struct desk *d, const struct record *r,
	struct answer *out, struct err *e)
{
	struct date until = date_add(desk_today(d), LIMIT_PACKAGE_DAYS);
	struct letter_package v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.is_opted_out = answer_is_opted_out(r),
	};
	enum know_language language;
	struct package_row p;
	enum lang l;

	if (package_row(d, r->row.id, &p, e) || post_sign(d, &v.sign, e) ||
		package_language(d, r, &language, e))
		return -1;
	l = r->is_for_agent ? record_lang(r) : (enum lang)language;
	v.what = say(l, form_of(r->kind)->what);
	v.received_on = answer_asked_on(d, r, l);
	v.until = words_date(d->arena, l, until);
	v.keep_until = answer_keep_words(d, l);
	v.is_whole = p.is_whole;
	v.is_by_sms = code_is_by_sms(r);
	v.is_paper = person_is_by_paper(&r->person);
	v.is_downgraded = r->kind == KIND_KNOW_SPECIFIC && !p.is_specific;
	v.link = answer_link(d, r, l, "/package");
	out->kind = LETTER_PACKAGE;
	out->words = letters_package(d->arena, l, &v);
	return 0;
}

/* Who was instructed by staff has said nothing to us. */
static int told_by_staff(const struct tally *t)
{
	int n = 0;

	for (size_t i = 0; i < t->rows.n; i++)
		n += str_eq(t->rows.at[i].state, STR("instructed")) ||
		     str_eq(t->rows.at[i].state, STR("exempt"));
	return n;
}

static int fill_corrected(struct desk *d, const struct record *r,
	struct letter_corrected *v, struct err *e)
{
	enum lang l = record_lang(r);
	struct corrected_list list;
	struct map m;

	if (correct_list(d, r->row.id, &list, e))
		return -1;
	map_told(d, l, &m);
	v->items.at = arena_many(d->arena, struct letter_corrected_one, list.n);
	v->emptied.at =
		arena_many(d->arena, struct letter_corrected_one, list.n);
	for (size_t i = 0; i < list.n; i++) {
		const struct corrected *c = &list.at[i];
		struct letter_corrected_one one = { corrected_words(
							    d->arena, &m, l, c),
			map_say(&m, l, c->source) };

		if (!c->is_proven)
			continue;
		if (c->is_deleted)
			v->emptied.at[v->emptied.n++] = one;
		else
			v->items.at[v->items.n++] = one;
	}
	v->is_done = v->items.n || v->emptied.n || v->done.v.n;
	return 0;
}

/* Said only of what was done. */
static void fill_instead(
	struct desk *d, const struct record *r, struct letter_corrected *v)
{
	enum instead basis = instead_of(r->person.instead);

	if (!v->emptied.n && !v->done.v.n)
		return;
	v->is_harmless = basis == INSTEAD_HARMLESS;
	v->is_agreed = basis == INSTEAD_AGREED;
	v->instead_why.v = note_line(d->arena, r->person.instead_why.v);
}

static int write_corrected(struct desk *d, const struct record *r,
	const struct tally *t, struct answer *out, struct err *e)
{
	enum lang l = record_lang(r);
	int others = told_by_staff(t) + t->vendors_spared;
	struct letter_corrected v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.received_on = answer_asked_on(d, r, l),
		.done = { note_line(d->arena, r->person.corrected.v) },
		.source = note_line(d->arena, r->person.source.v),
		.is_part = outcome_of(r->row.outcome) == OUTCOME_PART,
		.vendors_told = t->vendors - t->vendors_untold -
				t->vendors_dropped_untold - others,
		.vendors_confirmed = t->vendors - t->vendors_open -
				     t->vendors_kept - t->vendors_dropped -
				     others,
		.is_opted_out = answer_is_opted_out(r),
		.keep_until = answer_keep_words(d, l),
	};

	if (post_sign(d, &v.sign, e) || fill_corrected(d, r, &v, e) ||
		undone_of(d, r, t, &v.undone, e))
		return -1;
	fill_instead(d, r, &v);
	if (v.is_part)
		v.health = answer_health(d, r);
	if (v.is_done && door_has_address(r))
		v.show_link = answer_link(d, r, l, "/corrected");
	v.status_link = post_link(d, l, "/s/", v.reference);
	out->kind = LETTER_CORRECTED;
	out->words = letters_corrected(d->arena, l, &v);
	return 0;
}

int answer_write(struct desk *d, const struct record *r, const struct tally *t,
	struct answer *out, struct err *e)
{
	/* Nothing was found, and not every system was there to be looked in: nobody
	 * approved anything, so nothing is called deleted. */
	if (outcome_of(r->row.outcome) == OUTCOME_PART && !r->row.approved_at)
		return write_nothing(d, r, t, out, e);
	switch (outcome_of(r->row.outcome)) {
	case OUTCOME_NOTHING:
		return write_nothing(d, r, t, out, e);
	case OUTCOME_DENIED:
		return answer_write_denied(d, r, out, e);
	default:
		if (kind_row(r->kind)->flow == FLOW_CORRECT)
			return write_corrected(d, r, t, out, e);
		if (kind_row(r->kind)->flow == FLOW_EXPLAIN)
			return explain_answer(d, r, out, e);
		return package_is_for(r->kind) ? write_package(d, r, out, e)
					       : write_deleted(d, r, t, out, e);
	}
}

struct letter_ahead letter_ahead_of(
	struct arena *a, const struct letter_words *words)
{
	struct paragraphs p = answer_paragraphs(a, words->text);

	return (struct letter_ahead){ p.at, p.n, words->lang };
}

struct paragraphs answer_paragraphs(struct arena *a, personal text)
{
	struct paragraphs out = { .at = arena_many(a, str, text.v.n / 2 + 1) };
	str rest = text.v;

	while (rest.n) {
		ptrdiff_t end = str_find(rest, STR("\n\n"));
		str piece = end < 0 ? rest : str_head(rest, (size_t)end);

		rest = end < 0 ? STR("") : str_from(rest, (size_t)end + 2);
		piece = str_trim(piece);
		if (piece.n)
			out.at[out.n++] = piece;
	}
	return out;
}
