/*
 * Log lines, read from a datagram socket: one datagram is one write(2).
 */
#include "base/log.h"

#include <sys/socket.h>

#include "base/base.h"
#include "base/clock.h"
#include "base/json.h"
#include "check.h"

static const struct clock noon = { .fixed_ms = INT64_C(1795295045678) };

#define HEAD "ts=2026-11-21T21:04:05.678Z level=info process=web "
#define JSON_HEAD                                                  \
	"{\"ts\":\"2026-11-21T21:04:05.678Z\",\"level\":\"info\"," \
	"\"process\":\"web\","

struct wire {
	struct log log;
	int from;
	char text[4096];
};

static struct wire wire_open(bool is_json)
{
	int ends[2] = { -1, -1 };
	struct wire w = { 0 };

	CHECK(!socketpair(AF_UNIX, SOCK_DGRAM, 0, ends), "a socket");
	w.from = ends[1];
	w.log = (struct log){ .fd = ends[0],
		.min = LOG_INFO,
		.is_json = is_json,
		.process = "web",
		.clock = &noon };
	return w;
}

static void wire_close(struct wire *w)
{
	close(w->log.fd);
	close(w->from);
}

/* What the last write wrote; the empty str when there was none. */
static str wire_line(struct wire *w)
{
	ssize_t n = recv(w->from, w->text, sizeof w->text, MSG_DONTWAIT);

	return (str){ w->text, n > 0 ? (size_t)n : 0 };
}

static const struct {
	const char *why;
	struct log_field field;
	const char *logfmt, *json;
} fields[] = {
	{ "a number", { .key = "n", .is_number = true, .number = -5 }, "n=-5",
		"\"n\":-5" },
	{ "a word", { .key = "ref", .text = STR_INIT("T-7K.x/2") },
		"ref=T-7K.x/2", "\"ref\":\"T-7K.x/2\"" },
	{ "a number as text", { .key = "k", .text = STR_INIT("5") }, "k=5",
		"\"k\":\"5\"" },
	{ "nothing", { .key = "k", .text = { NULL, 0 } }, "k=\"\"",
		"\"k\":\"\"" },
	{ "a space", { .key = "k", .text = STR_INIT("a b") }, "k=\"a b\"",
		"\"k\":\"a b\"" },
	{ "a pair", { .key = "k", .text = STR_INIT("a=b") }, "k=\"a=b\"",
		"\"k\":\"a=b\"" },
	{ "a quote", { .key = "k", .text = STR_INIT("a\"b") }, "k=\"a\\\"b\"",
		"\"k\":\"a\\\"b\"" },
	{ "a backslash", { .key = "k", .text = STR_INIT("a\\b") },
		"k=\"a\\\\b\"", "\"k\":\"a\\\\b\"" },
	{ "a line end makes no second line",
		{ .key = "k", .text = STR_INIT("a\nlevel=error") },
		"k=\"a\\nlevel=error\"", "\"k\":\"a\\nlevel=error\"" },
	{ "a terminal's escape", { .key = "k", .text = STR_INIT("\x1B[2J\0") },
		"k=\"\\u001b[2J\\u0000\"", "\"k\":\"\\u001b[2J\\u0000\"" },
	{ "UTF-8", { .key = "k", .text = STR_INIT("\xC3\xA9") },
		"k=\"\xC3\xA9\"", "\"k\":\"\xC3\xA9\"" },
	{ "Latin-1", { .key = "k", .text = STR_INIT("\xE9") },
		"k=\"\xEF\xBF\xBD\"", "\"k\":\"\xEF\xBF\xBD\"" },
};

