/*
 * `toyon setup`: a real installation.  Everything is asked and checked first,
 * then made; a run that fails takes back what it made, so that there is an
 * installation with an owner, or none.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/ask.h"
#include "cli/business.h"
#include "cli/cli.h"
#include "cli/example.h"
#include "desk/passphrase.h"
#include "desk/setting.h"
#include "desk/staff.h"
#include "ident/ident.h"
#include "store/sql.h"

struct wishes {
	str business;
	str contact;
	str phone;
	str sells;
	struct staff_new owner;
};

/* --- questions --- */

static int check(const struct wishes *w, struct err *e)
{
	struct problems ps = { 0 };
	struct ident id;

	business_check(STR("business_name"), w->business, "--business", &ps);
	business_check(STR("contact_email"), w->contact, "--contact", &ps);
	business_check(STR("phone"), w->phone, "--phone", &ps);
	if (ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, w->owner.email))
		problem_add(&ps, "--email", "invalid",
			"an email address like jo@example.com");
	passphrase_check(w->owner.passphrase, (personal){ w->owner.email },
		(personal){ w->owner.name }, &ps);
	return ps.n ? cli_problem(&ps, e) : 0;
}

static int ask(struct cli *c, struct wishes *w, struct err *e)
{
	static const struct question business = { .option = "business",
		.text = "Name of the business:" };
	static const struct question contact = { .option = "contact",
		.text = "Email address where a person reads what consumers "
			"write:" };
	static const struct question phone = { .option = "phone",
		.text = "Toll-free number (may be empty):",
		.is_optional = true };
	static const struct question sells = { .option = "sells",
		.text = "Does it sell or share personal information? "
			"(yes/no)" };
	static const struct question name = { .option = "name",
		.text = "Your name:" };
	static const struct question email = { .option = "email",
		.text = "Your email address, to sign in with:" };

	w->owner.role = STR("owner");
	if (ask_text(c, &business, &w->business, e) ||
		ask_text(c, &contact, &w->contact, e) ||
		ask_text(c, &phone, &w->phone, e) ||
		ask_yes(c, &sells, &w->sells, e) ||
		ask_text(c, &name, &w->owner.name, e) ||
		ask_text(c, &email, &w->owner.email, e) ||
		ask_passphrase(c, &w->owner.passphrase, e))
		return -1;
	return check(w, e);
}

/* --- making it --- */

struct filling {
	struct wishes w;
	str api_key;
};

static int put_settings(struct desk *d, const struct wishes *w, struct err *e)
{
	str today = date_iso(d->arena, desk_today(d));

	if (setting_put(d, STR("business_name"), w->business, e) ||
		setting_put(d, STR("contact_email"), w->contact, e) ||
		setting_put(d, STR("phone"), w->phone, e) ||
		setting_put(d, STR("sells"), w->sells, e))
		return -1;
	return setting_put(d, STR("gpc_since"), today, e);
}

/* Two installations with keys of their own can't read each other's rows. */
static int check_unused(struct desk *d, struct err *e)
{
	struct sql_audit_head_row head;

	if (sql_audit_head(d->db, d->arena, &head, e) < 0)
		return -1;
	if (!head.seq)
		return 0;
	err_set(e, ERR_CONFLICT,
		"the database belongs to another installation already");
	return err_hint(e, "a second machine needs a copy of that one's "
			   "folder, with its keys");
}

static int fill(struct desk *d, void *ctx, struct err *e)
{
	struct filling *f = ctx;
	struct problems ps = { 0 };
	int64_t id;

	if (check_unused(d, e) ||
		DESK_AUDIT(d, AUDIT_INSTALLED, STR(""), e,
			AD("version", TOYON_VERSION)) ||
		put_settings(d, &f->w, e) ||
		staff_add(d, &f->w.owner, &id, &ps, e))
		return -1;
	return api_key_add(d, STR("setup"), SCOPES_ALL, &f->api_key, e);
}

/* The starter map, unless one is there. */
static int put_data_map(struct cli *c, struct err *e)
{
	const char *path = path_join(c->arena, c->dir, "datamap.yaml");

	if (file_exists(path))
		return 0;
	return file_replace(
		path, example_text("starter/datamap.yaml"), 0600, e);
}

static const struct config defaults = {
#define CONFIG(name, kind, otherwise, help) .name = STR_INIT(otherwise),
#include "tbl/config.h"
};

static void choose_config(struct cli *c, struct config *out)
{
	const char *listen = cli_option(c, "listen");
	const char *database = cli_option(c, "database");

	*out = defaults;
	if (listen)
		out->listen = str_of(listen);
	if (database)
		out->database = str_of(database);
}

