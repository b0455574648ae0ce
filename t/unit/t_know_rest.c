/*
 * The answer about very many rows of one person, from a table of a real system: what
 * the search kept of them is their beginning, and says little about the others.
 */
#include "know/know.h"

#include "base/base.h"
#include "base/buf.h"
#include "check.h"
#include "connect/find_rest.h"
#include "know/package.h"
#include "t/connect/fixture.h"
#include "t/unzip.h"

enum { MANY = 1500, VALUE_MAX = 1 << 20, FILES_MAX = 8 };

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n    connector: ENGINE\n    database: shop\n"
	"    source: Our site\n    purpose: To sell\n    retention: A year\n"
	"    tables:\n"
	"      - name: person\n        key: id\n        erase: delete\n"
	"        columns:\n"
	"          - { name: id }\n"
	"          - { name: email, identifies: email }\n"
	"      - name: visit\n        holds: Visits\n        key: id\n"
	"        erase: delete\n        collected: day\n"
	"        columns:\n"
	"          - { name: id }\n          - { name: day }\n"
	"          - { name: geo, category: G }\n"
	"          - { name: ssn, never_disclose: ssn, category: L }\n"
	"        links: [ { column: person_id, to: person.id } ]\n";

static const char ddl[] =
	"create table person (id integer primary key,\n	email text);\n"
	"create table visit (id integer primary key,\n	day text,\n"
	"	geo text,\n	ssn text,\n	person_id integer);\n"
	"insert into person values (1, 'ann@x.example');\n";

/* Ann's visits, each of 2024 but those from row `first` on to before row `end`, which
 * are of 2025. */
static struct fixture open_shop(int first, int end)
{
	struct fixture f = fixture_open(yaml, ddl);

	fixture_script(&f,
		arena_fmt(f.a,
			"insert into visit (id, day, person_id) with recursive "
			"n(i) as (select 1 union all select i + 1 from n "
			"where i < %d) select i, case when i >= %d and i < %d "
			"then '2025-06-01' else '2024-06-01' end, 1 from n;%c",
			MANY, first, end, '\0')
			.p);
	return f;
}

/* As the worker does: kept as JSON, and read again. */
static struct finding *found(struct fixture *f)
{
	struct find_options o = { .keep_max = FIND_KEEP_MAX, .map = &f->map };
	struct finding *first = arena_one(f->a, struct finding);
	struct finding *out = arena_one(f->a, struct finding);
	struct buf json = buf_in(f->a, FIND_JSON_MAX);
	struct err e = { 0 };
	struct ident ann;

	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	if (find_person(f->conn, f->a, &ann, 1, &o, first, &e))
		fixture_die("find", e.message);
	find_to_json(&json, first);
	if (find_from_json(f->a, f->system, buf_str(&json), out, &e))
		fixture_die("read", e.message);
	return out;
}

static struct know make(struct fixture *f, const struct know_case *of)
{
	struct know_in *in = arena_one(f->a, struct know_in);
	struct err e = { 0 };
	struct know k;

	*in = (struct know_in){
		.map = &f->map, .findings = found(f), .findings_n = 1
	};
	CHECK(!know_make(f->a, in, of, &k, &e), "%s", e.message);
	return k;
}

static int read_apart(void *ctx, const struct know_table *t, find_rest_fn *fn,
	void *fn_ctx, struct err *e)
{
	const struct fixture *f = ctx;

	return find_rest_each(f->conn, t->from, VALUE_MAX, fn, fn_ctx, e);
}

static size_t lines_in(str s)
{
	size_t n = 0;
	str line;

	while (str_cut(s, '\n', &line, &s))
		n++;
	return n;
}

/* --- certain dates --- */

static const struct {
	int first, end; /* of the rows that are of 2025 */
	const char *why;
} ranges[] = {
	{ 1001, MANY + 1, "none of the days asked for was kept" },
	{ 601, MANY + 1, "some of those that were kept are of other days" },
	{ 1, 1001, "all that were kept are of these days" },
	{ 1, MANY + 1, "all are" },
	{ 0, 0, "none is" },
};

static size_t other_days(const struct know *k)
{
	size_t n = 0;

	for (size_t i = 0; i < k->ranged.n; i++)
		n += k->ranged.at[i].outside;
	return n;
}

static void check_range(size_t i)
{
	struct fixture f = open_shop(ranges[i].first, ranges[i].end);
	struct know_source source = { read_apart, &f };
	struct kept_zip *kept = arena_one(f.a, struct kept_zip);
	struct know_store store = kept_in(f.a, kept);
	struct know_case of = { .business = STR("Shop"),
		.reference = STR("K7QF-2M9X"),
		.range = { { 2025, 1, 1 }, { 2025, 12, 31 } },
		.is_specific = true };
	struct know k = make(&f, &of);
	size_t want = (size_t)(ranges[i].end - ranges[i].first), n = 0;
	struct zip_file files[FILES_MAX];
	struct know_hits hits;
	struct err e = { 0 };

	CHECK(!know_package(f.a, &k, &source, &store, &hits, &e), "%s: %s",
		ranges[i].why, e.message);
	CHECK(!unzip(f.a, buf_str(&kept->b), files, FILES_MAX, &n) && n == 5 &&
			str_eq(files[1].name, STR("tables/shop-visit.csv")),
		"%s: %zu files", ranges[i].why, n);
	CHECK(n == 5 && lines_in(files[1].bytes) == want + 1 &&
			lines_in(files[2].bytes) == want &&
			str_find(files[1].bytes, STR("2024-06-01")) < 0,
		"%s: not the %zu rows of 2025", ranges[i].why, want);
	CHECK(k.rows == want + 1 && k.is_whole, "%s: %zu rows are given",
		ranges[i].why, k.rows);
	CHECK(other_days(&k) == MANY - want, "%s: %zu others are counted",
		ranges[i].why, other_days(&k));
	fixture_close(&f);
}

/* --- what is held --- */

static const struct {
	const char *where; /* the row that has a value */
	bool is_told;
	const char *why;
} held[] = {
	{ "id = 1", true, "in a row that is kept" },
	{ "id = 1001", true, "in the first that is not" },
	{ "id = 1500", true, "in the last of all" },
	{ "id = 1501", false, "in none" },
};

/* 11 CCR 7024(d), (k): of each column with a value in any row, whether the rows are
 * given or only the kinds of information; and of no other. */
static void check_held(size_t i, bool is_specific)
{
	struct fixture f = open_shop(0, 0);
	struct know_case of = { .business = STR("Shop"),
		.reference = STR("K7QF-2M9X"),
		.is_specific = is_specific };
	struct know k;
	size_t g = 0, l = 0;

	fixture_script(&f,
		arena_fmt(f.a,
			"update visit set geo = 'Oakland', ssn = '123-45-6789' "
			"where %s;%c",
			held[i].where, '\0')
			.p);
	k = make(&f, &of);
	for (size_t n = 0; n < k.collected.n; n++) {
		g += k.collected.at[n].letter == 'G';
		l += k.collected.at[n].letter == 'L';
	}
	CHECK(g == held[i].is_told && l == held[i].is_told,
		"%s: the categories", held[i].why);
	CHECK(k.held.n == held[i].is_told &&
			(!k.held.n || str_eq(k.held.at[0].sentence,
					      STR("We hold your Social "
						  "Security number."))),
		"%s: what is held and not shown", held[i].why);
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	for (size_t i = 0; i < COUNTOF(ranges); i++)
		check_range(i);
	for (size_t i = 0; i < COUNTOF(held); i++) {
		check_held(i, false);
		check_held(i, true);
	}
	return CHECK_DONE();
}
