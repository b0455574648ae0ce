/*
 * Tokens of C for tools/layers.
 */
#include "layers.h"

#include <string.h>

struct lexer lexer_of(str text)
{
	return (struct lexer){ text, 1, false, true };
}

static void advance(struct lexer *l, size_t n)
{
	for (size_t i = 0; i < n && i < l->rest.n; i++)
		l->line += l->rest.p[i] == '\n';
	l->rest = str_from(l->rest, n);
}

static size_t to_mark(str s, str mark)
{
	ptrdiff_t at = str_find(s, mark);

	return at < 0 ? s.n : (size_t)at + mark.n;
}

/* Over white space and comments; a line's end ends a directive. */
static void skip_blank(struct lexer *l)
{
	while (l->rest.n) {
		char c = l->rest.p[0];

		if (str_starts(l->rest, STR("/*"))) {
			advance(l, to_mark(l->rest, STR("*/")));
		} else if (str_starts(l->rest, STR("//"))) {
			advance(l, to_mark(l->rest, STR("\n")) - 1);
		} else if (str_starts(l->rest, STR("\\\n"))) {
			advance(l, 2);
		} else if (c == '\n') {
			l->in_directive = false;
			l->at_line_start = true;
			advance(l, 1);
		} else if (c == ' ' || c == '\t') {
			advance(l, 1);
		} else {
			return;
		}
	}
}

static size_t constant_length(str s)
{
	size_t n = 1;

	while (n < s.n && s.p[n] != s.p[0])
		n += s.p[n] == '\\' ? 2 : 1;
	return n < s.n ? n : s.n;
}

/* At "#": the header when it is an #include. */
static bool take_include(struct lexer *l, struct token *t)
{
	str after = str_trim(str_from(l->rest, 1));
	char close;
	size_t n = 1;

	if (!str_starts(after, STR("include")))
		return false;
	after = str_trim(str_from(after, sizeof "include" - 1));
	if (!after.n || (after.p[0] != '"' && after.p[0] != '<'))
		return false;
	close = after.p[0] == '<' ? '>' : '"';
	while (n < after.n && after.p[n] != close && after.p[n] != '\n')
		n++;
	t->kind = TOKEN_INCLUDE;
	t->is_system = close == '>';
	t->text = (str){ after.p + 1, n - 1 };
	advance(l, to_mark(l->rest, STR("\n")) - 1);
	return true;
}

struct token lexer_next(struct lexer *l)
{
	struct token t = { .kind = TOKEN_OTHER };
	bool at_start;
	size_t n = 1;

	skip_blank(l);
	at_start = l->at_line_start;
	l->at_line_start = false;
	t.line = l->line;
	if (!l->rest.n) {
		t.kind = TOKEN_END;
		return t;
	}
	if (at_start && l->rest.p[0] == '#') {
		l->in_directive = true;
		t.in_directive = true;
		if (take_include(l, &t))
			return t;
	}
	t.in_directive = l->in_directive;
	if (l->rest.p[0] == '"' || l->rest.p[0] == '\'') {
		n = constant_length(l->rest);
		t.kind = l->rest.p[0] == '"' ? TOKEN_STRING : TOKEN_OTHER;
		t.text = str_from(str_head(l->rest, n), 1);
		advance(l, n + 1);
		return t;
	}
	if (source_ident(l->rest).n) {
		n = source_ident(l->rest).n;
		t.kind = TOKEN_NAME;
	}
	t.text = str_head(l->rest, n);
	advance(l, n);
	return t;
}
