/*
 * People planted at random in random schemas, in several kinds of system at once:
 * SQLite and files, PostgreSQL and MariaDB where the environment names one
 * (t/connect/run).  Some are deleted; whoever is not must be as before, byte for
 * byte, and whoever is must be gone.  Every other schema of a database has keys and
 * links of two columns, in each of which other people's rows hold the same.
 */
#include "base/rand.h"
#include "check.h"
#include "connect/erase.h"
#include "connect/find.h"
#include "t/connect/fixture.h"

enum {
	ROUNDS = 6,
	PEOPLE = 9,
	DELETED = 3,
	TABLES_MAX = 6,
	ENGINES_MAX = 5,
	ROWS_MAX = 400,
	LONG = 200 << 10,
	GROUPS = 3,
};

/* Names that a statement, a path or a header could stumble over. */
static const char *const table_names[TABLES_MAX] = { "person", "select", "a b",
	"group", "x'y", "t-5" };

struct world {
	struct rng rng;
	struct fixture f;
	const char *engine;
	size_t tables;
	size_t owner[TABLES_MAX]; /* of each table but the first */
	bool is_tuple;            /* ids are told apart by their group only */
	int group;                /* of who is planted */
	int next_id[TABLES_MAX][GROUPS];
};

static str schema_of(struct world *w, struct arena *a)
{
	struct buf b = buf_in(a, 1 << 16);

	buf_puts(&b, "version: 1\nsystems:\n  - name: s\n    connector: "
		     "ENGINE\n    database: d\n    tables:\n");
	for (size_t t = 0; t < w->tables; t++) {
		buf_fmt(&b,
			"      - name: \"%s\"\n        key: %s\n"
			"        columns: [ { name: mail%s }, { name: note } ]\n"
			"        erase: delete\n",
			table_names[t], w->is_tuple ? "[grp, id]" : "id",
			t ? "" : ", identifies: email");
		if (t && w->is_tuple)
			buf_fmt(&b,
				"        links: [ { column: [grp, owner], to: "
				"[\"%s.grp\", \"%s.id\"] } ]\n",
				table_names[w->owner[t]],
				table_names[w->owner[t]]);
		else if (t)
			buf_fmt(&b,
				"        links: [ { column: owner, to: "
				"\"%s.id\" } ]\n",
				table_names[w->owner[t]]);
	}
	buf_putc(&b, '\0');
	must(buf_ok(&b));
	return buf_str(&b);
}

static str ddl_of(const struct world *w, struct arena *a)
{
	struct buf b = buf_in(a, 1 << 16);

	for (size_t t = 0; t < w->tables; t++)
		buf_fmt(&b,
			"create table \"%s\" (id integer%s,\n"
			"	mail varchar(200),\n	note %s,\n"
			"	owner integer%s);\n",
			table_names[t], w->is_tuple ? "" : " primary key",
			fixture_is_mariadb() ? "longtext" : "text",
			w->is_tuple ? ", grp integer, primary key (grp, id)"
				    : "");
	buf_putc(&b, '\0');
	return buf_str(&b);
}

/* Quotes, statements, line ends, separators, letters of all sizes, and now and
 * then very much of it.  Text, since not every kind holds other bytes. */
static const char *hostile(struct world *w)
{
	static const char *const texts[] = { "plain", "", "O'Neill \"Nell\"",
		"'); drop table person; --", "a,b;c\td", "two\nlines",
		"\xe2\x80\xa8 \xf0\x9f\xa6\x86", "%_\\*", "\"quoted\"",
		" padded ", "null", "0", "-1", "{\"a\":[1]}", "\\N" };
	char *p;

	if (rng_below(&w->rng, 40))
		return texts[rng_below(&w->rng, COUNTOF(texts))];
	p = arena_alloc(w->f.a, LONG + 1);
	for (size_t i = 0; i < LONG; i++)
		p[i] = (char)('a' + rng_below(&w->rng, 26));
	return p;
}

static const char *number(struct world *w, int n)
{
	return arena_fmt(w->f.a, "%d%c", n, '\0').p;
}

static int plant_row(struct world *w, size_t t, const char *mail, int owner)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("mail"),
		STR_INIT("note"), STR_INIT("owner"), STR_INIT("grp") };
	int id = ++w->next_id[t][w->group];
	const char *row[5];

	row[0] = number(w, id);
	row[1] = mail;
	row[2] = hostile(w);
	row[3] = owner ? number(w, owner) : NULL;
	row[4] = number(w, w->group);
	fixture_insert(
		&w->f, table_names[t], columns, w->is_tuple ? 5 : 4, row, 1);
	return id;
}

/* The spelling differs from row to row; it is one address. */
static const char *mail_of(struct world *w, int who)
{
	static const struct {
		const char *before;
		const char *after;
	} forms[] = { { "p", "@x.example" }, { "P", "@X.Example" },
		{ " p", "@x.example" }, { "<p", "@x.example>" } };
	size_t i = rng_below(&w->rng, COUNTOF(forms));

	return arena_fmt(
		w->f.a, "%s%d%s%c", forms[i].before, who, forms[i].after, '\0')
		.p;
}

