/*
 * Programs as systems, at their worst: what each of them gets for an error is in
 * the table.  That a good one passes the contract is t/connect/run's to show.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "check.h"
#include "connect/program/run.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: program\n"
	"    database: reach crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

enum { TIMEOUT_MS = 1000 };

struct place {
	struct arena *a;
	const char *folder;
	struct map map;
};

static struct place place_new(void)
{
	struct place p = { .a = arena_new(FIXTURE_ARENA_MAX) };

	p.folder = fixture_folder(p.a);
	p.map = fixture_map(p.a, yaml);
	p.map.dir = str_of(p.folder);
	return p;
}

static void write_script(const struct place *p, const char *script, mode_t mode)
{
	struct err e = { 0 };

	if (file_replace(path_join(p->a, p->folder, "reach crm"),
		    str_of(script), mode, &e))
		fixture_die("script", e.message);
}

static int open_it(const struct place *p, struct conn **c, struct err *e)
{
	struct conn_options o = { .mode = CONN_WRITE,
		.timeout_ms = TIMEOUT_MS,
		.credentials_dir = p->folder };

	return conn_open(p->a, &p->map, &p->map.systems[0], &o, c, e);
}

/* What is in one of its files; empty when there is none. */
static str file_in(const struct place *p, const char *name)
{
	struct err e = { 0 };
	str s = { 0 };

	file_read(p->a, path_join(p->a, p->folder, name), 1 << 20, &s, &e);
	return s;
}

static int count(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	size_t *rows = ctx;

	(void)cells;
	(void)n;
	(void)e;
	++*rows;
	return 0;
}

static int look(struct conn *c, size_t *rows, struct err *e)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("email") };
	struct cell value = cell_text(STR("ann@x.example"));
	struct row_query q = { .table = STR("person"),
		.columns = columns,
		.columns_n = 2,
		.where = STR("email"),
		.match = MATCH_IDENT,
		.kind = IDENT_EMAIL,
		.values = &value,
		.values_n = 1 };

	*rows = 0;
	return conn_rows(c, &q, count, rows, e);
}

#define SH "#!/bin/sh\nread -r task\n"
/* Opens well; what it does with other tasks follows. */
#define OPENS \
	SH "case $task in *'\"open\"'*) echo '{\"done\":true}'; exit;; esac\n"
#define ANN  "{\"row\":[1,\"Ann@X.example\",\"Ann@X.example\"]}\\n"
#define DONE "{\"done\":true}\\n"
#define COLUMN                                                                  \
	"{\"column\":{\"table\":\"note\",\"name\":\"id\",\"type\":\"integer\"," \
	"\"key\":true,\"refers\":{\"table\":\"pad\"}}}\\n"

