/*
 * Why a person is suppressed, from law/tbl/reasons.h.
 */
#include "law/reason.h"

#include "base/base.h"
#include "base/buf.h"

enum { LIST_MAX = 256 };

static const struct reason_row rows[] = {
#define REASON(bit, name, code, title, sentence, forbids, citation, valid) \
	{ REASON_##name, code, title, sentence, forbids, citation, valid },
#include "law/tbl/reasons.h"
};

_Static_assert(REASON_LOCK_8 == 1 << (REASON_LOCK_FIRST + REASON_LOCKS_MAX - 1),
	"the locks are the rows behind bit 15");

size_t reason_count(void)
{
	return COUNTOF(rows);
}

const struct reason_row *reason_at(size_t i)
{
	must(i < COUNTOF(rows));
	return &rows[i];
}

uint32_t reason_of(str code)
{
	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(code, str_of(rows[i].code)))
			return (uint32_t)rows[i].reason;
	return 0;
}

const struct reason_row *reason_row(enum reason reason)
{
	size_t i = 0;

	while (reason_at(i)->reason != reason)
		i++;
	return reason_at(i);
}

unsigned reasons_forbid(uint32_t r)
{
	unsigned forbids = 0;

	for (size_t i = 0; r && i < COUNTOF(rows); i++)
		if (r & rows[i].reason)
			forbids |= rows[i].forbids;
	return forbids;
}

str reasons_list(struct arena *a, uint32_t r)
{
	struct buf b = buf_in(a, LIST_MAX);

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		if (!(r & rows[i].reason))
			continue;
		if (b.n)
			buf_putc(&b, ',');
		buf_puts(&b, rows[i].code);
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

bool reasons_parse(str list, uint32_t *out)
{
	uint32_t r = 0;
	str code;

	while (str_next(&list, ',', &code)) {
		uint32_t one = reason_of(str_trim(code));

		if (!one)
			return false;
		r |= one;
	}
	*out = r;
	return true;
}
