/*
 * The scrub against a slow and simple one of its own: the same rows must leave,
 * byte for byte, whatever the file looks like, on every path of the processor
 * and with any number of threads.
 */
#include "scrub/scrub.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "base/file.h"
#include "base/rand.h"
#include "check.h"
#include "ident/cell.h"
#include "scrub/scan.h"

static char folder[] = "/tmp/t_scrub.XXXXXX";

static const char *path_of(const char *name)
{
	static char path[4][64];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
	return path[turn];
}

struct world {
	struct arena *a;
	struct ident_keyring keyring;
	struct index_delta *delta;
	uint64_t seq;
};

static void suppress(struct world *w, enum ident_kind kind, const char *value,
	uint32_t reasons)
{
	uint8_t key[IDENT_KEY_SIZE];

	CHECK(!ident_key_of(&w->keyring, kind, str_of(value), key), "%s",
		value);
	index_delta_put(w->delta, ++w->seq, key, reasons);
}

static void write_file(const char *path, str s)
{
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0 && !write_all(fd, s.p, s.n), "write %s", path);
	close(fd);
}

static str read_file(struct world *w, const char *path)
{
	struct err e = { 0 };
	str s = { 0 };

	CHECK(!file_read(w->a, path, 256 << 20, &s, &e), "%s", e.message);
	return s;
}

static struct scrub_opts options(struct world *w)
{
	return (struct scrub_opts){ .in = { .path = path_of("in.csv") },
		.out = { .path = path_of("out.csv") },
		.keyring = &w->keyring,
		.set = { .delta = w->delta },
		.jobs = 1 };
}

static struct scrub_report *report_of(struct world *w)
{
	return arena_one(w->a, struct scrub_report);
}

/* --- small files, written out ------------------------------------------------ */

