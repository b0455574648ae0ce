/* The words of libtoyon: reasons, problems, standardized values. */
#include <toyon.h>

#include <string.h>

#include "base/version.h"
#include "ident/ident.h"
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

const char *toyon_problem(int64_t answer)
{
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
