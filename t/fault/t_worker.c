/*
 * Kills the worker with SIGKILL, many times, at random moments of a deletion
 * that is being searched, erased, told and answered, and compares the end with
 * what one undisturbed run would have left: every row of the people gone, every
 * other row as it was, each thing in the audit trail once, each letter once.
 *
 *	t_worker sqlite | postgresql://...  [SEED]
 */
#include "check.h"
#include "fresh.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/rand.h"
#include "cli/demo_data.h"
#include "connect/map.h"
#include "desk/case.h"
#include "desk/install.h"
#include "desk/intake.h"
#include "desk/post.h"
#include "desk/process.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "desk/vendors.h"
#include "job/worker.h"
#include "law/reason.h"
#include "store/db.h"
#include "store/sql.h"

enum { PEOPLE = 6, KILLS = 60, LEADS = 2000, CONTACTS = 800, ROWS_MAX = 60000 };
/* More than a lease: one that a killed worker asked PostgreSQL for may be given
 * after the next worker took back what there was, and runs out only. */
enum { PATIENCE_MS = 300000, HURRY_MS = 20000, JOBS_MAX = 1000 };
enum { SYSTEMS = 2, TABLES_MAX = 8 };

static const char *const tables[SYSTEMS][TABLES_MAX] = {
	{ "person", "person_email", "person_phone", "lead", "lead_note" },
	{ "contact", "contact_email", "contact_phone", "deal", "note" },
};

struct rows {
	struct arena *a;
	char **at;
	size_t n;
};

struct test {
	struct arena *a;
	struct rng rng;
	const char *server; /* PostgreSQL, or NULL */
	const char *dir;
	struct install in;
	struct db *db;
	struct suppress *suppress;
	struct fresh fresh;
	struct fresh crm;
	struct process process;
	str reference[PEOPLE];
	int64_t found[PEOPLE]; /* rows to be deleted, as previewed */
	struct rows before;
};

static void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s (%s)\n", what, e->message, e->detail);
	exit(1);
}

static const char *path(struct test *t, const char *name)
{
	return path_join(t->a, t->dir, name);
}

/* --- the company --- */

static void write_map(struct test *t)
{
	struct err e = { 0 };
	str text;

	if (file_read(t->a,
		    t->server ? "examples/leads-library/datamap.postgres.yaml"
			      : "examples/leads-library/datamap.yaml",
		    1 << 20, &text, &e) ||
		file_replace(path(t, "datamap.yaml"), text, 0600, &e))
		fail("map", &e);
}

static void make_systems(struct test *t)
{
	struct demo_options leads = { .n = LEADS, .at_ms = clock_now_ms(NULL) };
	struct demo_options crm = { .n = CONTACTS,
		.at_ms = clock_now_ms(NULL) };
	const char *where = path(t, "crm.db");
	struct err e = { 0 };

	if (t->server) {
		t->crm = fresh_start(t->a, t->server, "crm");
		where = t->crm.url;
		if (dir_make(path(t, "credentials"), 0700, &e) ||
			file_replace(path(t, "credentials/crm_url"),
				str_of(where), 0600, &e))
			fail("secret", &e);
	}
	if (file_read(t->a, "examples/leads-library/leads.sqlite.sql", 1 << 20,
		    &leads.schema, &e) ||
		file_read(t->a, "examples/leads-library/crm.sql", 1 << 20,
			&crm.schema, &e) ||
		demo_data_leads(path(t, "leads.db"), &leads, &e) ||
		demo_data_crm(where, &crm, &e))
		fail("systems", &e);
}

static struct desk desk_as(struct test *t, enum actor_kind kind)
{
	return (struct desk){
		.db = t->db,
		.arena = t->a,
		.clock = &t->in.clock,
		.keys = t->in.keys,
		.config = &t->in.config,
		.data_map = path(t, "datamap.yaml"),
		.suppress = t->suppress,
		.actor = { .kind = kind },
		.wake_fd = -1,
	};
}

