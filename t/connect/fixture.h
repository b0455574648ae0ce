#ifndef T_CONNECT_FIXTURE_H
#define T_CONNECT_FIXTURE_H

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/buf.h"
#include "base/csv.h"
#include "connect/connector.h"
#include "connect/find.h"
#include "connect/map.h"

/*
 * A system to test with, on the engine that the program's first argument names:
 * sqlite (a new file each time; when there is no argument), csv or jsonl (a new
 * folder each time), postgres or mariadb (the database in TOYON_TEST_PG or
 * TOYON_TEST_MARIADB, emptied each time), program (the one in examples/program,
 * or in TOYON_TEST_PROGRAM, on a new SQLite file), http (the server in
 * TOYON_TEST_HTTP, on a new SQLite file), redis (the server in TOYON_TEST_REDIS,
 * emptied each time), ldap (the server in TOYON_TEST_LDAP, below a new entry),
 * s3_csv or s3_jsonl (a new prefix in the bucket of TOYON_TEST_S3).  odbc-sqlite
 * and odbc-postgres are the same databases through their ODBC drivers.  So one
 * test is the contract of all.
 */
enum { FIXTURE_TABLES_MAX = 8, FIXTURE_COLUMNS_MAX = 16 };

struct fixture_table {
	str name;
	str columns[FIXTURE_COLUMNS_MAX];
	size_t n;
};

struct fixture {
	struct arena *a;
	struct map map;
	const struct map_system *system;
	const char *url;
	struct conn *conn;  /* may write */
	const char *behind; /* the file that a service stands on */
	/* Takes the SQL that sets tables up: the same, or what stands behind. */
	struct conn *store;
	struct conn *adds; /* takes rows: the same, or what stands behind */
	struct fixture_table tables[FIXTURE_TABLES_MAX]; /* of files */
	size_t tables_n;
};

enum { FIXTURE_ARENA_MAX = 512 << 20 };

static const char *fixture_engine = "sqlite";

static inline bool fixture_is_odbc(void)
{
	return !strncmp(fixture_engine, "odbc-", 5);
}

/* What the data map calls it. */
static inline const char *fixture_connector(void)
{
	return fixture_is_odbc() ? "odbc" : fixture_engine;
}

/* The database that answers, whichever way it is reached. */
static inline const char *fixture_database(void)
{
	return fixture_is_odbc() ? fixture_engine + 5 : fixture_engine;
}

static inline bool fixture_is_postgres(void)
{
	return !strcmp(fixture_database(), "postgres");
}

static inline bool fixture_is_mariadb(void)
{
	return !strcmp(fixture_engine, "mariadb");
}

static inline bool fixture_is_redis(void)
{
	return !strcmp(fixture_engine, "redis");
}

static inline bool fixture_is_csv(void)
{
	return !strcmp(fixture_engine, "csv") ||
	       !strcmp(fixture_engine, "s3_csv");
}

static inline bool fixture_is_s3(void)
{
	return !strncmp(fixture_engine, "s3_", 3);
}

static inline bool fixture_is_files(void)
{
	return fixture_is_csv() || fixture_is_s3() ||
	       !strcmp(fixture_engine, "jsonl");
}

static inline bool fixture_is_ldap(void)
{
	return !strcmp(fixture_engine, "ldap");
}

/* It knows no SQL: what tests say in it is interpreted (fixture_files.h). */
static inline bool fixture_is_mute(void)
{
	return fixture_is_files() || fixture_is_redis() || fixture_is_ldap();
}

static inline bool fixture_is_program(void)
{
	return !strcmp(fixture_engine, "program");
}

static inline bool fixture_is_http(void)
{
	return !strcmp(fixture_engine, "http");
}

/* A database, and none behind a service. */
static inline bool fixture_is_sql(void)
{
	return !fixture_is_mute() && !fixture_is_program() &&
	       !fixture_is_http();
}

static inline void fixture_die(const char *what, const char *why)
{
	fprintf(stderr, "fixture: %s: %s\n", what, why);
	exit(1);
}

