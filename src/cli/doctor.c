/*
 * `toyon doctor`: everything about an installation that should be otherwise,
 * with what to do about it.  Looks only; changes nothing.  A check that cannot
 * be made because an earlier one failed is left out.
 */
#define _GNU_SOURCE /* O_TMPFILE: the trail is read without leaving a file */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/chain.h"
#include "cli/command.h"
#include "connect/connector.h"
#include "connect/fit.h"
#include "connect/map_words.h"
#include "connect/point.h"
#include "connect/secret.h"
#include "desk/assertion.h"
#include "desk/contracts.h"
#include "desk/drop.h"
#include "desk/keys.h"
#include "desk/notice.h"
#include "desk/post.h"
#include "desk/public.h"
#include "desk/reminder.h"
#include "desk/setting.h"
#include "desk/training.h"
#include "index/index.h"
#include "law/amount.h"
#include "law/calendar.h"
#include "law/metric.h"
#include "mail/maildir.h"
#include "mail/sms.h"
#include "store/sql.h"

enum {
	FINDINGS_MAX = 200,
	JSON_MAX = 4 << 20,
	TRIES_MANY = 8,
	STUCK_SHOWN = 5
};

enum level { GOOD, NOTE, PROBLEM };

static const char *const levels[] = { "ok", "note", "problem" };

struct diagnosis {
	const char *check;
	enum level level;
	str text;
	str hint;
};

struct doctor {
	struct cli *cli;
	struct diagnosis at[FINDINGS_MAX];
	size_t n;
	int problems;
	bool has_map;
};

static void say(struct doctor *d, const char *check, enum level level, str text,
	const char *hint)
{
	struct arena *a = d->cli->arena;

	if (d->n == FINDINGS_MAX)
		return;
	d->problems += level == PROBLEM;
	d->at[d->n++] = (struct diagnosis){ check, level, arena_dup(a, text),
		arena_dup(a, str_of(hint)) };
}

static void say_err(struct doctor *d, const char *check, const struct err *e)
{
	say(d, check, PROBLEM, str_of(e->message), e->hint);
}

/* --- folder and keys --- */

static void check_folder(struct doctor *d)
{
	const char *dir = d->cli->dir;
	struct statvfs space;
	struct stat st;
	double free_mb;

	if (stat(dir, &st) || (st.st_mode & 077))
		say(d, "folder", PROBLEM,
			STR("other users of this machine can look into the "
			    "folder"),
			"chmod 700 the folder of the installation");
	else
		say(d, "folder", GOOD, str_of(dir), "");
	if (statvfs(dir, &space))
		return;
	free_mb = (double)space.f_bavail * (double)space.f_frsize / 1e6;
	say(d, "disk", free_mb < 500 ? PROBLEM : GOOD,
		arena_fmt(d->cli->arena, "%.0f MB free", free_mb),
		free_mb < 500 ? "make room: a full disk stops every request"
			      : "");
}

/* Codes that can't be sent are requests that nobody can confirm. */
static void check_sms(struct doctor *d)
{
	struct sms_gateway g;
	struct err e = { 0 };

	if (!d->cli->install.config.sms_url.n)
		return;
	if (post_gateway(d->cli->arena, &d->cli->install, &g, &e) ||
		sms_check(&g, &e))
		say_err(d, "sms", &e);
	else
		say(d, "sms", GOOD, STR("codes may go as text messages"), "");
}

static void check_account(struct doctor *d)
{
	const struct install *in = &d->cli->install;
	struct assertion_key key;
	struct err e = { 0 };
	str text;

	if (!in->config.account_url.n)
		return;
	if (secret_read(d->cli->arena, install_path(in, in->config.credentials),
		    STR("account_key"), &text, &e) ||
		assertion_key_read(text, &key, &e))
		say_err(d, "account", &e);
	else
		say(d, "account", GOOD,
			STR("account holders may confirm on the business's "
			    "site"),
			"");
}

/* What stands between an account holder and their data is the business's site, its key,
 * and cookies that go over TLS alone. */
