/*
 * `toyon follow`: keeps a copy of an installation's suppression list in a
 * folder.  May be killed at any time; the next one goes on where this one was.
 */
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/enc.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/fetch.h"
#include "desk/follow_copy.h"

enum {
	PAGE = 20000,
	EVERY_MS = 5000,
	RETRY_FIRST_MS = 1000,
	RETRY_MOST_MS = 60000,
	ONCE_TRIES = 4,
	FETCH_ARENA = 8 << 20,
	FILE_MAX = 4096,
	JSON_MAX = 4096,
};

struct following {
	struct cli *cli;
	struct follow_start start;
	struct follow_copy *copy;
	struct fetcher *fetcher;
	struct arena *page;
	int64_t every_ms;
	uint64_t changes;
	uint8_t public_key[KEY_SIZE];
	uint8_t secret[IDENT_SECRET_SIZE];
};

/* --- options --- */

static int read_span(
	struct cli *c, const char *name, int64_t *ms, struct err *e)
{
	const char *given = cli_option(c, name);

	if (!given || (config_span(str_of(given), ms) && *ms > 0))
		return 0;
	return cli_usage(c, e, "--%s is a span as 30s, 15m or 24h", name);
}

static int read_hex_file(
	struct cli *c, const char *path, uint8_t out[KEY_SIZE], struct err *e)
{
	str text;

	if (file_read(c->arena, path, FILE_MAX, &text, e))
		return -1;
	if (hex_read(str_trim(text), out, KEY_SIZE))
		return 0;
	return err_set(
		e, ERR_INVALID, "%.150s holds no key: 64 hex digits", path);
}

static int read_keys(struct following *f, struct err *e)
{
	struct cli *c = f->cli;
	const char *key = cli_option(c, "public-key");
	const char *secret = cli_option(c, "key-file");

	if (key) {
		if (!hex_read(str_of(key), f->public_key, KEY_SIZE) &&
			read_hex_file(c, key, f->public_key, e))
			return -1;
		f->start.public_key = f->public_key;
	}
	if (secret) {
		if (read_hex_file(c, secret, f->secret, e))
			return -1;
		f->start.secret = f->secret;
	}
	return 0;
}

/* Never an operand: those can be read by everybody on the machine. */
static int read_token(struct cli *c, str *out, struct err *e)
{
	const char *path = cli_option(c, "token-file");
	const char *given = getenv("TOYON_API_KEY");

	*out = str_of(given);
	if (path && file_read(c->arena, path, FILE_MAX, out, e))
		return -1;
	*out = str_trim(*out);
	if (out->n && out->n < 200 && str_is_text(*out) &&
		!str_has(*out, '\n') && !str_has(*out, '\r'))
		return 0;
	err_set(e, ERR_USAGE, "an API key is needed");
	return err_hint(e, "--token-file FILE, or the environment's "
			   "TOYON_API_KEY; `toyon key add NAME` makes one");
}

/* --- catching up --- */

static int get(
	struct following *f, str path, size_t most, str *out, struct err *e)
{
	return fetch_get(f->fetcher, f->page, path, most, out, e);
}

/* 1 there is more, 0 this was all, -1. */
static int take_page(struct following *f, struct err *e)
{
	const struct follow_state *s = follow_copy_state(f->copy);
	uint64_t before = s->seq, held = s->count;
	str bytes, path;
	int rc;

	arena_clear(f->page);
	path = arena_fmt(f->page,
		"/api/v1/suppressions/log?after=%llu&limit=%d",
		(unsigned long long)follow_copy_next(f->copy), PAGE);
	if (get(f, path, FOLLOW_PAGE_SIZE_MAX, &bytes, e))
		return -1;
	rc = follow_copy_take(f->copy, bytes, clock_now_ms(NULL), e);
	if (rc >= 0 && s->seq > before && s->count > held)
		f->changes += s->count - held;
	return rc;
}

/* 1 taken, 0 there is none that helps, -1.  None is no failure: the log has it
 * all, and an older installation has no snapshot. */
