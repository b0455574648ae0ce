/* `toyon map words`: what the data map does not say yet in the languages of consumers. */
#include "connect/map_words.h"
#include "base/json.h"
#include "cli/command.h"
#include "desk/setting.h"

enum { OUT_MAX = 16 << 20 };

struct wanted {
	const char *path;
	unsigned languages; /* a bit each */
};

/* Of a file by itself nobody says in which languages consumers are served: all. */
static int read_wanted(struct cli *c, struct wanted *w, struct err *e)
{
	struct settings s;

	w->path = cli_option(c, "file");
	w->languages = ~0u;
	if (w->path)
		return 0;
	if (cli_open(c, 0, e) || settings_load(&c->desk, &s, e))
		return -1;
	w->path = c->desk.data_map;
	w->languages = settings_languages(&s);
	return 0;
}

static int read_language(struct cli *c, struct wanted *w, struct err *e)
{
	enum lang l;

	if (!c->operands)
		return 0;
	if (!lang_read(cli_operand(c, 0), &l))
		return cli_usage(c, e,
			"\"%.*s\" is no language that consumers are served in",
			STR_ARG(str_head(cli_operand(c, 0), 20)));
	w->languages = 1U << l;
	return 0;
}

static void put_json(struct json *j, struct arena *a, enum lang l,
	const struct map_texts *missing)
{
	for (size_t i = 0; i < missing->n; i++) {
		json_begin_object(j);
		json_put(j, "language", str_of(lang_code(l)));
		json_put(j, "text", missing->at[i].text);
		json_put(j, "where", map_text_place(a, &missing->at[i]));
		json_put_int(j, "line", missing->at[i].line);
		json_end(j);
	}
}

static int run(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, OUT_MAX);
	struct json j = json_to(&b);
	struct wanted w;
	struct map m;
	size_t n = 0;

	if (read_wanted(c, &w, e) || read_language(c, &w, e) ||
		map_read(c->arena, w.path, &m, e))
		return -1;
	if (c->is_json)
		json_begin_array(&j);
	for (int l = LANG_EN + 1; l < LANGS; l++) {
		struct map_texts missing;

		if (!(w.languages & 1U << l))
			continue;
		map_texts_missing(c->arena, &m, (enum lang)l, &missing);
		n += missing.n;
		if (c->is_json)
			put_json(&j, c->arena, (enum lang)l, &missing);
		else
			buf_put(&b, map_texts_lines(c->arena, &m, (enum lang)l,
					    &missing));
	}
	if (c->is_json) {
		json_end(&j);
		return cli_put_json(&b, e);
	}
	cli_put(buf_str(&b));
	cli_say(c, "texts without a translation: %zu", n);
	return 0;
}

const struct command command_map_words = {
	.name = "map words",
	.operands = "[LANGUAGE]",
	.operands_max = 1,
	.title = "what the data map does not say in Spanish yet",
	.about =
		"Prints each text of the data map that consumers are shown and "
		"that has no translation yet, as lines that can be put "
		"into the map: under its \"words\", or as they are when it "
		"has none. LANGUAGE is es; without it, those of the "
		"setting \"languages\". Names of companies are left out.",
	.result = "Nothing on stdout when nothing is missing.",
	.has_json = true,
	.options = {
		{ "file", 'f', "FILE", "of this map, instead of the installation's" },
	},
	.examples = { "toyon map words es",
		"toyon map words es --file datamap.yaml >words.yaml" },
	.run = run,
};
