/* `toyon notice ...`: what consumers are told: written, looked at, published. */
#include "desk/notice.h"

#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "desk/notice_text.h"

enum { JSON_MAX = 4 << 20 };

/* --- list --- */

static void put_version(
	struct json *j, struct arena *a, const struct notice_version *v)
{
	json_begin_object(j);
	json_put(j, "notice", str_of(notice_row(v->notice)->code));
	json_put_int(j, "version", v->version);
	json_put(j, "from", date_iso(a, v->from));
	json_put(j, "published_at", instant_rfc3339(a, v->at));
	json_put(j, "published_by", v->by);
	json_put(j, "sha256", v->sha256);
	json_end(j);
}

static void put_state(
	struct json *j, struct arena *a, const struct notice_state *s)
{
	json_begin_object(j);
	json_put(j, "notice", str_of(s->row->code));
	json_put(j, "title", str_of(s->row->title));
	json_put(j, "citation", str_of(s->row->citation));
	json_put_bool(j, "is_needed", s->is_needed);
	json_put_bool(j, "is_written", s->is_written);
	json_put(j, "path", str_of(s->path));
	json_put_int(j, "lacks", (int64_t)s->gaps);
	json_put_bool(j, "is_changed", s->is_changed);
	if (s->in_force)
		json_key(j, "in_force"), put_version(j, a, s->in_force);
	if (s->next)
		json_key(j, "next"), put_version(j, a, s->next);
	json_end(j);
}

static str standing(struct arena *a, const struct notice_state *s)
{
	if (!s->is_written)
		return *s->path ? arena_fmt(a, "the page %s", s->path)
				: STR("on the business's own pages");
	if (s->in_force)
		return arena_fmt(a, "version %lld since %.*s%s",
			(long long)s->in_force->version,
			STR_ARG(date_iso(a, s->in_force->from)),
			s->gaps         ? ", lacks something now"
			: s->is_changed ? ", other than a draft of today"
					: "");
	return s->gaps ? arena_fmt(a, "not published, lacks %zu", s->gaps)
		       : STR("not published");
}

static int run_list(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct notice_states all;

	if (cli_open(c, KEYS_MASTER, e) || notice_states(&c->desk, &all, e))
		return -1;
	json_begin_array(&j);
	for (int n = 0; n < NOTICE_END; n++) {
		const struct notice_state *s = &all.at[n];

		put_state(&j, c->arena, s);
		if (!c->is_json)
			printf("%s\t%s\t%.*s\t%s\n", s->row->code,
				s->is_needed ? "needed" : "-",
				STR_ARG(standing(c->arena, s)),
				s->row->citation);
	}
	json_end(&j);
	return c->is_json ? cli_put_json(&b, e) : 0;
}

const struct command command_notice_list = {
	.name = "notice list",
	.operands = "",
	.title = "the notices the law has, and how each stands",
	.about = "Lists each notice of 11 CCR 7010 to 7016, 7072, 7102 and "
		 "7220: its name, whether the business needs it by its "
		 "settings, where it stands or which version is in force, and "
		 "its citation, with tabs between them.",
	.has_json = true,
	.examples = { "toyon notice list", "toyon notice list --json" },
	.run = run_list,
};

/* --- show --- */

/* For the person, beside the text. */
static void say_gaps(const struct cli *c, const struct notice_draft *d)
{
	for (size_t i = 0; i < d->gaps; i++) {
		const struct notice_gap *g = &d->gap[i];

		cli_say(c, "lacks \"%s\" (%s): %.*s", g->item->text,
			g->item->citation, STR_ARG(g->lacks));
		cli_say(c, "  %s", g->hint);
	}
}

static int read_number(struct cli *c, int64_t *out, struct err *e)
{
	const char *version = cli_option(c, "version");

	*out = 0;
	if (version && (!str_int(str_of(version), out) || *out < 1))
		return cli_usage(c, e, "--version is a number");
	return 0;
}

static int load_text(
	struct cli *c, enum notice n, int64_t version, str *out, struct err *e)
{
	struct notice_version v;
	struct notice_draft draft;
	int rc;

	if (cli_has(c, "draft")) {
		if (notice_draft(&c->desk, n, notice_first_day(&c->desk, n),
			    &draft, e))
			return -1;
		say_gaps(c, &draft);
		*out = draft.text;
		return 0;
	}
	rc = notice_version(&c->desk, n, version, &v, e);
	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND,
			"there is no such version of this notice, or none in "
			"force");
		return err_hint(
			e, "toyon notice show %s --draft", notice_row(n)->code);
	}
	*out = v.text;
	return 0;
}