static void check_portal(struct doctor *d)
{
	const struct config *c = &d->cli->install.config;

	if (!config_flag(c->portal))
		return;
	if (!c->account_url.n)
		say(d, "portal", PROBLEM,
			STR("the portal is on, and nobody can sign in to it"),
			"set account_url in toyon.yaml, or portal: no");
	else if (!str_starts(c->base_url, STR("https://")))
		say(d, "portal", PROBLEM,
			STR("the portal is not served over https"),
			"set base_url in toyon.yaml to an https address, or "
			"portal: no");
	else
		say(d, "portal", GOOD,
			STR("account holders see their data at /your-data"),
			"");
}

/* Opened as the worker does it, and nothing is taken. */
static void check_inbox(struct doctor *d)
{
	const struct install *in = &d->cli->install;
	struct maildir *m;
	struct err e = { 0 };

	if (!in->config.inbox.n)
		return;
	if (maildir_open(
		    d->cli->arena, install_path(in, in->config.inbox), &m, &e))
		say_err(d, "inbox", &e);
	else
		say(d, "inbox", GOOD,
			STR("email to the business is read and answered"), "");
}

static void check_config(struct doctor *d)
{
	const struct config *c = &d->cli->install.config;

	say(d, "config", GOOD,
		arena_fmt(d->cli->arena, "pages on %.*s", STR_ARG(c->listen)),
		"");
	if (config_flag(c->demo)) {
		say(d, "demo", NOTE, STR("everything in it is made up"), "");
		return;
	}
	if (!c->mail_server.n)
		say(d, "mail", NOTE,
			STR("no mail server: letters go to the outbox page, "
			    "and nobody gets one"),
			"set mail_server in toyon.yaml (`toyon help config`)");
	check_sms(d);
	check_account(d);
	check_portal(d);
	check_inbox(d);
	if (!c->base_url.n)
		say(d, "base_url", NOTE,
			STR("links in letters lead to the address this "
			    "machine listens on"),
			"set base_url in toyon.yaml to what people type");
}

static void check_keys(struct doctor *d)
{
	struct keys *keys;
	struct err e = { 0 };

	if (keys_load(d->cli->arena, d->cli->dir, KEYS_ALL, &keys, &e))
		say_err(d, "keys", &e);
	else
		say(d, "keys", GOOD, STR("three keys, for nobody else to read"),
			"");
}

/* --- data map and systems --- */

/* What it has is what the map says of it. */
static void check_fit(
	struct doctor *d, const struct map_system *s, struct conn *c)
{
	struct err e = { 0 };
	struct fit fit;

	if (fit_of(c, d->cli->arena, &fit, &e)) {
		say_err(d, "system", &e);
		return;
	}
	for (size_t i = 0; i < fit.mistakes_n; i++)
		say_err(d, "system", &fit.mistakes[i]);
	for (size_t i = 0; i < fit.doubts_n; i++)
		say(d, "system", NOTE, str_of(fit.doubts[i].message),
			fit.doubts[i].hint);
	if (!fit.mistakes_n)
		say(d, "system", GOOD,
			arena_fmt(d->cli->arena, "%.*s answers",
				STR_ARG(s->title)),
			"");
}

static void check_system(
	struct doctor *d, const struct map *m, const struct map_system *s)
{
	struct install *in = &d->cli->install;
	struct conn_options options = {
		.mode = CONN_READ,
		.timeout_ms = 5000,
		.credentials_dir = install_path(in, in->config.credentials),
	};
	struct err e = { 0 };
	struct conn *c;

	if (map_asks_person(s)) {
		say(d, "system", GOOD,
			arena_fmt(d->cli->arena,
				"%.*s: a person is asked by letter",
				STR_ARG(s->title)),
			"");
		return;
	}
	if (conn_open(d->cli->arena, m, s, &options, &c, &e)) {
		say_err(d, "system", &e);
		return;
	}
	check_fit(d, s, c);
	conn_close(c);
}

