/*
 * The state machines.  First what must hold of every row and of every state
 * that can be reached, guards or no guards; then whole cases, step by step; then
 * what must be refused.
 */
#include "law/state.h"

#include <stddef.h>

#include "base/base.h"
#include "base/err.h"
#include "check.h"

/* Each fact by its place, so that a test can take a single one away. */
static const struct {
	const char *name;
	size_t at;
} facts_by_name[] = {
#define FACT(name)                                        \
	{                                                 \
#		name, offsetof(struct state_facts, name) \
	}
	FACT(is_identified),
	FACT(is_decided),
	FACT(is_found),
	FACT(is_searched),
	FACT(is_previewed),
	FACT(is_free),
	FACT(is_settled),
	FACT(is_whole),
	FACT(is_told),
	FACT(has_basis),
	FACT(is_unpermitted),
	FACT(has_power),
	FACT(is_fraud_documented),
	FACT(is_second_act),
	FACT(has_recipients),
	FACT(has_extension_left),
	FACT(is_notice_timely),
	FACT(is_own),
	FACT(is_parent),
	FACT(is_fee_settled),
	FACT(is_unfounded),
	FACT(is_unsent),
	FACT(was_unconfirmed),
	FACT(was_searching),
};

static void set(struct state_facts *f, size_t at, bool value)
{
	*(bool *)((char *)f + at) = value;
}

static struct state_facts all_true(void)
{
	struct state_facts f = { 0 };

	for (size_t i = 0; i < COUNTOF(facts_by_name); i++)
		set(&f, facts_by_name[i].at, true);
	f.is_unpermitted = false;                    /* the one that refuses */
	f.was_unconfirmed = f.was_searching = false; /* they lead elsewhere */
	return f;
}

static bool is_of(const struct move *m, enum kind kind)
{
	return m->flows & 1u << kind_row(kind)->flow;
}

/* Every state that a kind can get to, whatever the guards say. */
static void reach(enum kind kind, bool seen[STATE_END])
{
	bool grew = true;

	seen[STATE_NONE] = true;
	while (grew) {
		grew = false;
		for (size_t i = 0; i < move_count(); i++) {
			const struct move *m = move_at(i);

			if (!is_of(m, kind) || !seen[m->from] || seen[m->to])
				continue;
			seen[m->to] = true;
			grew = true;
		}
	}
}

/* Invariant 2: 11 CCR 7060(b). */
static void no_verification(enum kind kind)
{
	bool seen[STATE_END] = { false };

	reach(kind, seen);
	for (int s = STATE_NONE + 1; s < STATE_END; s++)
		CHECK(!seen[s] || !state_row((enum state)s)->is_verification,
			"%s reaches %s", kind_code(kind),
			state_code((enum state)s));
	for (size_t i = 0; i < move_count(); i++) {
		const struct move *m = move_at(i);

		CHECK(!is_of(m, kind) ||
				!state_event_row(m->event)->is_verification,
			"%s knows the event %s", kind_code(kind),
			state_event_row(m->event)->code);
		CHECK(!is_of(m, kind) ||
				!(m->effects & (EFFECT_SEND_CODE |
						       EFFECT_CONFIRM_RECEIPT)),
			"%s sends something to be confirmed", kind_code(kind));
	}
}

static bool leads_to_closed(enum kind kind, enum state from)
{
	bool can[STATE_END] = { [STATE_CLOSED] = true };

	for (int round = 0; round < STATE_END; round++)
		for (size_t i = 0; i < move_count(); i++)
			if (is_of(move_at(i), kind) && can[move_at(i)->to])
				can[move_at(i)->from] = true;
	return can[from];
}

static void every_kind_ends(enum kind kind)
{
	bool seen[STATE_END] = { false };

	reach(kind, seen);
	CHECK(seen[STATE_CLOSED], "%s can be closed", kind_code(kind));
	for (int s = STATE_NONE; s < STATE_END; s++)
		CHECK(!seen[s] || leads_to_closed(kind, (enum state)s),
			"%s: no way out of %s", kind_code(kind),
			state_code((enum state)s));
}

static void kinds_are_walked(void)
{
	size_t forbidden = 0;

	for (int k = KIND_NONE + 1; k < KIND_END; k++) {
		enum kind kind = (enum kind)k;

		if (kind_row(kind)->flow == FLOW_BATCH)
			continue;
		every_kind_ends(kind);
		if (kind_verification(kind) == VERIFY_FORBIDDEN) {
			no_verification(kind);
			forbidden++;
		}
	}
	CHECK(forbidden == 3, "opt-out, limit, opt-out of ADMT were walked");
}