static const struct {
	const char *why;
	const char *script;
	enum err_code code; /* ERR_NONE: it works */
	const char *says;
} looks[] = {
	{ "the plain case", OPENS "printf '" ANN DONE "'", ERR_NONE, "1" },
	{ "nobody there is an answer", OPENS "printf '" DONE "'", ERR_NONE,
		"0" },
	{ "who was not asked for is not handed out",
		OPENS "printf '{\"row\":[2,\"\",\"bob@x.example\"]}\\n" ANN DONE
		      "'",
		ERR_NONE, "1" },
	{ "a last line without its end", OPENS "printf '{\"done\":true}'",
		ERR_NONE, "0" },
	{ "what it says on standard error is its own affair",
		OPENS "echo secret >&2; printf '" ANN DONE "'", ERR_NONE, "1" },
	{ "silence is not \"nobody\"", OPENS "exit 0", ERR_CORRUPT,
		"line 1 of its answer: is missing" },
	{ "half an answer is none", OPENS "printf '" ANN "'", ERR_CORRUPT,
		"line 2 of its answer: is missing" },
	{ "no JSON", OPENS "echo secret ann@x.example", ERR_CORRUPT,
		"line 1 of its answer: JSON line 1" },
	{ "JSON of something else", OPENS "echo '[\"secret\"]'", ERR_CORRUPT,
		"none of \"row\"" },
	{ "a column where rows were asked for",
		OPENS "printf '" ANN COLUMN DONE "'", ERR_CORRUPT,
		"line 2 of its answer: a column, which was not asked for" },
	{ "too few values",
		OPENS "printf '{\"row\":[1,\"secret\"]}\\n" DONE "'",
		ERR_CORRUPT, "a row of 2 values, not 3" },
	{ "no Base64",
		OPENS "printf '{\"row\":[1,{\"base64\":\"secret!\"},\"\"]}\\n'",
		ERR_CORRUPT, "no Base64" },
	{ "more behind the end", OPENS "printf '" DONE ANN "'", ERR_CORRUPT,
		"line 2 of its answer: comes after" },
	{ "an answer, and then a failure",
		OPENS "printf '" ANN DONE "'; exit 3", ERR_UNAVAILABLE,
		"failed with exit status 3" },
	{ "the system is away", OPENS "exit 69", ERR_UNAVAILABLE,
		"did not reach the system (exit status 69)" },
	{ "it forbids", OPENS "exit 76", ERR_CONFLICT, "forbids it" },
	{ "it denies", OPENS "exit 77", ERR_DENIED, "denies it" },
	{ "the map is wrong", OPENS "exit 66", ERR_INVALID,
		"no such table or column" },
	{ "killed", OPENS "kill -KILL $$", ERR_UNAVAILABLE,
		"was ended by signal 9" },
	{ "killed with rows out", OPENS "printf '" ANN "'; kill -SEGV $$",
		ERR_UNAVAILABLE, "signal 11" },
	{ "it hangs", OPENS "sleep 60", ERR_UNAVAILABLE,
		"did not end within 1000 ms and was killed" },
	{ "it hangs after its answer", OPENS "printf '" DONE "'; sleep 60",
		ERR_UNAVAILABLE, "was killed" },
	{ "it shuts its output and hangs",
		OPENS "printf '" DONE "'; exec >&-; sleep 60", ERR_UNAVAILABLE,
		"was killed" },
	{ "a line without end", OPENS "head -c 70000000 /dev/zero | tr '\\0' x",
		ERR_LIMIT, "over 64 MiB" },
};

static void looking(void)
{
	for (size_t i = 0; i < COUNTOF(looks); i++) {
		struct place p = place_new();
		struct conn *c = NULL;
		struct err e = { 0 };
		int64_t wanted;
		size_t rows;
		int rc;

		write_script(&p, looks[i].script, 0700);
		CHECK(!open_it(&p, &c, &e), "%s: %s", looks[i].why, e.message);
		rc = look(c, &rows, &e);
		CHECK(rc == (looks[i].code ? -1 : 0) && e.code == looks[i].code,
			"%s: code %d: %s", looks[i].why, (int)e.code,
			e.message);
		if (rc)
			CHECK(strstr(e.message, looks[i].says) &&
					strstr(e.message,
						"program \"reach crm\""),
				"%s: %s", looks[i].why, e.message);
		else
			CHECK(str_int(str_of(looks[i].says), &wanted) &&
					(int64_t)rows == wanted,
				"%s: %zu rows", looks[i].why, rows);
		CHECK(!strstr(e.message, "secret") &&
				!strstr(e.hint, "secret") &&
				!strstr(e.detail, "secret"),
			"%s: it tells: %s", looks[i].why, e.message);
		arena_free(p.a);
	}
}