static const struct {
	const char *why;
	const char *in;
	const char *out; /* NULL: fails with `message` */
	const char *map;
	const char *message;
	int kept, suppressed, unreadable, empty;
} files[] = {
	{ "the plain case", "id,email\n1,a@x.com\n2,bad@x.com\n3,c@x.com\n",
		"id,email\n1,a@x.com\n3,c@x.com\n", "", "", 2, 1, 0, 0 },
	{ "another spelling of the address", "email\n BAD@X.com \nok@x.com\n",
		"email\nok@x.com\n", "", "", 1, 1, 0, 0 },
	{ "no line end after the last row, kept", "email\nbad@x.com\na@x.com",
		"email\na@x.com", "", "", 1, 1, 0, 0 },
	{ "no line end after the last row, taken out",
		"email\na@x.com\nbad@x.com", "email\na@x.com\n", "", "", 1, 1,
		0, 0 },
	{ "CRLF", "email,n\r\nbad@x.com,1\r\na@x.com,2\r\n",
		"email,n\r\na@x.com,2\r\n", "", "", 1, 1, 0, 0 },
	{ "CRLF, the address in the last column",
		"n,email\r\n1,bad@x.com\r\n2,a@x.com\r\n",
		"n,email\r\n2,a@x.com\r\n", "", "", 1, 1, 0, 0 },
	{ "a BOM stays",
		"\xef\xbb\xbf"
		"email\nbad@x.com\na@x.com\n",
		"\xef\xbb\xbf"
		"email\na@x.com\n",
		"", "", 1, 1, 0, 0 },
	{ "semicolons", "n;email\n1,5;bad@x.com\n2,5;a@x.com\n",
		"n;email\n2,5;a@x.com\n", "", "", 1, 1, 0, 0 },
	{ "tabs", "n\temail\n1,5\tbad@x.com\n2,5\ta@x.com\n",
		"n\temail\n2,5\ta@x.com\n", "", "", 1, 1, 0, 0 },
	{ "everything in quotes",
		"\"n\",\"email\"\n\"1\",\"bad@x.com\"\n\"2\",\"a@x.com\"\n",
		"\"n\",\"email\"\n\"2\",\"a@x.com\"\n", "", "", 1, 1, 0, 0 },
	{ "line ends and separators in quotes",
		"note,email\n\"x,\ny\n\",bad@x.com\n\"a\"\"b\n\",a@x.com\n",
		"note,email\n\"a\"\"b\n\",a@x.com\n", "", "", 1, 1, 0, 0 },
	{ "an empty quoted cell", "email,n\n\"\",1\n\"bad@x.com\",2\n",
		"email,n\n\"\",1\n", "", "", 1, 1, 0, 1 },
	{ "quotes at both ends of a row",
		"a,email,b\n\"\",bad@x.com,\"\"\n\"\",a@x.com,\"\"\n",
		"a,email,b\n\"\",a@x.com,\"\"\n", "", "", 1, 1, 0, 0 },
	{ "quoted and CRLF",
		"n,email\r\n\"1\",\"bad@x.com\"\r\n\"2\",\"a@x.com\"\r\n",
		"n,email\r\n\"2\",\"a@x.com\"\r\n", "", "", 1, 1, 0, 0 },
	{ "two kinds",
		"email,phone\na@x.com,(212) 555-0199\n"
		"bad@x.com,4155550100\nc@x.com,+1 415 555 0100\n",
		"email,phone\nc@x.com,+1 415 555 0100\n", "", "", 1, 2, 0, 0 },
	{ "two columns of a kind",
		"Email 1,Email 2\na@x.com,bad@x.com\na@x.com,\n",
		"Email 1,Email 2\na@x.com,\n", "", "", 1, 1, 0, 0 },
	{ "the header's other name, mapped",
		"who,contact\n1,bad@x.com\n2,a@x.com\n",
		"who,contact\n2,a@x.com\n", "email=Contact", "", 1, 1, 0, 0 },
	{ "a column by its number", "x,x\n1,bad@x.com\n2,a@x.com\n",
		"x,x\n2,a@x.com\n", "email=2", "", 1, 1, 0, 0 },
	{ "junk is kept and counted", "email\nn/a\nbad@x.com\n\n a b@c.d\n",
		"email\nn/a\n\n a b@c.d\n", "", "", 3, 1, 2, 1 },
	{ "a composite",
		"First,Last,DOB,Zip\nAnn,Lee,1985-07-04,91790\n"
		"ANN,Lee,7/4/1985,91790-1234\nAnn,Lee,,91790\n",
		"First,Last,DOB,Zip\nAnn,Lee,,91790\n",
		"ndz.first=First,ndz.last=Last,ndz.dob=DOB,ndz.zip=Zip", "", 1,
		2, 0, 1 },
	{ "an MD5 list", "email_md5\n2fabe3f20a6a3b9e2e2a1bd0e8e1e6c1\n",
		"email_md5\n2fabe3f20a6a3b9e2e2a1bd0e8e1e6c1\n", "", "", 1, 0,
		0, 0 },
	{ "the header alone", "email\n", "email\n", "", "", 0, 0, 0, 0 },
	{ "the header alone, no line end", "email", "email", "", "", 0, 0, 0,
		0 },
	{ "blank lines between and behind",
		"n,email\n1,a@x.com\n\n2,bad@x.com\n\n\n3,c@x.com\n\n",
		"n,email\n1,a@x.com\n\n\n\n3,c@x.com\n\n", "", "", 2, 1, 0, 0 },
	{ "a quoted address after a blank line", "email,n\n\n\"bad@x.com\",1\n",
		"email,n\n\n", "", "", 0, 1, 0, 0 },
	{ "an umlaut",
		"email\nB\xc3\x84"
		"D@x.com\nb\xc3\xa4"
		"d@x.com\n",
		"email\n", "", "", 0, 2, 0, 0 },

	{ "nothing", "", NULL, "", "the file is empty", 0, 0, 0, 0 },
	{ "a column that is not there", "id,mail\n1,a@x.com\n", NULL,
		"email=Email", "no column is called \"Email\"", 0, 0, 0, 0 },
	{ "no usual name", "id,who\n1,a@x.com\n", NULL, "",
		"no column has a name", 0, 0, 0, 0 },
	{ "two of that name", "a,x,x\n1,2,3\n", NULL, "email=x",
		"more than one column", 0, 0, 0, 0 },
	{ "a kind that is none", "email\n", NULL, "fax=email", "unknown kind",
		0, 0, 0, 0 },
	{ "a part that is none", "email\n", NULL, "ndz.x=email",
		"is no part of ndz", 0, 0, 0, 0 },
	{ "a composite without its parts", "z\n", NULL, "name_zip=z",
		"name_zip has parts, each in a column", 0, 0, 0, 0 },
	{ "a composite with a part missing", "f\n", NULL, "ndz.first=f",
		"a part of ndz has no column", 0, 0, 0, 0 },
	{ "a map without =", "email\n", NULL, "email", "a map is", 0, 0, 0, 0 },
	{ "no header", "a@x.com,x\nbad@x.com,2\n", NULL, "email=1",
		"is no header", 0, 0, 0, 0 },
	{ "a cell too few", "a,email\n1,a@x.com\n2\n3,c@x.com\n", NULL, "",
		"line 3: 1 cell where the header has 2", 0, 0, 0, 0 },
	{ "a cell too many", "a,email\n1,a@x.com\n2,b@x.com,\n", NULL, "",
		"line 3: 3 cells where the header has 2", 0, 0, 0, 0 },
	{ "too few and too many together make the right sum",
		"a,b,email\n1,2\n3,4,a@x.com,5\n", NULL, "",
		"line 2: 2 cells where the header has 3", 0, 0, 0, 0 },
	{ "lines are counted through quotes",
		"a,email\n\"x\ny\n\",a@x.com\n2\n", NULL, "", "line 5: 1 cell",
		0, 0, 0, 0 },
	{ "a NUL", NULL, NULL, "", "line 3: a NUL byte", 0, 0, 0, 0 },
	{ "a quote inside a cell", "a,email\n5\" x,a@x.com\n6\" y,b@x.com\n",
		NULL, "", "line 2: a quote inside a cell", 0, 0, 0, 0 },
	{ "something behind a closing quote", "a,email\n\"5\" x,a@x.com\n",
		NULL, "", "line 2: a quote inside a cell", 0, 0, 0, 0 },
	{ "a quote that never closes", "a,email\n1,a@x.com\n\"2,b@x.com\n3,\n",
		NULL, "", "line 3: a quote that never closes", 0, 0, 0, 0 },
	{ "line ends of old", "a,email\r1,bad@x.com\r", NULL, "", "CR alone", 0,
		0, 0, 0 },
	{ "UTF-16",
		"\xff\xfe"
		"a",
		NULL, "", "UTF-16", 0, 0, 0, 0 },
	{ "a blank first line", "\nemail\n", NULL, "", "no header", 0, 0, 0,
		0 },
};

static const char with_nul[] = "a,email\n1,a@x.com\n2,\0b@x.com\n";

static void check_counts(size_t i, const struct scrub_report *r)
{
	CHECK((int)r->kept == files[i].kept &&
			(int)r->suppressed == files[i].suppressed &&
			(int)r->unreadable == files[i].unreadable &&
			(int)r->without_identifier == files[i].empty &&
			r->rows == r->kept + r->suppressed,
		"%s: kept %d suppressed %d unreadable %d empty %d",
		files[i].why, (int)r->kept, (int)r->suppressed,
		(int)r->unreadable, (int)r->without_identifier);
}

static void one_file(struct world *w, size_t i, enum cpu_path cpu)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	str in = files[i].in ? str_of(files[i].in)
			     : (str){ with_nul, sizeof with_nul - 1 };
	int rc;

	o.map = str_of(files[i].map);
	o.cpu = cpu;
	write_file(o.in.path, in);
	write_file(o.out.path, STR("old"));
	rc = scrub_run(&o, r, &e);
	if (files[i].out) {
		str out = read_file(w, o.out.path);

		CHECK(!rc, "%s: %s", files[i].why, e.message);
		CHECK(str_eq(out, str_of(files[i].out)), "%s: got %.*s",
			files[i].why, STR_ARG(out));
		check_counts(i, r);
		return;
	}
	CHECK(rc == -1 && strstr(e.message, files[i].message), "%s: \"%s\"",
		files[i].why, e.message);
	CHECK(str_eq(read_file(w, o.out.path), STR("old")),
		"%s: nothing under the name", files[i].why);
}

