/*
 * Letters and what they must say, from law/tbl/letters.h and statements.h.
 */
#include "law/letter.h"

#include "base/base.h"

#define KNOWS (KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC))
#define STOPS (KIND_BIT(OPT_OUT) | KIND_BIT(LIMIT) | KIND_BIT(OPT_OUT_ADMT))
#define ASKED                                           \
	(KNOWS | KIND_BIT(DELETE) | KIND_BIT(CORRECT) | \
		KIND_BIT(ACCESS_ADMT) | KIND_BIT(APPEAL_ADMT))

static const struct letter_row letters[] = {
#define LETTER(name, code, title, citation, valid) \
	{ LETTER_##name, code, title, citation, valid },
#include "law/tbl/letters.h"
};

static const struct statement statements[] = {
#define STATEMENT(id, letter, kinds, when, text, citation, valid) \
	{ id, LETTER_##letter, kinds, WHEN_##when, text, citation, valid },
#include "law/tbl/statements.h"
};

const struct letter_row *letter_row(enum letter letter)
{
	must(letter > LETTER_NONE && letter < LETTER_END);
	return &letters[letter - 1];
}

enum letter letter_of(str code)
{
	for (size_t i = 0; i < COUNTOF(letters); i++)
		if (str_eq(code, str_of(letters[i].code)))
			return letters[i].letter;
	return LETTER_NONE;
}

size_t statement_count(void)
{
	return COUNTOF(statements);
}

const struct statement *statement_at(size_t i)
{
	must(i < COUNTOF(statements));
	return &statements[i];
}

bool statement_is_required(const struct statement *s, enum letter letter,
	enum kind kind, unsigned when)
{
	if (s->letter != letter || !(s->kinds & 1u << kind))
		return false;
	return s->when == WHEN_ALWAYS || when & 1u << s->when;
}
