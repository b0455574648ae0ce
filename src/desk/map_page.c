/* The data map as people read it: words for every mark, and the picture. */
#include "desk/map_page.h"

#include "base/base.h"
#include "connect/expires.h"
#include "desk/html.h"
#include "law/deny.h"
#include "law/listed.h"

enum { PICTURE_MAX = 16 << 20, MARKS_MAX = 400, LINKS_MAX = 16000 };

static void mark(struct buf *b, const char *words, str what)
{
	buf_fmt(b, "%s%s%.*s", b->n ? "; " : "", words, STR_ARG(what));
}

static str marks_of(struct arena *a, const struct map_column *c)
{
	struct buf b = buf_in(a, MARKS_MAX);

	if (c->is_identifier)
		mark(&b, "identifies by ", str_of(ident_kind_title(c->kind)));
	if (c->verifies)
		mark(&b, "can prove: ", str_of(verifies_name(c->verifies)));
	if (c->is_reliable)
		mark(&b, "relied on to verify who asks", STR(""));
	if (c->never_disclose.n)
		mark(&b, "never disclosed: ", c->never_disclose);
	if (c->way)
		mark(&b, "on erasure ", str_of(column_way_words(c->way)));
	return buf_str(&b);
}

static str links_of(
	struct arena *a, const struct map_system *s, const struct map_table *t)
{
	struct buf b = buf_in(a, LINKS_MAX);

	for (size_t i = 0; i < t->links_n; i++) {
		const struct map_link *l = &t->links[i];

		mark(&b, l->is_shared ? "is one of several at " : "belongs to ",
			s->tables[l->to].holds);
	}
	for (size_t i = 0; i < t->crosses_n; i++)
		mark(&b, "belongs to ",
			arena_fmt(a, "%.*s in %.*s",
				STR_ARG(t->crosses[i].written),
				STR_ARG(t->crosses[i].system_name)));
	return buf_str(&b);
}

static str erased_how(struct arena *a, const struct map_table *t)
{
	if (t->erase == ERASE_DELETE)
		return STR("Deleted");
	if (t->erase == ERASE_AGGREGATE)
		return arena_fmt(a,
			"Added to totals in %.*s that count at least %d, then deleted",
			STR_ARG(t->summary->table), t->summary->at_least);
	if (t->erase == ERASE_DEIDENTIFY)
		return STR("Deidentified");
	return arena_fmt(a, "Kept: %.*s, %.*s", STR_ARG(t->exception),
		STR_ARG(t->about.purpose));
}

static str fate_of(struct arena *a, const struct map_table *t)
{
	str how = erased_how(a, t);

	if (!t->expires)
		return how;
	return arena_fmt(a, "%.*s. Kept for %.*s after %.*s", STR_ARG(how),
		STR_ARG(expires_words(a, t->expires)),
		STR_ARG(t->columns[t->expires->column].name));
}

static void fill_column(struct arena *a, const struct map_table *t,
	const struct map_column *c, struct map_table_line *out)
{
	char letter = c->category ? c->category : t->category;
	str marks = marks_of(a, c);

	if (str_eq(c->name, STR(MAP_ROW_KEY)))
		return;
	if (!marks.n && !letter) {
		out->others = arena_fmt(a, "%.*s%s%.*s", STR_ARG(out->others),
			out->others.n ? ", " : "", STR_ARG(c->name));
		return;
	}
	out->columns.at[out->columns.n++] = (struct map_column_line){
		.name = c->name,
		.marks = marks,
		.category = letter ? arena_fmt(a, "%c", letter) : (str){ 0 },
	};
}

static void fill_table(struct arena *a, const struct map_system *s,
	const struct map_table *t, struct map_table_line *out)
{
	*out = (struct map_table_line){ .title = t->holds,
		.name = t->name,
		.fate = fate_of(a, t),
		.links = links_of(a, s, t) };
	out->columns.at = arena_many(a, struct map_column_line, t->columns_n);
	for (size_t i = 0; i < map_columns_held(t); i++)
		fill_column(a, t, &t->columns[i], out);
}

static void fill_system(struct arena *a, const struct map_system *s,
	struct map_system_line *out)
{
	*out = (struct map_system_line){ .title = s->title,
		.name = s->name,
		.kind = str_of(connector_kind_name(s->connector)) };
	out->tables.n = s->tables_n;
	out->tables.at = arena_many(a, struct map_table_line, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++)
		fill_table(a, s, &s->tables[i], &out->tables.at[i]);
}

static str automated_fate(struct arena *a, const struct map_automated *use)
{
	const struct ground *g = ground_of(use->exception);

	if (use->is_human)
		return STR("A person decides: 11 CCR 7001(e)");
	if (!g)
		return STR("Stops on request");
	return arena_fmt(a, "Goes on: %s (%s)%s%.*s", g->title, g->citation,
		use->evidence.n ? "; test: " : "", STR_ARG(use->evidence));
}

static void fill_automated(
	struct arena *a, const struct map *m, struct map_page *out)
{
	out->automated.n = m->automated_n;
	out->automated.at =
		arena_many(a, struct map_automated_line, m->automated_n);
	for (size_t i = 0; i < m->automated_n; i++) {
		const struct map_automated *use = &m->automated[i];

		out->automated.at[i] = (struct map_automated_line){
			.title = use->title,
			.name = use->name,
			.decision = str_of(
				listed_of(LIST_DECISION, use->decision)->title),
			.purpose = use->purpose,
			.fate = automated_fate(a, use),
		};
	}
}

int map_page_load(struct desk *d, struct map_page *out, struct err *e)
{
	struct map m;

	if (desk_need(d, PERM_SEE_MAP, e) ||
		map_read(d->arena, d->data_map, &m, e))
		return -1;
	chart_draw(d->arena, &m, &out->chart);
	out->systems.n = m.systems_n;
	out->systems.at =
		arena_many(d->arena, struct map_system_line, m.systems_n);
	for (size_t i = 0; i < m.systems_n; i++)
		fill_system(d->arena, &m.systems[i], &out->systems.at[i]);
	fill_automated(d->arena, &m, out);
	return 0;
}

str map_picture(struct arena *a, const struct map *m)
{
	struct buf b = buf_in(a, PICTURE_MAX);
	struct chart chart;
	struct map_drawing v = { &chart };

	chart_draw(a, m, &chart);
	html_map_file(&b, &v);
	must(buf_ok(&b));
	return buf_str(&b);
}

struct markup map_picture_inside(struct arena *a, const struct chart *chart)
{
	struct buf b = buf_in(a, PICTURE_MAX);
	struct map_drawing v = { chart };

	html_map_chart(&b, &v);
	must(buf_ok(&b));
	return markup_of(&b);
}