static void small_files(struct world *w)
{
	for (size_t i = 0; i < COUNTOF(files); i++)
		for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++)
			if (cpu_path_runs((enum cpu_path)p))
				one_file(w, i, (enum cpu_path)p);
}

/* Every third row has a hash in place of the address, of a suppressed one or
 * not; a junk of the same length is junk. */
static void hashed_cells(struct world *w)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	uint8_t digest[2][SHA256_SIZE];
	struct buf b = buf_in(w->a, 1 << 20);

	sha256(STR("bad@x.com"), digest[0]);
	sha256(STR("a@x.com"), digest[1]);
	buf_puts(&b, "email\n");
	for (int i = 0; i < 1000; i++) {
		str hex = hex_of(w->a, digest[i % 2], SHA256_SIZE);
		str base64 = base64_of(w->a, digest[i % 2], SHA256_SIZE);

		buf_fmt(&b, "\"%.*s\"\n%.*s\n%.*sg\n", STR_ARG(hex),
			STR_ARG(base64), STR_ARG(str_head(hex, 63)));
	}
	write_file(o.in.path, buf_str(&b));
	for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++) {
		o.cpu = (enum cpu_path)p;
		if (!cpu_path_runs(o.cpu))
			continue;
		CHECK(!scrub_run(&o, r, &e), "%s", e.message);
		CHECK(r->suppressed == 1000 && r->kept == 2000 &&
				r->unreadable == 1000,
			"%s: %d suppressed, %d unreadable",
			cpu_path_name(o.cpu), (int)r->suppressed,
			(int)r->unreadable);
	}
}

/* --- rejects, reasons, notes -------------------------------------------------- */

static void rejects(struct world *w)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };

	write_file(o.in.path,
		STR("email,n\r\nbad@x.com,1\r\nok@x.com,2\r\nboth@x.com,3\r\n"
		    "junk,4"));
	o.rejects.path = path_of("rejects.csv");
	o.reject_unreadable = true;
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	CHECK(str_eq(read_file(w, o.out.path),
		      STR("email,n\r\nok@x.com,2\r\n")),
		"kept");
	CHECK(str_eq(read_file(w, o.rejects.path),
		      STR("email,n,reason\r\nbad@x.com,1,opt-out\r\n"
			  "both@x.com,3,\"opt-out,deleted\"\r\n"
			  "junk,4,unreadable\n")),
		"got %.*s", STR_ARG(read_file(w, o.rejects.path)));
	CHECK(r->by_reason[0] == 2 && r->by_reason[2] == 1, "by reason");
	CHECK(r->unreadable == 1 && r->unreadable_rejected == 1 &&
			r->kept == 1 && r->suppressed == 2,
		"counts");
	CHECK(r->notes == 1 && r->note[0].line == 5 && r->note[0].column == 1 &&
			r->note[0].fault == IDENT_FAULT_AT &&
			r->note[0].kind == IDENT_EMAIL,
		"the note");
	CHECK(r->by_fault[IDENT_FAULT_AT] == 1, "by fault");
	o.reasons = 4;
	o.reject_unreadable = false;
	CHECK(!scrub_run(&o, r, &e) && r->suppressed == 1 && r->kept == 3,
		"only one reason asked for");
}

/* Every row leaves in its place, with the reason beside it: chunks of any size,
 * blank lines, an end without a line end. */
static void flags(struct world *w)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	const str want = STR("email,n,reason\r\nbad@x.com,1,opt-out\r\n"
			     "ok@x.com,2,\r\n\r\nboth@x.com,3,"
			     "\"opt-out,deleted\"\r\njunk,4,unreadable\n");

	write_file(o.in.path, STR("email,n\r\nbad@x.com,1\r\nok@x.com,2\r\n\r\n"
				  "both@x.com,3\r\njunk,4"));
	o.flag = o.reject_unreadable = true;
	for (size_t size = 0; size <= 64; size += 16) {
		o.chunk_size = size;
		CHECK(!scrub_run(&o, r, &e), "%s", e.message);
		CHECK(str_eq(read_file(w, o.out.path), want), "%zu: got %.*s",
			size, STR_ARG(read_file(w, o.out.path)));
		CHECK(r->rows == 4 && r->kept == 1 && r->suppressed == 2 &&
				r->unreadable == 1,
			"the counts say who would stay");
		CHECK(r->bytes_out == want.n, "bytes out");
	}
	o.chunk_size = 0;
	o.format = SCRUB_NDJSON;
	write_file(o.in.path,
		STR("{\"email\":\"both@x.com\"} \n{}\r\n{ \"email\": "
		    "\"ok@x.com\" }\n"));
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	CHECK(str_eq(read_file(w, o.out.path),
		      STR("{\"email\":\"both@x.com\",\"reason\":"
			  "\"opt-out,deleted\"}\n{\"reason\":\"\"}\r\n"
			  "{ \"email\": \"ok@x.com\" ,\"reason\":\"\"}\n")),
		"got %.*s", STR_ARG(read_file(w, o.out.path)));
}

/* Rows of one person, and nothing of the others. */
static str say_of_ok(void *ctx, struct arena *a, str row)
{
	const char *word = ctx;

	return str_find(row, STR("ok@x.com")) >= 0
		       ? arena_fmt(a, "[\"%s\"]", word)
		       : (str){ 0 };
}

static int take_header(void *ctx, str header, struct err *e)
{
	(void)ctx;
	(void)e;
	CHECK(str_eq(header, STR("email,n")), "%.*s", STR_ARG(header));
	return 0;
}