static void start(struct test *t)
{
	char template[] = "/tmp/t_worker.XXXXXX";
	struct config config;
	struct err e = { 0 };
	struct desk d;

	t->a = arena_new((size_t)2 << 30);
	t->dir = arena_cstr(t->a, str_of(mkdtemp(template)));
	t->fresh = fresh_start(t->a, t->server, "desk");
	config_defaults(&config);
	config.database = str_of(t->fresh.url);
	if (install_make(t->a, t->dir, &config, &e) ||
		install_open(&t->in, t->a, t->dir, KEYS_ALL, &e) ||
		install_database(&t->in, &t->db, &e) ||
		suppress_open(
			&t->suppress, path(t, "index.tyx"), t->in.keys, &e))
		fail("installation", &e);
	write_map(t);
	make_systems(t);
	d = desk_as(t, ACTOR_COMMAND);
	if (setting_put(&d, STR("business_name"), STR("Lakeshore"), &e) ||
		setting_put(&d, STR("contact_email"),
			STR("privacy@lakeshore.example"), &e))
		fail("settings", &e);
}

/* --- every row of both systems --- */

static void add_row(struct rows *out, const char *table, const char *text)
{
	must(out->n < ROWS_MAX);
	out->at[out->n++] =
		arena_cstr(out->a, arena_fmt(out->a, "%s %s", table, text));
}

static void read_sqlite(const char *file, const char *table, struct rows *out)
{
	char sql[128];
	sqlite3_stmt *s;
	sqlite3 *db;

	snprintf(sql, sizeof sql, "select * from %s", table);
	must(sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) ==
		SQLITE_OK);
	must(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		char text[8192];
		size_t n = 0;

		for (int i = 0; i < sqlite3_column_count(s); i++)
			n += (size_t)snprintf(text + n, sizeof text - n, "|%s",
				sqlite3_column_text(s, i)
					? (const char *)sqlite3_column_text(
						  s, i)
					: "");
		add_row(out, table, text);
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
}

static void read_postgres(const char *url, const char *table, struct rows *out)
{
	char sql[128];
	PGconn *c = PQconnectdb(url);
	PGresult *r;

	snprintf(sql, sizeof sql, "select t::text from %s t", table);
	r = PQexec(c, sql);
	must(PQresultStatus(r) == PGRES_TUPLES_OK);
	for (int i = 0; i < PQntuples(r); i++)
		add_row(out, table, PQgetvalue(r, i, 0));
	PQclear(r);
	PQfinish(c);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static struct rows read_systems(struct test *t)
{
	struct rows out = { .a = t->a,
		.at = arena_many(t->a, char *, ROWS_MAX) };

	for (int i = 0; i < TABLES_MAX && tables[0][i]; i++)
		read_sqlite(path(t, "leads.db"), tables[0][i], &out);
	for (int i = 0; i < TABLES_MAX && tables[1][i]; i++) {
		if (t->server)
			read_postgres(t->crm.url, tables[1][i], &out);
		else
			read_sqlite(path(t, "crm.db"), tables[1][i], &out);
	}
	qsort(out.at, out.n, sizeof *out.at, by_text);
	return out;
}

/* --- requests --- */

static struct post letter_of(
	struct test *t, str reference, const char *template, int *n)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_mail_list_rows rows;
	struct post p = { 0 };
	struct err e = { 0 };

	*n = 0;
	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 1000 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].reference, reference) &&
			str_eq(rows.at[i].template, str_of(template)) &&
			!(*n)++ && post_load(&d, rows.at[i].id, &p, &e) != 1)
			fail("letter", &e);
	return p;
}

static str digits_in(str text)
{
	for (size_t i = 0; i + 6 <= text.n; i++) {
		size_t k = 0;

		while (i + k < text.n && text.p[i + k] >= '0' &&
			text.p[i + k] <= '9')
			k++;
		if (k == 6)
			return (str){ text.p + i, 6 };
		i += k;
	}
	return STR("");
}

static void file_requests(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);

	for (size_t i = 0; i < PEOPLE; i++) {
		const struct demo_person *who = demo_person_at(i);
		struct draft f = { .kind = KIND_DELETE };
		struct problems ps = { 0 };
		struct err e = { 0 };
		struct sent s;
		struct post p;
		bool is_right;
		int n;

		f.person.email.v = who->email;
		f.person.phone.v = who->phone;
		f.person.zip.v = who->zip;
		f.person.stop_sale = STR("yes");
		if (intake_send(
			    &d, &f, CHANNEL_WEB, STR("peer"), &s, &ps, &e) ||
			ps.n)
			fail("send", &e);
		t->reference[i] = s.reference;
		p = letter_of(t, s.reference, "code", &n);
		if (intake_confirm_code(&d, s.reference, digits_in(p.text.v),
			    &is_right, &ps, &e) ||
			!is_right)
			fail("code", &e);
	}
}

