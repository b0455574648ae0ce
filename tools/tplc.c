/*
 * The template compiler: templates in, C functions out.
 *
 *     tplc html OUT web/html [CODE=CATALOG...] FILE.html...
 *     tplc text OUT mail/text [CODE=CATALOG...] FILE.txt...
 *     tplc words OUT words/said CODE=CATALOG...
 *
 * writes OUT/web/html.h and html.c with a function html_NAME (text_NAME) for
 * each template; of words, tables for words/words.c.  The language:
 *
 *     {template start struct start_view "web/start.h"}
 *     {v.title}                       a value, escaped for where it stands
 *     {if v.is_honored} .. {elif v.n > 1} .. {else} .. {end}
 *     {for struct queue_row r in v.rows} .. {r.reference}, {r_i} .. {end}
 *     {call page_head v.page}         another template, with its view
 *     {say v.title}                   the same in the language of the page
 *     {# a comment #}   {{            a literal brace
 *
 *     {template start struct start_view "web/start.h" in languages}
 *
 * is compiled once for English and once for each catalog, with its segments replaced
 * (tplc_segment.h): html_start(b, lang, v).  What it calls is drawn in the same
 * language.  A segment that is in no catalog, or in a catalog and in no template, ends
 * the build.  A form in it says in which language it was drawn, in a hidden field "lang"
 * that no template writes and none can forget: what answers the form answers in that.
 *
 * A template begins at its {template} line; the view, or view and header, may
 * be left out.  Lines with nothing but a directive vanish.  In HTML, white space
 * is squeezed outside of pre and textarea; text is left as it is.
 *
 * What must stay true: no value reaches HTML unescaped unless its C type is
 * struct markup, and the compiler knows in which place every value stands.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source.h"
#include "tplc_catalog.h"
#include "tplc_expr.h"
#include "tplc_html.h"
#include "tplc_segment.h"

enum {
	ARENA_MAX = 128 << 20,
	OUTPUT_MAX = 8 << 20,
	TEMPLATES_MAX = 500,
	BLOCKS_MAX = 32,
	CATALOGS_MAX = 16,
};

struct template
{
	str name;
	str view; /* "struct x", or empty */
	str header;
	const struct source *source;
	int line;
	bool is_in_languages;
};

/* An open {if} or {for}. */
struct block {
	bool is_for;
	bool has_else;
	bool has_joined;
	int line;
	struct html_at before;
	struct html_at joined;
};

struct compiler {
	struct arena *arena;
	bool is_html;
	str said[TEMPLATES_MAX]; /* names of those in languages */
	int said_n;
	struct catalog catalogs[CATALOGS_MAX];
	int catalogs_n;
	const struct catalog *catalog; /* of this pass; NULL: English */
	bool is_said;   /* the template at hand is in languages */
	size_t code_at; /* where its code begins */
	struct template templates[TEMPLATES_MAX];
	int templates_n;
	const struct source *source;
	int line;     /* of the directive at hand */
	bool is_open; /* in a template */
	struct scope scope;
	struct block blocks[BLOCKS_MAX];
	int blocks_n;
	struct html_at at;
	struct buf literal; /* not yet written */
	struct buf code;
};

static const char *prefix(const struct compiler *c)
{
	return c->is_html ? "html" : "text";
}

static int line_at(const struct compiler *c, const char *p)
{
	int line = 1;

	for (const char *q = c->source->text.p; q < p; q++)
		line += *q == '\n';
	return line;
}

static void flush(struct compiler *c)
{
	str s = buf_str(&c->literal);

	if (!s.n)
		return;
	buf_puts(&c->code, "buf_put(b, STR(");
	source_literal(&c->code, s);
	buf_puts(&c->code, "));\n");
	buf_clear(&c->literal);
}

/* The C compiler shall speak of the template's line. */
static void put_line(struct compiler *c)
{
	flush(c);
	buf_fmt(&c->code, "#line %d \"%s\"\n", c->line, c->source->path);
}

static size_t blanks(str s)
{
	size_t n = 0;

	while (n < s.n && str_has(STR(" \t\r\n"), s.p[n]))
		n++;
	return n;
}

/* A run of white space in HTML: one byte, or none after another one. */
static void put_squeezed(struct compiler *c, str run)
{
	if (!c->at.is_spaced)
		buf_putc(&c->literal, str_has(run, '\n') ? '\n' : ' ');
	c->at.is_spaced = true;
	c->at.needs_space = false;
}