/* What an installation has, in the order it is taken back: without the boot
 * file the folder is none. */
static const char *const files[] = { "toyon.yaml", "toyon.db", "toyon.db-wal",
	"toyon.db-shm", "toyon.db-lock", "datamap.yaml", "keys/master.key",
	"keys/index.key", "keys/audit.key", "keys/audit.pub", "keys",
	"credentials", "" };

/* Whatever was there before - keys from a backup, a data map - stays. */
static void take_back(struct cli *c, const bool *was_there)
{
	for (size_t i = 0; i < COUNTOF(files); i++)
		if (!was_there[i])
			(void)remove(path_join(c->arena, c->dir, files[i]));
}

static int make(struct cli *c, struct filling *f, struct err *e)
{
	bool was_there[COUNTOF(files)];
	struct config config;

	for (size_t i = 0; i < COUNTOF(files); i++)
		was_there[i] =
			file_exists(path_join(c->arena, c->dir, files[i]));
	choose_config(c, &config);
	if (install_make(c->arena, c->dir, &config, e) ||
		cli_open(c, KEYS_MASTER, e) || put_data_map(c, e) ||
		desk_write(&c->desk, fill, f, e)) {
		take_back(c, was_there);
		return -1;
	}
	return 0;
}

/* Ctrl-C during the moment of making waits until it is made. */
static int make_undisturbed(struct cli *c, struct filling *f, struct err *e)
{
	sigset_t stops;
	sigset_t was;
	int rc;

	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGHUP);
	sigprocmask(SIG_BLOCK, &stops, &was);
	rc = make(c, f, e);
	sigprocmask(SIG_SETMASK, &was, NULL);
	return rc;
}

static void say_next(struct cli *c, const struct filling *f)
{
	cli_say(c, "Made in %s.  The API key, shown once, is on stdout.",
		c->dir);
	printf("%.*s\n", STR_ARG(f->api_key));
	cli_say(c,
		"\nNext:\n"
		"  toyon serve --dir %s       then http://%.*s/ and /desk\n"
		"  %s/datamap.yaml      which systems hold personal data\n"
		"  toyon doctor --dir %s      what is still missing\n"
		"  keys/ in that folder: keep a copy elsewhere; without it "
		"nothing can be read",
		c->dir, STR_ARG(c->install.config.listen), c->dir, c->dir);
}

/* Before the first question: nobody wants to hear it after the last. */
static int check_new(struct cli *c, struct err *e)
{
	if (!file_exists(path_join(c->arena, c->dir, "toyon.yaml")))
		return 0;
	err_set(e, ERR_CONFLICT, "there is an installation in %s already",
		c->dir);
	return err_hint(e,
		"nothing of it was touched; `toyon doctor --dir "
		"%s` looks at it",
		c->dir);
}

static int run(struct cli *c, struct err *e)
{
	struct filling f = { 0 };

	if (check_new(c, e) || ask(c, &f.w, e) || make_undisturbed(c, &f, e))
		return -1;
	say_next(c, &f);
	return 0;
}

const struct command command_setup = {
	.name = "setup",
	.operands = "",
	.title = "a real installation",
	.about = "Makes an installation in the folder: keys, database, the "
		 "business, its first member of staff, an API key and a data "
		 "map to fill in. What no option says is asked for. An "
		 "installation that is there is left alone.",
	.result = "Prints the API key, which is shown only this once.",
	.options = {
		{ "business", 0, "NAME", "as consumers know it" },
		{ "contact", 0, "EMAIL",
			"where a person reads what consumers write" },
		{ "phone", 0, "NUMBER", "toll-free number; may be empty" },
		{ "sells", 0, "yes|no",
			"does it sell or share personal information" },
		{ "name", 0, "NAME", "your name" },
		{ "email", 0, "EMAIL", "your email address, to sign in with" },
		{ "passphrase-file", 0, "FILE",
			"the passphrase is the first line of FILE (\"-\": "
			"stdin)" },
		{ "listen", 0, "ADDRESS",
			"where pages are served, 127.0.0.1:8085" },
		{ "database", 0, "URL",
			"postgresql://... when several machines share one" },
	},
	.examples = { "toyon setup --dir /srv/toyon",
		"toyon setup --no-input --business 'Lakeshore Leads' --contact "
		"privacy@lakeshore.example --sells yes --name Jo --email "
		"jo@lakeshore.example --passphrase-file secret.txt" },
	.run = run,
};
