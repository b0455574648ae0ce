/*
 * The kinds of request, from law/tbl/kinds.h.  Nothing is decided here: every
 * answer is a column.
 */
#include "law/kind.h"

#include "base/base.h"

static const struct kind_row rows[] = {
#define KIND(name, code, path, title, phrase, flow, verification, confirmed, \
	fields, citation, valid)                                             \
	{ KIND_##name, code, path, title, phrase, FLOW_##flow,               \
		VERIFY_##verification, confirmed, fields, citation, valid },
#include "law/tbl/kinds.h"
};

static const struct {
	str word;
	enum kind kind;
} words[] = {
#define KIND_WORD(word, name) { STR_INIT(word), KIND_##name },
#include "law/tbl/kind_words.h"
};

static const struct verification_row verifications[] = {
#define VERIFICATION(name, code, title, points, declaration, citation, valid) \
	{ VERIFY_##name, code, title, points, declaration, citation, valid },
#include "law/tbl/verifications.h"
};

const struct kind_row *kind_row(enum kind kind)
{
	must(kind > KIND_NONE && kind < KIND_END);
	return &rows[kind - 1];
}

enum kind kind_of(str code)
{
	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(code, str_of(rows[i].code)))
			return rows[i].kind;
	return KIND_NONE;
}

/* As str_eq_nocase(), with '_' the same as '-'. */
static bool is_word(str typed, str word)
{
	if (typed.n != word.n)
		return false;
	for (size_t i = 0; i < word.n; i++) {
		char c = typed.p[i] == '_' ? '-' : typed.p[i];

		if (!str_eq_nocase((str){ &c, 1 }, (str){ word.p + i, 1 }))
			return false;
	}
	return true;
}

enum kind kind_of_word(str word)
{
	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (is_word(word, str_of(rows[i].code)))
			return rows[i].kind;
	for (size_t i = 0; i < COUNTOF(words); i++)
		if (is_word(word, words[i].word))
			return words[i].kind;
	return KIND_NONE;
}

const char *kind_code(enum kind kind)
{
	return kind_row(kind)->code;
}

const char *kind_title(enum kind kind)
{
	return kind_row(kind)->title;
}

const char *kind_citation(enum kind kind)
{
	return kind_row(kind)->citation;
}

enum verification kind_verification(enum kind kind)
{
	return kind_row(kind)->verification;
}

bool kind_is_verified(enum kind kind)
{
	enum verification v = kind_verification(kind);

	return v != VERIFY_FORBIDDEN && v != VERIFY_NONE;
}

bool kind_is_at_once(enum kind kind)
{
	return kind_row(kind)->flow == FLOW_STOP;
}

bool kind_only_answers(enum kind kind)
{
	enum flow flow = kind_row(kind)->flow;

	return flow == FLOW_TELL || flow == FLOW_EXPLAIN;
}

const struct verification_row *verification_row(enum verification v)
{
	must((size_t)v < COUNTOF(verifications));
	return &verifications[v];
}