static bool is_squeezed(const struct html_at *at)
{
	return !at->pre && (at->place == PLACE_TEXT || at->place == PLACE_TAG);
}

static str code_of(const struct catalog *c)
{
	return c ? c->code : STR("en");
}

/* Right behind the tag, where no value and no branch can be. */
static void put_form_language(struct compiler *c)
{
	str code = code_of(c->catalog);

	buf_fmt(&c->literal,
		"<input type=\"hidden\" name=\"lang\" value=\"%.*s\">",
		STR_ARG(code));
}

static void put_html(struct compiler *c, str s)
{
	const char *end = c->source->text.p + c->source->text.n;

	for (size_t n; s.n; s = str_from(s, n)) {
		enum place before = c->at.place;
		const char *why;

		n = blanks(s);
		if (n && is_squeezed(&c->at)) {
			put_squeezed(c, str_head(s, n));
			continue;
		}
		/* The tokenizer may look past this piece. */
		why = html_step(&c->at, (str){ s.p, (size_t)(end - s.p) });
		if (why)
			source_fail(c->source, line_at(c, s.p), "%s", why);
		buf_putc(&c->literal, s.p[0]);
		if (c->is_said && html_opened(&c->at, before, STR("form")))
			put_form_language(c);
		n = 1;
	}
}

static void put_literal(struct compiler *c, str s)
{
	if (!c->is_open && str_trim(s).n)
		source_fail(c->source, line_at(c, s.p + blanks(s)),
			"a template begins with {template name ...}");
	if (c->is_open && c->is_html)
		put_html(c, s);
	else if (c->is_open)
		buf_put(&c->literal, s);
}

static void must_stand_in_text(struct compiler *c, const char *what)
{
	if (c->is_html && c->at.place != PLACE_TEXT)
		source_fail(c->source, c->line, "%s inside of a tag", what);
}

static void join(struct compiler *c, struct html_at *at,
	const struct html_at *other, int line)
{
	if (c->is_html && !html_join(at, other))
		source_fail(c->source, c->line,
			"the branches since line %d end in different places "
			"of the HTML",
			line);
}

static struct block *push_block(struct compiler *c, bool is_for)
{
	struct block *b = &c->blocks[c->blocks_n];

	if (c->blocks_n == BLOCKS_MAX)
		source_fail(c->source, c->line, "nested too deep");
	c->blocks_n++;
	*b = (struct block){
		.is_for = is_for, .line = c->line, .before = c->at
	};
	return b;
}

static void do_if(struct compiler *c, str cond)
{
	push_block(c, false);
	put_line(c);
	buf_puts(&c->code, "if (");
	expr_put(&c->code, &c->scope, cond);
	buf_puts(&c->code, ") {\n");
}

static void end_branch(struct compiler *c, struct block *b)
{
	if (b->has_joined)
		join(c, &b->joined, &c->at, b->line);
	else
		b->joined = c->at;
	b->has_joined = true;
}

/* cond is empty for {else}. */
static void do_else(struct compiler *c, str cond)
{
	struct block *b = c->blocks_n ? &c->blocks[c->blocks_n - 1] : NULL;

	if (!b || b->is_for || b->has_else)
		source_fail(c->source, c->line, "%s without an open {if}",
			cond.n ? "{elif}" : "{else}");
	end_branch(c, b);
	c->at = b->before;
	b->has_else = !cond.n;
	put_line(c);
	buf_puts(&c->code, "} else ");
	if (cond.n) {
		buf_puts(&c->code, "if (");
		expr_put(&c->code, &c->scope, cond);
		buf_puts(&c->code, ") ");
	}
	buf_puts(&c->code, "{\n");
}

static void do_end(struct compiler *c)
{
	struct block *b = c->blocks_n ? &c->blocks[c->blocks_n - 1] : NULL;

	if (!b)
		source_fail(c->source, c->line, "{end} without {if} or {for}");
	end_branch(c, b);
	if (!b->has_else)
		join(c, &b->joined, &b->before, b->line);
	c->at = b->joined;
	c->scope.n -= b->is_for ? 1 : 0;
	c->blocks_n--;
	put_line(c);
	buf_puts(&c->code, "}\n");
}

