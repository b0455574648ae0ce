/*
 * The boot file: flat `key: value` lines of YAML, read with libyaml so that
 * quoting and comments are as people expect.  What is not in tbl/config.h is
 * refused: a misspelt key that is silently ignored would be a setting somebody
 * believes in.
 */
#include "desk/config.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/buf.h"
#include "base/file.h"

enum { CONFIG_FILE_MAX = 65536 };

const struct config_row config_rows[] = {
#define CONFIG(name, kind, otherwise, help) { #name, #kind, otherwise, help },
#include "tbl/config.h"
};
const int config_rows_n = (int)COUNTOF(config_rows);

/* The fields in the order of the rows: struct config is nothing but them. */
static str *config_at(struct config *c, int i)
{
	return (str *)(void *)c + i;
}

static int row_of(str name)
{
	for (int i = 0; i < config_rows_n; i++)
		if (str_eq(str_of(config_rows[i].name), name))
			return i;
	return -1;
}

static const char *nearest(str name)
{
	int best = 4;
	const char *found = NULL;

	for (int i = 0; i < config_rows_n; i++) {
		int d = str_edits(name, str_of(config_rows[i].name));

		if (d < best) {
			best = d;
			found = config_rows[i].name;
		}
	}
	return found;
}

static int unknown_key(str key, size_t line, struct err *e)
{
	const char *near = nearest(key);

	err_set(e, ERR_INVALID,
		"toyon.yaml line %zu: unrecognized key \"%.*s\"", line,
		STR_ARG(key));
	if (near)
		return err_hint(e, "did you mean \"%s\"?", near);
	return err_hint(e, "`toyon help config` lists the keys");
}

static bool kind_fits(const char *kind, str value)
{
	int64_t n;

	if (!strcmp(kind, "FLAG"))
		return str_eq(value, STR("yes")) || str_eq(value, STR("no"));
	if (!strcmp(kind, "NUMBER"))
		return str_int(value, &n) && n > 0;
	return true;
}

static int set_value(struct config *c, int row, str value, struct err *e)
{
	if (!kind_fits(config_rows[row].kind, value))
		return err_set(e, ERR_INVALID, "%s: \"%.*s\" is not %s",
			config_rows[row].name, STR_ARG(value),
			!strcmp(config_rows[row].kind, "FLAG") ? "yes or no"
							       : "a number");
	*config_at(c, row) = value;
	return 0;
}

struct reader {
	struct arena *arena;
	struct config *config;
	yaml_parser_t parser;
	int row; /* the key just read, -1 between pairs */
	int depth;
};

static int take_scalar(struct reader *r, const yaml_event_t *ev, struct err *e)
{
	str text = { (const char *)ev->data.scalar.value,
		ev->data.scalar.length };
	size_t line = ev->start_mark.line + 1;

	if (r->depth != 1)
		return err_set(e, ERR_INVALID,
			"toyon.yaml line %zu: a plain \"key: value\" line is "
			"expected",
			line);
	if (r->row < 0) {
		r->row = row_of(text);
		return r->row < 0 ? unknown_key(text, line, e) : 0;
	}
	if (set_value(r->config, r->row, arena_dup(r->arena, text), e))
		return err_context(e, "toyon.yaml line %zu", line);
	r->row = -1;
	return 0;
}

static int take_event(struct reader *r, const yaml_event_t *ev, struct err *e)
{
	switch ((int)ev->type) {
	case YAML_SCALAR_EVENT:
		return take_scalar(r, ev, e);
	case YAML_MAPPING_START_EVENT:
		if (r->depth++ == 0)
			return 0;
		break;
	case YAML_MAPPING_END_EVENT:
		r->depth--;
		return 0;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_ALIAS_EVENT:
		break;
	default:
		return 0;
	}
	return err_set(e, ERR_INVALID,
		"toyon.yaml line %zu: lists, groups and aliases have no place "
		"here",
		ev->start_mark.line + 1);
}

static int read_events(struct reader *r, struct err *e)
{
	for (;;) {
		yaml_event_t ev;
		int rc;
		bool is_end;

		if (!yaml_parser_parse(&r->parser, &ev))
			return err_set(e, ERR_INVALID,
				"toyon.yaml line %zu: %s",
				r->parser.problem_mark.line + 1,
				r->parser.problem);
		is_end = ev.type == YAML_STREAM_END_EVENT;
		rc = take_event(r, &ev, e);
		yaml_event_delete(&ev);
		if (rc || is_end)
			return rc;
	}
}

