/*
 * Directories: filters and names; and with the argument "server", what entries are
 * that rows are not (t/connect/run; the contract is t_connector's).
 */
#include <errno.h>
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "check.h"
#include "connect/erase.h"
#include "connect/ldap/text.h"
#include "t/connect/fixture.h"

static const struct {
	const char *why;
	const char *filter;
	bool is_good;
} filters[] = {
	{ "one", "(objectClass=person)", true },
	{ "two", "(&(a=1)(b=2))", true },
	{ "an escaped parenthesis", "(cn=a\\28b)", true },
	{ "nothing", "", false },
	{ "none around it", "objectClass=person", false },
	{ "another hung on", "(a=1)(b=2)", false },
	{ "closed too often", "(a=1))", false },
	{ "not closed", "(&(a=1)", false },
	{ "closed, then opened", "(a=1))(|(b=2)", false },
};

static const struct {
	const char *why;
	str value;
	const char *in_filter;
	const char *rdn;
} values[] = {
	{ "letters", STR_INIT("Ann7"), "Ann7", "cn=Ann7" },
	{ "a filter's own", STR_INIT("*)(cn=\\"), "\\2a\\29\\28cn=\\5c",
		"cn=\\2a\\29\\28cn\\3d\\5c" },
	{ "a name's own", STR_INIT(" a,b+\"#"), " a,b+\"#",
		"cn=\\20a\\2cb\\2b\\22\\23" },
	{ "NUL and other bytes", STR_INIT("\0\xff\n"), "\\00\\ff\\0a",
		"cn=\\00\\ff\\0a" },
};

static void texts(void)
{
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < COUNTOF(filters); i++)
		CHECK(!directory_filter_fault(str_of(filters[i].filter)) ==
				filters[i].is_good,
			"%s", filters[i].why);
	for (size_t i = 0; i < COUNTOF(values); i++) {
		struct buf b = buf_in(a, 1000);
		str rdn = directory_rdn(a, STR("cn"), values[i].value);

		directory_put_filter_value(&b, values[i].value);
		CHECK(str_eq(buf_str(&b), str_of(values[i].in_filter)),
			"%s: %.*s", values[i].why, STR_ARG(buf_str(&b)));
		CHECK(str_eq(rdn, str_of(values[i].rdn)), "%s: %.*s",
			values[i].why, STR_ARG(rdn));
	}
	CHECK(directory_is_attribute(STR("cn;lang-de")), "with an option");
	CHECK(!directory_is_attribute(STR("cn=*)(x")), "hung on");
	CHECK(!directory_is_attribute(STR("person_id")), "an underscore");
	CHECK(!directory_is_attribute(STR("")), "nothing");
	arena_free(a);
}

static void names(void)
{
	struct arena *a = arena_new(1 << 20);
	str one, two, base, other;

	CHECK(directory_plain_name(a, STR("CN = Ann , DC=x"), &one) &&
			directory_plain_name(a, STR("CN=Ann,DC=x"), &two) &&
			str_eq(one, two),
		"two spellings: %.*s", STR_ARG(one));
	CHECK(!directory_plain_name(a, STR("Ann"), &two), "no name");
	CHECK(!directory_plain_name(a, STR("a\0b"), &two), "a NUL");
	CHECK(directory_base_fault(STR("nobody")) != NULL, "no base");
	CHECK(directory_base_fault(STR("")) != NULL, "all of it");
	CHECK(!directory_base_fault(STR("ou=people,dc=x")), "a base");
	must(directory_plain_name(a, STR("dc=x"), &base) &&
		directory_plain_name(a, STR("dc=xx"), &other));
	CHECK(directory_is_below(one, base) && directory_is_below(base, base),
		"below");
	CHECK(!directory_is_below(other, base) &&
			!directory_is_below(base, one),
		"not below");
	must(directory_plain_name(a, STR("cn=a\\,b,dc=x"), &two));
	CHECK(directory_depth(two) == 2 && directory_depth(base) == 1,
		"%zu deep", directory_depth(two));
	arena_free(a);
}

