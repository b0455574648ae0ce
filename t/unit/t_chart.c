/*
 * The data map as a picture: that nothing lies on something else, that what owns
 * stands left of what belongs to it, that every link is drawn, and that names are
 * only ever text.
 */
#include "connect/chart.h"

#include "base/base.h"
#include "base/buf.h"
#include "base/rand.h"
#include "check.h"
#include "desk/map_page.h"

enum { ARENA_MAX = 256 << 20, ROUNDS = 60 };

/* A map of up to 3 systems of up to 12 tables, each linked to some others. */
static str random_map(struct arena *a, struct rng *r, bool *has_cycle)
{
	struct buf b = buf_in(a, 1 << 20);
	int systems = 1 + (int)rng_below(r, 3);

	*has_cycle = rng_below(r, 4) == 0;
	buf_puts(&b, "version: 1\nsystems:\n");
	for (int s = 0; s < systems; s++) {
		int tables = 1 + (int)rng_below(r, 12);

		buf_fmt(&b,
			"  - name: s%d\n    connector: sqlite\n    database: "
			"d\n    tables:\n",
			s);
		for (int t = 0; t < tables; t++) {
			int links = t ? (int)rng_below(r, 4) : 0;

			buf_fmt(&b,
				"      - name: t%d\n        key: id\n"
				"        erase: delete\n        columns:\n",
				t);
			for (int c = 0; c < 1 + (int)rng_below(r, 20); c++)
				buf_fmt(&b,
					"          - { name: c%d, identifies: "
					"email }\n",
					c);
			if (links)
				buf_puts(&b, "        links:\n");
			for (int l = 0; l < links; l++)
				buf_fmt(&b,
					"          - { column: l%d, to: t%d.id, "
					"shared: %s }\n",
					l,
					(int)rng_below(r,
						(uint64_t)(*has_cycle ? tables
								      : t)),
					rng_below(r, 2) ? "true" : "false");
		}
	}
	return buf_str(&b);
}

static struct map map_of(struct arena *a, str yaml)
{
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	if (map_parse(a, yaml, STR("."), &m, ps)) {
		CHECK(false, "%d: %.*s", ps->at[0].line,
			STR_ARG(ps->at[0].text));
		exit(CHECK_DONE());
	}
	return m;
}

static bool overlap(const struct chart_card *a, const struct chart_card *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width &&
	       a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool is_inside(const struct chart_card *c, const struct chart_panel *p)
{
	return c->x >= p->x && c->y >= p->y &&
	       c->x + c->width <= p->x + p->width &&
	       c->y + c->height <= p->y + p->height;
}

static size_t overlaps(const struct chart *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->cards.n; i++)
		for (size_t k = i + 1; k < c->cards.n; k++)
			n += overlap(&c->cards.at[i], &c->cards.at[k]);
	return n;
}

static void check_system(const struct map_system *s, const struct chart *c,
	const struct chart_panel *p, size_t first, bool has_cycle)
{
	for (size_t t = 0; t < s->tables_n; t++) {
		const struct chart_card *card = &c->cards.at[first + t];

		CHECK(is_inside(card, p), "a card out of its panel");
		for (size_t i = 0; i < s->tables[t].links_n; i++) {
			const struct chart_card *to =
				&c->cards.at[first + s->tables[t].links[i].to];

			CHECK(has_cycle || to->x + to->width < card->x,
				"an owner to the right");
		}
	}
	CHECK(p->x + p->width <= c->width && p->y + p->height <= c->height,
		"a panel out of the picture");
}

/* Nothing but what a path is made of: it is not escaped for its content. */
static void check_paths(const struct chart *c)
{
	for (size_t i = 0; i < c->edges.n; i++)
		for (size_t k = 0; k < c->edges.at[i].path.n; k++)
			CHECK(strchr("MCHc0123456789- ",
				      c->edges.at[i].path.p[k]) != NULL,
				"%.*s", STR_ARG(c->edges.at[i].path));
}

static void random_maps(void)
{
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct arena *a = arena_new(ARENA_MAX);
		struct rng r = { seed };
		bool has_cycle;
		struct map m = map_of(a, random_map(a, &r, &has_cycle));
		struct chart c;
		size_t links = 0, first = 0;

		chart_draw(a, &m, &c);
		for (size_t i = 0; i < m.systems_n; i++) {
			const struct map_system *s = &m.systems[i];

			check_system(s, &c, &c.panels.at[i], first, has_cycle);
			first += s->tables_n;
			for (size_t t = 0; t < s->tables_n; t++)
				links += s->tables[t].links_n;
		}
		CHECK(overlaps(&c) == 0, "seed %d: %zu overlaps", (int)seed,
			overlaps(&c));
		CHECK(c.edges.n == links, "%zu of %zu links", c.edges.n, links);
		check_paths(&c);
		CHECK(str_eq(map_picture(a, &m), map_picture(a, &m)),
			"the same map, another picture");
		arena_free(a);
	}
}

static void hostile_names(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map m = map_of(a,
		STR("version: 1\nsystems:\n  - name: s\n    title: "
		    "\"<script>alert(1)</script>\"\n    connector: sqlite\n"
		    "    database: d\n    tables:\n"
		    "      - name: \"]]> & \\\"x\\\" </text><b>\"\n"
		    "        key: id\n        erase: keep\n"
		    "        exception: DX8\n        purpose: taxes\n"
		    "        columns:\n"
		    "          - { name: \"\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3"
		    "\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3"
		    "\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\", "
		    "identifies: email }\n"));
	str svg = map_picture(a, &m);

	CHECK(str_find(svg, STR("<script")) < 0 &&
			str_find(svg, STR("<b>")) < 0,
		"%.*s", STR_ARG(svg));
	CHECK(str_find(svg, STR("&lt;script&gt;")) > 0, "the title");
	CHECK(str_find(svg, STR("keep DX8")) > 0, "the exception");
	/* Cut between letters, not in one. */
	CHECK(str_is_text(svg), "no text any more");
	arena_free(a);
}

static void nothing(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map m = map_of(a, STR("version: 1\nsystems: []\n"));
	struct chart c;

	chart_draw(a, &m, &c);
	CHECK(c.cards.n == 0 && c.panels.n == 0 && c.height > 0, "empty");
	arena_free(a);
}

int main(void)
{
	random_maps();
	hostile_names();
	nothing();
	return CHECK_DONE();
}
