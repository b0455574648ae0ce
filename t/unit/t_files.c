/*
 * What the contract of connectors (t_connector.c) does not ask of files: their
 * spellings, packing, patterns and links; that what is kept is kept byte for
 * byte; and that a file is replaced once, whole, or not at all.
 */
#include "connect/connector.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <zlib.h>

#include "base/file.h"
#include "check.h"
#include "connect/erase.h"
#include "connect/files/pack.h"
#include "connect/files/rewrite.h"
#include "connect/files/rows.h"
#include "connect/find.h"
#include "t/connect/fixture.h"

#define SYSTEM(connector, tables)        \
	"version: 1\nsystems:\n"         \
	"  - name: lake\n"               \
	"    connector: " connector "\n" \
	"    database: lake\n"           \
	"    tables:\n" tables
#define LEADS(name)                                                             \
	"      - name: \"" name "\"\n        key: id\n"                         \
	"        columns: [ { name: id }, { name: email, identifies: email }, " \
	"{ name: note } ]\n        erase: delete\n"
#define NO_KEY(name)                                              \
	"      - name: \"" name "\"\n"                            \
	"        columns: [ { name: email, identifies: email }, " \
	"{ name: note } ]\n        erase: delete\n"

static struct fixture lake(const char *yaml)
{
	struct fixture f = { .a = arena_new(FIXTURE_ARENA_MAX) };

	f.map = fixture_map(f.a, yaml);
	f.system = &f.map.systems[0];
	f.url = fixture_folder(f.a);
	f.conn = fixture_connect(&f, CONN_WRITE, 0);
	return f;
}

static const char *path_in(struct fixture *f, const char *name)
{
	return path_join(f->a, f->url, name);
}

static void put(struct fixture *f, const char *name, str content)
{
	struct err e = { 0 };

	if (file_replace(path_in(f, name), content, 0640, &e) < 0)
		fixture_die(name, e.message);
}

static str content(struct fixture *f, const char *name)
{
	str out;
	struct err e = { 0 };

	if (file_read(f->a, path_in(f, name), 64 << 20, &out, &e) < 0)
		fixture_die(name, e.message);
	return out;
}

#define IS(got, want)                                           \
	do {                                                    \
		str is_got = (got);                             \
		CHECK(str_eq(is_got, str_of(want)), "got %.*s", \
			STR_ARG(is_got));                       \
	} while (0)
#define FAILS(call, want_code, part)                                    \
	do {                                                            \
		struct err fails_e = { 0 };                             \
		int fails_rc = (call);                                  \
		CHECK(fails_rc == -1 && fails_e.code == (want_code) &&  \
				strstr(fails_e.message, part),          \
			"%d, code %d: %s", fails_rc, (int)fails_e.code, \
			fails_e.message);                               \
	} while (0)

/* The rows that a look-up finds: the asked columns with "|", rows with "\n". */
struct seen {
	struct buf b;
	int rows;
};

static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct seen *s = ctx;

	(void)e;
	s->rows++;
	for (size_t i = 0; i < n; i++) {
		buf_puts(&s->b, i ? "|" : "");
		if (cells[i].type == CELL_NULL)
			buf_puts(&s->b, "-");
		buf_put(&s->b, cells[i].v.v);
	}
	buf_putc(&s->b, '\n');
	return 0;
}

static int look(struct fixture *f, size_t table, const char *email, str *out,
	struct err *e)
{
	const struct map_table *t = &f->system->tables[table];
	struct seen s = { .b = buf_in(f->a, 1 << 20) };
	struct cell v = cell_text(str_of(email));
	str columns[16];
	struct row_query q = { .table = t->name,
		.columns = columns,
		.columns_n = t->columns_n,
		.where = STR("email"),
		.match = MATCH_IDENT,
		.kind = IDENT_EMAIL,
		.values = &v,
		.values_n = 1,
		.is_all = !email,
		.cell_max = 100 };
	int rc;

	for (size_t i = 0; i < t->columns_n; i++)
		columns[i] = t->columns[i].name;
	rc = conn_rows(f->conn, &q, take, &s, e);
	*out = buf_str(&s.b);
	return rc;
}

static str found(struct fixture *f, const char *email)
{
	struct err e = { 0 };
	str out;

	if (look(f, 0, email, &out, &e) < 0)
		return arena_fmt(f->a, "%s: %s", err_name(e.code), e.message);
	return out;
}

static int look_only(struct fixture *f, struct err *e)
{
	str out;

	return look(f, 0, "a@x.example", &out, e);
}

/* Deletes the rows of that key; -1 is in *e. */
static int64_t delete_key(struct fixture *f, const char *key, struct err *e)
{
	struct cell k = cell_text(str_of(key));
	struct erase_step s = {
		.table = &f->system->tables[0], .keys = &k, .keys_n = 1
	};
	int64_t n = 0;

	return conn_erase(f->conn, &s, 1, &n, e) < 0 ? -1 : n;
}

static int64_t deleted(struct fixture *f, const char *key)
{
	struct err e = { 0 };
	int64_t n = delete_key(f, key, &e);

	CHECK(n >= 0, "%s", e.message);
	return n;
}

/* Nothing of ours lies beside the files but the lock. */
static bool is_tidy(struct fixture *f)
{
	DIR *d = opendir(f->url);
	struct dirent *entry;
	bool is_fine = true;

	must(d != NULL);
	while ((entry = readdir(d)))
		if (entry->d_name[0] == '.' && strcmp(entry->d_name, ".") &&
			strcmp(entry->d_name, "..") &&
			strcmp(entry->d_name, ".toyon.lock"))
			is_fine = false;
	closedir(d);
	return is_fine;
}