/* --- with a server --- */

static const char yaml[] =
	"version: 1\nsystems:\n"
	"  - name: staff\n    connector: ldap\n    database: staff_url\n"
	"    tables:\n"
	"      - name: person\n"
	"        base: ou=people,ou=mMAP,dc=toyon\n"
	"        filter: (objectClass=inetOrgPerson)\n"
	"        columns:\n"
	"          - { name: mail, identifies: email }\n"
	"          - { name: sn }\n"
	"          - { name: jpegPhoto }\n"
	"        links: [ { column: manager, to: person.dn, shared: true } ]\n"
	"        erase: delete\n"
	"      - name: device\n"
	"        base: ou=mMAP,dc=toyon\n"
	"        filter: (objectClass=device)\n"
	"        links: [ { column: owner, to: person.dn } ]\n"
	"        erase: delete\n";

static const char entries[] =
	"dn: ou=mMAP,dc=toyon\nobjectClass: organizationalUnit;\n"
	"dn: ou=people,ou=mMAP,dc=toyon\nobjectClass: organizationalUnit;\n"
	"dn: cn=Ann,ou=people,ou=mMAP,dc=toyon\nobjectClass: inetOrgPerson\n"
	"sn: Lee\nmail: Ann@x.example\nmail: ann@y.example\n"
	"jpegPhoto: picture;\n"
	"dn: cn=Bob,ou=people,ou=mMAP,dc=toyon\nobjectClass: inetOrgPerson\n"
	"sn: lee\nmail: bob@x.example\n"
	"manager: cn=Ann,ou=people,ou=mMAP,dc=toyon;\n"
	"dn: cn=phone,cn=Ann,ou=people,ou=mMAP,dc=toyon\nobjectClass: device\n"
	"owner: cn=Ann,ou=people,ou=mMAP,dc=toyon;\n"
	"dn: cn=laptop,ou=mMAP,dc=toyon\nobjectClass: device\n"
	"owner: cn=Bob,ou=people,ou=mMAP,dc=toyon;\n";

static int maps;

static struct fixture open_staff(int timeout_ms)
{
	struct fixture f = { .a = arena_new(FIXTURE_ARENA_MAX) };
	struct map_problems *ps = arena_one(f.a, struct map_problems);
	const char *number = arena_fmt(f.a, "s%d%c", ++maps, '\0').p;

	must(!map_parse(f.a, fixture_with(f.a, yaml, "MAP", number), STR("."),
		&f.map, ps));
	f.system = &f.map.systems[0];
	f.url = getenv("TOYON_TEST_LDAP");
	f.conn = fixture_connect(&f, CONN_WRITE, timeout_ms);
	fixture_say(
		&f, arena_cstr(f.a, fixture_with(f.a, entries, "MAP", number)));
	return f;
}

struct got {
	struct arena *a;
	str at[64];
	size_t n;
};

static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct got *g = ctx;

	(void)e;
	(void)n;
	must(g->n < COUNTOF(g->at));
	g->at[g->n++] = arena_dup(g->a, cells[0].v.v);
	return 0;
}

static int count_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	int *rows = ctx;

	(void)cells;
	(void)n;
	(void)e;
	++*rows;
	return 0;
}

static str asked(struct fixture *f, struct row_query *q, const char *column)
{
	str columns[] = { str_of(column) };
	struct got g = { .a = f->a };
	struct err e = { 0 };

	q->columns = columns;
	q->columns_n = 1;
	if (conn_rows(f->conn, q, take, &g, &e) < 0)
		return arena_fmt(f->a, "%s: %s", err_name(e.code), e.message);
	qsort(g.at, g.n, sizeof *g.at, dump_order);
	return arena_join(f->a, g.at, g.n, STR(" "));
}

