/*
 * Where one sentence ends and the next begins in a template.  The compiler gets the
 * source with the segments exchanged and knows nothing of languages: what is escaped, and
 * how, is decided for each language as for English.
 */
#include "tplc_segment.h"

#include "tplc_expr.h"

enum { TOKENS_MAX = 256, GROWS = 3 };

enum token_kind {
	TOKEN_TEXT,
	TOKEN_VALUE,
	TOKEN_CALL,
	TOKEN_OPEN, /* <a ...>, {if ...} */
	TOKEN_ELSE,
	TOKEN_CLOSE,
	TOKEN_VOID,  /* <br> */
	TOKEN_BREAK, /* ends a segment */
};

struct token {
	enum token_kind kind;
	str text;
	bool is_tag;
};

struct translation {
	const struct source *source;
	bool is_html;
	bool is_in; /* a template that is translated */
	struct catalog *catalog;
	struct buf out;
	size_t done; /* bytes of the source that are in out */
	struct token run[TOKENS_MAX];
	int run_n;
};

bool segments_are_in(str *args)
{
	static const str mark = STR_INIT(" in languages");

	if (!str_ends(*args, mark))
		return false;
	*args = str_trim(str_head(*args, args->n - mark.n));
	return true;
}

static int line_of(const struct translation *t, const char *p)
{
	return 1 + (int)str_count((str){ t->source->text.p,
					  (size_t)(p - t->source->text.p) },
			   '\n');
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool has_letters(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_letter(s.p[i]))
			return true;
	return false;
}

/* --- pieces of the source --- */

/* Whether nothing else is in the line of these bytes of the source. */
static bool is_alone(str whole, str piece)
{
	const char *p = piece.p, *q = piece.p + piece.n;

	while (p > whole.p && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	while (q < whole.p + whole.n && (*q == ' ' || *q == '\t'))
		q++;
	return (p == whole.p || p[-1] == '\n') &&
	       (q == whole.p + whole.n || *q == '\n');
}

static size_t comment_length(str s)
{
	ptrdiff_t end = str_find(s, STR("#}"));

	return end < 0 ? s.n : (size_t)end + 2;
}

static size_t directive_length(str s)
{
	size_t n = expr_length(str_from(s, 1)) + 2;

	return n < s.n ? n : s.n;
}

/* Of a tag: quotes and directives in it may hold a ">". */
static size_t tag_length(str s)
{
	char quote = 0;

	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '{') {
			i += directive_length(str_from(s, i)) - 1;
			continue;
		}
		if (quote && s.p[i] == quote)
			quote = 0;
		else if (!quote && (s.p[i] == '"' || s.p[i] == '\''))
			quote = s.p[i];
		else if (!quote && s.p[i] == '>')
			return i + 1;
	}
	return s.n;
}

static struct token directive_token(str piece)
{
	static const struct {
		const char *word;
		enum token_kind kind;
	} words[] = {
		{ "if", TOKEN_OPEN },
		{ "else", TOKEN_ELSE },
		{ "elif", TOKEN_ELSE },
		{ "end", TOKEN_CLOSE },
		{ "call", TOKEN_CALL },
		{ "for", TOKEN_BREAK },
		{ "template", TOKEN_BREAK },
	};
	str word = source_ident(str_trim(str_from(piece, 1)));

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_eq(word, str_of(words[i].word)))
			return (struct token){ words[i].kind, piece, false };
	return (struct token){ TOKEN_VALUE, piece, false };
}

static struct token tag_token(str piece)
{
	static const char *const inlines[] = { "a", "abbr", "b", "code", "em",
		"i", "small", "span", "strong", "time" };
	bool is_end = str_starts(piece, STR("</"));
	str name = source_ident(str_from(piece, is_end ? 2 : 1));

	if (str_eq(name, STR("br")))
		return (struct token){ TOKEN_VOID, piece, true };
	for (size_t i = 0; i < COUNTOF(inlines); i++)
		if (str_eq(name, str_of(inlines[i])))
			return (struct token){
				is_end ? TOKEN_CLOSE : TOKEN_OPEN, piece, true
			};
	return (struct token){ TOKEN_BREAK, piece, true };
}

static struct token text_token(str rest, bool is_html)
{
	size_t n = 0;

