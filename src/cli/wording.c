/* `toyon wording ...`: what consumers read, in which version (11 CCR 7004(c)). */
#include "desk/wording.h"

#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"

enum { JSON_MAX = 4 << 20 };

static void put_json(struct json *j, struct arena *a, const struct wording *w)
{
	json_begin_object(j);
	json_put(j, "name", w->name);
	json_put_int(j, "version", w->version);
	json_put(j, "since", instant_rfc3339(a, w->at));
	json_put(j, "program", w->program);
	json_put(j, "sha256", w->sha256);
	json_end(j);
}

static int run_list(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct wordings all;

	if (cli_open(c, 0, e) || wording_list(&c->desk, &all, e))
		return -1;
	json_begin_array(&j);
	for (size_t i = 0; i < all.n; i++) {
		const struct wording *w = &all.at[i];

		put_json(&j, c->arena, w);
		if (!c->is_json)
			printf("%.*s\t%lld\t%.*s\t%.*s\t%.*s\n",
				STR_ARG(w->name), (long long)w->version,
				STR_ARG(instant_rfc3339(c->arena, w->at)),
				STR_ARG(w->program), STR_ARG(w->sha256));
	}
	json_end(&j);
	return c->is_json ? cli_put_json(&b, e) : 0;
}

const struct command command_wording_list = {
	.name = "wording list",
	.operands = "",
	.title = "the words that consumers read, by version",
	.about = "Lists the words of the consumer's pages and of the letters: "
		 "name, version, since when, version of the program, SHA-256, "
		 "with tabs between them. The worker keeps what is new, and "
		 "the audit trail has the hash of all of them.",
	.has_json = true,
	.examples = { "toyon wording list", "toyon wording list --json" },
	.run = run_list,
};

static int run_show(struct cli *c, struct err *e)
{
	const char *version = cli_option(c, "version");
	struct wording w;
	int64_t n = 0;
	int rc;

	if (version && (!str_int(str_of(version), &n) || n < 1))
		return cli_usage(c, e, "--version is a number");
	if (cli_open(c, 0, e))
		return -1;
	rc = wording_text(&c->desk, cli_operand(c, 0), n, &w, e);
	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND, "there is no such text, or version");
		return err_hint(e, "`toyon wording list` has them");
	}
	cli_put(w.text);
	return 0;
}

const struct command command_wording_show = {
	.name = "wording show",
	.operands = "NAME",
	.operands_min = 1,
	.operands_max = 1,
	.title = "one of these texts, byte by byte",
	.about = "Prints a text as it was kept. Its SHA-256 is the one of the "
		 "list.",
	.options = {
		{ "version", 0, "N", "which one; the last when left out" },
	},
	.examples = { "toyon wording show mail/letters/deleted.txt",
		"toyon wording show web/start.html --version 1 | sha256sum" },
	.run = run_show,
};