static void rows_are_sound(void)
{
	for (size_t i = 0; i < move_count(); i++) {
		const struct move *m = move_at(i);
		const char *event = state_event_row(m->event)->code;
		bool is_closing = m->to == STATE_CLOSED;

		CHECK(m->from != STATE_CLOSED ||
				(m->flows == FLOW_BIT(STOP) &&
					m->event == ON_DENIED &&
					!strcmp(m->guard->name, "fraud")),
			"row %zu: closed is closed, but for documented fraud",
			i);
		CHECK(m->to != STATE_NONE, "row %zu: received stays so", i);
		CHECK(*m->citation, "row %zu (%s) has a citation", i, event);
		CHECK(!is_closing == !(m->effects & EFFECT_START_RECORD),
			"row %zu (%s): the record begins with closing", i,
			event);
		CHECK(!is_closing || m->outcome || m->from == STATE_ANSWERING,
			"row %zu (%s): closed with an outcome", i, event);
		CHECK(m->to != STATE_ANSWERING || m->from == STATE_ANSWERING ||
				m->outcome,
			"row %zu (%s): the answer has an outcome", i, event);
		CHECK((m->from == STATE_NONE) == (m->event == ON_RECEIVED),
			"row %zu: received is the first event and no other", i);
		CHECK(m->event != ON_TASK_FAILED ||
				(m->to == m->from &&
					m->effects == EFFECT_RETRY),
			"row %zu: a failure moves nothing, and is retried", i);
		CHECK(!(m->effects & EFFECT_RELEASE) ||
				m->event == ON_CONFIRMED ||
				m->event == ON_DENIED,
			"row %zu (%s): released by the second act or for fraud",
			i, event);
		CHECK(m->event != ON_EXTENDED || m->from == m->to,
			"row %zu: an extension moves only the date", i);
	}
}

/* Invariant 5: what was collected to verify goes when the case closes. */
static void verification_is_wiped(void)
{
	for (size_t i = 0; i < move_count(); i++) {
		const struct move *m = move_at(i);

		if (m->to == STATE_CLOSED && is_of(m, KIND_DELETE))
			CHECK(m->effects & EFFECT_WIPE_VERIFICATION,
				"row %zu leaves it behind", i);
	}
}

enum { STEPS_MAX = 12 };

#define A_CODE    ON_RECEIVED, ON_CODE_CONFIRMED
#define TO_REVIEW A_CODE, ON_FOUND
#define TO_WORK   TO_REVIEW, ON_APPROVED