struct spelling {
	const char *why;
	const char *before;
	const char *found; /* of a@x.example */
	const char *after; /* without key 2 */
};

static const struct spelling csv_spellings[] = {
	{ "plain", "id,email,note\n1,b@x.example,n\n2,A@x.example,m\n3,,\n",
		"2|A@x.example|m\n", "id,email,note\n1,b@x.example,n\n3,,\n" },
	{ "semicolons", "id;email;note\n1;b@x.example;n,n\n2;a@x.example;m\n",
		"2|a@x.example|m\n", "id;email;note\n1;b@x.example;n,n\n" },
	{ "tabs, and other columns in another order",
		"note\tz\temail\tid\nn\t\tb@x.example\t1\nm\t\ta@x.example\t2\n",
		"2|a@x.example|m\n",
		"note\tz\temail\tid\nn\t\tb@x.example\t1\n" },
	{ "CRLF and a BOM",
		"\xef\xbb\xbfid,note,email\r\n1,n,b@x.example\r\n"
		"2,m,a@x.example\r\n3,\"\",c@x.example\r\n",
		"2|a@x.example|m\n",
		"\xef\xbb\xbfid,note,email\r\n1,n,b@x.example\r\n"
		"3,\"\",c@x.example\r\n" },
	{ "quotes, line ends in them, doubled quotes",
		"\"id\",\"email\",\"note\"\n\"1\",b@x.example,\"a\n\"\"b\"\"\"\n"
		"\"2\",\"a@x.example\",\"c,\n\nd\"\n3,\"c\",\"\"\n",
		"2|a@x.example|c,\n\nd\n",
		"\"id\",\"email\",\"note\"\n\"1\",b@x.example,\"a\n\"\"b\"\"\"\n"
		"3,\"c\",\"\"\n" },
	{ "no line end at the end, kept",
		"id,email,note\n2,a@x.example,m\n1,b@x.example,n",
		"2|a@x.example|m\n", "id,email,note\n1,b@x.example,n" },
	{ "no line end at the end, deleted",
		"id,email,note\n1,b@x.example,n\n2,a@x.example,m",
		"2|a@x.example|m\n", "id,email,note\n1,b@x.example,n\n" },
	{ "blank lines are kept and no rows",
		"id,email,note\n\n1,b@x.example,n\n\n2,a@x.example,m\n\n",
		"2|a@x.example|m\n", "id,email,note\n\n1,b@x.example,n\n\n\n" },
	{ "bytes that are no UTF-8",
		"id,email,note\n1,b@x.example,\xff\xfe\n2,a@x.example,m\xe9\n",
		"2|a@x.example|m\xe9\n",
		"id,email,note\n1,b@x.example,\xff\xfe\n" },
	{ "only a header", "id,email,note\n", "", "id,email,note\n" },
};

static const struct spelling jsonl_spellings[] = {
	{ "plain",
		"{\"id\":1,\"email\":\"b@x.example\",\"note\":null}\n"
		"{ \"note\" : \"m\" , \"email\" : \"a@x.example\" , \"id\" : 2 "
		"}\n",
		"2|a@x.example|m\n",
		"{\"id\":1,\"email\":\"b@x.example\",\"note\":null}\n" },
	{ "escapes, nesting, CRLF, blank lines, no line end",
		"{\"id\":\"1\",\"email\":\"b@x.example\",\"note\":{\"email\":"
		"\"a@x.example\"}}\r\n\r\n"
		"{\"id\":\"2\",\"email\":\"\\u0061\\u0040x.example\","
		"\"note\":\"\\\"\\ud83d\\ude00\\u00e9\\n\"}\r\n"
		"{\"id\":3,\"email\":\"c\",\"note\":[1,{\"id\":2}]}",
		"2|a@x.example|\"\xf0\x9f\x98\x80\xc3\xa9\n\n",
		"{\"id\":\"1\",\"email\":\"b@x.example\",\"note\":{\"email\":"
		"\"a@x.example\"}}\r\n\r\n"
		"{\"id\":3,\"email\":\"c\",\"note\":[1,{\"id\":2}]}" },
	{ "a BOM, numbers and bytes that are no UTF-8",
		"\xef\xbb\xbf{\"id\":2,\"email\":\"a@x.example\",\"note\":1.50}\n"
		"{\"id\":20,\"email\":\"\xff\",\"note\":true}\n",
		"2|a@x.example|1.50\n",
		"\xef\xbb\xbf{\"id\":20,\"email\":\"\xff\",\"note\":true}\n" },
};

static void spellings_of(const char *yaml, const struct spelling *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct spelling *s = &all[i];
		struct fixture f = lake(yaml);
		bool is_there = s->found[0] != '\0';
		str got;

		put(&f, "leads", str_of(s->before));
		got = found(&f, "a@x.example");
		CHECK(str_eq(got, str_of(s->found)), "%s: found %.*s", s->why,
			STR_ARG(got));
		CHECK(deleted(&f, "77") == 0, "%s: a key of nobody", s->why);
		got = content(&f, "leads");
		CHECK(str_eq(got, str_of(s->before)), "%s: %.*s", s->why,
			STR_ARG(got));
		CHECK(deleted(&f, "2") == is_there, "%s", s->why);
		got = content(&f, "leads");
		CHECK(str_eq(got, str_of(s->after)), "%s: %.*s", s->why,
			STR_ARG(got));
		CHECK(deleted(&f, "2") == 0, "%s: twice", s->why);
		CHECK(is_tidy(&f), "%s: something is left", s->why);
		fixture_close(&f);
	}
}

