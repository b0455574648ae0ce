/*
 * `toyon replay`: who was deleted and stands in a system again is deleted again;
 * after a restored backup first of all.  Then what was corrected is put in again.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "desk/restored.h"
#include "desk/returned.h"

enum { JSON_MAX = 1 << 20, FOUND = 4 };

/* --- how it stands --- */

static const struct restored *restored_of(
	const struct restored_all *all, str system)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->at[i].system, system))
			return &all->at[i];
	return NULL;
}

static str words_of(struct arena *a, const struct screening *s)
{
	if (s->problem.n)
		return s->problem;
	if (!s->looked_at)
		return STR("not looked at to its end");
	if (!s->found)
		return STR("nobody came back");
	if (s->found > s->erased + s->kept)
		return arena_fmt(a, "%lld rows wait to be deleted",
			(long long)s->found - s->erased - s->kept);
	return arena_fmt(a, "%lld deleted again, %lld kept",
		(long long)s->erased, (long long)s->kept);
}

/* Empty when nothing was ever corrected, or a look had nothing to say of it. */
static str corrections_words(struct arena *a, const struct screening *s)
{
	if (!s->corrections.n)
		return STR("");
	return arena_fmt(a,
		"; corrected values that a backup took back: %lld to put in "
		"again, %lld put in, %lld wait for a person",
		(long long)s->old_again, (long long)s->corrected_again,
		(long long)s->asked.n);
}

static void put_corrections(struct json *j, const struct screening *s)
{
	json_key(j, "corrections");
	json_begin_array(j);
	for (size_t i = 0; i < s->corrections.n; i++) {
		const struct recorrected *c = &s->corrections.at[i];

		json_begin_object(j);
		json_put(j, "table", c->table);
		json_put(j, "column", c->column);
		json_put_int(j, "open", c->open);
		json_put_int(j, "asked", c->asked);
		json_put_int(j, "held", c->held);
		json_put_int(j, "done", c->done);
		json_end(j);
	}
	json_end(j);
	json_key(j, "asked");
	json_begin_array(j);
	for (size_t i = 0; i < s->asked.n; i++) {
		json_begin_object(j);
		json_put_int(j, "correction", s->asked.at[i].id);
		json_put(j, "reference", s->asked.at[i].reference);
		json_put(j, "table", s->asked.at[i].table);
		json_put(j, "column", s->asked.at[i].column);
		json_put(j, "why", s->asked.at[i].why);
		json_end(j);
	}
	json_end(j);
}

static void put_at(struct json *j, struct arena *a, const char *key, int64_t at)
{
	json_put(j, key, at ? instant_rfc3339(a, at) : STR(""));
}

static void put_screening(
	struct json *j, struct arena *a, const struct screening *s)
{
	json_put(j, "system", s->system);
	json_put_int(j, "look", s->id);
	json_put_bool(j, "is_replay", s->is_replay);
	put_at(j, a, "looked_at", s->looked_at);
	put_at(j, a, "done_at", s->acted_at);
	json_put_int(j, "rows", s->rows);
	json_put_int(j, "identifiers", s->identifiers);
	json_put_int(j, "unreadable", s->unreadable);
	json_put_int(j, "came_back", s->found);
	json_put_int(j, "deleted", s->erased);
	json_put_int(j, "kept", s->kept);
	json_put(j, "problem", s->problem);
	json_key(j, "tables");
	json_begin_array(j);
	for (size_t i = 0; i < s->tables.n; i++) {
		json_begin_object(j);
		json_put(j, "table", s->tables.at[i].table);
		json_put_int(j, "open", s->tables.at[i].open);
		json_put_int(j, "kept", s->tables.at[i].kept);
		json_end(j);
	}
	json_end(j);
	put_corrections(j, s);
}