static const struct {
	const char *why;
	enum kind kind;
	const char *without; /* a fact that is false all the way, or NULL */
	enum state end;
	enum outcome outcome;
	unsigned effects;                  /* done somewhere on the way */
	enum state_event steps[STEPS_MAX]; /* ON_END ends */
} cases[] = {
	{ "a deletion from intake to closed", KIND_DELETE, NULL, STATE_CLOSED,
		OUTCOME_COMPLIED,
		EFFECT_CONFIRM_RECEIPT | EFFECT_SEARCH | EFFECT_SUPPRESS |
			EFFECT_ERASE | EFFECT_TELL | EFFECT_WRITE_ANSWER |
			EFFECT_WIPE_VERIFICATION | EFFECT_START_RECORD,
		{ TO_WORK, ON_TASK_DONE, ON_TASK_FAILED, ON_TASK_DONE,
			ON_ALL_DONE, ON_ANSWERED, ON_END } },
	{ "something is kept with its ground: in part", KIND_DELETE, "is_whole",
		STATE_CLOSED, OUTCOME_PART, EFFECT_WRITE_ANSWER,
		{ TO_WORK, ON_ALL_DONE, ON_ANSWERED, ON_END } },
	{ "no email confirmed: staff decide to search", KIND_DELETE,
		"is_identified", STATE_WORKING, OUTCOME_NONE, EFFECT_ERASE,
		{ ON_RECEIVED, ON_SEARCH_STARTED, ON_FOUND, ON_APPROVED,
			ON_END } },
	{ "the code comes after staff started", KIND_DELETE, NULL, STATE_REVIEW,
		OUTCOME_NONE, EFFECT_SEARCH,
		{ ON_RECEIVED, ON_SEARCH_STARTED, ON_CODE_CONFIRMED, ON_FOUND,
			ON_CODE_CONFIRMED, ON_END } },
	{ "a parent was found to be one: that stands in for a code",
		KIND_DELETE, "is_identified", STATE_SEARCHING, OUTCOME_NONE,
		EFFECT_SEARCH, { ON_RECEIVED, ON_PARENT_CHECKED, ON_END } },
	{ "a fee is asked for before the code, and accepted", KIND_DELETE, NULL,
		STATE_UNCONFIRMED, OUTCOME_NONE, EFFECT_SEND_NOTICE,
		{ ON_RECEIVED, ON_FEE_ASKED, ON_FEE_ACCEPTED, ON_END } },
	{ "or declined", KIND_DELETE, NULL, STATE_UNCONFIRMED, OUTCOME_NONE,
		EFFECT_SEND_NOTICE,
		{ ON_RECEIVED, ON_FEE_ASKED, ON_FEE_DECLINED, ON_END } },
	{ "while systems are searched", KIND_DELETE, NULL, STATE_SEARCHING,
		OUTCOME_NONE, EFFECT_SEND_NOTICE,
		{ A_CODE, ON_FEE_ASKED, ON_FEE_ACCEPTED, ON_END } },
	{ "there declined", KIND_DELETE, NULL, STATE_SEARCHING, OUTCOME_NONE,
		EFFECT_SEND_NOTICE,
		{ A_CODE, ON_FEE_ASKED, ON_FEE_DECLINED, ON_END } },
	{ "at the review", KIND_DELETE, NULL, STATE_REVIEW, OUTCOME_NONE,
		EFFECT_SEND_NOTICE,
		{ TO_REVIEW, ON_FEE_ASKED, ON_FEE_ACCEPTED, ON_END } },
	{ "there declined as well", KIND_DELETE, NULL, STATE_REVIEW,
		OUTCOME_NONE, EFFECT_SEND_NOTICE,
		{ TO_REVIEW, ON_FEE_ASKED, ON_FEE_DECLINED, ON_END } },
	{ "nothing is held", KIND_DELETE, "is_found", STATE_CLOSED,
		OUTCOME_NOTHING, EFFECT_WRITE_ANSWER,
		{ A_CODE, ON_NOTHING_FOUND, ON_ANSWERED, ON_END } },
	{ "nothing where one could look, and a system is gone from the map: in "
	  "part, and never \"nothing held\" (invariant 3)",
		KIND_DELETE, "is_found", STATE_CLOSED, OUTCOME_PART,
		EFFECT_WRITE_ANSWER,
		{ A_CODE, ON_TASK_FAILED, ON_ALL_DONE, ON_ANSWERED, ON_END } },
	{ "a system that was down comes back with more: reviewed again",
		KIND_DELETE, NULL, STATE_WORKING, OUTCOME_NONE, EFFECT_RETRY,
		{ A_CODE, ON_TASK_FAILED, ON_TASK_DONE, ON_FOUND, ON_APPROVED,
			ON_FOUND, ON_TASK_FAILED, ON_FOUND, ON_TASK_DONE,
			ON_APPROVED, ON_END } },
	{ "never verified: denied by letter, with the opt-out offer",
		KIND_DELETE, NULL, STATE_CLOSED, OUTCOME_DENIED,
		EFFECT_OFFER_OPT_OUT,
		{ ON_RECEIVED, ON_DENIED, ON_ANSWERED, ON_END } },
	{ "denied while searching", KIND_DELETE, NULL, STATE_ANSWERING,
		OUTCOME_DENIED, EFFECT_OFFER_OPT_OUT,
		{ A_CODE, ON_DENIED, ON_END } },
	{ "denied after review", KIND_DELETE, NULL, STATE_ANSWERING,
		OUTCOME_DENIED, EFFECT_OFFER_OPT_OUT,
		{ TO_REVIEW, ON_DENIED, ON_END } },
	{ "no server takes the answer: staff close, with a reason", KIND_DELETE,
		NULL, STATE_CLOSED, OUTCOME_COMPLIED,
		EFFECT_WIPE_VERIFICATION | EFFECT_START_RECORD,
		{ TO_WORK, ON_ALL_DONE, ON_UNDELIVERABLE, ON_END } },
	{ "withdrawn before confirming", KIND_DELETE, NULL, STATE_CLOSED,
		OUTCOME_WITHDRAWN, EFFECT_WIPE_VERIFICATION,
		{ ON_RECEIVED, ON_WITHDRAWN, ON_END } },
	{ "withdrawn while searching", KIND_DELETE, NULL, STATE_CLOSED,
		OUTCOME_WITHDRAWN, EFFECT_SEND_NOTICE,
		{ A_CODE, ON_WITHDRAWN, ON_END } },
	{ "withdrawn in review", KIND_DELETE, NULL, STATE_CLOSED,
		OUTCOME_WITHDRAWN, EFFECT_SEND_NOTICE,
		{ TO_REVIEW, ON_WITHDRAWN, ON_END } },
	{ "the same asked before", KIND_KNOW_SPECIFIC, NULL, STATE_CLOSED,
		OUTCOME_JOINED, EFFECT_WIPE_VERIFICATION,
		{ ON_RECEIVED, ON_JOINED, ON_END } },
	{ "extended wherever it stands", KIND_DELETE, NULL, STATE_ANSWERING,
		OUTCOME_COMPLIED, EFFECT_SEND_EXTENSION,
		{ ON_RECEIVED, ON_EXTENDED, ON_CODE_CONFIRMED, ON_EXTENDED,
			ON_FOUND, ON_EXTENDED, ON_APPROVED, ON_EXTENDED,
			ON_ALL_DONE, ON_EXTENDED, ON_END } },
	{ "know: reviewed, answered, nothing erased", KIND_KNOW_SPECIFIC, NULL,
		STATE_CLOSED, OUTCOME_COMPLIED, EFFECT_WRITE_ANSWER,
		{ TO_REVIEW, ON_APPROVED, ON_ANSWERED, ON_END } },
	{ "know, denied", KIND_KNOW_CATEGORIES, NULL, STATE_CLOSED,
		OUTCOME_DENIED, EFFECT_WRITE_ANSWER,
		{ A_CODE, ON_DENIED, ON_ANSWERED, ON_END } },
	{ "access to ADMT: written by a person, nothing erased",
		KIND_ACCESS_ADMT, NULL, STATE_CLOSED, OUTCOME_COMPLIED,
		EFFECT_WRITE_ANSWER,
		{ TO_REVIEW, ON_APPROVED, ON_ANSWERED, ON_END } },
	{ "no row of theirs: what was decided is told all the same (7222)",
		KIND_ACCESS_ADMT, "is_found", STATE_ANSWERING, OUTCOME_COMPLIED,
		EFFECT_WRITE_ANSWER,
		{ A_CODE, ON_NOTHING_FOUND, ON_APPROVED, ON_END } },
	{ "a trade secret is left out: in part (7222)", KIND_ACCESS_ADMT,
		"is_whole", STATE_CLOSED, OUTCOME_PART, EFFECT_WRITE_ANSWER,
		{ TO_REVIEW, ON_APPROVED, ON_ANSWERED, ON_END } },
	{ "an appeal, with a system that is gone: a person decides (7221(b))",
		KIND_APPEAL_ADMT, "is_found", STATE_CLOSED, OUTCOME_COMPLIED,
		EFFECT_WRITE_ANSWER | EFFECT_RETRY,
		{ A_CODE, ON_TASK_FAILED, ON_ALL_DONE, ON_APPROVED, ON_ANSWERED,
			ON_END } },
	{ "an appeal, never verified", KIND_APPEAL_ADMT, NULL, STATE_CLOSED,
		OUTCOME_DENIED, EFFECT_WRITE_ANSWER,
		{ ON_RECEIVED, ON_DENIED, ON_ANSWERED, ON_END } },
	{ "correct: changed everywhere", KIND_CORRECT, NULL, STATE_CLOSED,
		OUTCOME_COMPLIED, EFFECT_CHANGE | EFFECT_TELL,
		{ TO_WORK, ON_ALL_DONE, ON_ANSWERED, ON_END } },
	{ "correct, denied before the code", KIND_CORRECT, NULL,
		STATE_ANSWERING, OUTCOME_DENIED, EFFECT_WRITE_ANSWER,
		{ ON_RECEIVED, ON_DENIED, ON_END } },
	{ "correct, denied after review (7023(f))", KIND_CORRECT, NULL,
		STATE_CLOSED, OUTCOME_DENIED, EFFECT_WRITE_ANSWER,
		{ TO_REVIEW, ON_DENIED, ON_ANSWERED, ON_END } },
	{ "denied, and taken back: reviewed again, and approved", KIND_DELETE,
		NULL, STATE_WORKING, OUTCOME_NONE, EFFECT_ERASE,
		{ TO_REVIEW, ON_DENIED, ON_REOPENED, ON_APPROVED, ON_END } },
	{ "taken back, and denied on another ground", KIND_KNOW_SPECIFIC, NULL,
		STATE_CLOSED, OUTCOME_DENIED, EFFECT_WRITE_ANSWER,
		{ TO_REVIEW, ON_DENIED, ON_REOPENED, ON_DENIED, ON_ANSWERED,
			ON_END } },
	{ "an opt-out is in force when it is received", KIND_OPT_OUT, NULL,
		STATE_IN_FORCE, OUTCOME_NONE,
		EFFECT_SUPPRESS | EFFECT_SHOW_PROCESSED,
		{ ON_RECEIVED, ON_END } },
	{ "nobody to tell: closed", KIND_OPT_OUT, "has_recipients",
		STATE_CLOSED, OUTCOME_COMPLIED, EFFECT_START_RECORD,
		{ ON_RECEIVED, ON_ALL_DONE, ON_END } },
	{ "recipients are told, one after the other", KIND_LIMIT, NULL,
		STATE_CLOSED, OUTCOME_COMPLIED, EFFECT_TELL | EFFECT_RETRY,
		{ ON_RECEIVED, ON_TOLD, ON_TASK_DONE, ON_TASK_FAILED,
			ON_TASK_DONE, ON_ALL_DONE, ON_END } },
	{ "documented fraud: released, and told why", KIND_OPT_OUT, NULL,
		STATE_CLOSED, OUTCOME_DENIED,
		EFFECT_RELEASE | EFFECT_SEND_NOTICE,
		{ ON_RECEIVED, ON_DENIED, ON_END } },
	{ "fraud found when it was closed", KIND_LIMIT, NULL, STATE_CLOSED,
		OUTCOME_DENIED, EFFECT_RELEASE,
		{ ON_RECEIVED, ON_ALL_DONE, ON_DENIED, ON_END } },
	{ "fraud found while recipients are told", KIND_OPT_OUT_ADMT, NULL,
		STATE_CLOSED, OUTCOME_DENIED, EFFECT_RELEASE,
		{ ON_RECEIVED, ON_TOLD, ON_DENIED, ON_END } },
	{ "opting in takes a second act", KIND_OPT_IN, NULL, STATE_CLOSED,
		OUTCOME_COMPLIED, EFFECT_ASK_SECOND | EFFECT_RELEASE,
		{ ON_RECEIVED, ON_CONFIRMED, ON_END } },
	{ "and so does taking a limit back", KIND_OPT_IN_SENSITIVE, NULL,
		STATE_CLOSED, OUTCOME_COMPLIED,
		EFFECT_ASK_SECOND | EFFECT_RELEASE,
		{ ON_RECEIVED, ON_CONFIRMED, ON_END } },
	{ "never confirmed: nothing is released", KIND_OPT_IN, NULL,
		STATE_CLOSED, OUTCOME_LAPSED, EFFECT_START_RECORD,
		{ ON_RECEIVED, ON_LAPSED, ON_END } },
	{ "taken back", KIND_OPT_IN, NULL, STATE_CLOSED, OUTCOME_WITHDRAWN,
		EFFECT_START_RECORD, { ON_RECEIVED, ON_WITHDRAWN, ON_END } },
	{ "M-02: from 13 on, two acts of their own", KIND_OPT_IN_MINOR,
		"is_parent", STATE_CLOSED, OUTCOME_COMPLIED,
		EFFECT_ASK_SECOND | EFFECT_RELEASE,
		{ ON_RECEIVED, ON_CONFIRMED, ON_END } },
	{ "M-01: under 13, the parent is checked in between", KIND_OPT_IN_MINOR,
		"is_own", STATE_CLOSED, OUTCOME_COMPLIED,
		EFFECT_ASK_SECOND | EFFECT_RELEASE | EFFECT_WIPE_VERIFICATION,
		{ ON_RECEIVED, ON_PARENT_CHECKED, ON_CONFIRMED, ON_END } },
	{ "a parent who says no", KIND_OPT_IN_MINOR, "is_own", STATE_CLOSED,
		OUTCOME_WITHDRAWN, EFFECT_WIPE_VERIFICATION,
		{ ON_RECEIVED, ON_PARENT_CHECKED, ON_WITHDRAWN, ON_END } },
	{ "never checked: nothing is released", KIND_OPT_IN_MINOR, "is_own",
		STATE_CLOSED, OUTCOME_LAPSED, EFFECT_WIPE_VERIFICATION,
		{ ON_RECEIVED, ON_LAPSED, ON_END } },
	{ "checked, and never confirmed", KIND_OPT_IN_MINOR, "is_own",
		STATE_CLOSED, OUTCOME_LAPSED, EFFECT_WIPE_VERIFICATION,
		{ ON_RECEIVED, ON_PARENT_CHECKED, ON_LAPSED, ON_END } },
};

