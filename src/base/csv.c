/*
 * A record at a time from a descriptor.  The field texts of one record lie one
 * after the other in `text`, unquoted, and `end` says where each one ends; the
 * views are made when the record is whole, as `text` may move while it grows.
 *
 * What is not CSV is refused with its line, never guessed at: a list of people
 * that is read one column off suppresses the wrong ones.
 */
#include "base/csv.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

enum { INPUT_SIZE = 65536, NO_BYTE = -1, READ_FAILED = -2 };

struct csv {
	int fd; /* -1: the bytes in rest */
	str rest;
	char sep;
	const char *name;
	int64_t line;
	bool has_started;
	bool is_at_end;
	bool has_failed;
	struct err failure;
	size_t at, filled; /* in input */
	struct buf text;
	size_t n;
	size_t end[CSV_FIELDS_MAX];
	str field[CSV_FIELDS_MAX];
	char input[INPUT_SIZE];
};

static void close_input(void *csv)
{
	close(((struct csv *)csv)->fd);
}

struct csv *csv_of(struct arena *a, str bytes, char sep, const char *name)
{
	struct csv *c = arena_one(a, struct csv);

	must(sep != '"' && sep != '\r' && sep != '\n');
	c->fd = -1;
	c->rest = bytes;
	c->sep = sep;
	c->name = name;
	c->line = 1;
	c->text = buf_in(a, CSV_RECORD_SIZE_MAX);
	return c;
}

struct csv *csv_open(struct arena *a, int fd, char sep, const char *name)
{
	struct csv *c = csv_of(a, STR(""), sep, name);

	c->fd = fd;
	arena_defer(a, close_input, c);
	return c;
}

static ssize_t take_rest(struct csv *c, char *to, size_t size)
{
	str piece = str_head(c->rest, size);

	if (piece.n)
		memcpy(to, piece.p, piece.n);
	c->rest = str_from(c->rest, piece.n);
	return (ssize_t)piece.n;
}

/* Reads on behind what is there; 1 more bytes, 0 the end, -1 an error. */
static int fill(struct csv *c, struct err *e)
{
	ssize_t n;

	if (c->is_at_end)
		return 0;
	do
		n = c->fd < 0 ? take_rest(c, c->input + c->filled,
					sizeof c->input - c->filled)
			      : read(c->fd, c->input + c->filled,
					sizeof c->input - c->filled);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_errno(e, "read \"%s\"", c->name);
	c->is_at_end = !n;
	c->filled += (size_t)n;
	return n > 0;
}

/* The next byte, which stays; NO_BYTE at the end. */
static int peek(struct csv *c, struct err *e)
{
	if (c->at == c->filled) {
		c->at = c->filled = 0;
		if (fill(c, e) < 0)
			return READ_FAILED;
		if (!c->filled)
			return NO_BYTE;
	}
	return (unsigned char)c->input[c->at];
}

static int skip_bom(struct csv *c, struct err *e)
{
	int rc = 1;

	while (rc > 0 && c->filled < 3)
		rc = fill(c, e);
	if (rc < 0)
		return -1;
	if (str_starts((str){ c->input, c->filled }, STR("\xEF\xBB\xBF")))
		c->at = 3;
	c->has_started = true;
	return 0;
}

PRINTF_LIKE(5, 6)
static int wrong(struct csv *c, struct err *e, enum err_code code, int64_t line,
	const char *fmt, ...)
{
	char what[120];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	return err_set(
		e, code, "\"%s\", line %" PRId64 ": %s", c->name, line, what);
}

/* Takes what is up to the next byte of interest, as far as it is in `input`. */
static void take_run(struct csv *c, bool is_quoted)
{
	const char *from = c->input + c->at;
	size_t n = 0, left = c->filled - c->at;

	for (; n < left && from[n] != '"' && from[n] != '\n'; n++)
		if (!is_quoted && (from[n] == c->sep || from[n] == '\r'))
			break;
	buf_put(&c->text, (str){ from, n });
	c->at += n;
}

static void take_byte(struct csv *c, int byte)
{
	c->line += byte == '\n';
	buf_putc(&c->text, (char)byte);
	c->at++;
}

