/*
 * Reading, refusing and writing source files, for the compilers in this folder.
 * A generated file must depend on its inputs alone: no dates, no absolute
 * paths, so that two builds of one tree are the same bytes.
 */
#include "source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"

enum { SOURCE_SIZE_MAX = 4 << 20 };

struct source source_read(struct arena *a, const char *path)
{
	struct source s = { .path = path };
	struct err e = { 0 };

	if (file_read(a, path, SOURCE_SIZE_MAX, &s.text, &e))
		source_fail(&s, 0, "%s", e.message);
	return s;
}

void source_fail(const struct source *s, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", s->path, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void source_write(
	struct arena *a, const char *dir, const char *name, struct buf *content)
{
	const char *path = path_join(a, dir, name);
	struct source out = { .path = path };
	struct err e = { 0 };
	str old = { 0 };

	if (!buf_ok(content))
		source_fail(&out, 0, "the output is too large");
	if (file_exists(path) &&
		!file_read(a, path, SOURCE_SIZE_MAX * 8, &old, &e) &&
		str_eq(old, buf_str(content)))
		return;
	if (file_replace(path, buf_str(content), 0644, &e))
		source_fail(&out, 0, "%s", e.message);
}

static void literal_byte(struct buf *b, unsigned char c)
{
	if (c == '"' || c == '\\')
		buf_fmt(b, "\\%c", c);
	else if (c == '\n')
		buf_puts(b, "\\n");
	else if (c == '\t')
		buf_puts(b, "\\t");
	else if (c == '?') /* so that no trigraph comes about */
		buf_puts(b, "\\?");
	else if (c < ' ' || c > '~')
		buf_fmt(b, "\\%03o", c);
	else
		buf_putc(b, (char)c);
}

void source_literal(struct buf *b, str s)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		literal_byte(b, (unsigned char)s.p[i]);
		if (s.p[i] == '\n' && i + 1 < s.n)
			buf_puts(b, "\"\n\t\"");
	}
	buf_putc(b, '"');
}

static bool is_ident_char(char c, bool is_first)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (!is_first && c >= '0' && c <= '9');
}

str source_ident(str s)
{
	size_t n = 0;

	while (n < s.n && is_ident_char(s.p[n], n == 0))
		n++;
	return str_head(s, n);
}

bool source_is_name(str s)
{
	static const char *const keywords[] = { "auto", "break", "case", "char",
		"const", "continue", "default", "do", "double", "else", "enum",
		"extern", "float", "for", "goto", "if", "inline", "int", "long",
		"register", "restrict", "return", "short", "signed", "sizeof",
		"static", "struct", "switch", "typedef", "union", "unsigned",
		"void", "volatile", "while", "bool", "true", "false" };

	for (size_t i = 0; i < COUNTOF(keywords); i++)
		if (str_eq(s, str_of(keywords[i])))
			return false;
	return s.n && source_ident(s).n == s.n;
}
