#ifndef API_METER_H
#define API_METER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * How many calls an API key may still make: a bucket for each key, that holds
 * the calls of one minute and is filled evenly.  In this process alone, so that
 * a call costs no write; several web processes give each key that much more.
 *
 * There are METER_KEYS buckets.  When more keys than that are in use, the one
 * that was used longest ago starts anew, full: a key is never refused for what
 * another did.
 */
struct meter;

enum { METER_KEYS = 256, METER_MOST = 1000000000 };

struct meter_reading {
	bool is_ok;
	int64_t left;    /* calls that could be made at once */
	int64_t wait_s;  /* until there is one again; 0 when is_ok */
	int64_t reset_s; /* until the bucket is full */
};

struct meter *meter_new(struct arena *a);

/* Takes one call.  now_ms is monotonic; per_minute is 1 to METER_MOST. */
struct meter_reading meter_take(
	struct meter *m, int64_t key_id, int64_t per_minute, int64_t now_ms);

#endif
