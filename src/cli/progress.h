#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdint.h>

#include "scrub/scrub.h"

/* One line on the terminal that is written over; nothing anywhere else. */
struct progress {
	bool is_shown;
	int64_t started_ms;
	int64_t shown_ms;
};

void progress_start(struct progress *p, bool is_quiet);
void progress_show(void *ctx, const struct scrub_progress *now);
void progress_end(struct progress *p);

#endif
