/*
 * Keeping rows from a deletion: choose them, on what ground, and what for.
 */
#include "web/keep.h"

#include "desk/limit.h"
#include "desk/person.h"
#include "web/html.h"

enum { ROWS_MAX = 64 }; /* that one form names; more than a page shows */

/* --- the page --- */

static const struct case_table *table_of(
	const struct case_preview *p, const struct keep_choice *c)
{
	for (size_t i = 0; i < p->tables.n; i++)
		if (str_eq(p->tables.at[i].system, c->system) &&
			str_eq(p->tables.at[i].name, c->table))
			return &p->tables.at[i];
	return NULL;
}

static bool is_ticked(const struct keep_choice *c, size_t place)
{
	for (size_t i = 0; i < c->rows.n; i++)
		if (c->rows.at[i] == place)
			return true;
	return false;
}

static void fill_lines(struct arena *a, struct keep_view *v)
{
	const struct case_table *t = v->table;

	v->lines.at = arena_many(a, struct keep_line, t->rows.n);
	for (size_t i = 0; i < t->rows.n; i++)
		if (t->rows.at[i].is_going)
			v->lines.at[v->lines.n++] = (struct keep_line){ i,
				&t->rows.at[i], is_ticked(&v->typed, i) };
	v->hidden = t->rows_going - v->lines.n;
}

static void fill_grounds(
	struct arena *a, const struct case_view *c, struct keep_view *v)
{
	v->grounds.at = arena_many(a, struct keep_ground, ground_count());
	for (size_t i = 0; i < ground_count(); i++) {
		const struct ground *g = ground_at(i);

		if (keep_may_be_on(g, c->kind, c->received_on))
			v->grounds.at[v->grounds.n++] = (struct keep_ground){ g,
				str_eq(v->typed.ground, str_of(g->id)) };
	}
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct keep_view *v, struct err *e)
{
	struct case_view c;
	struct case_preview p;
	int rc = case_load(web_desk(q), http_param(q, "ref"), false, &c, e);

	if (rc <= 0)
		return rc < 0 ? -1
			      : err_set(e, ERR_NOT_FOUND,
					"there is no such request");
	if (!c.can_approve || !str_eq(c.seen, v->typed.seen)) {
		err_set(e, ERR_CONFLICT, "the case has changed");
		return desk_back_to_case(q, r, -1, "", e);
	}
	if (case_preview(web_desk(q), c.reference, &p, e) ||
		desk_page_fill(w, q, r, STR("Keep rows"), &v->page, e))
		return -1;
	v->table = table_of(&p, &v->typed);
	if (!v->table)
		return err_set(e, ERR_NOT_FOUND, "nothing was found there");
	v->reference = c.reference;
	v->path = desk_case_path(q->arena, c.reference, "");
	v->who = c.masked_name;
	v->today = date_iso(q->arena, desk_today(web_desk(q)));
	v->why_max = LIMIT_NOTE_BYTES;
	v->purpose_max = PERSON_kept_for_max;
	fill_lines(q->arena, v);
	fill_grounds(q->arena, &c, v);
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_keep(&r->body, v);
	return 0;
}

static void read_table(struct http_request *q, struct keep_choice *c)
{
	*c = (struct keep_choice){
		.seen = http_form(q, "seen"),
		.system = http_form(q, "system"),
		.table = http_form(q, "table"),
	};
}

int web_keep_look(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct keep_view v = { .why_max = 0 };

	read_table(q, &v.typed);
	return draw(ctx, q, r, &v, e);
}

/* --- the answer --- */

static void read_rows(struct http_request *q, struct keep_choice *c)
{
	size_t *rows = arena_many(q->arena, size_t, ROWS_MAX);
	size_t n = 0, at = 0;
	str value;
	int64_t place;

	while (n < ROWS_MAX && http_form_next(q, "row", &at, &value))
		if (str_int(value, &place) && place >= 0)
			rows[n++] = (size_t)place;
	c->rows.at = rows;
	c->rows.n = n;
}

int web_keep(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct keep_view v = { .why_max = 0 };
	int rc;

	read_table(q, &v.typed);
	read_rows(q, &v.typed);
	v.typed.is_all = str_eq(http_form(q, "which"), STR("all"));
	v.typed.ground = http_form(q, "ground");
	v.typed.why = http_form(q, "why");
	v.typed.purpose = http_form(q, "purpose");
	v.typed.until = http_form(q, "until");
	rc = case_keep(
		web_desk(q), http_param(q, "ref"), &v.typed, &v.problems, e);
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "rows-kept", e);
}

int web_keep_end(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	int64_t id = 0;

	(void)ctx;
	(void)str_int(http_form(q, "keep"), &id);
	return desk_back_to_case(q, r,
		case_keep_end(web_desk(q), http_param(q, "ref"), id, e),
		"rows-not-kept", e);
}

/* --- what is kept --- */

void keep_list_fill(struct http_request *q, const struct case_view *c,
	const struct desk_page *page, struct keep_list *out)
{
	struct arena *a = q->arena;
	struct date day;

	*out = (struct keep_list){ .page = page,
		.path = desk_case_path(a, c->reference, ""),
		.can_end = desk_may(web_desk(q), PERM_DECIDE) };
	out->keeps.at = arena_many(a, struct keep_one, c->keeps.n);
	for (size_t i = 0; i < c->keeps.n; i++) {
		const struct keep *k = &c->keeps.at[i];
		struct keep_one *one = &out->keeps.at[out->keeps.n++];

		out->is_approved |= k->is_approved;
		*one = (struct keep_one){ k,
			date_words(a, date_pacific(k->kept_at)), STR("") };
		if (date_parse(k->until, &day))
			one->until = date_words(a, day);
	}
}
