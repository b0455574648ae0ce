#include "law/screen.h"

#include "base/base.h"

static const struct {
	const char *code;
	unsigned forbids;
	const char *sentence;
} rows[SCREENS] = {
#define SCREEN(NAME, code, forbids, sentence) { code, forbids, sentence },
#include "law/tbl/screens.h"
};

const char *screen_code(enum screen s)
{
	must((size_t)s < COUNTOF(rows));
	return rows[s].code;
}

const char *screen_sentence(enum screen s)
{
	must((size_t)s < COUNTOF(rows));
	return rows[s].sentence;
}

static bool are_known(uint32_t reasons)
{
	for (size_t i = 0; i < reason_count(); i++)
		reasons &= ~(uint32_t)reason_at(i)->reason;
	return !reasons;
}

enum screen screen_of(uint32_t reasons)
{
	unsigned forbidden = reasons_forbid(reasons);
	enum screen s = SCREENS - 1;

	if (!are_known(reasons))
		return SCREEN_BLOCKED;
	while (s != SCREEN_CLEAR && !(rows[s].forbids & forbidden))
		s--;
	return s;
}