static int put_all(struct cli *c, const struct screenings *all,
	const struct restored_all *restored, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_key(&j, "systems");
	json_begin_array(&j);
	for (size_t i = 0; i < all->n; i++) {
		json_begin_object(&j);
		put_screening(&j, c->arena, &all->at[i]);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "restored");
	json_begin_array(&j);
	for (size_t i = 0; i < restored->n; i++) {
		json_begin_object(&j);
		json_put(&j, "system", restored->at[i].system);
		put_at(&j, c->arena, "restored_at",
			restored->at[i].restored_at);
		put_at(&j, c->arena, "replayed_at",
			restored->at[i].replayed_at);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print_all(struct cli *c, const struct screenings *all,
	const struct restored_all *restored)
{
	for (size_t i = 0; i < all->n; i++)
		printf("%-16.*s %-24.*s %.*s%.*s\n", STR_ARG(all->at[i].system),
			STR_ARG(instant_words_year(
				c->arena, all->at[i].started_at)),
			STR_ARG(words_of(c->arena, &all->at[i])),
			STR_ARG(corrections_words(c->arena, &all->at[i])));
	for (size_t i = 0; i < restored->n; i++)
		if (!restored->at[i].replayed_at)
			printf("%-16.*s CLOSED since it was put back: `toyon "
			       "replay %.*s`\n",
				STR_ARG(restored->at[i].system),
				STR_ARG(restored->at[i].system));
}

static int show_all(struct cli *c, struct err *e)
{
	struct screenings all;
	struct restored_all restored;
	bool is_open = false;

	if (returned_list(&c->desk, &all, e) ||
		restored_list(&c->desk, &restored, e))
		return -1;
	if (!c->is_json)
		print_all(c, &all, &restored);
	else if (put_all(c, &all, &restored, e))
		return -1;
	for (size_t i = 0; i < all.n; i++)
		is_open |= !all.at[i].acted_at;
	for (size_t i = 0; i < restored.n; i++)
		is_open |= !restored.at[i].replayed_at;
	return is_open ? FOUND : 0;
}

/* --- one system --- */

static void show_progress(void *ctx, int64_t identifiers)
{
	const struct scrub_progress now = { .rows = (uint64_t)identifiers };

	progress_show(ctx, &now);
}

static void print_corrections(const struct screening *s)
{
	for (size_t i = 0; i < s->corrections.n; i++) {
		const struct recorrected *x = &s->corrections.at[i];

		printf("%.*s.%.*s: %lld corrected values to put in again, "
		       "%lld wait for a person, %lld held\n",
			STR_ARG(x->table), STR_ARG(x->column),
			(long long)x->open, (long long)x->asked,
			(long long)x->held);
	}
}

/* What staff have to say, and how. */
static void print_asked(const struct screening *s)
{
	for (size_t i = 0; i < s->asked.n; i++) {
		const struct recorrect_asked *x = &s->asked.at[i];

		printf("correction %lld (%.*s): %.*s.%.*s %.*s; --leave %lld "
		       "or --correct %lld\n",
			(long long)x->id, STR_ARG(x->reference),
			STR_ARG(x->table), STR_ARG(x->column), STR_ARG(x->why),
			(long long)x->id, (long long)x->id);
	}
}

static int tell(struct cli *c, const struct screening *s, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	if (c->is_json) {
		json_begin_object(&j);
		put_screening(&j, c->arena, s);
		json_end(&j);
		return cli_put_json(&b, e);
	}
	for (size_t i = 0; i < s->tables.n; i++)
		printf("%-24.*s %lld to delete, %lld kept\n",
			STR_ARG(s->tables.at[i].table),
			(long long)s->tables.at[i].open,
			(long long)s->tables.at[i].kept);
	print_corrections(s);
	print_asked(s);
	return 0;
}

static int look(struct cli *c, struct returned_way *w, struct screening *s,
	struct err *e)
{
	str system = cli_operand(c, 0);
	const struct restored *r;
	struct restored_all all;
	struct progress p;
	int rc;

	if (restored_list(&c->desk, &all, e))
		return -1;
	r = restored_of(&all, system);
	w->is_replay = r && !r->replayed_at;
	progress_start(&p, c->is_quiet);
	w->on_progress = show_progress;
	w->progress_ctx = &p;
	rc = returned_look(&c->desk, w, system, s, e);
	progress_end(&p);
	return rc;
}

static int replay(struct cli *c, struct err *e)
{
	struct returned_way w = {
		.credentials = install_path(
			&c->install, c->install.config.credentials),
	};
	struct screening s;

	if (look(c, &w, &s, e))
		return -1;
	if (cli_has(c, "dry-run")) {
		if (tell(c, &s, e))
			return -1;
		cli_say(c, "%lld rows read: %.*s%.*s; nothing was changed",
			(long long)s.rows, STR_ARG(words_of(c->arena, &s)),
			STR_ARG(corrections_words(c->arena, &s)));
		return s.found || screening_waits(&s) ? FOUND : 0;
	}
	if ((!s.acted_at && returned_act(&c->desk, &w, s.id, &s, e)) ||
		(c->is_json && tell(c, &s, e)))
		return -1;
	cli_say(c, "%lld rows read: %.*s%.*s", (long long)s.rows,
		STR_ARG(words_of(c->arena, &s)),
		STR_ARG(corrections_words(c->arena, &s)));
	if (s.unfollowed)
		cli_say(c,
			"%lld ways into other systems were not followed: a number "
			"may be somebody else's, is too long, or stands in "
			"a row that is kept; what belongs to it there stays",
			(long long)s.unfollowed);
	if (s.standing)
		cli_say(c,
			"%lld rows in other systems stay, to which theirs lead: "
			"they are kept, or somebody else's too, or may be",
			(long long)s.standing);
	if (!c->is_json)
		print_asked(&s);
	return screening_waits(&s) ? FOUND : 0;
}

/* What staff say of a value that is neither the old nor the corrected one. */
static int choose(struct cli *c, const char *option, struct err *e)
{
	bool leaves = !strcmp(option, "leave");
	int64_t id;

	if (!str_int(str_of(cli_option(c, option)), &id))
		return cli_usage(c, e, "that is no number of a correction");
	if (recorrect_choose(&c->desk, id, leaves, e))
		return -1;
	cli_say(c, leaves ? "it stays as it stands there"
			  : "it is written by the next `toyon replay`");
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	if (cli_open_suppress(c, KEYS_MASTER, e))
		return -1;
	if (cli_option(c, "leave"))
		return choose(c, "leave", e);
	if (cli_option(c, "correct"))
		return choose(c, "correct", e);
	if (!c->operands)
		return cli_has(c, "restored")
			       ? cli_usage(c, e, "--restored needs a SYSTEM")
			       : show_all(c, e);
	if (!cli_has(c, "restored"))
		return replay(c, e);
	if (restored_mark(&c->desk, cli_operand(c, 0), e))
		return -1;
	cli_say(c,
		"nothing of it is handed out before it was replayed: `toyon "
		"replay %.*s`",
		STR_ARG(cli_operand(c, 0)));
	return 0;
}

const struct command command_replay = {
	.name = "replay",
	.operands = "[SYSTEM]",
	.operands_max = 1,
	.title = "delete again whoever came back to a system",
	.about =
		"Reads every identifier of a system and asks the suppression list: "
		"people who were deleted and stand there again, after a backup "
		"was put back, an import or a new account, are deleted again, "
		"and what they stood in is read again. Who is held for law "
		"enforcement stays. The service looks by itself, every "
		"screen_hours (`toyon setting`). In a system that was put back, "
		"values that were corrected on someone's request and are old "
		"again are put in again; one that says something newer waits "
		"for a person. Without a SYSTEM it prints how each of them "
		"stands.",
	.result =
		"Exit status 4 with --dry-run when somebody came back or a "
		"corrected value is old again, without a SYSTEM when something "
		"waits, and when a corrected value waits for a person.",
	.has_json = true,
	.options = {
		{ "dry-run", 'n', NULL, "only look, and print what was found" },
		{ "restored", 0, NULL,
			"says that the system was put back from a backup just "
			"now: imports into it, packages and reports from it are refused "
			"until it was replayed" },
		{ "leave", 0, "N",
			"what stands in place of the corrected value N is right" },
		{ "correct", 0, "N",
			"the corrected value N is, and is written next" },
	},
	.examples = { "toyon replay crm --restored",
		"toyon replay crm --dry-run" },
	.run = run,
};
