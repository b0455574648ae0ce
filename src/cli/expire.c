/*
 * `toyon expire`: what is kept longer than the data map says, looked at first, then
 * erased and read again.
 */
#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "desk/expiry.h"

enum { JSON_MAX = 4 << 20, FOUND = 4 };

/* --- a run --- */

static int64_t waiting_of(const struct expiry_table *t)
{
	int64_t n = 0;

	for (size_t i = 0; i < EXPIRE_WHYS; i++)
		n += t->waiting[i];
	return n;
}

static void put_table(struct json *j, const struct expiry_run *r,
	const struct expiry_table *t)
{
	json_begin_object(j);
	json_put(j, "table", t->name);
	json_put(j, "categories", t->categories);
	json_put(j, "kept_for", t->kept_for);
	json_put_int(j, "rows", t->rows);
	json_put_int(j, "too_old", t->old);
	json_put(j, "oldest", t->oldest);
	json_put_int(j, "without_a_day", t->undated);
	json_put_int(j, "erased", t->goes);
	json_put_int(j, "along", t->along);
	json_key(j, "waiting");
	json_begin_object(j);
	for (int i = EXPIRE_GOES + 1; i < EXPIRE_WHYS; i++)
		json_put_int(
			j, expire_why_code((enum expire_why)i), t->waiting[i]);
	json_end(j);
	json_put_int(j, "not_weighed", expiry_unweighed(r, t));
	json_put_int(j, "left", t->left);
	json_end(j);
}

static void put_run(struct json *j, struct arena *a, const struct expiry_run *r)
{
	json_begin_object(j);
	json_put_int(j, "run", r->id);
	json_put_bool(j, "is_preview", r->is_preview);
	json_put(j, "today", r->today);
	json_put(j, "ended_at",
		r->ended_at ? instant_rfc3339(a, r->ended_at) : STR(""));
	json_put_bool(j, "is_proven", r->is_proven);
	json_put_bool(j, "is_same", r->is_same);
	json_put(j, "problem", r->problem);
	json_key(j, "tables");
	json_begin_array(j);
	for (size_t i = 0; i < r->tables.n; i++)
		put_table(j, r, &r->tables.at[i]);
	json_end(j);
	json_end(j);
}

static void print_table(struct arena *a, const struct expiry_run *r,
	const struct expiry_table *t)
{
	printf("%-20.*s %lld of %lld rows too old (%.*s), %lld %s with %lld that "
	       "belong to them\n",
		STR_ARG(t->name), (long long)t->old, (long long)t->rows,
		STR_ARG(t->kept_for), (long long)t->goes,
		r->is_preview ? "would go" : "went", (long long)t->along);
	for (int i = EXPIRE_GOES + 1; i < EXPIRE_WHYS; i++)
		if (t->waiting[i])
			printf("%-20s %lld wait: %s\n", "",
				(long long)t->waiting[i],
				expire_why_words((enum expire_why)i));
	if (expiry_unweighed(r, t))
		printf("%-20s %lld too old as well, and not weighed by this "
		       "look: a run goes on\n",
			"", (long long)expiry_unweighed(r, t));
	if (t->undated)
		printf("%-20s %lld stay: no day can be told of them\n", "",
			(long long)t->undated);
	for (size_t i = 0; r->is_preview && i < t->samples_n; i++)
		printf("%-20s for example %.*s, of %.*s\n", "",
			STR_ARG(t->sample[i].key.v),
			STR_ARG(date_iso(a, t->sample[i].day)));
}

static int tell(struct cli *c, const struct expiry_run *r, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	if (c->is_json) {
		put_run(&j, c->arena, r);
		return cli_put_json(&b, e);
	}
	for (size_t i = 0; i < r->tables.n; i++)
		print_table(c->arena, r, &r->tables.at[i]);
	return 0;
}

static bool is_any_old(const struct expiry_run *r)
{
	for (size_t i = 0; i < r->tables.n; i++)
		if (r->tables.at[i].old)
			return true;
	return false;
}

static struct expiry_way way_of(const struct cli *c)
{
	return (struct expiry_way){ .credentials = install_path(&c->install,
					    c->install.config.credentials) };
}

static int preview(struct cli *c, struct err *e)
{
	struct expiry_way w;
	struct expiry_run r;

	if (cli_open(c, KEYS_MASTER, e))
		return -1;
	w = way_of(c);
	if (expiry_preview(&c->desk, &w, cli_operand(c, 0), &r, e) ||
		tell(c, &r, e))
		return -1;
	cli_say(c, "nothing was erased");
	return is_any_old(&r) ? FOUND : 0;
}

static int run(struct cli *c, struct err *e)
{
	struct expiry_way w;
	struct expiry_run r;

	if (cli_open(c, KEYS_MASTER, e))
		return -1;
	w = way_of(c);
	if (expiry_erase(&c->desk, &w, cli_operand(c, 0), &r, e) ||
		tell(c, &r, e))
		return -1;
	cli_say(c, r.is_proven
			   ? "read again: nothing is kept too long, but for "
			     "what waits"
			   : "read again: rows are left that are too old, or "
			     "of which no day can be told");
	return r.is_proven ? 0 : FOUND;
}

