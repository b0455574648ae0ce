/* How far a scrub has come: share, rows, rate, time left. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

enum { EVERY_MS = 200 };

void progress_start(struct progress *p, bool is_quiet)
{
	*p = (struct progress){
		.is_shown = !is_quiet && isatty(STDERR_FILENO),
		.started_ms = clock_mono_ms(),
	};
	p->shown_ms = p->started_ms; /* what is quick needs no bar */
}

void progress_show(void *ctx, const struct scrub_progress *now)
{
	struct progress *p = ctx;
	int64_t at = clock_mono_ms();
	double s = (double)(at - p->started_ms) / 1000;
	double share = 0;

	if (!p->is_shown || at - p->shown_ms < EVERY_MS)
		return;
	p->shown_ms = at;
	if (now->bytes_total)
		share = (double)now->bytes_in / (double)now->bytes_total;
	fprintf(stderr, "\r%11llu rows  %6.2f M/s",
		(unsigned long long)now->rows, (double)now->rows / s / 1e6);
	if (share > 0.01)
		fprintf(stderr, "  %3.0f %%  %.0f s left ", share * 100,
			s / share - s);
	fflush(stderr);
}

void progress_end(struct progress *p)
{
	if (p->is_shown)
		fprintf(stderr, "\r%60s\r", "");
}
