/*
 * Staff look through a package, leave things out, and approve it.
 */
#include "web/package_review.h"

#include <stdio.h>

#include "connect/person/item.h"
#include "desk/limit.h"
#include "know/page.h"
#include "web/html.h"

enum { SHOWN_BYTES = 160, REVIEW_ARENA = 512 << 20 };

static const char *folder_of(const struct web *w)
{
	return install_path(w->install, STR("disclosures"));
}

static void free_arena(void *a)
{
	arena_free(a);
}

/* The desk of the request with more memory: findings may hold megabytes, and are
 * opened more than once between two pages. */
static struct desk wide_desk(struct http_request *q)
{
	struct desk d = *web_desk(q);

	d.arena = arena_new(REVIEW_ARENA);
	arena_defer(q->arena, free_arena, d.arena);
	return d;
}

/* The tables that anything was found in, in the order of their places. */
struct places {
	struct {
		const struct finding *finding;
		const struct found_table *table;
	} * at;
	size_t n;
};

static struct places places_of(struct arena *a, const struct package_plan *p)
{
	struct places out = { .n = 0 };
	size_t most = 0;

	for (size_t i = 0; i < p->findings_n; i++)
		most += p->findings[i].system->tables_n;
	out.at = arena_array(a, sizeof *out.at, most);
	for (size_t i = 0; i < p->findings_n; i++)
		for (size_t t = 0; t < p->findings[i].system->tables_n; t++) {
			if (!p->findings[i].tables[t].n)
				continue;
			out.at[out.n].finding = &p->findings[i];
			out.at[out.n++].table = &p->findings[i].tables[t];
		}
	return out;
}

/* --- boxes as marks, and back --- */

/* "r0.5": its places, as many as there are; false when it is no such text. */
static bool read_place(str text, size_t *place, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t number;
		str piece;

		if (!str_next(&text, '.', &piece) || !str_int(piece, &number) ||
			number < 0)
			return false;
		place[i] = (size_t)number;
	}
	return !text.n;
}

static bool read_box(const struct places *p, str text, struct know_mark *out)
{
	char what = text.n ? text.p[0] : '\0';
	size_t at[3] = { 0 };
	const struct found_table *t;
	size_t row, column;

	if (!read_place(str_from(text, 1), at, what == 'v' ? 3 : 2) ||
		at[0] >= p->n)
		return false;
	t = p->at[at[0]].table;
	row = what == 'c' ? 0 : at[1];
	column = what == 'c' ? at[1] : at[2];
	if (row >= t->n || column >= map_columns_held(t->table))
		return false;
	*out = (struct know_mark){
		.system = p->at[at[0]].finding->system->name,
		.table = t->table->name,
		.is_shown = what == 's',
	};
	if (what == 'c' || what == 'v')
		out->column = t->table->columns[column].name;
	if (what != 'c')
		out->key = t->rows[row].key.v.v;
	return what == 'r' || what == 'c' || what == 'v' || what == 's';
}

static struct package_marks read_marks(
	struct http_request *q, const struct package_review *x)
{
	struct places p = places_of(q->arena, &x->plan);
	struct know_mark *at =
		arena_many(q->arena, struct know_mark, q->form.n);
	struct package_marks out = { .language = KNOW_EN, .at = at };
	size_t next = 0;
	str value;

	(void)know_language_read(http_form(q, "language"), &out.language);
	while (http_form_next(q, "mark", &next, &value))
		out.n += read_box(&p, value, &at[out.n]);
	return out;
}

static bool is_same(const struct know_mark *a, const struct know_mark *b)
{
	return str_eq(a->system, b->system) && str_eq(a->table, b->table) &&
	       str_eq(a->column, b->column) && str_eq(a->key, b->key) &&
	       a->is_shown == b->is_shown;
}

static bool has_mark(const struct know_in *in, const struct know_mark *m)
{
	for (size_t i = 0; i < in->marks_n; i++)
		if (is_same(&in->marks[i], m))
			return true;
	return false;
}

static bool are_kept(
	const struct package_marks *marks, const struct package_plan *p)
{
	bool is_kept =
		marks->n == p->in.marks_n && marks->language == p->of.language;

	for (size_t i = 0; i < marks->n && is_kept; i++)
		is_kept = has_mark(&p->in, &marks->at[i]);
	return is_kept;
}

