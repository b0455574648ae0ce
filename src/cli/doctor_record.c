/* Database, jobs, index, clock and audit trail. */
#define _GNU_SOURCE /* O_TMPFILE: the trail is read without leaving a file */
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/chain.h"
#include "cli/doctor.h"
#include "desk/keys.h"
#include "index/index.h"
#include "law/amount.h"
#include "law/calendar.h"
#include "store/sql.h"

enum { TRIES_MANY = 8, STUCK_SHOWN = 5 };

static void check_database(struct doctor *d)
{
	struct db_findings f;
	struct err e = { 0 };

	if (db_check(d->cli->desk.db, d->cli->arena, &f, &e)) {
		doctor_say_err(d, "database", &e);
		return;
	}
	for (size_t i = 0; i < f.n; i++)
		doctor_say(d, "database", f.at[i].is_problem ? PROBLEM : GOOD,
			f.at[i].text, arena_cstr(d->cli->arena, f.at[i].hint));
}

static void check_jobs(struct doctor *d)
{
	struct desk *k = &d->cli->desk;
	struct sql_job_stuck_in in = { TRIES_MANY, STUCK_SHOWN };
	struct sql_job_stuck_rows rows;
	struct err e = { 0 };

	if (sql_job_stuck(k->db, k->arena, &in, &rows, &e)) {
		doctor_say_err(d, "jobs", &e);
		return;
	}
	for (size_t i = 0; i < rows.n; i++)
		doctor_say(d, "jobs", PROBLEM,
			arena_fmt(k->arena, "%.*s failed %lld times: %.*s",
				STR_ARG(rows.at[i].kind),
				(long long)rows.at[i].attempts,
				STR_ARG(rows.at[i].problem)),
			"");
}

/* Whole, from the first entry, as an auditor would do it. */
static int verify_chain(struct cli *c, struct audit_report *r, struct err *e)
{
	struct audit_export x = { 0 };
	int64_t count;
	int rc;

	x.fd = open(c->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (x.fd < 0)
		return err_errno(e, "make a file in %s", c->dir);
	rc = chain_export(c, &x, &count, e);
	if (!rc && lseek(x.fd, 0, SEEK_SET) < 0)
		rc = err_errno(e, "read the trail");
	if (!rc)
		rc = audit_verify(x.fd, "the audit trail", STR(""), r, e);
	close(x.fd);
	return rc;
}

static void check_chain(struct doctor *d)
{
	struct audit_report r;
	struct err e = { 0 };

	if (verify_chain(d->cli, &r, &e)) {
		doctor_say_err(d, "audit", &e);
		return;
	}
	if (r.damage == DAMAGE_INTACT)
		doctor_say(d, "audit", GOOD,
			arena_fmt(d->cli->arena, "%lld entries, unbroken",
				(long long)r.count),
			"");
	else
		doctor_say(d, "audit", PROBLEM,
			audit_report_text(d->cli->arena, &r),
			"somebody wrote to the database: keep a copy, and look "
			"at backups");
}

static void check_index(struct doctor *d)
{
	struct cli *c = d->cli;
	const char *path = install_path(&c->install, STR("index.tyx"));
	struct ident_keyring keyring;
	struct index_open_opts opts = { .cpu = CPU_BEST };
	struct index_info info;
	struct index *index;
	struct err e = { 0 };

	if (!file_exists(path))
		return;
	ident_keyring_init(&keyring, keys_index(c->install.keys), CPU_BEST);
	opts.fingerprint = keyring.fingerprint;
	if (index_open(&index, path, &opts, &e)) {
		doctor_say_err(d, "index", &e);
		return;
	}
	index_info(index, &info);
	index_close(index);
	doctor_say(d, "index", GOOD,
		arena_fmt(c->arena, "%llu identifiers",
			(unsigned long long)info.keys),
		"");
}

/* Sums that follow the prices are published in January of odd years. */
static void check_amounts(struct doctor *d)
{
	struct cli *c = d->cli;
	struct date until = amounts_known_until();
	bool is_known = date_cmp(desk_today(&c->desk), until) <= 0;

	doctor_say(d, "amounts", is_known ? GOOD : NOTE,
		arena_fmt(c->arena, "fines and thresholds known to %.*s",
			STR_ARG(date_iso(c->arena, until))),
		is_known ? ""
			 : "get a newer version: the sums changed with the "
			   "prices");
}

static void check_time(struct doctor *d)
{
	struct cli *c = d->cli;
	struct sql_audit_newest_in in = { INT64_MAX, 1 };
	struct sql_audit_newest_rows rows;
	enum calendar_outlook holidays =
		calendar_outlook(desk_today(&c->desk).year);
	struct err e = { 0 };

	if (sql_audit_newest(c->desk.db, c->arena, &in, &rows, &e))
		doctor_say_err(d, "clock", &e);
	else if (rows.n && rows.at[0].at > desk_now(&c->desk))
		doctor_say(d, "clock", PROBLEM,
			STR("the machine's clock stands before the newest "
			    "entry of the audit trail"),
			"set the clock (timedatectl): deadlines are counted by "
			"it");
	else
		doctor_say(d, "clock", GOOD,
			instant_rfc3339(c->arena, desk_now(&c->desk)), "");
	doctor_say(d, "holidays",
		holidays == CALENDAR_ENDS        ? PROBLEM
		: holidays == CALENDAR_ENDS_SOON ? NOTE
						 : GOOD,
		arena_fmt(c->arena, "known to the end of %d",
			calendar_last_year()),
		holidays == CALENDAR_REACHES
			? ""
			: "get a newer version: dates past it are counted "
			  "without holidays, which is early");
	check_amounts(d);
}

void doctor_record(struct doctor *d)
{
	check_database(d);
	check_jobs(d);
	check_index(d);
	check_time(d);
	check_chain(d);
}