	if (!is_html && rest.p[0] == '\n')
		return (struct token){ TOKEN_BREAK, str_head(rest, 1), false };
	while (n < rest.n && (!is_html || rest.p[n] != '<') &&
		(is_html || rest.p[n] != '\n')) {
		if (rest.p[n] == '{' &&
			!str_starts(str_from(rest, n), STR("{{")))
			break;
		n += rest.p[n] == '{' ? 2 : 1;
	}
	return (struct token){ TOKEN_TEXT, str_head(rest, n), false };
}

static struct token next_token(str whole, str rest, bool is_html)
{
	struct token t;

	if (str_starts(rest, STR("{#")))
		return (struct token){ TOKEN_BREAK,
			str_head(rest, comment_length(rest)), false };
	if (is_html && rest.p[0] == '<')
		return tag_token(str_head(rest, tag_length(rest)));
	if (rest.p[0] != '{' || str_starts(rest, STR("{{")))
		return text_token(rest, is_html);
	t = directive_token(str_head(rest, directive_length(rest)));
	if (t.kind != TOKEN_VALUE && is_alone(whole, t.text))
		t.kind = TOKEN_BREAK;
	return t;
}

/* --- a translation against its English --- */

static bool is_same(const struct token *t)
{
	return t->kind == TOKEN_VALUE || t->kind == TOKEN_VOID ||
	       (t->kind == TOKEN_OPEN && t->is_tag);
}

/* Every value and tag of one is in the other. */
static void must_have(
	const struct catalog_pair *p, str one, str other, bool is_html)
{
	for (size_t at = 0; at < one.n;) {
		struct token t = next_token(one, str_from(one, at), is_html);

		at += t.text.n;
		if (is_same(&t) && str_find(other, t.text) < 0)
			source_fail(p->source, p->line,
				"%.*s is not in both languages",
				STR_ARG(t.text));
	}
}

/* --- a segment --- */

/* White space counts as one blank, as it is drawn. */
static str squeezed(struct arena *a, str s)
{
	struct buf b = buf_in(a, s.n + 1);
	bool is_spaced = false;

	for (size_t i = 0; i < s.n; i++) {
		bool is_blank = str_has(STR(" \t\n\r"), s.p[i]);

		if (!is_blank)
			buf_putc(&b, s.p[i]);
		else if (!is_spaced)
			buf_putc(&b, ' ');
		is_spaced = is_blank;
	}
	return buf_str(&b);
}

/* piece is a view of the source. */
static void replace(struct arena *a, struct translation *t, str piece)
{
	str english = squeezed(a, str_trim(piece));
	int line = line_of(t, piece.p);
	struct catalog_pair *p =
		catalog_find(t->catalog, english, t->source, line);

	if (!p)
		return;
	must_have(p, p->english, p->words, t->is_html);
	must_have(p, p->words, p->english, t->is_html);
	buf_put(&t->out,
		(str){ t->source->text.p + t->done,
			(size_t)(piece.p - t->source->text.p) - t->done });
	buf_put(&t->out, p->words);
	/* Lines stay where they are, for what is said about them. */
	for (size_t i = 0; i < str_count(piece, '\n'); i++)
		buf_putc(&t->out, '\n');
	t->done = (size_t)(piece.p - t->source->text.p) + piece.n;
}

static int depth_of(const struct token *t)
{
	return t->kind == TOKEN_OPEN ? 1 : t->kind == TOKEN_CLOSE ? -1 : 0;
}

/* What closes run[i], or opens it; -1 when it is not from low to high. */
static int match_of(const struct translation *t, int i, int low, int high)
{
	int step = depth_of(&t->run[i]), depth = 0;

	for (int k = i; k >= low && k < high; k += step) {
		depth += depth_of(&t->run[k]);
		if (!depth)
			return k;
	}
	return -1;
}

static bool is_loose(const struct token *t)
{
	return t->kind == TOKEN_CALL || t->kind == TOKEN_VOID ||
	       t->kind == TOKEN_ELSE ||
	       (t->kind == TOKEN_TEXT && !str_trim(t->text).n);
}