static void check_row_name(struct compiler *c, str row)
{
	if (!source_is_name(row) || str_eq(row, STR("b")) ||
		str_eq(row, STR("v")) || str_eq(row, STR("lang")) ||
		scope_has(&c->scope, row))
		source_fail(c->source, c->line,
			"\"%.*s\" can't be the name of a row", STR_ARG(row));
	if (c->scope.n == SCOPE_MAX)
		source_fail(c->source, c->line, "nested too deep");
}

/* "struct queue_row r in v.rows" */
static void do_for(struct compiler *c, str args)
{
	ptrdiff_t in = str_find(args, STR(" in "));
	str head = str_trim(str_head(args, in < 0 ? 0 : (size_t)in));
	str list = str_trim(str_from(args, in < 0 ? 0 : (size_t)in + 4));
	size_t n = head.n;
	str row, type;

	while (n && source_ident(str_from(head, n - 1)).n)
		n--;
	row = str_from(head, n);
	type = str_trim(str_head(head, n));
	if (in < 0 || !type.n || !list.n)
		source_fail(c->source, c->line,
			"written as {for struct x r in v.list}");
	check_row_name(c, row);
	push_block(c, true);
	put_line(c);
	buf_fmt(&c->code, "for (size_t %.*s_i = 0; %.*s_i < (", STR_ARG(row),
		STR_ARG(row));
	expr_put(&c->code, &c->scope, list);
	buf_fmt(&c->code, ").n; %.*s_i++) { const %.*s *%.*s = &(",
		STR_ARG(row), STR_ARG(type), STR_ARG(row));
	expr_put(&c->code, &c->scope, list);
	buf_fmt(&c->code, ").at[%.*s_i]; (void)%.*s;\n", STR_ARG(row),
		STR_ARG(row));
	c->scope.names[c->scope.n++] = row;
}

static bool is_said(const struct compiler *c, str name)
{
	for (int i = 0; i < c->said_n; i++)
		if (str_eq(c->said[i], name))
			return true;
	return false;
}

static void do_call(struct compiler *c, str args)
{
	str name = source_ident(args);
	str view = str_trim(str_from(args, name.n));

	must_stand_in_text(c, "a call");
	if (!name.n)
		source_fail(c->source, c->line, "written as {call name v.x}");
	put_line(c);
	buf_fmt(&c->code, "%s_%.*s(b", prefix(c), STR_ARG(name));
	if (is_said(c, name))
		buf_puts(&c->code, c->is_said ? ", lang" : ", LANG_EN");
	if (view.n) {
		buf_puts(&c->code, ", &(");
		expr_put(&c->code, &c->scope, view);
		buf_puts(&c->code, ")");
	}
	buf_puts(&c->code, ");\n");
	c->at.is_spaced = false;
}

/* Cuts "say" off its front. */
static bool is_to_be_said(struct compiler *c, str *expr)
{
	static const str word = STR_INIT("say ");

	if (!str_starts(*expr, word))
		return false;
	if (!c->is_said)
		source_fail(c->source, c->line,
			"{say} in a template that is not in languages");
	*expr = str_trim(str_from(*expr, word.n));
	return true;
}

static void do_value(struct compiler *c, str expr)
{
	bool is_words = is_to_be_said(c, &expr);
	const char *why = NULL;
	const char *macro = c->is_html ? html_value(&c->at, &why) : "put_text";

	if (!macro)
		source_fail(c->source, c->line, "%s", why);
	put_line(c);
	buf_fmt(&c->code, is_words ? "%s(b, say(lang, " : "%s(b, ", macro);
	expr_put(&c->code, &c->scope, expr);
	buf_puts(&c->code, is_words ? "));\n" : ");\n");
}

/* White space at the end of an HTML template would part what calls it. */
static void trim_literal(struct compiler *c)
{
	while (c->literal.n && c->at.is_spaced &&
		blanks((str){ c->literal.p + c->literal.n - 1, 1 }))
		c->literal.n--;
}

static void end_template(struct compiler *c)
{
	if (!c->is_open)
		return;
	if (c->blocks_n)
		source_fail(c->source, c->blocks[c->blocks_n - 1].line,
			"no {end} for this");
	if (c->is_html && c->at.place != PLACE_TEXT)
		source_fail(c->source, c->line,
			"the template ends inside of a tag or comment");
	if (c->is_html)
		trim_literal(c);
	flush(c);
	buf_puts(&c->code, "}\n");
	/* What is in English only was written by the pass for English. */
	if (c->catalog && !c->is_said)
		c->code.n = c->code_at;
	c->is_open = false;
}