static const struct {
	const char *why;
	const char *script;
	enum err_code code; /* ERR_NONE: it works */
	const char *says;
} describes[] = {
	{ "two columns", OPENS "printf '" COLUMN COLUMN DONE "'", ERR_NONE,
		"note.id integer key pad,note.id integer key pad," },
	{ "nothing there", OPENS "printf '" DONE "'", ERR_NONE, "" },
	{ "a column of no table",
		OPENS "printf '{\"column\":{\"name\":\"secret\"}}\n" DONE "'",
		ERR_CORRUPT, "without its table or name" },
	{ "a row", OPENS "printf '" ANN DONE "'", ERR_CORRUPT,
		"a row of 3 values, not 0" },
	{ "half an answer", OPENS "printf '" COLUMN "'", ERR_CORRUPT,
		"line 2 of its answer: is missing" },
	/* Of before there was such a task: said so, with what to do. */
	{ "a program that does not know it", OPENS "exit 64", ERR_INVALID,
		"does not know this task" },
};

static int note(void *ctx, const struct column_fact *f, struct err *e)
{
	(void)e;
	buf_fmt(ctx, "%.*s.%.*s %.*s%s %.*s,", STR_ARG(f->table),
		STR_ARG(f->column), STR_ARG(f->type), f->is_key ? " key" : "",
		STR_ARG(f->refers_table));
	return 0;
}

static void describing(void)
{
	for (size_t i = 0; i < COUNTOF(describes); i++) {
		struct place p = place_new();
		struct buf b = buf_in(p.a, 1000);
		struct conn *c = NULL;
		struct err e = { 0 };
		int rc;

		write_script(&p, describes[i].script, 0700);
		CHECK(!open_it(&p, &c, &e), "%s: %s", describes[i].why,
			e.message);
		rc = conn_describe(c, note, &b, &e);
		CHECK(rc == (describes[i].code ? -1 : 0) &&
				e.code == describes[i].code,
			"%s: %s", describes[i].why, e.message);
		CHECK(rc ? strstr(e.message, describes[i].says) != NULL
			 : str_eq(buf_str(&b), str_of(describes[i].says)),
			"%s: %.*s %s", describes[i].why, STR_ARG(buf_str(&b)),
			e.message);
		CHECK(e.code != ERR_INVALID || strstr(e.hint, "by hand"),
			"%s: %s", describes[i].why, e.hint);
		CHECK(!strstr(e.message, "secret"), "it tells");
		arena_free(p.a);
	}
}

static const struct {
	const char *why;
	const char *script; /* NULL: there is none */
	mode_t mode;
	enum err_code code;
	const char *says;
} opens[] = {
	{ "not there", NULL, 0, ERR_UNAVAILABLE, "No such file" },
	{ "not to be run", SH, 0600, ERR_INVALID,
		"no program that may be run" },
	{ "no #!", "echo '{\"done\":true}'\n", 0700, ERR_INVALID,
		"Exec format error" },
	{ "without its interpreter", "#!/nonexistent/sh\n", 0700, ERR_INVALID,
		"No such file" },
	{ "refuses", SH "exit 64\n", 0700, ERR_INVALID,
		"does not know this task" },
	{ "an interpreter that finds nothing",
		"#!/usr/bin/env nonexistent-sh\n", 0700, ERR_INVALID,
		"lacks its interpreter" },
};

static void opening(void)
{
	for (size_t i = 0; i < COUNTOF(opens); i++) {
		struct place p = place_new();
		struct conn *c;
		struct err e = { 0 };

		if (opens[i].script)
			write_script(&p, opens[i].script, opens[i].mode);
		CHECK(open_it(&p, &c, &e) == -1 && e.code == opens[i].code,
			"%s: code %d: %s", opens[i].why, (int)e.code,
			e.message);
		CHECK(strstr(e.message, opens[i].says) &&
				strstr(e.message, "\"reach crm\""),
			"%s: %s", opens[i].why, e.message);
		arena_free(p.a);
	}
}