static inline void fixture_arguments(int argc, char **argv)
{
	if (argc > 1)
		fixture_engine = argv[1];
	if (fixture_is_postgres() && !getenv("TOYON_TEST_PG"))
		fixture_die("postgres", "TOYON_TEST_PG is not set");
	if (fixture_is_mariadb() && !getenv("TOYON_TEST_MARIADB"))
		fixture_die("mariadb", "TOYON_TEST_MARIADB is not set");
	if (fixture_is_s3() && !getenv("TOYON_TEST_S3"))
		fixture_die("s3", "TOYON_TEST_S3 is not set");
	if (fixture_is_http() && !getenv("TOYON_TEST_HTTP"))
		fixture_die("http", "TOYON_TEST_HTTP is not set");
	if (fixture_is_redis() && !getenv("TOYON_TEST_REDIS"))
		fixture_die("redis", "TOYON_TEST_REDIS is not set");
	if (fixture_is_ldap() && !getenv("TOYON_TEST_LDAP"))
		fixture_die("ldap", "TOYON_TEST_LDAP is not set");
}

/* The text with `word` replaced by another. */
static inline str fixture_with(
	struct arena *a, const char *text, const char *word, const char *by)
{
	struct buf b = buf_in(a, 32 << 20);
	str rest = str_of(text);
	ptrdiff_t at;

	while ((at = str_find(rest, str_of(word))) >= 0) {
		buf_put(&b, str_head(rest, (size_t)at));
		buf_puts(&b, by);
		rest = str_from(rest, (size_t)at + strlen(word));
	}
	buf_put(&b, rest);
	return buf_str(&b);
}

/* What a table's rows are in a server that knows no tables: a line below that of
 * each key. */
static inline str fixture_with_words(struct arena *a, str yaml)
{
	struct buf b = buf_in(a, 1 << 20);
	str line, name = { 0 };

	while (str_next(&yaml, '\n', &line)) {
		buf_put(&b, line);
		buf_putc(&b, '\n');
		if (str_starts(line, STR("      - name: ")))
			name = str_from(line, strlen("      - name: "));
		if (str_starts(line, STR("        key: ")))
			buf_fmt(&b, "        pattern: '%.*s:{%.*s}'\n",
				STR_ARG(name),
				STR_ARG(str_from(
					line, strlen("        key: "))));
	}
	return buf_str(&b);
}

/* Its attributes have no "_" in their names. */
static inline str fixture_with_names(struct arena *a, str text)
{
	static const char *const names[][2] = { { "_id", "Id" },
		{ "name: first_name", "name: firstName" },
		{ "name: last_name", "name: lastName" },
		{ "first_name text", "firstName text" },
		{ "last_name text", "lastName text" },
		{ "ship_mail", "shipMail" }, { "ship_to", "shipTo" },
		{ "\"e \\\"mail\"", "rowEmail" } };

	for (size_t i = 0; i < COUNTOF(names); i++)
		text = fixture_with(
			a, arena_cstr(a, text), names[i][0], names[i][1]);
	return text;
}

/* The same for a directory, which has names of its own for attributes, too: every
 * map has new entries. */
static inline str fixture_with_bases(struct arena *a, str yaml)
{
	static int maps;
	struct buf b = buf_in(a, 1 << 20);
	str line;
	int tables = 0;

	maps++;
	while (str_next(&yaml, '\n', &line)) {
		buf_put(&b, line);
		buf_putc(&b, '\n');
		if (str_starts(line, STR("        key: ")))
			buf_fmt(&b,
				"        base: ou=t%d,ou=m%d-%d,dc=toyon\n"
				"        filter: (objectClass=toyonRow)\n",
				tables++, (int)getpid(), maps);
	}
	return fixture_with_names(a, buf_str(&b));
}

/* Tests leave out columns of rows as they like. */
static inline void fixture_make_optional(struct map *m)
{
	for (size_t s = 0; s < m->systems_n; s++)
		for (size_t t = 0; t < m->systems[s].tables_n; t++)
			for (size_t c = 0;
				c < m->systems[s].tables[t].columns_n; c++)
				m->systems[s].tables[t].columns[c].is_optional =
					true;
}

static inline struct map fixture_map_of(
	struct arena *a, const char *yaml, const char *engine)
{
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	str text = fixture_with(a, yaml, "ENGINE", engine);

	if (fixture_is_redis())
		text = fixture_with_words(a, text);
	if (fixture_is_ldap())
		text = fixture_with_bases(a, text);
	if (map_parse(a, text, STR("."), &m, ps) < 0)
		fixture_die("map", arena_fmt(a, "%d: %.*s%c", ps->at[0].line,
					   STR_ARG(ps->at[0].text), '\0')
					   .p);
	if (fixture_is_redis())
		fixture_make_optional(&m);
	return m;
}

