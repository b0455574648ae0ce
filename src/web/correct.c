/*
 * Look at what was found, write what is right.
 */
#include "web/correct.h"

#include "desk/case.h"
#include "web/html.h"
#include "web/weighed.h"

enum { LINE_CHARS = 40 };

static str field_name(struct arena *a, size_t table, size_t row, size_t column)
{
	return arena_fmt(a, "v.%zu.%zu.%zu", table, row, column);
}

static str empties_name(struct arena *a, const struct correct_place *p)
{
	return arena_fmt(a, "e.%zu.%zu.%zu", p->table, p->row, p->column);
}

static bool empties(void *ctx, const struct correct_place *p)
{
	const struct http_request *q = ctx;

	return http_form_has(
		q, arena_cstr(q->arena, empties_name(q->arena, p)));
}

/* A field that a browser was not given, or left out, says nothing. */
static bool typed_at(
	void *ctx, size_t table, size_t row, size_t column, str *out)
{
	const struct http_request *q = ctx;
	const char *name =
		arena_cstr(q->arena, field_name(q->arena, table, row, column));

	*out = correct_tidy(q->arena, http_form(q, name));
	return http_form_has(q, name);
}

struct correction correction_of(struct http_request *q)
{
	return (struct correction){
		.done = http_form(q, "done"),
		.source = http_form(q, "source"),
		.is_part = http_form(q, "is_part").n > 0,
		.health = health_stays_read(q),
		.has_told = http_form(q, "has_told").n > 0,
		.instead = instead_of(http_form(q, "instead")),
		.instead_why = http_form(q, "instead_why"),
		.weighed = weighed_read(q),
	};
}

/* What stands in the fields: what this form says, or what the first of two people typed. */
struct source {
	const struct http_request *q;
	const struct correct_proposed *first; /* NULL: the form */
};

static bool source_at(
	const struct source *s, const struct correct_place *p, str *out)
{
	const struct correct_typed_cell *cell;

	if (!s->first)
		return typed_at((void *)(uintptr_t)s->q, p->table, p->row,
			p->column, out);
	cell = correct_proposed_at(s->first, p);
	if (cell)
		*out = cell->value;
	return cell != NULL;
}

static bool source_empties(
	const struct source *s, const struct correct_place *p)
{
	const struct correct_typed_cell *cell;

	if (!s->first)
		return empties((void *)(uintptr_t)s->q, p);
	cell = correct_proposed_at(s->first, p);
	return cell && cell->is_emptied;
}

static void fill_line(const struct source *s, const struct correct_table *t,
	size_t table, size_t row, struct correct_line *out)
{
	struct arena *a = s->q->arena;
	const struct correct_row *r = &t->rows.at[row];

	*out = (struct correct_line){ .n = r->n, .is_shared = r->is_shared };
	out->at = arena_many(a, struct correct_field, r->n);
	for (size_t c = 0; c < r->n; c++) {
		struct correct_field *f = &out->at[c];
		struct correct_place p = { table, row, c };
		str typed;

		*f = (struct correct_field){ .cell = &r->at[c],
			.name = field_name(a, table, row, c),
			.empties = empties_name(a, &p),
			.value = r->at[c].text,
			.is_emptied = source_empties(s, &p),
			.is_long = r->at[c].text.n > LINE_CHARS ||
				   str_has(r->at[c].text, '\n') };
		f->label = arena_fmt(a, "%.*s, row %zu of %.*s",
			STR_ARG(t->columns.at[c]), row + 1, STR_ARG(t->title));
		if (!r->at[c].may_change || !source_at(s, &p, &typed))
			continue;
		f->is_changed = !str_eq(typed, correct_tidy(a, f->value));
		f->value = typed;
	}
}

static void fill_cards(const struct source *s, const struct correct_view *c,
	struct correct_page *v)
{
	struct arena *a = s->q->arena;

	v->cards.n = c->tables.n;
	v->cards.at = arena_many(a, struct correct_card, c->tables.n);
	for (size_t t = 0; t < c->tables.n; t++) {
		const struct correct_table *table = &c->tables.at[t];
		struct correct_card *card = &v->cards.at[t];

		card->table = table;
		card->is_first = !t || !str_eq(c->tables.at[t - 1].system,
					       table->system);
		card->lines.n = table->rows.n;
		card->lines.at =
			arena_many(a, struct correct_line, table->rows.n);
		for (size_t i = 0; i < table->rows.n; i++)
			fill_line(s, table, t, i, &card->lines.at[i]);
	}
}

static int draw(struct web *w, struct http_request *q, struct http_response *r,
	const struct problems *ps, struct err *e)
{
	struct correct_page v = { .reference = http_param(q, "ref"),
		.correction = correction_of(q) };
	struct correct_proposed first;
	struct source source = { q, NULL };
	struct correct_view c;
	struct case_view view;
	int rc = case_load(web_desk(q), v.reference, false, &view, e);

	if (rc < 0 ||
		(!rc && err_set(e, ERR_NOT_FOUND, "there is no such request")))
		return -1;
	if (correct_load(web_desk(q), v.reference, &c, e) ||
		correct_proposed(web_desk(q), v.reference, c.seen, &first, e) ||
		desk_page_fill(
			w, q, r, STR("Write what is right"), &v.page, e) ||
		documents_card_fill(q, &v.page, &v.documents, e))
		return -1;
	v.c = &c;
	v.reference = view.reference;
	v.path = desk_case_path(q->arena, view.reference, "");
	v.proposed = &first;
	if (!ps && first.is) {
		v.correction = first.words;
		source.first = &first;
	}
	if (ps) {
		v.problems = *ps;
		v.page.has_problem = true;
		r->status = 422;
	}
	v.weighed =
		weighed_form_of(q->arena, &v.correction.weighed, &v.problems);
	fill_cards(&source, &c, &v);
	html_correct(&r->body, &v);
	return 0;
}

int web_correct_look(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	return draw(ctx, q, r, NULL, e);
}

int web_correct(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct correct_typed typed = { typed_at, q, empties };
	struct correction c = correction_of(q);
	struct problems ps = { 0 };
	int rc;

	c.seen = http_form(q, "seen");
	c.typed = &typed;
	rc = case_correct(web_desk(q), http_param(q, "ref"), &c, &ps, e);
	if (!rc && ps.n)
		return draw(ctx, q, r, &ps, e);
	return desk_back_to_case(
		q, r, rc, rc > 0 ? "proposed" : "correcting", e);
}
