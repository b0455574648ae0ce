/*
 * A text list becomes an index that has exactly its identifiers.
 */
#include "scrub/list.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "base/file.h"
#include "check.h"

static char folder[] = "/tmp/t_list.XXXXXX";
static const uint8_t secret[IDENT_SECRET_SIZE] = { 3, 1, 4 };

struct world {
	struct arena *a;
	struct ident_keyring keyring;
	char in[64], out[64];
};

static void write_list(struct world *w, str s)
{
	int fd;

	unlink(w->in);
	fd = open(w->in, O_WRONLY | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0 && !write_all(fd, s.p, s.n), "write the list");
	close(fd);
}

static int build(struct world *w, enum ident_kind kind, int jobs,
	enum cpu_path cpu, struct list_report *r, struct err *e)
{
	struct list_input in = { { .path = w->in }, kind };
	struct list_opts o = { .input = &in,
		.inputs = 1,
		.out = w->out,
		.keyring = &w->keyring,
		.reasons = 128,
		.jobs = jobs,
		.cpu = cpu };

	*e = (struct err){ 0 };
	return list_build(&o, r, e);
}

static bool has(struct world *w, enum ident_kind kind, const char *value)
{
	struct index_open_opts o = { .fingerprint = w->keyring.fingerprint };
	struct index *ix;
	struct err e = { 0 };
	uint8_t key[IDENT_KEY_SIZE];
	bool is_in;

	CHECK(!index_open(&ix, w->out, &o, &e), "%s", e.message);
	if (!ix)
		return false;
	CHECK(!index_verify(ix, &e), "%s", e.message);
	CHECK(!ident_key_of(&w->keyring, kind, str_of(value), key), "%s",
		value);
	is_in = index_find(ix, key) == 128;
	index_close(ix);
	return is_in;
}

static void every_form(struct world *w)
{
	struct list_report r;
	struct err e;

	write_list(w,
		STR("\xef\xbb\xbf"
		    "Email\r\n"
		    " Bob@Example.com \r\n"
		    "\r\n"
		    "\"ann@example.com\"\n"
		    "280d7c313fe987a207623cd3f73c044f2483432bd287ced8ba8481a4e4"
		    "2d9211\n"
		    "280D7C313FE987A207623CD3F73C044F2483432BD287CED8BA8481A4E4"
		    "2D9211\n"
		    "mKDnDvwF2inxrKcK1hJN2TRkxPfL6kzNNTtU12eH8Bw=\n"
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b78"
		    "52b855\n"
		    "no address\n"
		    "b\xc3\xbc@example.com"));
	for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++) {
		if (!cpu_path_runs((enum cpu_path)p))
			continue;
		CHECK(!build(w, IDENT_EMAIL, 1, (enum cpu_path)p, &r, &e), "%s",
			e.message);
		CHECK(r.has_heading && r.lines == 7 && r.keys == 5 &&
				r.unreadable == 1 && r.first_unreadable == 9 &&
				r.fault == IDENT_FAULT_AT,
			"lines %d keys %d unreadable %d at %d", (int)r.lines,
			(int)r.keys, (int)r.unreadable,
			(int)r.first_unreadable);
		CHECK(has(w, IDENT_EMAIL, "bob@example.com"), "raw");
		CHECK(has(w, IDENT_EMAIL, "ann@example.com"), "quoted");
		CHECK(has(w, IDENT_EMAIL, "anna.smith@domain.com"), "hex");
		CHECK(has(w, IDENT_EMAIL, "danielle.johnson12@example.com"),
			"Base64");
		CHECK(has(w, IDENT_EMAIL, "B\xc3\x9c@example.com"), "Unicode");
		CHECK(!has(w, IDENT_EMAIL, "eve@example.com"), "nobody else");
	}
}

/* A hex digit's neighbours in ASCII are no hex digits. */
static void not_quite_hex(struct world *w)
{
	static const char bad[] = "/:@G`g \x80";
	char line[66];
	struct list_report r;
	struct err e;

	for (size_t i = 0; i < sizeof bad - 1; i++) {
		size_t at = i * 9;

		memset(line, 'a', 64);
		line[at] = bad[i];
		line[64] = '\n';
		write_list(w, STR("x\n"));
		{
			struct buf b = buf_in(w->a, 1024);

			buf_puts(&b, "ok@example.com\n");
			buf_put(&b, (str){ line, 65 });
			write_list(w, buf_str(&b));
		}
		CHECK(!build(w, IDENT_EMAIL, 1, CPU_BEST, &r, &e) &&
				r.unreadable == 1,
			"0x%02x at %zu", (unsigned char)bad[i], at);
	}
}

static void many(struct world *w, int jobs)
{
	enum { LINES = 150000 };
	struct buf b = buf_in(w->a, 64 << 20);
	struct list_report r;
	struct err e;
	int missing = 0;

	for (int i = 0; i < LINES; i++) {
		char text[64];
		uint8_t digest[SHA256_SIZE];
		int n = snprintf(
			text, sizeof text, "p%d@example.com", i % 100000);

		sha256((str){ text, (size_t)n }, digest);
		if (i % 3 == 0)
			buf_put(&b, hex_of(w->a, digest, sizeof digest));
		else if (i % 3 == 1)
			buf_put(&b, base64_of(w->a, digest, sizeof digest));
		else
			buf_puts(&b, text);
		buf_putc(&b, '\n');
	}
	write_list(w, buf_str(&b));
	CHECK(!build(w, IDENT_EMAIL, jobs, CPU_BEST, &r, &e), "%s", e.message);
	CHECK(r.lines == LINES && r.keys == 100000 && !r.unreadable,
		"%d jobs: lines %d keys %d", jobs, (int)r.lines, (int)r.keys);
	{
		struct index_open_opts o = { .cpu = CPU_BEST };
		struct index *ix;

		CHECK(!index_open(&ix, w->out, &o, &e), "%s", e.message);
		for (int i = 0; i < 100000; i += 7) {
			char text[64];
			uint8_t key[IDENT_KEY_SIZE];

			snprintf(text, sizeof text, "P%d@example.com", i);
			ident_key_of(
				&w->keyring, IDENT_EMAIL, str_of(text), key);
			missing += index_find(ix, key) != 128;
		}
		index_close(ix);
	}
	CHECK(!missing, "%d missing", missing);
}