static int put_blocks(struct cli *c, str text, struct err *e)
{
	static const char *const kinds[] = { "title", "heading", "point",
		"paragraph" };
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct notice_blocks all;

	notice_blocks_of(c->arena, text, &all);
	json_begin_array(&j);
	for (size_t i = 0; i < all.n; i++) {
		json_begin_object(&j);
		json_put(&j, "kind", str_of(kinds[all.at[i].kind]));
		json_put(&j, "text", all.at[i].text);
		if (all.at[i].id.n)
			json_put(&j, "item", all.at[i].id);
		if (all.at[i].link.n)
			json_put(&j, "link", all.at[i].link);
		json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

static int run_show(struct cli *c, struct err *e)
{
	enum notice n;
	int64_t version;
	str text;

	if (read_number(c, &version, e))
		return -1;
	if (version && cli_has(c, "draft"))
		return cli_usage(c, e, "a draft has no --version yet");
	if (notice_named(cli_operand(c, 0), &n, e) ||
		cli_open(c, KEYS_MASTER, e) ||
		load_text(c, n, version, &text, e))
		return -1;
	if (c->is_json)
		return put_blocks(c, text, e);
	cli_put(cli_has(c, "html") ? notice_body(c->arena, text).s : text);
	return 0;
}

const struct command command_notice_show = {
	.name = "notice show",
	.operands = "NAME",
	.operands_min = 1,
	.operands_max = 1,
	.title = "a notice in force, an older one, or a draft",
	.about = "Prints the version that is in force today, as it was "
		 "published: its SHA-256 is the one of the audit trail. A "
		 "draft is what would be published today, from the data map "
		 "and the settings; what it lacks is said on stderr.",
	.has_json = true,
	.options = {
		{ "version", 0, "N", "which one; the one in force when left out" },
		{ "draft", 0, NULL, "what would be published today" },
		{ "html", 0, NULL, "as HTML without a frame, for a page of your own" },
	},
	.examples = { "toyon notice show policy --draft",
		"toyon notice show at-collection --html" },
	.run = run_show,
};

/* --- diff --- */

static int run_diff(struct cli *c, struct err *e)
{
	static const char marks[] = { ' ', '-', '+' };
	struct notice_version v = { .text = { 0 } };
	struct notice_draft draft;
	struct notice_changes all;
	bool is_changed = false;
	enum notice n;

	if (notice_named(cli_operand(c, 0), &n, e) ||
		cli_open(c, KEYS_MASTER, e) ||
		notice_version(&c->desk, n, 0, &v, e) < 0 ||
		notice_draft_again(&c->desk, n,
			v.version ? v.from : notice_first_day(&c->desk, n),
			&draft, e))
		return -1;
	notice_compare(c->arena, v.text, draft.text, &all);
	for (size_t i = 0; i < all.n; i++) {
		if (all.at[i].kind == NOTICE_SAME)
			continue;
		is_changed = true;
		printf("%c %.*s\n", marks[all.at[i].kind],
			STR_ARG(all.at[i].line));
	}
	return is_changed ? err_exit_status(ERR_FOUND) : 0;
}

const struct command command_notice_diff = {
	.name = "notice diff",
	.operands = "NAME",
	.operands_min = 1,
	.operands_max = 1,
	.title = "what a new version would change",
	.about = "Prints the lines in which the version in force and what "
		 "would be published differ: \"-\" before what would go, \"+\" "
		 "before what would come. The day it was last updated is not "
		 "compared.",
	.result = "Exit status 4 when there is a difference.",
	.examples = { "toyon notice diff policy",
		"toyon notice diff at-collection" },
	.run = run_diff,
};

/* --- publish --- */

static int run_publish(struct cli *c, struct err *e)
{
	const char *from = cli_option(c, "from");
	struct notice_publish_in in = { .seen = NULL };
	struct notice_version v;

	if (from && !date_parse(str_of(from), &in.from))
		return cli_usage(c, e, "--from is a day, as 2027-01-01");
	if (notice_named(cli_operand(c, 0), &in.notice, e) ||
		cli_open(c, KEYS_MASTER, e))
		return -1;
	if (!from)
		in.from = desk_today(&c->desk);
	if (notice_publish(&c->desk, &in, &v, e))
		return -1;
	printf("%s\t%lld\t%.*s\t%.*s\n", notice_row(in.notice)->code,
		(long long)v.version, STR_ARG(date_iso(c->arena, v.from)),
		STR_ARG(v.sha256));
	return 0;
}

const struct command command_notice_publish = {
	.name = "notice publish",
	.operands = "NAME",
	.operands_min = 1,
	.operands_max = 1,
	.title = "puts a new version of a notice in force",
	.about = "Writes the notice from the data map and the settings, keeps "
		 "it as the next version with its hash in the audit trail, and "
		 "shows it on its page from that day on. A notice that lacks "
		 "what the law wants in it, or would contradict itself, is "
		 "not published, nor one of a right that has not begun on "
		 "that day.",
	.result = "Prints its name, the version, the day and its SHA-256, with "
		  "tabs between them.",
	.options = {
		{ "from", 0, "DAY", "in force from that day on; today when left out" },
	},
	.examples = { "toyon notice publish policy",
		"toyon notice publish pre-use --from 2027-01-01" },
	.run = run_publish,
};