static inline struct map fixture_map(struct arena *a, const char *yaml)
{
	return fixture_map_of(a, yaml, fixture_connector());
}

static inline struct conn *fixture_connect(
	struct fixture *f, enum conn_mode mode, int timeout_ms)
{
	struct conn_options o = {
		.mode = mode, .timeout_ms = timeout_ms, .url = f->url
	};
	struct conn *c;
	struct err e = { 0 };

	if (conn_open(f->a, &f->map, f->system, &o, &c, &e) < 0)
		fixture_die("open", e.message);
	return c;
}

static inline void fixture_sql(struct fixture *f, const char *text);

/* From here on the map names this page size and rate; 0: none. */
static inline void fixture_load(struct fixture *f, int page_size, int rate)
{
	struct map_system *s = (struct map_system *)(uintptr_t)f->system;

	s->page_size = page_size;
	s->rate = rate;
	f->conn = fixture_connect(f, CONN_WRITE, 0);
}

/* In the system's own words. */
static inline void fixture_say(struct fixture *f, const char *words)
{
	struct err e = { 0 };

	if (conn_script(f->conn, str_of(words), &e) < 0)
		fixture_die(words, e.message);
}

static inline void fixture_script(struct fixture *f, const char *sql)
{
	struct err e = { 0 };
	str text = str_of(sql);

	if (fixture_is_mute()) {
		fixture_sql(f, sql);
		return;
	}
	/* There a text is of 64 KiB at most. */
	if (fixture_is_mariadb())
		text = fixture_with(
			f->a, sql, "	text text", "	text longtext");
	if (conn_script(f->store, text, &e) < 0)
		fixture_die(sql, e.detail);
}

static inline void fixture_remove(void *path)
{
	unlink(path);
}

static inline const char *fixture_file(struct arena *a)
{
	char *path = arena_cstr(a, STR("/tmp/t_connect.XXXXXX"));
	int fd = mkstemp(path);

	if (fd < 0)
		fixture_die("file", "can't make one");
	close(fd);
	arena_defer(a, fixture_remove, path);
	return path;
}

static inline void fixture_remove_folder(void *path)
{
	DIR *d = opendir(path);
	struct dirent *entry;

	while (d && (entry = readdir(d))) {
		struct arena *a = arena_new(1 << 16);
		char *name = arena_cstr(
			a, arena_fmt(a, "%s/%s", (char *)path, entry->d_name));

		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
			unlink(name))
			fixture_remove_folder(name);
		arena_free(a);
	}
	if (d)
		closedir(d);
	rmdir(path);
}

static inline const char *fixture_folder(struct arena *a)
{
	/* In memory: what these tests wait for most is the disk. */
	bool in_memory = !access("/dev/shm", W_OK);
	char *path = arena_cstr(a, in_memory ? STR("/dev/shm/t_connect.XXXXXX")
					     : STR("/tmp/t_connect.XXXXXX"));

	if (!mkdtemp(path))
		fixture_die("folder", "can't make one");
	arena_defer(a, fixture_remove_folder, path);
	return path;
}

/* postgresql://USER@HOST:PORT/DATABASE as a connection string.  Rows are fetched
 * as they are read, as an operator of large tables would have it. */
static inline const char *fixture_odbc_postgres(
	struct arena *a, const char *url)
{
	str user, host, port, database;

	str_cut(str_from(str_of(url), strlen("postgresql://")), '@', &user,
		&host);
	str_cut(host, ':', &host, &port);
	str_cut(port, '/', &port, &database);
	return arena_fmt(a,
		"Driver={PostgreSQL Unicode};Server=%.*s;Port=%.*s;Uid=%.*s;"
		"Database=%.*s;UseDeclareFetch=1%c",
		STR_ARG(host), STR_ARG(port), STR_ARG(user), STR_ARG(database),
		'\0')
		.p;
}

/* What reaches the database at that URL, or the file at that path. */
static inline const char *fixture_address(struct arena *a, const char *place)
{
	if (!fixture_is_odbc())
		return place;
	if (fixture_is_postgres())
		return fixture_odbc_postgres(a, place);
	return arena_fmt(a,
		"Driver=SQLite3;NoCreat=1;Timeout=300;Database=%s%c", place,
		'\0')
		.p;
}