static struct state_facts facts_without(const char *name)
{
	struct state_facts f = all_true();
	bool is_known = !name;

	for (size_t i = 0; i < COUNTOF(facts_by_name); i++)
		if (name && !strcmp(facts_by_name[i].name, name)) {
			set(&f, facts_by_name[i].at, false);
			is_known = true;
		}
	must(is_known);
	return f;
}

static void run(size_t i)
{
	struct state_facts facts = facts_without(cases[i].without);
	enum state state = STATE_NONE;
	enum outcome outcome = OUTCOME_NONE;
	unsigned effects = 0;

	for (size_t s = 0; cases[i].steps[s] != ON_END; s++) {
		enum state_event event = cases[i].steps[s];
		struct err e = { 0 };
		const struct move *m =
			state_move(cases[i].kind, state, event, &facts, &e);

		CHECK(m, "%s: step %zu (%s): %s", cases[i].why, s,
			state_event_row(event)->code, e.message);
		if (!m)
			return;
		state = m->to;
		effects |= m->effects;
		outcome = m->outcome ? m->outcome : outcome;
		if (event == ON_REOPENED)
			outcome = OUTCOME_NONE;
	}
	CHECK(state == cases[i].end, "%s: ends in %s", cases[i].why,
		state_code(state));
	CHECK(outcome == cases[i].outcome, "%s: %s", cases[i].why,
		outcome_title(outcome));
	CHECK((effects & cases[i].effects) == cases[i].effects,
		"%s: effects %x lack some of %x", cases[i].why, effects,
		cases[i].effects);
}