/* A list that is handed over with what people say of their rows: who is taken out goes as
 * without it, the others leave as they came and with a cell more each. */
static void remarks(struct world *w)
{
	static char a[] = "a", b[] = "b";
	struct scrub_remark last = { "second", take_header, say_of_ok, b,
		NULL };
	struct scrub_remark first = { "first", take_header, say_of_ok, a,
		&last };
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	const str want = STR("email,n,first,second\r\n\"ok@x.com\",2,"
			     "\"[\"\"a\"\"]\",\"[\"\"b\"\"]\"\r\n\r\n"
			     "no@x.com,\"x\n\",,");

	write_file(o.in.path,
		STR("email,n\r\nbad@x.com,1\r\n\"ok@x.com\",2\r\n\r\n"
		    "no@x.com,\"x\n\""));
	o.remark = &first;
	o.rejects.path = path_of("rejects.csv");
	for (size_t size = 0; size <= 64; size += 16) {
		o.chunk_size = size;
		CHECK(!scrub_run(&o, r, &e), "%s", e.message);
		CHECK(str_eq(read_file(w, o.out.path), want), "%zu: got %.*s",
			size, STR_ARG(read_file(w, o.out.path)));
		CHECK(str_eq(read_file(w, o.rejects.path),
			      STR("email,n,reason\r\nbad@x.com,1,opt-out\r\n")),
			"%zu: got %.*s", size,
			STR_ARG(read_file(w, o.rejects.path)));
		CHECK(r->rows == 3 && r->kept == 2 && r->suppressed == 1 &&
				r->remarked[0] == 1 && r->remarked[1] == 1 &&
				r->bytes_out == want.n,
			"counted");
	}
	o.rejects.path = NULL;
	o.format = SCRUB_NDJSON;
	write_file(o.in.path, STR("{\"email\":\"ok@x.com\" } \n"
				  "{\"email\":\"bad@x.com\"}\n"
				  "{ \"email\": \"no@x.com\" }"));
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	CHECK(str_eq(read_file(w, o.out.path),
		      STR("{\"email\":\"ok@x.com\" ,\"first\":[\"a\"],"
			  "\"second\":[\"b\"]}\n"
			  "{ \"email\": \"no@x.com\" }")),
		"got %.*s", STR_ARG(read_file(w, o.out.path)));
}

/* Before a record is stored: a word for what may be done with it, then why. */
static void screens(struct world *w)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };

	write_file(o.in.path, STR("email;n\nbad@x.com;1\nok@x.com;2\n;3\n"
				  "both@x.com;4\njunk;5\n"));
	o.flag = o.screen = o.reject_unreadable = true;
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	CHECK(str_eq(read_file(w, o.out.path),
		      STR("email;n;screen;reason\nbad@x.com;1;opted-out;"
			  "opt-out\nok@x.com;2;clear;\n;3;clear;\n"
			  "both@x.com;4;blocked;opt-out,deleted\n"
			  "junk;5;unreadable;unreadable\n")),
		"got %.*s", STR_ARG(read_file(w, o.out.path)));
	CHECK(r->by_screen[SCREEN_CLEAR] == 2 &&
			r->by_screen[SCREEN_OPTED_OUT] == 1 &&
			r->by_screen[SCREEN_BLOCKED] == 1 &&
			!r->by_screen[SCREEN_LIMITED] &&
			r->unreadable_rejected == 1,
		"counted, each row once");
	o.format = SCRUB_NDJSON;
	write_file(o.in.path, STR("{\"email\":\"both@x.com\"}\n{}\n"
				  "{\"email\":\"junk\"}\n"));
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	CHECK(str_eq(read_file(w, o.out.path),
		      STR("{\"email\":\"both@x.com\",\"screen\":\"blocked\","
			  "\"reason\":\"opt-out,deleted\"}\n"
			  "{\"screen\":\"clear\",\"reason\":\"\"}\n"
			  "{\"email\":\"junk\",\"screen\":\"unreadable\","
			  "\"reason\":\"unreadable\"}\n")),
		"got %.*s", STR_ARG(read_file(w, o.out.path)));
}

/* --- large made-up files against the simple way --------------------------------- */

struct maker {
	struct rng rng;
	struct buf in, out;
	const char *line_end;
	char sep;
	bool are_all_quoted;
	int people;
	uint64_t kept, suppressed;
};

static uint64_t pick(struct maker *m, uint64_t n)
{
	return rng_below(&m->rng, n);
}

static void put_text_cell(struct maker *m, struct buf *b)
{
	static const char *const texts[] = { "", "plain", "O''Neil", "a b",
		"Z\xc3\xbcrich", "12", "\"with, comma\"", "\"line\nend\"",
		"\"a \"\"quote\"\"\"", "\"\"", "\"\r\n\"" };
	const char *s = texts[pick(m, COUNTOF(texts))];

	if (m->are_all_quoted && *s != '"')
		buf_fmt(b, "\"%s\"", s);
	else
		buf_puts(b, s);
}

static void put_email(struct maker *m, struct buf *b, int person)
{
	static const char *const forms[][2] = { { "p", "@x.com" },
		{ "\" P", "@x.com\"" }, { " P", "@X.com" }, { "p", "@X.COM  " },
		{ "\"p", "@x.com\"" }, { "p", "@x.com." } };
	const char *const *form = forms[pick(m, COUNTOF(forms))];

	if (m->are_all_quoted)
		form = forms[1];
	if (person >= 0)
		buf_fmt(b, "%s%d%s", form[0], person, form[1]);
}

static void put_phone(struct maker *m, struct buf *b, int person)
{
	static const char *const forms[][2] = { { "415555", "" },
		{ "(415) 555-", "" }, { "+1 415 555 ", "" }, { "415.555.", "" },
		{ "1-415-555-", " " }, { "415-555-", " x7" } };
	const char *const *form = forms[pick(m, COUNTOF(forms))];
	const char *quote = m->are_all_quoted ? "\"" : "";

	if (person >= 0)
		buf_fmt(b, "%s%s%04d%s%s", quote, form[0], person, form[1],
			quote);
}