/* The bucket with a prefix that nobody has used. */
static inline const char *fixture_bucket(struct arena *a)
{
	static int n;
	str place, query;

	str_cut(str_of(getenv("TOYON_TEST_S3")), '?', &place, &query);
	return arena_fmt(a, "%.*s/%d-%d?%.*s%c", STR_ARG(place), (int)getpid(),
		++n, STR_ARG(query), '\0')
		.p;
}

static inline const char *fixture_url(struct arena *a)
{
	if (fixture_is_s3())
		return fixture_bucket(a);
	if (fixture_is_postgres())
		return fixture_address(a, getenv("TOYON_TEST_PG"));
	if (fixture_is_mariadb())
		return getenv("TOYON_TEST_MARIADB");
	if (fixture_is_redis())
		return getenv("TOYON_TEST_REDIS");
	if (fixture_is_ldap())
		return getenv("TOYON_TEST_LDAP");
	if (fixture_is_program())
		return getenv("TOYON_TEST_PROGRAM")
			       ? getenv("TOYON_TEST_PROGRAM")
			       : "examples/program/notes.py";
	return fixture_is_files() ? fixture_folder(a)
				  : fixture_address(a, fixture_file(a));
}

/* Defined in fixture_http.h. */
static inline const char *recipe_write(
	struct fixture *f, const char *base, const char *db);

/* The SQLite file that stands behind a program or a service. */
static inline struct conn *fixture_behind(struct fixture *f, const char *yaml)
{
	struct map *m = arena_one(f->a, struct map);
	struct conn_options o = { .mode = CONN_WRITE };
	struct conn *c;
	struct err e = { 0 };

	f->behind = o.url = fixture_file(f->a);
	*m = fixture_map_of(f->a, yaml, "sqlite");
	if (conn_open(f->a, m, &m->systems[0], &o, &c, &e) < 0)
		fixture_die("open", e.message);
	if (fixture_is_http())
		f->url = recipe_write(f, getenv("TOYON_TEST_HTTP"), o.url);
	else
		setenv("TOYON_SECRET_NOTES_DB", o.url, 1);
	return c;
}

/* The entries above those of the tables. */
static inline void fixture_make_bases(struct fixture *f)
{
	struct buf b = buf_in(f->a, 1 << 16);
	const struct map_system *all = f->store->system;
	str first, above;

	for (size_t i = 0; i < all->tables_n; i++) {
		str base = all->tables[i].words[TABLE_BASE];

		str_cut(base, ',', &first, &above);
		if (!i)
			buf_fmt(&b,
				"dn: %.*s\nobjectClass: organizationalUnit;\n",
				STR_ARG(above));
		buf_fmt(&b, "dn: %.*s\nobjectClass: organizationalUnit;\n",
			STR_ARG(base));
	}
	buf_putc(&b, '\0');
	fixture_say(f, buf_str(&b).p);
}

/* Where a system knows only the tables of the map: one that has those of all
 * systems, for the SQL of tests. */
static inline struct conn *fixture_whole(struct fixture *f)
{
	struct map_system *whole = arena_one(f->a, struct map_system);
	struct fixture of_all = *f;

	*whole = f->map.systems[0];
	whole->tables_n = 0;
	whole->tables =
		arena_many(f->a, struct map_table, FIXTURE_TABLES_MAX * 4);
	for (size_t s = 0; s < f->map.systems_n; s++)
		for (size_t t = 0; t < f->map.systems[s].tables_n; t++)
			whole->tables[whole->tables_n++] =
				f->map.systems[s].tables[t];
	must(whole->tables_n <= FIXTURE_TABLES_MAX * 4);
	of_all.system = whole;
	return fixture_connect(&of_all, CONN_WRITE, 0);
}

/* yaml: a data map with `connector: ENGINE`; its first system is opened. */
static inline struct fixture fixture_open(const char *yaml, const char *ddl)
{
	struct fixture f = { .a = arena_new(FIXTURE_ARENA_MAX) };

	f.map = fixture_map(f.a, yaml);
	f.system = &f.map.systems[0];
	f.url = fixture_url(f.a);
	if (fixture_is_program() || fixture_is_http())
		f.store = fixture_behind(&f, yaml);
	f.conn = fixture_connect(&f, CONN_WRITE, 0);
	if (fixture_is_redis() || fixture_is_ldap())
		f.store = fixture_whole(&f);
	if (!f.store)
		f.store = f.conn;
	f.adds = fixture_is_http() ? f.store : f.conn;
	if (fixture_is_postgres())
		fixture_script(&f, "set client_min_messages = warning;\n"
				   "drop schema public cascade;\n"
				   "create schema public;\n");
	if (fixture_is_mariadb())
		fixture_script(&f, "drop database toyon;\n"
				   "create database toyon character set "
				   "utf8mb4;\nuse toyon;\n");
	if (fixture_is_redis())
		fixture_say(&f, "flushall;\n");
	if (fixture_is_ldap())
		fixture_make_bases(&f);
	fixture_script(&f, ddl);
	return f;
}