static void one_field(bool is_json)
{
	struct wire w = wire_open(is_json);

	for (size_t i = 0; i < COUNTOF(fields); i++) {
		char expected[512];
		str line;

		snprintf(expected, sizeof expected,
			is_json ? JSON_HEAD "\"msg\":\"two words\",%s}\n"
				: HEAD "msg=\"two words\" %s\n",
			is_json ? fields[i].json : fields[i].logfmt);
		log_write(&w.log, LOG_INFO, "two words", &fields[i].field, 1);
		line = wire_line(&w);
		CHECK(str_eq(line, str_of(expected)), "%s: %.*s", fields[i].why,
			STR_ARG(line));
	}
	CHECK(!wire_line(&w).n, "nothing else was written");
	wire_close(&w);
}

static void types(void)
{
	struct wire w = wire_open(false);
	const char *literal = "lit";
	char own[] = "own";
	bool yes = true;
	size_t size = 7;
	str line;

	log_event(&w.log, LOG_INFO, "m", LF("i", 1), LF("l", 2L), LF("s", size),
		LF("u", 3u), LF("b", yes), LF("c", literal), LF("o", own),
		LF("v", STR("v")), LF("at", noon.fixed_ms));
	line = wire_line(&w);
	CHECK(str_eq(line, STR(HEAD "msg=m i=1 l=2 s=7 u=3 b=1 c=lit o=own v=v "
				    "at=1795295045678\n")),
		"%.*s", STR_ARG(line));
	wire_close(&w);
}

static void levels(void)
{
	static const struct {
		enum log_level level;
		const char *name;
	} rows[] = { { LOG_DEBUG, "debug" }, { LOG_INFO, "info" },
		{ LOG_WARN, "warn" }, { LOG_ERROR, "error" } };
	struct wire w = wire_open(false);

	for (size_t min = 0; min < COUNTOF(rows); min++)
		for (size_t i = 0; i < COUNTOF(rows); i++) {
			char expected[32];
			str line;

			w.log.min = rows[min].level;
			log_event(&w.log, rows[i].level, "m", LF("n", 1));
			line = wire_line(&w);
			snprintf(expected, sizeof expected, " level=%s ",
				rows[i].name);
			CHECK((line.n > 0) == (i >= min), "%s, from %s on",
				rows[i].name, rows[min].name);
			CHECK(!line.n || str_find(line, str_of(expected)) > 0,
				"%.*s", STR_ARG(line));
		}
	wire_close(&w);
}

/* The line of a value of n bytes and a field behind it. */
static str line_of(struct wire *w, size_t n)
{
	char value[3000];

	memset(value, 'x', sizeof value);
	/* Two bytes a character, so that the cut falls inside one. */
	for (size_t i = 0; i + 1 < n; i += 2)
		memcpy(value + i, "\xC3\xA9", 2);
	log_event(&w->log, LOG_INFO, "m", LF("k", ((str){ value, n })),
		LF("last", 1));
	return wire_line(w);
}

static void check_cut(struct wire *w, size_t n, size_t whole)
{
	struct arena *a = arena_new(1 << 16);
	str line = line_of(w, n);
	struct err e = { 0 };
	json_t *tree;

	CHECK(line.n <= 2000 && line.n >= (whole < 1980 ? whole : 1980),
		"%zu: %zu bytes", n, line.n);
	CHECK(str_is_text(line), "%zu: whole characters", n);
	CHECK((str_find(line, STR("last")) > 0) == (whole <= 2000),
		"%zu: what does not fit is left out", n);
	if (w->log.is_json)
		CHECK(!json_read(a, line, 2000, &tree, &e), "%zu: %s", n,
			e.message);
	else
		CHECK(str_ends(line,
			      whole <= 2000 ? STR("\" last=1\n") : STR("\"\n")),
			"%zu: the quote is closed", n);
	CHECK(str_ends(line, STR("\n")), "%zu: a line", n);
	arena_free(a);
}

static void cuts(bool is_json)
{
	struct wire w = wire_open(is_json);
	size_t around = line_of(&w, 2).n - 2;

	for (size_t n = 1850; n <= 2010; n++)
		check_cut(&w, n, around + n);
	check_cut(&w, 3000, around + 3000);
	wire_close(&w);
}