static void spellings(void)
{
	spellings_of(SYSTEM("csv", LEADS("leads")), csv_spellings,
		COUNTOF(csv_spellings));
	spellings_of(SYSTEM("jsonl", LEADS("leads")), jsonl_spellings,
		COUNTOF(jsonl_spellings));
}

struct damaged {
	const char *why;
	const char *connector;
	str content;
	const char *text;
};

static const struct damaged damages[] = {
	{ "a NUL", "csv", STR_INIT("id,email,note\n1,,\n2,a\0b,\n"),
		"\"leads\": line 3: a NUL byte" },
	{ "a stray quote", "csv", STR_INIT("id,email,note\n1,a\"b,\n"),
		"line 2: a quote inside" },
	{ "an open quote", "csv", STR_INIT("id,email,note\n1,,\n2,\"a,\n"),
		"the file ends inside quotes" },
	{ "too few cells", "csv",
		STR_INIT("id,email,note\n1,\"a\n\nb\",\n2,x\n3,,\n"),
		"line 5: fewer cells" },
	{ "too many cells", "csv", STR_INIT("id,email,note\n1,,,,\n"),
		"line 2: more cells" },
	{ "half an object", "jsonl",
		STR_INIT("{\"id\":1,\"email\":null,\"note\":1}\n{\"id\":2\n"),
		"line 2: not one JSON object" },
	{ "a list for a row", "jsonl", STR_INIT("[]\n"), "line 1: not one" },
	{ "a NUL in JSON", "jsonl", STR_INIT("{\"id\":\"\0\"}\n"),
		"line 1: not one" },
	{ "a member twice", "jsonl",
		STR_INIT("{\"id\":1,\"email\":\"x\",\"email\":\"y\"}\n"),
		"line 1: a member that the data map names stands twice" },
	{ "a damaged gzip", "csv", STR_INIT("\x1f\x8b\x08\x00garbage here"),
		"compressed data is damaged" },
};

static void damaged_files(void)
{
	for (size_t i = 0; i < COUNTOF(damages); i++) {
		const struct damaged *d = &damages[i];
		bool is_csv = !strcmp(d->connector, "csv");
		struct fixture f =
			lake(is_csv ? SYSTEM("csv", LEADS("leads"))
				    : SYSTEM("jsonl", LEADS("leads")));

		put(&f, "leads", d->content);
		FAILS(look_only(&f, &fails_e), ERR_CORRUPT, d->text);
		if (strcmp(d->why, "a member twice"))
			FAILS((int)delete_key(&f, "1", &fails_e), ERR_CORRUPT,
				d->text);
		CHECK(str_eq(content(&f, "leads"), d->content), "%s: changed",
			d->why);
		CHECK(is_tidy(&f), "%s: something is left", d->why);
		fixture_close(&f);
	}
}

static void columns_that_are_missing(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("leads")));

	put(&f, "leads", STR("id,mail,note\n1,,\n"));
	FAILS(look_only(&f, &fails_e), ERR_INVALID,
		"system \"lake\": table \"leads\": \"leads\": no column is "
		"called \"email\"");
	put(&f, "leads", STR("id,email,note,email\n1,,,\n"));
	FAILS(look_only(&f, &fails_e), ERR_INVALID, "more than one column");
	fixture_close(&f);
	f = lake(SYSTEM("jsonl", LEADS("leads")));
	put(&f, "leads", STR("{\"id\":1,\"email\":\"a@x.example\"}\n"));
	FAILS(look_only(&f, &fails_e), ERR_INVALID,
		"no row has a member \"note\"");
	put(&f, "leads", STR(""));
	IS(found(&f, "a@x.example"), "");
	put(&f, "leads",
		STR("{\"id\":1,\"note\":2,\"email\":[\"a@x.example\"]}\n"));
	FAILS(look_only(&f, &fails_e), ERR_INVALID,
		"line 1: a list or an object where a value is looked for");
	fixture_close(&f);
	f = lake(SYSTEM("csv",
		"      - name: \"*.csv\"\n        key: id\n"
		"        columns: [ { name: email, identifies: email, optional: "
		"true } ]\n        erase: delete\n"));
	put(&f, "old.csv", STR("id\n1\n"));
	put(&f, "new.csv", STR("id,email\n2,a@x.example\n"));
	IS(found(&f, "a@x.example"), "a@x.example|2\n");
	IS(found(&f, NULL), "a@x.example|2\n-|1\n");
	fixture_close(&f);
}

static int next_one(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	static const struct cell cell = { .type = CELL_TEXT,
		.v = { { "9", 1 } } };
	int *left = ctx;

	(void)e;
	*table = 0;
	*cells = &cell;
	return (*left)-- > 0;
}

static int add_one(struct fixture *f, struct err *e)
{
	str id = STR("id");
	struct insert_table t = { f->system->tables[0].name, &id, 1 };
	int64_t added = 0;
	int left = 1;

	return conn_insert(f->conn, &t, 1, next_one, &left, &added, e);
}

/* An hour ago somebody wrote it for the last time. */
static void settle(struct fixture *f, const char *name)
{
	struct timespec then[2] = { { .tv_sec = time(NULL) - 3600 } };

	then[1] = then[0];
	must(!utimensat(AT_FDCWD, path_in(f, name), then, 0));
}