/* 11 CCR 7062(b) to (d): two or three matches are what the law gives as examples.  In a
 * demonstration nobody asks. */
static void check_points(struct doctor *d, const struct map *m)
{
	if (map_lacks_points(m))
		say(d, "data map",
			config_flag(d->cli->install.config.demo) ? NOTE
								 : PROBLEM,
			STR("no column is called reliable, so nothing but the "
			    "code says who is asking (11 CCR 7062)"),
			"say reliable: true in the data map where you rely on "
			"a column; see \"Who is asking\" in docs/data-map.md");
}

static void check_map(struct doctor *d)
{
	struct install *in = &d->cli->install;
	struct err e = { 0 };
	struct map map;

	if (map_read(d->cli->arena, install_path(in, in->config.data_map), &map,
		    &e)) {
		say_err(d, "data map", &e);
		return;
	}
	d->has_map = true;
	say(d, "data map", map.systems_n ? GOOD : NOTE,
		arena_fmt(d->cli->arena, "systems: %zu, vendors: %zu",
			map.systems_n, map.vendors_n),
		map.systems_n ? ""
			      : "say in the data map where personal data "
				"is, or nothing is searched");
	check_points(d, &map);
	for (size_t i = 0; i < map.systems_n; i++)
		check_system(d, &map, &map.systems[i]);
}

/* --- the record --- */

static void check_database(struct doctor *d)
{
	struct db_findings f;
	struct err e = { 0 };

	if (db_check(d->cli->desk.db, d->cli->arena, &f, &e)) {
		say_err(d, "database", &e);
		return;
	}
	for (size_t i = 0; i < f.n; i++)
		say(d, "database", f.at[i].is_problem ? PROBLEM : GOOD,
			f.at[i].text, arena_cstr(d->cli->arena, f.at[i].hint));
}

static bool may_decide(const struct desk *d, const struct sql_staff_list_row *r)
{
	struct desk as = *d;

	as.actor.kind = ACTOR_STAFF;
	as.actor.role = r->role;
	return !r->disabled_at && desk_may(&as, PERM_DECIDE);
}

/* What waits for a second person waits for ever when there is none, and the dates
 * of the law go on. */
static void check_four_eyes(struct doctor *d, const struct settings *s,
	const struct sql_staff_list_rows *staff)
{
	int deciders = 0;

	if (!config_flag(s->four_eyes))
		return;
	for (size_t i = 0; i < staff->n; i++)
		deciders += may_decide(&d->cli->desk, &staff->at[i]);
	say(d, "four eyes", deciders > 1 ? GOOD : PROBLEM,
		arena_fmt(d->cli->arena,
			"a deletion and a denial take two people; who may "
			"decide: %d",
			deciders),
		deciders > 1 ? ""
			     : "toyon user add EMAIL --role officer; or toyon "
			       "setting four_eyes no");
}

/* 11 CCR 7020(a), (b): the pages are one way; a number is another. */
static void check_ways(struct doctor *d, const struct settings *s)
{
	struct desk *k = &d->cli->desk;
	bool is_online = config_flag(s->online_only);
	const struct amount *owed = request_ways_on(is_online, desk_today(k));
	int ways = 1 + (s->phone.n > 0) + (k->config->inbox.n > 0);
	bool is_enough = owed && ways >= owed->count &&
			 (is_online ? s->contact_email.n : s->phone.n) > 0;

	if (!owed)
		return;
	say(d, "ways to ask", is_enough ? GOOD : NOTE,
		arena_fmt(k->arena, "there are %d; owed: %s (%s)", ways,
			owed->title, owed->citation),
		is_enough ? ""
		: is_online
			? "toyon setting contact_email ..."
			: "toyon setting phone ...; or, for who operates online "
			  "only: toyon setting online_only yes");
}

