/*
 * Reading a header and a map.  What is wrong with them is said before the first
 * row is read, and nothing is guessed.
 */
#include "drop/match_plan.h"

#include <string.h>

#include "base/base.h"
#include "drop/keys.h"
#include "scrub/plan.h"

static int add_column(
	struct match_plan *p, uint16_t column, enum role role, struct err *e)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].column == column && p->at[i].role == role)
			return 0;
	if (p->n == MATCH_COLUMNS_MAX)
		return err_set(e, ERR_LIMIT, "more than %d columns to match",
			MATCH_COLUMNS_MAX);
	p->at[p->n].column = column;
	p->at[p->n++].role = (uint8_t)role;
	p->roles |= 1u << role;
	return 0;
}

static int unknown_role(str what, struct err *e)
{
	err_set(e, ERR_USAGE, "unknown role \"%.*s\"",
		STR_ARG(str_head(what, 40)));
	return err_hint(e, "roles are first, last, dob, zip, vin, email, "
			   "phone, maid, ctvid and person");
}

static int map_one(struct match_plan *p, const struct plan_names *names,
	str one, struct err *e)
{
	enum role role = ROLES;
	uint16_t at = 0;
	str what, column;

	if (!str_cut(one, '=', &what, &column))
		return err_set(
			e, ERR_USAGE, "a map is \"ROLE=COLUMN,ROLE=COLUMN\"");
	what = str_trim(what);
	if (!str_eq_nocase(what, STR("person")) && !role_read(what, &role))
		return unknown_role(what, e);
	if (plan_column_named(names, str_trim(column), &at, e))
		return -1;
	if (!str_eq_nocase(what, STR("person")))
		return add_column(p, at, role, e);
	if (p->person != MATCH_NO_COLUMN)
		return err_set(e, ERR_USAGE, "two columns for the person");
	p->person = at;
	return 0;
}

static int map_given(struct match_plan *p, const struct plan_names *names,
	str map, struct err *e)
{
	str one;

	while (str_next(&map, ',', &one))
		if (map_one(p, names, one, e))
			return -1;
	return 0;
}

static bool usual_role(str name, enum role *out)
{
	static const struct {
		str name;
		enum role role;
	} usual[] = {
#define DROP_HEADER(name, role) { STR_INIT(name), role },
#include "drop/tbl/headers.h"
	};
	char text[PLAN_NAME_MAX];
	str bare = plan_bare_name(name, text);
	enum ident_kind kind;

	for (size_t i = 0; i < COUNTOF(usual); i++)
		if (str_eq(usual[i].name, bare)) {
			*out = usual[i].role;
			return true;
		}
	if (!plan_usual_kind(name, &kind))
		return false;
	/* The kinds of ident/ and the roles have the same names. */
	return role_read(str_of(ident_kind_name(kind)), out);
}

static bool is_full_name(str name)
{
	static const str usual[] = { STR_INIT("name"), STR_INIT("fullname"),
		STR_INIT("customername"), STR_INIT("contactname") };
	char text[PLAN_NAME_MAX];
	str bare = plan_bare_name(name, text);

	for (size_t i = 0; i < COUNTOF(usual); i++)
		if (str_eq(usual[i], bare))
			return true;
	return false;
}

static int map_usual(
	struct match_plan *p, const struct plan_names *names, struct err *e)
{
	for (size_t i = 0; i < names->n; i++) {
		enum role role = ROLES;

		if (usual_role(names->at[i], &role) &&
			add_column(p, (uint16_t)i, role, e))
			return -1;
	}
	return 0;
}

/* A first row that is somebody is no header: that person would pass. */
static int check_header(const struct match_plan *p,
	const struct plan_names *names, struct err *e)
{
	for (size_t i = 0; i < p->n; i++) {
		enum role role = (enum role)p->at[i].role;
		uint8_t digest[SHA256_SIZE];
		enum ident_kind kind;

		if (role < ROLE_PARTS)
			continue;
		kind = drop_list_kind(role_list(role));
		if (ident_digest_of(IDENT_TOYON_1, kind,
			    names->at[p->at[i].column], digest))
			continue;
		/* "connected tv" is as good an ID as any. */
		if (kind == IDENT_CTVID)
			continue;
		err_set(e, ERR_INVALID,
			"line 1: the first row is no header: column %d reads "
			"as %s",
			p->at[i].column + 1, ident_kind_title(kind));
		return err_hint(e, "put a row of column names in front");
	}
	return 0;
}

int match_plan_read(struct arena *a, struct match_plan *p, str header, str map,
	struct err *e)
{
	struct plan_names names;

	*p = (struct match_plan){ .person = MATCH_NO_COLUMN };
	p->sep = plan_separator(header);
	if (plan_names_read(a, header, p->sep, &names, e))
		return -1;
	p->columns = names.n;
	for (size_t i = 0; i < names.n; i++)
		p->has_full_name |= is_full_name(names.at[i]);
	if (map.n ? map_given(p, &names, map, e) : map_usual(p, &names, e))
		return -1;
	if (keys_lists_of(p->roles))
		return check_header(p, &names, e);
	err_set(e, ERR_INVALID,
		"no columns that a list of the State could be matched with");
	return err_hint(e, "name them: --map "
			   "email=COLUMN,first=COLUMN,last=COLUMN,...");
}