/* With every fact true there is still no such move. */
static const struct {
	const char *why;
	enum kind kind;
	enum state state;
	enum state_event event;
} impossible[] = {
	{ "nothing is erased before the review", KIND_DELETE, STATE_SEARCHING,
		ON_APPROVED },
	{ "least of all before the search", KIND_DELETE, STATE_UNCONFIRMED,
		ON_APPROVED },
	{ "no answer while systems are at work", KIND_DELETE, STATE_WORKING,
		ON_ANSWERED },
	{ "no answer from the review", KIND_DELETE, STATE_REVIEW, ON_ANSWERED },
	{ "what is being erased cannot be withdrawn", KIND_DELETE,
		STATE_WORKING, ON_WITHDRAWN },
	{ "nor denied in whole", KIND_DELETE, STATE_WORKING, ON_DENIED },
	{ "who was answered was answered", KIND_DELETE, STATE_CLOSED,
		ON_REOPENED },
	{ "what is not denied is not taken back", KIND_DELETE, STATE_REVIEW,
		ON_REOPENED },
	{ "who is opted out stays so", KIND_OPT_OUT, STATE_CLOSED,
		ON_REOPENED },
	{ "a review does not end in nothing found", KIND_DELETE, STATE_REVIEW,
		ON_NOTHING_FOUND },
	{ "received twice", KIND_DELETE, STATE_UNCONFIRMED, ON_RECEIVED },
	{ "closed is closed", KIND_DELETE, STATE_CLOSED, ON_ANSWERED },
	{ "know erases nothing", KIND_KNOW_SPECIFIC, STATE_WORKING,
		ON_ALL_DONE },
	{ "an opt-out has no code", KIND_OPT_OUT, STATE_IN_FORCE,
		ON_CODE_CONFIRMED },
	{ "an opt-out asks for no power of attorney", KIND_OPT_OUT,
		STATE_IN_FORCE, ON_EMPOWERED },
	{ "an opt-out has no search to start", KIND_OPT_OUT, STATE_IN_FORCE,
		ON_SEARCH_STARTED },
	{ "an opt-out has no extension", KIND_OPT_OUT, STATE_TELLING,
		ON_EXTENDED },
	{ "an opt-out is taken back by opting in, in two acts", KIND_OPT_OUT,
		STATE_IN_FORCE, ON_WITHDRAWN },
	{ "a limit as well", KIND_LIMIT, STATE_TELLING, ON_WITHDRAWN },
	{ "an opt-out never stands unconfirmed", KIND_OPT_OUT,
		STATE_UNCONFIRMED, ON_CODE_CONFIRMED },
	{ "opting in is not done by one act", KIND_OPT_IN, STATE_NONE,
		ON_CONFIRMED },
	{ "an unchecked parent confirms nothing", KIND_OPT_IN_MINOR,
		STATE_CHECKING, ON_CONFIRMED },
	{ "a grown-up has no parent to check", KIND_OPT_IN, STATE_ASKED,
		ON_PARENT_CHECKED },
	{ "a DROP row is no case", KIND_DROP, STATE_NONE, ON_RECEIVED },
};