static void put_prototype(
	const struct compiler *c, struct buf *b, const struct template *t)
{
	buf_fmt(b, "void %s_%.*s(struct buf *b", prefix(c), STR_ARG(t->name));
	if (t->is_in_languages)
		buf_puts(b, ", enum lang lang");
	if (t->view.n)
		buf_fmt(b, ", const %.*s *v", STR_ARG(t->view));
	buf_puts(b, ")");
}

static void put_upper(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_putc(b, s.p[i] >= 'a' && s.p[i] <= 'z'
				    ? (char)(s.p[i] - 'a' + 'A')
				    : '_');
}

/* "static void html_start_in_es(struct buf *b, const struct start_view *v)" */
static void put_one_language(struct compiler *c, const struct template *t)
{
	str code = code_of(c->catalog);

	buf_fmt(&c->code, "static void %s_%.*s_in_%.*s(struct buf *b",
		prefix(c), STR_ARG(t->name), STR_ARG(code));
	if (t->view.n)
		buf_fmt(&c->code, ", const %.*s *v", STR_ARG(t->view));
	buf_puts(&c->code, ")\n{\nconst enum lang lang = LANG_");
	put_upper(&c->code, code);
	buf_puts(&c->code, ";\n(void)lang;\n");
}

static void start_template(struct compiler *c, const struct template *t)
{
	c->code_at = c->code.n;
	c->is_said = t->is_in_languages;
	buf_putc(&c->code, '\n');
	put_line(c);
	if (t->is_in_languages) {
		put_one_language(c, t);
	} else {
		put_prototype(c, &c->code, t);
		buf_puts(&c->code, "\n{\n");
	}
	if (t->view.n) {
		buf_puts(&c->code, "(void)v;\n");
		c->scope.names[c->scope.n++] = STR("v");
	}
	c->at = (struct html_at){ .is_spaced = true };
	c->is_open = true;
}

/* `start struct start_view "web/start.h"`, the header without its quotes. */
static struct template read_template(struct compiler *c, str args)
{
	struct template t = { .source = c->source, .line = c->line };
	str rest, view, header;

	t.is_in_languages = segments_are_in(&args);
	t.name = source_ident(args);
	rest = str_trim(str_from(args, t.name.n));
	if (str_cut(rest, '"', &view, &header)) {
		t.view = str_trim(view);
		header = str_trim(header);
		t.header = str_head(header, header.n ? header.n - 1 : 0);
	}
	if (!source_is_name(t.name) ||
		(rest.n && (!str_ends(rest, STR("\"")) || !t.header.n ||
				   (t.view.n && !str_starts(t.view,
							STR("struct "))))))
		source_fail(c->source, c->line,
			"written as {template name struct view \"header.h\"}");
	return t;
}

static void do_template(struct compiler *c, str args)
{
	struct template t;

	end_template(c);
	t = read_template(c, args);
	c->scope.n = 0;
	if (c->catalog) {
		start_template(c, &t);
		return;
	}
	for (int i = 0; i < c->templates_n; i++)
		if (str_eq(c->templates[i].name, t.name))
			source_fail(c->source, c->line, "%.*s is also in %s:%d",
				STR_ARG(t.name), c->templates[i].source->path,
				c->templates[i].line);
	if (c->templates_n == TEMPLATES_MAX)
		source_fail(c->source, c->line, "more than %d templates",
			(int)TEMPLATES_MAX);
	c->templates[c->templates_n++] = t;
	start_template(c, &t);
}

/* "if v.x" -> true and args = "v.x"; a directive needs its argument. */
static bool is_word(struct compiler *c, str text, str word, str *args)
{
	if (!str_eq(source_ident(text), word))
		return false;
	*args = str_trim(str_from(text, word.n));
	if (!args->n)
		source_fail(
			c->source, c->line, "{%.*s} needs more", STR_ARG(word));
	return true;
}

