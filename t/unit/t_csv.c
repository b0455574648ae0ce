/*
 * CSV.  Each text is read three ways - whole, a byte a read, and in pieces that
 * straddle the reader's own room - and must give the same each time.
 */
#include "base/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/base.h"
#include "base/file.h"
#include "check.h"

static const struct {
	const char *why;
	str in;
	char sep;
	const char *out; /* line:[field][field] for each record */
	const char *message;
} texts[] = {
	{ "nothing", STR_INIT(""), ',', "", "" },
	{ "one field", STR_INIT("a"), ',', "1:[a]", "" },
	{ "a line end at the end is no record", STR_INIT("a\n"), ',', "1:[a]",
		"" },
	{ "CRLF", STR_INIT("a,b\r\nc,d\r\n"), ',', "1:[a][b]2:[c][d]", "" },
	{ "both line ends", STR_INIT("a\nb\r\nc"), ',', "1:[a]2:[b]3:[c]", "" },
	{ "empty fields", STR_INIT(",\n,,"), ',', "1:[][]2:[][][]", "" },
	{ "an empty line is one empty field", STR_INIT("a\n\nb"), ',',
		"1:[a]2:[]3:[b]", "" },
	{ "a line end alone", STR_INIT("\n"), ',', "1:[]", "" },
	{ "space belongs to the field", STR_INIT(" a , b "), ',',
		"1:[ a ][ b ]", "" },
	{ "quoted", STR_INIT("\"a\",\"b\""), ',', "1:[a][b]", "" },
	{ "quoted nothing", STR_INIT("\"\",\"\"\n"), ',', "1:[][]", "" },
	{ "a quoted sep", STR_INIT("\"a,b\",c"), ',', "1:[a,b][c]", "" },
	{ "a doubled quote", STR_INIT("\"a\"\"b\""), ',', "1:[a\"b]", "" },
	{ "doubled quotes alone", STR_INIT("\"\"\"\""), ',', "1:[\"]", "" },
	{ "line ends in quotes count as lines", STR_INIT("\"a\nb\r\nc\"\nd"),
		',', "1:[a\nb\r\nc]4:[d]", "" },
	{ "a bare CR in quotes", STR_INIT("\"a\rb\""), ',', "1:[a\rb]", "" },
	{ "a BOM",
		STR_INIT("\xEF\xBB\xBF"
			 "a,b"),
		',', "1:[a][b]", "" },
	{ "a BOM before a quote", STR_INIT("\xEF\xBB\xBF\"a\""), ',', "1:[a]",
		"" },
	{ "a BOM alone", STR_INIT("\xEF\xBB\xBF"), ',', "", "" },
	{ "half a BOM is text", STR_INIT("\xEF\xBB"), ',', "1:[\xEF\xBB]", "" },
	{ "a second BOM is text", STR_INIT("a\n\xEF\xBB\xBF"), ',',
		"1:[a]2:[\xEF\xBB\xBF]", "" },
	{ "semicolons", STR_INIT("a,b;c"), ';', "1:[a,b][c]", "" },
	{ "tabs", STR_INIT("a\tb"), '\t', "1:[a][b]", "" },
	{ "a sep over 127",
		STR_INIT("a\xA7"
			 "b"),
		'\xA7', "1:[a][b]", "" },
	{ "UTF-8", STR_INIT("Jos\xC3\xA9,x"), ',', "1:[Jos\xC3\xA9][x]", "" },
	{ "a quote inside", STR_INIT("a\nb\"c"), ',', "1:[a]",
		"\"t.csv\", line 2: a quote inside a field that does not begin "
		"with one" },
	{ "a quote after space", STR_INIT(" \"a\""), ',', "",
		"\"t.csv\", line 1: a quote inside a field that does not begin "
		"with one" },
	{ "text behind a quote", STR_INIT("a\n\"b\"c"), ',', "1:[a]",
		"\"t.csv\", line 2: text between a closing quote and the end "
		"of its field" },
	{ "space behind a quote", STR_INIT("\"b\" ,c"), ',', "",
		"\"t.csv\", line 1: text between a closing quote and the end "
		"of its field" },
	{ "never closed: where it was opened", STR_INIT("a\n\nb,\"c\nd\ne\n"),
		',', "1:[a]2:[]",
		"\"t.csv\", line 3: a quote that is opened here is never "
		"closed" },
	{ "a quote at the end", STR_INIT("a,\""), ',', "",
		"\"t.csv\", line 1: a quote that is opened here is never "
		"closed" },
	{ "closed, opened again", STR_INIT("\"a\"\""), ',', "",
		"\"t.csv\", line 1: a quote that is opened here is never "
		"closed" },
	{ "a bare CR", STR_INIT("a\rb\r"), ',', "",
		"\"t.csv\", line 1: a carriage return without a line feed" },
	{ "a CR at the end", STR_INIT("a\nb\r"), ',', "1:[a]",
		"\"t.csv\", line 2: a carriage return without a line feed" },
	{ "a CR behind a quote", STR_INIT("\"a\"\rb"), ',', "",
		"\"t.csv\", line 1: a carriage return without a line feed" },
};

