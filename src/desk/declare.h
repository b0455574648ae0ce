#ifndef DESK_DECLARE_H
#define DESK_DECLARE_H

#include "desk/record.h"

/*
 * The declaration under penalty of perjury, where only the search shows that it takes
 * one (11 CCR 7062(d)): a form to delete or to correct can't know that what is held is
 * sensitive, so it asks for none.  Staff ask by letter, and the requester signs on the
 * page of the request, behind a fresh code.
 *
 * Asked for is what would verify the request, and nothing that would not: with too few
 * details a declaration changes nothing.  Of whom an authorized agent asks for, the
 * consumer signs, and only where the agent showed a signed permission; a parent, who
 * signed a form of their own, is asked for nothing here.
 *
 * Who is written to on paper gets it at the end of the letter, signs it there, and sends it
 * back; staff write down that it came.
 */
struct declaration {
	bool can;           /* staff may ask for it now */
	bool can_record;    /* it may come back on paper: case_declared() */
	bool is_waited_for; /* asked for, and what the request lacks */
	int64_t asked_at;   /* last; 0: never */
	int64_t signed_at;
};
int declaration_of(struct desk *d, const struct record *r,
	struct declaration *out, struct err *e);

/* Can it be signed now? */
bool declaration_is_open(const struct record *r, const struct declaration *x);

/*
 * Sends the letter; PERM_DECIDE.  ERR_CONFLICT where it is not what the case lacks, or
 * nobody can be asked; ERR_TOO_MANY within LIMIT_DECLARATION_AGAIN_HOURS of the last.
 */
int case_ask_declaration(struct desk *d, str reference, struct err *e);

/*
 * It came back, signed on paper: PERM_INTAKE.  As on the page it counts as signed on the
 * day that stands on it ("2026-11-21"), which is not before the request and not in the
 * future; who wrote it down stands in the trail.  Problems of the fields signed_by and
 * signed_on; ERR_CONFLICT: none is out on paper.
 */
struct declared {
	personal signed_by;
	str signed_on;
};
int case_declared(struct desk *d, str reference, const struct declared *in,
	struct problems *ps, struct err *e);

/* --- the requester's side, by the number of the request --- */

enum declare_state {
	DECLARE_OPEN,
	DECLARE_SIGNED,
	DECLARE_OVER,     /* the request went on without it */
	DECLARE_ON_PAPER, /* no code can be sent to them */
};

/* Nothing personal: whoever has the number may read it. */
struct declare_page {
	str reference;
	const char *what; /* "delete the personal information we hold ..." */
	struct date due_on;
	struct date signed_on;
	enum declare_state state;
	bool is_by_sms; /* the code comes as a text message */
};
/* 1; 0: there is no such request, or no declaration was asked for. */
int declare_page(
	struct desk *d, str reference, struct declare_page *out, struct err *e);

int declare_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e);

/* Problems of the fields declared, signed_by and code: then nothing is signed, and
 * without the first two no try of the code is used up.  ERR_NOT_FOUND: it can't be signed,
 * or not any more. */
struct declare_in {
	str code;
	str declared; /* "yes" */
	personal signed_by;
};
int declare_sign(struct desk *d, str reference, const struct declare_in *in,
	struct problems *ps, struct err *e);

#endif