/* People 0, 10, 20, ... are suppressed by address, 5, 15, ... by phone. */
static void put_row(struct maker *m)
{
	int person = (int)pick(m, (uint64_t)m->people) - 3;
	int phone = pick(m, 3) ? (int)pick(m, 10000) : -1;
	bool is_gone = (person >= 0 && person % 10 == 0) ||
		       (phone >= 0 && phone % 10 == 5);
	size_t from = m->in.n;

	put_text_cell(m, &m->in);
	buf_putc(&m->in, m->sep);
	put_email(m, &m->in, person);
	buf_putc(&m->in, m->sep);
	put_text_cell(m, &m->in);
	buf_putc(&m->in, m->sep);
	put_phone(m, &m->in, phone);
	buf_puts(&m->in, m->line_end);
	m->kept += !is_gone;
	m->suppressed += is_gone;
	if (!is_gone)
		buf_put(&m->out, str_from(buf_str(&m->in), from));
}

static void suppress_people(struct world *w)
{
	char text[64];

	for (int i = 0; i < 3000; i += 10) {
		snprintf(text, sizeof text, "p%d@x.com", i);
		suppress(w, IDENT_EMAIL, text, 1);
	}
	for (int i = 5; i < 10000; i += 10) {
		snprintf(text, sizeof text, "415555%04d", i);
		suppress(w, IDENT_PHONE, text, 1);
	}
}

static void made_up(struct world *w, int variant)
{
	struct maker m = { .rng = { 77 + (uint64_t)variant },
		.in = buf_in(w->a, 64 << 20),
		.out = buf_in(w->a, 64 << 20),
		.line_end = variant & 1 ? "\r\n" : "\n",
		.sep = variant & 2 ? ';' : ',',
		.are_all_quoted = variant & 4,
		.people = 3000 };
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	int rows = variant == 0 ? 120000 : 20000;

	buf_fmt(&m.in, "name%cE-Mail%cnote%cPhone%s", m.sep, m.sep, m.sep,
		m.line_end);
	buf_put(&m.out, buf_str(&m.in));
	for (int i = 0; i < rows; i++)
		put_row(&m);
	write_file(o.in.path, buf_str(&m.in));
	for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++)
		for (o.jobs = 1; o.jobs <= 3; o.jobs += 2) {
			o.cpu = (enum cpu_path)p;
			o.chunk_size = o.jobs == 1 ? 0 : 777 + (size_t)p;
			if (!cpu_path_runs(o.cpu))
				continue;
			CHECK(!scrub_run(&o, r, &e), "%s", e.message);
			CHECK(str_eq(read_file(w, o.out.path), buf_str(&m.out)),
				"variant %d, %s, %d jobs: another file",
				variant, cpu_path_name(o.cpu), o.jobs);
			CHECK(r->kept == m.kept &&
					r->suppressed == m.suppressed &&
					r->rows == (uint64_t)rows &&
					r->bytes_in == m.in.n &&
					r->bytes_out == m.out.n,
				"variant %d: counts", variant);
		}
}

/* The error that comes first in the file is told, whichever thread sees it. */
static void first_error(struct world *w)
{
	struct buf b = buf_in(w->a, 64 << 20);
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };

	buf_puts(&b, "n,email\n");
	for (int i = 0; i < 300000; i++)
		buf_puts(&b, i == 170000 || i == 250000 ? "ragged\n"
							: "\"a\nb\",a@x.com\n");
	write_file(o.in.path, buf_str(&b));
	write_file(o.out.path, STR("old"));
	o.jobs = 4;
	CHECK(scrub_run(&o, r, &e) == -1 &&
			strstr(e.message, "line 340002: 1 cell"),
		"%s", e.message);
	CHECK(str_eq(read_file(w, o.out.path), STR("old")), "untouched");
}

/* --- packed streams -------------------------------------------------------------- */

static str gunzip(struct world *w, const char *path)
{
	gzFile f = gzopen(path, "rb");
	struct buf b = buf_in(w->a, 64 << 20);
	char chunk[4096];
	int n;

	while ((n = gzread(f, chunk, sizeof chunk)) > 0)
		buf_put(&b, (str){ chunk, (size_t)n });
	CHECK(n == 0, "a whole gzip file");
	gzclose(f);
	return buf_str(&b);
}

static str many_rows(struct world *w)
{
	struct buf b = buf_in(w->a, 64 << 20);

	buf_puts(&b, "n,email\n");
	for (int i = 0; i < 150000; i++)
		buf_fmt(&b, "%d,a%d@x.com\n", i, i);
	return buf_str(&b);
}

static void packed(struct world *w)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	str text = many_rows(w), all;
	gzFile f;

	o.in.path = path_of("in.gz");
	o.out.path = path_of("out.gz");
	f = gzopen(o.in.path, "wb");
	gzwrite(f, text.p, (unsigned)text.n / 2);
	gzclose(f);
	f = gzopen(o.in.path, "ab"); /* a second member */
	gzwrite(f, text.p + text.n / 2, (unsigned)(text.n - text.n / 2));
	gzclose(f);
	o.jobs = 2;
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	CHECK(str_eq(gunzip(w, o.out.path), text), "gzip to gzip");
	all = read_file(w, o.in.path);
	write_file(o.in.path, str_head(all, all.n - 5));
	CHECK(scrub_run(&o, r, &e) == -1 && strstr(e.message, "cut short"),
		"%s", e.message);
	o.in.path = path_of("out.zst");
	o.out.path = path_of("out.zst");
	o.in.path = path_of("in.csv");
	write_file(o.in.path, text);
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	o.in.path = path_of("out.zst");
	o.out.path = path_of("out.csv");
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	CHECK(str_eq(read_file(w, o.out.path), text), "to zstd and back");
	all = read_file(w, o.in.path);
	write_file(o.in.path, str_head(all, all.n - 9));
	CHECK(scrub_run(&o, r, &e) == -1 && strstr(e.message, "cut short"),
		"%s", e.message);
	unlink(path_of("in.gz"));
	unlink(path_of("out.gz"));
	unlink(path_of("out.zst"));
}

