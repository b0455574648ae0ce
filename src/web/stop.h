#ifndef WEB_STOP_H
#define WEB_STOP_H

#include "desk/automated.h"
#include "law/kind.h"
#include "web/page.h"

/*
 * "/limit", "/opt-out-admt" and their /done: one page, one identifier, one button, in
 * force when it is answered.  Nobody is asked who they are (11 CCR 7060(b)).
 */
struct stop_words {
	enum kind kind;
	const char *title;
	const char *offer; /* its title on the start page */
	const char *lead;
	const char *button;
	const char *done_title;
	const char *done_text;
	const char *again; /* what nobody is asked for 12 months */
};

/* NULL for a kind that has no such page. */
const struct stop_words *stop_words_of(enum kind kind);

/* Field: id. */
struct stop_view {
	struct page page;
	const struct stop_words *words;
	const char *path; /* "limit" */
	/* What goes on whatever is chosen, and why: 11 CCR 7221(b). */
	struct automated_kept_list kept;
	personal id; /* as typed, when it was not taken */
	struct problems problems;
};

struct stop_done_view {
	struct page page;
	const struct stop_words *words;
	str reference; /* "K7QF-2M9X" */
	struct automated_kept_list kept;
	str when; /* "November 21, 2026, 1:04 p.m." */
};

#endif
