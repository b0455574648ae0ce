/* Failures: texts, cuts, codes; problems of input. */
#include "base/err.h"

#include <errno.h>

#include "check.h"

static void texts(void)
{
	struct err e = { 0 };

	CHECK(err_set(&e, ERR_NOT_FOUND, "no request %d", 7) == -1,
		"returns -1");
	CHECK(e.code == ERR_NOT_FOUND, "the code");
	CHECK(!strcmp(e.message, "no request 7"), "%s", e.message);
	CHECK(err_hint(&e, "see %s", "queue") == -1, "returns -1");
	CHECK(!strcmp(e.hint, "see queue"), "%s", e.hint);
	CHECK(err_detail(&e, "row %d", 3) == -1, "returns -1");
	CHECK(!strcmp(e.detail, "row 3"), "%s", e.detail);
	CHECK(err_context(&e, "import %d", 9) == -1, "returns -1");
	CHECK(!strcmp(e.message, "import 9: no request 7"), "%s", e.message);
	CHECK(e.code == ERR_NOT_FOUND && e.hint[0] && e.detail[0],
		"context keeps the rest");
	err_set(&e, ERR_INVALID, "x");
	CHECK(!e.hint[0] && !e.detail[0], "a new failure has no old hint");
}

static void set_none(void *e)
{
	err_set(e, ERR_NONE, "nothing failed");
}

static void hint_first(void *e)
{
	err_hint(e, "without a failure");
}

static void promises(void)
{
	struct err e = { 0 };

	CHECK_STOPS(set_none, &e, "a failure has a code");
	CHECK_STOPS(hint_first, &e, "a hint has a failure");
}

static const struct {
	const char *why, *in, *out;
} lines[] = {
	{ "one line", "a\nb\r\tc", "a b  c" },
	{ "UTF-8 stays", "Jos\xC3\xA9", "Jos\xC3\xA9" },
	{ "what is not UTF-8 is marked", "Jos\xE9!", "Jos?!" },
};

/* A two-byte character around the end of the room: 239 bytes of text fit. */
static void cuts(void)
{
	struct err e = { 0 };
	char text[300];

	for (size_t i = 0; i < COUNTOF(lines); i++) {
		err_set(&e, ERR_INVALID, "%s", lines[i].in);
		CHECK(!strcmp(e.message, lines[i].out), "%s: %s", lines[i].why,
			e.message);
	}
	for (size_t before = 236; before <= 240; before++) {
		memset(text, 'x', sizeof text);
		memcpy(text + before, "\xC3\xA9", 3);
		err_set(&e, ERR_INVALID, "%s", text);
		CHECK(str_is_text(str_of(e.message)), "whole at %zu", before);
		CHECK((strstr(e.message, "\xC3\xA9") != NULL) ==
				(before <= 237),
			"the character at %zu", before);
		CHECK(!strchr(e.message, '?'), "nothing half at %zu", before);
		CHECK(strlen(e.message) >= 237, "at %zu: %zu", before,
			strlen(e.message));
	}
	memset(text, 'y', sizeof text);
	text[239] = '\0';
	err_set(&e, ERR_INVALID, "%s", text);
	CHECK(strlen(e.message) == 239, "239 bytes fit");
	err_context(&e, "%s", "file");
	CHECK(str_starts(str_of(e.message), STR("file: yyy")), "%s", e.message);
}

static const struct {
	const char *why;
	int number;
	enum err_code code;
	const char *message;
} numbers[] = {
	{ "not there", ENOENT, ERR_NOT_FOUND,
		"cannot open \"x\": No such file or directory" },
	{ "not allowed", EACCES, ERR_DENIED,
		"cannot open \"x\": Permission denied" },
	{ "there already", EEXIST, ERR_CONFLICT,
		"cannot open \"x\": File exists" },
	{ "too large", EFBIG, ERR_LIMIT, "cannot open \"x\": File too large" },
	{ "a full disk passes", ENOSPC, ERR_UNAVAILABLE,
		"cannot open \"x\": No space left on device" },
	{ "unknown", 12345, ERR_UNAVAILABLE, "cannot open \"x\": error 12345" },
};

static void errnos(void)
{
	for (size_t i = 0; i < COUNTOF(numbers); i++) {
		struct err e = { 0 };

		errno = numbers[i].number;
		CHECK(err_errno(&e, "open \"%s\"", "x") == -1, "returns -1");
		CHECK(e.code == numbers[i].code, "%s: %s", numbers[i].why,
			err_name(e.code));
		CHECK(!strcmp(e.message, numbers[i].message), "%s: %s",
			numbers[i].why, e.message);
	}
}

static void codes(void)
{
	CHECK(err_http_status(ERR_NOT_FOUND) == 404, "HTTP");
	CHECK(err_exit_status(ERR_NOT_FOUND) == 3, "exit");
	CHECK(err_http_status(ERR_NONE) == 200, "no error");
	CHECK(err_exit_status(ERR_INTERNAL) == 1, "the last row");
	CHECK(!strcmp(err_title(ERR_LIMIT), "over a limit"), "title");
	CHECK(!strcmp(err_name(ERR_TOO_MANY), "TOO_MANY"), "name");
	for (int c = ERR_NONE + 1; c <= ERR_INTERNAL; c++) {
		CHECK(err_http_status((enum err_code)c) >= 400, "code %d", c);
		CHECK(err_exit_status((enum err_code)c) > 0, "code %d", c);
	}
}

static void input(void)
{
	struct problems ps = { 0 };

	CHECK(!problem_of(&ps, "email"), "none yet");
	problem_add(&ps, "email", "missing", "Enter an email address");
	problem_add(&ps, "email", "format", "second");
	CHECK(!strcmp(problem_of(&ps, "email"), "Enter an email address"),
		"a field's first");
	CHECK(!problem_of(&ps, "emai"), "a prefix is another field");
	while (ps.n < PROBLEMS_MAX - 1)
		problem_add(&ps, "x", "x", "x");
	problem_add(&ps, "last", "x", "x");
	CHECK(ps.n == PROBLEMS_MAX && problem_of(&ps, "last"), "the last room");
	problem_add(&ps, "more", "x", "x");
	CHECK(ps.n == PROBLEMS_MAX && !problem_of(&ps, "more"), "one more");
}

int main(void)
{
	texts();
	promises();
	cuts();
	errnos();
	codes();
	input();
	return CHECK_DONE();
}