/* From January on the numbers of the year that is over are due. */
static void check_numbers(struct doctor *d, const struct settings *s)
{
	struct desk *k = &d->cli->desk;
	int year = desk_today(k).year - 1;

	if (!config_flag(s->publishes))
		return;
	say(d, "numbers", GOOD,
		arena_fmt(k->arena,
			"those of %d stand on the page /numbers; the privacy "
			"policy has to have them or a link there by %.*s (11 "
			"CCR 7102(a)(2))",
			year, STR_ARG(date_words(k->arena, metrics_due(year)))),
		"");
}

/* What is looked at again each year. */
static void check_reminders(struct doctor *d, const struct settings *s)
{
	struct arena *a = d->cli->arena;
	struct reminders all;
	struct err e = { 0 };

	if (reminders_of(&d->cli->desk, s, &all, &e)) {
		say_err(d, "reminders", &e);
		return;
	}
	for (size_t i = 0; i < all.n; i++) {
		const struct reminder *r = &all.at[i];

		say(d, r->title,
			!reminder_is_due(r)              ? GOOD
			: r->has_day && r->days_left < 0 ? PROBLEM
							 : NOTE,
			reminder_words(a, r),
			!reminder_is_due(r) ? ""
			: !r->setting
				? "write the day as looked_on into the data map"
				: arena_cstr(a,
					  arena_fmt(a,
						  "toyon setting %s DAY, when "
						  "it is done",
						  r->setting)));
	}
}

/* "toyon notice publish policy" */
static const char *notice_hint(
	struct arena *a, const char *verb, const struct notice_state *n)
{
	return arena_cstr(
		a, arena_fmt(a, "toyon notice %s %s", verb, n->row->code));
}

static void say_in_force(struct doctor *d, const struct notice_state *n)
{
	struct arena *a = d->cli->arena;
	str text = arena_fmt(a, "\"%s\": version %lld is in force",
		n->row->code, (long long)n->in_force->version);

	if (!n->is_changed)
		say(d, "notice", GOOD, text, "");
	else
		say(d, "notice", NOTE,
			arena_fmt(a, "%.*s, and the facts are other ones now",
				STR_ARG(text)),
			notice_hint(a, "diff", n));
}

/* One that is owed and written here; who has a policy elsewhere publishes none. */
static void check_notice(struct doctor *d, const struct notice_state *n,
	const struct settings *s)
{
	struct arena *a = d->cli->arena;
	bool is_elsewhere = n->row->notice == NOTICE_POLICY && s->policy_url.n;

	if (!n->is_needed || !n->is_written || (is_elsewhere && !n->in_force))
		return;
	if (n->gaps)
		say(d, "notice", NOTE,
			arena_fmt(a, "\"%s\" lacks \"%s\" (%s): %.*s",
				n->row->code, n->lacks.item->text,
				n->lacks.item->citation,
				STR_ARG(n->lacks.lacks)),
			n->lacks.hint);
	else if (!n->in_force)
		say(d, "notice", NOTE,
			arena_fmt(a,
				"\"%s\" is owed and not published here (%s)",
				n->row->code, n->row->citation),
			notice_hint(a, "publish", n));
	else
		say_in_force(d, n);
}

/* 11 CCR 7010 to 7016, 7220 */
static void check_notices(struct doctor *d, const struct settings *s)
{
	struct notice_states *all =
		arena_one(d->cli->arena, struct notice_states);
	struct notice_doubts doubts;
	struct err e = { 0 };

	if (!d->has_map)
		return;
	if (notice_states(&d->cli->desk, all, &e) ||
		notice_doubts(&d->cli->desk, desk_today(&d->cli->desk), &doubts,
			&e)) {
		say_err(d, "notice", &e);
		return;
	}
	for (int n = 0; n < NOTICE_END; n++)
		check_notice(d, &all->at[n], s);
	for (size_t i = 0; i < doubts.n; i++)
		say(d, "notice", doubts.at[i].is_problem ? PROBLEM : NOTE,
			doubts.at[i].text, doubts.at[i].hint);
}

