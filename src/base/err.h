#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/str.h"

/*
 * How a call says that it failed: it returns -1 and fills a struct err that its
 * caller passed in.  The caller handles it, adds context and returns -1, or - at
 * the edge only - reports it.  Nobody does two of these.
 *
 * message goes to the user: one line, lower case, no full stop, what failed and
 * why, no personal data, no function names.  hint says what to do about it.
 * detail goes to the operator's log only.
 */
enum err_code {
#define ERR(name, http, exit, title) ERR_##name,
#include "base/tbl/errors.h"
};

struct err {
	enum err_code code;
	char message[240];
	char hint[240];
	char detail[240];
};

/*
 * A text that does not fit is cut at a whole character; control characters, line
 * ends too, become spaces.  err_set() clears hint and detail.
 */
/* All return -1, so that a failing function can "return err_set(...)". */
int err_set(struct err *e, enum err_code code, const char *fmt, ...)
	PRINTF_LIKE(3, 4);
int err_hint(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);
int err_detail(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Puts "context: " before the message. */
int err_context(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* "cannot WHAT: strerror(errno)", ERR_UNAVAILABLE or what errno says. */
int err_errno(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* As `= { 0 }`, without writing 700 bytes: for what runs with each request. */
static inline struct err *err_none(struct err *e)
{
	e->code = (enum err_code)0;
	e->message[0] = e->hint[0] = e->detail[0] = '\0';
	return e;
}

int err_http_status(enum err_code code);
int err_exit_status(enum err_code code);
const char *err_title(enum err_code code);
const char *err_name(enum err_code code); /* "NOT_FOUND" */

/*
 * Bad input is data, not a failure: which field, which rule (a code for
 * programs), and how to mend it (a sentence for people).
 */
struct problem {
	const char *field;
	const char *code;
	const char *text;
};

enum { PROBLEMS_MAX = 16 };

struct problems {
	struct problem at[PROBLEMS_MAX];
	size_t n;
};

/*
 * The three must outlive the problems: literals, or in the request's arena.
 * After PROBLEMS_MAX more are left out: the person mends these first.
 */
void problem_add(struct problems *ps, const char *field, const char *code,
	const char *text);
/* The text of the field's first problem, or NULL. */
const char *problem_of(const struct problems *ps, const char *field);

#endif
