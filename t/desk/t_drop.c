/*
 * Sessions with the State's lists, whose right answer is known: one person,
 * several, all exempt, nobody; who withdraws, who comes back, a system that is
 * away; and every step begun again.  The systems are real (SQLite files), the
 * record is on both engines.
 */
#include "check.h"
#include "fresh.h"

#include <sodium.h>
#include <sys/stat.h>

#include "base/enc.h"
#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/config.h"
#include "desk/drop.h"
#include "desk/drop_page.h"
#include "desk/drop_session.h"
#include "desk/hold.h"
#include "desk/install.h"
#include "desk/keys.h"
#include "desk/metrics.h"
#include "desk/restored.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "drop/batch.h"
#include "drop/pack.h"
#include "law/reason.h"
#include "store/sql.h"

struct test {
	struct arena *a;
	const char *dir;
	struct fresh fresh;
	struct config config;
	struct clock clock;
	struct keys *keys;
	struct db *db;
	struct suppress *suppress;
	struct drop_place place;
	const char *map;
};

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    title: CRM\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: first, verifies: first_name }\n"
	"          - { name: last, verifies: last_name }\n"
	"          - { name: born, verifies: birth_date }\n"
	"          - { name: zip, verifies: zip }\n"
	"          - { name: phone, identifies: phone }\n"
	"        erase: delete\n"
	"      - name: email\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email, own: true } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: invoice\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, own: true }\n"
	"          - { name: phone, identifies: phone }\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: keep\n"
	"        exception: DX8\n"
	"        purpose: Tax records, kept for seven years\n"
	"  - name: news\n"
	"    title: Newsletter\n"
	"    connector: sqlite\n"
	"    database: news.db\n"
	"    tables:\n"
	"      - name: subscriber\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email, own: true } ]\n"
	"        erase: delete\n"
	"vendors:\n"
	"  - name: mailharbor\n"
	"    title: MailHarbor\n"
	"    role: service_provider\n"
	"    email: privacy@mailharbor.example\n"
	"    days: 17\n"
	"    receives: [ email ]\n"
	"  - name: buyer\n"
	"    title: Buyer\n"
	"    role: third_party\n"
	"    email: privacy@buyer.example\n"
	"    days: 17\n"
	"    receives: [ email ]\n";

static const char crm[] =
	"create table person (id integer primary key, first text, last text,\n"
	"	born text, zip text, phone text);\n"
	"create table email (id integer primary key, person_id integer,\n"
	"	email text);\n"
	"create table invoice (id integer primary key, person_id integer,\n"
	"	email text, cents integer, phone text);\n"
	"insert into person values\n"
	"	(1, 'Ann', 'One', '1980-01-02', '94107', '4155550101'),\n"
	"	(2, 'Bea', 'Two', '1981-01-02', '94108', '4155550102'),\n"
	"	(3, 'Bob', 'Two', '1982-01-02', '94108', '4155550103'),\n"
	"	(4, 'Cy', 'Four', '1983-01-02', '94109', '4155550104'),\n"
	"	(5, 'Danielle', 'Johnson', '1985-07-04', '91790', null),\n"
	"	(6, 'By', 'Stander', '1990-01-02', '94110', '4155550106');\n"
	"insert into email values\n"
	"	(1, 1, 'ann@one.example'), (2, 2, 'two@home.example'),\n"
	"	(3, 3, 'two@home.example'), (4, 2, 'bea@work.example'),\n"
	"	(5, 6, 'by@stander.example'), (6, 4, 'cy@four.example');\n"
	"insert into invoice values\n"
	"	(1, 1, 'ann@one.example', 100, null),\n"
	"	(2, null, 'tax@only.example', 5, null),\n"
	"	(3, 6, 'by@stander.example', 7, null);\n";

static const char news[] =
	"create table subscriber (id integer primary key, email text);\n"
	"insert into subscriber values (1, 'Ann@One.example'),\n"
	"	(2, 'by@stander.example');\n";

static struct desk desk(struct test *t)
{
	return (struct desk){
		.db = t->db,
		.arena = t->a,
		.clock = &t->clock,
		.keys = t->keys,
		.config = &t->config,
		.data_map = t->map,
		.suppress = t->suppress,
		.actor = { .kind = ACTOR_STAFF,
			.id = 1,
			.role = STR("officer") },
		.wake_fd = -1,
	};
}

static void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s (%s; %s)\n", what, e->message, e->detail,
		e->hint);
	exit(1);
}

static const char *in_dir(struct test *t, const char *name)
{
	return path_join(t->a, t->dir, name);
}

/* --- the systems --- */

static struct conn *system_conn(
	struct test *t, const char *name, enum conn_mode mode)
{
	struct conn_options o = { .mode = mode };
	struct map *m = arena_one(t->a, struct map);
	struct conn *c;
	struct err e = { 0 };

	if (map_read(t->a, t->map, m, &e) ||
		conn_open(
			t->a, m, map_system_named(m, str_of(name)), &o, &c, &e))
		fail(name, &e);
	return c;
}

