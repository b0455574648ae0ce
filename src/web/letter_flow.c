/*
 * Lines are wrapped at the last word that fits.  So a line end was put in when
 * the next line's first word would not have fitted any more, and written
 * otherwise.
 */
#include "web/letter_flow.h"

#include <string.h>

#include "mail/letter.h"

static size_t first_word(str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ' && s.p[n] != '\n')
		n++;
	return n;
}

/* In characters, as the wrapping counts. */
static size_t width_of(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

str letter_flow(struct arena *a, str paragraph)
{
	char *out = arena_alloc(a, paragraph.n);
	size_t line_at = 0;

	if (paragraph.n)
		memcpy(out, paragraph.p, paragraph.n);
	for (size_t i = 0; i < paragraph.n; i++) {
		str line = { paragraph.p + line_at, i - line_at };
		str rest = str_from(paragraph, i + 1);
		str word = str_head(rest, first_word(rest));

		if (paragraph.p[i] != '\n')
			continue;
		if (width_of(line) + 1 + width_of(word) > LETTER_WIDTH)
			out[i] = ' ';
		line_at = i + 1;
	}
	return (str){ out, paragraph.n };
}

void letter_flow_all(struct arena *a, str *paragraphs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		paragraphs[i] = letter_flow(a, paragraphs[i]);
}