static inline void fixture_close(struct fixture *f)
{
	arena_free(f->a);
}

/* Rows for conn_insert: texts, NULL for null, table after table. */
struct fixture_rows {
	const char *const *at; /* n * columns_n */
	size_t columns_n;
	size_t n;
	size_t next;
	struct cell cells[16];
};

static inline int fixture_next(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	struct fixture_rows *r = ctx;

	(void)e;
	if (r->next == r->n)
		return 0;
	for (size_t i = 0; i < r->columns_n; i++) {
		const char *v = r->at[r->next * r->columns_n + i];
		int64_t number;

		r->cells[i] = v ? cell_text(str_of(v)) : (struct cell){ 0 };
		if (v && str_int(str_of(v), &number))
			r->cells[i].type = CELL_INT;
	}
	r->next++;
	*table = 0;
	*cells = r->cells;
	return 1;
}

/* As the system calls them. */
static inline const str *fixture_columns(
	struct fixture *f, const str *columns, size_t n)
{
	str *names = arena_many(f->a, str, n);

	if (!fixture_is_ldap())
		return columns;
	for (size_t i = 0; i < n; i++)
		names[i] = fixture_with_names(f->a, columns[i]);
	return names;
}

static inline void fixture_insert(struct fixture *f, const char *table,
	const str *columns, size_t columns_n, const char *const *rows, size_t n)
{
	struct insert_table t = { str_of(table),
		fixture_columns(f, columns, columns_n), columns_n };
	struct fixture_rows r = { rows, columns_n, n, 0, { { 0 } } };
	int64_t added;
	struct err e = { 0 };

	if (conn_insert(f->adds, &t, 1, fixture_next, &r, &added, &e) < 0)
		fixture_die(table, e.message);
}

/* Every row of the system as "table\037cell\037cell...", sorted. */
struct dump {
	struct arena *a;
	const struct map_table *table;
	str *rows;
	size_t n;
	size_t cap;
};

static inline void dump_put(struct dump *d, str row)
{
	if (d->n == d->cap) {
		size_t cap = d->cap ? 2 * d->cap : 64;
		str *rows = arena_many(d->a, str, cap);

		if (d->n)
			memcpy(rows, d->rows, d->n * sizeof *rows);
		d->rows = rows;
		d->cap = cap;
	}
	d->rows[d->n++] = row;
}

static inline str dump_row(struct arena *a, const struct map_table *t,
	const struct cell *cells, size_t n)
{
	struct buf b = buf_in(a, 8 << 20);

	buf_put(&b, t->name);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&b, "\037%d ", (int)cells[i].type);
		buf_put(&b, cells[i].v.v);
	}
	return buf_str(&b);
}

static inline int dump_take(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct dump *d = ctx;

	(void)e;
	dump_put(d, dump_row(d->a, d->table, cells, n));
	return 0;
}

static inline int dump_order(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static inline struct dump fixture_dump(struct fixture *f, struct conn *c)
{
	struct dump d = { .a = f->a };

	for (size_t t = 0; t < f->system->tables_n; t++) {
		str columns[32];
		struct row_query q = { .columns = columns, .is_all = true };
		struct err e = { 0 };

		d.table = &f->system->tables[t];
		q.table = d.table->name;
		q.columns_n = d.table->columns_n;
		for (size_t i = 0; i < q.columns_n; i++)
			columns[i] = d.table->columns[i].name;
		if (conn_rows(c, &q, dump_take, &d, &e) < 0)
			fixture_die("dump", e.message);
	}
	if (d.n)
		qsort(d.rows, d.n, sizeof *d.rows, dump_order);
	return d;
}

static inline bool dump_eq(const struct dump *a, const struct dump *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = str_eq(a->rows[i], b->rows[i]);
	return same;
}

#include "t/connect/fixture_files.h"
#include "t/connect/fixture_http.h"

#endif
