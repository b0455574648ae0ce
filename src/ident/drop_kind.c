/* The kinds of the State's hashes: names, numbers of parts, and which rule. */
#include "ident/drop_kind.h"

#include "base/base.h"

static const struct drop_kind kinds[] = {
#define DROP_KIND(name, kind) { name, kind },
#include "ident/tbl/drop_kinds.h"
};

const struct drop_kind *drop_kind_at(size_t i)
{
	return i < COUNTOF(kinds) ? &kinds[i] : NULL;
}

const struct drop_kind *drop_kind_named(str name)
{
	for (size_t i = 0; i < COUNTOF(kinds); i++)
		if (str_eq(name, str_of(kinds[i].name)))
			return &kinds[i];
	return NULL;
}

size_t drop_kind_parts(const struct drop_kind *k)
{
	str names[IDENT_PARTS_MAX];
	size_t n =
		k->kind == IDENT_KINDS ? 0 : ident_kind_parts(k->kind, names);

	return n ? n : 1;
}

enum ident_fault drop_kind_read(
	struct ident *out, const struct drop_kind *k, const str *part, size_t n)
{
	*out = (struct ident){ .kind = k->kind };
	if (n != drop_kind_parts(k))
		return IDENT_FAULT_PARTS;
	if (n > 1)
		return ident_read_parts(
			out, IDENT_DROP_1_2_0, k->kind, part, n);
	if (k->kind == IDENT_KINDS)
		return ident_read_part(out, str_of(k->name), part[0]);
	return ident_read(out, IDENT_DROP_1_2_0, k->kind, part[0]);
}