/* --- on and off --- */

static int turn_on(struct cli *c, struct err *e)
{
	if (cli_open(c, KEYS_MASTER, e) ||
		expiry_on(&c->desk, cli_operand(c, 0), e))
		return -1;
	cli_say(c, "the worker erases there what is kept too long, once a day");
	return 0;
}

static int turn_off(struct cli *c, struct err *e)
{
	return cli_open(c, KEYS_MASTER, e) ||
			       expiry_off(&c->desk, cli_operand(c, 0), e)
		       ? -1
		       : 0;
}

/* --- how it stands --- */

static str words_of(struct arena *a, const struct expiry *x)
{
	const struct expiry_run *r = x->on_at ? &x->run : &x->preview;
	int64_t old = 0, wait = 0;

	if (x->cant.n)
		return arena_fmt(a, "open: %.*s", STR_ARG(x->cant));
	if (!x->timed_n)
		return STR("open: the data map gives it no time");
	if (r->problem.n)
		return arena_fmt(a, "open: %.*s", STR_ARG(r->problem));
	if (!r->ended_at)
		return STR("not looked at yet");
	for (size_t i = 0; i < r->tables.n; i++) {
		old += x->on_at ? r->tables.at[i].left : r->tables.at[i].old;
		wait += waiting_of(&r->tables.at[i]);
	}
	return arena_fmt(a, "%s: %lld rows too old, %lld of them wait",
		x->on_at ? "on" : "off", (long long)old, (long long)wait);
}

static void put_expiry(struct json *j, struct arena *a, const struct expiry *x)
{
	json_begin_object(j);
	json_put(j, "system", x->system);
	json_put(j, "cannot", x->cant);
	json_put_bool(j, "is_on", x->on_at != 0);
	json_key(j, "without_a_time");
	json_begin_array(j);
	for (size_t i = 0; i < x->untimed.n; i++)
		json_str(j, x->untimed.at[i]);
	json_end(j);
	if (x->preview.id) {
		json_key(j, "preview");
		put_run(j, a, &x->preview);
	}
	if (x->run.id) {
		json_key(j, "last");
		put_run(j, a, &x->run);
	}
	json_end(j);
}

static int list(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct expiries all;

	if (cli_open(c, KEYS_MASTER, e) || expiry_list(&c->desk, &all, e))
		return -1;
	json_begin_array(&j);
	for (size_t i = 0; i < all.n; i++)
		if (c->is_json)
			put_expiry(&j, c->arena, &all.at[i]);
		else
			printf("%-20.*s %.*s\n", STR_ARG(all.at[i].system),
				STR_ARG(words_of(c->arena, &all.at[i])));
	json_end(&j);
	return c->is_json ? cli_put_json(&b, e) : 0;
}

const struct command command_expire_list = {
	.name = "expire list",
	.operands = "",
	.title = "which systems keep data too long",
	.about =
		"How each system stands: whether its tables have a time in the "
		"data map (`expires`), what is kept longer, what waits and why, "
		"and what no program can look at.",
	.has_json = true,
	.examples = { "toyon expire list", "toyon expire list --json" },
	.run = list,
};

const struct command command_expire_preview = {
	.name = "expire preview",
	.operands = "SYSTEM",
	.operands_min = 1,
	.operands_max = 1,
	.title = "what a run would erase; touches nothing",
	.about =
		"Reads every row of the tables that have a time in the data map, and "
		"says how many are kept longer, what would go with them, what "
		"would wait and why, and a few of the keys.",
	.result = "Exit status 4 when something is too old.",
	.has_json = true,
	.examples = { "toyon expire preview crm",
		"toyon expire preview crm --json" },
	.run = preview,
};

const struct command command_expire_run = {
	.name = "expire run",
	.operands = "SYSTEM",
	.operands_min = 1,
	.operands_max = 1,
	.title = "erase what is kept too long, and prove it",
	.about =
		"Erases what a preview of the last day showed, in the ways that "
		"the data map says, with what belongs to it, and reads the "
		"tables again. What is held for law enforcement, kept on an "
		"exception or needed for an open request stays. A run that "
		"was ended goes on where it stopped.",
	.result =
		"Exit status 4 when something too old is left without a reason.",
	.has_json = true,
	.examples = { "toyon expire run crm", "toyon expire run crm --json" },
	.run = run,
};

const struct command command_expire_on = {
	.name = "expire on",
	.operands = "SYSTEM",
	.operands_min = 1,
	.operands_max = 1,
	.title = "let the worker do it once a day",
	.about =
		"After a preview. When the data map says something else of the "
		"system, it is off until somebody has looked again.",
	.examples = { "toyon expire on crm",
		"toyon expire on crm --dir /srv/toyon" },
	.run = turn_on,
};

const struct command command_expire_off = {
	.name = "expire off",
	.operands = "SYSTEM",
	.operands_min = 1,
	.operands_max = 1,
	.title = "let the worker erase nothing there for its age",
	.about =
		"The worker goes on to look, and the desk shows what is overdue.",
	.examples = { "toyon expire off crm",
		"toyon expire off crm --dir /srv/toyon" },
	.run = turn_off,
};