static void run_in(struct test *t, const char *name, const char *sql)
{
	struct conn *c = system_conn(t, name, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

static int count_one(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)cells;
	(void)n;
	(void)e;
	++*(int *)ctx;
	return 0;
}

static int rows_in(struct test *t, const char *name, const char *table)
{
	struct conn *c = system_conn(t, name, CONN_READ);
	str key = STR("id");
	struct row_query q = { .table = str_of(table),
		.columns = &key,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };
	int n = 0;

	if (conn_rows(c, &q, count_one, &n, &e))
		fail(table, &e);
	conn_close(c);
	return n;
}

static void make_system(struct test *t, const char *file, const char *sql)
{
	struct err e = { 0 };
	str name = str_of(file);

	if (file_replace(in_dir(t, file), STR(""), 0600, &e))
		fail(file, &e);
	run_in(t, arena_cstr(t->a, str_head(name, name.n - 3)), sql);
}

/* --- batches --- */

struct row {
	const char *id;
	enum drop_list list;
	const char *value; /* parts with | */
};

static str hash_of(struct test *t, const struct row *r)
{
	uint8_t digest[SHA256_SIZE];
	struct ident id;

	must(ident_read(&id, DROP_PROFILE, drop_list_kind(r->list),
		     str_of(r->value)) == IDENT_FAULT_NONE);
	ident_digest(&id, digest);
	return base64_of(t->a, digest, sizeof digest);
}

static void put_row(
	struct test *t, struct buf *b, const struct row *r, bool is_removed)
{
	buf_fmt(b, "%s,%.*s%s%s\n", r->id, STR_ARG(hash_of(t, r)),
		is_removed ? "," : "",
		is_removed ? drop_list_name(r->list) : "");
}

static void put_file(struct test *t, struct drop_pack *pack, const char *type,
	const struct buf *b)
{
	struct err e = { 0 };

	pack->name = arena_fmt(t->a, "20261121_4821_%s.csv", type);
	pack->path = in_dir(t, type);
	if (file_replace(pack->path, buf_str(b), 0600, &e))
		fail(type, &e);
}

/* A ZIP of these items, and of these that were withdrawn. */
static const char *zip_of(struct test *t, const char *name,
	const struct row *rows, size_t n, const struct row *gone, size_t gone_n)
{
	struct drop_pack pack[DROP_LISTS + 1];
	const char *path = in_dir(t, name);
	struct err e = { 0 };
	size_t files = 0;

	for (int l = 0; l < DROP_LISTS; l++) {
		struct buf b = buf_in(t->a, 1 << 20);
		size_t held = 0;

		buf_puts(&b, "ID,Hash\n");
		for (size_t i = 0; i < n; i++)
			if ((int)rows[i].list == l && ++held)
				put_row(t, &b, &rows[i], false);
		if (held)
			put_file(t, &pack[files++],
				drop_list_name((enum drop_list)l), &b);
	}
	if (gone_n || !files) {
		struct buf b = buf_in(t->a, 1 << 20);

		buf_puts(&b, "ID,Hash,ListType\n");
		for (size_t i = 0; i < gone_n; i++)
			put_row(t, &b, &gone[i], true);
		put_file(t, &pack[files++], "Removed", &b);
	}
	if (drop_pack_write(t->a, path, pack, files, &e))
		fail(name, &e);
	return path;
}

/* --- counts that are kept --- */

static bool is_kept(struct test *t)
{
	struct sql_drop_tally_mark_row mark;
	struct err e = { 0 };

	if (sql_drop_tally_mark(t->db, t->a, &mark, &e) != 1)
		fail("mark", &e);
	return mark.items_kept && mark.matches_kept;
}

static void same_tally(struct test *t, const char *step)
{
	struct sql_drop_tally_list_rows kept;
	struct sql_drop_tally_count_rows now;
	bool is_same;
	struct err e = { 0 };

	if (sql_drop_tally_list(t->db, t->a, &kept, &e) ||
		sql_drop_tally_count(t->db, t->a, &now, &e))
		fail(step, &e);
	is_same = kept.n == now.n;
	for (size_t i = 0; is_same && i < now.n; i++)
		is_same = kept.at[i].cycle_id == now.at[i].cycle_id &&
			  kept.at[i].list == now.at[i].list &&
			  kept.at[i].people == now.at[i].people &&
			  kept.at[i].status == now.at[i].status &&
			  kept.at[i].sent_status == now.at[i].sent_status &&
			  kept.at[i].is_revoked == now.at[i].is_revoked &&
			  kept.at[i].n == now.at[i].n;
	CHECK(is_same, "%s: %zu kinds are kept, %zu are there", step, kept.n,
		now.n);
}

static void same_found(struct test *t, const char *step)
{
	struct desk d = desk(t);
	struct drop_cycle_view v;
	struct err e = { 0 };

	if (drop_cycle_view(&d, 0, &v, &e) != 1)
		fail(step, &e);
	for (size_t i = 0; i < v.passes.n; i++) {
		const struct drop_pass *p = &v.passes.at[i];
		struct sql_drop_tally_found_in in = { p->id };
		struct sql_drop_tally_found_rows kept;
		struct drop_pass now;

		if (drop_pass_read(&d, p->id, &now, &e) != 1 ||
			sql_drop_tally_found(t->db, t->a, &in, &kept, &e))
			fail(step, &e);
		CHECK(p->found.n == now.found.n && kept.n == now.found.n,
			"%s: %zu and %zu tables", step, kept.n, now.found.n);
		for (size_t k = 0; k < now.found.n && k < p->found.n; k++) {
			const struct drop_found *a = &p->found.at[k];
			const struct drop_found *b = &now.found.at[k];

			CHECK(str_eq(a->system, b->system) &&
					str_eq(a->table, b->table) &&
					a->people == b->people &&
					a->alone == b->alone &&
					a->several == b->several &&
					a->erased == b->erased &&
					a->kept == b->kept &&
					a->opted_out == b->opted_out &&
					a->open == b->open,
				"%s: %s", step, arena_cstr(t->a, b->table));
		}
	}
}

/* What pages show, against other statements that count. */
static void same_numbers(struct test *t, const char *step)
{
	struct desk d = desk(t);
	struct drop_overview o;
	struct sql_drop_item_unsent_row unsent;
	struct sql_drop_item_active_count_row active;
	struct sql_drop_item_undecided_rows open;
	struct err e = { 0 };

	if (drop_overview(&d, &o, &e) ||
		sql_drop_item_unsent(t->db, t->a, &unsent, &e) < 0 ||
		sql_drop_item_active_count(t->db, t->a, &active, &e) < 0 ||
		sql_drop_item_undecided(t->db, t->a, &open, &e))
		fail(step, &e);
	CHECK(o.counts.all.active == active.n &&
			o.counts.all.open == unsent.undecided &&
			o.unsent_fresh == unsent.fresh &&
			o.unsent_amends == unsent.amends &&
			o.counts.all.unsent == unsent.fresh + unsent.amends,
		"%s: %d of %d, %d of %d, %d of %d, %d of %d", step,
		(int)o.counts.all.active, (int)active.n, (int)o.counts.all.open,
		(int)unsent.undecided, (int)o.unsent_fresh, (int)unsent.fresh,
		(int)o.unsent_amends, (int)unsent.amends);
	for (size_t i = 0; i < open.n; i++)
		CHECK(o.counts.of[open.at[i].list].open == open.at[i].n,
			"%s: list %d", step, (int)open.at[i].list);
}

/* After every step. */
static void tallied(struct test *t, const char *step)
{
	CHECK(is_kept(t), "%s: items were counted after it", step);
	same_tally(t, step);
	same_found(t, step);
	same_numbers(t, step);
}

/* --- steps that must go well --- */

static struct drop_pulled import(struct test *t, const char *zip)
{
	struct desk d = desk(t);
	struct drop_pulled out;
	struct err e = { 0 };

	if (drop_import(&d, &t->place, zip, &out, &e))
		fail(zip, &e);
	tallied(t, "import");
	return out;
}

static struct drop_matched match(struct test *t)
{
	struct desk d = desk(t);
	struct drop_matched out;
	struct err e = { 0 };

	if (drop_match_all(&d, &t->place, &out, &e))
		fail("match", &e);
	tallied(t, "match");
	return out;
}

static struct drop_acted act(struct test *t)
{
	struct desk d = desk(t);
	struct drop_acted out;
	struct err e = { 0 };

	if (drop_act(&d, &t->place, &out, &e))
		fail("act", &e);
	tallied(t, "act");
	return out;
}

static struct drop_reported export(struct test *t, const char *folder)
{
	struct desk d = desk(t);
	struct drop_reported out;
	struct err e = { 0 };

	if (drop_export(&d, &t->place, in_dir(t, folder), &out, &e))
		fail("export", &e);
	tallied(t, "export");
	return out;
}

static void outcome(struct test *t, enum drop_word word)
{
	struct desk d = desk(t);
	struct err e = { 0 };

	if (drop_outcome(&d, STR(""), word, STR(""), &e))
		fail("outcome", &e);
	tallied(t, "outcome");
}

static void finish(struct test *t)
{
	outcome(t, DROP_WORD_ACCEPTED);
	outcome(t, DROP_WORD_PROCESSED);
}

static struct sql_drop_item_by_id_row item(struct test *t, const char *id)
{
	struct sql_drop_item_by_id_in in = { str_of(id) };
	struct sql_drop_item_by_id_row row = { 0 };
	struct err e = { 0 };

	if (sql_drop_item_by_id(t->db, t->a, &in, &row, &e) < 0)
		fail(id, &e);
	return row;
}

static int status(struct test *t, const char *id)
{
	return (int)item(t, id).status;
}

static uint32_t reasons(struct test *t, enum ident_kind kind, const char *v)
{
	struct desk d = desk(t);
	struct suppress_query q = { .kind = kind, .value = str_of(v) };
	struct err e = { 0 };

	if (suppress_check(&d, &q, 1, &e))
		fail("check", &e);
	return q.reasons;
}

static uint32_t email_reasons(struct test *t, const char *v)
{
	return reasons(t, IDENT_EMAIL, v);
}

/* The text of all files in a folder. */
static str sent_in(struct test *t, const char *folder)
{
	char command[600];
	struct buf b = buf_in(t->a, 1 << 20);
	FILE *f;
	int ch;

	snprintf(command, sizeof command, "cat %s/*.csv", in_dir(t, folder));
	f = popen(command, "r");
	must(f);
	while ((ch = getc(f)) != EOF)
		buf_putc(&b, (char)ch);
	pclose(f);
	return buf_str(&b);
}

static bool says(str text, const char *line)
{
	return str_find(text, str_of(line)) >= 0;
}

/* --- before the first session: nobody answers --- */

static struct drop_outage newest_outage(struct test *t)
{
	struct desk d = desk(t);
	struct drop_outages all;
	struct err e = { 0 };

	if (drop_outages(&d, 5, &all, &e) || !all.n)
		fail("outages", &e);
	return all.at[0];
}

static size_t notices_due(struct test *t)
{
	struct desk d = desk(t);
	struct drop_overview o;
	struct err e = { 0 };

	if (drop_overview(&d, &o, &e))
		fail("overview", &e);
	return o.notices_due;
}

static void pull_fails(struct test *t)
{
	struct desk d = desk(t);
	struct drop_pulled out;
	struct err e = { 0 };

	CHECK(drop_pull(&d, &t->place, &out, &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"nobody listens there: %s", e.message);
}

/* As a process that was killed leaves it: it must not be taken for what the
 * platform has to say now. */
static void leave_a_batch(struct test *t)
{
	static const struct row old[] = {
		{ "OldBatch0001", DROP_EMAIL, "old@batch.example" },
	};
	const char *zip = zip_of(t, "old.zip", old, 1, NULL, 0);
	const char *left = path_join(t->a, t->place.dir, "arriving.zip");
	struct err e = { 0 };

	if (dir_make(t->place.dir, 0700, &e))
		fail("place", &e);
	must(!rename(zip, left));
}

static void outages(struct test *t)
{
	struct desk d = desk(t);
	struct drop_outage x;
	struct err e = { 0 };
	str text;

	t->config.drop_url = STR("http://127.0.0.1:1");
	if (file_replace(in_dir(t, "drop_api_key"), STR("key"), 0600, &e))
		fail("key", &e);
	leave_a_batch(t);
	pull_fails(t);
	t->clock.fixed_ms += 3600000;
	pull_fails(t);
	x = newest_outage(t);
	CHECK(x.tries == 2 && !x.to_at && x.last_at - x.from_at == 3600000 &&
			str_eq(x.said, STR("no-answer")),
		"one outage of two tries: %d", x.tries);
	CHECK(str_eq(date_iso(t->a, x.notice_by), STR("2027-01-05")) &&
			notices_due(t) == 1,
		"45 days: %.*s", STR_ARG(date_iso(t->a, x.notice_by)));
	CHECK(!drop_outage_fault(&d, x.id, STR("ours"), &e) &&
			notices_due(t) == 0,
		"our own fault needs no notice");
	CHECK(drop_outage_notice(&d, x.id, &text, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"and has none that says it was not: %s", e.message);
	CHECK(drop_outage_fault(&d, x.id, STR("theirs"), &e) == -1 &&
			e.code == ERR_INVALID,
		"three words");
	CHECK(!drop_outage_fault(&d, x.id, STR("platform"), &e) &&
			notices_due(t) == 1,
		"theirs does");
	CHECK(!drop_outage_notice(&d, x.id, &text, &e) &&
			says(text, "11 CCR 7612(b)(1)") && says(text, "4821") &&
			says(text, "Failed tries: 2"),
		"its words: %.*s", STR_ARG(text));
	CHECK(drop_outage_noticed(&d, x.id, STR(" "), &e) == -1,
		"how it can be found is asked for");
	CHECK(!drop_outage_noticed(&d, x.id, STR("message 7"), &e) &&
			notices_due(t) == 0,
		"told");
	CHECK(drop_outage_notice(&d, 99, &text, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"no such outage");
	t->config.drop_url = STR("https://api.drop.privacy.ca.gov");
}

/* The platform that is away while our key was wrong must be told of: an outage of
 * our own has no notice (11 CCR 7612(b)(1)). */
static void outage_within_ours(struct test *t)
{
	struct desk d = desk(t);
	struct drop_outage ours, theirs;
	struct err e = { 0 };

	must(!drop_outage_end(&d, &e));
	must(!drop_outage_note(&d, "ours", "key", STR("401"), &e));
	ours = newest_outage(t);
	t->clock.fixed_ms += 3600000;
	must(!drop_outage_note(&d, "ours", "account", STR("403"), &e));
	CHECK(newest_outage(t).id == ours.id && notices_due(t) == 0,
		"still our own");
	t->clock.fixed_ms += 3600000;
	must(!drop_outage_note(&d, "platform", "trouble", STR("500"), &e));
	theirs = newest_outage(t);
	CHECK(theirs.id != ours.id && str_eq(theirs.fault, STR("platform")) &&
			theirs.from_at == t->clock.fixed_ms &&
			notices_due(t) == 1,
		"what is not our own is another one");
	must(!drop_outage_note(&d, "ours", "key", STR("401"), &e));
	CHECK(str_eq(newest_outage(t).fault, STR("ours")) &&
			str_eq(newest_outage(t).problem, STR("401")) &&
			notices_due(t) == 1,
		"our own key is not what the notice says of the platform");
	t->clock.fixed_ms += 3600000;
	must(!drop_outage_note(&d, "platform", "trouble", STR("500"), &e));
	theirs = newest_outage(t);
	CHECK(notices_due(t) == 2, "each of theirs has its notice");
	/* What a person said of it holds for what fails in the same way. */
	must(!drop_outage_fault(&d, theirs.id, STR("ours"), &e));
	must(!drop_outage_note(&d, "platform", "trouble", STR("500"), &e));
	CHECK(newest_outage(t).id == theirs.id && notices_due(t) == 1,
		"no new one against a person's word");
	must(!drop_outage_end(&d, &e));
}

static void events(struct test *t)
{
	struct desk d = desk(t);
	struct drop_told told = { STR("e-1"), STR("download.ready"), 1,
		STR("1795305600"), STR("{}") };
	struct drop_events all;
	struct err e = { 0 };
	bool is_new = false;

	CHECK(!drop_event(&d, &told, &is_new, &e) && is_new, "told");
	CHECK(!drop_event(&d, &told, &is_new, &e) && !is_new, "told again");
	/* Id and type are outside of the signature: whoever overheard the call could send
	 * it for five minutes under others. */
	told.event_id = STR("e-2");
	told.type = STR("made.up");
	CHECK(!drop_event(&d, &told, &is_new, &e) && !is_new,
		"the same call under another id");
	CHECK(!drop_events(&d, 10, &all, &e) && all.n == 1 &&
			str_eq(all.at[0].type, STR("download.ready")),
		"one event");
	told.timestamp = STR("1795305601");
	CHECK(!drop_event(&d, &told, &is_new, &e) && is_new,
		"another call with the same words");
	told.event_id = STR("");
	CHECK(drop_event(&d, &told, &is_new, &e) == -1 && e.code == ERR_INVALID,
		"an event without a name could be told for ever");
}

/* --- vendors --- */

static void tell(struct test *t, size_t wanted)
{
	struct desk d = desk(t);
	struct install in = {
		.arena = t->a, .dir = t->dir, .config = t->config
	};
	size_t told;
	str problem;
	struct err e = { 0 };

	CHECK(!drop_tell(&d, &in, &told, &problem, &e) && told == wanted &&
			!problem.n,
		"%zu told: %s%.*s", told, e.message, STR_ARG(problem));
}

static str sha_of(struct arena *a, str bytes)
{
	unsigned char sha[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(sha, (const unsigned char *)bytes.p, bytes.n);
	return hex_of(a, sha, sizeof sha);
}

static void vendors(struct test *t)
{
	struct desk d = desk(t);
	struct drop_cycle_view v;
	struct drop_vendor x;
	struct problems ps = { 0 };
	struct drop_vendor_reply reply = { .answer = STR("kept") };
	struct err e = { 0 };
	str token, csv, taken;

	if (drop_cycle_view(&d, 0, &v, &e) != 1)
		fail("view", &e);
	token = drop_vendor_token(&d, v.vendors.at[0].id);
	CHECK(drop_vendor_open(&d, token, &x, &e) == 0,
		"nothing to open before it was told");
	tell(t, 1);
	tell(t, 0);
	CHECK(drop_vendor_open(&d, token, &x, &e) == 1 &&
			str_eq(x.state, STR("asked")) && x.rows == 2,
		"the link opens it");
	CHECK(drop_vendor_open(&d, STR("AAAA"), &x, &e) == 0 &&
			drop_vendor_open(&d, STR("%"), &x, &e) == 0,
		"no other does");
	CHECK(drop_vendor_open(&d, token, &x, &e) == 1 &&
			!drop_vendor_file(&d, &x, &csv, &e) &&
			says(csv, "Kind,Hash,Act\nemail,") &&
			says(csv, ",delete\n") && says(csv, ",opt-out\n") &&
			!says(csv, "AnnOneEmail1"),
		"hashes and what to do: %.*s", STR_ARG(csv));
	CHECK(drop_vendor_take(&d, token, &x, &taken, &e) == 1 &&
			str_eq(taken, csv) &&
			str_eq(sha_of(t->a, csv), x.sha256),
		"by its link the same bytes, as they were recorded");
	CHECK(drop_vendor_take(&d, STR("AAAA"), &x, &taken, &e) == 0 &&
			drop_vendor_answer(&d, STR("AAAA"), &reply, &ps, &e) ==
				0,
		"by no other");
	d.actor = (struct actor){ 0 };
	CHECK(drop_vendor_answer(&d, token, &reply, &ps, &e) == 1 && ps.n == 1,
		"who keeps says why");
	ps.n = 0;
	reply = (struct drop_vendor_reply){ STR("deleted"), -1, STR("") };
	CHECK(drop_vendor_answer(&d, token, &reply, &ps, &e) == 1 && ps.n == 1,
		"no fewer than none");
	ps.n = 0;
	reply.rows = 3;
	CHECK(drop_vendor_answer(&d, token, &reply, &ps, &e) == 1 && !ps.n,
		"%s", e.message);
	reply.answer = STR("nothing");
	drop_vendor_answer(&d, token, &reply, &ps, &e);
	CHECK(drop_vendor_take(&d, token, &x, &taken, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"who has answered needs no file");
	d = desk(t);
	CHECK(drop_cycle_view(&d, 0, &v, &e) == 1 &&
			str_eq(v.vendors.at[0].state, STR("deleted")) &&
			v.vendors.at[0].answered_rows == 3 &&
			str_eq(v.vendors.at[0].answered_by,
				STR("vendor:mailharbor")),
		"the first answer stands");
	t->clock.fixed_ms += 181LL * 86400000;
	CHECK(drop_vendor_open(&d, token, &x, &e) == 0, "not for ever");
	t->clock.fixed_ms -= 181LL * 86400000;
}

/* --- the cases --- */

static const struct row first[] = {
	{ "AnnOneEmail1", DROP_EMAIL, "ann@one.example" },
	{ "TwoAtHome001", DROP_EMAIL, "two@home.example" },
	{ "TaxOnly00001", DROP_EMAIL, "tax@only.example" },
	{ "NobodyHere01", DROP_EMAIL, "nobody@here.example" },
	{ "LaterOnly001", DROP_EMAIL, "later@only.example" },
	{ "SameHashOne1", DROP_EMAIL, "same@hash.example" },
	{ "SameHashTwo2", DROP_EMAIL, "same@hash.example" },
	{ "CyFourPhone1", DROP_PHONE, "4155550104" },
	{ "DanielleNDZ1", DROP_NDZ, "Danielle|Johnson|1985-07-04|91790" },
};

static void first_session(struct test *t)
{
	const char *zip = zip_of(
		t, "20261121_4821_DROP.zip", first, COUNTOF(first), NULL, 0);
	struct drop_pulled p = import(t, zip);
	struct drop_matched m;
	struct drop_acted done;
	struct drop_preview look;
	struct drop_cycle_view v;
	struct desk d = desk(t);
	struct err e = { 0 };

	CHECK(p.state == DROP_STATE_DOWNLOADED && p.items == 9 && !p.removed,
		"%s, %d items", drop_state_code(p.state), (int)p.items);
	p = import(t, zip);
	CHECK(p.items == 9, "the same ZIP again is the same session");
	CHECK(drop_act(&d, &t->place, &done, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"nothing is done before it is matched");
	CHECK(status(t, "NobodyHere01") == 0, "not looked at is no answer");
	m = match(t);
	CHECK(m.state == DROP_STATE_MATCHED && m.systems == 2 &&
			!m.systems_left,
		"%s, %zu systems, %s", drop_state_code(m.state), m.systems,
		arena_cstr(t->a, m.problem));
	CHECK(status(t, "NobodyHere01") == 5 && status(t, "AnnOneEmail1") == 0,
		"only what is nowhere is decided");
	CHECK(email_reasons(t, "nobody@here.example") == REASON_DROP,
		"a later record is refused");
	CHECK(email_reasons(t, "ann@one.example") == REASON_DROP &&
			email_reasons(t, "two@home.example") ==
				REASON_DROP_OPT_OUT,
		"suppressed before anything is erased");
	CHECK(!drop_preview(&d, &look, &e) && look.to_erase == 4 &&
			look.to_keep == 1 && look.to_opt_out == 2,
		"what act() does then: erase %d, keep %d, opt out %d",
		(int)look.to_erase, (int)look.to_keep, (int)look.to_opt_out);
	CHECK(rows_in(t, "crm", "person") == 6, "looking changes nothing");
	done = act(t);
	CHECK(done.state == DROP_STATE_ACTED && !done.left &&
			done.erased == 4 && done.kept == 1 &&
			done.opted_out == 2,
		"%s: %d erased, %d kept, %d opted out, %d left: %s",
		drop_state_code(done.state), (int)done.erased, (int)done.kept,
		(int)done.opted_out, (int)done.left,
		arena_cstr(t->a, done.problem));
	CHECK(drop_cycle_view(&d, 0, &v, &e) == 1 && v.vendors.n == 1 &&
			str_eq(v.vendors.at[0].vendor, STR("mailharbor")) &&
			v.vendors.at[0].rows == 2,
		"a service provider is told of two, a buyer of nothing");
}

static void right_answers(struct test *t)
{
	CHECK(status(t, "AnnOneEmail1") == 3, "one person: deleted");
	CHECK(status(t, "TwoAtHome001") == 4, "two people: opted out");
	CHECK(status(t, "TaxOnly00001") == 2, "all of it exempt");
	CHECK(status(t, "NobodyHere01") == 5 && status(t, "LaterOnly001") == 5,
		"not found");
	CHECK(status(t, "CyFourPhone1") == 3 && status(t, "DanielleNDZ1") == 3,
		"by phone, by name and birth date");
	CHECK(rows_in(t, "crm", "person") == 3 &&
			rows_in(t, "crm", "email") == 4,
		"Bea, Bob and the bystander stay: %d, %d",
		rows_in(t, "crm", "person"), rows_in(t, "crm", "email"));
	CHECK(rows_in(t, "crm", "invoice") == 3, "invoices are kept");
	CHECK(rows_in(t, "news", "subscriber") == 1, "in every system");
	CHECK(email_reasons(t, "bea@work.example") == REASON_DROP_OPT_OUT &&
			reasons(t, IDENT_PHONE, "4155550103") ==
				REASON_DROP_OPT_OUT,
		"both are opted out, under each address of theirs");
	CHECK(reasons(t, IDENT_NDZ, "Danielle|Johnson|1985-07-04|91790") ==
			REASON_DROP,
		"a later record of the same name, birth date and ZIP");
	CHECK(!email_reasons(t, "by@stander.example") &&
			!reasons(t, IDENT_PHONE, "4155550106"),
		"nobody else");
}

static void first_report(struct test *t)
{
	struct drop_reported r = export(t, "out1");
	str text = sent_in(t, "out1");
	struct drop_cycle_view v;
	struct desk d = desk(t);
	struct err e = { 0 };

	CHECK(r.files == 3 && r.rows == 9, "%zu files, %d rows", r.files,
		(int)r.rows);
	CHECK(says(text, "Id,Status\n") && says(text, "AnnOneEmail1,3\n") &&
			says(text, "TwoAtHome001,4\n") &&
			says(text, "TaxOnly00001,2\n") &&
			says(text, "NobodyHere01,5\n") &&
			says(text, "DanielleNDZ1,3\n"),
		"every status");
	r = export(t, "out1");
	CHECK(r.files == 3 && str_eq(text, sent_in(t, "out1")),
		"exported again: the same files");
	CHECK(item(t, "AnnOneEmail1").sent_status == 0, "not sent yet");
	outcome(t, DROP_WORD_ACCEPTED);
	CHECK(drop_cycle_view(&d, 0, &v, &e) == 1 &&
			v.cycle.state == DROP_STATE_UPLOADED &&
			item(t, "AnnOneEmail1").sent_status == 3,
		"%s", drop_state_code(v.cycle.state));
	outcome(t, DROP_WORD_PROCESSED);
	CHECK(drop_cycle_view(&d, 0, &v, &e) == 1 &&
			v.cycle.state == DROP_STATE_CLOSED &&
			v.cycle.validated_at && v.counts.all.open == 0 &&
			v.counts.all.unsent == 0,
		"closed");
}

/* Of nine items one is exempt, which is a denial; the others were complied with, by
 * opting several people out as well. */
static void first_numbers(struct test *t)
{
	struct desk d = desk(t);
	struct metrics m;
	struct err e = { 0 };

	if (metrics_load(&d, 2026, &m, &e))
		fail("metrics", &e);
	CHECK(m.line[m.n - 1].kind == KIND_DROP &&
			m.line[m.n - 1].received == 9 &&
			m.line[m.n - 1].complied == 8 &&
			m.line[m.n - 1].denied == 1 && !m.line[m.n - 1].open &&
			!m.line[m.n - 1].median,
		"the numbers of the platform: %d complied, %d denied",
		(int)m.line[m.n - 1].complied, (int)m.line[m.n - 1].denied);
}

/* Who withdraws, who comes back, who turns up later; all in one session. */
static void second_session(struct test *t)
{
	static const struct row fresh[] = {
		{ "FreshOne0001", DROP_EMAIL, "cy@four.example" },
	};
	static const struct row gone[] = {
		{ "NobodyHere01", DROP_EMAIL, "nobody@here.example" },
		{ "SameHashOne1", DROP_EMAIL, "same@hash.example" },
		{ "TwoAtHome001", DROP_EMAIL, "two@home.example" },
		{ "NeverCame001", DROP_EMAIL, "never@came.example" },
	};
	struct desk d = desk(t);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("nobody@here.example") };
	struct drop_reported r;
	struct drop_acted done;
	struct err e = { 0 };
	str text;

	t->clock.fixed_ms += 20LL * 86400000;
	if (suppress_put(&d, &q, 1, REASON_OPT_OUT, &e))
		fail("suppress", &e);
	run_in(t, "crm",
		"insert into person values (7, 'Ann', 'One', '1980-01-02',\n"
		"	'94107', null), (8, 'La', 'Ter', '1991-01-02', '94111',\n"
		"	'4155550108');\n"
		"insert into email values (7, 7, 'ann@one.example'),\n"
		"	(8, 8, 'later@only.example');\n");
	import(t, zip_of(t, "20261211_4821_DROP.zip", fresh, 1, gone,
			  COUNTOF(gone)));
	CHECK(email_reasons(t, "nobody@here.example") == REASON_OPT_OUT,
		"an opt-out of another origin stays");
	CHECK(email_reasons(t, "same@hash.example") == REASON_DROP,
		"another consumer asks for the same address");
	CHECK(!email_reasons(t, "two@home.example") &&
			!email_reasons(t, "bea@work.example") &&
			!reasons(t, IDENT_PHONE, "4155550103"),
		"who withdrew is released, with what was held");
	CHECK(item(t, "NobodyHere01").revoked_at > 0 &&
			item(t, "NeverCame001").revoked_at > 0,
		"stamped");
	match(t);
	done = act(t);
	CHECK(done.erased == 2 && done.kept == 2 && !done.left,
		"%d erased, %d kept, %d left: %s", (int)done.erased,
		(int)done.kept, (int)done.left, arena_cstr(t->a, done.problem));
	CHECK(rows_in(t, "crm", "person") == 3,
		"who came back is deleted again");
	CHECK(status(t, "LaterOnly001") == 3 &&
			status(t, "AnnOneEmail1") == 3 &&
			status(t, "TaxOnly00001") == 2 &&
			status(t, "FreshOne0001") == 5,
		"what is left of Ann makes nobody two: %d %d %d %d",
		status(t, "LaterOnly001"), status(t, "AnnOneEmail1"),
		status(t, "TaxOnly00001"), status(t, "FreshOne0001"));
	r = export(t, "out2");
	text = sent_in(t, "out2");
	CHECK(r.files == 2 && r.rows == 2 && says(text, "FreshOne0001,5\n") &&
			says(text, "LaterOnly001,3\n") &&
			!says(text, "NobodyHere01") &&
			!says(text, "AnnOneEmail1"),
		"what is new, and one correction: %.*s", STR_ARG(text));
	finish(t);
}

/* Of the evidence pack: who withdrew before and after an answer is counted in one
 * row of the list, or auditors would read one number for the other. */
static void withdrawn_in_one_row(struct test *t)
{
	struct sql_drop_evidence_statuses_in in = { 1 };
	struct sql_drop_evidence_statuses_rows rows;
	struct err e = { 0 };
	int n = 0, items = 0;

	if (sql_drop_evidence_statuses(t->db, t->a, &in, &rows, &e))
		fail("statuses", &e);
	for (size_t i = 0; i < rows.n; i++) {
		n += rows.at[i].is_revoked != 0;
		items += rows.at[i].is_revoked ? (int)rows.at[i].n : 0;
	}
	CHECK(n == 1 && items == 3, "%d rows for %d items", n, items);
}

/* A restart must not resurrect who withdrew: an older batch comes again. */
static void withdrawn_stays(struct test *t)
{
	struct drop_pulled p = import(t, in_dir(t, "20261121_4821_DROP.zip"));

	CHECK(p.state == DROP_STATE_CLOSED, "a ZIP that was taken is not new");
	CHECK(item(t, "NobodyHere01").revoked_at > 0 &&
			email_reasons(t, "nobody@here.example") ==
				REASON_OPT_OUT,
		"still withdrawn");
}

/* Invariant 3: a system that is away leaves everything open. */
static struct drop_pass last_pass(struct test *t)
{
	struct desk d = desk(t);
	struct drop_cycle_view v;
	struct err e = { 0 };

	if (drop_cycle_view(&d, 0, &v, &e) != 1 || !v.passes.n)
		fail("view", &e);
	return v.passes.at[v.passes.n - 1];
}

static void unreachable(struct test *t)
{
	static const struct row rows[] = {
		{ "Unreachable1", DROP_EMAIL, "who@knows.example" },
		{ "Unreachable2", DROP_PHONE, "4155550199" },
		{ "NotHeldMAID1", DROP_MAID,
			"a3f1c2d4-5678-90ab-cdef-1234567890ab" },
		{ "MixedEmail01", DROP_EMAIL, "mixed@home.example" },
		{ "MixedPhone01", DROP_PHONE, "4155550120" },
	};
	struct desk d = desk(t);
	struct drop_matched m;
	struct drop_reported r;
	struct err e = { 0 };

	t->clock.fixed_ms += 20LL * 86400000;
	run_in(t, "crm",
		"insert into person values (20, 'Mi', 'Xed', '1992-01-02',\n"
		"	'94112', '4155550120'), (21, 'Hou', 'Semate',\n"
		"	'1993-01-02', '94112', '4155550121');\n"
		"insert into email values (20, 20, 'mixed@home.example'),\n"
		"	(21, 21, 'mixed@home.example');\n");
	import(t, zip_of(t, "20261231_4821_DROP.zip", rows, COUNTOF(rows), NULL,
			  0));
	must(!rename(in_dir(t, "news.db"), in_dir(t, "away")));
	m = match(t);
	CHECK(m.state == DROP_STATE_DOWNLOADED && m.systems_left == 1 &&
			m.problem.n,
		"not matched: %s", arena_cstr(t->a, m.problem));
	/* Nobody is called one of several before it is known how many there are. */
	CHECK(last_pass(t).found.n == 2 &&
			last_pass(t).found.at[1].people == 2 &&
			!last_pass(t).found.at[1].several,
		"%d of %d to opt out", (int)last_pass(t).found.at[1].several,
		(int)last_pass(t).found.at[1].people);
	CHECK(status(t, "Unreachable1") == 0 && status(t, "Unreachable2") == 0,
		"nothing is said");
	CHECK(drop_report(&d, &t->place, &r, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"nothing can be reported");
	must(!rename(in_dir(t, "away"), in_dir(t, "news.db")));
	m = match(t);
	CHECK(m.state == DROP_STATE_MATCHED && status(t, "Unreachable1") == 5 &&
			status(t, "Unreachable2") == 5,
		"it is back");
	CHECK(status(t, "NotHeldMAID1") == 0,
		"nobody looked for that: the map marks no such column");
	act(t);
	CHECK(drop_export(&d, &t->place, in_dir(t, "out3"), &r, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("MAID")) >= 0,
		"not whole: %s", e.message);
	CHECK(!drop_list_put(&d, DROP_MAID, true, false,
		      STR("no app of ours reads it"), &e),
		"said so, with the reason");
	r = export(t, "out3");
	CHECK(r.rows == 5 && status(t, "NotHeldMAID1") == 5, "%d rows",
		(int)r.rows);
	CHECK(status(t, "MixedEmail01") == 4 &&
			status(t, "MixedPhone01") == 3 &&
			rows_in(t, "crm", "person") == 4,
		"deleted by the telephone, not by what two have");
	finish(t);
}

/* Between sessions: found, deleted, and corrected in the next one. */
static void screening(struct test *t)
{
	static const struct row none[] = {
		{ "AfterScreen1", DROP_EMAIL, "after@screen.example" },
	};
	struct desk d = desk(t);
	struct drop_matched m;
	struct drop_acted done;
	struct err e = { 0 };
	str text;

	run_in(t, "news",
		"insert into subscriber values (9, 'WHO@knows.example');\n");
	CHECK(!drop_screen(&d, &t->place, &m, &e) && m.matches == 4,
		"two invoices that are kept, one, and who is left of two: "
		"%d: %s",
		(int)m.matches, e.message);
	done = act(t);
	CHECK(done.erased == 1 && rows_in(t, "news", "subscriber") == 1,
		"deleted");
	CHECK(status(t, "Unreachable1") == 3 &&
			item(t, "Unreachable1").sent_status == 5,
		"a correction is owed");
	CHECK(status(t, "MixedEmail01") == 4 &&
			rows_in(t, "crm", "person") == 4 &&
			email_reasons(t, "mixed@home.example") ==
				REASON_DROP_OPT_OUT &&
			reasons(t, IDENT_PHONE, "4155550121") ==
				REASON_DROP_OPT_OUT,
		"who is left of two is not deleted, and stays opted out");
	t->clock.fixed_ms += 20LL * 86400000;
	import(t, zip_of(t, "20270120_4821_DROP.zip", none, 1, NULL, 0));
	match(t);
	act(t);
	export(t, "out4");
	text = sent_in(t, "out4");
	CHECK(says(text, "Unreachable1,3\n") && says(text, "AfterScreen1,5\n"),
		"%.*s", STR_ARG(text));
	finish(t);
}

static void cadence(struct test *t)
{
	struct drop_overview o;
	struct desk d = desk(t);
	struct err e = { 0 };

	CHECK(!drop_overview(&d, &o, &e) && o.has_cycle &&
			o.alarm == DROP_ALARM_NONE && !o.late_items,
		"in time: %d days", o.days_left);
	CHECK(o.days_left == 30, "the row of 2027: %d", o.days_left);
	t->clock.fixed_ms += 20LL * 86400000;
	CHECK(!drop_overview(&d, &o, &e) && o.alarm == DROP_ALARM_SOON, "%s",
		drop_alarm_code(o.alarm));
	t->clock.fixed_ms += 7LL * 86400000;
	CHECK(!drop_overview(&d, &o, &e) && o.alarm == DROP_ALARM_URGENT, "%s",
		drop_alarm_code(o.alarm));
	t->clock.fixed_ms += 4LL * 86400000;
	CHECK(!drop_overview(&d, &o, &e) && o.alarm == DROP_ALARM_LATE &&
			o.days_left == -1,
		"%d", o.days_left);
}

static void exposure(struct test *t)
{
	static const struct row rows[] = {
		{ "LateAnswers1", DROP_EMAIL, "late@answers.example" },
		{ "LateAnswers2", DROP_EMAIL, "late2@answers.example" },
	};
	struct drop_overview o;
	struct desk d = desk(t);
	struct err e = { 0 };

	import(t, zip_of(t, "20270217_4821_DROP.zip", rows, 2, NULL, 0));
	/* Downloaded on February 17 and imported on the 20th: the days of the law began
	 * on February 17, and the day of the import would make three days of money less. */
	CHECK(!drop_overview(&d, &o, &e) &&
			str_eq(date_iso(t->a, o.cycle.act_by),
				STR("2027-03-19")) &&
			str_eq(date_iso(t->a, o.next_by), STR("2027-03-19")),
		"by %.*s, next access by %.*s",
		STR_ARG(date_iso(t->a, o.cycle.act_by)),
		STR_ARG(date_iso(t->a, o.next_by)));
	t->clock.fixed_ms += 30LL * 86400000;
	CHECK(!drop_overview(&d, &o, &e) && o.late_items == 2 &&
			o.exposure_usd == 2 * 3 * 200,
		"2 items, 3 days: $%d", (int)o.exposure_usd);
	t->clock.fixed_ms += 3LL * 86400000;
}

/* --- by itself --- */

enum { HOUR_MS = 3600000 };

static struct drop_step step(struct test *t)
{
	struct desk d = desk(t);
	struct drop_step out;
	struct err e = { 0 };

	d.actor = (struct actor){ .kind = ACTOR_WORKER };
	if (drop_step(&d, &t->place, &out, &e))
		fail("step", &e);
	tallied(t, "step");
	return out;
}

static int screen_hours(struct test *t, const char *value)
{
	struct desk d = desk(t);
	struct err e = { 0 };

	d.actor.kind = ACTOR_COMMAND;
	return setting_put(&d, STR("screen_hours"), str_of(value), &e);
}

static struct drop_matched screen(struct test *t)
{
	struct desk d = desk(t);
	struct drop_matched m;
	struct err e = { 0 };

	if (drop_screen(&d, &t->place, &m, &e))
		fail("screen", &e);
	tallied(t, "screen");
	return m;
}

static void whole_session(
	struct test *t, const char *zip, const struct row *rows, size_t n)
{
	import(t, zip_of(t, zip, rows, n, NULL, 0));
	match(t);
	act(t);
	export(t, "whole");
	finish(t);
}

static bool is_screen_open(struct test *t)
{
	struct desk d = desk(t);
	struct drop_overview o;
	struct err e = { 0 };

	if (drop_overview(&d, &o, &e))
		fail("overview", &e);
	return o.is_screen_open;
}

/* Somebody who is gone may come back on any day, not only when lists come. */
static void screens_by_itself(struct test *t)
{
	static const struct row rows[] = {
		{ "Returner0001", DROP_EMAIL, "back@again.example" },
		{ "CutShort0001", DROP_EMAIL, "cut@short.example" },
		{ "TwoAgain0001", DROP_EMAIL, "two@home.example" },
	};
	struct desk d = desk(t);
	struct drop_row row;
	struct drop_step s;
	struct err e = { 0 };

	match(t); /* what exposure() left */
	act(t);
	export(t, "out5");
	finish(t);
	whole_session(t, "20270501_4821_DROP.zip", rows, COUNTOF(rows));
	s = step(t);
	CHECK(s.is_idle && s.again_ms == 24 * HOUR_MS,
		"everything was just looked at: %lld", (long long)s.again_ms);
	CHECK(screen_hours(t, "25") && screen_hours(t, "0") &&
			screen_hours(t, "x") && !screen_hours(t, "6"),
		"1 to 24 hours");
	s = step(t);
	CHECK(s.again_ms == 6 * HOUR_MS + 1, "%lld", (long long)s.again_ms);
	t->clock.fixed_ms += 7 * HOUR_MS;
	s = step(t);
	CHECK(says(s.words, "none of them new") && last_pass(t).is_screen &&
			last_pass(t).acted_at && !last_pass(t).found.n &&
			last_pass(t).looks.at[0].matches,
		"invoices and two who were opted out stand there still, which "
		"is nobody's work: %.*s",
		STR_ARG(s.words));
	run_in(t, "news",
		"insert into subscriber values (30, 'back@again.example');\n");
	t->clock.fixed_ms += 7 * HOUR_MS;
	s = step(t);
	CHECK(says(s.words, "some of them new") && is_screen_open(t), "%.*s",
		STR_ARG(s.words));
	s = step(t);
	CHECK(s.is_idle && rows_in(t, "news", "subscriber") == 2,
		"the worker deletes nobody without a person or the setting");
	CHECK(!drop_row(&d, &row, &e) && row.is_there && row.is_staffs &&
			row.days_left == 30,
		"staff see it, with the days of 2027's row: %d", row.days_left);
	CHECK(!drop_approve_seen(&d, row.cycle_id, &e), "%s", e.message);
	step(t);
	CHECK(rows_in(t, "news", "subscriber") == 1 &&
			status(t, "Returner0001") == 3 && !is_screen_open(t),
		"approved, and deleted");
	s = step(t);
	CHECK(s.again_ms == 6 * HOUR_MS + 1, "until the next: %lld",
		(long long)s.again_ms);
}

/* The row that was found is somebody else's by the time it would be deleted. */
static void too_old(struct test *t)
{
	struct desk d = desk(t);
	struct drop_preview look;
	struct drop_acted done;
	struct err e = { 0 };

	run_in(t, "news",
		"insert into subscriber values (31, 'back@again.example');\n");
	t->clock.fixed_ms += 7 * HOUR_MS;
	CHECK(screen(t).has_new, "found");
	t->clock.fixed_ms += 24 * HOUR_MS;
	CHECK(!drop_preview(&d, &look, &e) && !look.is_stale &&
			look.to_erase == 1,
		"a day old: %d", (int)look.to_erase);
	t->clock.fixed_ms += 1;
	run_in(t, "news",
		"update subscriber set email = 'other@person.example'\n"
		"	where id = 31;\n");
	CHECK(!drop_preview(&d, &look, &e) && look.is_stale, "too old");
	CHECK(drop_act(&d, &t->place, &done, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"and refused");
	CHECK(!screen(t).has_new && !is_screen_open(t) &&
			rows_in(t, "news", "subscriber") == 2,
		"looked at again, it is nobody who asked");
	run_in(t, "news", "delete from subscriber where id = 31;\n");
}

/* Half of it was carried out before it was too old: that stays true. */
static void cut_short(struct test *t)
{
	struct drop_acted done;

	run_in(t, "crm",
		"insert into person values (40, 'Cut', 'Short', '1994-01-02',\n"
		"	'94113', '4155550140');\n"
		"insert into email values (40, 40, 'cut@short.example');\n");
	run_in(t, "news",
		"insert into subscriber values (32, 'cut@short.example');\n");
	CHECK(screen(t).has_new, "found in both");
	must(!rename(in_dir(t, "news.db"), in_dir(t, "away")));
	done = act(t);
	CHECK(done.erased == 1 && done.left == 1, "%d erased, %d left",
		(int)done.erased, (int)done.left);
	must(!rename(in_dir(t, "away"), in_dir(t, "news.db")));
	t->clock.fixed_ms += 25 * HOUR_MS;
	run_in(t, "news", "delete from subscriber where id = 32;\n");
	CHECK(status(t, "CutShort0001") == 5, "as it was reported");
	CHECK(!screen(t).has_new && status(t, "CutShort0001") == 3,
		"deleted is not \"not found\": %d", status(t, "CutShort0001"));
}

/* A session's look ages as well, and takes over what a screening left open. */
static void session_looks_again(struct test *t)
{
	static const struct row rows[] = {
		{ "AgedMatch001", DROP_EMAIL, "aged@match.example" },
	};
	struct desk d = desk(t);
	struct drop_acted done;
	struct err e = { 0 };
	str text;

	run_in(t, "news",
		"insert into subscriber values (33, 'back@again.example'),\n"
		"	(34, 'aged@match.example');\n");
	CHECK(screen(t).has_new, "one of them came back");
	import(t, zip_of(t, "20270510_4821_DROP.zip", rows, 1, NULL, 0));
	match(t);
	CHECK(!is_screen_open(t), "the session found it too");
	t->clock.fixed_ms += 25 * HOUR_MS;
	run_in(t, "news",
		"update subscriber set email = 'other@person.example'\n"
		"	where id = 34;\n");
	CHECK(drop_act(&d, &t->place, &done, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"too old");
	match(t);
	CHECK(status(t, "AgedMatch001") == 5, "looked at again: nobody");
	done = act(t);
	CHECK(done.erased == 1 && rows_in(t, "news", "subscriber") == 2,
		"%d erased", (int)done.erased);
	export(t, "out6");
	text = sent_in(t, "out6");
	CHECK(says(text, "AgedMatch001,5\n") && says(text, "CutShort0001,3\n"),
		"%.*s", STR_ARG(text));
	finish(t);
}

/* What was directed is what can be downloaded, whatever was decided since; and it
 * is not told again. */
static void same_file(struct test *t)
{
	static const struct row rows[] = {
		{ "SameFile0001", DROP_EMAIL, "same@file.example" },
		{ "SameFileTwin", DROP_EMAIL, "same@file.example" },
		{ "SameTwo00001", DROP_EMAIL, "pair@file.example" },
	};
	struct desk d = desk(t);
	struct drop_cycle_view v;
	struct drop_vendor x;
	struct err e = { 0 };
	str csv, again;

	run_in(t, "crm",
		"insert into person values (50, 'Pa', 'Ir', '1995-01-02',\n"
		"	'94114', '4155550150'), (51, 'Pe', 'Er', '1995-01-03',\n"
		"	'94114', '4155550151');\n"
		"insert into email values (50, 50, 'pair@file.example'),\n"
		"	(51, 51, 'pair@file.example');\n");
	run_in(t, "news",
		"insert into subscriber values (50, 'same@file.example');\n");
	whole_session(t, "20270511_4821_DROP.zip", rows, COUNTOF(rows));
	if (drop_cycle_view(&d, 0, &v, &e) != 1 || v.vendors.n != 1)
		fail("view", &e);
	x = v.vendors.at[0];
	CHECK(x.rows == 2 && str_eq(x.state, STR("planned")),
		"a line for each hash: %d", (int)x.rows);
	CHECK(!drop_vendor_file(&d, &x, &csv, &e) &&
			str_eq(sha_of(t->a, csv), x.sha256) &&
			says(csv, ",delete\n") && says(csv, ",opt-out\n"),
		"%.*s", STR_ARG(csv));
	run_in(t, "news",
		"insert into subscriber values (51, 'same@file.example');\n");
	run_in(t, "crm",
		"insert into person values (52, 'Po', 'Or', '1995-01-04',\n"
		"	'94114', '4155550152');\n"
		"insert into email values (52, 52, 'pair@file.example');\n");
	CHECK(screen(t).has_new, "one came back, and the pair are three");
	act(t);
	CHECK(email_reasons(t, "pair@file.example") == REASON_DROP_OPT_OUT &&
			reasons(t, IDENT_PHONE, "4155550152") ==
				REASON_DROP_OPT_OUT,
		"the third is opted out");
	CHECK(!drop_vendor_file(&d, &x, &again, &e) && str_eq(csv, again),
		"decided again, and the file is the same");
	if (drop_cycle_view(&d, 0, &v, &e) != 1 || v.vendors.n != 2)
		fail("view", &e);
	x = v.vendors.at[1];
	CHECK(x.rows == 1 && !drop_vendor_file(&d, &x, &again, &e) &&
			says(again, ",delete\n") && !says(again, ",opt-out\n"),
		"only what is new: the opt-out was told before: %.*s",
		STR_ARG(again));
}

/* A backup brings back who was deleted: no report before it was looked at. */
static void put_back(struct test *t)
{
	static const struct row rows[] = {
		{ "PutBack00001", DROP_EMAIL, "put@back.example" },
	};
	struct desk d = desk(t);
	struct sql_restored_replayed_in open = {
		.system = STR("news"), .at = 1, .begun_at = INT64_MAX
	};
	struct drop_reported r;
	struct err e = { 0 };

	import(t, zip_of(t, "20270512_4821_DROP.zip", rows, 1, NULL, 0));
	match(t);
	act(t);
	t->clock.fixed_ms += 1000;
	CHECK(!restored_mark(&d, STR("news"), &e), "%s", e.message);
	run_in(t, "news",
		"insert into subscriber values (35, 'put@back.example');\n");
	CHECK(drop_report(&d, &t->place, &r, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			says(str_of(e.hint), "toyon replay news"),
		"not replayed: %s", e.message);
	must(sql_restored_replayed(t->db, &open, &e) == 1);
	CHECK(drop_report(&d, &t->place, &r, &e) == -1 &&
			says(str_of(e.hint), "toyon drop screen"),
		"not looked at by the State's lists: %s", e.message);
	t->clock.fixed_ms += 1000;
	CHECK(says(step(t).words, "some of them new"), "due at once");
	act(t);
	CHECK(status(t, "PutBack00001") == 3, "deleted again");
	export(t, "out7");
	finish(t);
}

/* --- held for law enforcement --- */

static int64_t hold_phone(struct test *t, const char *phone)
{
	struct desk d = desk(t);
	struct hold_identifier at = { IDENT_PHONE, { str_of(phone) } };
	struct hold_wish w = { &at, 1, STR("Oakland PD, 26-1177") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id = 0;

	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
	return id;
}

static void move_file(struct test *t, const char *from, const char *to)
{
	must(!rename(in_dir(t, from), in_dir(t, to)));
}

/* While one system can't say whose data is held, nobody is deleted in another. */
static void held_unasked(struct test *t)
{
	struct drop_acted done;

	move_file(t, "news.db", "news.away");
	done = act(t);
	CHECK(!done.erased && done.left && done.problem.n,
		"%d erased, %d left: %s", (int)done.erased, (int)done.left,
		arena_cstr(t->a, done.problem));
	CHECK(status(t, "FreeToDelete") == 0, "and nothing is decided");
	move_file(t, "news.away", "news.db");
}

/*
 * Civ. Code 1798.145(a): the order names a telephone number, the State asks by an
 * address.  The newsletter knows the address only: it is the same person's.
 */
static int64_t held_in_session(struct test *t)
{
	static const struct row rows[] = {
		{ "HeldByPhone1", DROP_EMAIL, "hal@held.example" },
		{ "FreeToDelete", DROP_EMAIL, "free@held.example" },
	};
	struct drop_holding before = { .placed = 0 };
	struct desk d = desk(t);
	struct drop_acted done;
	struct err e = { 0 };
	int people = rows_in(t, "crm", "person");
	int subscribers = rows_in(t, "news", "subscriber");
	int64_t id;

	run_in(t, "crm",
		"insert into person values\n"
		"	(40, 'Hal', 'Held', null, null, '4155550140'),\n"
		"	(41, 'Fay', 'Free', null, null, '4155550141');\n"
		"insert into email values (40, 40, 'hal@held.example'),\n"
		"	(41, 41, 'free@held.example');\n");
	run_in(t, "news",
		"insert into subscriber values (40, 'hal@held.example');\n");
	import(t, zip_of(t, "20270514_4821_DROP.zip", rows, 2, NULL, 0));
	match(t);
	id = hold_phone(t, "4155550140");
	CHECK(drop_held_since(&d, &before, &e) == -1 && e.code == ERR_CONFLICT,
		"a hold that is placed while others are deleted is seen");
	held_unasked(t);
	done = act(t);
	CHECK(done.erased == 1 && done.held == 2 && !done.left,
		"%d erased, %d held, %d left: %s", (int)done.erased,
		(int)done.held, (int)done.left, arena_cstr(t->a, done.problem));
	CHECK(status(t, "HeldByPhone1") == 2 && status(t, "FreeToDelete") == 3,
		"exempt, and deleted: %d, %d", status(t, "HeldByPhone1"),
		status(t, "FreeToDelete"));
	CHECK(rows_in(t, "crm", "person") == people + 1 &&
			rows_in(t, "news", "subscriber") == subscribers + 1,
		"both of the held person's rows stand: %d, %d",
		rows_in(t, "crm", "person"), rows_in(t, "news", "subscriber"));
	CHECK(reasons(t, IDENT_PHONE, "4155550140") & REASON_HOLD &&
			email_reasons(t, "hal@held.example") == REASON_DROP,
		"and may not be used, nor sold");
	export(t, "held");
	CHECK(says(sent_in(t, "held"), "HeldByPhone1,2\n"), "reported so");
	finish(t);
	return id;
}

/* Asked again only when the hold is over, and then at once. */
static void held(struct test *t)
{
	static const struct row later = { "AfterHeld001", DROP_EMAIL,
		"after@held.example" };
	int64_t id = held_in_session(t);
	struct desk d = desk(t);
	struct err e = { 0 };
	struct drop_step s;
	int people, subscribers;

	t->clock.fixed_ms += 7 * HOUR_MS;
	s = step(t);
	CHECK(says(s.words, "none of them new") && !is_screen_open(t),
		"while it lasts it is nobody's work: %.*s", STR_ARG(s.words));
	t->clock.fixed_ms += 1000;
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	t->clock.fixed_ms += 1000;
	s = step(t);
	CHECK(says(s.words, "some of them new"), "%.*s", STR_ARG(s.words));
	people = rows_in(t, "crm", "person");
	subscribers = rows_in(t, "news", "subscriber");
	CHECK(act(t).erased == 2 && rows_in(t, "crm", "person") == people - 1 &&
			rows_in(t, "news", "subscriber") == subscribers - 1,
		"deleted in both: %d, %d", rows_in(t, "crm", "person"),
		rows_in(t, "news", "subscriber"));
	CHECK(status(t, "HeldByPhone1") == 3 &&
			item(t, "HeldByPhone1").sent_status == 2,
		"a correction is owed");
	import(t, zip_of(t, "20270515_4821_DROP.zip", &later, 1, NULL, 0));
	match(t);
	act(t);
	export(t, "freed");
	CHECK(says(sent_in(t, "freed"), "HeldByPhone1,3\n"), "and sent");
	finish(t);
}

/* Nothing asked, nobody found: there is nothing for a person to look at. */
static void closes_by_itself(struct test *t)
{
	struct desk d = desk(t);
	struct drop_cycle_view v;
	struct err e = { 0 };

	import(t, zip_of(t, "20270513_4821_DROP.zip", NULL, 0, NULL, 0));
	for (int i = 0; i < 4; i++)
		step(t);
	CHECK(drop_cycle_view(&d, 0, &v, &e) == 1 &&
			v.cycle.state == DROP_STATE_CLOSED &&
			v.cycle.closed_at && !v.cycle.approved_at,
		"%s", drop_state_code(v.cycle.state));
}

/*
 * The order names a telephone number that stands in an invoice, which is kept: all
 * was settled there before the newsletter could be reached, and the hold came
 * between.  The newsletter's row is the same person's, and stays.
 */
static void held_settled(struct test *t)
{
	static const struct row row = { "SettledHeld1", DROP_EMAIL,
		"kay@kept.example" };
	struct desk d = desk(t);
	struct drop_acted done;
	struct err e = { 0 };
	int64_t id;

	run_in(t, "crm",
		"insert into invoice values\n"
		"	(50, null, 'kay@kept.example', 9, '4155550150');\n");
	run_in(t, "news",
		"insert into subscriber values (50, 'kay@kept.example');\n");
	import(t, zip_of(t, "20270516_4821_DROP.zip", &row, 1, NULL, 0));
	match(t);
	move_file(t, "news.db", "news.away");
	done = act(t);
	CHECK(done.left && done.problem.n, "the newsletter is away");
	move_file(t, "news.away", "news.db");
	id = hold_phone(t, "4155550150");
	done = act(t);
	CHECK(!done.erased && done.held == 1 && !done.left,
		"%d erased, %d held, %d left: %s", (int)done.erased,
		(int)done.held, (int)done.left, arena_cstr(t->a, done.problem));
	CHECK(status(t, "SettledHeld1") == 2, "exempt");
	export(t, "settled");
	finish(t);
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	t->clock.fixed_ms += 1000;
	CHECK(says(step(t).words, "some of them new"), "freed");
	CHECK(act(t).erased == 1 && status(t, "SettledHeld1") == 3,
		"deleted when it is over");
}

/*
 * The same between sessions: that the invoice stands there is nothing new, and the
 * row that came to the newsletter is.
 */
static void held_known(struct test *t)
{
	struct desk d = desk(t);
	struct drop_matched found;
	struct drop_acted done;
	struct err e = { 0 };
	int subscribers;

	run_in(t, "news",
		"insert into subscriber values (51, 'kay@kept.example');\n");
	subscribers = rows_in(t, "news", "subscriber");
	CHECK(!drop_screen(&d, &t->place, &found, &e) && found.has_new, "%s",
		e.message);
	hold_phone(t, "4155550150");
	done = act(t);
	CHECK(!done.erased && done.held == 1 && !done.left,
		"%d erased, %d held, %d left: %s", (int)done.erased,
		(int)done.held, (int)done.left, arena_cstr(t->a, done.problem));
	CHECK(rows_in(t, "news", "subscriber") == subscribers, "it stands");
}

/*
 * A thousand people on one address, each with a number of their own: what is done
 * for one does not grow with those before, or a real list stops in its middle.
 */
static void opts_out_many(struct test *t)
{
	static const struct row row = { "ManyPeople01", DROP_EMAIL,
		"many@shared.example" };
	size_t before;

	run_in(t, "crm",
		"with recursive n(i) as (select 1000 union all\n"
		"	select i + 1 from n where i < 1999)\n"
		"insert into person select i, 'M', 'Any', null, null,\n"
		"	'415556' || i from n;\n"
		"insert into email select id, id, 'many@shared.example'\n"
		"	from person where id >= 1000;\n");
	import(t, zip_of(t, "20270517_4821_DROP.zip", &row, 1, NULL, 0));
	match(t);
	before = arena_used(t->a);
	CHECK(act(t).opted_out >= 1000 && status(t, "ManyPeople01") == 4,
		"status %d", status(t, "ManyPeople01"));
	CHECK(arena_used(t->a) - before < LIMIT_JOB_ARENA / 8, "%zu bytes",
		arena_used(t->a) - before);
	CHECK(reasons(t, IDENT_PHONE, "4155561999") == REASON_DROP_OPT_OUT,
		"the last one's number is suppressed, too");
	export(t, "many");
	finish(t);
}

/*
 * Somebody who can't be deleted now is waited for, and the State's lists are fetched all the
 * same: the days of Civ. Code 1798.99.86(c) go on, and all other items would be late.
 */
static void pulls_beside(struct test *t)
{
	struct desk d = desk(t);
	struct drop_step s;
	struct err e = { 0 };

	t->config.drop_url = STR("http://127.0.0.1:9");
	run_in(t, "news",
		"insert into subscriber values (60, 'back@again.example');\n");
	CHECK(screen(t).has_new && !drop_approve(&d, &e), "%s", e.message);
	move_file(t, "news.db", "news.away");
	s = step(t);
	CHECK(s.again_ms == 300000 && !s.is_idle && says(s.words, "; left: ") &&
			says(s.words, "the next access is not due yet"),
		"what is left is tried again soon, and the session was looked "
		"at: %.*s",
		STR_ARG(s.words));
	move_file(t, "news.away", "news.db");
	CHECK(act(t).erased == 1, "it is back");
	t->clock.fixed_ms += 20LL * 86400000;
	run_in(t, "news",
		"insert into subscriber values (61, 'back@again.example');\n");
	CHECK(screen(t).has_new && !drop_approve(&d, &e), "%s", e.message);
	move_file(t, "news.db", "news.away");
	d.actor = (struct actor){ .kind = ACTOR_WORKER };
	CHECK(drop_step(&d, &t->place, &s, &e) == -1 &&
			e.code == ERR_UNAVAILABLE &&
			newest_outage(t).last_at == t->clock.fixed_ms,
		"the platform was asked, and nobody is there: %s", e.message);
	move_file(t, "news.away", "news.db");
	CHECK(act(t).erased == 1, "it is back again");
}

static int sessions(struct test *t)
{
	struct drop_cycles all;
	struct desk d = desk(t);
	struct err e = { 0 };

	must(!drop_cycles(&d, 100, &all, &e));
	return (int)all.n;
}

static bool is_archived(struct test *t, int64_t id, const char *zip)
{
	struct desk d = desk(t);
	struct err e = { 0 };
	const char *to = arena_cstr(
		t->a, arena_fmt(t->a, "%s.%d", in_dir(t, "was.zip"), (int)id));
	str was, is;

	must(!drop_restore(&d, &t->place, id, to, &e) &&
		!file_read(t->a, to, 1 << 20, &is, &e) &&
		!file_read(t->a, zip, 1 << 20, &was, &e));
	return str_eq(was, is);
}

/* A wrong file from somebody's downloads begins nothing: the next one is asked
 * for as if it had not been. */
static void refused_by_hand(struct test *t)
{
	struct desk d = desk(t);
	struct drop_pulled out;
	struct err e = { 0 };
	int before = sessions(t);

	must(!file_replace(in_dir(t, "wrong.zip"), STR("<html>"), 0600, &e));
	CHECK(drop_import(&d, &t->place, in_dir(t, "wrong.zip"), &out, &e) ==
				-1 &&
			e.code == ERR_INVALID,
		"%s", e.message);
	CHECK(sessions(t) == before, "no session was begun");
}

/*
 * The platform's ZIP could not be read, and a person downloaded it again: what is
 * kept as evidence is the one that was worked with.
 */
static void refused_then_by_hand(struct test *t)
{
	static const struct row row = { "SecondZip001", DROP_EMAIL,
		"second@zip.example" };
	struct desk d = desk(t);
	struct drop_pulled out;
	struct drop_cycles all;
	struct drop_step waiting;
	struct err e = { 0 };
	const char *zip;

	t->config.drop_url = STR("http://127.0.0.1:9");
	CHECK(drop_pull(&d, &t->place, &out, &e) == -1, "nobody is there");
	waiting = step(t);
	CHECK(!waiting.is_idle && waiting.again_ms > 0,
		"a timer is told that something is waited for: %.*s",
		STR_ARG(waiting.words));
	must(!file_replace(path_join(t->a, t->place.dir, "arriving.zip"),
		STR("PK nothing"), 0600, &e));
	CHECK(drop_pull(&d, &t->place, &out, &e) == -1 &&
			says(str_of(e.hint), "toyon drop import"),
		"refused: %s (%s)", e.message, e.hint);
	zip = zip_of(t, "20270518_4821_DROP.zip", &row, 1, NULL, 0);
	CHECK(import(t, zip).items == 1, "taken up by hand");
	must(!drop_cycles(&d, 1, &all, &e) && all.n == 1);
	CHECK(is_archived(t, all.at[0].id, zip),
		"what was worked with is what is kept");
	match(t);
	act(t);
	export(t, "second");
	finish(t);
}

/*
 * The same, and the process is killed when the new lists lie there and are not
 * archived yet: the record must not have the name, checksum and archive of the
 * refused ones beside the items of the others.
 */
static void killed_by_hand(struct test *t)
{
	static const struct row row = { "KilledZip001", DROP_EMAIL,
		"killed@zip.example" };
	const char *arriving = path_join(t->a, t->place.dir, "arriving.zip");
	struct desk d = desk(t);
	struct drop_pulled out;
	struct drop_cycles all;
	struct err e = { 0 };
	const char *zip;
	str bytes;

	CHECK(drop_pull(&d, &t->place, &out, &e) == -1, "nobody is there");
	must(!file_replace(arriving, STR("PK refused"), 0600, &e));
	must(!file_replace(
		in_dir(t, "refused.zip"), STR("PK refused"), 0600, &e));
	CHECK(drop_pull(&d, &t->place, &out, &e) == -1, "refused");
	zip = zip_of(t, "20270519_4821_DROP.zip", &row, 1, NULL, 0);
	must(!file_read(t->a, zip, 1 << 20, &bytes, &e) &&
		!file_replace(arriving, bytes, 0600, &e));
	CHECK(drop_pull(&d, &t->place, &out, &e) == -1 &&
			says(str_of(e.hint), "toyon drop import"),
		"still what was refused: %s (%s)", e.message, e.hint);
	must(!drop_cycles(&d, 1, &all, &e) && all.n == 1);
	CHECK(!all.at[0].imported_at &&
			is_archived(t, all.at[0].id, in_dir(t, "refused.zip")),
		"nothing was imported, and the record has what came");
	CHECK(import(t, zip).items == 1, "taken up by hand");
	must(!drop_cycles(&d, 1, &all, &e) && all.n == 1);
	CHECK(is_archived(t, all.at[0].id, zip),
		"what was worked with is what is kept");
	match(t);
	act(t);
	export(t, "killed");
	finish(t);
}

static void archive(struct test *t)
{
	struct drop_verified v;
	struct drop_cycles all;
	struct desk d = desk(t);
	struct err e = { 0 };
	const char *to = in_dir(t, "restored.zip");
	str was, is;

	CHECK(!drop_verify(&d, &t->place, &v, &e) && v.files > 5, "%s",
		e.message);
	must(!drop_cycles(&d, 100, &all, &e));
	CHECK(!drop_restore(&d, &t->place, all.at[all.n - 1].id, to, &e), "%s",
		e.message);
	must(!file_read(t->a, to, 1 << 20, &is, &e) &&
		!file_read(t->a, in_dir(t, "20261121_4821_DROP.zip"), 1 << 20,
			&was, &e));
	CHECK(str_eq(was, is), "byte for byte");
	must(!system(arena_cstr(
		t->a, arena_fmt(t->a,
			      "printf x | dd of=%s/%.*s bs=1 seek=200 "
			      "conv=notrunc 2>/dev/null",
			      t->place.dir, STR_ARG(all.at[0].archive)))));
	CHECK(drop_verify(&d, &t->place, &v, &e) == -1 && e.code == ERR_CORRUPT,
		"a byte that changed: %s", e.message);
}

static void permissions(struct test *t)
{
	struct desk d = desk(t);
	struct drop_overview o;
	struct drop_acted done;
	struct err e = { 0 };

	d.actor.role = STR("auditor");
	CHECK(!drop_overview(&d, &o, &e), "an auditor sees");
	CHECK(drop_act(&d, &t->place, &done, &e) == -1 && e.code == ERR_DENIED,
		"and does nothing");
	d.actor.role = STR("agent");
	CHECK(drop_overview(&d, &o, &e) == -1 && e.code == ERR_DENIED,
		"an agent has no part in it");
}

/* --- */

/* One transaction of a step, and no more of it. */
static int withdraw_one(struct desk *d, void *ctx, struct err *e)
{
	struct drop_withdrawal w = { .list = DROP_EMAIL };

	memcpy(w.id, "AnnOneEmail1", DROP_ID_SIZE);
	(void)ctx;
	return drop_withdraw(d, &w, e);
}

/* Counted once more after the next session was begun, and never again: pages of
 * millions would wait for it each time that something changes. */
static void former_stays(struct test *t)
{
	struct desk d = desk(t);
	struct drop_cycle_view v;
	struct drop_pass now;
	struct sql_drop_tally_found_in in;
	struct sql_drop_tally_found_rows found;
	struct err e = { 0 };

	CHECK(!is_kept(t), "something changed");
	if (drop_cycle_view(&d, 1, &v, &e) != 1)
		fail("former", &e);
	must(v.passes.n);
	in.pass_id = v.passes.at[0].id;
	if (sql_drop_tally_found(t->db, t->a, &in, &found, &e) ||
		drop_pass_read(&d, in.pass_id, &now, &e) != 1)
		fail("former", &e);
	CHECK(found.n && found.n == now.found.n &&
			found.n == v.passes.at[0].found.n,
		"what the first session found is kept: %zu of %zu tables",
		found.n, now.found.n);
	for (size_t i = 0; i < found.n && i < now.found.n; i++)
		CHECK(found.at[i].people == now.found.at[i].people &&
				found.at[i].erased == now.found.at[i].erased &&
				found.at[i].open == now.found.at[i].open,
			"as it is: %lld people in table %zu",
			(long long)found.at[i].people, i);
}

/* A step that was killed in its middle: nobody takes what was counted before for what
 * is there now. */
static void killed_step(struct test *t)
{
	struct desk d = desk(t);
	struct sql_drop_tally_mark_row before;
	struct sql_drop_tally_counted_in late = { .id = DROP_TALLY_ITEMS };
	struct sql_drop_tally_found_in in;
	struct sql_drop_tally_found_rows found;
	struct drop_overview was, is;
	struct drop_cycle_view v;
	struct drop_tally tally;
	struct err e = { 0 };

	CHECK(is_kept(t) && !drop_overview(&d, &was, &e) &&
			sql_drop_tally_mark(t->db, t->a, &before, &e) == 1,
		"%s", e.message);
	if (drop_cycle_view(&d, 0, &v, &e) != 1)
		fail("view", &e);
	must(v.passes.n);
	in.pass_id = v.passes.at[v.passes.n - 1].id;
	CHECK(!sql_drop_tally_found(t->db, t->a, &in, &found, &e) && found.n,
		"what was found is kept");
	if (desk_write(&d, withdraw_one, NULL, &e))
		fail("withdraw", &e);
	CHECK(!is_kept(t), "it is known that items changed");
	CHECK(!drop_overview(&d, &is, &e) &&
			is.counts.all.revoked == was.counts.all.revoked + 1 &&
			is.counts.all.active == was.counts.all.active - 1,
		"pages count: %d and %d", (int)was.counts.all.revoked,
		(int)is.counts.all.revoked);
	same_numbers(t, "killed");
	CHECK(!sql_drop_tally_found(t->db, t->a, &in, &found, &e) && !found.n,
		"what was found is counted anew too");
	former_stays(t);
	late.changed = before.items;
	CHECK(sql_drop_tally_counted(t->db, &late, &e) == 0,
		"counts from before the change are not stored");
	drop_tally_keep(&d);
	tallied(t, "the next step");
	CHECK(!drop_tally_read(&d, DROP_AS_IS, &tally, &e) && tally.n > 1, "%s",
		e.message);
}

static void start(struct test *t, const char *server)
{
	struct err e = { 0 };
	struct desk d;

	t->a = arena_new(1u << 30);
	t->fresh = fresh_start(t->a, server, "drop");
	t->dir = arena_cstr(
		t->a, arena_fmt(t->a, "/tmp/t_drop.%ld", (long)getpid()));
	must(!mkdir(t->dir, 0700));
	t->map = in_dir(t, "datamap.yaml");
	t->place.dir = in_dir(t, "drop");
	t->place.credentials = t->dir;
	t->config.listen = STR("127.0.0.1:8085");
	t->config.drop_url = STR("https://api.drop.privacy.ca.gov");
	t->config.drop_broker = STR("4821");
	must(instant_parse(STR("2026-11-21T21:04:00Z"), &t->clock.fixed_ms));
	if (file_replace(t->map, str_of(yaml), 0600, &e) ||
		keys_make(t->dir, &e) ||
		keys_load(t->a, t->dir, KEYS_ALL, &t->keys, &e) ||
		db_open(&t->db, t->fresh.url,
			&(struct db_opts){ .may_create = true }, &e) ||
		db_migrate(t->db, &e) ||
		suppress_open(
			&t->suppress, in_dir(t, "index.tyx"), t->keys, &e))
		fail("start", &e);
	make_system(t, "crm.db", crm);
	make_system(t, "news.db", news);
	d = desk(t);
	d.actor.kind = ACTOR_COMMAND;
	if (setting_put(&d, STR("business_name"), STR("Lakeshore Leads"), &e) ||
		setting_put(&d, STR("contact_email"),
			STR("privacy@lakeshore.example"), &e))
		fail("settings", &e);
}

static void end(struct test *t)
{
	suppress_close(t->suppress);
	db_close(t->db);
	must(!system(arena_cstr(t->a, arena_fmt(t->a, "rm -rf %s", t->dir))));
	fresh_end(t->a, &t->fresh);
	arena_free(t->a);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start(&t, fresh_server(argc, argv));
	outages(&t);
	outage_within_ours(&t);
	events(&t);
	first_session(&t);
	right_answers(&t);
	vendors(&t);
	first_report(&t);
	first_numbers(&t);
	second_session(&t);
	withdrawn_in_one_row(&t);
	withdrawn_stays(&t);
	unreachable(&t);
	screening(&t);
	killed_step(&t);
	cadence(&t);
	exposure(&t);
	screens_by_itself(&t);
	too_old(&t);
	cut_short(&t);
	session_looks_again(&t);
	same_file(&t);
	put_back(&t);
	held(&t);
	closes_by_itself(&t);
	opts_out_many(&t);
	held_settled(&t);
	held_known(&t);
	pulls_beside(&t);
	refused_by_hand(&t);
	refused_then_by_hand(&t);
	killed_by_hand(&t);
	archive(&t);
	permissions(&t);
	end(&t);
	return CHECK_DONE();
}
