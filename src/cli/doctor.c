/*
 * `toyon doctor`: everything about an installation that should be otherwise,
 * with what to do about it.  Looks only; changes nothing.
 */
#include "cli/doctor.h"

#include <stdio.h>

#include "base/file.h"
#include "base/json.h"

enum { JSON_MAX = 4 << 20 };

static const char *const levels[] = { "ok", "note", "problem" };

void doctor_say(struct doctor *d, const char *check, enum level level, str text,
	const char *hint)
{
	struct arena *a = d->cli->arena;

	if (d->n == DOCTOR_MAX)
		return;
	d->problems += level == PROBLEM;
	d->at[d->n++] = (struct diagnosis){ check, level, arena_dup(a, text),
		arena_dup(a, str_of(hint)) };
}

void doctor_say_err(struct doctor *d, const char *check, const struct err *e)
{
	doctor_say(d, check, PROBLEM, str_of(e->message), e->hint);
}

static int put_json(const struct doctor *d, struct err *e)
{
	struct buf b = buf_in(d->cli->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < d->n; i++) {
		json_begin_object(&j);
		json_put(&j, "check", str_of(d->at[i].check));
		json_put(&j, "state", str_of(levels[d->at[i].level]));
		json_put(&j, "text", d->at[i].text);
		json_put(&j, "hint", d->at[i].hint);
		json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print(const struct doctor *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diagnosis *x = &d->at[i];

		printf("%-8s %-9s %.*s\n", levels[x->level], x->check,
			STR_ARG(x->text));
		if (x->hint.n)
			printf("%19s%.*s\n", "", STR_ARG(x->hint));
	}
}

static void look_around(struct doctor *d)
{
	struct cli *c = d->cli;
	struct err e = { 0 };

	if (install_open(&c->install, c->arena, c->dir, 0, &e)) {
		doctor_say_err(d, "config", &e);
		return;
	}
	doctor_place(d);
	doctor_map(d);
	if (cli_open(c, KEYS_ALL, &e)) {
		doctor_say_err(d, "database", &e);
		return;
	}
	doctor_record(d);
	doctor_business(d);
	doctor_drop(d);
}

static int run(struct cli *c, struct err *e)
{
	struct doctor *d = arena_one(c->arena, struct doctor);

	d->cli = c;
	if (!file_exists(path_join(c->arena, c->dir, "toyon.yaml"))) {
		err_set(e, ERR_NOT_FOUND, "there is no installation in %s",
			c->dir);
		return err_hint(e, "name its folder with --dir, or make one: "
				   "`toyon setup`");
	}
	look_around(d);
	if (c->is_json && put_json(d, e))
		return -1;
	if (!c->is_json)
		print(d);
	return d->problems ? err_exit_status(ERR_FOUND) : 0;
}

const struct command command_doctor = {
	.name = "doctor",
	.operands = "",
	.title = "what is wrong, and what to do",
	.about =
		"Looks at folder, keys, configuration, database, data map, "
		"systems, staff, jobs, index, clock, holiday table and audit "
		"trail, and says what should be otherwise. Asks for the pages "
		"at base_url as people do, for the privacy policy, and whether "
		"the mail server would take a letter.",
	.result = "Exit status 4 when there is a problem; notes are none.",
	.has_json = true,
	.examples = { "toyon doctor", "toyon doctor --json" },
	.run = run,
};