static void the_impossible(void)
{
	struct state_facts facts = all_true();

	for (size_t i = 0; i < COUNTOF(impossible); i++) {
		struct err e = { 0 };
		const struct move *m = state_move(impossible[i].kind,
			impossible[i].state, impossible[i].event, &facts, &e);

		CHECK(!m && e.code == ERR_CONFLICT, "%s", impossible[i].why);
		CHECK(!state_can(impossible[i].kind, impossible[i].state,
			      impossible[i].event, &facts),
			"%s", impossible[i].why);
		CHECK(strstr(e.message, kind_code(impossible[i].kind)) &&
				strstr(e.message,
					state_event_row(impossible[i].event)
						->code),
			"%s: %s", impossible[i].why, e.message);
	}
}

/* Which facts each guard needs: without any one of them it refuses. */
static const struct {
	const char *why;
	enum kind kind;
	enum state state;
	enum state_event event;
	const char *needs[4];
} guarded[] = {
	{ "staff search with a written reason", KIND_DELETE, STATE_UNCONFIRMED,
		ON_SEARCH_STARTED, { "is_decided" } },
	{ "found is found", KIND_DELETE, STATE_SEARCHING, ON_FOUND,
		{ "is_found" } },
	{ "nothing found: every system was looked at (invariant 3)",
		KIND_DELETE, STATE_SEARCHING, ON_NOTHING_FOUND,
		{ "is_searched" } },
	{ "approved: previewed, no hold, no fee that was not accepted",
		KIND_DELETE, STATE_REVIEW, ON_APPROVED,
		{ "is_previewed", "is_free", "is_fee_settled" } },
	{ "a fee: the burden of proof is the business's", KIND_DELETE,
		STATE_REVIEW, ON_FEE_ASKED, { "is_unfounded" } },
	{ "a package is approved: held or not, with or without all of it",
		KIND_KNOW_SPECIFIC, STATE_REVIEW, ON_APPROVED,
		{ "is_previewed", "is_fee_settled" } },
	{ "so is what is said of an automated decision", KIND_ACCESS_ADMT,
		STATE_REVIEW, ON_APPROVED,
		{ "is_previewed", "is_fee_settled" } },
	{ "all done: each task is done or explained", KIND_DELETE,
		STATE_WORKING, ON_ALL_DONE, { "is_settled" } },
	{ "answered: the letter left", KIND_DELETE, STATE_ANSWERING,
		ON_ANSWERED, { "is_told" } },
	{ "denied: there is a ground", KIND_DELETE, STATE_REVIEW, ON_DENIED,
		{ "has_basis" } },
	{ "taken back: the letter that tells it was not sent", KIND_DELETE,
		STATE_ANSWERING, ON_REOPENED, { "is_unsent" } },
	{ "extended: once, in time, with a reason", KIND_DELETE, STATE_WORKING,
		ON_EXTENDED,
		{ "has_extension_left", "is_notice_timely", "is_decided" } },
	{ "no code needed: the power of attorney was accepted", KIND_CORRECT,
		STATE_UNCONFIRMED, ON_EMPOWERED, { "has_power" } },
	{ "opt-out refused: documented fraud only", KIND_OPT_OUT,
		STATE_IN_FORCE, ON_DENIED, { "is_fraud_documented" } },
	{ "opt-out closed: everyone was told", KIND_OPT_OUT, STATE_TELLING,
		ON_ALL_DONE, { "is_settled" } },
	{ "telling: there is someone to tell", KIND_OPT_OUT, STATE_IN_FORCE,
		ON_TOLD, { "has_recipients" } },
	{ "opting in: another nonce, and not a child's", KIND_OPT_IN,
		STATE_ASKED, ON_CONFIRMED, { "is_second_act", "is_own" } },
	{ "a minor's: as well", KIND_OPT_IN_MINOR, STATE_ASKED, ON_CONFIRMED,
		{ "is_second_act" } },
	{ "under 13: somebody was found to be the parent", KIND_OPT_IN_MINOR,
		STATE_CHECKING, ON_PARENT_CHECKED, { "is_parent" } },
};

