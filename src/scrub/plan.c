/*
 * Reading a header and a map.  Everything that can be wrong with them is said
 * before the first row is read, and nothing is guessed: two columns of a name,
 * or a first row that is already somebody, end the run.
 */
#include "scrub/plan.h"

#include <string.h>

#include "base/base.h"
#include "base/buf.h"

size_t plan_cells(str row, char sep, str *cell, size_t max)
{
	size_t n = 0, start = 0;
	bool is_quoted = false;

	for (size_t i = 0; i <= row.n; i++) {
		if (i < row.n && row.p[i] == '"')
			is_quoted = !is_quoted;
		if (i < row.n && (is_quoted || row.p[i] != sep))
			continue;
		if (n < max)
			cell[n] = (str){ row.p + start, i - start };
		n++;
		start = i + 1;
	}
	return n;
}

str plan_unquote(str cell, char *out)
{
	size_t n = 0;

	if (cell.n < 2 || cell.p[0] != '"' || cell.p[cell.n - 1] != '"')
		return cell;
	cell = (str){ cell.p + 1, cell.n - 2 };
	if (!str_has(cell, '"'))
		return cell;
	for (size_t i = 0; i < cell.n; i++) {
		out[n++] = cell.p[i];
		if (cell.p[i] == '"' && i + 1 < cell.n && cell.p[i + 1] == '"')
			i++;
	}
	return (str){ out, n };
}

/* The one that makes most cells; a comma when none makes two. */
char plan_separator(str header)
{
	static const char seps[] = { ',', ';', '\t' };
	size_t best = 1;
	char sep = ',';

	for (size_t i = 0; i < COUNTOF(seps); i++) {
		size_t n = plan_cells(header, seps[i], NULL, 0);

		if (n > best) {
			best = n;
			sep = seps[i];
		}
	}
	return sep;
}

int plan_names_read(struct arena *a, str header, char sep,
	struct plan_names *out, struct err *e)
{
	*out = (struct plan_names){ .at = arena_many(
					    a, str, PLAN_COLUMNS_MAX) };
	out->n = plan_cells(header, sep, out->at, PLAN_COLUMNS_MAX);
	if (out->n > PLAN_COLUMNS_MAX)
		return err_set(e, ERR_LIMIT, "line 1: more than %d columns",
			PLAN_COLUMNS_MAX);
	for (size_t i = 0; i < out->n; i++) {
		char *text = arena_alloc(a, out->at[i].n);

		out->at[i] = str_trim(plan_unquote(out->at[i], text));
	}
	return 0;
}

int plan_column_named(
	const struct plan_names *names, str name, uint16_t *out, struct err *e)
{
	int64_t number;
	size_t found = 0;

	for (size_t i = 0; i < names->n; i++)
		if (str_eq_nocase(names->at[i], name)) {
			*out = (uint16_t)i;
			found++;
		}
	if (found > 1)
		return err_set(e, ERR_INVALID,
			"more than one column is called \"%.*s\"",
			STR_ARG(str_head(name, 100)));
	if (found)
		return 0;
	if (str_int(name, &number) && number >= 1 &&
		(uint64_t)number <= names->n) {
		*out = (uint16_t)(number - 1);
		return 0;
	}
	err_set(e, ERR_INVALID, "no column is called \"%.*s\"",
		STR_ARG(str_head(name, 100)));
	return err_hint(e, "give its name as the first line has it, or its "
			   "number");
}

static struct plan_ident *add_ident(
	struct plan *p, enum ident_kind kind, size_t parts, struct err *e)
{
	struct plan_ident *id = &p->ident[p->idents];

	if (p->idents == SCRUB_COLUMNS_MAX) {
		err_set(e, ERR_LIMIT, "more than %d identifiers a row",
			SCRUB_COLUMNS_MAX);
		return NULL;
	}
	p->idents++;
	*id = (struct plan_ident){ .kind = kind, .parts = parts };
	for (size_t i = 0; i < IDENT_PARTS_MAX; i++)
		id->column[i] = UINT16_MAX;
	return id;
}

str plan_map_example(enum ident_kind kind, char out[PLAN_EXAMPLE_MAX])
{
	struct buf b = buf_on(out, PLAN_EXAMPLE_MAX);
	str part[IDENT_PARTS_MAX];
	size_t n = ident_kind_parts(kind, part);

	if (!n)
		buf_fmt(&b, "%s=COLUMN", ident_kind_name(kind));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s.%.*s=COLUMN", i ? "," : "",
			ident_kind_name(kind), STR_ARG(part[i]));
	must(buf_ok(&b));
	return buf_str(&b);
}

static int no_part(enum ident_kind kind, str part, struct err *e)
{
	char example[PLAN_EXAMPLE_MAX];

	if (part.n)
		err_set(e, ERR_USAGE, "\"%.*s\" is no part of %s",
			STR_ARG(str_head(part, 40)), ident_kind_name(kind));
	else
		err_set(e, ERR_USAGE, "%s has parts, each in a column",
			ident_kind_name(kind));
	return err_hint(
		e, "--map %.*s", STR_ARG(plan_map_example(kind, example)));
}

