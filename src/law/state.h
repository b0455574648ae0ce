#ifndef LAW_STATE_H
#define LAW_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "law/kind.h"

struct err;

/*
 * Where a request stands and what can happen to it: law/tbl/moves.h holds every
 * (flow, state, event) that is allowed; what is not in it cannot be done.  The
 * machine knows no clock and no store: the desk hands in facts, gets the row,
 * writes the new state and does the row's effects in one transaction.
 */
enum state {
	STATE_NONE, /* before it was received */
#define STATE(name, ...) STATE_##name,
#include "law/tbl/states.h"
	STATE_END,
};

/* What happens to a request. */
enum state_event {
#define STATE_EVENT(name, ...) ON_##name,
#include "law/tbl/state_events.h"
	ON_END,
};

/* What the desk has to do with a move, besides writing the state. */
enum effect {
	EFFECT_NOTHING = 0,
#define EFFECT(bit, name, ...) EFFECT_##name = 1u << (bit),
#include "law/tbl/effects.h"
};

/* How a request ended; the words of 11 CCR 7102(a)(1). */
enum outcome {
	OUTCOME_NONE, /* not ended yet */
#define OUTCOME(name, ...) OUTCOME_##name,
#include "law/tbl/outcomes.h"
	OUTCOME_END,
};

/*
 * What a guard may look at.  Zero is the careful value: a fact that nobody
 * filled in refuses the move.
 */
struct state_facts {
	bool is_identified; /* the grade asked for was reached (code, points) */
	bool is_decided;    /* staff took a decision with a written reason */
	bool is_found;      /* at least one record was found */
	bool is_searched;   /* every system was reached and looked at */
	bool is_previewed;  /* staff saw what will be deleted or sent */
	bool is_free;       /* no law-enforcement hold on the data */
	bool is_settled; /* each task is done, or explained to the consumer */
	bool is_whole;   /* nothing was kept, refused or left out */
	bool is_told;    /* the letter left (mail accepted, or printed) */
	bool has_basis;  /* a denial has its ground, stored with the case */
	bool is_unpermitted;      /* an agent asks, and shows no permission */
	bool has_power;           /* staff accepted the power of attorney */
	bool is_fraud_documented; /* good-faith belief, with the evidence */
	bool is_second_act;       /* opt-in: another nonce than the first act */
	bool has_recipients;      /* someone has to be told */
	bool has_extension_left;  /* the one extension was not used yet */
	bool is_notice_timely;    /* today <= extend_notice_by */
	bool is_own;    /* a minor's opt-in: 13 or older, it is their choice */
	bool is_parent; /* found to be the parent or guardian */
	bool is_fee_settled; /* none was asked for, or it was accepted */
	bool is_unsent; /* denied, and the letter that tells it was not sent */
	bool was_unconfirmed; /* when it was denied */
	bool was_searching;   /* the same */
	bool is_unfounded;    /* manifestly so, or excessive, with its proof */
};

struct state_row {
	enum state state;
	const char *code;  /* SQL, JSON: "working" */
	const char *title; /* staff: "Deleting" */
	const char *told;  /* the consumer's status page, one sentence */
	bool is_open;
	bool is_verification; /* waits for proof of identity */
};

struct state_event_row {
	enum state_event event;
	const char *code;
	const char *title;
	bool is_verification;
};

struct guard {
	const char *name; /* "is_settled" */
	bool (*holds)(const struct state_facts *);
	const char *refusal; /* why not, for the person who tried */
};

struct move {
	unsigned flows; /* FLOW_BIT()s */
	enum state from;
	enum state_event event;
	const struct guard *guard; /* never NULL; "always" holds always */
	enum state to;
	unsigned effects;     /* EFFECT_* */
	enum outcome outcome; /* set by this move, or OUTCOME_NONE */
	const char *citation;
};

/*
 * The move that `event` makes; where several rows are about the same event, the
 * first whose guard holds.  NULL and ERR_CONFLICT when the state does not
 * know the event, ERR_DENIED (with the guard's sentence) when the guard refuses.
 */
const struct move *state_move(enum kind kind, enum state state,
	enum state_event event, const struct state_facts *facts, struct err *e);

/* Would it be refused?  For buttons: the same answer without an error. */
bool state_can(enum kind kind, enum state state, enum state_event event,
	const struct state_facts *facts);

/* Every row, in table order: tests, diagrams, documents. */
size_t move_count(void);
const struct move *move_at(size_t i);

const struct state_row *state_row(enum state state); /* not STATE_NONE */
enum state state_of(str code);                       /* STATE_NONE: unknown */
const char *state_code(enum state state);
const char *state_title(enum state state);
bool state_is_open(enum state state);

const struct state_event_row *state_event_row(enum state_event event);

const char *outcome_code(enum outcome outcome); /* "" for OUTCOME_NONE */
const char *outcome_title(enum outcome outcome);
enum outcome outcome_of(str code);

const char *effect_name(enum effect effect);
const char *effect_title(enum effect effect);

#endif
