#ifndef DESK_CHARGE_H
#define DESK_CHARGE_H

#include "desk/record.h"

/*
 * A reasonable fee for a request that is manifestly unfounded or excessive (Civ. Code
 * 1798.145(h)(3)): staff write down the estimate, its reason and what proves it, since
 * the burden of proof is the business's; a letter tells the first two, and the
 * requester accepts or declines on the page behind its link.  Until they accept, the
 * request can't be carried out; the time to answer runs on.
 */
enum charge_state {
	CHARGE_NONE,
	CHARGE_ASKED,
	CHARGE_ACCEPTED,
	CHARGE_DECLINED,
};

struct charge {
	enum charge_state state;
	str amount; /* "$45.00" */
	int64_t asked_at;
	int64_t answered_at;
	bool can; /* staff may ask for one now */
};
int charge_of(struct desk *d, const struct record *r, struct charge *out,
	struct err *e);

/* PERM_DECIDE.  1, or 0 when there is no such request. */
struct charge_page {
	str reference;
	struct charge charge;
	personal why;
	personal proof;
	struct date due_on;
	const char *citation;
};
int charge_page(
	struct desk *d, str reference, struct charge_page *out, struct err *e);

/* Asks for it, once; PERM_DECIDE.  Problems of the fields amount, why, proof. */
struct charge_ask {
	str amount; /* dollars: "45" or "45.50" */
	str why;    /* as the letter says it */
	str proof;  /* kept with the case */
};
int case_charge(struct desk *d, str reference, const struct charge_ask *in,
	struct problems *ps, struct err *e);

/* --- the requester's side, by the secret of the letter's link --- */

struct charge_offer {
	str reference;
	const char *what; /* "delete the personal information we hold ..." */
	str amount;
	struct date due_on;
	enum charge_state state;
	bool is_open; /* can still be answered */
};
/* 1, or 0 when the secret is none of ours. */
int charge_open(
	struct desk *d, str token, struct charge_offer *out, struct err *e);
/* ERR_NOT_FOUND as above; ERR_CONFLICT: answered, or the case went on. */
int charge_decide(struct desk *d, str token, bool accepts, struct err *e);

/* For whoever approves, in their transaction: is no fee waited for? */
int charge_narrow(struct desk *d, int64_t request_id, struct state_facts *facts,
	struct err *e);

#endif