/* The first column of what is found, or what is wrong. */
static str found(struct fixture *f, const char *table, const char *column,
	const char *where, str value)
{
	struct cell v = cell_text(value);
	struct row_query q = { .table = str_of(table),
		.where = str_of(where),
		.values = &v,
		.values_n = 1 };

	return asked(f, &q, column);
}

static str by_email(struct fixture *f, const char *email)
{
	struct cell v = cell_text(str_of(email));
	struct row_query q = { .table = STR("person"),
		.where = STR("mail"),
		.match = MATCH_IDENT,
		.kind = IDENT_EMAIL,
		.values = &v,
		.values_n = 1 };

	return asked(f, &q, "sn");
}

#define IS(got, want)                                           \
	do {                                                    \
		str is_got = (got);                             \
		CHECK(str_eq(is_got, str_of(want)), "got %.*s", \
			STR_ARG(is_got));                       \
	} while (0)

static str name_of(struct fixture *f, const char *first)
{
	return arena_fmt(f->a, "%s,%.*s", first,
		STR_ARG(f->system->tables[0].words[TABLE_BASE]));
}

/* Any of several values finds an entry; all of them are shown. */
static void several_values(void)
{
	struct fixture f = open_staff(0);
	struct row_query all = { .table = STR("person"), .is_all = true };

	IS(by_email(&f, "ann@x.example"), "Lee");
	IS(by_email(&f, "ann@y.example"), "Lee");
	IS(by_email(&f, "ann@z.example"), "");
	IS(found(&f, "person", "mail", "sn", STR("Lee")),
		"[\"Ann@x.example\",\"ann@y.example\"]");
	/* What reads everybody gets each of them. */
	IS(asked(&f, &all, "mail"),
		"Ann@x.example ann@y.example bob@x.example");
	fixture_close(&f);
}

static void compared_exactly(void)
{
	struct fixture f = open_staff(0);

	IS(found(&f, "person", "mail", "sn", STR("lee")), "bob@x.example");
	IS(found(&f, "person", "mail", "sn", STR("LEE")), "");
	IS(found(&f, "person", "mail", "sn", STR("*")), "");
	IS(found(&f, "person", "mail", "sn", STR("x)(sn=*")), "");
	/* No filter compares pictures: they are read. */
	IS(found(&f, "person", "sn", "jpegPhoto", STR("picture")), "Lee");
	IS(found(&f, "person", "sn", "jpegPhoto", STR("pictur")), "");
	fixture_close(&f);
}

/* Names of entries: in another spelling, below another base, no names. */
static void by_name(void)
{
	struct fixture f = open_staff(0);
	str ann = name_of(&f, "cn=Ann");

	IS(found(&f, "person", "sn", "dn", ann), "Lee");
	IS(found(&f, "person", "sn", "dn",
		   fixture_with(f.a, arena_cstr(f.a, ann), "cn=Ann,",
			   "CN = ann , ")),
		"Lee");
	IS(found(&f, "person", "sn", "dn", STR("cn=Ann,dc=toyon")), "");
	IS(found(&f, "person", "sn", "dn", STR("Ann")), "");
	IS(found(&f, "person", "sn", "dn", name_of(&f, "cn=Cy")), "");
	IS(found(&f, "device", "dn", "owner", ann),
		name_of(&f, "cn=phone,cn=Ann").p);
	fixture_close(&f);
}

/* What links to a name may spell it otherwise: the directory keeps it as it was
 * written, and takes it for the same. */
