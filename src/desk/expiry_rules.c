#include "desk/expiry_rules.h"

#include "base/enc.h"
#include "ident/sha256.h"

_Static_assert(MAP_SYSTEMS_MAX <= 64, "a bit for each system");

/* Systems that keys of this one lead to, or that lead to it. */
static uint64_t neighbours(const struct map *m, size_t system)
{
	uint64_t out = 0;

	for (size_t s = 0; s < m->systems_n; s++)
		for (size_t t = 0; t < m->systems[s].tables_n; t++)
			for (size_t i = 0;
				i < m->systems[s].tables[t].crosses_n; i++) {
				size_t to = m->systems[s]
						    .tables[t]
						    .crosses[i]
						    .system;

				if (s == system)
					out |= (uint64_t)1 << to;
				if (to == system)
					out |= (uint64_t)1 << s;
			}
	return out;
}

static uint64_t connected(const uint64_t *next, size_t n, size_t system)
{
	uint64_t all = (uint64_t)1 << system, was = 0;

	while (all != was) {
		was = all;
		for (size_t i = 0; i < n; i++)
			all |= was >> i & 1 ? next[i] : 0;
	}
	return all;
}

/* What is said of one that stands alone is as it was. */
static str rules_of(
	struct arena *a, const struct map *m, uint64_t all, size_t system)
{
	struct buf b = buf_in(a, 1 << 20);
	uint8_t digest[SHA256_SIZE];

	if (all == (uint64_t)1 << system)
		return m->systems[system].said;
	for (size_t i = 0; i < m->systems_n; i++)
		if (all >> i & 1)
			buf_fmt(&b, "%.*s\n", STR_ARG(m->systems[i].said));
	must(buf_ok(&b));
	sha256(buf_str(&b), digest);
	return hex_of(a, (const char *)digest, SHA256_SIZE);
}

int expiry_map(struct desk *d, struct map *out, struct err *e)
{
	uint64_t next[MAP_SYSTEMS_MAX];
	str rules[MAP_SYSTEMS_MAX];

	if (map_read(d->arena, d->data_map, out, e))
		return -1;
	for (size_t i = 0; i < out->systems_n; i++)
		next[i] = neighbours(out, i);
	for (size_t i = 0; i < out->systems_n; i++)
		rules[i] = rules_of(
			d->arena, out, connected(next, out->systems_n, i), i);
	for (size_t i = 0; i < out->systems_n; i++)
		out->systems[i].said = rules[i];
	return 0;
}
