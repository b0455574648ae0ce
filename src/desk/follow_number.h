#ifndef DESK_FOLLOW_NUMBER_H
#define DESK_FOLLOW_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/* Big-endian numbers of size bytes, up to 8.  Inside of desk/follow_*.c only. */

static inline void number_put(uint8_t *out, uint64_t v, size_t size)
{
	for (size_t i = size; i-- > 0; v >>= 8)
		out[i] = (uint8_t)v;
}

static inline uint64_t number_at(const uint8_t *p, size_t size)
{
	uint64_t v = 0;

	for (size_t i = 0; i < size; i++)
		v = v << 8 | p[i];
	return v;
}

#endif