static void links_in_another_spelling(void)
{
	struct fixture f = open_staff(0);
	str ann = name_of(&f, "cn=Ann");
	const char *odd = fixture_with(
		f.a, arena_cstr(f.a, ann), "cn=Ann,", "CN = ann , ")
				  .p;
	str laptop = fixture_with(f.a, arena_cstr(f.a, name_of(&f, "cn=Ann")),
		"cn=Ann,ou=people,", "cn=laptop,");
	const struct map_table *devices = &f.system->tables[1];
	const struct map_column *owner =
		&devices->columns[map_column_index(devices, STR("owner"))];
	struct cell key = cell_text(laptop);
	struct cell target = cell_text(ann);
	struct erase_step unlink = { .table = &f.system->tables[1],
		.keys = &key,
		.keys_n = 1,
		.unlink = owner,
		.targets = &target,
		.targets_n = 1 };
	struct step_set set = { .column = owner,
		.value = cell_text(str_of(odd)) };
	struct erase_step spell = { .table = &f.system->tables[1],
		.keys = &key,
		.keys_n = 1,
		.set = &set,
		.set_n = 1 };
	struct ident id;
	struct find_options o = { .map = &f.map };
	struct finding found_rows;
	int64_t n = 0;
	struct err e = { 0 };

	CHECK(!conn_erase(f.conn, &spell, 1, &n, &e), "%s", e.message);
	CHECK(!ident_read(
		      &id, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")),
		"no address");
	CHECK(!find_person(f.conn, f.a, &id, 1, &o, &found_rows, &e), "%s",
		e.message);
	CHECK(found_rows.rows_n == 3, "Ann, her phone and the laptop: %zu",
		found_rows.rows_n);
	CHECK(!conn_erase(f.conn, &unlink, 1, &n, &e), "%s", e.message);
	CHECK(n == 1, "unlinked: %d", (int)n);
	IS(found(&f, "device", "dn", "owner", ann),
		name_of(&f, "cn=phone,cn=Ann").p);
	fixture_close(&f);
}

static void what_is_wrong(void)
{
	struct fixture f = open_staff(0);
	struct row_query all = { .table = STR("person"), .is_all = true };

	IS(asked(&f, &all, "nix"),
		"INVALID: system \"staff\": table \"person\": the directory "
		"knows no attribute \"nix\"");
	IS(found(&f, "person", "sn", "nix", STR("x")),
		"INVALID: system \"staff\": table \"person\": the directory "
		"knows no attribute \"nix\"");
	f.map.systems[0].tables[0].words[TABLE_BASE] = STR("ou=x,dc=toyon");
	IS(asked(&f, &all, "sn"),
		"INVALID: system \"staff\": table \"person\": the base is "
		"missing");
	f.map.systems[0].tables[0].words[TABLE_FILTER] = STR("(&(x)");
	IS(str_head(asked(&f, &all, "sn"), 8), "INVALID:");
	fixture_close(&f);
}

/* An entry with others below it stays; running again finishes.  The leaves go
 * first, whatever their order in a step. */
static void from_the_leaves_up(void)
{
	struct fixture f = open_staff(0);
	struct cell below[] = { cell_text(name_of(&f, "cn=phone,cn=Ann")),
		cell_text(name_of(&f, "cn=case,cn=phone,cn=Ann")) };
	struct cell people[] = { cell_text(name_of(&f, "cn=Bob")),
		cell_text(name_of(&f, "cn=Ann")) };
	struct erase_step people_first[] = {
		{ .table = &f.system->tables[0], .keys = people, .keys_n = 2 },
		{ .table = &f.system->tables[1], .keys = below, .keys_n = 2 },
	};
	struct erase_step steps[] = { people_first[1], people_first[0] };
	int64_t n[2];
	struct err e = { 0 };

	fixture_say(&f, arena_fmt(f.a, "dn: %.*s\nobjectClass: device;\n%c",
				STR_ARG(below[1].v.v), '\0')
				.p);
	CHECK(conn_erase(f.conn, people_first, 2, n, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"%s", e.message);
	CHECK(strstr(e.message, "entries below"), "%s", e.message);
	IS(by_email(&f, "ann@x.example"), "Lee");
	CHECK(!conn_erase(f.conn, steps, 2, n, &e), "%s", e.message);
	CHECK(n[0] == 2 && n[1] >= 1, "%d, %d", (int)n[0], (int)n[1]);
	IS(by_email(&f, "ann@x.example"), "");
	IS(by_email(&f, "bob@x.example"), "");
	CHECK(!conn_erase(f.conn, steps, 2, n, &e) && !n[0] && !n[1],
		"nothing twice");
	fixture_close(&f);
}

/* Set, then emptied, then deleted, in one call; a name can't be set. */
static void changing(void)
{
	struct fixture f = open_staff(0);
	struct cell bob = cell_text(name_of(&f, "cn=Bob"));
	struct cell ann = cell_text(name_of(&f, "cn=Ann"));
	const struct map_table *t = &f.system->tables[0];
	struct step_set mail = { &t->columns[map_column_index(t, STR("mail"))],
		{ .type = CELL_NULL }, FORM_LOOK };
	struct map_column cn = { .name = STR("cn") };
	struct step_set name = { &cn, cell_text(STR("Rob")), FORM_LOOK };
	struct erase_step steps[] = {
		{ .table = t,
			.keys = &bob,
			.keys_n = 1,
			.set = &mail,
			.set_n = 1 },
		{ .table = t,
			.keys = &bob,
			.keys_n = 1,
			.unlink = &t->columns[t->links[0].column],
			.targets = &ann,
			.targets_n = 1 },
		{ .table = t,
			.keys = &bob,
			.keys_n = 1,
			.set = &name,
			.set_n = 1 },
	};
	int64_t n[3];
	struct err e = { 0 };

	CHECK(!conn_erase(f.conn, steps, 2, n, &e) && n[0] == 1 && n[1] == 1,
		"%s", e.message);
	IS(by_email(&f, "bob@x.example"), "");
	IS(found(&f, "person", "mail", "sn", STR("lee")), "");
	IS(found(&f, "person", "sn", "manager", ann.v.v), "");
	CHECK(conn_erase(f.conn, steps + 2, 1, n, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"%s", e.message);
	fixture_close(&f);
}

/* From an address to the entry and what belongs to it, and all of it gone. */
static void found_and_erased(void)
{
	struct fixture f = open_staff(0);
	struct ident ann;
	struct finding got;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &ann, .ids_n = 1, .at_ms = 1
	};
	struct erase_result r;
	struct err e = { 0 };

	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ANN@Y.example")));
	CHECK(!find_person(f.conn, f.a, &ann, 1, NULL, &got, &e), "%s",
		e.message);
	CHECK(got.tables[0].n == 1 && got.tables[1].n == 1, "%zu rows",
		got.rows_n);
	/* Bob's entry names hers, so a person has to look at it. */
	CHECK(got.tables[0].rows[0].is_shared, "not said to be Bob's, too");
	erase_plan_of(f.a, &got, true, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e), "%s", e.message);
	CHECK(r.erased == 2 && r.is_proven, "%d erased", (int)r.erased);
	IS(by_email(&f, "ann@x.example"), "");
	IS(by_email(&f, "bob@x.example"), "lee");
	fixture_close(&f);
}

/* --- killed --- */

enum { DEVICES = 12, SLOWLY = 10 /* requests a second */ };

static int devices(struct fixture *f)
{
	struct row_query all = { .table = STR("device"), .is_all = true };
	str column = STR("dn");
	struct err e = { 0 };
	int rows = 0;

	all.columns = &column;
	all.columns_n = 1;
	CHECK(!conn_rows(f->conn, &all, count_row, &rows, &e), "%s", e.message);
	return rows;
}

/* A run of its own, on a connection of its own, killed as soon as no more devices are
 * there than `most`.  True when it was still at work. */
static bool run_and_kill(
	struct fixture *f, const struct erase_request *q, int most)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		struct erase_result r;
		struct err e = { 0 };

		fixture_load(f, 0, SLOWLY);
		_exit(erase_run(f->conn, f->a, q, &r, &e) ? 1 : 0);
	}
	must(pid > 0);
	while (devices(f) > most && !waitpid(pid, &status, WNOHANG))
		usleep(2000);
	kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFSIGNALED(status);
}