/* 11 CCR 7100(a) */
static void check_training(struct doctor *d)
{
	struct arena *a = d->cli->arena;
	struct trainings all;
	struct err e = { 0 };

	if (trainings_load(&d->cli->desk, &all, &e)) {
		say_err(d, "training", &e);
		return;
	}
	if (!all.overdue)
		say(d, "training", GOOD,
			arena_fmt(a,
				"all %zu who handle requests are trained (11 "
				"CCR 7100(a))",
				all.n),
			"");
	else
		say(d, "training", NOTE,
			arena_fmt(a,
				"%zu of %zu who handle requests have to be "
				"trained (11 CCR 7100(a))",
				all.overdue, all.n),
			"toyon user list; toyon user trained EMAIL --what TEXT");
}

/* 11 CCR 7050, 7051, 7053 */
static void check_contracts(struct doctor *d)
{
	struct arena *a = d->cli->arena;
	struct contract_lines all;
	struct err e = { 0 };

	if (contracts_load(&d->cli->desk, &all, &e)) {
		say_err(d, "contracts", &e);
		return;
	}
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].is_in_doubt)
			say(d, "contracts", PROBLEM,
				arena_fmt(a, "%.*s %s (%s)",
					STR_ARG(all.at[i].title),
					all.at[i].standing->told,
					all.at[i].standing->citation),
				"toyon map lint says which clauses are missing");
	if (all.unlooked)
		say(d, "contracts", NOTE,
			arena_fmt(a,
				"nobody has looked for a year at what %zu of "
				"%zu vendors do with the data (11 CCR 7051(e), "
				"7053)",
				all.unlooked, all.n),
			"write the day as looked_on into the data map");
	else if (all.n && !all.in_doubt)
		say(d, "contracts", GOOD,
			arena_fmt(a, "vendors with all that the law wants: %zu",
				all.n),
			"");
}

static void check_public(struct doctor *d, const struct settings *s)
{
	struct public_findings *f =
		arena_one(d->cli->arena, struct public_findings);

	public_look(d->cli->arena, &d->cli->install, s, f);
	for (size_t i = 0; i < f->n; i++)
		say(d, f->at[i].check, f->at[i].is_good ? GOOD : PROBLEM,
			f->at[i].text,
			arena_cstr(d->cli->arena, f->at[i].hint));
}

/* What consumers of another language read in English all the same: texts of the data map
 * and settings (11 CCR 7003(b)(2)). */
static void check_language(struct doctor *d, const struct map *m,
	const struct settings *s, enum lang l)
{
	struct arena *a = d->cli->arena;
	struct map_texts missing;
	str untold = settings_untold(a, s, l);

	map_texts_missing(a, m, l, &missing);
	say(d, "words", missing.n ? NOTE : GOOD,
		arena_fmt(a,
			"texts of the data map that are not said in \"%s\": "
			"%zu (11 CCR 7003(b)(2))",
			lang_code(l), missing.n),
		missing.n
			? arena_cstr(a,
				  arena_fmt(a,
					  "toyon map words %s prints them, to "
					  "be put into the data map",
					  lang_code(l)))
			: "");
	if (untold.n)
		say(d, "words", NOTE,
			arena_fmt(a,
				"settings that are not said in \"%s\" (11 CCR "
				"7003(b)(2))",
				lang_code(l)),
			arena_cstr(a, arena_fmt(a, "toyon setting: %.*s",
					      STR_ARG(untold))));
}

static void check_words(struct doctor *d, const struct settings *s)
{
	struct err e = { 0 };
	struct map m;

	/* One that can't be read was said already. */
	if (!d->has_map ||
		map_read(d->cli->arena, d->cli->desk.data_map, &m, &e))
		return;
	for (int l = LANG_EN + 1; l < LANGS; l++)
		if (settings_languages(s) & 1U << l)
			check_language(d, &m, s, (enum lang)l);
}