/* --- the page --- */

struct drawing {
	struct arena *arena;
	const struct package_review *x;
	const struct places *places;
};

static bool is_marked(const struct drawing *w, str box)
{
	struct know_mark m;

	return read_box(w->places, box, &m) && has_mark(&w->x->plan.in, &m);
}

static str shown_text(
	struct arena *a, const struct map_column *c, const struct cell *cell)
{
	if (cell->type == CELL_NULL)
		return STR("–");
	if (c->never_disclose.n)
		return STR("held, not shown");
	if (cell->type == CELL_BLOB)
		return STR("(binary)");
	if (cell->v.v.n <= SHOWN_BYTES)
		return cell->v.v;
	return arena_fmt(a, "%.*s…", STR_ARG(str_head(cell->v.v, SHOWN_BYTES)));
}

/* No program looks into a scan: staff open it before they approve. */
static str copy_path(const struct drawing *w, const struct found_row *r)
{
	int64_t id = item_file_of(r);

	return id ? arena_fmt(w->arena, "%.*s/copy/%lld",
			    STR_ARG(desk_case_path(
				    w->arena, w->x->plan.of.reference, "")),
			    (long long)id)
		  : STR("");
}

static void draw_row(const struct drawing *w, size_t table, size_t row,
	struct review_row *out)
{
	const struct found_table *t = w->places->at[table].table;
	const struct found_row *r = &t->rows[row];
	bool is_person;

	*out = (struct review_row){
		.value = arena_fmt(w->arena, "%c%zu.%zu",
			r->is_shared ? 's' : 'r', table, row),
		.is_shared = r->is_shared,
		.number = (int)row + 1,
	};
	out->is_marked = is_marked(w, out->value);
	is_person = map_asks_person(w->places->at[table].finding->system);
	out->cells.n = map_columns_held(t->table);
	out->cells.at = arena_many(w->arena, struct review_cell, out->cells.n);
	for (size_t c = 0; c < out->cells.n; c++) {
		const struct map_column *column = &t->table->columns[c];
		struct review_cell *cell = &out->cells.at[c];

		cell->text = shown_text(w->arena, column, &r->cells[c]);
		if (r->cells[c].type == CELL_NULL || column->never_disclose.n)
			continue;
		if (c == ITEM_FILE && is_person)
			cell->copy = copy_path(w, r);
		cell->value =
			arena_fmt(w->arena, "v%zu.%zu.%zu", table, row, c);
		cell->is_marked = is_marked(w, cell->value);
	}
}

static void draw_table(
	const struct drawing *w, size_t table, struct review_table *out)
{
	const struct found_table *t = w->places->at[table].table;
	size_t n = t->n < LIMIT_PACKAGE_ROWS_SHOWN ? t->n
						   : LIMIT_PACKAGE_ROWS_SHOWN;

	*out = (struct review_table){
		.is_first = !table,
		.title = t->table->holds,
		.system = w->places->at[table].finding->system->title,
		.hidden = t->n - n + t->rest.n,
	};
	out->columns.n = map_columns_held(t->table);
	out->columns.at =
		arena_many(w->arena, struct review_column, out->columns.n);
	for (size_t c = 0; c < out->columns.n; c++) {
		const struct map_column *column = &t->table->columns[c];
		struct review_column *h = &out->columns.at[c];

		h->label = column->name;
		if (column->never_disclose.n)
			continue;
		h->value = arena_fmt(w->arena, "c%zu.%zu", table, c);
		h->is_marked = is_marked(w, h->value);
	}
	out->rows.n = n;
	out->rows.at = arena_many(w->arena, struct review_row, n);
	for (size_t r = 0; r < n; r++)
		draw_row(w, table, r, &out->rows.at[r]);
}

static void draw_tables(const struct drawing *w, struct review_page *v)
{
	v->tables.n = w->x->plan.of.is_specific ? w->places->n : 0;
	v->tables.at = arena_many(w->arena, struct review_table, v->tables.n);
	for (size_t i = 0; i < v->tables.n; i++)
		draw_table(w, i, &v->tables.at[i]);
}

