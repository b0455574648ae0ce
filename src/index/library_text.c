/* The words of libtoyon: reasons, problems, values standardized and hashed. */
#include <toyon.h>

#include <string.h>

#include "base/version.h"
#include "ident/cell.h"
#include "ident/drop_kind.h"
#include "law/reason.h"

size_t toyon_reasons(int64_t answer, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; answer > 0 && i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);
		str code = str_of(row->code);

		if (!(answer & row->reason))
			continue;
		for (size_t j = 0; j <= code.n; j++) {
			char c = j ? code.p[j - 1] : ',';

			if (j == 0 && n == 0)
				continue;
			if (n + 1 < size)
				out[n] = c;
			n++;
		}
	}
	if (size)
		out[n < size ? n : size - 1] = '\0';
	return n;
}

int toyon_standardize(const char *kind, const char *value, size_t size,
	char out[TOYON_TEXT_SIZE])
{
	enum ident_kind k;
	struct ident id;

	_Static_assert((int)TOYON_TEXT_SIZE == (int)IDENT_TEXT_MAX, "the same");
	if (!ident_kind_read(str_of(kind), &k))
		return TOYON_UNKNOWN_KIND;
	if (ident_read(&id, IDENT_TOYON_1, k, (str){ value, size }))
		return TOYON_UNREADABLE;
	memcpy(out, id.text, id.n);
	return (int)id.n;
}

/* Nearly all addresses and numbers, for which both profiles give one text. */
static bool hash_usual(
	enum ident_kind kind, str value, uint8_t out[SHA256_SIZE])
{
	uint8_t block[SHA256_BLOCK];

	if (kind == IDENT_KINDS || cell_way(CPU_PORTABLE, kind)(value.p,
					   value.n, block) != CELL_READY)
		return false;
	sha256_blocks(CPU_PORTABLE, block, 1, out);
	return true;
}

int toyon_drop_hash(const char *kind, const char *const *part,
	const size_t *size, size_t n, unsigned char out[TOYON_DIGEST_SIZE])
{
	const struct drop_kind *k = drop_kind_named(str_of(kind));
	str value[IDENT_PARTS_MAX];
	struct ident id;

	_Static_assert((int)TOYON_DIGEST_SIZE == (int)SHA256_SIZE, "the same");
	if (!k)
		return TOYON_UNKNOWN_KIND;
	if (n != drop_kind_parts(k))
		return TOYON_WRONG_PARTS;
	for (size_t i = 0; i < n; i++)
		value[i] = (str){ part[i], size[i] };
	if (n == 1 && hash_usual(k->kind, value[0], out))
		return 0;
	if (drop_kind_read(&id, k, value, n))
		return TOYON_UNREADABLE;
	ident_digest(&id, out);
	return 0;
}

const char *toyon_problem(int64_t answer)
{
	if (answer == TOYON_WRONG_PARTS)
		return "the kind has another number of parts";
	if (answer == TOYON_UNKNOWN_KIND)
		return "there is no such kind of identifier";
	if (answer < 0)
		return "the value is no identifier of its kind";
	return "";
}

const char *toyon_version(void)
{
	return TOYON_VERSION;
}