/* Takes off one token, or the two that enclose all. */
static bool strip(const struct translation *t, int *low, int *high)
{
	const struct token *first = &t->run[*low], *last = &t->run[*high - 1];

	if (is_loose(first) || first->kind == TOKEN_CLOSE ||
		(first->kind == TOKEN_OPEN &&
			match_of(t, *low, *low, *high) < 0)) {
		++*low;
		return true;
	}
	if (is_loose(last) || last->kind == TOKEN_OPEN ||
		(last->kind == TOKEN_CLOSE &&
			match_of(t, *high - 1, *low, *high) < 0)) {
		--*high;
		return true;
	}
	if (first->kind != TOKEN_OPEN ||
		match_of(t, *low, *low, *high) != *high - 1)
		return false;
	++*low;
	--*high;
	return true;
}

/* An {else} that nothing encloses parts two segments; high when there is none. */
static int parting(const struct translation *t, int low, int high)
{
	int depth = 0;

	for (int i = low; i < high; i++) {
		depth += depth_of(&t->run[i]);
		if (depth < 0)
			source_fail(t->source, line_of(t, t->run[i].text.p),
				"this cuts a sentence: write it whole on each "
				"side");
		if (!depth && t->run[i].kind == TOKEN_ELSE)
			return i;
	}
	return high;
}

static bool has_words(const struct translation *t, int low, int high)
{
	for (int i = low; i < high; i++)
		if (t->run[i].kind == TOKEN_TEXT && has_letters(t->run[i].text))
			return true;
	return false;
}

static str trimmed(str s)
{
	while (s.n && str_has(STR(" \t\r\n"), s.p[0]))
		s = str_from(s, 1);
	while (s.n && str_has(STR(" \t\r\n"), s.p[s.n - 1]))
		s.n--;
	return s;
}

static void end_run(struct arena *a, struct translation *t)
{
	int low = 0;

	while (low < t->run_n) {
		int from = low, to = t->run_n, cut;

		while (from < to && strip(t, &from, &to))
			;
		cut = parting(t, from, to);
		low = cut < to ? cut + 1 : t->run_n;
		to = cut;
		while (from < to && strip(t, &from, &to))
			;
		if (has_words(t, from, to))
			replace(a, t,
				trimmed((str){ t->run[from].text.p,
					(size_t)(t->run[to - 1].text.p +
						 t->run[to - 1].text.n -
						 t->run[from].text.p) }));
	}
	t->run_n = 0;
}

/* --- the whole of it --- */

static void do_attributes(struct arena *a, struct translation *t, str tag)
{
	static const char *const named[] = { "aria-label=\"", "title=\"",
		"alt=\"", "placeholder=\"" };

	for (size_t at = 1; at < tag.n; at++)
		for (size_t i = 0; i < COUNTOF(named); i++) {
			str name = str_of(named[i]), value;

			if (tag.p[at - 1] != ' ' ||
				!str_starts(str_from(tag, at), name))
				continue;
			(void)str_cut(str_from(tag, at + name.n), '"', &value,
				&(str){ 0 });
			if (has_letters(value) && !str_has(value, '{'))
				replace(a, t, value);
		}
}

static void do_token(
	struct arena *a, struct translation *t, const struct token *token)
{
	if (token->kind != TOKEN_BREAK) {
		if (t->run_n == TOKENS_MAX)
			source_fail(t->source, line_of(t, token->text.p),
				"a segment of too many pieces");
		t->run[t->run_n++] = *token;
		return;
	}
	if (t->is_in)
		end_run(a, t);
	t->run_n = 0;
	if (t->is_in && token->is_tag)
		do_attributes(a, t, token->text);
	if (str_starts(token->text, STR("{template "))) {
		str args = str_head(token->text, token->text.n - 1);

		t->is_in = segments_are_in(&args);
	}
}

str segments_translate(struct arena *a, const struct source *src, bool is_html,
	struct catalog *c)
{
	struct translation *t = arena_one(a, struct translation);
	str text = src->text;

	t->source = src;
	t->is_html = is_html;
	t->catalog = c;
	t->out = buf_in(a, GROWS * text.n + 1024);
	for (size_t at = 0; at < text.n;) {
		struct token token =
			next_token(text, str_from(text, at), is_html);

		at += token.text.n;
		do_token(a, t, &token);
	}
	if (t->is_in)
		end_run(a, t);
	buf_put(&t->out, str_from(text, t->done));
	must(buf_ok(&t->out));
	return buf_str(&t->out);
}