static void draw_hits(const struct drawing *w, struct review_page *v)
{
	const struct know_hits *hits = &w->x->hits;

	v->hits.n = hits->n;
	v->hits.at = arena_many(w->arena, str, hits->n);
	for (size_t i = 0; i < hits->n; i++)
		v->hits.at[i] =
			arena_fmt(w->arena, "%.*s holds what looks like %s",
				STR_ARG(hits->at[i].of),
				lookalike_row(hits->at[i].what)->title);
}

static void draw_languages(struct review_page *v)
{
	v->languages.n = KNOW_LANGUAGES;
	for (int i = 0; i < KNOW_LANGUAGES; i++) {
		enum know_language l = (enum know_language)i;

		v->languages.at[i] =
			(struct review_language){ know_words(l)->code,
				know_language_title(l),
				v->x->plan.of.language == l };
	}
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, const char *saved, struct err *e)
{
	struct package_review *x = arena_one(q->arena, struct package_review);
	struct review_page *v = arena_one(q->arena, struct review_page);
	struct desk d = wide_desk(q);
	struct places places;

	if (package_review(&d, http_param(q, "ref"), folder_of(w), x, e) ||
		desk_page_fill(
			w, q, r, STR("Look through the package"), &v->page, e))
		return -1;
	places = places_of(q->arena, &x->plan);
	v->x = x;
	v->saved = saved;
	v->reference = x->plan.of.reference;
	v->path = desk_case_path(q->arena, v->reference, "");
	draw_tables(&(struct drawing){ q->arena, x, &places }, v);
	draw_hits(&(struct drawing){ q->arena, x, &places }, v);
	draw_languages(v);
	html_package_review(&r->body, v);
	return 0;
}

int web_package_review(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	return draw(ctx, q, r, NULL, e);
}

int web_package_letter(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct package_review *x = arena_one(q->arena, struct package_review);
	struct review_letter_page v = { .reference = STR("") };
	struct desk d = wide_desk(q);
	struct buf b = buf_in(q->arena, KNOW_LETTER_MAX);

	if (package_review(&d, http_param(q, "ref"), folder_of(ctx), x, e) ||
		desk_page_fill(ctx, q, r, STR("What the requester will read"),
			&v.page, e))
		return -1;
	know_letter_put(&b, &x->know);
	if (!buf_ok(&b))
		return err_set(e, ERR_LIMIT,
			"the letter is too long for a page; it goes out as a "
			"file");
	v.reference = x->plan.of.reference;
	v.path = desk_case_path(q->arena, v.reference, "");
	v.letter = markup_of(&b);
	html_package_letter(&r->body, &v);
	return 0;
}

/* What no answer may contain is in it: said where it can be left out. */
static int draw_refused(const struct web *w, struct http_request *q,
	struct http_response *r, struct err *e)
{
	r->status = 422;
	return draw(w, q, r, "Not approved: something in it can’t leave", e);
}

/* Boxes that were ticked and not kept yet are kept first: nobody approves what
 * they have not seen as it will be. */
int web_package_mark(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk d = wide_desk(q);
	str ref = http_param(q, "ref"), seen = http_form(q, "seen");
	bool is_approval = str_eq(http_form(q, "go"), STR("approve"));
	struct package_review *x = arena_one(q->arena, struct package_review);
	struct package_marks marks;
	int rc;

	if (package_review(&d, ref, folder_of(ctx), x, e))
		return e->code == ERR_CONFLICT
			       ? desk_back_to_case(q, r, -1, "changed", e)
			       : -1;
	marks = read_marks(q, x);
	if (is_approval && are_kept(&marks, &x->plan)) {
		rc = package_approve(&d, ref, seen, folder_of(ctx), e);
		if (rc < 0 && e->code == ERR_CONFLICT && x->hits.n)
			return draw_refused(ctx, q, r, e);
		return desk_back_to_case(
			q, r, rc, rc > 0 ? "proposed" : "packaging", e);
	}
	rc = package_mark(&d, ref, seen, &marks, e);
	if (rc && e->code == ERR_CONFLICT)
		return draw(ctx, q, r,
			"Something changed meanwhile. Look once more", e);
	if (rc)
		return -1;
	return draw(ctx, q, r,
		is_approval ? "Kept. This is how it looks now: approve it when "
			      "it is right"
			    : "Kept. This is how it looks now",
		e);
}
