/*
 * What the contract with a vendor says, by the law's clauses (11 CCR 7051(a), 7053(a);
 * Civ. Code 1798.140(j)): without them a service provider is none, and what it gets
 * may be sold to it.
 */
#include "base/base.h"
#include "base/buf.h"
#include "connect/map_build.h"
#include "law/listed.h"

enum { CLAUSES_MAX = 16, WORDS_MAX = 200 };

/* "c1" to "c12", in the law's order. */
static size_t clauses(const struct listed *out[CLAUSES_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < listed_count(); i++) {
		if (listed_at(i)->list != LIST_CLAUSE_SERVICE)
			continue;
		must(n < CLAUSES_MAX);
		out[n++] = listed_at(i);
	}
	return n;
}

void map_read_contract(
	struct yaml_reader *r, const struct yaml_field *f, struct map_vendor *v)
{
	const struct listed *all[CLAUSES_MAX];
	str names[CLAUSES_MAX];
	size_t n = clauses(all);

	for (size_t i = 0; i < n; i++)
		names[i] = str_of(all[i]->code);
	v->contract = map_read_bits(r, f, names, n);
}

/* A row of third parties may join two clauses: "c7-c9". */
static bool is_in_row(str clause, str row)
{
	str first, second;

	if (!str_cut(row, '-', &first, &second))
		return str_eq(clause, row);
	return str_eq(clause, first) || str_eq(clause, second);
}

static bool is_of_third(str clause)
{
	for (size_t i = 0; i < listed_count(); i++)
		if (listed_at(i)->list == LIST_CLAUSE_THIRD &&
			is_in_row(clause, str_of(listed_at(i)->code)))
			return true;
	return false;
}

/* Only a contractor certifies that it understands: Civ. Code 1798.140(j). */
static bool is_needed(enum vendor_role role, const struct listed *l)
{
	if (role == ROLE_THIRD_PARTY)
		return is_of_third(str_of(l->code));
	return role == ROLE_CONTRACTOR || !str_eq(str_of(l->code), STR("c12"));
}

static bool has(const struct map_vendor *v, const struct listed *l, size_t i)
{
	return !is_needed(v->role, l) || v->contract & 1u << i;
}

bool map_contract_is_whole(const struct map_vendor *v)
{
	const struct listed *all[CLAUSES_MAX];
	size_t n = clauses(all), i = 0;

	while (i < n && has(v, all[i], i))
		i++;
	return i == n;
}

str map_contract_lacks(struct arena *a, const struct map_vendor *v)
{
	const struct listed *all[CLAUSES_MAX];
	size_t n = clauses(all);
	struct buf b = buf_in(a, WORDS_MAX);

	for (size_t i = 0; i < n; i++)
		if (!has(v, all[i], i))
			buf_fmt(&b, "%s%s", b.n ? ", " : "", all[i]->code);
	return buf_str(&b);
}
