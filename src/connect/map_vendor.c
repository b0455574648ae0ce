/*
 * A vendor of the map's file: who was given what, as what, and what for.
 */
#include "base/base.h"
#include "connect/map_build.h"

static const str role_names[] = {
#define VENDOR_ROLE(NAME, name, title) STR_INIT(#name),
#include "connect/tbl/vendor_roles.h"
};

static const str disclosed_names[] = {
#define DISCLOSED(NAME, name, title) STR_INIT(#name),
#include "connect/tbl/disclosed.h"
};

static const str sensitive_use_names[] = {
#define SENSITIVE_USE(NAME, name, title) STR_INIT(#name),
#include "connect/tbl/sensitive_uses.h"
};

static void read_receives(
	struct yaml_reader *r, yaml_node_t *list, struct map_vendor *v)
{
	size_t n = list ? yaml_items(r, list, IDENT_KINDS, "receives") : 0;

	v->receives = arena_many(r->arena, enum ident_kind, n);
	for (size_t i = 0; i < n; i++) {
		struct yaml_field f = { "receives", true,
			yaml_item(r, list, i) };

		if (map_read_kind(r, &f, &v->receives[v->receives_n]))
			v->receives_n++;
	}
}

/*
 * For what it gets data, and which: 11 CCR 7024(j) to (l).  Who got an email
 * address got an identifier, category A.  What a third party gets is taken for
 * sold unless the map says otherwise (Civ. Code 1798.140(ad)); what a service
 * provider or a contractor gets is not sold to it (1798.140(j), (ag)), but shared with
 * it where it advertises across businesses (1798.140(ah); 11 CCR 7050(b)).
 */
enum {
	GETS_AS,
	GETS_PARTY,
	GETS_CATEGORIES,
	GETS_PURPOSE,
	GETS_BY_LIST,
	GETS_SENSITIVE
};
#define GETS_FIELDS(at)                                                   \
	[(at) + GETS_AS] = { "disclosed_as", false, NULL },               \
		[(at) + GETS_PARTY] = { "party", false, NULL },           \
		[(at) + GETS_CATEGORIES] = { "categories", false, NULL }, \
		[(at) + GETS_PURPOSE] = { "purpose", false, NULL },       \
		[(at) + GETS_BY_LIST] = { "by_list", false, NULL },       \
		[(at) + GETS_SENSITIVE] = { "sensitive_use", false, NULL }

/* Each flow says which categories it is. */
static bool lists_flows(const struct map_vendor *v)
{
	size_t i = 0;

	while (i < v->flows_n && v->flows[i].categories)
		i++;
	return v->flows_n && i == v->flows_n;
}

/*
 * Whom a limit reaches (11 CCR 7027(g)).  A map that lists what a company gets, and
 * not L, says that it gets nothing sensitive; one that is silent says nothing.
 */
static void read_sensitive(
	struct yaml_reader *r, const struct yaml_field *f, struct map_vendor *v)
{
	int word = yaml_word(r, &f[GETS_SENSITIVE], sensitive_use_names,
		COUNTOF(sensitive_use_names));
	bool is_listed = f[GETS_CATEGORIES].value || lists_flows(v);
	bool has_any = v->categories & MAP_CATEGORY_BIT('L');

	v->sensitive_use = word >= 0               ? (enum sensitive_use)word
			   : is_listed && !has_any ? SENSITIVE_NONE
						   : SENSITIVE_OTHER;
	if (has_any && v->sensitive_use == SENSITIVE_NONE)
		yaml_problem(r, yaml_line(f[GETS_SENSITIVE].value),
			STR("who gets category L gets sensitive information"),
			STR("say \"permitted\" or \"other\", or leave L "
			    "out of its categories"));
}

static void read_gets(
	struct yaml_reader *r, const struct yaml_field *f, struct map_vendor *v)
{
	int word = yaml_word(
		r, &f[GETS_AS], disclosed_names, COUNTOF(disclosed_names));
	bool is_third = v->role == ROLE_THIRD_PARTY;

	v->disclosed_as = word >= 0       ? (enum disclosed_as)word
			  : v->advertises ? DISCLOSED_SHARED
			  : is_third      ? DISCLOSED_SOLD
					  : DISCLOSED_BUSINESS_PURPOSE;
	if (v->advertises && v->disclosed_as == DISCLOSED_BUSINESS_PURPOSE)
		yaml_problem(r, yaml_line(f[GETS_AS].value),
			STR("what a vendor advertises with across businesses is "
			    "shared with it"),
			STR("say \"shared\" or \"sold\" (11 CCR 7050(b))"));
	if (!is_third && !v->advertises &&
		v->disclosed_as != DISCLOSED_BUSINESS_PURPOSE)
		yaml_problem(r, yaml_line(f[GETS_AS].value),
			arena_fmt(r->arena,
				"what a %s gets is not sold or shared",
				vendor_role_title(v->role)),
			STR("who buys data, or gets it for advertising across "
			    "sites, is a third_party"));
	v->party = str_of(vendor_role_title(v->role));
	yaml_text(r, &f[GETS_PARTY], MAP_NAME_MAX, &v->party);
	v->categories |= map_read_categories(r, &f[GETS_CATEGORIES]);
	if (v->receives_n)
		v->categories |= MAP_CATEGORY_BIT('A');
	yaml_text(r, &f[GETS_PURPOSE], 2 * MAP_NAME_MAX, &v->purpose);
	yaml_bool(r, &f[GETS_BY_LIST], &v->by_list);
	read_sensitive(r, f, v);
}

void map_read_vendor(
	struct yaml_reader *r, yaml_node_t *node, struct map_vendor *v)
{
	enum {
		NAME,
		TITLE,
		ROLE,
		EMAIL,
		DAYS,
		RECEIVES,
		CONTRACT,
		FLOWS,
		LOOKED,
		GETS
	};
	struct yaml_field f[] = {
		[NAME] = { "name", true, NULL },
		[TITLE] = { "title", false, NULL },
		[ROLE] = { "role", true, NULL },
		[EMAIL] = { "email", true, NULL },
		[DAYS] = { "days", true, NULL },
		[RECEIVES] = { "receives", true, NULL },
		[CONTRACT] = { "contract", false, NULL },
		[FLOWS] = { "flows", false, NULL },
		[LOOKED] = { "looked_on", false, NULL },
		GETS_FIELDS(GETS),
	};
	int word;

	v->line = yaml_line(node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a vendor"))
		return;
	map_read_name(r, &f[NAME], &v->name);
	v->title = v->name;
	yaml_text(r, &f[TITLE], MAP_NAME_MAX, &v->title);
	word = yaml_word(r, &f[ROLE], role_names, COUNTOF(role_names));
	v->role = word < 0 ? ROLE_SERVICE_PROVIDER : (enum vendor_role)word;
	yaml_text(r, &f[EMAIL], 320, &v->email);
	if (v->email.n && !map_is_email(v->email))
		yaml_problem(r, yaml_line(f[EMAIL].value),
			STR("\"email\" is no email address"),
			STR("write it as privacy@company.example"));
	yaml_int(r, &f[DAYS], VENDOR_DAYS_MAX, &v->days);
	read_receives(r, f[RECEIVES].value, v);
	map_read_contract(r, &f[CONTRACT], v);
	map_read_flows(r, &f[FLOWS], v);
	map_read_look(r, &f[LOOKED], v);
	read_gets(r, &f[GETS], v);
}
