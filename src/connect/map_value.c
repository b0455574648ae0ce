/*
 * Values that stand in several places of the map's file: a kind of identifier,
 * a name, a category, what a consumer is told of data.
 */
#include "base/base.h"
#include "connect/map_build.h"

static const str category_names[] = {
#define CATEGORY(letter, ...) STR_INIT(#letter),
#include "law/tbl/categories.h"
};

/*
 * Kinds that one column can hold by itself.  A composite (a name with a ZIP
 * code) needs several, and no column identifies with it alone.
 */
struct kinds {
	str names[IDENT_KINDS];
	enum ident_kind of[IDENT_KINDS];
	size_t n;
};

static struct kinds single_kinds(void)
{
	struct kinds k = { .n = 0 };
	str parts[IDENT_PARTS_MAX];

	for (size_t i = 0; i < IDENT_KINDS; i++) {
		enum ident_kind kind = (enum ident_kind)i;

		if (ident_kind_parts(kind, parts))
			continue;
		k.names[k.n] = str_of(ident_kind_name(kind));
		k.of[k.n++] = kind;
	}
	return k;
}

bool map_read_kind(
	struct yaml_reader *r, const struct yaml_field *f, enum ident_kind *out)
{
	struct kinds k = single_kinds();
	int word = yaml_word(r, f, k.names, k.n);

	if (word >= 0)
		*out = k.of[word];
	return word >= 0;
}

void map_read_name(struct yaml_reader *r, const struct yaml_field *f, str *out)
{
	str s = { 0 };
	bool ok = true;

	yaml_text(r, f, 60, &s);
	for (size_t i = 0; i < s.n; i++)
		ok = ok && ((s.p[i] >= 'a' && s.p[i] <= 'z') ||
				   (s.p[i] >= '0' && s.p[i] <= '9') ||
				   s.p[i] == '_' || s.p[i] == '-');
	*out = s;
	if (!ok)
		yaml_problem(r, yaml_line(f->value),
			STR("a name here is made of a-z, 0-9, \"_\" and \"-\""),
			STR("how it is called for people stands in \"title\""));
}

void map_read_about(struct yaml_reader *r, const struct yaml_field *f,
	struct map_about *out)
{
	yaml_text(r, &f[ABOUT_PURPOSE], 2 * MAP_NAME_MAX, &out->purpose);
	yaml_text(r, &f[ABOUT_SOURCE], 2 * MAP_NAME_MAX, &out->source);
	yaml_text(r, &f[ABOUT_RETENTION], 2 * MAP_NAME_MAX, &out->retention);
}

unsigned map_read_bits(struct yaml_reader *r, const struct yaml_field *f,
	const str *names, size_t names_n)
{
	size_t n = f->value ? yaml_items(r, f->value, names_n, f->key) : 0;
	unsigned bits = 0;

	for (size_t i = 0; i < n; i++) {
		struct yaml_field one = { f->key, true,
			yaml_item(r, f->value, i) };
		int word = yaml_word(r, &one, names, names_n);

		bits |= word < 0 ? 0 : 1u << word;
	}
	return bits;
}

char map_read_category(struct yaml_reader *r, const struct yaml_field *f)
{
	int word = yaml_word(r, f, category_names, COUNTOF(category_names));

	return word < 0 ? '\0' : category_names[word].p[0];
}

unsigned map_read_categories(struct yaml_reader *r, const struct yaml_field *f)
{
	return map_read_bits(r, f, category_names, COUNTOF(category_names));
}

void map_refuse(struct yaml_reader *r, const char *why, const char *hint,
	const struct yaml_field *f)
{
	if (f->value)
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena, "\"%s\" %s", f->key, why),
			str_of(hint));
}