/* A file of no bytes has nobody in it. */
static void empty_files(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("p-*")));
	struct err e = { 0 };
	str out;

	put(&f, "p-1", STR("id,email,note\n1,a@x.example,n\n"));
	put(&f, "p-2", STR(""));
	/* Who writes it anew in its place has emptied it, and is not done. */
	FAILS(look_only(&f, &fails_e), ERR_UNAVAILABLE,
		"\"p-2\": the file is empty");
	settle(&f, "p-2");
	put(&f, "p-3", STR("id,email,note\n2,a@x.example,m\n"));
	IS(found(&f, "a@x.example"), "1|a@x.example|n\n2|a@x.example|m\n");
	CHECK(deleted(&f, "2") == 1, "not deleted");
	IS(content(&f, "p-2"), "");
	IS(content(&f, "p-3"), "id,email,note\n");
	put(&f, "p-1", STR(""));
	put(&f, "p-3", STR(""));
	settle(&f, "p-1");
	settle(&f, "p-3");
	IS(found(&f, "a@x.example"), "");
	fixture_close(&f);
	f = lake(SYSTEM("csv", LEADS("leads")));
	put(&f, "leads", STR(""));
	settle(&f, "leads");
	IS(found(&f, "a@x.example"), "");
	/* No header says where the cells of a row would go. */
	FAILS(add_one(&f, &fails_e), ERR_INVALID,
		"\"leads\": the file is empty: it has no header");
	/* A line end is something: whose header is it? */
	put(&f, "leads", STR("\n"));
	FAILS(look_only(&f, &fails_e), ERR_INVALID, "line 1: no header");
	fixture_close(&f);
	f = lake(SYSTEM("csv", LEADS("p-*")));
	put(&f, "p-1", STR("id,email,note\n1,a@x.example,n\n"));
	put(&f, "p-2", STR("\xff\xfei\0d\0"));
	/* One that can't be read is not one where nobody is. */
	CHECK(look(&f, 0, "a@x.example", &out, &e) < 0 &&
			strstr(e.message, "\"p-2\": the file is UTF-16") &&
			strstr(e.hint, "iconv"),
		"%s; %s", e.message, e.hint);
	put(&f, "p-2", STR("id,email,note\n2,b,\0\n"));
	CHECK(look(&f, 0, "a@x.example", &out, &e) < 0 &&
			strstr(e.message, "\"p-2\": line 2: a NUL byte") &&
			strstr(e.hint, "mend the file"),
		"%s; %s", e.message, e.hint);
	fixture_close(&f);
}

static void nested_members(void)
{
	static const char yaml[] = SYSTEM("jsonl",
		"      - name: leads.jsonl\n        key: meta.id\n"
		"        columns: [ { name: email, identifies: email },"
		" { name: who.name } ]\n"
		"        links: [ { column: who.boss, to: "
		"leads.jsonl.meta.id } ]\n        erase: delete\n");
	struct fixture f = lake(yaml);
	const struct map_table *t = &f.system->tables[0];
	struct cell two = cell_text(STR("2")), one = cell_int(f.a, 1);
	struct erase_step s = { .table = t,
		.keys = &two,
		.keys_n = 1,
		.unlink = &t->columns[t->links[0].column],
		.targets = &one,
		.targets_n = 1 };
	int64_t n = 0;
	struct err e = { 0 };

	put(&f, "leads.jsonl",
		STR("{\"meta\":{\"id\":1},\"email\":\"b@x.example\"}\n"
		    "{\"email\":\"a@x.example\",\"who\":{\"name\":\"A \\u00e9\","
		    "\"boss\": 1 },\"meta\":{\"x\":{\"id\":9},\"id\":2}}\n"
		    "{\"meta.id\":3,\"who.boss\":2,\"email\":\"c\"}\n"));
	IS(found(&f, "a@x.example"), "a@x.example|A \xc3\xa9|2|1\n");
	CHECK(!conn_erase(f.conn, &s, 1, &n, &e) && n == 1, "%s", e.message);
	IS(content(&f, "leads.jsonl"),
		"{\"meta\":{\"id\":1},\"email\":\"b@x.example\"}\n"
		"{\"email\":\"a@x.example\",\"who\":{\"name\":\"A \\u00e9\","
		"\"boss\": null },\"meta\":{\"x\":{\"id\":9},\"id\":2}}\n"
		"{\"meta.id\":3,\"who.boss\":2,\"email\":\"c\"}\n");
	CHECK(deleted(&f, "3") == 1, "a path as one name");
	fixture_close(&f);
}

/* Unlinking two cells of a row, of which one is quoted. */
static void emptied_cells(void)
{
	static const char yaml[] = SYSTEM("csv",
		"      - name: calls\n        key: id\n"
		"        columns: [ { name: email, identifies: email } ]\n"
		"        links:\n"
		"          - { column: a, to: calls.id, shared: true }\n"
		"          - { column: b, to: calls.id, shared: true }\n"
		"        erase: delete\n");
	struct fixture f = lake(yaml);
	const struct map_table *t = &f.system->tables[0];
	struct cell key = cell_int(f.a, 1), gone = cell_int(f.a, 7);
	struct erase_step s[3] = { { .table = t,
		.keys = &key,
		.keys_n = 1,
		.unlink = &t->columns[t->links[1].column],
		.targets = &gone,
		.targets_n = 1 } };
	int64_t n[3];
	struct err e = { 0 };

	s[1] = s[2] = s[0];
	s[1].unlink = &t->columns[t->links[0].column];
	put(&f, "calls", STR("a,id,email,b\n\"7\",1,x,7\n7,2,y,7\n"));
	CHECK(!conn_erase(f.conn, s, 3, n, &e), "%s", e.message);
	CHECK(n[0] == 1 && n[1] == 1, "%d, %d", (int)n[0], (int)n[1]);
	IS(content(&f, "calls"), "a,id,email,b\n,1,x,\n7,2,y,7\n");
	fixture_close(&f);
}

