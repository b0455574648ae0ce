/* A filter of two bits a place: a wrong yes costs memory, a wrong no can't be. */
#include "drop/match_several.h"

enum { BITS_MIN = 1 << 20 };

static const uint64_t bits_max = (uint64_t)1 << 31;

void several_open(struct several *s, struct arena *a, uint64_t rows)
{
	s->bits = BITS_MIN;
	while (s->bits < 8 * rows && s->bits < bits_max)
		s->bits *= 2;
	s->once = arena_many(a, uint64_t, s->bits / 64);
	s->more = arena_many(a, uint64_t, s->bits / 64);
}

void several_note(struct several *s, struct who w)
{
	uint64_t at = w.h[0] & (s->bits - 1), bit = (uint64_t)1 << at % 64;

	if (__atomic_fetch_or(&s->once[at / 64], bit, __ATOMIC_RELAXED) & bit)
		__atomic_fetch_or(&s->more[at / 64], bit, __ATOMIC_RELAXED);
}

bool several_has(const struct several *s, struct who w)
{
	uint64_t at = w.h[0] & (s->bits - 1);

	return s->more[at / 64] >> at % 64 & 1;
}
