/* `toyon map import fides`: another program's description as our data map. */
#include "base/buf.h"
#include "base/file.h"
#include "cli/command.h"
#include "connect/fides.h"

enum { OUT_MAX = 16 << 20 };

static int read_kind(struct cli *c, enum connector_kind *out, struct err *e)
{
	const char *given = cli_option(c, "connector");

	*out = CONNECTOR_POSTGRES;
	if (!given)
		return 0;
	for (size_t k = 0; k < CONNECTOR_KINDS; k++) {
		*out = (enum connector_kind)k;
		if (str_eq(str_of(given), str_of(connector_kind_name(*out))))
			return 0;
	}
	return cli_usage(
		c, e, "--connector is one of those in docs/data-map.md");
}

static int read_files(struct cli *c, struct fides *f, struct err *e)
{
	for (size_t i = 1; i < c->operands; i++) {
		str text;

		if (file_read(
			    c->arena, c->operand[i], MAP_SIZE_MAX, &text, e) ||
			fides_read(f, c->operand[i], text, e))
			return -1;
	}
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, OUT_MAX);
	enum connector_kind kind;
	struct fides f;
	size_t lost = 0;

	if (!str_eq(cli_operand(c, 0), STR("fides")))
		return cli_usage(c, e, "what is imported is \"fides\"");
	if (read_kind(c, &kind, e))
		return -1;
	f = fides_new(c->arena, kind);
	if (read_files(c, &f, e))
		return -1;
	fides_finish(&f);
	draft_begin(&b,
		STR("Imported by `toyon map import fides`.  Read every line: "
		    "what belongs to a person,\nwhat may be deleted, what was "
		    "not carried over.\n"));
	for (size_t i = 0; i < f.n; i++) {
		draft_put(&b, &f.at[i]);
		lost += f.at[i].lost_n;
		for (size_t t = 0; t < f.at[i].n; t++)
			lost += f.at[i].tables[t].left_out.n > 0;
	}
	must(buf_ok(&b));
	cli_put(buf_str(&b));
	cli_say(c,
		"%zu systems; %zu things not carried over, each in a comment",
		f.n, lost);
	return 0;
}

const struct command command_map_import = {
	.name = "map import",
	.operands = "fides FILE...",
	.operands_min = 2,
	.operands_max = OPERANDS_ANY,
	.title = "a data map from another program's description",
	.about = "Reads datasets as Fides describes them and writes them as a "
		 "data map: collections as tables, fields as columns with what "
		 "identifies and their category, references as links. What "
		 "can't be carried over is told in a comment. The kind of the "
		 "systems stands elsewhere there: --connector says it.",
	.result = "A data map, as YAML.",
	.options = {
		{ "connector", 0, "KIND", "of the systems; postgres" },
	},
	.examples = { "toyon map import fides dataset.yml > datamap.yaml",
		"toyon map import fides crm.yml shop.yml > datamap.yaml" },
	.run = run,
};
