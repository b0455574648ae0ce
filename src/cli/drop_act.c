/* `toyon drop act`: what matched is deleted or opted out, after a look at it. */
#include <stdio.h>

#include "cli/ask.h"
#include "cli/drop_desk.h"

enum { JSON_MAX = 1 << 20 };

static int put_preview(
	struct cli *c, const struct drop_preview *p, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "look", p->pass_id);
	json_put_bool(&j, "is_screening", p->is_screen);
	json_put_bool(&j, "is_too_old", p->is_stale);
	json_put_int(&j, "to_delete", p->to_erase);
	json_put_int(&j, "to_keep", p->to_keep);
	json_put_int(&j, "to_opt_out", p->to_opt_out);
	json_key(&j, "found");
	drop_put_found(&j, p->found.at, p->found.n);
	json_key(&j, "lists");
	drop_put_counts(&j, &p->counts);
	json_end(&j);
	return cli_put_json(&b, e);
}

static int preview(struct cli *c, struct err *e)
{
	struct drop_preview p;

	if (drop_preview(&c->desk, &p, e))
		return -1;
	if (c->is_json)
		return put_preview(c, &p, e);
	drop_print_found(p.found.at, p.found.n);
	printf("to delete       %lld people, counted in each system\n",
		(long long)p.to_erase);
	printf("to keep         %lld people: all their rows stand in tables "
	       "that the data map keeps\n",
		(long long)p.to_keep);
	printf("to opt out      %lld people: their identifier is several "
	       "people's\n",
		(long long)p.to_opt_out);
	if (p.is_stale)
		cli_say(c,
			"nothing was changed; it is too old to be carried out: "
			"`toyon drop %s` looks again",
			p.is_screen ? "screen" : "match");
	else
		cli_say(c,
			"nothing was changed: `toyon drop act` carries it out");
	return 0;
}

static int put_json(struct cli *c, const struct drop_acted *a, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "state", str_of(drop_state_code(a->state)));
	json_put_int(&j, "deleted", a->erased);
	json_put_int(&j, "kept", a->kept);
	json_put_int(&j, "held", a->held);
	json_put_int(&j, "opted_out", a->opted_out);
	json_put_int(&j, "left", a->left);
	json_put_int(&j, "skipped", a->skipped);
	json_put_int(&j, "unfollowed", a->unfollowed);
	json_put_int(&j, "standing", a->standing);
	json_put_int(&j, "undecided", a->undecided);
	json_put(&j, "problem", a->problem);
	json_end(&j);
	return cli_put_json(&b, e);
}

static int run(struct cli *c, struct err *e)
{
	struct drop_place p;
	struct drop_acted a;

	if (drop_open(c, &p, e))
		return -1;
	if (cli_has(c, "dry-run"))
		return preview(c, e);
	if (drop_act(&c->desk, &p, &a, e) || (c->is_json && put_json(c, &a, e)))
		return -1;
	cli_say(c,
		"%lld deleted, %lld kept by the data map's word, %lld opted "
		"out",
		(long long)a.erased, (long long)a.kept, (long long)a.opted_out);
	if (a.held)
		cli_say(c, "%lld held for law enforcement", (long long)a.held);
	if (a.unfollowed)
		cli_say(c,
			"%lld ways into other systems were not followed: a number "
			"may be somebody else's, is too long, or stands in "
			"a row that is kept; what belongs to it there stays",
			(long long)a.unfollowed);
	if (a.standing)
		cli_say(c,
			"%lld rows in other systems stay, to which theirs lead: "
			"they are kept, or somebody else's too, or may be",
			(long long)a.standing);
	if (!a.left) {
		drop_say_next(c, a.state);
		return 0;
	}
	err_set(e, ERR_UNAVAILABLE, "%lld people are left: %.*s",
		(long long)a.left, STR_ARG(a.problem));
	return err_hint(e,
		a.skipped ? "the others are done; mend what it names, and run "
			    "it again"
			  : "run it again when the system can be reached");
}

const struct command command_drop_act = {
	.name = "drop act",
	.operands = "",
	.title = "delete and opt out what the State's lists matched",
	.about =
		"Who is the only one with an identifier is deleted in every system, "
		"and read again; what the data map keeps stays, and is exempt. "
		"Whose identifier is several people's is opted out of sale and "
		"sharing with all of them, and nobody of them is deleted. "
		"Whose data is held for law enforcement is exempt until the "
		"hold ends (`toyon hold list`). "
		"Service providers and contractors are then told by a file of "
		"hashes. What was matched more than a day ago is not carried "
		"out: match or screen again. Look first: --dry-run.",
	.result =
		"Exit status 75 when a system could not be reached: run it again, "
		"it goes on with what is left.",
	.has_json = true,
	.options = { { "dry-run", 'n', NULL,
		"only print what would be done, by system and table" } },
	.examples = { "toyon drop act --dry-run", "toyon drop act" },
	.run = run,
};