/* A descriptor from which a child feeds the text, `step` bytes a write. */
static int feed(str text, size_t step, pid_t *child)
{
	int ends[2] = { -1, -1 };

	/* A pipe would put the bytes of several writes into one read. */
	CHECK(!(step == 1 ? socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends)
			  : pipe(ends)),
		"two ends");
	fflush(NULL);
	*child = fork();
	if (!*child) {
		close(ends[0]);
		signal(SIGPIPE, SIG_IGN);
		for (; text.n; text = str_from(text, step))
			write_all(ends[1], text.p, str_head(text, step).n);
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

/* All records into out, as the table writes them. */
static int read_all(struct csv *c, struct buf *out, struct err *e)
{
	struct csv_record r;
	int rc;

	while ((rc = csv_next(c, &r, e)) > 0) {
		buf_fmt(out, "%" PRId64 ":", r.line);
		for (size_t i = 0; i < r.n; i++)
			buf_fmt(out, "[%.*s]", STR_ARG(r.field[i]));
	}
	return rc;
}

static void check_text(size_t row, size_t before, size_t step)
{
	struct arena *a = arena_new(4 << 20);
	struct buf in = buf_in(a, 1 << 18), out = buf_in(a, 1000);
	struct err e = { 0 };
	struct csv_record r;
	const char *why = texts[row].why;
	struct csv *c;
	pid_t child;
	int rc, fd;

	/* One record that fills most of the reader's room. */
	for (size_t i = 0; i + 1 < before; i++)
		buf_putc(&in, 'x');
	if (before)
		buf_putc(&in, '\n');
	buf_put(&in, texts[row].in);
	fd = feed(buf_str(&in), step, &child);
	c = csv_open(a, fd, texts[row].sep, "t.csv");
	if (before)
		CHECK(csv_next(c, &r, &e) == 1 && r.field[0].n == before - 1,
			"%s: the record before", why);
	else
		CHECK(true, "nothing before");
	rc = read_all(c, &out, &e);
	if (!before) {
		CHECK(str_eq(buf_str(&out), str_of(texts[row].out)), "%s: %.*s",
			why, STR_ARG(buf_str(&out)));
		CHECK(!strcmp(e.message, texts[row].message), "%s: %s", why,
			e.message);
	}
	CHECK(rc == (texts[row].message[0] ? -1 : 0), "%s", why);
	memset(&e, 0, sizeof e);
	CHECK(csv_next(c, &r, &e) == rc && (rc == 0) == !e.message[0],
		"%s: the end stays the end", why);
	arena_free(a);
	waitpid(child, NULL, 0);
}

/* Of bytes in memory the same comes as of a descriptor. */
static void check_memory(size_t row)
{
	struct arena *a = arena_new(4 << 20);
	struct buf out = buf_in(a, 1000);
	struct err e = { 0 };
	struct csv *c = csv_of(a, texts[row].in, texts[row].sep, "t.csv");
	int rc = read_all(c, &out, &e);

	CHECK(str_eq(buf_str(&out), str_of(texts[row].out)) &&
			!strcmp(e.message, texts[row].message) &&
			rc == (texts[row].message[0] ? -1 : 0),
		"%s: in memory: %.*s (%s)", texts[row].why,
		STR_ARG(buf_str(&out)), e.message);
	arena_free(a);
}

static bool has_bom(str s)
{
	return str_starts(s, STR("\xEF"));
}

static void reading(void)
{
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		check_memory(i);
		check_text(i, 0, 1 << 18);
		check_text(i, 0, 1);
		for (size_t before = 65531; before <= 65537; before++)
			if (!has_bom(texts[i].in))
				check_text(i, before, 1 << 18);
	}
}

/* An unlinked file with the content; the caller's arena is not needed. */
static int file_with(str text)
{
	char path[] = "/tmp/t_csv.XXXXXX";
	int fd = mkstemp(path);

	unlink(path);
	CHECK(fd >= 0 && !write_all(fd, text.p, text.n), "written");
	lseek(fd, 0, SEEK_SET);
	return fd;
}

enum record_kind { PLAIN, QUOTED, MANY_FIELDS };

static str record_of(struct arena *a, enum record_kind kind, size_t n)
{
	char *text = arena_alloc(a, n + 8);
	size_t at = 0;

	text[at++] = 'a';
	text[at++] = '\n';
	if (kind == QUOTED)
		text[at++] = '"';
	memset(text + at, kind == MANY_FIELDS ? ',' : 'x', n);
	at += kind == MANY_FIELDS ? n - 1 : n;
	if (kind == QUOTED)
		text[at++] = '"';
	text[at++] = '\n';
	text[at++] = 'b';
	return (str){ text, at };
}