/* "kind" or "kind.part"; without names, NDJSON: the column is a path. */
static int map_one(struct plan *p, const struct plan_names *names, str what,
	str column, struct err *e)
{
	str kind_name = what, part = { 0 }, part_names[IDENT_PARTS_MAX];
	struct plan_ident *id = NULL;
	enum ident_kind kind;
	size_t parts, i;

	str_cut(what, '.', &kind_name, &part);
	if (!ident_kind_read(kind_name, &kind)) {
		err_set(e, ERR_USAGE, "unknown kind \"%.*s\"",
			STR_ARG(str_head(kind_name, 40)));
		return err_hint(e, "`toyon help kinds` lists them");
	}
	parts = ident_kind_parts(kind, part_names);
	for (i = 0; i < parts && !str_eq(part_names[i], part); i++)
		;
	if ((parts && i == parts) || (!parts && part.n))
		return no_part(kind, part, e);
	for (size_t j = 0; parts && j < p->idents; j++)
		if (p->ident[j].kind == kind && !p->ident[j].path[i].n)
			id = &p->ident[j];
	if (!id && !(id = add_ident(p, kind, parts ? parts : 1, e)))
		return -1;
	i = parts ? i : 0;
	id->path[i] = column;
	return names ? plan_column_named(names, column, &id->column[i], e) : 0;
}

static int part_missing(enum ident_kind kind, struct err *e)
{
	char example[PLAN_EXAMPLE_MAX];

	err_set(e, ERR_USAGE, "a part of %s has no column",
		ident_kind_name(kind));
	return err_hint(
		e, "--map %.*s", STR_ARG(plan_map_example(kind, example)));
}

static int map_given(
	struct plan *p, const struct plan_names *names, str map, struct err *e)
{
	str one, what, column;

	while (str_next(&map, ',', &one)) {
		if (!str_cut(one, '=', &what, &column)) {
			err_set(e, ERR_USAGE,
				"a map is \"KIND=COLUMN,KIND=COLUMN\"");
			return -1;
		}
		if (map_one(p, names, str_trim(what), str_trim(column), e))
			return -1;
	}
	for (size_t i = 0; i < p->idents; i++)
		for (size_t j = 0; j < p->ident[i].parts; j++)
			if (!p->ident[i].path[j].n)
				return part_missing(p->ident[i].kind, e);
	return 0;
}

str plan_bare_name(str name, char out[PLAN_NAME_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < name.n && n < PLAN_NAME_MAX; i++) {
		char c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
	}
	return (str){ out, n };
}

bool plan_usual_kind(str name, enum ident_kind *out)
{
	static const struct {
		str name;
		enum ident_kind kind;
	} usual[] = {
#define HEADER(name, kind) { STR_INIT(name), kind },
#include "scrub/tbl/headers.h"
	};
	char text[PLAN_NAME_MAX];

	name = plan_bare_name(name, text);
	for (size_t i = 0; i < COUNTOF(usual); i++)
		if (str_eq(usual[i].name, name)) {
			*out = usual[i].kind;
			return true;
		}
	return false;
}

static int map_usual(
	struct plan *p, const struct plan_names *names, struct err *e)
{
	for (size_t i = 0; i < names->n; i++) {
		struct plan_ident *id;
		enum ident_kind kind;

		if (!plan_usual_kind(names->at[i], &kind))
			continue;
		if (!(id = add_ident(p, kind, 1, e)))
			return -1;
		id->column[0] = (uint16_t)i;
	}
	return 0;
}

/* A first row that names a person is no header: that person would pass. */
static int check_header(
	const struct plan *p, const struct plan_names *names, struct err *e)
{
	for (size_t i = 0; i < p->idents; i++) {
		const struct plan_ident *id = &p->ident[i];
		uint8_t digest[SHA256_SIZE];

		if (id->parts > 1 || id->kind == IDENT_ACCOUNT ||
			id->kind == IDENT_COOKIE)
			continue;
		if (ident_digest_of(IDENT_TOYON_1, id->kind,
			    names->at[id->column[0]], digest))
			continue;
		err_set(e, ERR_INVALID,
			"line 1: the first row is no header: column %d reads "
			"as %s",
			id->column[0] + 1, ident_kind_title(id->kind));
		return err_hint(e, "put a row of column names in front");
	}
	return 0;
}

static int plan_of(
	struct arena *a, struct plan *p, str header, str map, struct err *e)
{
	struct plan_names names;

	p->sep = plan_separator(header);
	if (plan_names_read(a, header, p->sep, &names, e))
		return -1;
	p->columns = names.n;
	p->idents = 0;
	p->is_usual = !map.n;
	if (map.n ? map_given(p, &names, map, e) : map_usual(p, &names, e))
		return -1;
	if (p->idents)
		return check_header(p, &names, e);
	err_set(e, ERR_INVALID,
		"no column has a name that says what identifies a person");
	return err_hint(e, "name the columns: --map email=COLUMN,phone=COLUMN");
}

int plan_read(struct plan *p, str header, str map, struct err *e)
{
	struct arena *a = arena_new(2 * header.n + (1 << 18));
	int rc = plan_of(a, p, header, map, e);

	arena_free(a);
	return rc;
}

int plan_read_members(struct plan *p, str map, struct err *e)
{
	bool has[IDENT_KINDS] = { false };

	*p = (struct plan){ .columns = 1, .sep = ',', .is_usual = !map.n };
	if (map.n)
		return map_given(p, NULL, map, e);
#define HEADER(name, kind) has[kind] = true;
#include "scrub/tbl/headers.h"
	for (int i = 0; i < IDENT_KINDS; i++)
		if (has[i] && !add_ident(p, (enum ident_kind)i, 1, e))
			return -1;
	return 0;
}