static struct case_view look(struct test *t, size_t i)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct case_view v;
	struct err e = { 0 };

	if (case_load(&d, t->reference[i], false, &v, &e) != 1)
		fail("case", &e);
	return v;
}

/* Approves what is ready; what a killed worker left half done is not. */
static void approve_ready(struct test *t)
{
	for (size_t i = 0; i < PEOPLE; i++) {
		struct desk d = desk_as(t, ACTOR_COMMAND);
		struct case_view v = look(t, i);
		struct case_preview preview;
		struct err e = { 0 };

		if (v.state != STATE_REVIEW)
			continue;
		if (case_preview(&d, t->reference[i], &preview, &e))
			fail("preview", &e);
		t->found[i] = preview.rows;
		if (case_approve(&d, t->reference[i], v.seen, &e) &&
			e.code != ERR_CONFLICT)
			fail("approve", &e);
	}
}

/* --- the killing --- */

static void nap_us(long us)
{
	nanosleep(
		&(struct timespec){ us / 1000000, us % 1000000 * 1000 }, NULL);
}

static pid_t start_worker(struct test *t)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	_exit(worker_main(&t->process));
}

/* One of the processes that the worker made for its jobs; 0 when it has none. */
static pid_t child_of(pid_t pid)
{
	char name[64];
	char line[256] = "";
	FILE *f;

	snprintf(name, sizeof name, "/proc/%d/task/%d/children", pid, pid);
	f = fopen(name, "r");
	if (!f)
		return 0;
	if (!fgets(line, sizeof line, f))
		line[0] = '\0';
	fclose(f);
	return (pid_t)strtol(line, NULL, 10);
}

