/* `toyon map lint`: every mistake of a data map, with its line. */
#include "connect/map.h"

#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/command.h"

enum { JSON_MAX = 1 << 20 };

static int put_json(struct cli *c, const struct map_problems *ps, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < ps->n; i++) {
		json_begin_object(&j);
		json_put_int(&j, "line", ps->at[i].line);
		json_put(&j, "problem", ps->at[i].text);
		json_put(&j, "hint", ps->at[i].hint);
		json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print(const char *path, const struct map_problems *ps)
{
	for (size_t i = 0; i < ps->n; i++)
		printf("%s:%d: %.*s%s%.*s%s\n", path, ps->at[i].line,
			STR_ARG(ps->at[i].text), ps->at[i].hint.n ? " (" : "",
			STR_ARG(ps->at[i].hint), ps->at[i].hint.n ? ")" : "");
}

static int file_of(struct cli *c, const char **path, struct err *e)
{
	struct install *in = &c->install;

	if (c->operands) {
		*path = c->operand[0];
		return 0;
	}
	if (install_open(in, c->arena, c->dir, 0, e))
		return -1;
	*path = install_path(in, in->config.data_map);
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	struct map_problems ps;
	const char *path;
	struct map map;
	str text;

	if (file_of(c, &path, e) ||
		file_read(c->arena, path, MAP_SIZE_MAX, &text, e))
		return -1;
	(void)map_parse(c->arena, text, STR("."), &map, &ps);
	if (c->is_json && put_json(c, &ps, e))
		return -1;
	if (!c->is_json)
		print(path, &ps);
	if (ps.n)
		return err_exit_status(ERR_FOUND);
	cli_say(c, "systems: %zu, vendors: %zu, mistakes: none", map.systems_n,
		map.vendors_n);
	return 0;
}

const struct command command_map_lint = {
	.name = "map lint",
	.operands = "[FILE]",
	.operands_max = 1,
	.title = "the mistakes of a data map",
	.about = "Reads a data map and says every mistake with its line. "
		 "Without FILE, the installation's.",
	.result = "Exit status 4 when there is a mistake.",
	.has_json = true,
	.examples = { "toyon map lint", "toyon map lint datamap.yaml" },
	.run = run,
};
