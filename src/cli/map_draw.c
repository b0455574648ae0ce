/* `toyon map draw`: the data map as a picture. */
#include "base/file.h"
#include "cli/map_of.h"
#include "desk/map_page.h"

enum { MODE = 0644 };

static int load(struct cli *c, struct map *out, struct err *e)
{
	struct map_of m;

	if (c->operands)
		return map_read(c->arena, c->operand[0], out, e);
	if (map_of(c, &m, e))
		return -1;
	*out = m.map;
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	const char *path = cli_option(c, "output");
	struct map m;
	str picture;

	if (load(c, &m, e))
		return -1;
	picture = map_picture(c->arena, &m);
	if (!path) {
		cli_put(picture);
		return 0;
	}
	if (file_replace(path, picture, MODE, e))
		return -1;
	cli_say(c, "%zu systems drawn", m.systems_n);
	return 0;
}

const struct command command_map_draw = {
	.name = "map draw",
	.operands = "[FILE]",
	.operands_max = 1,
	.title = "the data map as a picture",
	.about = "Draws the systems of a data map with their tables, what "
		 "belongs to what, what identifies a person, and what a "
		 "deletion does, as SVG for light and dark screens. The same "
		 "map gives the same picture. Without FILE, the "
		 "installation's.",
	.options = {
		{ "output", 'o', "FILE", "write it there instead of to stdout" },
	},
	.examples = { "toyon map draw -o map.svg",
		"toyon map draw datamap.yaml > map.svg" },
	.run = run,
};