/* A directory has no transaction: what a run deleted before it was killed is deleted, the
 * next one finishes, and each entry is reported once. */
static void killed_in_the_middle(void)
{
	struct fixture f = open_staff(0);
	struct ident ann;
	struct finding got;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &ann, .ids_n = 1, .at_ms = 1
	};
	struct erase_result r;
	struct err e = { 0 };
	int all, left;

	for (int i = 0; i < DEVICES; i++)
		fixture_say(&f, arena_fmt(f.a,
					"dn: cn=d%d,%.*s\nobjectClass: device\n"
					"owner: %.*s;\n%c",
					i, STR_ARG(name_of(&f, "cn=Ann")),
					STR_ARG(name_of(&f, "cn=Ann")), '\0')
					.p);
	all = devices(&f);
	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	CHECK(!find_person(f.conn, f.a, &ann, 1, NULL, &got, &e), "%s",
		e.message);
	erase_plan_of(f.a, &got, true, &plan);
	CHECK(run_and_kill(&f, &q, all - 2), "it was over before");
	left = devices(&f);
	CHECK(left <= all - 2, "%d of %d devices are left", left, all);
	IS(by_email(&f, "ann@x.example"), "Lee");
	run_and_kill(&f, &q, left - 3);
	left = devices(&f) - 1 + (by_email(&f, "ann@x.example").n > 0);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e), "%s", e.message);
	CHECK(r.is_proven && r.planned == DEVICES + 2 && r.gone == r.planned,
		"each of %d is gone, once: %d", (int)r.planned, (int)r.gone);
	CHECK(r.erased == left, "this run deleted what was left, %d: %d", left,
		(int)r.erased);
	CHECK(devices(&f) == 1, "Bob's laptop is there: %d", devices(&f));
	IS(by_email(&f, "bob@x.example"), "lee");
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && !r.erased &&
			r.gone == r.planned && r.is_proven,
		"again: nothing is deleted twice, and the report is the same");
	fixture_close(&f);
}