/*
 * Corrections are written as the file writes: quotes where the separator is in
 * the value, a member's own place in a line; the rest of the row byte by byte.
 */
static void cells_are_set(void)
{
	static const char yaml[] = SYSTEM("csv",
		"      - name: people\n        key: id\n"
		"        columns: [ { name: email, identifies: email },"
		" { name: name }, { name: zip } ]\n        erase: delete\n");
	struct fixture f = lake(yaml);
	const struct map_table *t = &f.system->tables[0];
	struct cell key = cell_int(f.a, 1);
	struct step_set name[] = {
		{ &t->columns[map_column_index(t, STR("zip"))],
			cell_text(STR("")), FORM_LOOK },
		{ &t->columns[map_column_index(t, STR("name"))],
			cell_text(STR("Li; \"Bo\"")), FORM_LOOK },
	};
	struct step_set other = { name[1].column, cell_text(STR("Bo")),
		FORM_LOOK };
	struct erase_step s[2] = { { .table = t,
		.keys = &key,
		.keys_n = 1,
		.set = name,
		.set_n = 2 } };
	int64_t n[2];
	struct err e = { 0 };

	put(&f, "people",
		STR("id;name;email;zip\r\n2;x;y;\r\n1;\"a;b\";c;94607\r\n"));
	CHECK(!conn_erase(f.conn, s, 1, n, &e) && n[0] == 1, "%s", e.message);
	IS(content(&f, "people"), "id;name;email;zip\r\n2;x;y;\r\n"
				  "1;\"Li; \"\"Bo\"\"\";c;\"\"\r\n");
	/* Two steps about one cell: the later one's word holds. */
	s[1] = s[0];
	s[1].set = &other;
	s[1].set_n = 1;
	CHECK(!conn_erase(f.conn, s, 2, n, &e), "%s", e.message);
	IS(content(&f, "people"),
		"id;name;email;zip\r\n2;x;y;\r\n1;Bo;c;\"\"\r\n");
	fixture_close(&f);
}

/* A line has what it has: a member is replaced, none is invented. */
static void members_are_set(void)
{
	static const char yaml[] = SYSTEM("jsonl",
		"      - name: people.jsonl\n        key: id\n"
		"        columns: [ { name: email, identifies: email },"
		" { name: who.name } ]\n        erase: delete\n");
	struct fixture f = lake(yaml);
	const struct map_table *t = &f.system->tables[0];
	struct cell keys[] = { cell_int(f.a, 1), cell_int(f.a, 2) };
	struct step_set set = {
		&t->columns[map_column_index(t, STR("who.name"))],
		cell_text(STR("Li \"Bo\"")), FORM_LOOK
	};
	struct erase_step s = {
		.table = t, .keys = keys, .keys_n = 1, .set = &set, .set_n = 1
	};
	int64_t n = 0;
	struct err e = { 0 };

	put(&f, "people.jsonl",
		STR("{ \"id\":1, \"who\": {\"name\" : null,\"x\":2} }\n"
		    "{\"id\":2}\n"));
	CHECK(!conn_erase(f.conn, &s, 1, &n, &e) && n == 1, "%s", e.message);
	IS(content(&f, "people.jsonl"),
		"{ \"id\":1, \"who\": {\"name\" : \"Li \\\"Bo\\\"\","
		"\"x\":2} }\n{\"id\":2}\n");
	s.keys_n = 2;
	CHECK(conn_erase(f.conn, &s, 1, &n, &e) == -1, "nothing to replace");
	CHECK(e.code == ERR_CONFLICT, "code %d: %s", (int)e.code, e.message);
	set.value = (struct cell){ .type = CELL_NULL };
	CHECK(!conn_erase(f.conn, &s, 1, &n, &e) && n == 2, "%s", e.message);
	IS(content(&f, "people.jsonl"),
		"{ \"id\":1, \"who\": {\"name\" : null,\"x\":2} }\n"
		"{\"id\":2}\n");
	fixture_close(&f);
}

static str packed(struct arena *a, const char *how, str text)
{
	char *path = arena_cstr(a, STR("/tmp/t_files.XXXXXX"));
	int fd = mkstemp(path);
	struct packer *p = packer_open(a, fd, packing_of_name(str_of(how)));
	struct err e = { 0 };
	str out;

	must(!packer_put(p, text, &e) && !packer_end(p, &e));
	must(!file_read(a, path, 64 << 20, &out, &e));
	close(fd);
	unlink(path);
	return out;
}