static void ends(struct world *w)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	uint8_t want[32];
	str in = STR("email\nbad@x.com\na@x.com\n"),
	    out = STR("email\na@x.com\n");
	int fds[2], from;

	write_file(o.in.path, in);
	CHECK(!pipe(fds), "a pipe");
	from = open(o.in.path, O_RDONLY);
	o.in = (struct scrub_end){ .fd = from };
	o.out = (struct scrub_end){ .fd = fds[1] };
	o.with_sha256 = true;
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	close(fds[1]);
	{
		char text[64];
		ssize_t n = read(fds[0], text, sizeof text);

		CHECK(n == (ssize_t)out.n && !memcmp(text, out.p, out.n),
			"through descriptors");
	}
	sha256(in, want);
	CHECK(!memcmp(want, r->sha256_in, 32), "SHA-256 of what came in");
	sha256(out, want);
	CHECK(!memcmp(want, r->sha256_out, 32), "and of what went out");
	close(fds[0]);
	close(from);
	o = options(w);
	o.out.path = "/dev/null";
	CHECK(!scrub_run(&o, r, &e) && r->kept == 1, "/dev/null: %s",
		e.message);
	o.out.path = "/dev/full";
	CHECK(scrub_run(&o, r, &e) == -1 && strstr(e.message, "/dev/full"),
		"%s", e.message);
	o = options(w);
	o.in.path = path_of("none.csv");
	CHECK(scrub_run(&o, r, &e) == -1 && e.code == ERR_NOT_FOUND, "%s",
		e.message);
	o.in.path = folder;
	CHECK(scrub_run(&o, r, &e) == -1 && strstr(e.message, "folder"), "%s",
		e.message);
}

static void long_rows(struct world *w)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	struct buf b = buf_in(w->a, 64 << 20);
	static char x[3 << 20];

	memset(x, 'x', sizeof x);
	buf_puts(&b, "n,email\n");
	for (int i = 0; i < 3; i++) {
		buf_put(&b, (str){ x, sizeof x });
		buf_fmt(&b, ",%s@x.com\n", i == 1 ? "bad" : "a");
	}
	write_file(o.in.path, buf_str(&b));
	CHECK(!scrub_run(&o, r, &e) && r->kept == 2 && r->suppressed == 1,
		"rows of 3 MiB: %s", e.message);
	buf_puts(&b, "\"");
	buf_put(&b, (str){ x, sizeof x });
	buf_put(&b, (str){ x, sizeof x });
	write_file(o.in.path, buf_str(&b));
	CHECK(scrub_run(&o, r, &e) == -1 &&
			strstr(e.message, "line 5: a row of"),
		"%s", e.message);
}

/* --- NDJSON ------------------------------------------------------------------- */

static const struct {
	const char *why;
	const char *in;
	const char *out; /* NULL: fails with `message` */
	const char *map;
	const char *message;
	int kept, suppressed, unreadable, empty;
} lines[] = {
	{ "by the usual name",
		"{\"id\":1,\"email\":\"a@x.com\"}\n"
		"{\"id\":2,\"email\":\"BAD@x.com\"}\n",
		"{\"id\":1,\"email\":\"a@x.com\"}\n", "", "", 1, 1, 0, 0 },
	{ "a usual name deep down, and an array",
		"{\"user\":{\"E-Mail\":[\"a@x.com\",\"bad@x.com\"]}}\n"
		"{\"user\":{}}\n",
		"{\"user\":{}}\n", "", "", 1, 1, 0, 1 },
	{ "a path", "{\"a\":{\"b\":\"bad@x.com\"},\"b\":\"x@y.zz\"}\n", "",
		"email=a.b", "", 0, 1, 0, 0 },
	{ "an array of objects",
		"{\"c\":[{\"m\":\"a@x.com\"},{\"m\":\"bad@x.com\"}]}\n", "",
		"email=c.m", "", 0, 1, 0, 0 },
	{ "escapes", "{\"email\":\"b\\u0061d\\u0040x.com\"}\n", "", "", "", 0,
		1, 0, 0 },
	{ "a surrogate pair beside it",
		"{\"n\":\"\\ud83d\\ude00\",\"email\":\"bad@x.com\"}\n", "", "",
		"", 0, 1, 0, 0 },
	{ "a number as phone", "{\"phone\":2125550199}\n", "", "", "", 0, 1, 0,
		0 },
	{ "null, true and empty name nobody",
		"{\"email\":null}\n{\"email\":true}\n{\"email\":\"\"}\n",
		"{\"email\":null}\n{\"email\":true}\n{\"email\":\"\"}\n", "",
		"", 3, 0, 0, 3 },
	{ "junk is counted", "{\"email\":\"n/a\"}\n{\"email\":5}\n",
		"{\"email\":\"n/a\"}\n{\"email\":5}\n", "", "", 2, 0, 2, 0 },
	{ "a name twice counts twice",
		"{\"email\":\"a@x.com\",\"email\":\"bad@x.com\"}\n", "", "", "",
		0, 1, 0, 0 },
	{ "a composite",
		"{\"f\":\"Ann\",\"l\":\"Lee\",\"d\":\"1985-07-04\",\"z\":91790}"
		"\n{\"f\":\"Bob\"}\n",
		"{\"f\":\"Bob\"}\n",
		"ndz.first=f,ndz.last=l,ndz.dob=d,ndz.zip=z", "", 1, 1, 0, 1 },
	{ "a part of two values",
		"{\"f\":[\"A\",\"B\"],\"l\":\"L\",\"z\":\"1\"}\n",
		"{\"f\":[\"A\",\"B\"],\"l\":\"L\",\"z\":\"1\"}\n",
		"name_zip.first=f,name_zip.last=l,name_zip.zip=z", "", 1, 0, 1,
		0 },
	{ "CRLF, blank lines, no last line end, a BOM",
		"\xef\xbb\xbf{\"email\":\"bad@x.com\"}\r\n\r\n"
		"{ \"email\" : \"a@x.com\" } \r\n{\"email\":\"b@x.com\"}",
		"\r\n{ \"email\" : \"a@x.com\" } \r\n"
		"{\"email\":\"b@x.com\"}",
		"", "", 2, 1, 0, 0 },
	{ "nothing", "", "", "", "", 0, 0, 0, 0 },
	{ "a member that no row has", "{\"mail\":\"a@x.com\"}\n", NULL,
		"email=contact", "no row has a member \"contact\"", 0, 0, 0,
		0 },
	{ "no usual name", "{\"who\":\"a@x.com\"}\n", NULL, "",
		"no member has a name", 0, 0, 0, 0 },
	{ "an array as row", "{\"email\":\"a@x.com\"}\n[1]\n", NULL, "",
		"line 2: not one JSON object", 0, 0, 0, 0 },
	{ "two on a line", "{\"email\":\"a@x.com\"}{}\n", NULL, "",
		"line 1: not one", 0, 0, 0, 0 },
	{ "a comma too many", "{\"email\":\"a@x.com\",}\n", NULL, "",
		"line 1: not one", 0, 0, 0, 0 },
	{ "cut short", "\n\n{\"email\":\"a@x.c", NULL, "", "line 3: not one", 0,
		0, 0, 0 },
	{ "half a pair", "{\"email\":\"\\ud83d\"}\n", NULL, "",
		"line 1: not one", 0, 0, 0, 0 },
	{ "a number with a zero in front", "{\"phone\":02125550199}\n", NULL,
		"", "line 1: not one", 0, 0, 0, 0 },
};

