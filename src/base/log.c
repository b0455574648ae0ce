/*
 * A line is built in a fixed room on the stack: logging must work when nothing
 * else does, so it allocates nothing and its own failure is not told to anyone.
 *
 * A line that would be longer than LINE_MAX is cut inside the value that does not
 * fit, at a whole character, and stays well-formed: the closing bytes have their
 * room from the start.
 */
#include "base/log.h"

#include <errno.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/json.h"

enum { LINE_SIZE_MAX = 2000 };

struct line {
	struct buf out;
	bool is_json;
	bool has_field;
	bool is_full; /* a value was cut; nothing comes after it */
};

static bool is_bare(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '"' ||
			s.p[i] == '=' || s.p[i] == '\\')
			return false;
	return s.n;
}

/* Character by character, so that as much as there is room for goes in. */
static void put_cut(struct buf *out, str s)
{
	while (s.n && buf_ok(out)) {
		size_t n = str_utf8(s);

		n += !n;
		json_escape(out, str_head(s, n));
		s = str_from(s, n);
	}
}

/* The room for the closing quote is set aside first. */
static void put_quoted(struct line *l, str s)
{
	struct buf *out = &l->out;
	size_t before = out->n;

	out->max--;
	buf_putc(out, '"');
	if (out->n > before) {
		put_cut(out, s);
		l->is_full = !buf_ok(out);
		out->is_over = false;
	}
	out->max++;
	buf_putc(out, '"');
}

static void put_name(struct line *l, const char *key)
{
	if (l->has_field)
		buf_putc(&l->out, l->is_json ? ',' : ' ');
	if (l->is_json)
		buf_putc(&l->out, '"');
	buf_puts(&l->out, key);
	buf_puts(&l->out, l->is_json ? "\":" : "=");
}

static void put_text(struct line *l, const char *key, str text)
{
	size_t before = l->out.n;

	put_name(l, key);
	if (!l->is_json && is_bare(text) && text.n <= l->out.max - l->out.n)
		buf_put(&l->out, text);
	else
		put_quoted(l, text);
	if (!buf_ok(&l->out))
		l->out.n = before;
	l->has_field = true;
}

static void put_number(struct line *l, const char *key, int64_t number)
{
	size_t before = l->out.n;

	put_name(l, key);
	buf_int(&l->out, number);
	if (!buf_ok(&l->out))
		l->out.n = before;
	l->has_field = true;
}

static const char *level_name(enum log_level level)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };

	must((size_t)level < COUNTOF(names));
	return names[level];
}

static void put_head(struct line *l, const struct log *lg, enum log_level level,
	const char *msg)
{
	char space[INSTANT_SIZE];
	int64_t now_ms = clock_now_ms(lg->clock);

	if (l->is_json)
		buf_putc(&l->out, '{');
	put_text(l, "ts", instant_on(space, sizeof space, now_ms));
	put_text(l, "level", str_of(level_name(level)));
	if (lg->process)
		put_text(l, "process", str_of(lg->process));
	put_text(l, "msg", str_of(msg));
}

/* A short write is left as it is: the rest would be a second line. */
static void send(int fd, str line)
{
	ssize_t n;

	do
		n = write(fd, line.p, line.n);
	while (n < 0 && errno == EINTR);
}

void log_write(const struct log *lg, enum log_level level, const char *msg,
	const struct log_field *fields, size_t n)
{
	char space[LINE_SIZE_MAX + 1];
	struct line l = { .out = buf_on(space, sizeof space),
		.is_json = lg->is_json };
	str closing = lg->is_json ? STR("}\n") : STR("\n");

	if (level < lg->min)
		return;
	l.out.max -= closing.n;
	put_head(&l, lg, level, msg);
	for (size_t i = 0; i < n && buf_ok(&l.out) && !l.is_full; i++) {
		if (fields[i].is_number)
			put_number(&l, fields[i].key, fields[i].number);
		else
			put_text(&l, fields[i].key, fields[i].text);
	}
	l.out.max += closing.n;
	l.out.is_over = false;
	buf_put(&l.out, closing);
	send(lg->fd, buf_str(&l.out));
}

void log_err(const struct log *lg, const char *msg, const struct err *e)
{
	struct log_field fields[4];
	size_t n = 0;

	fields[n++] = log_field_cstr("code", err_name(e->code));
	fields[n++] = log_field_cstr("error", e->message);
	if (e->hint[0])
		fields[n++] = log_field_cstr("hint", e->hint);
	if (e->detail[0])
		fields[n++] = log_field_cstr("detail", e->detail);
	log_write(lg, LOG_ERROR, msg, fields, n);
}
