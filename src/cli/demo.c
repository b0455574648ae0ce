/*
 * `toyon demo`: a made-up company, ready to be looked at.  It is made beside its
 * place and renamed, so that the folder is a whole demo or is not there.
 */
#include "cli/demo.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/serve.h"
#include "desk/limit.h"

enum { PORT = 8085, PORT_MAX = 65535, NOTE_MAX = 8192 };

struct showing {
	struct cli *cli;
	const char *dir;
	bool is_temporary;
	/* Of demo.json. */
	str email;
	str passphrase;
	str api_key;
	str link;
};

/* --- what is printed --- */

static int read_note(struct showing *s, struct err *e)
{
	struct arena *a = s->cli->arena;
	const char *path = path_join(a, s->dir, "demo.json");
	json_t *note;
	str text;

	if (file_read(a, path, NOTE_MAX, &text, e) ||
		json_read(a, text, NOTE_MAX, &note, e))
		return -1;
	s->email = json_text(note, "email");
	s->passphrase = json_text(note, "passphrase");
	s->api_key = json_text(note, "api_key");
	s->link = json_text(note, "vendor_link");
	return 0;
}

static void print_json(const struct showing *s, const char *url)
{
	struct buf b = buf_in(s->cli->arena, NOTE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "url", str_of(url));
	json_put(&j, "dir", str_of(s->dir));
	json_put(&j, "email", s->email);
	json_put(&j, "passphrase", s->passphrase);
	json_put(&j, "api_key", s->api_key);
	json_put(&j, "vendor_link",
		arena_fmt(s->cli->arena, "%s/v/%.*s", url, STR_ARG(s->link)));
	json_end(&j);
	must(buf_ok(&b));
	printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static void print_words(const struct showing *s, const char *url)
{
	printf("Consumer site   %s/\n", url);
	printf("Staff console   %s/desk\n", url);
	printf("                sign in as %.*s, passphrase: %.*s\n",
		STR_ARG(s->email), STR_ARG(s->passphrase));
	printf("Vendor portal   %s/v/%.*s   (as MailHarbor)\n", url,
		STR_ARG(s->link));
	printf("API             %s/api/v1   key %.*s\n", url,
		STR_ARG(s->api_key));
	printf("GPC on/off      curl -H 'Sec-GPC: 1' %s/opt-out\n", url);
	printf("A partner's list  toyon scrub --dir %s %s/leads.csv\n", s->dir,
		s->dir);
}

static void print(const struct showing *s, const char *url)
{
	if (s->cli->is_json)
		print_json(s, url);
	else
		print_words(s, url);
	fflush(stdout);
}

static void ready(void *ctx, const char *url)
{
	const struct showing *s = ctx;

	print(s, url);
	if (!s->cli->is_json)
		puts(s->is_temporary
				? "Everything is made up. Ctrl-C deletes it."
				: "Everything is made up. Ctrl-C ends it.");
	fflush(stdout);
}

/* --- where it is made --- */

/* The maker's memory and database are gone before anything is forked. */
static int make_in(struct cli *c, const struct demo_opts *opts, struct err *e)
{
	struct cli maker = *c;
	int rc;

	maker.arena = arena_new(LIMIT_JOB_ARENA);
	rc = demo_make(&maker, opts, e);
	arena_free(maker.arena);
	return rc;
}

static int make_temporary(struct cli *c, struct demo_opts *opts, struct err *e)
{
	const char *tmp = getenv("TMPDIR");
	char *dir =
		arena_cstr(c->arena, arena_fmt(c->arena, "%s/toyon-demo-XXXXXX",
					     tmp && *tmp ? tmp : "/tmp"));

	if (!mkdtemp(dir))
		return err_errno(
			e, "make a folder in %s", tmp && *tmp ? tmp : "/tmp");
	opts->dir = dir;
	if (!make_in(c, opts, e))
		return 0;
	demo_remove(dir);
	return -1;
}

/* rename(2) takes the place of an empty folder, and of no other. */
static int make_kept(struct cli *c, struct demo_opts *opts, struct err *e)
{
	const char *dir = opts->dir;
	char *beside;
	size_t n = strlen(dir);

	while (n > 1 && dir[n - 1] == '/')
		n--;
	beside = arena_cstr(c->arena,
		arena_fmt(c->arena, "%.*s.making-XXXXXX", (int)n, dir));
	if (!mkdtemp(beside))
		return err_errno(e, "make a folder beside %s", dir);
	opts->dir = beside;
	if (make_in(c, opts, e))
		goto remove;
	opts->dir = dir;
	if (!rename(beside, dir))
		return 0;
	if (errno == ENOTEMPTY || errno == EEXIST)
		err_set(e, ERR_CONFLICT,
			"%s is not empty: a demo needs a new folder", dir);
	else
		err_errno(e, "make the demo in %s", dir);
remove:
	demo_remove(beside);
	return -1;
}

/* Whether there is a demo in the folder already: 1, 0; -1 for a real one. */
static int look_at(struct cli *c, const char *dir, struct err *e)
{
	struct config config;

	if (!file_exists(path_join(c->arena, dir, "toyon.yaml")))
		return 0;
	if (config_load(c->arena, dir, &config, e))
		return -1;
	if (config_flag(config.demo))
		return 1;
	err_set(e, ERR_CONFLICT, "the installation in %s is no demo", dir);
	return err_hint(e, "nothing of it was touched; choose a new folder");
}

/* --- the command --- */

static int read_port(struct cli *c, int64_t *port, struct err *e)
{
	const char *given = cli_option(c, "port");

	*port = PORT;
	if (given && (!str_int(str_of(given), port) || *port < 0 ||
			     *port > PORT_MAX))
		return err_set(
			e, ERR_USAGE, "--port is a number up to %d", PORT_MAX);
	return 0;
}

static int check_clock(const char *span, struct err *e)
{
	int64_t ms;

	if (!span || config_span(str_of(span), &ms))
		return 0;
	return err_set(e, ERR_USAGE,
		"--clock is a span as +21d, -3h or 90m, not \"%.20s\"", span);
}

static int serve(struct cli *c, struct showing *s, struct http_listener *l,
	struct err *e)
{
	struct serve_opts opts = {
		.listener = l,
		.ready = ready,
		.ctx = s,
		/* Who looks at the sign-ins does not want a log over them. */
		.is_calm = isatty(STDERR_FILENO) && !c->is_verbose,
	};
	int rc;

	c->dir = s->dir;
	rc = serve_run(c, &opts, e);
	if (s->is_temporary)
		demo_remove(s->dir);
	return rc;
}

static int make(
	struct cli *c, struct demo_opts *opts, struct showing *s, struct err *e)
{
	int found = opts->dir ? look_at(c, opts->dir, e) : 0;

	if (found < 0)
		return -1;
	s->is_temporary = !opts->dir;
	if (!found && (opts->dir ? make_kept(c, opts, e)
				 : make_temporary(c, opts, e)))
		return -1;
	s->dir = opts->dir;
	return read_note(s, e);
}

/* Ctrl-C while the demo is made waits, and then ends it as always. */
static void hold_stops(sigset_t *was)
{
	sigset_t stops;

	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigprocmask(SIG_BLOCK, &stops, was);
}

static int run_without(
	struct cli *c, struct demo_opts *opts, struct showing *s, struct err *e)
{
	sigset_t was;
	int rc;

	hold_stops(&was);
	rc = make(c, opts, s, e);
	sigprocmask(SIG_SETMASK, &was, NULL);
	if (rc)
		return -1;
	print(s, arena_cstr(c->arena,
			 arena_fmt(c->arena, "http://%s", opts->listen)));
	if (!c->is_json)
		printf("Serve it with   toyon demo --dir %s\n", s->dir);
	return 0;
}

/* The port is taken first: letters and links name it. */
static int run(struct cli *c, struct err *e)
{
	struct showing s = { .cli = c };
	struct demo_opts opts = {
		.dir = cli_option(c, "dir"),
		.postgres = cli_option(c, "postgres"),
		.clock = cli_option(c, "clock"),
	};
	struct http_listener l;
	sigset_t was;
	int64_t port;
	int rc;

	umask(077);
	if (read_port(c, &port, e) || check_clock(opts.clock, e))
		return -1;
	opts.listen = arena_cstr(c->arena,
		arena_fmt(c->arena, "127.0.0.1:%lld", (long long)port));
	if (cli_has(c, "no-serve"))
		return run_without(c, &opts, &s, e);
	if (http_listen(str_of(opts.listen), &l, e))
		return -1;
	opts.listen = l.name;
	hold_stops(&was);
	rc = make(c, &opts, &s, e);
	if (!rc)
		rc = serve(c, &s, &l, e);
	else
		close(l.fd);
	sigprocmask(SIG_SETMASK, &was, NULL);
	return rc;
}

const struct command command_demo = {
	.name = "demo",
	.operands = "",
	.title = "a made-up company, to look around",
	.about = "Makes \"Lakeshore Leads\" with 100,000 leads, a CRM of 20,000 "
		 "people, a partner's list and four months of requests, and "
		 "serves it on this machine. Without --dir it lies in a new "
		 "temporary folder that is deleted at the end; a folder that "
		 "holds a demo is served as it is.",
	.result = "Prints addresses and sign-ins, once pages are answered.",
	.has_json = true,
	.options = {
		{ "port", 0, "N", "instead of 8085; 0 takes a free one" },
		{ "no-serve", 0, NULL, "only make it" },
		{ "postgres", 0, "URL",
			"the CRM in this empty PostgreSQL database, instead of "
			"a second SQLite file" },
		{ "clock", 0, "SPAN",
			"move the clock, as +21d, to see deadlines bite" },
	},
	.examples = { "toyon demo", "toyon demo --dir /tmp/demo --port 0" },
	.run = run,
};