static int read_file(
	struct arena *a, const char *dir, struct config *out, struct err *e)
{
	struct reader r = { .arena = a, .config = out, .row = -1 };
	str text;
	int rc;

	if (file_read(a, path_join(a, dir, "toyon.yaml"), CONFIG_FILE_MAX,
		    &text, e)) {
		if (e->code == ERR_NOT_FOUND)
			err_hint(e,
				"`toyon setup --dir %s` makes an "
				"installation, `toyon demo` shows one",
				dir);
		return -1;
	}
	must(yaml_parser_initialize(&r.parser));
	yaml_parser_set_input_string(&r.parser,
		(const unsigned char *)(text.n ? text.p : ""), text.n);
	rc = read_events(&r, e);
	yaml_parser_delete(&r.parser);
	return rc;
}

static const char *environment_name(struct arena *a, const char *name)
{
	char *s = arena_cstr(a, arena_fmt(a, "TOYON_%s", name));

	for (char *p = s; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return s;
}

static int read_environment(struct arena *a, struct config *out, struct err *e)
{
	for (int i = 0; i < config_rows_n; i++) {
		const char *name = environment_name(a, config_rows[i].name);
		const char *value = getenv(name);

		if (value && set_value(out, i, arena_dup(a, str_of(value)), e))
			return err_context(e, "environment variable %s", name);
	}
	return 0;
}

static int check_whole(const struct config *c, struct err *e)
{
	int64_t ms;

	if (c->clock.n && !config_flag(c->demo)) {
		err_set(e, ERR_INVALID,
			"toyon.yaml: the clock can be moved in "
			"a demo only");
		return err_hint(e, "take the line \"clock:\" out");
	}
	if (c->clock.n && !config_span(c->clock, &ms))
		return err_set(e, ERR_INVALID,
			"toyon.yaml: clock: \"%.*s\" is not a span as +21d, "
			"-3h or 90m",
			STR_ARG(c->clock));
	if (config_number(c->web_threads) > 64)
		return err_set(
			e, ERR_INVALID, "toyon.yaml: web_threads: at most 64");
	return 0;
}

void config_defaults(struct config *out)
{
	for (int i = 0; i < config_rows_n; i++)
		*config_at(out, i) = str_of(config_rows[i].otherwise);
}

int config_load(
	struct arena *a, const char *dir, struct config *out, struct err *e)
{
	config_defaults(out);
	if (read_file(a, dir, out, e) || read_environment(a, out, e))
		return -1;
	return check_whole(out, e);
}

str config_write(struct arena *a, const struct config *c)
{
	struct buf b = buf_in(a, CONFIG_FILE_MAX);
	struct config copy = *c;

	for (int i = 0; i < config_rows_n; i++) {
		str value = *config_at(&copy, i);

		if (str_eq(value, str_of(config_rows[i].otherwise)))
			continue;
		buf_fmt(&b, "# %s\n%s: \"", config_rows[i].help,
			config_rows[i].name);
		for (size_t k = 0; k < value.n; k++) {
			if (value.p[k] == '"' || value.p[k] == '\\')
				buf_putc(&b, '\\');
			buf_putc(&b, value.p[k]);
		}
		buf_puts(&b, "\"\n");
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

bool config_flag(str value)
{
	return str_eq(value, STR("yes"));
}

int64_t config_number(str value)
{
	int64_t n = 0;

	must(str_int(value, &n));
	return n;
}

bool config_span(str value, int64_t *ms)
{
	static const struct {
		char unit;
		int64_t ms;
	} units[] = {
		{ 's', 1000 },
		{ 'm', 60000 },
		{ 'h', 3600000 },
		{ 'd', 86400000 },
	};
	int64_t n;

	if (value.n < 2)
		return false;
	if (value.p[0] == '+')
		value = str_from(value, 1);
	for (size_t i = 0; i < COUNTOF(units); i++)
		if (value.p[value.n - 1] == units[i].unit &&
			str_int(str_head(value, value.n - 1), &n) &&
			n > -100000 && n < 100000) {
			*ms = n * units[i].ms;
			return true;
		}
	return false;
}