/* Where it runs, and with what: its secrets, and nothing else of ours. */
static void surroundings(void)
{
	struct place p = place_new();
	struct conn *c;
	struct err e = { 0 };
	str env;
	int fd = open("/dev/null", O_RDONLY); /* must not be inherited */

	setenv("TOYON_SECRET_CRM", "geheim", 1);
	setenv("TOYON_PASSPHRASE", "geheimer", 1);
	write_script(&p,
		SH "env >env; pwd >pwd; ls -1 /proc/self/fd | wc -l >fds\n"
		   "echo \"$task\" >task; ps -o pgid= -p $$ >group\n"
		   "printf '" DONE "'",
		0700);
	CHECK(!open_it(&p, &c, &e), "%s", e.message);
	env = file_in(&p, "env");
	CHECK(str_find(env, STR("TOYON_SECRET_CRM=geheim\n")) >= 0,
		"no secret");
	CHECK(str_find(env,
		      arena_fmt(p.a, "TOYON_CREDENTIALS=%s\n", p.folder)) >= 0,
		"no folder of secrets");
	CHECK(str_find(env, STR("geheimer")) < 0, "more than its secrets");
	CHECK(str_eq(str_trim(file_in(&p, "pwd")), str_of(p.folder)),
		"not in the map's folder");
	/* 0, 1 (here a file), 2, and the folder that ls reads. */
	CHECK(str_eq(str_trim(file_in(&p, "fds")), STR("4")), "%.*s open",
		STR_ARG(str_trim(file_in(&p, "fds"))));
	CHECK(str_eq(str_trim(file_in(&p, "task")),
		      STR("{\"version\":1,\"task\":\"open\",\"system\":\"crm\","
			  "\"mode\":\"write\",\"timeout_ms\":1000}")),
		"%.*s", STR_ARG(file_in(&p, "task")));
	close(fd);
	unsetenv("TOYON_SECRET_CRM");
	unsetenv("TOYON_PASSPHRASE");
	arena_free(p.a);
}

/* A data map is mostly named from where one stands: the program is run, and finds
 * its secrets, from the map's folder. */
static void from_a_relative_place(void)
{
	struct place p = place_new();
	char here[4096];
	const char *slash = strrchr(p.folder, '/');
	struct conn *c;
	struct err e = { 0 };

	must(getcwd(here, sizeof here) && slash);
	write_script(&p,
		SH "cat \"$TOYON_CREDENTIALS/reach crm\" >found; pwd >pwd\n"
		   "printf '" DONE "'",
		0700);
	must(!chdir(arena_cstr(
		p.a, (str){ p.folder, (size_t)(slash - p.folder) })));
	p.map.dir = str_of(slash + 1);
	p.folder = slash + 1;
	CHECK(!open_it(&p, &c, &e), "%s", e.message);
	CHECK(str_find(file_in(&p, "found"), STR("#!/bin/sh")) == 0,
		"it does not find its secrets");
	CHECK(str_ends(str_trim(file_in(&p, "pwd")), str_of(slash)),
		"not in the map's folder");
	must(!chdir(here));
	arena_free(p.a);
}

/* Ended, but not yet waited for, is ended. */
static bool runs(int64_t pid)
{
	char path[64], text[256] = "";
	int fd;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return false;
	if (read(fd, text, sizeof text - 1) < 0)
		text[0] = '\0';
	close(fd);
	return text[0] && !strstr(text, ") Z ");
}

/* What a program left running is ended with it. */
static void nothing_runs_on(void)
{
	struct place p = place_new();
	struct conn *c;
	struct err e = { 0 };
	int64_t pid = 0, until_ms = clock_mono_ms() + 5000;

	write_script(&p,
		SH "sleep 300 >/dev/null 2>&1 </dev/null &\n"
		   "echo $! >child; printf '" DONE "'",
		0700);
	CHECK(!open_it(&p, &c, &e), "%s", e.message);
	CHECK(str_int(str_trim(file_in(&p, "child")), &pid) && pid > 1,
		"no child");
	while (runs(pid) && clock_mono_ms() < until_ms)
		usleep(10000);
	CHECK(!runs(pid), "its child runs on");
	arena_free(p.a);
}

