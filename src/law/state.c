/*
 * The state machines, from law/tbl/moves.h.
 *
 *	delete, correct	 unconfirmed > searching > review > working > answering
 *	know, ADMT	 unconfirmed > searching > review > answering
 *	opt-out, limit	 in_force [> telling]
 *	opt-in		 asked
 *
 * each ending in closed.  Two things must stay true, and tests walk all
 * reachable states to see it: no kind whose verification is forbidden has a
 * state or an event of verification, and no case leaves `working` for
 * `answering` while a system is neither done nor explained.
 */
#include "law/state.h"

#include "base/base.h"
#include "base/err.h"

/* Kinds that ask something of the business, and are answered by letter. */
#define ANSWERED_ONLY  (FLOW_BIT(TELL) | FLOW_BIT(EXPLAIN))
#define CARRIED_OUT    (FLOW_BIT(ERASE) | FLOW_BIT(CORRECT))
#define ASKED_OF_US    (CARRIED_OUT | ANSWERED_ONLY)
#define DENIED_PLAINLY (ANSWERED_ONLY | FLOW_BIT(CORRECT))

#define GUARD(name, condition, refusal)                       \
	static bool holds_##name(const struct state_facts *f) \
	{                                                     \
		(void)f;                                      \
		return condition;                             \
	}
#include "law/tbl/guards.h"

enum guard_id {
#define GUARD(name, ...) GUARD_##name,
#include "law/tbl/guards.h"
};

static const struct guard guards[] = {
#define GUARD(name, condition, refusal) { #name, holds_##name, refusal },
#include "law/tbl/guards.h"
};

static const struct move moves[] = {
#define MOVE(flows, from, event, guard, to, effects, outcome, citation)        \
	{ flows, STATE_##from, ON_##event, &guards[GUARD_##guard], STATE_##to, \
		effects, OUTCOME_##outcome, citation },
#include "law/tbl/moves.h"
};

static const struct state_row states[] = {
#define STATE(name, code, title, told, is_open, is_verification) \
	{ STATE_##name, code, title, told, is_open, is_verification },
#include "law/tbl/states.h"
};

static const struct state_event_row events[] = {
#define STATE_EVENT(name, code, title, is_verification) \
	{ ON_##name, code, title, is_verification },
#include "law/tbl/state_events.h"
};

static const struct {
	enum effect effect;
	const char *name, *title;
} effects[] = {
#define EFFECT(bit, name, title) { EFFECT_##name, #name, title },
#include "law/tbl/effects.h"
};

static const struct {
	enum outcome outcome;
	const char *code, *title;
} outcomes[] = {
	{ OUTCOME_NONE, "", "Not ended" },
#define OUTCOME(name, code, title) { OUTCOME_##name, code, title },
#include "law/tbl/outcomes.h"
};

/*
 * The row for an event: the first whose guard holds, else the last whose guard
 * refused; NULL when there is none at all.
 */
static const struct move *find(enum kind kind, enum state state,
	enum state_event event, const struct state_facts *facts)
{
	unsigned flow = 1u << kind_row(kind)->flow;
	const struct move *refused = NULL;

	for (size_t i = 0; i < COUNTOF(moves); i++) {
		const struct move *m = &moves[i];

		if (!(m->flows & flow) || m->from != state || m->event != event)
			continue;
		if (m->guard->holds(facts))
			return m;
		refused = m;
	}
	return refused;
}

const struct move *state_move(enum kind kind, enum state state,
	enum state_event event, const struct state_facts *facts, struct err *e)
{
	const struct move *m = find(kind, state, event, facts);

	if (!m) {
		err_set(e, ERR_CONFLICT,
			"a %s request that is \"%s\" cannot be "
			"\"%s\"",
			kind_code(kind), state_code(state),
			state_event_row(event)->code);
		return NULL;
	}
	if (!m->guard->holds(facts)) {
		err_set(e, ERR_DENIED, "%s", m->guard->refusal);
		err_hint(e, "%s", m->citation);
		return NULL;
	}
	return m;
}

bool state_can(enum kind kind, enum state state, enum state_event event,
	const struct state_facts *facts)
{
	const struct move *m = find(kind, state, event, facts);

	return m && m->guard->holds(facts);
}

size_t move_count(void)
{
	return COUNTOF(moves);
}

const struct move *move_at(size_t i)
{
	must(i < COUNTOF(moves));
	return &moves[i];
}

const struct state_row *state_row(enum state state)
{
	must(state > STATE_NONE && state < STATE_END);
	return &states[state - 1];
}

enum state state_of(str code)
{
	for (size_t i = 0; i < COUNTOF(states); i++)
		if (str_eq(code, str_of(states[i].code)))
			return states[i].state;
	return STATE_NONE;
}

const char *state_code(enum state state)
{
	return state == STATE_NONE ? "none" : state_row(state)->code;
}

const char *state_title(enum state state)
{
	return state_row(state)->title;
}

bool state_is_open(enum state state)
{
	return state_row(state)->is_open;
}

const struct state_event_row *state_event_row(enum state_event event)
{
	must(event < ON_END);
	return &events[event];
}

const char *outcome_code(enum outcome outcome)
{
	must(outcome < OUTCOME_END);
	return outcomes[outcome].code;
}

const char *outcome_title(enum outcome outcome)
{
	must(outcome < OUTCOME_END);
	return outcomes[outcome].title;
}

enum outcome outcome_of(str code)
{
	for (size_t i = 0; i < COUNTOF(outcomes); i++)
		if (str_eq(code, str_of(outcomes[i].code)))
			return outcomes[i].outcome;
	return OUTCOME_NONE;
}

static size_t effect_index(enum effect effect)
{
	size_t i = 0;

	for (;; i++) {
		must(i < COUNTOF(effects));
		if (effects[i].effect == effect)
			return i;
	}
}

const char *effect_name(enum effect effect)
{
	return effects[effect_index(effect)].name;
}

const char *effect_title(enum effect effect)
{
	return effects[effect_index(effect)].title;
}