static bool is_among(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (names[i] && !strcmp(names[i], name))
			return true;
	return false;
}

static void guards_refuse(void)
{
	for (size_t i = 0; i < COUNTOF(guarded); i++)
		for (size_t j = 0; j < COUNTOF(facts_by_name); j++) {
			const char *name = facts_by_name[j].name;
			struct state_facts f = facts_without(name);
			bool is_needed = is_among(guarded[i].needs,
				COUNTOF(guarded[i].needs), name);
			struct err e = { 0 };
			const struct move *m = state_move(guarded[i].kind,
				guarded[i].state, guarded[i].event, &f, &e);

			CHECK(!m == is_needed, "%s: without %s", guarded[i].why,
				name);
			CHECK(m || (e.code == ERR_DENIED && *e.message &&
					   *e.hint),
				"%s: says why, with the citation",
				guarded[i].why);
		}
}

/* A denial that is taken back leads to where it came from, and its clock runs on. */
static void back_to_where_it_stood(void)
{
	static const struct {
		const char *was;
		enum state to;
		unsigned effects;
	} rows[] = { { "was_unconfirmed", STATE_UNCONFIRMED, EFFECT_NOTHING },
		{ "was_searching", STATE_SEARCHING, EFFECT_SEARCH },
		{ "is_unsent", STATE_REVIEW, EFFECT_NOTHING } };

	for (size_t i = 0; i < COUNTOF(rows); i++)
		for (size_t j = 0; j < COUNTOF(facts_by_name); j++) {
			struct state_facts f = all_true();
			struct err e = { 0 };
			const struct move *m;

			if (strcmp(facts_by_name[j].name, rows[i].was) != 0)
				continue;
			set(&f, facts_by_name[j].at, true);
			m = state_move(KIND_CORRECT, STATE_ANSWERING,
				ON_REOPENED, &f, &e);
			CHECK(m && m->to == rows[i].to &&
					m->effects == rows[i].effects,
				"%s: %s", rows[i].was, e.message);
			f.is_unsent = false;
			CHECK(!state_move(KIND_CORRECT, STATE_ANSWERING,
				      ON_REOPENED, &f, &e) &&
					e.code == ERR_DENIED,
				"%s: not when it was told", rows[i].was);
		}
}

/* Who asks must be known, or staff must have decided; one of them is enough. */
static void somebody_answers_for_it(void)
{
	static const struct {
		enum state state;
		enum state_event event;
	} rows[] = { { STATE_REVIEW, ON_APPROVED },
		{ STATE_UNCONFIRMED, ON_WITHDRAWN } };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct state_facts f = all_true();

		f.is_identified = false;
		CHECK(state_can(KIND_DELETE, rows[i].state, rows[i].event, &f),
			"row %zu: decided", i);
		f.is_decided = false;
		CHECK(!state_can(KIND_DELETE, rows[i].state, rows[i].event, &f),
			"row %zu: neither", i);
		f.is_identified = true;
		CHECK(state_can(KIND_DELETE, rows[i].state, rows[i].event, &f),
			"row %zu: identified", i);
	}
}

/* Who shows no permission may be refused, and then nothing was ever in force; all
 * others are in force at once (11 CCR 7026(j)). */
static void unpermitted(void)
{
	static const enum kind stops[] = { KIND_OPT_OUT, KIND_LIMIT,
		KIND_OPT_OUT_ADMT };
	struct state_facts f = { .is_unpermitted = true };
	struct err e;

	for (size_t i = 0; i < COUNTOF(stops); i++) {
		const struct move *m =
			state_move(stops[i], STATE_NONE, ON_RECEIVED, &f, &e);

		CHECK(m && m->to == STATE_CLOSED &&
				m->outcome == OUTCOME_DENIED &&
				m->effects == (EFFECT_SEND_NOTICE |
						      EFFECT_START_RECORD),
			"%s: refused", kind_code(stops[i]));
	}
	CHECK(state_move(KIND_DELETE, STATE_NONE, ON_RECEIVED, &f, &e)->to ==
			STATE_UNCONFIRMED,
		"what is answered by letter is denied by letter");
	for (size_t i = 0; i < COUNTOF(stops); i++) {
		const struct move *m =
			state_move(stops[i], STATE_IN_FORCE, ON_DENIED, &f, &e);

		CHECK(m && m->to == STATE_CLOSED &&
				m->outcome == OUTCOME_DENIED &&
				m->effects & EFFECT_RELEASE,
			"%s: or by a second person, and then released",
			kind_code(stops[i]));
		CHECK(!state_can(stops[i], STATE_CLOSED, ON_DENIED, &f),
			"%s: not once it is closed", kind_code(stops[i]));
	}
}

/* What is given whole is complied with whole, and what is not in part (7024(e)): each
 * of both for who asks with and without a written reason. */