static void one_ndjson(struct world *w, size_t i, size_t chunk)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };
	int rc;
	str out;

	o.map = str_of(lines[i].map);
	o.format = SCRUB_NDJSON;
	o.chunk_size = chunk;
	write_file(o.in.path, str_of(lines[i].in));
	write_file(o.out.path, STR("old"));
	rc = scrub_run(&o, r, &e);
	out = read_file(w, o.out.path);
	if (!lines[i].out) {
		CHECK(rc == -1 && strstr(e.message, lines[i].message),
			"%s: \"%s\"", lines[i].why, e.message);
		CHECK(str_eq(out, STR("old")), "%s", lines[i].why);
		return;
	}
	CHECK(!rc && str_eq(out, str_of(lines[i].out)), "%s: %s got %.*s",
		lines[i].why, e.message, STR_ARG(out));
	CHECK((int)r->kept == lines[i].kept &&
			(int)r->suppressed == lines[i].suppressed &&
			(int)r->unreadable == lines[i].unreadable &&
			(int)r->without_identifier == lines[i].empty,
		"%s: kept %d suppressed %d unreadable %d empty %d",
		lines[i].why, (int)r->kept, (int)r->suppressed,
		(int)r->unreadable, (int)r->without_identifier);
}

static void ndjson(struct world *w)
{
	struct scrub_opts o = options(w);
	struct scrub_report *r = report_of(w);
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(lines); i++) {
		one_ndjson(w, i, 0);
		one_ndjson(w, i, 64);
	}
	write_file(o.in.path,
		STR("{\"email\":\"both@x.com\"} \n{\"email\":\"?\"}\r\n"));
	o.rejects.path = path_of("rejects.csv");
	o.format = SCRUB_NDJSON;
	o.reject_unreadable = true;
	CHECK(!scrub_run(&o, r, &e), "%s", e.message);
	CHECK(str_eq(read_file(w, o.rejects.path),
		      STR("{\"email\":\"both@x.com\","
			  "\"reason\":\"opt-out,deleted\"}\n"
			  "{\"email\":\"?\",\"reason\":\"unreadable\"}\r\n")),
		"got %.*s", STR_ARG(read_file(w, o.rejects.path)));
	CHECK(r->notes == 1 && r->note[0].line == 2 && r->note[0].column == 0,
		"the note");
}

/* --- the fast way of a cell against the careful one -------------------------------- */

static void mutate(struct rng *r, char *s, size_t *n, size_t max)
{
	static const char bytes[] =
		"aZ09.-_@+ ()/x\t\"<>:;,\x80\xc3\xa9[]\\\r\n";
	size_t at = rng_below(r, *n + 1);

	switch (rng_below(r, 3)) {
	case 0:
		if (*n == max)
			return;
		memmove(s + at + 1, s + at, *n - at);
		s[at] = bytes[rng_below(r, sizeof bytes - 1)];
		(*n)++;
		return;
	case 1:
		if (at == *n)
			return;
		memmove(s + at, s + at + 1, *n - at - 1);
		(*n)--;
		return;
	default:
		if (at < *n)
			s[at] = bytes[rng_below(r, sizeof bytes - 1)];
	}
}

/* Memory that ends where nothing may be read. */
enum { PAGE = 4096 };

struct edge {
	char *end;
	bool is_at_end;
};

static struct edge edge_new(void)
{
	char *p = aligned_alloc(PAGE, 2 * PAGE);

	must(p && !mprotect(p + PAGE, PAGE, PROT_NONE));
	return (struct edge){ p + PAGE, true };
}

static void edge_free(struct edge *edge)
{
	must(!mprotect(edge->end, PAGE, PROT_READ | PROT_WRITE));
	free(edge->end - PAGE);
}

/* What stands behind a text is not read: a seven, or no memory at all. */
static const char *placed(struct edge *edge, const char *s, size_t n)
{
	char *p = edge->end - n - (edge->is_at_end ? 0 : 64);

	edge->is_at_end = !edge->is_at_end;
	memset(edge->end - 512, '7', 512);
	memcpy(p, s, n);
	return p;
}

