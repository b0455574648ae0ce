#ifndef DESK_CONTRACTS_H
#define DESK_CONTRACTS_H

#include "desk/desk.h"

/*
 * What the data map says of the contracts with its vendors, against the clauses that
 * the law wants (11 CCR 7051(a), 7053(a)): without them what a company gets may be a
 * sale (7051(c)).
 */
struct contract_line {
	str title;
	str role;     /* "service provider" */
	str lacks;    /* "c2, c7"; empty: nothing */
	bool is_said; /* the map says something of the contract */
};
struct contract_lines {
	struct contract_line *at;
	size_t n;
	size_t lacking;
};

/* For who may see the queue; a map that can't be read has no lines. */
int contracts_load(struct desk *d, struct contract_lines *out, struct err *e);

#endif