static void check_business(struct doctor *d)
{
	struct desk *k = &d->cli->desk;
	struct sql_staff_list_rows staff;
	struct settings s;
	struct err e = { 0 };
	int owners = 0;

	if (settings_load(k, &s, &e) ||
		sql_staff_list(k->db, k->arena, &staff, &e)) {
		say_err(d, "business", &e);
		return;
	}
	for (size_t i = 0; i < staff.n; i++)
		owners += !staff.at[i].disabled_at &&
			  str_eq(staff.at[i].role, STR("owner"));
	if (!s.business_name.n || !s.contact_email.n)
		say(d, "business", PROBLEM,
			STR("it has no name or no contact address; without "
			    "the address, letters wait"),
			"toyon setting business_name ..., contact_email ...");
	if (!owners)
		say(d, "staff", PROBLEM, STR("nobody is its owner"),
			"toyon user add EMAIL --role owner");
	else
		say(d, "staff", GOOD,
			arena_fmt(k->arena, "members: %zu, of them owners: %d",
				staff.n, owners),
			"");
	check_four_eyes(d, &s, &staff);
	check_ways(d, &s);
	check_numbers(d, &s);
	check_reminders(d, &s);
	check_notices(d, &s);
	check_training(d);
	check_contracts(d);
	check_words(d, &s);
	check_public(d, &s);
}

static void check_jobs(struct doctor *d)
{
	struct desk *k = &d->cli->desk;
	struct sql_job_stuck_in in = { TRIES_MANY, STUCK_SHOWN };
	struct sql_job_stuck_rows rows;
	struct err e = { 0 };

	if (sql_job_stuck(k->db, k->arena, &in, &rows, &e)) {
		say_err(d, "jobs", &e);
		return;
	}
	for (size_t i = 0; i < rows.n; i++)
		say(d, "jobs", PROBLEM,
			arena_fmt(k->arena, "%.*s failed %lld times: %.*s",
				STR_ARG(rows.at[i].kind),
				(long long)rows.at[i].attempts,
				STR_ARG(rows.at[i].problem)),
			"");
}

/* A secret of the State's platform: there, and for nobody else to read. */
static void check_drop_secret(
	struct doctor *d, const char *name, bool is_needed)
{
	struct install *in = &d->cli->install;
	const char *dir = install_path(in, in->config.credentials);
	const char *path = path_join(d->cli->arena, dir, name);
	struct err e = { 0 };
	struct stat st;
	str value;

	if (!stat(path, &st) && (st.st_mode & 077)) {
		say(d, "drop", PROBLEM,
			arena_fmt(d->cli->arena,
				"other users of this machine can read the "
				"secret %s",
				name),
			"chmod 600 the file in the credentials folder, and "
			"have a new one made on the platform");
		return;
	}
	if (is_needed &&
		secret_read(d->cli->arena, dir, str_of(name), &value, &e))
		say_err(d, "drop", &e);
}

/* The State's lists, for a data broker. */
static void check_drop(struct doctor *d)
{
	struct desk *k = &d->cli->desk;
	struct drop_overview o;
	struct err e = { 0 };

	if (!drop_is_set_up(k))
		return;
	check_drop_secret(d, "drop_api_key", true);
	check_drop_secret(d, "drop_webhook_secret", false);
	if (drop_overview(k, &o, &e)) {
		say_err(d, "drop", &e);
		return;
	}
	if (o.is_first_due)
		say(d, "drop", PROBLEM,
			STR("the State's lists were never accessed"),
			"toyon drop pull, or let `toyon serve` do it");
	else
		say(d, "drop", o.alarm == DROP_ALARM_NONE ? GOOD : PROBLEM,
			arena_fmt(k->arena,
				"next access in %d days at the latest: %s",
				o.days_left, drop_alarm_words(o.alarm)),
			o.alarm == DROP_ALARM_NONE ? "" : "toyon drop status");
	if (o.late_items)
		say(d, "drop", PROBLEM,
			arena_fmt(k->arena,
				"%lld items are late, at most $%lld so far",
				(long long)o.late_items,
				(long long)o.exposure_usd),
			"toyon drop status");
	if (o.notices_due)
		say(d, "drop", PROBLEM,
			STR("a failed access was not told to the agency"),
			"toyon drop outage");
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
		say_err(d, "audit", &e);
		return;
	}
	if (r.damage == DAMAGE_INTACT)
		say(d, "audit", GOOD,
			arena_fmt(d->cli->arena, "%lld entries, unbroken",
				(long long)r.count),
			"");
	else
		say(d, "audit", PROBLEM, audit_report_text(d->cli->arena, &r),
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
		say_err(d, "index", &e);
		return;
	}
	index_info(index, &info);
	index_close(index);
	say(d, "index", GOOD,
		arena_fmt(c->arena, "%llu identifiers",
			(unsigned long long)info.keys),
		"");
}

