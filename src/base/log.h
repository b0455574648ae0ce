#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/*
 * One event a line on stderr, logfmt (`ts=... level=... msg=... key=value`) or
 * JSON.  Values are numbers, literals, references and names of our own; a
 * `personal` does not compile as one.
 */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log {
	int fd;
	enum log_level min;
	bool is_json;
	const char *process;       /* "web", "worker", "serve" */
	const struct clock *clock; /* NULL: the machine's */
};

struct log_field {
	const char *key;
	bool is_number;
	int64_t number;
	str text;
};

static inline struct log_field log_field_int(const char *key, int64_t v)
{
	return (struct log_field){ .key = key, .is_number = true, .number = v };
}

/* A count; from 2^63 on it would show as negative. */
static inline struct log_field log_field_size(const char *key, unsigned long v)
{
	return log_field_int(key, (int64_t)v);
}

static inline struct log_field log_field_str(const char *key, str v)
{
	return (struct log_field){ .key = key, .text = v };
}

static inline struct log_field log_field_cstr(const char *key, const char *v)
{
	return (struct log_field){ .key = key, .text = str_of(v) };
}

/* clang-format off */
#define LF(key, v) _Generic((v), \
	str: log_field_str, \
	const char *: log_field_cstr, \
	char *: log_field_cstr, \
	int: log_field_int, long: log_field_int, long long: log_field_int, \
	unsigned: log_field_int, unsigned long: log_field_size, \
	bool: log_field_int)(key, v)
/* clang-format on */

/* log_event(lg, LOG_INFO, "started", LF("port", port), LF("pid", pid)) */
#define log_event(lg, level, msg, ...)                              \
	log_write((lg), (level), (msg),                             \
		(const struct log_field[]){ __VA_ARGS__ },          \
		sizeof((const struct log_field[]){ __VA_ARGS__ }) / \
			sizeof(struct log_field))

/* At least one field is given.  One write(2) a line, so that lines of several
 * processes do not mix; longer than 2,000 bytes is cut. */
void log_write(const struct log *lg, enum log_level level, const char *msg,
	const struct log_field *fields, size_t n);

/* The edge's report of a failure: message, hint and detail. */
void log_err(const struct log *lg, const char *msg, const struct err *e);

#endif