static void packed_files(void)
{
	static const char *const hows[] = { "x.gz", "x.zst" };

	for (size_t i = 0; i < COUNTOF(hows); i++) {
		struct fixture f = lake(SYSTEM("csv", LEADS("leads-*")));
		str parts[3] = {
			packed(f.a, hows[i], STR("id,email,note\n1,b@x.exam")),
			packed(f.a, hows[i], STR("ple,n\n2,a@x.example,m\n")),
		};
		str got;

		put(&f, "leads-1", arena_join(f.a, parts, 2, (str){ 0 }));
		put(&f, "leads-2", STR("id,email,note\n3,a@x.example,\n"));
		IS(found(&f, "a@x.example"),
			"2|a@x.example|m\n3|a@x.example|-\n");
		CHECK(deleted(&f, "2") == 1, "not deleted");
		got = content(&f, "leads-1");
		CHECK(str_eq(str_head(got, 4), str_head(parts[0], 4)) ||
				(i == 0 && str_starts(got, STR("\x1f\x8b"))),
			"%s: no longer packed", hows[i]);
		IS(found(&f, NULL), "1|b@x.example|n\n3|a@x.example|-\n");
		IS(content(&f, "leads-2"), "id,email,note\n3,a@x.example,\n");
		put(&f, "leads-1", str_head(parts[1], parts[1].n - 3));
		FAILS(look_only(&f, &fails_e), ERR_CORRUPT, "cut short");
		fixture_close(&f);
	}
}

/* Rows that only their bytes tell apart. */
static void no_key(void)
{
	struct fixture f = lake(SYSTEM("csv", NO_KEY("*.csv")));
	struct ident id;
	struct finding got, again;
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = &id, .ids_n = 1 };
	struct erase_result r;
	struct err e = { 0 };

	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, STR("a@x.example")));
	put(&f, "1.csv",
		STR("email,note\na@x.example,1\nb@x.example,1\na@x.example,1\n"
		    "A@x.example,1\r\n"));
	put(&f, "2.csv", STR("note,email\n1,a@x.example\n2,b@x.example\n"));
	put(&f, "3.csv", STR("email,note\na@x.example,1\n"));
	CHECK(!find_person(f.conn, f.a, &id, 1, NULL, &got, &e), "%s",
		e.message);
	CHECK(got.rows_n == 4, "%zu rows: equal ones of a file are one",
		got.rows_n);
	erase_plan_of(f.a, &got, false, &plan);
	/* The others move, and one that was not found comes. */
	put(&f, "1.csv",
		STR("email,note\nc@x.example,\na@x.example,1\nb@x.example,1\n"
		    "a@x.example,1\nA@x.example,1\na@x.example,2\n"));
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e), "%s", e.message);
	CHECK(r.planned == 4 && r.gone == 4 && r.erased == 5 && r.left == 1 &&
			!r.is_proven,
		"gone %d, erased %d, left %d", (int)r.gone, (int)r.erased,
		(int)r.left);
	IS(content(&f, "1.csv"),
		"email,note\nc@x.example,\nb@x.example,1\na@x.example,2\n");
	IS(content(&f, "2.csv"), "note,email\n2,b@x.example\n");
	IS(content(&f, "3.csv"), "email,note\n");
	CHECK(!find_person(f.conn, f.a, &id, 1, NULL, &again, &e), "%s",
		e.message);
	erase_plan_of(f.a, &again, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && r.is_proven, "%s",
		e.message);
	fixture_close(&f);
}

/* With the last row that had a member goes the member: what was there when the person was
 * searched for is asked for again, and is no mistake of the map. */
static void the_last_that_had_it(void)
{
	struct fixture f = lake(SYSTEM("jsonl", LEADS("leads")));
	struct ident id;
	struct finding got;
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = &id, .ids_n = 1 };
	struct erase_result r;
	struct err e = { 0 };

	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, STR("a@x.example")));
	put(&f, "leads",
		STR("{\"id\":1,\"email\":\"a@x.example\",\"note\":\"x\"}\n"
		    "{\"id\":2,\"email\":\"b@x.example\"}\n"));
	CHECK(!find_person(f.conn, f.a, &id, 1, NULL, &got, &e) &&
			got.rows_n == 1,
		"%s", e.message);
	erase_plan_of(f.a, &got, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && r.is_proven && r.gone == 1,
		"%s", e.message);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && r.is_proven,
		"nor when it is run again: %s", e.message);
	IS(content(&f, "leads"), "{\"id\":2,\"email\":\"b@x.example\"}\n");
	FAILS(look_only(&f, &fails_e), ERR_INVALID,
		"no row has a member \"note\"");
	fixture_close(&f);
}

static void a_key_twice(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("leads-*")));

	put(&f, "leads-1", STR("id,email,note\n1,a@x.example,\n2,b,\n"));
	put(&f, "leads-2", STR("id,email,note\n\n\n1,c@x.example,\n2,d,\n"));
	FAILS((int)delete_key(&f, "1", &fails_e), ERR_CONFLICT,
		"\"leads-2\": line 4: the key of a row that is to go");
	IS(content(&f, "leads-1"), "id,email,note\n1,a@x.example,\n2,b,\n");
	CHECK(is_tidy(&f), "something is left");
	fixture_close(&f);
}

