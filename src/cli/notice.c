/* `toyon notice ...`: what consumers are told: written, looked at, published. */
#include "desk/notice.h"

#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "desk/notice_text.h"

enum { JSON_MAX = 4 << 20 };

/* --- list --- */

/* Of the text in English, then of each other one: "sha256_es". */
static void put_hashes(
	struct json *j, struct arena *a, const struct notice_version *v)
{
	json_put(j, "sha256", v->in[LANG_EN].sha256);
	for (int l = LANG_EN + 1; l < LANGS; l++)
		if (v->in[l].sha256.n) {
			str key = arena_fmt(
				a, "sha256_%s", lang_code((enum lang)l));

			json_put(j, arena_cstr(a, key), v->in[l].sha256);
		}
}

static void put_version(
	struct json *j, struct arena *a, const struct notice_version *v)
{
	json_begin_object(j);
	json_put(j, "notice", str_of(notice_row(v->notice)->code));
	json_put_int(j, "version", v->version);
	json_put(j, "from", date_iso(a, v->from));
	json_put(j, "published_at", instant_rfc3339(a, v->at));
	json_put(j, "published_by", v->by);
	put_hashes(j, a, v);
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

static int read_language(struct cli *c, enum lang *out, struct err *e)
{
	const char *code = cli_option(c, "language");

	*out = LANG_EN;
	if (code && !lang_read(str_of(code), out))
		return cli_usage(c, e, "--language is one of en, es");
	return 0;
}

static int refuse_language(enum lang l, struct err *e)
{
	err_set(e, ERR_NOT_FOUND, "this notice is not there in %s",
		lang_title(l));
	return err_hint(e,
		"what was published before stays as it was; a new version is "
		"in each language of the setting languages");
}

static int read_number(struct cli *c, int64_t *out, struct err *e)
{
	const char *version = cli_option(c, "version");

	*out = 0;
	if (version && (!str_int(str_of(version), out) || *out < 1))
		return cli_usage(c, e, "--version is a number");
	return 0;
}

struct shown {
	enum notice notice;
	int64_t version; /* 0: the one in force */
	enum lang lang;
};

static int load_draft(
	struct cli *c, const struct shown *of, str *out, struct err *e)
{
	struct notice_draft draft;

	if (notice_draft(&c->desk, of->notice,
		    notice_first_day(&c->desk, of->notice), &draft, e))
		return -1;
	say_gaps(c, &draft);
	*out = draft.in[of->lang].text;
	return out->n ? 0 : refuse_language(of->lang, e);
}

static int load_version(
	struct cli *c, const struct shown *of, str *out, struct err *e)
{
	struct notice_version v;
	int rc = notice_version(&c->desk, of->notice, of->version, &v, e);

	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND,
			"there is no such version of this notice, or none in "
			"force");
		return err_hint(e, "toyon notice show %s --draft",
			notice_row(of->notice)->code);
	}
	*out = v.in[of->lang].text;
	return out->n ? 0 : refuse_language(of->lang, e);
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
	struct shown of;
	str text;

	if (read_number(c, &of.version, e) || read_language(c, &of.lang, e))
		return -1;
	if (of.version && cli_has(c, "draft"))
		return cli_usage(c, e, "a draft has no --version yet");
	if (notice_named(cli_operand(c, 0), &of.notice, e) ||
		cli_open(c, KEYS_MASTER, e) ||
		(cli_has(c, "draft") ? load_draft(c, &of, &text, e)
				     : load_version(c, &of, &text, e)))
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
		{ "language", 0, "CODE", "en or es; English when left out" },
		{ "html", 0, NULL, "as HTML without a frame, for a page of your own" },
	},
	.examples = { "toyon notice show policy --draft",
		"toyon notice show at-collection --language es --html" },
	.run = run_show,
};

/* --- diff --- */

/* Whether there is a difference. */
static bool print_changes(struct arena *a, str before, str after)
{
	static const char marks[] = { ' ', '-', '+' };
	struct notice_changes all;
	bool is_changed = false;

	notice_compare(a, before, after, &all);
	for (size_t i = 0; i < all.n; i++) {
		if (all.at[i].kind == NOTICE_SAME)
			continue;
		is_changed = true;
		printf("%c %.*s\n", marks[all.at[i].kind],
			STR_ARG(all.at[i].line));
	}
	return is_changed;
}

static int run_diff(struct cli *c, struct err *e)
{
	struct notice_version v = { .version = 0 };
	struct notice_draft draft;
	bool is_changed = false;
	enum notice n;

	if (notice_named(cli_operand(c, 0), &n, e) ||
		cli_open(c, KEYS_MASTER, e) ||
		notice_version(&c->desk, n, 0, &v, e) < 0 ||
		notice_draft_again(&c->desk, n,
			v.version ? v.from : notice_first_day(&c->desk, n),
			&draft, e))
		return -1;
	for (int l = 0; l < LANGS; l++)
		is_changed |=
			print_changes(c->arena, v.in[l].text, draft.in[l].text);
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
		 "before what would come; first of the English text, then of "
		 "those in other languages. The day it was last updated is "
		 "not compared.",
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
	printf("%s\t%lld\t%.*s", notice_row(in.notice)->code,
		(long long)v.version, STR_ARG(date_iso(c->arena, v.from)));
	for (int l = 0; l < LANGS; l++)
		if (v.in[l].sha256.n)
			printf("\t%.*s", STR_ARG(v.in[l].sha256));
	printf("\n");
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
		 "shows it on its page from that day on, in each language that "
		 "the business offers. A notice that lacks "
		 "what the law wants in it, or would contradict itself, is "
		 "not published, nor one of a right that has not begun on "
		 "that day.",
	.result = "Prints its name, the version, the day and the SHA-256 of its "
		  "text in each language, English first, with tabs between "
		  "them.",
	.options = {
		{ "from", 0, "DAY", "in force from that day on; today when left out" },
	},
	.examples = { "toyon notice publish policy",
		"toyon notice publish pre-use --from 2027-01-01" },
	.run = run_publish,
};
