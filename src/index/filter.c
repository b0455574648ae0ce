/*
 * A key can stand behind its line (format.h), so a word has the bits of all tags
 * that a look-up which begins at the line can meet.
 */
#include "index/filter.h"

#include <stdlib.h>

#include "base/base.h"

/* A look-up goes on for longer in no table of keys; in one of other numbers, a
 * word of ones is right as well. */
enum { LINES_ON_MAX = 16 };

/* Or nothing.  Without a branch: how full a line is cannot be guessed. */
static uint32_t bits_if(bool is_in, uint64_t tag)
{
	return filter_bits(tag) & -(uint32_t)is_in;
}

static uint32_t own(const uint64_t *line)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < INDEX_LINE_SLOTS; i++)
		bits |= bits_if(line[i] != 0, line[i]);
	return bits;
}

/* Of those that did not fit: their tags are greater than the line's last. */
static uint32_t carried(const uint64_t *line)
{
	uint64_t last = line[INDEX_LINE_SLOTS - 1];
	uint32_t bits = 0;

	for (size_t n = 0; n < LINES_ON_MAX; n++) {
		line += INDEX_LINE_SLOTS;
		for (size_t i = 0; i < INDEX_LINE_SLOTS; i++)
			bits |= bits_if(line[i] > last, line[i]);
		if (line[INDEX_LINE_SLOTS - 1] != INDEX_TAG_FULL)
			return bits;
	}
	return UINT32_MAX;
}

uint32_t *filter_new(const uint64_t *line, uint64_t home)
{
	uint32_t *word = malloc(home * sizeof *word);

	if (!word)
		return NULL;
	for (uint64_t h = 0; h < home; h++, line += INDEX_LINE_SLOTS)
		word[h] = own(line) |
			  (line[INDEX_LINE_SLOTS - 1] ? carried(line) : 0);
	return word;
}