static void kill_once(struct test *t)
{
	pid_t pid = start_worker(t);

	nap_us((long)rng_below(&t->rng, 45000));
	if (rng_below(&t->rng, 2)) {
		pid_t child = child_of(pid);

		if (child)
			kill(child, SIGKILL);
		nap_us((long)rng_below(&t->rng, 8000));
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* --- to the end, undisturbed --- */

static bool systems_are_done(struct test *t)
{
	for (size_t i = 0; i < PEOPLE; i++) {
		struct case_view v = look(t, i);

		if (!v.tasks.n)
			return false;
		for (size_t k = 0; k < v.tasks.n; k++)
			if (v.tasks.at[k].is_system ? !v.tasks.at[k].is_done
						    : !v.tasks.at[k].asked_at)
				return false;
	}
	return true;
}

static bool letters_are_out(struct test *t)
{
	struct sql_mail_list_rows rows;
	struct err e = { 0 };

	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 1000 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (!str_eq(rows.at[i].state, STR("sent")))
			return false;
	return true;
}

static bool all_closed(struct test *t)
{
	for (size_t i = 0; i < PEOPLE; i++)
		if (look(t, i).is_open)
			return false;
	return letters_are_out(t);
}

/*
 * A job whose process was killed pauses, longer each time and up to an hour: what
 * was put off is asked for now.  Again after a while, since PostgreSQL may still
 * carry out what a killed worker put off last.
 */
static void hurry(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct sql_job_stuck_rows rows;
	struct err e = { 0 };

	if (sql_job_stuck(t->db, t->a,
		    &(struct sql_job_stuck_in){ 1, JOBS_MAX }, &rows, &e))
		fail("jobs", &e);
	for (size_t i = 0; i < rows.n; i++)
		for (int k = 0; k < JOB_KINDS; k++)
			if (str_eq(rows.at[i].kind,
				    str_of(job_code((enum job_kind)k))) &&
				desk_job(&d, (enum job_kind)k,
					rows.at[i].subject_id, desk_now(&d),
					&e))
				fail("job", &e);
}

/* Each look at what is done goes into an arena of its own: on a slow machine there
 * are ten thousand. */
static void run_until(struct test *t, bool (*done)(struct test *))
{
	pid_t pid = start_worker(t);
	int64_t until = clock_mono_ms() + PATIENCE_MS;
	int64_t hurry_at = 0;
	struct arena *kept = t->a;

	t->a = arena_new((size_t)1 << 30);
	while (!done(t) && clock_mono_ms() < until) {
		if (clock_mono_ms() >= hurry_at) {
			hurry(t);
			hurry_at = clock_mono_ms() + HURRY_MS;
		}
		approve_ready(t);
		nap_us(20000);
		arena_clear(t->a);
	}
	CHECK(done(t), "the rest is finished in time");
	arena_free(t->a);
	t->a = kept;
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
}

static str token_in(str text)
{
	ptrdiff_t at = str_find(text, STR("/v/"));
	str rest = str_from(text, (size_t)at + 3);
	size_t n = 0;

	while (n < rest.n && rest.p[n] > ' ')
		n++;
	return str_head(rest, n);
}

static void answer_as_vendors(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct vendor_reply reply = { .answer = VENDOR_NOTHING };
	struct sql_mail_list_rows rows;
	struct err e = { 0 };

	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 1000 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++) {
		struct problems ps = { 0 };
		struct post p;

		if (!str_eq(rows.at[i].template, STR("vendor_notice")))
			continue;
		if (post_load(&d, rows.at[i].id, &p, &e) != 1 ||
			vendor_reply(&d, token_in(p.text.v), &reply, &ps, &e))
			fail("vendor", &e);
	}
}

static void send_answers(struct test *t)
{
	for (size_t i = 0; i < PEOPLE; i++) {
		struct desk d = desk_as(t, ACTOR_COMMAND);
		struct problems ps = { 0 };
		struct err e = { 0 };

		if (case_answer(&d, t->reference[i], STR(""), &ps, &e) || ps.n)
			fail("answer", &e);
	}
}

/* --- what must be true at the end --- */

static int entries(struct test *t, str reference, const char *event)
{
	struct sql_audit_of_reference_rows rows;
	struct err e = { 0 };
	int n = 0;

	if (sql_audit_of_reference(t->db, t->a,
		    &(struct sql_audit_of_reference_in){ reference }, &rows,
		    &e))
		fail("trail", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.at[i].event, str_of(event));
	return n;
}

static void check_case(struct test *t, size_t i, int vendors)
{
	struct case_view v = look(t, i);
	const char *name = arena_cstr(t->a, demo_person_at(i)->first);
	int64_t erased = 0;
	int systems = 0;
	int n;

	for (size_t k = 0; k < v.tasks.n; k++) {
		erased += v.tasks.at[k].rows_erased;
		systems += v.tasks.at[k].is_system;
	}
	CHECK(!v.is_open && erased > 0, "%s: closed", name);
	CHECK(erased == t->found[i], "%s: %d rows erased, %d previewed", name,
		(int)erased, (int)t->found[i]);
	CHECK(entries(t, t->reference[i], "system.erased") == systems,
		"%s: each system erased once", name);
	CHECK(entries(t, t->reference[i], "vendor.told") == vendors,
		"%s: each vendor told once", name);
	CHECK(entries(t, t->reference[i], "request.approved") == 1 &&
			entries(t, t->reference[i], "request.closed") == 1,
		"%s: approved and closed once", name);
	letter_of(t, t->reference[i], "vendor_notice", &n);
	CHECK(n == vendors, "%s: %d notices for %d vendors", name, n, vendors);
	letter_of(t, t->reference[i], "deleted", &n);
	CHECK(n == 1, "%s: %d answers", name, n);
	letter_of(t, t->reference[i], "receipt", &n);
	CHECK(n == 1, "%s: %d confirmations of receipt", name, n);
}

/* What is there now was there before, and what is missing is as many rows as
 * were reported. */
static void check_rows(struct test *t)
{
	struct rows after = read_systems(t);
	size_t missing = 0;
	size_t k = 0;
	int64_t reported = 0;

	for (size_t i = 0; i < t->before.n; i++)
		if (k < after.n && !strcmp(t->before.at[i], after.at[k]))
			k++;
		else
			missing++;
	for (size_t i = 0; i < PEOPLE; i++)
		reported += t->found[i];
	CHECK(k == after.n, "%zu rows are new or changed", after.n - k);
	CHECK((int64_t)missing == reported, "%zu rows are gone, %d reported",
		missing, (int)reported);
	for (size_t i = 0; i < after.n; i++)
		for (size_t p = 0; p < PEOPLE; p++)
			CHECK(!strstr(after.at[i],
				      arena_cstr(
					      t->a, demo_person_at(p)->email)),
				"nothing under %s is left",
				demo_person_at(p)->email.p);
}

static void check_outbox(struct test *t)
{
	struct sql_mail_list_rows rows;
	struct dirent *entry;
	DIR *dir = opendir(path(t, "outbox"));
	struct err e = { 0 };
	size_t files = 0;

	must(dir);
	while ((entry = readdir(dir)))
		files += str_ends(str_of(entry->d_name), STR(".eml"));
	closedir(dir);
	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 1000 }, &rows, &e))
		fail("letters", &e);
	CHECK(files == rows.n, "%zu letters written, %zu in the record", files,
		rows.n);
	for (size_t i = 0; i < rows.n; i++)
		CHECK(str_eq(rows.at[i].state, STR("sent")), "letter %zu", i);
}