static int ask_manifest(struct following *f, struct err *e)
{
	str bytes;

	arena_clear(f->page);
	if (get(f, STR("/api/v1/suppressions/snapshot"),
		    FOLLOW_MANIFEST_SIZE_MAX, &bytes, e))
		return e->code == ERR_NOT_FOUND ? 0 : -1;
	return follow_copy_offer(f->copy, bytes, e);
}

/* 1 more are wanted, 0 no more, -1. */
static int take_block(
	struct following *f, uint64_t seq, uint32_t n, struct err *e)
{
	str bytes, path;

	arena_clear(f->page);
	path = arena_fmt(f->page,
		"/api/v1/suppressions/snapshot/block?seq=%llu&n=%u",
		(unsigned long long)seq, n);
	if (!get(f, path, FOLLOW_BLOCK_SIZE_MAX, &bytes, e))
		return follow_copy_take_block(
			f->copy, bytes, clock_now_ms(NULL), e);
	if (e->code != ERR_NOT_FOUND)
		return -1;
	follow_copy_give_up(f->copy);
	return ask_manifest(f, e);
}

/* What one that was killed had begun comes first. */
static int take_snapshot(struct following *f, struct err *e)
{
	uint64_t seq;
	uint32_t n;
	int rc = 1;

	if (!follow_copy_wants(f->copy, &seq, &n) &&
		(!follow_copy_is_far(f->copy) || (rc = ask_manifest(f, e)) < 0))
		return rc < 0 ? -1 : 0;
	while (rc > 0 && follow_copy_wants(f->copy, &seq, &n))
		rc = take_block(f, seq, n, e);
	return rc;
}

static int catch_up(struct following *f, struct err *e)
{
	int rc = 1;

	for (int i = 0; rc > 0; i++) {
		/* The first page says how far the log goes. */
		if (i < 2 && take_snapshot(f, e))
			return -1;
		rc = take_page(f, e);
		if (rc < 0 ||
			follow_copy_fold(f->copy, false, clock_now_ms(NULL), e))
			return -1;
	}
	return 0;
}

/* True when it was told to end meanwhile, or before. */
static bool pause_ms(int64_t ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
	sigset_t stops;

	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigprocmask(SIG_BLOCK, &stops, NULL);
	return sigtimedwait(&stops, NULL, &t) > 0;
}

/* The n-th pause after failures, not all machines at the same time. */
static int64_t back_off_ms(int n)
{
	int64_t most = RETRY_FIRST_MS;

	while (n-- > 0 && most < RETRY_MOST_MS)
		most *= 2;
	if (most > RETRY_MOST_MS)
		most = RETRY_MOST_MS;
	return most / 2 + (int64_t)randombytes_uniform((uint32_t)most / 2);
}

static bool is_worth_trying(const struct err *e)
{
	return e->code == ERR_UNAVAILABLE || e->code == ERR_TOO_MANY;
}

static int follow_once(struct following *f, struct err *e)
{
	for (int n = 0; catch_up(f, e); n++) {
		if (!is_worth_trying(e) || n + 1 == ONCE_TRIES)
			return -1;
		if (pause_ms(back_off_ms(n)))
			return -1;
	}
	return 0;
}

static void say_where(struct following *f, uint64_t before)
{
	const struct follow_state *s = follow_copy_state(f->copy);

	if (s->seq != before)
		cli_say(f->cli, "at entry %llu; signed up to %llu",
			(unsigned long long)s->seq,
			(unsigned long long)s->signed_seq);
}

/* Ends by a signal, between two questions. */
static int follow_on(struct following *f)
{
	struct err e = { 0 };
	int64_t wait_ms = 0;

	for (int failed = 0; !pause_ms(wait_ms);) {
		uint64_t before = follow_copy_state(f->copy)->seq;

		wait_ms = f->every_ms;
		if (!catch_up(f, &e)) {
			failed = 0;
			say_where(f, before);
			continue;
		}
		cli_complain(f->cli, &e);
		wait_ms = back_off_ms(failed++);
	}
	return 0;
}

