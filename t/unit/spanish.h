#ifndef T_UNIT_SPANISH_H
#define T_UNIT_SPANISH_H

#include "base/arena.h"
#include "base/base.h"
#include "base/buf.h"
#include "base/str.h"

/* A letter without its line breaks: a sentence may be wrapped anywhere, and what is
 * listed is set in. */
static inline str in_one_line(struct arena *a, str text)
{
	struct buf b = buf_in(a, text.n + 3);

	buf_putc(&b, ' ');
	for (size_t i = 0; i < text.n; i++) {
		bool is_blank = text.p[i] == ' ' || text.p[i] == '\n';

		if (!is_blank || b.p[b.n - 1] != ' ')
			buf_putc(&b, is_blank ? ' ' : text.p[i]);
	}
	buf_putc(&b, ' ');
	return buf_str(&b);
}

/* Words that no English letter of ours does without and no Spanish one has: the first
 * of them in a text in one line; NULL: there is none. */
static inline const char *english_in(str line)
{
	static const char *const words[] = { " the ", " The ", " you ", "You ",
		" your ", "Your ", " we ", " We ", " and ", " of ", " to ",
		" by ", " on ", " On ", " in ", " In ", " is ", " it ", " It ",
		" for ", " with ", " this ", " This ", " request", "Dear ",
		"Hello", "Phone", "Sincerely", "Monday", "January",
		"November" };

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_find(line, str_of(words[i])) >= 0)
			return words[i];
	return NULL;
}

#endif
