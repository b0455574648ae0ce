/* Notices as blocks, and compared by lines. */
#include "desk/notice_text.h"

#include "base/base.h"
#include "desk/html.h"

/* --- blocks --- */

/* "What we collect [policy-collected]" */
static void cut_id(struct notice_block *b)
{
	ptrdiff_t at = str_find(b->text, STR(" ["));

	if (at < 0 || !str_ends(b->text, STR("]")))
		return;
	b->id = str_from(b->text, (size_t)at + 2);
	b->id.n--;
	b->text.n = (size_t)at;
}

/* "[Opt out](https://...)" */
static void cut_link(struct notice_block *b)
{
	ptrdiff_t at = str_find(b->text, STR("]("));

	if (at < 0 || !str_starts(b->text, STR("[")) ||
		!str_ends(b->text, STR(")")))
		return;
	b->link = str_from(b->text, (size_t)at + 2);
	b->link.n--;
	b->text = str_from(str_head(b->text, (size_t)at), 1);
}

static struct notice_block block_of(str line)
{
	struct notice_block b = { NOTICE_PARAGRAPH, line, { 0 }, { 0 }, false,
		false };

	if (str_starts(line, STR("## "))) {
		b.kind = NOTICE_HEADING;
		b.text = str_from(line, 3);
		cut_id(&b);
	} else if (str_starts(line, STR("# "))) {
		b.kind = NOTICE_TITLE;
		b.text = str_from(line, 2);
	} else if (str_starts(line, STR("- "))) {
		b.kind = NOTICE_POINT;
		b.text = str_from(line, 2);
		cut_link(&b);
	}
	return b;
}

void notice_blocks_of(struct arena *a, str text, struct notice_blocks *out)
{
	str rest = text;
	str line;

	out->n = 0;
	out->at = arena_many(a, struct notice_block, str_count(text, '\n') + 1);
	while (str_next(&rest, '\n', &line))
		if (str_trim(line).n)
			out->at[out->n++] = block_of(str_trim(line));
	for (size_t i = 0; i < out->n; i++) {
		struct notice_block *b = &out->at[i];

		if (b->kind != NOTICE_POINT)
			continue;
		b->is_first = !i || out->at[i - 1].kind != NOTICE_POINT;
		b->is_last =
			i + 1 == out->n || out->at[i + 1].kind != NOTICE_POINT;
	}
}

bool notice_says(const struct notice_blocks *blocks, const char *id)
{
	for (size_t i = 0; i + 1 < blocks->n; i++)
		if (str_eq(blocks->at[i].id, str_of(id)))
			return blocks->at[i + 1].kind == NOTICE_POINT ||
			       blocks->at[i + 1].kind == NOTICE_PARAGRAPH;
	return false;
}

static struct markup draw(struct arena *a, str text, bool is_inside)
{
	/* Each byte may become an entity of six, each line has its tags. */
	struct buf b =
		buf_in(a, 6 * text.n + 100 * str_count(text, '\n') + 100);
	struct notice_drawing v = { .is_inside = is_inside };

	notice_blocks_of(a, text, &v.blocks);
	html_notice_body(&b, &v);
	must(buf_ok(&b));
	return markup_of(&b);
}

struct markup notice_body(struct arena *a, str text)
{
	return draw(a, text, false);
}

struct markup notice_inside(struct arena *a, str text)
{
	return draw(a, text, true);
}

/* --- compared --- */

struct lines {
	str *at;
	size_t n;
};

static struct lines lines_of(struct arena *a, str text)
{
	struct lines l = { arena_many(a, str, str_count(text, '\n') + 1), 0 };
	str line;

	while (str_next(&text, '\n', &line))
		if (str_trim(line).n)
			l.at[l.n++] = str_trim(line);
	return l;
}

static void put(
	struct notice_changes *out, enum notice_change_kind kind, str line)
{
	out->at[out->n++] = (struct notice_change){ kind, line };
}

/*
 * common[i * (new.n + 1) + j]: how many lines the rest of `old` from i on and the rest of
 * `new` from j on have in common, in order.
 */
static uint16_t *common_of(
	struct arena *a, const struct lines *old, const struct lines *new)
{
	size_t wide = new->n + 1;
	uint16_t *common = arena_many(a, uint16_t, (old->n + 1) * wide);

	for (size_t i = old->n; i-- > 0;)
		for (size_t j = new->n; j-- > 0;) {
			uint16_t *at = &common[i * wide + j];

			if (str_eq(old->at[i], new->at[j]))
				*at = (uint16_t)(at[wide + 1] + 1);
			else
				*at = at[wide] > at[1] ? at[wide] : at[1];
		}
	return common;
}

static void walk(struct arena *a, const struct lines *old,
	const struct lines *new, struct notice_changes *out)
{
	size_t wide = new->n + 1;
	const uint16_t *common = common_of(a, old, new);
	size_t i = 0;
	size_t j = 0;

	while (i < old->n && j < new->n) {
		const uint16_t *at = &common[i * wide + j];

		if (str_eq(old->at[i], new->at[j])) {
			put(out, NOTICE_SAME, old->at[i++]);
			j++;
		} else if (at[wide] >= at[1]) {
			put(out, NOTICE_GONE, old->at[i++]);
		} else {
			put(out, NOTICE_NEW, new->at[j++]);
		}
	}
	while (i < old->n)
		put(out, NOTICE_GONE, old->at[i++]);
	while (j < new->n)
		put(out, NOTICE_NEW, new->at[j++]);
}

void notice_compare(
	struct arena *a, str before, str after, struct notice_changes *out)
{
	struct lines old = lines_of(a, before);
	struct lines new = lines_of(a, after);

	out->n = 0;
	out->at = arena_many(a, struct notice_change, old.n + new.n);
	if (old.n <= NOTICE_LINES_MAX && new.n <= NOTICE_LINES_MAX) {
		walk(a, &old, &new, out);
		return;
	}
	for (size_t i = 0; i < old.n; i++)
		put(out, NOTICE_GONE, old.at[i]);
	for (size_t i = 0; i < new.n; i++)
		put(out, NOTICE_NEW, new.at[i]);
}