static int put_result(struct following *f, struct err *e)
{
	const struct follow_state *s = follow_copy_state(f->copy);
	struct buf b = buf_in(f->cli->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "seq", (int64_t)s->seq);
	json_put_int(&j, "signed_seq", (int64_t)s->signed_seq);
	json_put(&j, "sealed_at",
		s->sealed_at ? instant_rfc3339(f->cli->arena, s->sealed_at)
			     : STR(""));
	json_put_int(&j, "changes", (int64_t)f->changes);
	json_put_int(&j, "bytes", (int64_t)fetch_bytes(f->fetcher));
	json_end(&j);
	return cli_put_json(&b, e);
}

static int open_all(struct following *f, struct err *e)
{
	struct cli *c = f->cli;
	str token;

	f->start.url = c->operands ? c->operand[0] : NULL;
	f->start.max_age_ms = -1;
	f->start.is_anew = cli_has(c, "anew");
	f->every_ms = EVERY_MS;
	if ((f->start.url && fetch_check_url(f->start.url, e)) ||
		read_span(c, "max-age", &f->start.max_age_ms, e) ||
		read_span(c, "every", &f->every_ms, e) || read_keys(f, e) ||
		read_token(c, &token, e) ||
		follow_copy_open(c->arena, c->dir, &f->start, &f->copy, e))
		return -1;
	f->fetcher =
		fetcher_new(c->arena, follow_copy_state(f->copy)->url, token);
	return 0;
}

static void free_page(void *ctx)
{
	arena_free(ctx);
}

static int run(struct cli *c, struct err *e)
{
	struct following f = { .cli = c };
	uint64_t before;
	int rc = open_all(&f, e);

	sodium_memzero(f.secret, sizeof f.secret);
	if (rc)
		return -1;
	f.page = arena_new(FETCH_ARENA);
	arena_defer(c->arena, free_page, f.page);
	if (!cli_has(c, "once"))
		return follow_on(&f);
	before = follow_copy_state(f.copy)->seq;
	if (follow_once(&f, e))
		return -1;
	say_where(&f, before);
	return c->is_json ? put_result(&f, e) : 0;
}

const struct command command_follow = {
	.name = "follow",
	.operands = "[URL]",
	.operands_min = 0,
	.operands_max = 1,
	.title = "keep a copy of the list on this machine",
	.about = "Keeps a read-only copy of an installation's suppression list "
		 "in the folder of --dir, by following its log over HTTPS; a new "
		 "copy, or one that is far behind, begins with a snapshot. What "
		 "is signed is verified, a wrong answer is refused. It may be "
		 "killed at any time and goes on where it was; the address and "
		 "the public key are needed once. `toyon check --follow D` and "
		 "`toyon scrub --follow D` answer from the copy.",
	.result = "Runs until it is ended. With --once: exit status 0 when the "
		  "copy has all there is, 75 when the installation did not "
		  "answer, 1 when its answer was refused.",
	.has_json = true,
	.options = {
		{ "public-key", 0, "HEX|FILE",
			"the installation's keys/audit.pub" },
		{ "key-file", 0, "FILE",
			"the installation's keys/index.key: without it the "
			"copy can't be asked" },
		{ "token-file", 0, "FILE",
			"an API key; else TOYON_API_KEY of the environment" },
		{ "max-age", 0, "SPAN",
			"answer nothing when the copy is older, as 1h" },
		{ "every", 0, "SPAN", "how often to ask; 5s" },
		{ "once", 0, NULL, "ask until all is here, then end" },
		{ "anew", 0, NULL,
			"throw away what the copy holds, damaged or not, and "
			"begin again" },
	},
	.examples = { "toyon follow https://privacy.example.com --dir D "
		      "--public-key audit.pub --key-file index.key",
		"toyon follow --dir D --once --token-file api.key" },
	.run = run,
};