static const struct {
	const char *why;
	enum record_kind kind;
	size_t limit;
	const char *message;
} limits[] = {
	{ "bytes", PLAIN, CSV_RECORD_SIZE_MAX,
		"\"t.csv\", line 2: a record of more than 1048576 bytes; is a "
		"quote missing?" },
	{ "bytes in quotes", QUOTED, CSV_RECORD_SIZE_MAX,
		"\"t.csv\", line 2: a record of more than 1048576 bytes; is a "
		"quote missing?" },
	{ "fields", MANY_FIELDS, CSV_FIELDS_MAX,
		"\"t.csv\", line 2: more than 4096 fields" },
};

static void check_limit(size_t row, size_t n)
{
	struct arena *a = arena_new(8 << 20);
	str text = record_of(a, limits[row].kind, n);
	struct csv *c = csv_open(a, file_with(text), ',', "t.csv");
	bool is_fine = n <= limits[row].limit;
	struct err e = { 0 };
	struct csv_record r = { 0 };
	int rc;

	CHECK(csv_next(c, &r, &e) == 1, "%s", e.message);
	rc = csv_next(c, &r, &e);
	CHECK(rc == (is_fine ? 1 : -1), "%s, %zu: %d", limits[row].why, n, rc);
	CHECK(e.code == (is_fine ? ERR_NONE : ERR_LIMIT), "%s, %zu: %s",
		limits[row].why, n, e.message);
	if (!is_fine)
		CHECK(!strcmp(e.message, limits[row].message), "%s", e.message);
	else if (limits[row].kind == MANY_FIELDS)
		CHECK(r.n == n, "%zu fields", r.n);
	else
		CHECK(r.n == 1 && r.field[0].n == n, "%zu", r.field[0].n);
	rc = csv_next(c, &r, &e);
	CHECK(rc == (is_fine ? 1 : -1), "%s, %zu: the next", limits[row].why,
		n);
	arena_free(a);
}

static void closing(void)
{
	struct arena *a = arena_new(1 << 20);
	int fd = file_with(STR("a"));

	csv_open(a, fd, ',', "t.csv");
	arena_free(a);
	CHECK(fcntl(fd, F_GETFD) == -1 && errno == EBADF, "closed with it");
}

static void unreadable(void)
{
	struct arena *a = arena_new(1 << 20);
	struct csv *c = csv_open(
		a, open("/", O_RDONLY | O_DIRECTORY), ',', "leads.csv");
	struct err e = { 0 };
	struct csv_record r;

	CHECK(csv_next(c, &r, &e) == -1, "a folder");
	CHECK(!strcmp(e.message, "cannot read \"leads.csv\": Is a directory"),
		"%s", e.message);
	arena_free(a);
}

static const struct {
	const char *why;
	str field, out;
} rows[] = {
	{ "nothing", { NULL, 0 }, STR_INIT("") },
	{ "plain", STR_INIT("a b"), STR_INIT("a b") },
	{ "a sep", STR_INIT("a,b"), STR_INIT("\"a,b\"") },
	{ "another's sep", STR_INIT("a;b"), STR_INIT("a;b") },
	{ "a quote", STR_INIT("a\"b"), STR_INIT("\"a\"\"b\"") },
	{ "LF", STR_INIT("a\nb"), STR_INIT("\"a\nb\"") },
	{ "CR", STR_INIT("a\r"), STR_INIT("\"a\r\"") },
	{ "space at the ends", STR_INIT(" a "), STR_INIT(" a ") },
};

static void writing(void)
{
	struct arena *a = arena_new(4 << 20);

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = buf_in(a, 100);
		struct csv_record r = { 0 };
		struct err e = { 0 };

		csv_put(&b, ',', rows[i].field);
		CHECK(str_eq(buf_str(&b), rows[i].out), "%s: %.*s", rows[i].why,
			STR_ARG(buf_str(&b)));
		buf_puts(&b, ",x\n");
		csv_next(csv_open(a, file_with(buf_str(&b)), ',', "t.csv"), &r,
			&e);
		CHECK(r.n == 2 && str_eq(r.field[0], rows[i].field),
			"%s: read back: %s", rows[i].why, e.message);
	}
	arena_free(a);
}

int main(void)
{
	reading();
	for (size_t row = 0; row < COUNTOF(limits); row++)
		for (size_t n = limits[row].limit - 1;
			n <= limits[row].limit + 1; n++)
			check_limit(row, n);
	closing();
	unreadable();
	writing();
	return CHECK_DONE();
}