/* --- time --- */

/* Sums that follow the prices are published in January of odd years. */
static void check_amounts(struct doctor *d)
{
	struct cli *c = d->cli;
	struct date until = amounts_known_until();
	bool is_known = date_cmp(desk_today(&c->desk), until) <= 0;

	say(d, "amounts", is_known ? GOOD : NOTE,
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
		say_err(d, "clock", &e);
	else if (rows.n && rows.at[0].at > desk_now(&c->desk))
		say(d, "clock", PROBLEM,
			STR("the machine's clock stands before the newest "
			    "entry of the audit trail"),
			"set the clock (timedatectl): deadlines are counted by "
			"it");
	else
		say(d, "clock", GOOD,
			instant_rfc3339(c->arena, desk_now(&c->desk)), "");
	say(d, "holidays",
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

/* --- the report --- */

static int put_json(const struct doctor *d, struct err *e)
{
	struct buf b = buf_in(d->cli->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < d->n; i++) {
		json_begin_object(&j);
		json_put(&j, "check", str_of(d->at[i].check));
		json_put(&j, "state", str_of(levels[d->at[i].level]));
		json_put(&j, "text", d->at[i].text);
		json_put(&j, "hint", d->at[i].hint);
		json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print(const struct doctor *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diagnosis *x = &d->at[i];

		printf("%-8s %-9s %.*s\n", levels[x->level], x->check,
			STR_ARG(x->text));
		if (x->hint.n)
			printf("%19s%.*s\n", "", STR_ARG(x->hint));
	}
}

static void look_around(struct doctor *d)
{
	struct cli *c = d->cli;
	struct err e = { 0 };

	if (install_open(&c->install, c->arena, c->dir, 0, &e)) {
		say_err(d, "config", &e);
		return;
	}
	check_folder(d);
	check_config(d);
	check_keys(d);
	check_map(d);
	if (cli_open(c, KEYS_ALL, &e)) {
		say_err(d, "database", &e);
		return;
	}
	check_database(d);
	check_business(d);
	check_jobs(d);
	check_drop(d);
	check_index(d);
	check_time(d);
	check_chain(d);
}

static int run(struct cli *c, struct err *e)
{
	struct doctor *d = arena_one(c->arena, struct doctor);

	d->cli = c;
	if (!file_exists(path_join(c->arena, c->dir, "toyon.yaml"))) {
		err_set(e, ERR_NOT_FOUND, "there is no installation in %s",
			c->dir);
		return err_hint(e, "name its folder with --dir, or make one: "
				   "`toyon setup`");
	}
	look_around(d);
	if (c->is_json && put_json(d, e))
		return -1;
	if (!c->is_json)
		print(d);
	return d->problems ? err_exit_status(ERR_FOUND) : 0;
}

const struct command command_doctor = {
	.name = "doctor",
	.operands = "",
	.title = "what is wrong, and what to do",
	.about =
		"Looks at folder, keys, configuration, database, data map, "
		"systems, staff, jobs, index, clock, holiday table and audit "
		"trail, and says what should be otherwise. Asks for the pages "
		"at base_url as people do, for the privacy policy, and whether "
		"the mail server would take a letter.",
	.result = "Exit status 4 when there is a problem; notes are none.",
	.has_json = true,
	.examples = { "toyon doctor", "toyon doctor --json" },
	.run = run,
};