/* Whose a row is can't be said by two links at once. */
static void links_of_two(void)
{
	struct fixture f = open_staff(0);

	fixture_say(&f,
		arena_cstr(f.a,
			fixture_with(f.a,
				"dn: cn=tv,ou=mMAP,dc=toyon\nobjectClass: device\n"
				"owner: cn=Ann,ou=people,ou=mMAP,dc=toyon\n"
				"owner: cn=Bob,ou=people,ou=mMAP,dc=toyon;\n",
				"MAP", arena_fmt(f.a, "s%d%c", maps, '\0').p)));
	IS(found(&f, "device", "owner", "owner", name_of(&f, "cn=Ann")),
		"INVALID: system \"staff\": table \"device\": \"owner\" links, "
		"and an entry has several values in it");
	fixture_close(&f);
}

/* More entries than a server gives at once come page by page. */
static void pages(void)
{
	enum { MANY = 1400 };
	struct fixture f = open_staff(0);
	int rows = 0;
	struct buf b = buf_in(f.a, 1 << 20);
	struct row_query all = { .table = STR("person"), .is_all = true };
	str sn = STR("sn");
	struct err e = { 0 };

	for (int i = 0; i < MANY; i++)
		buf_fmt(&b,
			"dn: cn=p%d,%.*s\nobjectClass: inetOrgPerson\n"
			"sn: p;\n",
			i, STR_ARG(f.system->tables[0].words[TABLE_BASE]));
	buf_putc(&b, '\0');
	fixture_say(&f, buf_str(&b).p);
	f.url = arena_cstr(
		f.a, fixture_with(f.a, f.url, "cn=admin", "cn=reader"));
	f.conn = fixture_connect(&f, CONN_READ, 0);
	all.columns = &sn;
	all.columns_n = 1;
	CHECK(!conn_rows(f.conn, &all, count_row, &rows, &e), "%s", e.message);
	CHECK(rows == MANY + 2, "%d entries", rows);
	fixture_close(&f);
}

