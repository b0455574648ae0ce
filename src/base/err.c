/*
 * Failures as values.  The texts have a fixed size: a failure must be able to be
 * told when nothing can be allocated.  Whatever goes in comes out as one line of
 * whole UTF-8 characters.
 */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void one_line(char *text)
{
	str s = str_of(text);
	size_t step;

	for (size_t i = 0; i < s.n; i += step) {
		step = str_utf8(str_from(s, i));
		if (!step)
			text[i] = '?';
		else if ((unsigned char)text[i] < ' ')
			text[i] = ' ';
		step += !step;
	}
}

/* Takes away the last character, which the end of the room may have cut. */
static void drop_last(char *text)
{
	size_t n = strlen(text);

	while (n && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
		n--;
	text[n ? n - 1 : 0] = '\0';
}

PRINTF_LIKE(3, 0)
static void fill(char *text, size_t size, const char *fmt, va_list ap)
{
	int n = vsnprintf(text, size, fmt, ap);

	must(n >= 0);
	if ((size_t)n >= size)
		drop_last(text);
	one_line(text);
}

int err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	must(code != ERR_NONE);
	e->code = code;
	e->hint[0] = '\0';
	e->detail[0] = '\0';
	va_start(ap, fmt);
	fill(e->message, sizeof e->message, fmt, ap);
	va_end(ap);
	return -1;
}

int err_hint(struct err *e, const char *fmt, ...)
{
	va_list ap;

	must(e->code != ERR_NONE);
	va_start(ap, fmt);
	fill(e->hint, sizeof e->hint, fmt, ap);
	va_end(ap);
	return -1;
}

int err_detail(struct err *e, const char *fmt, ...)
{
	va_list ap;

	must(e->code != ERR_NONE);
	va_start(ap, fmt);
	fill(e->detail, sizeof e->detail, fmt, ap);
	va_end(ap);
	return -1;
}

PRINTF_LIKE(3, 4)
static void fill_from(char *text, size_t size, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(text, size, fmt, ap);
	va_end(ap);
}

int err_context(struct err *e, const char *fmt, ...)
{
	char was[sizeof e->message], context[sizeof e->message];
	va_list ap;

	must(e->code != ERR_NONE);
	memcpy(was, e->message, sizeof was);
	va_start(ap, fmt);
	fill(context, sizeof context, fmt, ap);
	va_end(ap);
	fill_from(e->message, sizeof e->message, "%s: %s", context, was);
	return -1;
}

static enum err_code code_of_errno(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return ERR_NOT_FOUND;
	case EACCES:
	case EPERM:
	case EROFS:
		return ERR_DENIED;
	case EEXIST:
		return ERR_CONFLICT;
	case EFBIG:
	case ENAMETOOLONG:
		return ERR_LIMIT;
	default:
		return ERR_UNAVAILABLE;
	}
}

int err_errno(struct err *e, const char *fmt, ...)
{
	int number = errno;
	char what[sizeof e->message - 80], reason[80];
	va_list ap;

	va_start(ap, fmt);
	fill(what, sizeof what, fmt, ap);
	va_end(ap);
	if (strerror_r(number, reason, sizeof reason))
		snprintf(reason, sizeof reason, "error %d", number);
	return err_set(e, code_of_errno(number), "cannot %s: %s", what, reason);
}

static const struct {
	const char *name, *title;
	int http_status, exit_status;
} codes[] = {
#define ERR(name, http, exit, title) \
	[ERR_##name] = { #name, title, http, exit },
#include "base/tbl/errors.h"
};

int err_http_status(enum err_code code)
{
	must((size_t)code < COUNTOF(codes));
	return codes[code].http_status;
}

int err_exit_status(enum err_code code)
{
	must((size_t)code < COUNTOF(codes));
	return codes[code].exit_status;
}

const char *err_title(enum err_code code)
{
	must((size_t)code < COUNTOF(codes));
	return codes[code].title;
}

const char *err_name(enum err_code code)
{
	must((size_t)code < COUNTOF(codes));
	return codes[code].name;
}

void problem_add(struct problems *ps, const char *field, const char *code,
	const char *text)
{
	if (ps->n < PROBLEMS_MAX)
		ps->at[ps->n++] = (struct problem){ field, code, text };
}

const char *problem_of(const struct problems *ps, const char *field)
{
	for (size_t i = 0; i < ps->n; i++)
		if (str_eq(str_of(ps->at[i].field), str_of(field)))
			return ps->at[i].text;
	return NULL;
}