static int disagrees(cell_fn *way, enum ident_kind kind, struct edge *edge,
	const char *s, size_t n)
{
	uint8_t block[SHA256_BLOCK], want[SHA256_BLOCK];
	struct ident id;
	enum ident_fault f;

	f = ident_read_carefully(&id, kind, (str){ s, n });
	switch (way(placed(edge, s, n), n, block)) {
	case CELL_EMPTY:
		return f != IDENT_FAULT_EMPTY;
	case CELL_SLOW:
		return 0;
	case CELL_READY:
		break;
	}
	if (f || id.n > SHA256_SHORT_MAX)
		return 1;
	sha256_pad(want, (str){ id.text, id.n });
	if (memcmp(want, block, sizeof block))
		return 1;
	/* The match with the State's lists goes the same ways. */
	if (ident_read(&id, IDENT_DROP_1_2_0, kind, (str){ s, n }))
		return 1;
	sha256_pad(want, (str){ id.text, id.n });
	return memcmp(want, block, sizeof block) != 0;
}

static void fast_ways(void)
{
	static const struct {
		enum ident_kind kind;
		const char *seed;
	} seeds[] = {
		{ IDENT_EMAIL, "Bob.Smith+x@mail.example-site.co.uk" },
		{ IDENT_EMAIL, " a@b.c " },
		{ IDENT_EMAIL,
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			"aa@x.co" },
		{ IDENT_PHONE, "+1 (415) 555-9317" },
		{ IDENT_PHONE, "415.555.9317" },
		{ IDENT_PHONE, "2222222223" },
		{ IDENT_VIN, "1HGCM82633A004352" },
		{ IDENT_VIN, "1HG-CM8 2633-A0043_52" },
		{ IDENT_MAID, "A3F1C2D4-5678-90ab-cdef-1234567890AB" },
		{ IDENT_MAID, "00000000-0000-0000-0000-000000000000" },
		{ IDENT_CTVID, "SmartTV_9F8E7D6C" },
		{ IDENT_CTVID, "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6" },
	};
	struct edge edge = edge_new();
	struct rng r = { 5 };

	for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++)
		for (size_t i = 0; i < COUNTOF(seeds); i++) {
			cell_fn *way =
				cell_way((enum cpu_path)p, seeds[i].kind);
			char s[200];
			size_t n = strlen(seeds[i].seed), ready = 0;
			int wrong = 0;

			if (!cpu_path_runs((enum cpu_path)p))
				continue;
			for (int k = 0; k < 60000; k++) {
				if (k % 6 == 0) {
					n = strlen(seeds[i].seed);
					memcpy(s, seeds[i].seed, n);
				}
				wrong += disagrees(
					way, seeds[i].kind, &edge, s, n);
				mutate(&r, s, &n, 120);
				ready++;
			}
			CHECK(!wrong, "%s, \"%s\": %d of %zu",
				cpu_path_name((enum cpu_path)p), seeds[i].seed,
				wrong, ready);
		}
	edge_free(&edge);
}

/* --- the scan by itself --------------------------------------------------------- */

static void scans_agree(void)
{
	static const char bytes[] = "a,b\n\"\"\",\n\r;x";
	char text[400 + SCAN_PAD];
	uint32_t want[500], got[500];
	struct rng r = { 6 };
	int wrong = 0;

	for (int k = 0; k < 30000; k++) {
		size_t n = rng_below(&r, 399) + 1;
		struct scan a, b;

		memset(text, 0, sizeof text);
		for (size_t i = 0; i < n; i++)
			text[i] = bytes[rng_below(&r, sizeof bytes - 1)];
		if (k % 50 == 0)
			text[n / 2] = '\0';
		text[n - 1] = '\n';
		scan_cells(CPU_PORTABLE, text, n, ',', want, &a);
		for (int p = CPU_AVX512; p < CPU_PORTABLE; p++) {
			if (!cpu_path_runs((enum cpu_path)p))
				continue;
			scan_cells((enum cpu_path)p, text, n, ',', got, &b);
			wrong += a.found != b.found || a.rows != b.rows ||
				 a.lines != b.lines || a.nul != b.nul ||
				 a.stray != b.stray ||
				 a.is_quoted != b.is_quoted ||
				 memcmp(want, got, a.found * sizeof *got);
			wrong += scan_last_row((enum cpu_path)p, text, n) !=
				 scan_last_row(CPU_PORTABLE, text, n);
		}
	}
	CHECK(!wrong, "%d scans differ", wrong);
}

static void clean_up(void)
{
	unlink(path_of("in.csv"));
	unlink(path_of("out.csv"));
	unlink(path_of("rejects.csv"));
	CHECK(!rmdir(folder), "nothing left in %s", folder);
}

int main(void)
{
	static struct world w;
	uint8_t secret[IDENT_SECRET_SIZE] = { 7 };

	if (!mkdtemp(folder))
		return 1;
	w.a = arena_new((size_t)2 << 30);
	w.delta = index_delta_new(CPU_BEST);
	ident_keyring_init(&w.keyring, secret, CPU_BEST);
	suppress(&w, IDENT_EMAIL, "bad@x.com", 1);
	suppress(&w, IDENT_EMAIL, "both@x.com", 5);
	suppress(&w, IDENT_EMAIL,
		"b\xc3\xa4"
		"d@x.com",
		1);
	suppress(&w, IDENT_PHONE, "2125550199", 1);
	suppress(&w, IDENT_NDZ, "Ann|Lee|1985-07-04|91790", 1);
	scans_agree();
	fast_ways();
	small_files(&w);
	hashed_cells(&w);
	rejects(&w);
	flags(&w);
	remarks(&w);
	screens(&w);
	packed(&w);
	ends(&w);
	long_rows(&w);
	first_error(&w);
	ndjson(&w);
	suppress_people(&w);
	for (int variant = 0; variant < 8; variant++)
		made_up(&w, variant);
	index_delta_free(w.delta);
	arena_free(w.a);
	clean_up();
	return CHECK_DONE();
}