static void do_directive(struct compiler *c, str text)
{
	str args;

	if (is_word(c, text, STR("template"), &args)) {
		do_template(c, args);
		return;
	}
	if (!c->is_open)
		source_fail(c->source, c->line,
			"a template begins with {template name ...}");
	if (c->is_html)
		html_cut(&c->at);
	if (str_eq(text, STR("end")))
		do_end(c);
	else if (str_eq(text, STR("else")))
		do_else(c, (str){ 0 });
	else if (is_word(c, text, STR("else"), &args))
		source_fail(c->source, c->line, "written as {elif ...}");
	else if (is_word(c, text, STR("if"), &args))
		do_if(c, args);
	else if (is_word(c, text, STR("elif"), &args))
		do_else(c, args);
	else if (is_word(c, text, STR("for"), &args))
		do_for(c, args);
	else if (is_word(c, text, STR("call"), &args))
		do_call(c, args);
	else
		do_value(c, text);
}

enum directive {
	DIRECTIVE_BRACE,
	DIRECTIVE_COMMENT,
	DIRECTIVE_CODE,
};

/* The directive at the start of rest: its kind, its length, its inside. */
static enum directive next_directive(
	struct compiler *c, str rest, size_t *length, str *text)
{
	ptrdiff_t end;

	if (str_starts(rest, STR("{{"))) {
		*length = 2;
		return DIRECTIVE_BRACE;
	}
	if (str_starts(rest, STR("{#"))) {
		end = str_find(rest, STR("#}"));
		if (end < 0)
			source_fail(c->source, c->line, "no #} for this {#");
		*length = (size_t)end + 2;
		return DIRECTIVE_COMMENT;
	}
	*text = str_head(str_from(rest, 1), expr_length(str_from(rest, 1)));
	if (text->n + 1 >= rest.n)
		source_fail(c->source, c->line,
			"no } for this {; a literal brace is {{");
	*length = text->n + 2;
	*text = str_trim(*text);
	if (!text->n)
		source_fail(c->source, c->line, "an empty {}");
	return DIRECTIVE_CODE;
}