static void whole_or_in_part(void)
{
	for (int bits = 0; bits < 8; bits++) {
		struct state_facts f = all_true();
		const struct move *m;
		struct err e = { 0 };
		bool is_whole = bits & 1;
		bool is_somebody = bits & 6;

		f.is_whole = is_whole;
		f.is_identified = bits & 2;
		f.is_decided = bits & 4;
		m = state_move(
			KIND_KNOW_SPECIFIC, STATE_REVIEW, ON_APPROVED, &f, &e);
		CHECK(!m == !is_somebody, "%d: who asks is known, or decided",
			bits);
		CHECK(!m || (m->to == STATE_ANSWERING &&
				    m->outcome == (is_whole ? OUTCOME_COMPLIED
							    : OUTCOME_PART)),
			"%d: whole, or in part", bits);
	}
}

/* A fact that nobody filled in never lets a guarded move through. */
static void zero_is_careful(void)
{
	struct state_facts none = { 0 };

	for (size_t i = 0; i < move_count(); i++) {
		const struct guard *g = move_at(i)->guard;

		CHECK(g->holds(&none) == !strcmp(g->name, "always"), "guard %s",
			g->name);
		CHECK(!*g->refusal == !strcmp(g->name, "always"),
			"guard %s says why", g->name);
	}
}

/* M-01, M-02: a minor's second act is their own, or a checked parent's. */
static void somebody_is_entitled(void)
{
	struct state_facts f = { .is_second_act = true };

	CHECK(!state_can(KIND_OPT_IN_MINOR, STATE_ASKED, ON_CONFIRMED, &f),
		"whoever has the link is nobody yet");
	f.is_own = true;
	CHECK(state_can(KIND_OPT_IN_MINOR, STATE_ASKED, ON_CONFIRMED, &f),
		"13 or older");
	f = (struct state_facts){ .is_second_act = true, .is_parent = true };
	CHECK(state_can(KIND_OPT_IN_MINOR, STATE_ASKED, ON_CONFIRMED, &f),
		"a parent who was found to be one");
}

/* Two effects on one bit would be done, or left out, together. */
static void effects_are_apart(void)
{
	static const enum effect all[] = {
#define EFFECT(bit, name, title) EFFECT_##name,
#include "law/tbl/effects.h"
	};
	unsigned seen = 0;

	for (size_t i = 0; i < COUNTOF(all); i++) {
		CHECK(!(seen & all[i]), "%s", effect_name(all[i]));
		seen |= all[i];
	}
	CHECK(seen == (1u << COUNTOF(all)) - 1, "one bit after the other");
}

/* What no_verification() rests on, written down a second time. */
static void verification_is_marked(void)
{
	for (int s = STATE_NONE + 1; s < STATE_END; s++)
		CHECK(state_row((enum state)s)->is_verification ==
				(s == STATE_UNCONFIRMED || s == STATE_CHECKING),
			"%s", state_code((enum state)s));
	for (int v = 0; v < ON_END; v++)
		CHECK(state_event_row((enum state_event)v)->is_verification ==
				(v == ON_CODE_CONFIRMED || v == ON_EMPOWERED ||
					v == ON_SEARCH_STARTED ||
					v == ON_PARENT_CHECKED),
			"event %d", v);
}

static void words(void)
{
	for (int s = STATE_NONE + 1; s < STATE_END; s++) {
		enum state state = (enum state)s;

		CHECK(state_of(str_of(state_code(state))) == state, "%s",
			state_code(state));
		CHECK(state_is_open(state) == (state != STATE_CLOSED), "%s",
			state_code(state));
		CHECK(*state_title(state) && *state_row(state)->told, "%s",
			state_code(state));
	}
	CHECK(state_of(STR("done")) == STATE_NONE, "an unknown state is none");
	CHECK(!strcmp(state_code(STATE_NONE), "none"), "before receipt");
	for (int o = OUTCOME_NONE; o < OUTCOME_END; o++)
		CHECK(outcome_of(str_of(outcome_code((enum outcome)o))) ==
				(enum outcome)o,
			"%s", outcome_title((enum outcome)o));
	CHECK(!strcmp(outcome_title(OUTCOME_PART), "Complied in part"),
		"words");
	CHECK(outcome_of(STR("done")) == OUTCOME_NONE, "an unknown outcome");
	for (int v = 0; v < ON_END; v++)
		CHECK((int)state_event_row((enum state_event)v)->event == v,
			"event %d", v);
	CHECK(!strcmp(effect_name(EFFECT_CONFIRM_RECEIPT), "CONFIRM_RECEIPT"),
		"the first effect is found too");
	CHECK(!strcmp(effect_name(EFFECT_ERASE), "ERASE") &&
			strstr(effect_title(EFFECT_ERASE), "Erase"),
		"effects have names");
}

int main(void)
{
	kinds_are_walked();
	rows_are_sound();
	verification_is_wiped();
	for (size_t i = 0; i < COUNTOF(cases); i++)
		run(i);
	the_impossible();
	guards_refuse();
	back_to_where_it_stood();
	somebody_answers_for_it();
	unpermitted();
	whole_or_in_part();
	zero_is_careful();
	somebody_is_entitled();
	effects_are_apart();
	verification_is_marked();
	words();
	return CHECK_DONE();
}
