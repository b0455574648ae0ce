#ifndef DESK_CONTRACTS_H
#define DESK_CONTRACTS_H

#include "desk/desk.h"
#include "law/standing.h"

/*
 * What the data map says of the contracts with its vendors, against the clauses that
 * the law wants (11 CCR 7051(a), 7053(a)), of what each uses the data for (7050(a), (b))
 * and of the last look at it: without contract, or with advertising across businesses,
 * a company is no service provider, and what it gets may be a sale (7051(c)).  Who never
 * looks may not plead that it did not know (7051(e), 7053).
 */
struct contract_line {
	str title;
	str role; /* as the map calls it: "service provider" */
	const struct standing_row *standing; /* what it is under the law */
	bool is_in_doubt;                    /* another than the map says */
	str lacks;                           /* "c2, c7"; empty: nothing */
	bool is_said; /* the map says something of the contract */
	str uses;     /* "contract, security"; empty: nobody said */
	str looked;   /* "May 1, 2026"; empty: never */
	str look_by;  /* the next look; of one that was looked at */
	bool is_look_late;
};
struct contract_lines {
	struct contract_line *at;
	size_t n;
	size_t lacking;
	size_t in_doubt;
	size_t unlooked; /* never, or more than a year ago */
};

/* For who may see the queue; a map that can't be read has no lines. */
int contracts_load(struct desk *d, struct contract_lines *out, struct err *e);

/* The companies that are not what the data map calls them: a case in which one was told
 * is not complete by its answer.  While the map can't be read every company is one. */
struct contract_doubt {
	str vendor; /* its name in the map */
	str told;   /* "It has no contract with ... (11 CCR 7051(c))" */
};
struct contract_doubts {
	struct contract_doubt *at;
	size_t n;
	bool is_unreadable;
};
struct contract_doubts contracts_in_doubt(struct desk *d);
/* NULL: it is what the map calls it. */
const struct contract_doubt *contract_doubt_of(
	const struct contract_doubts *all, str vendor);

/* May personal information go to this company?  A name like "vendor:mailharbor": the
 * use that this is, what of, and the purpose that the map has for it.  1, or 0 when the
 * name is of no such form.  ERR_NOT_FOUND. */
struct notice_use;
int contract_asked(
	struct desk *d, str name, struct notice_use *out, struct err *e);

#endif