static void check_chain(struct test *t)
{
	struct audit_export x = { .keys = t->in.keys,
		.business = STR("L"),
		.at = clock_now_ms(NULL) };
	struct audit_report report;
	struct err e = { 0 };
	int64_t n;

	x.fd = open(path(t, "audit"), O_RDWR | O_CREAT, 0600);
	CHECK(!audit_export(t->db, &x, &n, &e), "%s", e.message);
	lseek(x.fd, 0, SEEK_SET);
	CHECK(!audit_verify(x.fd, "export", STR(""), &report, &e) &&
			report.damage == DAMAGE_INTACT && report.count == n,
		"the chain is whole: %s", audit_damage_name(report.damage));
	close(x.fd);
}

static void check_suppressed(struct test *t)
{
	for (size_t i = 0; i < PEOPLE; i++) {
		struct desk d = desk_as(t, ACTOR_COMMAND);
		struct suppress_query q[] = {
			{ .kind = IDENT_EMAIL,
				.value = demo_person_at(i)->email },
			{ .kind = IDENT_EMAIL,
				.value = demo_person_at(i)->other_email },
			{ .kind = IDENT_PHONE,
				.value = demo_person_at(i)->phone },
		};
		struct err e = { 0 };

		if (suppress_check(&d, q, COUNTOF(q), &e))
			fail("check", &e);
		for (size_t k = 0; k < COUNTOF(q); k++)
			CHECK(q[k].reasons & REASON_DELETED,
				"person %zu stays suppressed (%zu)", i, k);
	}
}

static int vendors_of(struct test *t)
{
	struct map map;
	struct err e = { 0 };

	if (map_read(t->a, path(t, "datamap.yaml"), &map, &e))
		fail("map", &e);
	return (int)map.vendors_n;
}

int main(int argc, char **argv)
{
	struct test t = { .server = fresh_server(argc, argv) };
	uint64_t seed =
		argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL);
	int wake[2];

	must(sodium_init() >= 0 && !pipe(wake));
	fcntl(wake[0], F_SETFL, O_NONBLOCK);
	printf("seed %llu\n", (unsigned long long)seed);
	t.rng.state = seed;
	start(&t);
	t.process = (struct process){ .dir = t.dir,
		.node = "t_worker",
		.listen_fd = -1,
		.wake_fd = wake[0] };
	t.process.log = (struct log){
		.fd = open(
			path(&t, "log"), O_WRONLY | O_CREAT | O_APPEND, 0600),
		.process = "worker",
	};
	t.before = read_systems(&t);
	file_requests(&t);
	for (int i = 0; i < KILLS; i++) {
		kill_once(&t);
		approve_ready(&t);
	}
	run_until(&t, systems_are_done);
	answer_as_vendors(&t);
	send_answers(&t);
	for (int i = 0; i < 5; i++)
		kill_once(&t);
	run_until(&t, all_closed);

	for (size_t i = 0; i < PEOPLE; i++)
		check_case(&t, i, vendors_of(&t));
	check_rows(&t);
	check_outbox(&t);
	check_suppressed(&t);
	check_chain(&t);
	if (check_failed)
		fprintf(stderr, "kept for a look: %s\n", t.dir);
	else
		must(!system(
			arena_cstr(t.a, arena_fmt(t.a, "rm -rf %s", t.dir))));
	suppress_close(t.suppress);
	db_close(t.db);
	fresh_end(t.a, &t.fresh);
	if (t.server)
		fresh_end(t.a, &t.crm);
	arena_free(t.a);
	return CHECK_DONE();
}
