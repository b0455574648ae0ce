/*
 * The folder of an installation, its configuration, and what that leads to: keys,
 * gateway, portal, inbox.
 */
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "cli/doctor.h"
#include "connect/secret.h"
#include "desk/assertion.h"
#include "desk/keys.h"
#include "desk/post.h"
#include "mail/maildir.h"
#include "mail/sms.h"

static void check_folder(struct doctor *d)
{
	const char *dir = d->cli->dir;
	struct statvfs space;
	struct stat st;
	double free_mb;

	if (stat(dir, &st) || (st.st_mode & 077))
		doctor_say(d, "folder", PROBLEM,
			STR("other users of this machine can look into the "
			    "folder"),
			"chmod 700 the folder of the installation");
	else
		doctor_say(d, "folder", GOOD, str_of(dir), "");
	if (statvfs(dir, &space))
		return;
	free_mb = (double)space.f_bavail * (double)space.f_frsize / 1e6;
	doctor_say(d, "disk", free_mb < 500 ? PROBLEM : GOOD,
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
		doctor_say_err(d, "sms", &e);
	else
		doctor_say(d, "sms", GOOD, STR("codes may go as text messages"),
			"");
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
		doctor_say_err(d, "account", &e);
	else
		doctor_say(d, "account", GOOD,
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
		doctor_say(d, "portal", PROBLEM,
			STR("the portal is on, and nobody can sign in to it"),
			"set account_url in toyon.yaml, or portal: no");
	else if (!str_starts(c->base_url, STR("https://")))
		doctor_say(d, "portal", PROBLEM,
			STR("the portal is not served over https"),
			"set base_url in toyon.yaml to an https address, or "
			"portal: no");
	else
		doctor_say(d, "portal", GOOD,
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
		doctor_say_err(d, "inbox", &e);
	else
		doctor_say(d, "inbox", GOOD,
			STR("email to the business is read and answered"), "");
}

static void check_config(struct doctor *d)
{
	const struct config *c = &d->cli->install.config;

	doctor_say(d, "config", GOOD,
		arena_fmt(d->cli->arena, "pages on %.*s", STR_ARG(c->listen)),
		"");
	if (config_flag(c->demo)) {
		doctor_say(d, "demo", NOTE, STR("everything in it is made up"),
			"");
		return;
	}
	if (!c->mail_server.n)
		doctor_say(d, "mail", NOTE,
			STR("no mail server: letters go to the outbox page, "
			    "and nobody gets one"),
			"set mail_server in toyon.yaml (`toyon help config`)");
	check_sms(d);
	check_account(d);
	check_portal(d);
	check_inbox(d);
	if (!c->base_url.n)
		doctor_say(d, "base_url", NOTE,
			STR("links in letters lead to the address this "
			    "machine listens on"),
			"set base_url in toyon.yaml to what people type");
}

static void check_keys(struct doctor *d)
{
	struct keys *keys;
	struct err e = { 0 };

	if (keys_load(d->cli->arena, d->cli->dir, KEYS_ALL, &keys, &e))
		doctor_say_err(d, "keys", &e);
	else
		doctor_say(d, "keys", GOOD,
			STR("three keys, for nobody else to read"), "");
}

void doctor_place(struct doctor *d)
{
	check_folder(d);
	check_config(d);
	check_keys(d);
}
