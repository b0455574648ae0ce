/*
 * The one next step of a case, from law/tbl/next_steps.h.
 */
#include "law/next.h"

#include "base/base.h"
#include "base/buf.h"

enum { RED_DAYS = 3, AMBER_DAYS = 7, SENTENCE_MAX = 400 };

static const unsigned ANY = ~0u;

static const char *const urgencies[] = { "", "amber", "red" };
static const char *const turns[] = { "staff", "consumer", "system", "vendor",
	"keeper", "nobody" };

static bool fits(const struct next_facts *f, unsigned flows, enum state state)
{
	return f->state == state && flows & 1u << kind_row(f->kind)->flow;
}

static enum urgency urgency_now(const struct next_facts *f)
{
	if (!f->has_due || !state_is_open(f->state))
		return URGENCY_NONE;
	return urgency_of(f->days_left);
}

struct next next_of(const struct next_facts *f)
{
	enum urgency urgency = urgency_now(f);

#define NEXT(code, flows, state, condition, sentence, detail, button, turn) \
	if (fits(f, flows, STATE_##state) && (condition))                   \
		return (struct next){ code, sentence, detail, button,       \
			TURN_##turn, urgency };
#include "law/tbl/next_steps.h"
	/* No row: the state is none of this flow's (t_law_next walks all). */
	bool has_next_step = false;

	must(has_next_step);
	return (struct next){ .urgency = urgency };
}

str next_sentence(struct arena *a, const struct next *n, str name)
{
	static const str mark = STR_INIT("{name}");
	str s = str_of(n->sentence);
	ptrdiff_t at = str_find(s, mark);
	struct buf b = buf_in(a, SENTENCE_MAX + name.n);

	if (at < 0)
		return s;
	buf_put(&b, str_head(s, (size_t)at));
	buf_put(&b, name);
	buf_put(&b, str_from(s, (size_t)at + mark.n));
	return buf_str(&b);
}

enum urgency urgency_of(int days_left)
{
	if (days_left <= RED_DAYS)
		return URGENCY_RED;
	return days_left <= AMBER_DAYS ? URGENCY_AMBER : URGENCY_NONE;
}

const char *urgency_code(enum urgency u)
{
	must((size_t)u < COUNTOF(urgencies));
	return urgencies[u];
}

const char *turn_code(enum turn t)
{
	must((size_t)t < COUNTOF(turns));
	return turns[t];
}