/* A task larger than a pipe, for a program that reads none of it, and for one
 * that answers before it has read. */
static void large_tasks(void)
{
	static const char *const scripts[] = {
		"#!/bin/sh\nexec <&-\nexit 69\n",
		"#!/bin/sh\nhead -c 300000 /dev/zero | tr '\\0' '\\n' | "
		"sed 's/.*/{\"row\":[1,\"\",\"\"]}/'\ncat >/dev/null\n"
		"echo '{\"done\":true}'\n",
	};
	enum { MANY = 30000 };

	for (size_t i = 0; i < COUNTOF(scripts); i++) {
		struct place p = place_new();
		struct cell *values = arena_many(p.a, struct cell, MANY);
		static const str columns[] = { STR_INIT("id"),
			STR_INIT("email") };
		struct row_query q = { .table = STR("person"),
			.columns = columns,
			.columns_n = 2,
			.where = STR("email"),
			.values = values,
			.values_n = MANY };
		struct conn *c;
		struct err e = { 0 };
		size_t rows = 0;
		int rc;

		for (int k = 0; k < MANY; k++)
			values[k] = cell_text(
				arena_fmt(p.a, "%d@somewhere.example", k));
		write_script(&p, SH "printf '" DONE "'", 0700);
		CHECK(!open_it(&p, &c, &e), "%s", e.message);
		c->timeout_ms = 20000;
		write_script(&p, scripts[i], 0700);
		rc = conn_rows(c, &q, count, &rows, &e);
		CHECK(i ? rc == 0 && rows == 0
			: rc == -1 && e.code == ERR_UNAVAILABLE,
			"%zu: code %d: %s", i, (int)e.code, e.message);
		arena_free(p.a);
	}
}

/* How many rows changed is said for each step, or it is no answer. */
static void changing(void)
{
	static const struct {
		const char *changed;
		enum err_code code;
	} cases[] = {
		{ ",\"changed\":[2]", ERR_NONE },
		{ "", ERR_CORRUPT },
		{ ",\"changed\":[2,0]", ERR_CORRUPT },
		{ ",\"changed\":[-1]", ERR_CORRUPT },
		{ ",\"changed\":[\"2\"]", ERR_CORRUPT },
		{ ",\"changed\":2", ERR_CORRUPT },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct place p = place_new();
		struct cell keys[] = { cell_int(p.a, 7),
			cell_text(STR("x\"")) };
		struct erase_step s = { .table = &p.map.systems[0].tables[0],
			.keys = keys,
			.keys_n = 2 };
		struct conn *c;
		struct err e = { 0 };
		int64_t erased = 0;
		int rc;

		write_script(&p,
			arena_fmt(p.a,
				OPENS "echo \"$task\" >task\n"
				      "echo '{\"done\":true%s}'\n%c",
				cases[i].changed, '\0')
				.p,
			0700);
		CHECK(!open_it(&p, &c, &e), "%s", e.message);
		rc = conn_erase(c, &s, 1, &erased, &e);
		CHECK(rc == (cases[i].code ? -1 : 0) && e.code == cases[i].code,
			"%s: code %d: %s", cases[i].changed, (int)e.code,
			e.message);
		CHECK(rc || erased == 2, "%d rows", (int)erased);
		CHECK(str_find(file_in(&p, "task"),
			      STR("\"steps\":[{\"table\":\"person\",\"key\":"
				  "\"id\",\"keys\":[7,\"x\\\"\"]}]}")) > 0,
			"%.*s", STR_ARG(file_in(&p, "task")));
		arena_free(p.a);
	}
}

int main(void)
{
	opening();
	looking();
	describing();
	surroundings();
	from_a_relative_place();
	nothing_runs_on();
	large_tasks();
	changing();
	return CHECK_DONE();
}