static void without_the_right(void)
{
	struct fixture f = open_staff(0);
	struct cell bob = cell_text(name_of(&f, "cn=Bob"));
	struct erase_step s = {
		.table = &f.system->tables[0], .keys = &bob, .keys_n = 1
	};
	struct conn_options o = {
		.url = arena_cstr(
			f.a, fixture_with(f.a, f.url, ":geheim@", ":falsch@"))
	};
	struct conn *c;
	int64_t n;
	struct err e = { 0 };

	CHECK(conn_open(f.a, &f.map, f.system, &o, &c, &e) == -1 &&
			e.code == ERR_DENIED,
		"%s", e.message);
	CHECK(!strstr(e.message, "falsch") && !strstr(e.detail, "falsch"),
		"it tells the secret");
	f.url = arena_cstr(
		f.a, fixture_with(f.a, f.url, "cn=admin", "cn=reader"));
	f.conn = fixture_connect(&f, CONN_WRITE, 0);
	CHECK(conn_erase(f.conn, &s, 1, &n, &e) == -1 && e.code == ERR_DENIED,
		"%s", e.message);
	IS(by_email(&f, "bob@x.example"), "lee");
	fixture_close(&f);
}

/* The server stops in the middle of an answer, and does not come back. */
static int stop_server(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	int *rows = ctx;
	int64_t pid;

	(void)cells;
	(void)n;
	(void)e;
	must(str_int(str_of(getenv("TOYON_TEST_LDAP_PID")), &pid));
	if (!(*rows)++)
		kill((pid_t)pid, SIGSTOP);
	return 0;
}

static void cut_off(void)
{
	struct fixture f = open_staff(700);
	struct row_query all = { .table = STR("person"), .is_all = true };
	struct buf b = buf_in(f.a, 32 << 20);
	str text = STR("sn");
	struct err e = { 0 };
	int64_t pid, start_ms;
	int rows = 0;

	must(str_int(str_of(getenv("TOYON_TEST_LDAP_PID")), &pid));
	for (int i = 0; i < 1200; i++) {
		buf_fmt(&b,
			"dn: cn=p%d,%.*s\nobjectClass: inetOrgPerson\nsn: ", i,
			STR_ARG(f.system->tables[0].words[TABLE_BASE]));
		for (int k = 0; k < 600; k++)
			buf_puts(&b, "0123456789");
		buf_puts(&b, ";\n");
	}
	buf_putc(&b, '\0');
	fixture_say(&f, buf_str(&b).p);
	all.columns = &text;
	all.columns_n = 1;
	start_ms = clock_mono_ms();
	CHECK(conn_rows(f.conn, &all, stop_server, &rows, &e) == -1, "%d rows",
		rows);
	CHECK(e.code == ERR_UNAVAILABLE, "%s", e.message);
	CHECK(rows > 0 && rows < 1202, "%d rows", rows);
	CHECK(clock_mono_ms() - start_ms < 5000, "it waited %d ms",
		(int)(clock_mono_ms() - start_ms));
	kill((pid_t)pid, SIGCONT);
	CHECK(conn_rows(f.conn, &all, count_row, &rows, &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"a dropped connection stays dropped");
	f.conn = fixture_connect(&f, CONN_READ, 0);
	/* Killed: neither the answer nor the signal is missed. */
	kill((pid_t)pid, SIGKILL);
	usleep(200000);
	for (int i = 0; i < 2; i++)
		CHECK(conn_rows(f.conn, &all, count_row, &rows, &e) == -1 &&
				e.code == ERR_UNAVAILABLE,
			"%s", e.message);
	fixture_close(&f);
}

static void with_a_server(void)
{
	several_values();
	compared_exactly();
	by_name();
	links_in_another_spelling();
	what_is_wrong();
	from_the_leaves_up();
	changing();
	found_and_erased();
	killed_in_the_middle();
	links_of_two();
	pages();
	without_the_right();
	cut_off(); /* the last: it ends the server */
}

int main(int argc, char **argv)
{
	texts();
	names();
	if (argc > 1 && !strcmp(argv[1], "server"))
		with_a_server();
	return CHECK_DONE();
}