static void names_and_links(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("y=20*/part-?.csv")));
	str row = STR("id,email,note\n1,a@x.example,\n");
	struct err e = { 0 };

	must(!dir_make(path_in(&f, "y=2024"), 0755, &e));
	must(!dir_make(path_in(&f, "y=2025"), 0755, &e));
	must(!dir_make(path_in(&f, "y=1999"), 0755, &e));
	FAILS(look_only(&f, &fails_e), ERR_INVALID, "no such file");
	put(&f, "y=1999/part-1.csv", STR("not read"));
	put(&f, "y=2024/part-10.csv", STR("not read"));
	put(&f, "y=2024/.part-1.csv", STR("not read"));
	put(&f, "y=2024/part-1.csv", row);
	put(&f, "y=2025/part-2.csv", STR("id,email,note\n2,a@x.example,\n"));
	IS(found(&f, "a@x.example"), "1|a@x.example|-\n2|a@x.example|-\n");
	CHECK(deleted(&f, "2") == 1, "in a folder");
	IS(content(&f, "y=2025/part-2.csv"), "id,email,note\n");
	IS(content(&f, "y=2024/part-1.csv"), row.p);
	must(!symlink("part-1.csv", path_in(&f, "y=2024/part-2.csv")));
	FAILS(look_only(&f, &fails_e), ERR_INVALID,
		"\"y=2024/part-2.csv\" is a symbolic link");
	FAILS((int)delete_key(&f, "1", &fails_e), ERR_INVALID,
		"is a symbolic link");
	must(!unlink(path_in(&f, "y=2024/part-2.csv")));
	must(!symlink("/etc", path_in(&f, "y=2026")));
	FAILS(look_only(&f, &fails_e), ERR_INVALID, "\"y=2026\" is a symbolic");
	must(!unlink(path_in(&f, "y=2026")));
	must(!link(path_in(&f, "y=2024/part-1.csv"), path_in(&f, "copy")));
	FAILS((int)delete_key(&f, "1", &fails_e), ERR_CONFLICT,
		"a second name");
	IS(content(&f, "y=2024/part-1.csv"), row.p);
	fixture_close(&f);
}

/* `database:` is a file: the folder's others are not there. */
static void one_file(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("*")));
	struct conn_options o = { .mode = CONN_WRITE };

	put(&f, "one.csv", STR("id,email,note\n1,a@x.example,\n"));
	put(&f, "two.csv", STR("id,email,note\n2,a@x.example,\n"));
	IS(found(&f, "a@x.example"), "1|a@x.example|-\n2|a@x.example|-\n");
	f.url = path_in(&f, "one.csv");
	f.conn = fixture_connect(&f, o.mode, 0);
	IS(found(&f, "a@x.example"), "1|a@x.example|-\n");
	fixture_close(&f);
}

static void owner_and_mode(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("leads")));
	struct stat before, after;

	put(&f, "leads", STR("id,email,note\n1,a@x.example,\n"));
	must(!chmod(path_in(&f, "leads"), 02664));
	if (!geteuid())
		must(!chown(path_in(&f, "leads"), 12345, 23456));
	must(!chmod(path_in(&f, "leads"), 02664));
	must(!stat(path_in(&f, "leads"), &before));
	CHECK(deleted(&f, "1") == 1, "not deleted");
	must(!stat(path_in(&f, "leads"), &after));
	CHECK(before.st_ino != after.st_ino, "not replaced");
	CHECK(before.st_mode == after.st_mode, "mode %o", after.st_mode);
	CHECK(before.st_uid == after.st_uid && before.st_gid == after.st_gid,
		"owner %u:%u", after.st_uid, after.st_gid);
	fixture_close(&f);
}

static void changed_by_someone_else(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("leads")));
	int fd, folder = open(f.url, O_RDONLY | O_DIRECTORY);
	struct rewrite w;
	struct stat old;
	struct staged *s;
	struct err e = { 0 };

	put(&f, "leads", STR("id,email,note\n1,a@x.example,\n"));
	put(&f, "other", STR("old\n"));
	must(!rewrite_begin(f.a, folder, 100, &w, &e));
	for (int i = 0; i < 2; i++) {
		const char *path = i ? "leads" : "other";

		fd = rewrite_open(&w, path, &old, &e);
		must(fd >= 0);
		must(!rewrite_stage(&w, f.a, path, fd, &old, &s, &e));
		must(!packer_put(s->out, STR("new\n"), &e));
		must(!rewrite_close(s, &e));
		close(fd);
	}
	fd = open(path_in(&f, "leads"), O_WRONLY | O_APPEND);
	must(!write_all(fd, "2,b,\n", 5));
	close(fd);
	FAILS(rewrite_commit(&w, &fails_e), ERR_CONFLICT,
		"\"leads\" was changed by someone else");
	rewrite_end(&w);
	close(folder);
	IS(content(&f, "leads"), "id,email,note\n1,a@x.example,\n2,b,\n");
	IS(content(&f, "other"), "old\n");
	CHECK(is_tidy(&f), "something is left");
	fixture_close(&f);
}

/* What a killed run left is no file of the table, and does not stay. */
static void left_by_a_killed_run(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("*")));

	put(&f, "leads", STR("id,email,note\n1,a@x.example,\n2,b,\n"));
	put(&f, ".leads.toyon", STR("id,email,note\n1,a@x"));
	IS(found(&f, "a@x.example"), "1|a@x.example|-\n");
	CHECK(deleted(&f, "1") == 1, "not deleted");
	CHECK(is_tidy(&f), "it is still there");
	fixture_close(&f);
}

enum { PEOPLE = 1000, ROWS = 20000 };

static size_t times_replaced(int watch)
{
	char events[65536] __attribute__((aligned(8)));
	ssize_t n = read(watch, events, sizeof events);
	size_t moved = 0;

	for (ssize_t at = 0; at < n;) {
		const struct inotify_event *v = (const void *)(events + at);

		moved += !!(v->mask & IN_MOVED_TO);
		at += (ssize_t)(sizeof *v + v->len);
	}
	return moved;
}