/* A line of 2,000 bytes has all its value, one of 2,001 has not. */
static void exact(bool is_json)
{
	struct wire w = wire_open(is_json);
	char value[2000];
	size_t around;

	memset(value, 'x', sizeof value);
	log_event(&w.log, LOG_INFO, "m", LF("k", "x"));
	around = wire_line(&w).n - 1;
	for (size_t whole = 1999; whole <= 2001; whole++) {
		str v = { value, whole - around }, line;

		log_event(&w.log, LOG_INFO, "m", LF("k", v));
		line = wire_line(&w);
		CHECK(line.n == (whole < 2000 ? whole : 2000), "%zu: %zu",
			whole, line.n);
		CHECK((str_find(line, v) > 0) == (whole <= 2000), "%zu", whole);
	}
	wire_close(&w);
}

/* Controls take six bytes each, so that some cut leaves room for " z=1": which
 * one, the length of the message decides. */
static void nothing_after_a_cut(void)
{
	static const char *const msgs[] = { "m", "mm", "mmm", "mmmm", "mmmmm",
		"mmmmmm" };
	struct wire w = wire_open(false);
	char value[400];

	memset(value, 1, sizeof value);
	for (size_t i = 0; i < COUNTOF(msgs); i++) {
		str line, v = { value, sizeof value };

		log_event(&w.log, LOG_INFO, msgs[i], LF("k", v), LF("z", 1));
		line = wire_line(&w);
		CHECK(line.n > 1990 && line.n <= 2000, "%zu bytes", line.n);
		CHECK(str_ends(line, STR("\"\n")), "the value is the last");
	}
	wire_close(&w);
}

/* A number is there whole or not at all, and so is its key. */
static void many_fields(bool is_json)
{
	struct arena *a = arena_new(1 << 20);
	struct wire w = wire_open(is_json);
	struct log_field all[300];
	struct err e = { 0 };
	json_t *tree;
	str line, piece;

	for (size_t i = 0; i < COUNTOF(all); i++)
		all[i] = LF(arena_fmt(a, "k%03zu", i).p, 1000000);
	log_write(&w.log, LOG_INFO, "m", all, COUNTOF(all));
	line = wire_line(&w);
	CHECK(line.n > 1980 && line.n <= 2000, "%zu", line.n);
	if (is_json) {
		CHECK(!json_read(a, line, 2000, &tree, &e), "%s", e.message);
		CHECK(json_number(tree, "k050", 0) == 1000000, "the 50th");
	}
	for (line = str_trim(line); str_next(&line, ' ', &piece);)
		CHECK(is_json || piece.p[0] != 'k' ||
				(piece.n == 12 &&
					str_ends(piece, STR("=1000000"))),
			"%.*s", STR_ARG(piece));
	wire_close(&w);
	arena_free(a);
}

static void failures(void)
{
	struct wire w = wire_open(false);
	struct err e = { 0 };
	str line;

	err_set(&e, ERR_NOT_FOUND, "no key");
	log_err(&w.log, "cannot start", &e);
	line = wire_line(&w);
	CHECK(str_ends(line, STR("level=error process=web msg=\"cannot start\" "
				 "code=NOT_FOUND error=\"no key\"\n")),
		"%.*s", STR_ARG(line));
	err_hint(&e, "make one");
	err_detail(&e, "row 3");
	log_err(&w.log, "cannot start", &e);
	line = wire_line(&w);
	CHECK(str_ends(line, STR("error=\"no key\" hint=\"make one\" "
				 "detail=\"row 3\"\n")),
		"%.*s", STR_ARG(line));
	w.log.fd = -1;
	log_err(&w.log, "to nowhere", &e);
	CHECK(!wire_line(&w).n, "a log that is closed stops nothing");
	wire_close(&w);
}

int main(void)
{
	one_field(false);
	one_field(true);
	types();
	levels();
	cuts(false);
	cuts(true);
	exact(false);
	exact(true);
	nothing_after_a_cut();
	many_fields(false);
	many_fields(true);
	failures();
	return CHECK_DONE();
}
