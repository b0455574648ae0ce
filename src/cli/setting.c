/*
 * `toyon setting`: what the business says about itself; `toyon config`: what the
 * program is started with, and where each value comes from.
 */
#include "desk/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/business.h"
#include "cli/command.h"
#include "desk/config.h"

enum { JSON_MAX = 1 << 20 };

/* struct settings and struct config are nothing but their fields, in the order
 * of the rows. */
static str nth(const void *fields, int i)
{
	return ((const str *)fields)[i];
}

static int show_all(struct cli *c, const struct settings *s, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	if (!c->is_json) {
		for (int i = 0; i < setting_rows_n; i++)
			printf("%s\t%.*s\n", setting_rows[i].name,
				STR_ARG(nth(s, i)));
		return 0;
	}
	json_begin_object(&j);
	for (int i = 0; i < setting_rows_n; i++)
		json_put(&j, setting_rows[i].name, nth(s, i));
	json_end(&j);
	return cli_put_json(&b, e);
}

static int show_one(struct cli *c, const struct settings *s, struct err *e)
{
	struct near near = { .wanted = cli_operand(c, 0) };

	for (int i = 0; i < setting_rows_n; i++) {
		if (str_eq(near.wanted, str_of(setting_rows[i].name))) {
			printf("%.*s\n", STR_ARG(nth(s, i)));
			return 0;
		}
		near_try(&near, setting_rows[i].name);
	}
	err_set(e, ERR_NOT_FOUND, "there is no setting \"%.*s\"",
		STR_ARG(str_head(near.wanted, 60)));
	if (near.best)
		return err_hint(e, "did you mean \"%s\"?", near.best);
	return err_hint(e, "`toyon help settings` lists them");
}

static int change(struct cli *c, str name, str value, struct err *e)
{
	struct problems ps = { 0 };
	str field = arena_fmt(c->arena, "%.*s", STR_ARG(str_head(name, 60)));

	value = str_trim(value);
	business_check(name, value, arena_cstr(c->arena, field), &ps);
	if (ps.n)
		return cli_problem(&ps, e);
	if (!setting_put(&c->desk, name, value, e))
		return 0;
	if (e->code == ERR_INVALID)
		e->code = ERR_USAGE;
	return -1;
}

static int run_setting(struct cli *c, struct err *e)
{
	struct settings s;

	if (cli_open(c, 0, e))
		return -1;
	if (c->operands == 2)
		return change(c, cli_operand(c, 0), cli_operand(c, 1), e);
	if (settings_load(&c->desk, &s, e))
		return -1;
	return c->operands ? show_one(c, &s, e) : show_all(c, &s, e);
}

const struct command command_setting = {
	.name = "setting",
	.operands = "[NAME [VALUE]]",
	.operands_max = 2,
	.title = "what the business says about itself",
	.about = "Shows all settings, or one; with VALUE changes it, with an "
		 "entry in the audit trail. `toyon help settings` says what "
		 "they are.",
	.has_json = true,
	.examples = { "toyon setting", "toyon setting phone 800-555-0142" },
	.run = run_setting,
};

/* --- config --- */

static const char *environment_of(struct cli *c, const char *name)
{
	char *s = arena_cstr(c->arena, arena_fmt(c->arena, "TOYON_%s", name));

	for (char *p = s; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return s;
}

static str origin_of(struct cli *c, int i, const struct config *config)
{
	const char *name = environment_of(c, config_rows[i].name);

	if (getenv(name))
		return str_of(name);
	return str_eq(nth(config, i), str_of(config_rows[i].otherwise))
		       ? STR("default")
		       : STR("toyon.yaml");
}

/* The password of postgresql://name:password@host is nobody's to read over a
 * shoulder. */
static str without_password(struct arena *a, str value)
{
	ptrdiff_t at = str_find(value, STR("://"));
	str rest = at < 0 ? STR("") : str_from(value, (size_t)at + 3);
	str user;
	str host;
	str name;
	str password;

	if (!str_cut(rest, '@', &user, &host) ||
		!str_cut(user, ':', &name, &password))
		return value;
	return arena_fmt(a, "%.*s%.*s:***@%.*s", (int)at + 3, value.p,
		STR_ARG(name), STR_ARG(host));
}

static int run_config(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct config config;

	if (config_load(c->arena, c->dir, &config, e))
		return -1;
	json_begin_object(&j);
	for (int i = 0; i < config_rows_n; i++) {
		str value = without_password(c->arena, nth(&config, i));
		str origin = origin_of(c, i, &config);

		if (!c->is_json)
			printf("%s\t%.*s\t%.*s\n", config_rows[i].name,
				STR_ARG(value), STR_ARG(origin));
		json_key(&j, config_rows[i].name), json_begin_object(&j);
		json_put(&j, "value", value);
		json_put(&j, "origin", origin);
		json_end(&j);
	}
	json_end(&j);
	return c->is_json ? cli_put_json(&b, e) : 0;
}

const struct command command_config = {
	.name = "config",
	.operands = "",
	.title = "what it is started with, and why",
	.about = "Prints each key of toyon.yaml with its value and where that "
		 "comes from: the environment, the file, or the default, with "
		 "tabs between them. `toyon help config` says what they are.",
	.has_json = true,
	.examples = { "toyon config", "toyon config --json" },
	.run = run_config,
};
