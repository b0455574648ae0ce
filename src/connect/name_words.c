/* Words of names: signs, capitals after small letters and digits begin one. */
#include "connect/name_words.h"

#include "base/buf.h"

enum { WORDS_MAX = 240 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || is_upper(c) ||
	       (unsigned char)c >= 0x80;
}

/* "homePhone", "4SSN", "SSNumber" and "MD5": a digit may end a word, and a
 * capital with a small letter behind it ends the capitals before. */
static bool starts_word(str name, size_t i)
{
	char c = name.p[i];

	if (!i || !is_letter(c))
		return false;
	if (is_digit(name.p[i - 1]))
		return true;
	if (!is_upper(c))
		return false;
	return !is_upper(name.p[i - 1]) ||
	       (i + 1 < name.n && is_letter(name.p[i + 1]) &&
		       !is_upper(name.p[i + 1]));
}

/* In lower case, with one blank between; what is too long ends early. */
static str words_of(char space[WORDS_MAX], str name)
{
	struct buf b = buf_on(space, WORDS_MAX);

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool is_word = is_letter(c) || is_digit(c);

		if ((!is_word || starts_word(name, i)) && b.n &&
			b.p[b.n - 1] != ' ')
			buf_putc(&b, ' ');
		if (is_word)
			buf_putc(&b, is_upper(c) ? (char)(c | 32) : c);
	}
	return str_trim(buf_str(&b));
}

/* A word may be numbered: "address1" is an address. */
static bool ends_word(str words, size_t at)
{
	while (at < words.n && is_digit(words.p[at]))
		at++;
	return at == words.n || words.p[at] == ' ';
}

static bool has_phrase(str words, str phrase)
{
	if (str_starts(phrase, STR("=")))
		return str_eq(words, str_from(phrase, 1));
	for (str rest = words; rest.n >= phrase.n;) {
		ptrdiff_t at = str_find(rest, phrase);
		size_t start;

		if (at < 0)
			return false;
		start = (size_t)(rest.p - words.p) + (size_t)at;
		if ((!start || words.p[start - 1] == ' ') &&
			ends_word(words, start + phrase.n))
			return true;
		rest = str_from(rest, (size_t)at + 1);
	}
	return false;
}

bool name_has_phrase(str name, const char *phrases)
{
	char space[WORDS_MAX];
	str words = words_of(space, name), rest = str_of(phrases), one;

	while (str_next(&rest, '|', &one))
		if (one.n && has_phrase(words, one))
			return true;
	return false;
}
