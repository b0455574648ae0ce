/*
 * Names as the State standardizes them, and addresses in the same letters.  The
 * order is: compose, lower-case, transliterate by table, decompose, keep letters
 * and digits.  It is the one order that gives the State's published hashes.
 */
#include <string.h>

#include "base/base.h"
#include "ident/rules.h"

static const struct letter {
	int32_t from;
	const char *to;
} letters[] = {
#define LETTER(from, to) { from, to },
#include "ident/tbl/letters.h"
};

static const char *letter_of(int32_t c)
{
	size_t low = 0, high = COUNTOF(letters);

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (letters[mid].from == c)
			return letters[mid].to;
		if (letters[mid].from < c)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static bool put_ascii(struct runes *r, const char *s)
{
	for (; *s; s++) {
		if (r->n == RUNES_MAX)
			return false;
		r->at[r->n++] = *s;
	}
	return true;
}

/*
 * One composed, lower-case character: by the table, or decomposed, where its
 * base letter may be in the table (an accented Greek one).
 */
static bool put_folded(struct runes *out, int32_t c)
{
	const char *to = letter_of(c);
	struct runes one, parts;
	char utf8[8];
	size_t n;

	if (to)
		return put_ascii(out, to);
	one.n = 1;
	one.at[0] = c;
	if (!runes_write(&one, utf8, sizeof utf8, &n) ||
		!runes_read(&parts, (str){ utf8, n }, RUNES_NFD))
		return false;
	for (size_t i = 0; i < parts.n; i++) {
		if ((to = letter_of(parts.at[i]))) {
			if (!put_ascii(out, to))
				return false;
		} else if (out->n < RUNES_MAX) {
			out->at[out->n++] = parts.at[i];
		}
	}
	return out->n < RUNES_MAX;
}

static enum ident_fault fold(struct runes *out, str raw)
{
	struct runes r;

	out->n = 0;
	if (!runes_read(&r, raw, RUNES_NFC))
		return IDENT_FAULT_ENCODING;
	runes_lower(&r);
	for (size_t i = 0; i < r.n; i++) {
		if (r.at[i] < 0x80)
			out->at[out->n++] = r.at[i];
		else if (!put_folded(out, r.at[i]))
			return IDENT_FAULT_LONG;
		if (out->n == RUNES_MAX)
			return IDENT_FAULT_LONG;
	}
	return IDENT_FAULT_NONE;
}

enum ident_fault rule_name(struct ident *out, str raw)
{
	struct runes r;
	enum ident_fault f = fold(&r, raw);
	size_t n = 0;

	if (f)
		return f;
	for (size_t i = 0; i < r.n; i++)
		if (rune_is_alnum(r.at[i]))
			r.at[n++] = r.at[i];
	r.n = n;
	return n ? rule_put(out, &r) : IDENT_FAULT_NAME;
}

static str street_word(str word)
{
	static const str words[][2] = {
#define STREET_WORD(from, to) { STR_INIT(from), STR_INIT(to) },
#include "ident/tbl/street_words.h"
	};

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_eq(words[i][0], word))
			return words[i][1];
	return word;
}

/* Adds a word; "apt" after "apt" is one ("apt #5"). */
static enum ident_fault put_word(struct ident *out, str word)
{
	str w = street_word(word);
	str so_far = { out->text, out->n };

	if (!w.n || (str_eq(w, STR("apt")) && str_ends(so_far, w)))
		return IDENT_FAULT_NONE;
	return rule_put_str(out, w);
}

enum ident_fault rule_address(struct ident *out, str raw)
{
	struct runes r, word;
	enum ident_fault f = fold(&r, raw);
	char text[IDENT_TEXT_MAX];
	size_t n;

	word.n = 0;
	for (size_t i = 0; !f && i <= r.n; i++) {
		bool is_end = i == r.n || !rune_is_alnum(r.at[i]);

		if (!is_end) {
			word.at[word.n++] = r.at[i];
			continue;
		}
		if (!runes_write(&word, text, sizeof text, &n))
			return IDENT_FAULT_LONG;
		f = put_word(out, (str){ text, n });
		word.n = 0;
		if (!f && i < r.n && r.at[i] == '#')
			f = put_word(out, STR("apt"));
	}
	return f ? f : out->n ? IDENT_FAULT_NONE : IDENT_FAULT_ADDRESS;
}