/* One row of the person, and below it some of every table, down the links. */
static void plant(struct world *w, int who)
{
	int ids[TABLES_MAX][4] = { { 0 } };
	size_t n[TABLES_MAX] = { 1 };

	w->group = w->is_tuple ? who % GROUPS : 0;
	ids[0][0] = plant_row(w, 0, mail_of(w, who), 0);
	for (size_t t = 1; t < w->tables; t++) {
		size_t owner = w->owner[t];

		n[t] = n[owner] ? rng_below(&w->rng, 4) : 0;
		for (size_t i = 0; i < n[t]; i++)
			ids[t][i] = plant_row(w, t, "someone@y.example",
				ids[owner][rng_below(&w->rng, n[owner])]);
	}
}

static void open_world(struct world *w, const char *engine, uint64_t seed)
{
	struct arena *a = arena_new(1 << 20);

	*w = (struct world){ .rng = { seed }, .engine = engine };
	w->tables = 2 + rng_below(&w->rng, TABLES_MAX - 1);
	for (size_t t = 1; t < w->tables; t++)
		w->owner[t] = rng_below(&w->rng, t);
	fixture_engine = engine;
	w->is_tuple = fixture_is_sql() && seed / 100 % 2;
	w->f = fixture_open(schema_of(w, a).p, ddl_of(w, a).p);
	arena_free(a);
	for (int who = 1; who <= PEOPLE; who++)
		plant(w, who);
}

static struct ident address(int who)
{
	char text[40];
	struct ident id;

	snprintf(text, sizeof text, "p%d@x.example", who);
	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, str_of(text)));
	return id;
}

static void drop_row(struct dump *d, str row)
{
	for (size_t i = 0; i < d->n; i++)
		if (str_eq(d->rows[i], row)) {
			d->rows[i] = d->rows[--d->n];
			return;
		}
	CHECK(false, "a row was found that is not there");
}

/* What is expected afterwards: everything but what was found. */
static void without(struct world *w, struct dump *d, const struct finding *f)
{
	for (size_t t = 0; t < w->tables; t++)
		for (size_t i = 0; i < f->tables[t].n; i++)
			drop_row(d, dump_row(w->f.a, f->tables[t].table,
					    f->tables[t].rows[i].cells,
					    f->tables[t].table->columns_n));
}

static void delete_person(struct world *w, int who, struct dump *expected)
{
	struct ident id = address(who);
	/* Uncut, so that rows can be compared. */
	struct find_options whole = { .cell_max = 1 << 20 };
	struct finding f;
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = &id, .ids_n = 1 };
	struct erase_result r = { 0 };
	struct err e = { 0 };

	CHECK(!find_person(w->f.conn, w->f.a, &id, 1, &whole, &f, &e), "%s: %s",
		w->engine, e.message);
	CHECK(f.tables[0].n == 1, "%s: person %d in %zu rows", w->engine, who,
		f.tables[0].n);
	without(w, expected, &f);
	erase_plan_of(w->f.a, &f, false, &plan);
	CHECK(!erase_run(w->f.conn, w->f.a, &q, &r, &e), "%s: %s", w->engine,
		e.message);
	CHECK(r.is_proven && r.gone == (int64_t)f.rows_n, "%s: gone %d of %zu",
		w->engine, (int)r.gone, f.rows_n);
}

static void compare(struct world *w, struct dump *expected)
{
	struct dump after = fixture_dump(&w->f, w->f.conn);

	if (expected->n)
		qsort(expected->rows, expected->n, sizeof *expected->rows,
			dump_order);
	CHECK(dump_eq(expected, &after),
		"%s: somebody else's rows changed: %zu for %zu", w->engine,
		after.n, expected->n);
}

static size_t engines(const char *out[ENGINES_MAX])
{
	size_t n = 0;

	out[n++] = "sqlite";
	out[n++] = "csv";
	out[n++] = "jsonl";
	if (getenv("TOYON_TEST_PG"))
		out[n++] = "postgres";
	if (getenv("TOYON_TEST_MARIADB"))
		out[n++] = "mariadb";
	return n;
}

static void round_of(uint64_t seed)
{
	const char *names[ENGINES_MAX];
	size_t n = engines(names);
	struct world *w = calloc(ENGINES_MAX, sizeof *w);
	struct dump before[ENGINES_MAX];

	must(w != NULL);
	for (size_t i = 0; i < n; i++) {
		open_world(&w[i], names[i], seed * 100 + i);
		before[i] = fixture_dump(&w[i].f, w[i].f.conn);
	}
	for (int k = 0; k < DELETED; k++)
		for (size_t i = 0; i < n; i++)
			delete_person(&w[i],
				1 + (int)(seed + (uint64_t)k * 2) % PEOPLE,
				&before[i]);
	for (size_t i = 0; i < n; i++) {
		compare(&w[i], &before[i]);
		fixture_close(&w[i].f);
	}
	free(w);
}

int main(void)
{
	for (uint64_t seed = 1; seed <= ROUNDS; seed++)
		round_of(seed);
	return CHECK_DONE();
}
