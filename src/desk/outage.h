#ifndef DESK_OUTAGE_H
#define DESK_OUTAGE_H

#include "desk/desk.h"
#include "desk/install.h"

/*
 * What the outside look (public.h) finds when it runs by itself: since when people are
 * not served, who was told, and when it was over.  A form that leads nowhere is a fault
 * of its own (11 CCR 7004(a)(5)), and one that nobody notices lasts.  Only the look is
 * kept: no page that people opened, and nothing of who opened it.
 */
struct outage {
	int64_t from_at; /* the look that found it first */
	int64_t last_at; /* the last that found it */
	int64_t told_at; /* 0: nobody was told yet */
	str checks;      /* "opt-out, mail" */
	str problem;     /* a line each */
};

/* 1, and the one that goes on; 0 when all is well, nobody looks, or only one look found
 * something: that may be a restart. */
int outage_open(struct desk *d, struct outage *out, struct err *e);

/*
 * Looks once, stores and tells what there is to tell: who holds the role officer, else
 * the owners, by mail when two looks found something and it has lasted for
 * LIMIT_OUTAGE_MINUTES, and again each LIMIT_OUTAGE_AGAIN_HOURS.  A letter that no
 * server takes is tried at the next look.
 * *again_ms: until then; 0 when there is no public address to look at, and what went on
 * is over.  A run that is killed between letter and record tells once more.
 */
int outage_step(struct desk *d, const struct install *in, int64_t *again_ms,
	struct err *e);

#endif