/* Whether a directive that is alone in its line takes the line with it. */
static bool is_vanishing(
	const struct compiler *c, enum directive kind, str text)
{
	static const char *const words[] = { "if", "elif", "else", "end", "for",
		"template" };
	str word = source_ident(text);

	if (kind != DIRECTIVE_CODE)
		return kind == DIRECTIVE_COMMENT;
	if (!c->is_html && str_eq(word, STR("call")))
		return true;
	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

static size_t line_blanks(str s)
{
	size_t n = 0;

	while (n < s.n && str_has(STR(" \t\r"), s.p[n]))
		n++;
	return n;
}

/*
 * When only blanks stand around the directive in its line, they and the line's
 * end are taken off: from `before`, and from `after` on.
 */
static void vanish(str *before, str *after, bool is_file_start)
{
	size_t lead = before->n, trail = line_blanks(*after);

	while (lead && str_has(STR(" \t"), before->p[lead - 1]))
		lead--;
	if (lead ? before->p[lead - 1] != '\n' : !is_file_start)
		return;
	if (trail < after->n && after->p[trail] != '\n')
		return;
	*before = str_head(*before, lead);
	*after = str_from(*after, trail < after->n ? trail + 1 : trail);
}

static void compile_file(struct compiler *c, const struct source *src)
{
	str rest = src->text;
	bool is_line_start = true;

	c->source = src;
	while (rest.n) {
		ptrdiff_t brace = str_find(rest, STR("{"));
		str before = brace < 0 ? rest : str_head(rest, (size_t)brace);
		str text = { 0 }, directive = str_from(rest, before.n);
		enum directive kind;
		size_t n = 0;

		if (!directive.n) {
			put_literal(c, before);
			break;
		}
		c->line = line_at(c, directive.p);
		kind = next_directive(c, directive, &n, &text);
		rest = str_from(directive, n);
		if (is_vanishing(c, kind, text))
			vanish(&before, &rest, is_line_start);
		is_line_start = rest.n && rest.p[-1] == '\n';
		put_literal(c, before);
		if (kind == DIRECTIVE_BRACE)
			put_literal(c, str_head(directive, 1));
		else if (kind == DIRECTIVE_CODE)
			do_directive(c, text);
	}
	c->line = line_at(c, src->text.p + (src->text.n ? src->text.n - 1 : 0));
	end_template(c);
}

/* A call may stand before what it calls. */
static void find_said(struct compiler *c, const struct source *src)
{
	static const str mark = STR_INIT("{template ");
	str rest = src->text;

	for (ptrdiff_t at; (at = str_find(rest, mark)) >= 0;) {
		str args = str_from(rest, (size_t)at + mark.n);

		rest = args;
		args = str_head(args, expr_length(args));
		if (!segments_are_in(&args))
			continue;
		if (c->said_n == TEMPLATES_MAX)
			source_fail(src, 1, "more than %d templates",
				(int)TEMPLATES_MAX);
		c->said[c->said_n++] = source_ident(str_trim(args));
	}
}

static void compile_languages(struct compiler *c, const struct source *src)
{
	compile_file(c, src);
	for (int i = 0; i < c->catalogs_n; i++) {
		struct source *in = arena_one(c->arena, struct source);

		*in = *src;
		in->text = segments_translate(
			c->arena, src, c->is_html, &c->catalogs[i]);
		c->catalog = &c->catalogs[i];
		/* One that lacks words is told of whole, at the end. */
		if (!c->catalogs[i].missing)
			compile_file(c, in);
		c->catalog = NULL;
	}
}

/* html_start() itself: which of its languages. */
static void put_choice(
	struct compiler *c, struct buf *b, const struct template *t)
{
	buf_putc(b, '\n');
	put_prototype(c, b, t);
	buf_puts(b, "\n{\nswitch (lang) {\n");
	for (int i = -1; i < c->catalogs_n; i++) {
		str code = code_of(i < 0 ? NULL : &c->catalogs[i]);

		buf_puts(b, "case LANG_");
		put_upper(b, code);
		buf_fmt(b, ":\n%s_%.*s_in_%.*s(b%s);\nreturn;\n", prefix(c),
			STR_ARG(t->name), STR_ARG(code),
			t->view.n ? ", v" : "");
	}
	buf_puts(b, "case LANGS:\nbreak;\n}\n}\n");
}

static const char *name_with(
	struct compiler *c, const char *name, const char *end)
{
	return arena_cstr(c->arena, arena_fmt(c->arena, "%s%s", name, end));
}

static void put_guard(struct buf *b, const char *name)
{
	for (; *name; name++)
		buf_putc(b, *name >= 'a' && *name <= 'z'
				    ? (char)(*name - 'a' + 'A')
				    : '_');
	buf_puts(b, "_H");
}

static void write_header(struct compiler *c, const char *dir, const char *name)
{
	struct buf b = buf_in(c->arena, OUTPUT_MAX);

	buf_puts(&b, "/* Made by tools/tplc from templates. */\n#ifndef ");
	put_guard(&b, name);
	buf_puts(&b, "\n#define ");
	put_guard(&b, name);
	buf_puts(&b, "\n\n#include \"base/buf.h\"\n");
	if (c->said_n)
		buf_puts(&b, "#include \"words/lang.h\"\n");
	for (int i = 0; i < c->templates_n; i++) {
		const struct template *t = &c->templates[i];

		buf_putc(&b, '\n');
		if (t->view.n)
			buf_fmt(&b, "%.*s;\n", STR_ARG(t->view));
		put_prototype(c, &b, t);
		buf_puts(&b, ";\n");
	}
	buf_puts(&b, "\n#endif\n");
	source_write(c->arena, dir, name_with(c, name, ".h"), &b);
}

static bool is_first_with_header(const struct compiler *c, int i)
{
	for (int j = 0; j < i; j++)
		if (str_eq(c->templates[i].header, c->templates[j].header))
			return false;
	return c->templates[i].header.n;
}

static void write_code(struct compiler *c, const char *dir, const char *name)
{
	struct buf b = buf_in(c->arena, OUTPUT_MAX);

	buf_fmt(&b,
		"/* Made by tools/tplc from templates. */\n"
		"#include \"%s.h\"\n\n#include \"base/html.h\"\n",
		name);
	for (int i = 0; i < c->templates_n; i++)
		if (is_first_with_header(c, i))
			buf_fmt(&b, "#include \"%.*s\"\n",
				STR_ARG(c->templates[i].header));
	if (c->said_n)
		buf_puts(&b, "#include \"words/words.h\"\n");
	buf_put(&b, buf_str(&c->code));
	for (int i = 0; i < c->templates_n; i++)
		if (c->templates[i].is_in_languages)
			put_choice(c, &b, &c->templates[i]);
	source_write(c->arena, dir, name_with(c, name, ".c"), &b);
}

/* "es=src/words/es/pages.txt"; several files of one language are one catalog. */
static bool read_catalog(struct compiler *c, const char *arg)
{
	str code, path;
	int i = 0;

	if (!str_cut(str_of(arg), '=', &code, &path))
		return false;
	while (i < c->catalogs_n && !str_eq(c->catalogs[i].code, code))
		i++;
	must(i < CATALOGS_MAX);
	c->catalogs[i].code = code;
	c->catalogs_n += i == c->catalogs_n ? 1 : 0;
	catalog_read(c->arena, arena_cstr(c->arena, path), &c->catalogs[i]);
	return true;
}

static int by_english(const void *a, const void *b)
{
	const struct catalog_pair *one = a, *two = b;

	return str_cmp(one->english, two->english);
}

/* For words/words.c: English and the language, in the order of the English. */
static void write_words(struct compiler *c, const char *dir, const char *name)
{
	struct buf b = buf_in(c->arena, OUTPUT_MAX);

	buf_fmt(&b,
		"/* Made by tools/tplc from catalogs. */\n#include \"%s.h\"\n",
		name);
	for (int i = 0; i < c->catalogs_n; i++) {
		struct catalog *of = &c->catalogs[i];

		qsort(of->at, of->n, sizeof(*of->at), by_english);
		buf_puts(&b, "\nstatic const struct words_pair pairs_");
		buf_fmt(&b, "%.*s[] = {\n", STR_ARG(of->code));
		for (size_t k = 0; k < of->n; k++) {
			buf_puts(&b, "{ STR_INIT(");
			source_literal(&b, of->at[k].english);
			buf_puts(&b, "), STR_INIT(");
			source_literal(&b, of->at[k].words);
			buf_puts(&b, ") },\n");
		}
		buf_fmt(&b,
			"};\nconst struct words_said words_said_%.*s = "
			"{ pairs_%.*s, %zu };\n",
			STR_ARG(of->code), STR_ARG(of->code), of->n);
	}
	source_write(c->arena, dir, name_with(c, name, ".c"), &b);
}

static void write_words_header(
	struct compiler *c, const char *dir, const char *name)
{
	struct buf b = buf_in(c->arena, OUTPUT_MAX);

	buf_puts(&b, "/* Made by tools/tplc from catalogs. */\n#ifndef ");
	put_guard(&b, name);
	buf_puts(&b, "\n#define ");
	put_guard(&b, name);
	buf_puts(&b, "\n\n#include \"base/str.h\"\n\n"
		     "struct words_pair {\n\tstr english;\n\tstr words;\n};\n\n"
		     "struct words_said {\n\tconst struct words_pair *at;\n"
		     "\tsize_t n;\n};\n\n");
	for (int i = 0; i < c->catalogs_n; i++)
		buf_fmt(&b, "extern const struct words_said words_said_%.*s;\n",
			STR_ARG(c->catalogs[i].code));
	buf_puts(&b, "\n#endif\n");
	source_write(c->arena, dir, name_with(c, name, ".h"), &b);
}

static void compile_all(struct compiler *c, char **paths, int n)
{
	struct source *sources = arena_many(c->arena, struct source, (size_t)n);

	for (int i = 0; i < n; i++) {
		sources[i] = source_read(c->arena, paths[i]);
		find_said(c, &sources[i]);
	}
	for (int i = 0; i < n; i++)
		compile_languages(c, &sources[i]);
	for (int i = 0; i < c->catalogs_n; i++)
		catalog_must_fit(&c->catalogs[i]);
}

static bool is_mode(const char *arg)
{
	return !strcmp(arg, "html") || !strcmp(arg, "text") ||
	       !strcmp(arg, "words");
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct compiler *c = arena_one(a, struct compiler);
	int first = 4;

	if (argc < 4 || !is_mode(argv[1])) {
		fputs("usage: tplc html|text|words OUT NAME [CODE=CATALOG...] "
		      "FILE...\n",
			stderr);
		return 2;
	}
	c->arena = a;
	c->is_html = !strcmp(argv[1], "html");
	c->literal = buf_in(a, OUTPUT_MAX);
	c->code = buf_in(a, OUTPUT_MAX);
	while (first < argc && read_catalog(c, argv[first]))
		first++;
	if (!strcmp(argv[1], "words")) {
		write_words_header(c, argv[2], argv[3]);
		write_words(c, argv[2], argv[3]);
	} else {
		compile_all(c, argv + first, argc - first);
		write_header(c, argv[2], argv[3]);
		write_code(c, argv[2], argv[3]);
	}
	arena_free(a);
	return 0;
}
