#ifndef WEB_OPT_OUT_DONE_H
#define WEB_OPT_OUT_DONE_H

#include "web/page.h"

/*
 * "/opt-out/done": the opt-out is in force when this is shown.  It says so in
 * the law's words, gives a reference to check it by (11 CCR 7026(g)), and what
 * still follows from it.
 */
struct opt_out_done_view {
	struct page page;
	str reference;      /* "K7QF-2M9X" */
	str when;           /* "November 21, 2026, 1:04 p.m." */
	bool is_identified; /* records under an email or phone too */
	str told_by;        /* last day for those told: "December 11, 2026" */
};

#endif
