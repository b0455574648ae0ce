/*
 * Tags into cache lines, each line written once and never touched again: what
 * does not fit is carried on (format.h has the rule and why a look-up can stop).
 */
#include "index/lines.h"

#include <string.h>

#include "base/base.h"
#include "index/format.h"

void codes_add(struct codes *c, uint32_t mask)
{
	c->all |= mask;
	if (c->masks > INDEX_MASKS_MAX)
		return;
	for (uint32_t i = 0; i < c->masks; i++)
		if (c->mask[i] == mask)
			return;
	c->mask[c->masks++] = mask;
}

void codes_fix(struct codes *c)
{
	c->width = c->masks <= 1 ? 0 : c->masks <= INDEX_MASKS_MAX ? 1 : 4;
	if (c->width == 4)
		c->masks = 0;
}

uint32_t codes_of(const struct codes *c, uint32_t mask)
{
	if (c->width == 4)
		return mask;
	for (uint32_t i = 0; i < c->masks; i++)
		if (c->mask[i] == mask)
			return i;
	/* Two keys of one tag joined their masks to one that is new: 2^-64. */
	return 0;
}

uint64_t lines_home(uint64_t keys, int load_percent)
{
	uint64_t per = INDEX_LINE_SLOTS * (uint64_t)load_percent;

	return keys ? (keys * 100 + per - 1) / per : 1;
}

struct lines *lines_new(struct arena *a, struct sink *sink,
	const struct codes *codes, uint64_t home)
{
	struct lines *l = arena_one(a, struct lines);

	l->sink = sink;
	l->codes = codes;
	l->home = home;
	l->line_max = home + LINES_CARRY_MAX / 7 + 2;
	if (codes->width)
		l->code = arena_array(
			a, INDEX_LINE_SLOTS * codes->width, l->line_max);
	return l;
}

static void put_code(struct lines *l, uint64_t slot, uint32_t mask)
{
	uint32_t code = codes_of(l->codes, mask);

	if (l->codes->width == 1)
		l->code[slot] = (uint8_t)code;
	else if (l->codes->width == 4)
		memcpy(l->code + 4 * slot, &code, 4);
}

/* Ascending by tag, each once. */
static void settle_own(struct lines *l)
{
	struct tag *t = l->own_tag;
	size_t n = 0;

	for (size_t i = 1; i < l->own; i++) {
		struct tag x = t[i];
		size_t j = i;

		for (; j > 0 && t[j - 1].tag > x.tag; j--)
			t[j] = t[j - 1];
		t[j] = x;
	}
	for (size_t i = 0; i < l->own; i++)
		if (n > 0 && t[n - 1].tag == t[i].tag)
			t[n - 1].reasons |= t[i].reasons;
		else
			t[n++] = t[i];
	l->own = n;
}

static void carry_on(struct lines *l, const struct tag *t, size_t n)
{
	if (l->carry + n > LINES_CARRY_MAX) {
		l->is_bad = true;
		return;
	}
	memcpy(l->carry_tag + l->carry, t, n * sizeof *t);
	l->carry += n;
}

/* The next line, to be filled; no code is written for it yet. */
static uint64_t *next_line(struct lines *l)
{
	must(l->line < l->line_max);
	l->line++;
	return sink_room(l->sink, INDEX_LINE_SIZE);
}

/* Writes the line that is next, from what is carried and what is its own. */
static void write_line(struct lines *l)
{
	uint64_t *line = next_line(l);
	uint64_t slot = (l->line - 1) * INDEX_LINE_SLOTS;
	size_t n = l->carry < 8 ? l->carry : 7;
	size_t room, take;

	settle_own(l);
	room = l->carry < 8 ? 8 - n : 0;
	take = l->own < room ? l->own : room;
	for (size_t i = 0; i < n + take; i++) {
		const struct tag *t =
			i < n ? &l->carry_tag[i] : &l->own_tag[i - n];

		line[i] = t->tag;
		if (l->codes->width)
			put_code(l, slot + i, t->reasons);
	}
	for (size_t i = n + take; i < INDEX_LINE_SLOTS; i++)
		line[i] = 0;
	l->tags += n + take;
	if (l->carry >= 8)
		line[7] = INDEX_TAG_FULL;
	l->carry -= n;
	memmove(l->carry_tag, l->carry_tag + n,
		l->carry * sizeof *l->carry_tag);
	carry_on(l, l->own_tag + take, l->own - take);
	l->own = 0;
}

void lines_add(struct lines *l, uint64_t line, struct tag tag)
{
	must(line >= l->line && line < l->home);
	if (l->is_bad)
		return;
	while (l->line < line)
		write_line(l);
	if (l->own == LINES_OWN_MAX)
		settle_own(l);
	if (l->own == LINES_OWN_MAX) {
		l->is_bad = true;
		return;
	}
	l->own_tag[l->own++] = tag;
}

void lines_add_many(struct lines *l, uint64_t line, const uint64_t *tag,
	size_t n, uint32_t reasons)
{
	for (size_t i = 0; i < n; i++)
		lines_add(l, line, (struct tag){ tag[i], reasons });
}

void lines_put(struct lines *l, uint64_t line, const uint64_t *tag, size_t n,
	uint32_t reasons)
{
	uint64_t *to;

	while (!l->is_bad && l->line < line)
		write_line(l);
	must(l->is_bad || l->own == 0);
	if (l->is_bad || l->carry || l->codes->width || n > INDEX_LINE_SLOTS) {
		lines_add_many(l, line, tag, n, reasons);
		return;
	}
	to = next_line(l);
	for (size_t i = 0; i < INDEX_LINE_SLOTS; i++)
		to[i] = i < n ? tag[i] : 0;
	l->tags += n;
}

int lines_end(struct lines *l, struct err *e)
{
	while (!l->is_bad && l->line < l->home)
		write_line(l);
	do {
		if (l->is_bad)
			return err_set(e, ERR_INVALID,
				"the keys are not spread as keys are");
		write_line(l);
	} while (l->carry);
	return 0;
}
