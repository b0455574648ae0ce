#ifndef LAW_NEXT_H
#define LAW_NEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "law/kind.h"
#include "law/proof.h"
#include "law/state.h"

/*
 * Each open case has exactly one next step, with one button.  Pure: counts and
 * days in, words out.
 */
struct next_facts {
	enum kind kind;
	enum state state;
	int systems_open;        /* not yet done */
	int systems_unreachable; /* of these, the last try failed */
	int systems_refusing;    /* of these, by what no new try mends */
	int keepers_open;        /* of these, a person was asked to do it */
	int keepers_late;        /* of these, past their day */
	int vendors_open;        /* told or to be told, not confirmed */
	int vendors_untold;      /* of these, not told yet */
	int vendors_refused;     /* of these, the notice can't reach them */
	int vendors_late;        /* of these, past their agreed day */
	int vendors_unsaid;      /* given up untold, and nobody wrote why */
	int systems_unsaid; /* the same of systems: nobody looked, or done */
	bool is_by_agent;   /* asked for by an authorized agent */
	enum proof proof;   /* then: what was shown */
	bool is_for_child;  /* a parent asks, and nobody has checked them */
	bool is_receipt_confirmed;
	bool is_held;       /* by law enforcement */
	bool is_unverified; /* the grade is not reached, and nobody vouched */
	bool is_declaration_asked; /* and it would be reached with one */
	int days_left;             /* to the due date; negative when late */
	bool is_fee_asked;         /* and not answered yet */
	bool is_fee_declined;
	bool is_called_back; /* staff call to confirm who asks: there is no code */
	int doubts;          /* addresses found that may be somebody else's */
	bool is_resumable; /* denied for a hold that has ended */
	bool is_anew;      /* the same, and it has to be entered anew */
	bool is_unshown;   /* as an agent has to show a permission first */
	bool is_grown;     /* as the child is 13 by now */
	bool is_hold_over; /* denied for a hold that has ended, and not told yet */
	bool is_unasked; /* the case opened itself */
	bool has_due;    /* false: days_left says nothing */
};

enum urgency { URGENCY_NONE, URGENCY_AMBER, URGENCY_RED };

/* Whose turn it is: the queue's views "Needs action", "Waiting on others". */
enum turn {
	TURN_STAFF,
	TURN_CONSUMER,
	TURN_SYSTEM,
	TURN_VENDOR,
	TURN_KEEPER,
	TURN_NOBODY
};

struct next {
	const char *code;     /* "review", "chase" */
	const char *sentence; /* may hold "{name}": see next_sentence() */
	const char *detail;   /* a second line, "" for none */
	const char *button;   /* "" when there is nothing to press */
	enum turn turn;
	enum urgency urgency;
};

struct next next_of(const struct next_facts *f);

/*
 * The sentence with the name of the late vendor or the unreachable system in
 * its place ("Chase MailHarbor"); pass "2 vendors" when there are several.
 */
str next_sentence(struct arena *a, const struct next *n, str name);

/* Red: late or 3 days or less; amber: 7 days or less. */
enum urgency urgency_of(int days_left);
const char *urgency_code(enum urgency u); /* "red", "amber", "" */
const char *turn_code(enum turn t);       /* "staff", "vendor", ... */

#endif
