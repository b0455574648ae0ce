#include "connect/chart_card.h"

#include "base/base.h"
#include "base/buf.h"
#include "connect/expires.h"

enum {
	CARD_PAD = 10,
	ROW_HIGH = 21,
	ROWS_MAX = 12, /* of one card; the others are counted */
	TITLE_CHAR_WIDE = 9,
	NAME_CHARS = 30,
	ROW_CHARS = 16,
	NOTE_CHARS = 18,
	FATE_CHAR_WIDE = 7,
};

str chart_cut(struct arena *a, str s, size_t chars)
{
	size_t at = 0, last = 0;

	for (size_t n = 0; n < chars && at < s.n; n++) {
		size_t size = str_utf8(str_from(s, at));

		last = at;
		at += size ? size : 1;
	}
	return at == s.n ? s
			 : arena_fmt(a, "%.*s…", STR_ARG(str_head(s, last)));
}

static void add_note(struct buf *b, const char *words)
{
	buf_fmt(b, "%s%s", b->n ? ", " : "", words);
}

static bool row_of(struct arena *a, const struct map_table *t,
	const struct map_column *c, struct chart_row *out)
{
	struct buf note = buf_in(a, 200);

	*out = (struct chart_row){ .tone = "plain" };
	if (c->verifies) {
		out->tone = "proves";
		buf_fmt(&note, "proves %s", verifies_name(c->verifies));
	}
	if (c->never_disclose.n) {
		out->tone = "never";
		add_note(&note, "never shown");
	}
	if (c->is_identifier) {
		out->tone = "ident";
		add_note(&note, ident_kind_name(c->kind));
	}
	if (c->way)
		add_note(&note, c->way == WAY_HASH ? "coded"
				: c->way == WAY_RENEW
					? "renewed"
					: column_way_words(c->way));
	if (t->expires && c == &t->columns[t->expires->column])
		add_note(&note,
			arena_fmt(a, "kept %.*s%c",
				STR_ARG(expires_words(a, t->expires)), '\0')
				.p);
	out->name = chart_cut(a, c->name, ROW_CHARS);
	out->note = chart_cut(a, buf_str(&note), NOTE_CHARS);
	return note.n > 0;
}

static void fate_of(
	struct arena *a, const struct map_table *t, struct chart_card *c)
{
	static const char *const tones[] = { "del", "keep", "deid", "deid" };

	c->fate = t->erase == ERASE_KEEP
			  ? arena_fmt(a, "keep %.*s",
				    STR_ARG(chart_cut(a, t->exception, 9)))
			  : str_of(map_erase_name(t->erase));
	c->fate_tone = tones[t->erase];
	c->fate_width = (int)c->fate.n * FATE_CHAR_WIDE + 14;
}

static void fill_rows(
	struct arena *a, const struct map_table *t, struct chart_card *c)
{
	size_t left = 0;
	int y = CARD_HEAD + ROW_HIGH / 2 + 4;

	c->rows.at = arena_many(a, struct chart_row, ROWS_MAX);
	for (size_t i = 0; i < map_columns_held(t); i++) {
		struct chart_row row;

		if (str_eq(t->columns[i].name, STR(MAP_ROW_KEY)))
			continue;
		if (!row_of(a, t, &t->columns[i], &row) ||
			c->rows.n == ROWS_MAX) {
			left++;
			continue;
		}
		row.y = y;
		y += ROW_HIGH;
		c->rows.at[c->rows.n++] = row;
	}
	if (left) {
		c->more = arena_fmt(a,
			c->rows.n ? "and %zu more column%s" : "%zu column%s",
			left, left == 1 ? "" : "s");
		c->more_y = y;
		y += ROW_HIGH;
	}
	c->height = y - ROW_HIGH / 2 - 4 + CARD_PAD;
}

void chart_card_fill(
	struct arena *a, const struct map_table *t, struct chart_card *c)
{
	c->width = CARD_WIDE;
	c->name = chart_cut(a, t->name, NAME_CHARS);
	fate_of(a, t, c);
	c->fate_x = CARD_WIDE - c->fate_width - 10;
	c->title = chart_cut(a, t->holds,
		(size_t)(c->fate_x - 2 * CARD_PAD) / TITLE_CHAR_WIDE);
	fill_rows(a, t, c);
}