static void refusals(struct world *w)
{
	static char line[100000];
	struct list_report r;
	struct err e;

	unlink(w->out);
	write_list(w, STR("heading\nalso none\n"));
	CHECK(build(w, IDENT_EMAIL, 1, CPU_BEST, &r, &e) == -1 &&
			strstr(e.message, "no line of the list"),
		"%s", e.message);
	write_list(w, STR(""));
	CHECK(build(w, IDENT_EMAIL, 2, CPU_BEST, &r, &e) == -1 &&
			strstr(e.hint, "right file"),
		"%s", e.hint);
	unlink(w->in);
	CHECK(build(w, IDENT_EMAIL, 1, CPU_BEST, &r, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"%s", e.message);
	memset(line, 'x', sizeof line);
	{
		struct buf b = buf_in(w->a, 4 << 20);

		buf_puts(&b, "a@example.com\n");
		for (int i = 0; i < 20; i++)
			buf_put(&b, (str){ line, sizeof line });
		write_list(w, buf_str(&b));
	}
	CHECK(build(w, IDENT_EMAIL, 1, CPU_BEST, &r, &e) == -1 &&
			strstr(e.message, "line 2: more than"),
		"%s", e.message);
	CHECK(!file_exists(w->out), "no index of a list that failed");
}

/* Threads take pieces of a list; a line is named by its place in all of it. */
static void line_numbers(struct world *w, int jobs)
{
	enum { LINES = 40000, BAD = 30001, LONG = 35000 };
	struct buf b = buf_in(w->a, 8 << 20);
	struct list_report r;
	struct err e;

	for (int i = 1; i <= LINES; i++)
		if (i == BAD || i == BAD + 2 || i == LINES)
			buf_puts(&b, "nobody\n");
		else
			buf_fmt(&b, "a.person.with.a.name.%d@example.com\n", i);
	write_list(w, buf_str(&b));
	CHECK(!build(w, IDENT_EMAIL, jobs, CPU_BEST, &r, &e), "%s", e.message);
	CHECK(r.unreadable == 3 && r.first_unreadable == BAD,
		"%d jobs: %d, the first at %d", jobs, (int)r.unreadable,
		(int)r.first_unreadable);
	b = buf_in(w->a, 8 << 20);
	for (int i = 1; i < LONG; i++)
		buf_fmt(&b, "a.person.with.a.name.%d@example.com\n", i);
	for (int i = 0; i < 600000; i++)
		buf_putc(&b, 'x');
	write_list(w, buf_str(&b));
	CHECK(build(w, IDENT_EMAIL, jobs, CPU_BEST, &r, &e) == -1 &&
			strstr(e.message, "line 35000: more than"),
		"%d jobs: %s", jobs, e.message);
}

static void two_kinds(struct world *w)
{
	struct list_input in[] = { { { .path = w->in }, IDENT_PHONE },
		{ { .path = NULL }, IDENT_EMAIL } };
	struct list_opts o = { .input = in,
		.inputs = 2,
		.out = w->out,
		.keyring = &w->keyring,
		.reasons = 128 };
	struct list_report r;
	struct err e = { 0 };
	char second[80];
	int fd;

	snprintf(second, sizeof second, "%s/b.txt", folder);
	in[1].in.path = second;
	write_list(w, STR("4155559317\n"));
	fd = open(second, O_WRONLY | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0 && !write_all(fd, "a@b.co\nx\n", 9), "write");
	close(fd);
	CHECK(!list_build(&o, &r, &e), "%s", e.message);
	CHECK(r.keys == 2 && r.first_unreadable == 2 && r.unreadable_input == 1,
		"keys %d, line %d of %d", (int)r.keys, (int)r.first_unreadable,
		(int)r.unreadable_input);
	CHECK(has(w, IDENT_PHONE, "4155559317") &&
			has(w, IDENT_EMAIL, "a@b.co"),
		"both kinds in one index");
	unlink(second);
}

static void phones(struct world *w)
{
	struct list_report r;
	struct err e;

	write_list(w, STR("phone\n(415) 555-9317\n+1 212 555 0100\n12\n"));
	CHECK(!build(w, IDENT_PHONE, 1, CPU_BEST, &r, &e), "%s", e.message);
	CHECK(r.keys == 2 && r.unreadable == 1, "keys %d", (int)r.keys);
	CHECK(has(w, IDENT_PHONE, "4155559317"), "a number");
}

int main(void)
{
	static struct world w;

	if (!mkdtemp(folder))
		return 1;
	w.a = arena_new((size_t)1 << 30);
	snprintf(w.in, sizeof w.in, "%s/list.txt", folder);
	snprintf(w.out, sizeof w.out, "%s/list.tyx", folder);
	ident_keyring_init(&w.keyring, secret, CPU_BEST);
	every_form(&w);
	not_quite_hex(&w);
	many(&w, 1);
	many(&w, 3);
	line_numbers(&w, 1);
	line_numbers(&w, 4);
	phones(&w);
	two_kinds(&w);
	refusals(&w);
	unlink(w.in);
	unlink(w.out);
	CHECK(!rmdir(folder), "nothing left");
	arena_free(w.a);
	return CHECK_DONE();
}
