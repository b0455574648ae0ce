/* The scopes of API keys, as bits and as text. */
#include "desk/scope.h"

#include "base/base.h"
#include "base/buf.h"

enum { TEXT_MAX = 200 };

static const struct {
	const char *code;
	const char *what;
} scopes_known[] = {
	{ "", "" },
#define SCOPE(name, code, what) { code, what },
#include "tbl/scopes.h"
};

const char *scope_code(enum scope s)
{
	must(s > SCOPE_NONE && s < SCOPE_END);
	return scopes_known[s].code;
}

const char *scope_what(enum scope s)
{
	must(s > SCOPE_NONE && s < SCOPE_END);
	return scopes_known[s].what;
}

bool scopes_have(unsigned scopes, enum scope s)
{
	return s == SCOPE_NONE || scopes & 1u << s;
}

static enum scope scope_of(str code)
{
	for (int s = SCOPE_NONE + 1; s < SCOPE_END; s++)
		if (str_eq(code, str_of(scopes_known[s].code)))
			return (enum scope)s;
	return SCOPE_NONE;
}

static str next_word(str *rest)
{
	size_t n = 0;
	str word;

	while (rest->n && (rest->p[0] == ' ' || rest->p[0] == ','))
		*rest = str_from(*rest, 1);
	while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != ',')
		n++;
	word = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return word;
}

unsigned scopes_read(str text, str *unknown)
{
	unsigned scopes = 0;

	*unknown = STR("");
	if (!str_trim(text).n)
		return SCOPES_ALL;
	for (str word = next_word(&text); word.n; word = next_word(&text)) {
		enum scope s = scope_of(word);

		if (s != SCOPE_NONE)
			scopes |= 1u << s;
		else if (!unknown->n)
			*unknown = word;
	}
	return scopes;
}

static str joined(struct arena *a, unsigned scopes, str between)
{
	struct buf b = buf_in(a, TEXT_MAX);

	for (int s = SCOPE_NONE + 1; s < SCOPE_END; s++) {
		if (!scopes_have(scopes, (enum scope)s))
			continue;
		if (b.n)
			buf_put(&b, between);
		buf_put(&b, str_of(scopes_known[s].code));
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

str scopes_text(struct arena *a, unsigned scopes)
{
	must(scopes); /* no text says nothing */
	return scopes == SCOPES_ALL ? STR("") : joined(a, scopes, STR(" "));
}

str scopes_words(struct arena *a, unsigned scopes)
{
	return joined(a, scopes, STR(", "));
}