static int take_plain(struct csv *c, struct err *e)
{
	int byte;

	while ((byte = peek(c, e)) >= 0 && buf_ok(&c->text)) {
		if (byte == (unsigned char)c->sep || byte == '\r' ||
			byte == '\n')
			return 0;
		if (byte == '"')
			return wrong(c, e, ERR_INVALID, c->line,
				"a quote inside a field that does not begin "
				"with one");
		take_run(c, false);
	}
	return byte == READ_FAILED ? -1 : 0;
}

/* From the opening quote to behind the closing one. */
static int take_quoted(struct csv *c, struct err *e)
{
	int64_t opened = c->line;
	int byte;

	c->at++;
	while ((byte = peek(c, e)) >= 0 && buf_ok(&c->text)) {
		if (byte == '"') {
			c->at++;
			byte = peek(c, e);
			if (byte != '"')
				return byte == READ_FAILED ? -1 : 0;
		}
		if (byte == '"' || byte == '\n')
			take_byte(c, byte);
		else
			take_run(c, true);
	}
	if (byte == NO_BYTE)
		return wrong(c, e, ERR_INVALID, opened,
			"a quote that is opened here is never closed");
	return byte == READ_FAILED ? -1 : 0;
}

/* What ends a field: 1 a separator, 0 the end of the record. */
static int take_end(struct csv *c, struct err *e)
{
	int byte = peek(c, e);

	if (byte < 0)
		return byte == READ_FAILED ? -1 : 0;
	c->at++;
	if (byte == (unsigned char)c->sep)
		return 1;
	if (byte == '\r') {
		byte = peek(c, e);
		if (byte == READ_FAILED)
			return -1;
		if (byte != '\n')
			return wrong(c, e, ERR_INVALID, c->line,
				"a carriage return without a line feed");
		c->at++;
	}
	if (byte != '\n')
		return wrong(c, e, ERR_INVALID, c->line,
			"text between a closing quote and the end of its "
			"field");
	c->line++;
	return 0;
}

/* 1 another field follows, 0 it was the record's last. */
static int take_field(struct csv *c, int64_t line, struct err *e)
{
	int byte = peek(c, e);

	if (byte == READ_FAILED)
		return -1;
	if (c->n == CSV_FIELDS_MAX)
		return wrong(c, e, ERR_LIMIT, line, "more than %d fields",
			(int)CSV_FIELDS_MAX);
	if ((byte == '"' ? take_quoted : take_plain)(c, e) < 0)
		return -1;
	if (!buf_ok(&c->text))
		return wrong(c, e, ERR_LIMIT, line,
			"a record of more than %d bytes; is a quote missing?",
			(int)CSV_RECORD_SIZE_MAX);
	c->end[c->n++] = c->text.n;
	return take_end(c, e);
}

static int take_record(struct csv *c, struct csv_record *out, struct err *e)
{
	str text;
	int rc, byte;

	if (!c->has_started && skip_bom(c, e) < 0)
		return -1;
	byte = peek(c, e);
	if (byte < 0)
		return byte == READ_FAILED ? -1 : 0;
	buf_clear(&c->text);
	c->n = 0;
	out->line = c->line;
	do
		rc = take_field(c, out->line, e);
	while (rc > 0);
	if (rc < 0)
		return -1;
	text = buf_str(&c->text);
	for (size_t i = 0; i < c->n; i++)
		c->field[i] = str_from(
			str_head(text, c->end[i]), i ? c->end[i - 1] : 0);
	out->field = c->field;
	out->n = c->n;
	return 1;
}

int csv_next(struct csv *c, struct csv_record *out, struct err *e)
{
	int rc;

	/* There is no way back into step after an error. */
	if (c->has_failed) {
		*e = c->failure;
		return -1;
	}
	rc = take_record(c, out, e);
	if (rc < 0) {
		c->has_failed = true;
		c->failure = *e;
	}
	return rc;
}

void csv_put(struct buf *b, char sep, str field)
{
	if (!str_has(field, sep) && !str_has(field, '"') &&
		!str_has(field, '\r') && !str_has(field, '\n')) {
		buf_put(b, field);
		return;
	}
	buf_putc(b, '"');
	for (size_t i = 0; i < field.n; i++) {
		if (field.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, field.p[i]);
	}
	buf_putc(b, '"');
}
