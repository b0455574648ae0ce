/*
 * The installation of the demo: folder, settings, staff, data map, and the two
 * systems, which processes of their own fill while the history is played.
 */
#define _GNU_SOURCE /* nftw: removing a folder with all that is in it */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/cli.h"
#include "cli/demo.h"
#include "cli/example.h"
#include "desk/keys.h"
#include "desk/setting.h"
#include "desk/staff.h"
#include "desk/training.h"
#include "store/db.h"

enum { OLDEST_DAYS = 131, OPEN_FILES = 16, NOTE_MAX = 8192 };

static int remove_one(
	const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

void demo_remove(const char *dir)
{
	nftw(dir, remove_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS);
}

/* --- the systems --- */

static int fill_leads(struct demo *m, struct err *e)
{
	struct demo_options o = {
		.seed = DEMO_SEED,
		.at_ms = m->now,
		.n = DEMO_LEADS,
		.schema = example_text("leads-library/leads.sqlite.sql"),
	};
	struct arena *a = m->cli->arena;

	return demo_data_leads(path_join(a, m->dir, "leads.db"), &o, e);
}

static int fill_crm_and_list(
	struct demo *m, const struct demo_opts *opts, struct err *e)
{
	struct demo_options o = {
		.seed = DEMO_SEED,
		.at_ms = m->now,
		.n = DEMO_CRM_PEOPLE,
		.schema = example_text("leads-library/crm.sql"),
	};
	struct arena *a = m->cli->arena;
	const char *crm = opts->postgres ? opts->postgres
					 : path_join(a, m->dir, "crm.db");

	if (demo_data_crm(crm, &o, e))
		return -1;
	o.n = DEMO_LEADS;
	return demo_data_csv(path_join(a, m->dir, "leads.csv"), &o, e);
}

/* A child says why it failed itself: its e is gone with it. */
static pid_t start(struct demo *m, const struct demo_opts *opts, int which)
{
	struct err e = { 0 };
	pid_t pid;
	int rc;

	fflush(NULL);
	pid = fork();
	if (pid)
		return pid;
	rc = which ? fill_crm_and_list(m, opts, &e) : fill_leads(m, &e);
	if (rc)
		cli_complain(m->cli, &e);
	_exit(rc ? 1 : 0);
}

int demo_fill(struct demo *m, const struct demo_opts *opts, struct err *e)
{
	for (int i = 0; i < DEMO_MAKERS; i++) {
		m->maker[i] = start(m, opts, i);
		if (m->maker[i] < 0)
			return err_errno(e, "start a process");
	}
	return 0;
}

int demo_fill_wait(struct demo *m, struct err *e)
{
	bool is_bad = false;

	for (int i = 0; i < DEMO_MAKERS; i++) {
		int status = 0;

		if (m->maker[i] > 0) {
			waitpid(m->maker[i], &status, 0);
			m->maker[i] = 0;
		}
		is_bad |= status != 0;
	}
	return is_bad ? err_set(e, ERR_INTERNAL,
				"the demo's systems could not be filled")
		      : 0;
}

/* --- the business --- */

static int put_settings(struct desk *d, struct err *e)
{
	static const struct {
		str name;
		str value;
	} rows[] = {
		{ STR_INIT("business_name"), STR_INIT("Lakeshore Leads") },
		{ STR_INIT("legal_name"), STR_INIT("Lakeshore Leads, Inc.") },
		{ STR_INIT("contact_email"),
			STR_INIT("privacy@lakeshore.example") },
		{ STR_INIT("phone"), STR_INIT("800-555-0142") },
		{ STR_INIT("phone_hours"),
			STR_INIT("Monday to Friday, 8 a.m. to 6 p.m. "
				 "Pacific") },
		{ STR_INIT("phone_hours_es"),
			STR_INIT("lunes a viernes, de 8 a.m. a 6 p.m., hora "
				 "del Pacífico") },
		{ STR_INIT("address"), STR_INIT("Privacy Desk, 400 Harbor Way, "
						"Oakland, CA 94607") },
		{ STR_INIT("policy_url"),
			STR_INIT("https://lakeshore.example/privacy") },
		{ STR_INIT("sells"), STR_INIT("yes") },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (setting_put(d, rows[i].name, rows[i].value, e))
			return -1;
	return setting_put(
		d, STR("gpc_since"), date_iso(d->arena, desk_today(d)), e);
}

static int train(struct demo *m, str email, struct err *e)
{
	struct training in = { .email = email,
		.what = STR("Regulations of 2026, for the desk") };
	struct problems ps = { 0 };

	return training_note(m->desk, &in, &ps, e);
}

static int add_staff(struct demo *m, struct err *e)
{
	static const struct staff_new rows[COUNTOF(m->staff)] = {
		{ STR_INIT(DEMO_EMAIL), STR_INIT("Jo Lindqvist"),
			STR_INIT("owner"), { STR_INIT(DEMO_PASSPHRASE) } },
		{ STR_INIT("mara@lakeshore.example"), STR_INIT("Mara Ortiz"),
			STR_INIT("officer"), { STR_INIT(DEMO_PASSPHRASE) } },
		{ STR_INIT("dev@lakeshore.example"), STR_INIT("Dev Shah"),
			STR_INIT("agent"), { STR_INIT(DEMO_PASSPHRASE) } },
	};
	struct problems ps = { 0 };

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (staff_add(m->desk, &rows[i], &m->staff[i], &ps, e) ||
			train(m, rows[i].email, e))
			return -1;
	return 0;
}

static int open_business(struct desk *d, void *ctx, struct err *e)
{
	struct demo *m = ctx;

	if (DESK_AUDIT(d, AUDIT_INSTALLED, STR(""), e,
		    AD("version", TOYON_VERSION)) ||
		put_settings(d, e) || add_staff(m, e))
		return -1;
	return api_key_add(d, STR("demo"), SCOPES_ALL, &m->api_key, e);
}

static int put_map(struct demo *m, const struct demo_opts *opts, struct err *e)
{
	struct arena *a = m->cli->arena;
	str text = example_text(opts->postgres
					? "leads-library/datamap.postgres.yaml"
					: "leads-library/datamap.yaml");
	const char *path = path_join(a, m->dir, "datamap.yaml");

	if (opts->postgres &&
		file_replace(path_join(a, m->dir, "credentials/crm_url"),
			str_of(opts->postgres), 0600, e))
		return -1;
	if (file_replace(path, text, 0600, e))
		return -1;
	return map_read(a, path, &m->map, e);
}

/* What the next `toyon demo --dir` prints again. */
static int put_note(struct demo *m, struct err *e)
{
	struct arena *a = m->cli->arena;
	struct buf b = buf_in(a, NOTE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "email", STR(DEMO_EMAIL));
	json_put(&j, "passphrase", STR(DEMO_PASSPHRASE));
	json_put(&j, "api_key", m->api_key);
	json_put(&j, "vendor_link", m->link);
	json_end(&j);
	buf_putc(&b, '\n');
	must(buf_ok(&b));
	return file_replace(
		path_join(a, m->dir, "demo.json"), buf_str(&b), 0600, e);
}

static const struct config defaults = {
#define CONFIG(name, kind, otherwise, help) .name = STR_INIT(otherwise),
#include "tbl/config.h"
};

/* The clock is `now` as the machine has it, so that moving the service's shows
 * deadlines bite. */
static int make(struct demo *m, const struct demo_opts *opts, struct err *e)
{
	struct cli *c = m->cli;
	struct config config = defaults;

	config.demo = STR("yes");
	config.listen = str_of(opts->listen);
	config.clock = str_of(opts->clock);
	if (install_make(c->arena, m->dir, &config, e) || put_map(m, opts, e) ||
		demo_fill(m, opts, e))
		return -1;
	c->dir = m->dir;
	if (cli_open_suppress(c, KEYS_ALL, e))
		return -1;
	m->desk = &c->desk;
	m->desk->clock = &m->clock;
	m->clock.fixed_ms = m->now - OLDEST_DAYS * 86400000LL;
	if (desk_write(m->desk, open_business, m, e) || demo_history(m, e) ||
		demo_fill_wait(m, e))
		return -1;
	return put_note(m, e);
}

int demo_make(struct cli *c, const struct demo_opts *opts, struct err *e)
{
	struct demo m = {
		.cli = c,
		.dir = opts->dir,
		.now = clock_now_ms(NULL),
	};
	struct err second;
	int rc = make(&m, opts, e);

	if (rc)
		(void)demo_fill_wait(&m, &second);
	return rc;
}