/* A thousand people's deletions are one writing of each file that has them. */
static void a_batch(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("leads-*.csv.gz")));
	struct erase_step steps[PEOPLE];
	struct cell keys[PEOPLE];
	int64_t erased[PEOPLE], total = 0;
	int watch = inotify_init1(IN_NONBLOCK);
	struct err e = { 0 };

	for (int file = 0; file < 3; file++) {
		struct buf b = buf_in(f.a, 4 << 20);
		char name[] = "leads-0.csv.gz";

		name[6] = (char)('0' + file);
		buf_puts(&b, "id,email,note\n");
		for (int i = 0; i < ROWS; i++)
			buf_fmt(&b, "%d,p%d@x.example,\"n\n\"\n",
				file * ROWS + i, i);
		put(&f, name, packed(f.a, name, buf_str(&b)));
	}
	/* Of the third file, nobody. */
	for (int i = 0; i < PEOPLE; i++) {
		keys[i] = cell_int(f.a, i * 2 * ROWS / PEOPLE);
		steps[i] = (struct erase_step){
			.table = &f.system->tables[0],
			.keys = &keys[i],
			.keys_n = 1,
		};
	}
	must(inotify_add_watch(watch, f.url, IN_MOVED_TO) >= 0);
	CHECK(!conn_erase(f.conn, steps, PEOPLE, erased, &e), "%s", e.message);
	for (int i = 0; i < PEOPLE; i++)
		total += erased[i];
	CHECK(total == PEOPLE, "%d rows", (int)total);
	CHECK(times_replaced(watch) == 2, "replaced another number of times");
	CHECK(!conn_erase(f.conn, steps, PEOPLE, erased, &e) && !erased[0],
		"%s", e.message);
	close(watch);
	fixture_close(&f);
}

/* Very many members, each with a name that has to be unescaped. */
static void many_members(void)
{
	struct fixture f = lake(SYSTEM("jsonl", LEADS("leads")));
	struct buf b = buf_in(f.a, FILE_ROW_MAX);

	buf_puts(&b, "{\"\\u0069d\":1,\"email\":\"a@x.example\"");
	while (b.n < FILE_ROW_MAX - FILE_CHUNK)
		buf_puts(&b, ",\"\\n\":1");
	buf_puts(&b, ",\"n\\u006fte\":\"\\u00e9\"}\n");
	put(&f, "leads", buf_str(&b));
	IS(found(&f, "a@x.example"), "1|a@x.example|\xc3\xa9\n");
	CHECK(deleted(&f, "1") == 1, "not deleted");
	fixture_close(&f);
}

static void large_rows(void)
{
	struct fixture f = lake(SYSTEM("csv", LEADS("leads")));
	struct buf b = buf_in(f.a, 64 << 20);
	size_t just = FILE_ROW_MAX - 100;
	char *big = arena_alloc(f.a, FILE_ROW_MAX + FILE_CHUNK);
	str before;

	memset(big, 'x', FILE_ROW_MAX + FILE_CHUNK);
	buf_puts(&b, "id,email,note\n1,b@x.example,");
	buf_put(&b, (str){ big, just });
	buf_puts(&b, "\n2,a@x.example,\n");
	put(&f, "leads", buf_str(&b));
	IS(found(&f, "a@x.example"), "2|a@x.example|-\n");
	CHECK(deleted(&f, "2") == 1, "beside a large one");
	CHECK(content(&f, "leads").n == b.n - 15, "the large one is kept");
	CHECK(deleted(&f, "1") == 1, "a large one");
	IS(content(&f, "leads"), "id,email,note\n");
	buf_clear(&b);
	buf_puts(&b, "id,email,note\n2,a@x.example,\n1,b@x.example,");
	buf_put(&b, (str){ big, FILE_ROW_MAX + FILE_CHUNK });
	buf_puts(&b, "\n");
	put(&f, "leads", buf_str(&b));
	before = content(&f, "leads");
	FAILS(look_only(&f, &fails_e), ERR_LIMIT, "line ");
	FAILS((int)delete_key(&f, "2", &fails_e), ERR_LIMIT, "line ");
	CHECK(str_eq(content(&f, "leads"), before), "changed");
	fixture_close(&f);
}

/* A file in two tables would be replaced twice, the second time from the old. */
static void two_tables_of_one_file(void)
{
	struct fixture f =
		lake(SYSTEM("csv", LEADS("*.csv") LEADS("leads.csv")));
	struct cell k = cell_int(f.a, 1);
	struct erase_step s[2] = {
		{ .table = &f.system->tables[0], .keys = &k, .keys_n = 1 },
		{ .table = &f.system->tables[1], .keys = &k, .keys_n = 1 },
	};
	int64_t n[2];

	put(&f, "leads.csv", STR("id,email,note\n1,a@x.example,\n"));
	FAILS(conn_erase(f.conn, s, 2, n, &fails_e), ERR_INVALID,
		"\"leads.csv\" belongs to two tables");
	IS(content(&f, "leads.csv"), "id,email,note\n1,a@x.example,\n");
	fixture_close(&f);
}

int main(void)
{
	spellings();
	damaged_files();
	columns_that_are_missing();
	empty_files();
	nested_members();
	emptied_cells();
	cells_are_set();
	members_are_set();
	packed_files();
	no_key();
	the_last_that_had_it();
	a_key_twice();
	names_and_links();
	one_file();
	owner_and_mode();
	changed_by_someone_else();
	left_by_a_killed_run();
	a_batch();
	many_members();
	large_rows();
	two_tables_of_one_file();
	return CHECK_DONE();
}
