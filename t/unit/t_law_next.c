/*
 * The one next step: every state of every kind has one, and it is the right one.
 */
#include "law/next.h"

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	struct next_facts facts;
	const char *code;
	const char *sentence; /* with the name "MailHarbor" */
	enum turn turn;
	enum urgency urgency;
} rows[] = {
	{ "the code is awaited; the case says that the clock runs",
		{ .kind = KIND_DELETE,
			.state = STATE_UNCONFIRMED,
			.days_left = 40,
			.has_due = true },
		"code", "Waiting for the code sent by email", TURN_CONSUMER,
		URGENCY_NONE },
	{ "8 days left: still waiting",
		{ .kind = KIND_DELETE,
			.state = STATE_UNCONFIRMED,
			.days_left = 8,
			.has_due = true },
		"code", "Waiting for the code sent by email", TURN_CONSUMER,
		URGENCY_NONE },
	{ "7 days left: staff have to decide",
		{ .kind = KIND_DELETE,
			.state = STATE_UNCONFIRMED,
			.days_left = 7,
			.has_due = true },
		"decide", "Start the search, or deny as unverified", TURN_STAFF,
		URGENCY_AMBER },
	{ "nothing more may be asked of who holds a power of attorney",
		{ .kind = KIND_DELETE,
			.state = STATE_UNCONFIRMED,
			.is_by_agent = true,
			.proof = PROOF_POWER,
			.days_left = 40,
			.has_due = true },
		"power", "Look at the power of attorney, then accept it",
		TURN_STAFF, URGENCY_NONE },
	{ "an agent without a permission: staff decide at once",
		{ .kind = KIND_KNOW_SPECIFIC,
			.state = STATE_UNCONFIRMED,
			.is_by_agent = true,
			.days_left = 40,
			.has_due = true },
		"no-proof", "Deny: the agent showed no permission", TURN_STAFF,
		URGENCY_NONE },
	{ "with one, the consumer is asked",
		{ .kind = KIND_CORRECT,
			.state = STATE_UNCONFIRMED,
			.is_by_agent = true,
			.proof = PROOF_SIGNED,
			.days_left = 8,
			.has_due = true },
		"permission",
		"Waiting for the consumer to confirm the permission",
		TURN_CONSUMER, URGENCY_NONE },
	{ "and does not answer",
		{ .kind = KIND_CORRECT,
			.state = STATE_UNCONFIRMED,
			.is_by_agent = true,
			.proof = PROOF_SIGNED,
			.days_left = 7,
			.has_due = true },
		"decide", "Start the search, or deny as unverified", TURN_STAFF,
		URGENCY_AMBER },
	{ "the worker looks",
		{ .kind = KIND_DELETE,
			.state = STATE_SEARCHING,
			.systems_open = 2,
			.days_left = 4,
			.has_due = true },
		"searching", "Looking through the systems", TURN_SYSTEM,
		URGENCY_AMBER },
	{ "a system is down while searching",
		{ .kind = KIND_DELETE,
			.state = STATE_SEARCHING,
			.systems_open = 2,
			.systems_unreachable = 1,
			.days_left = 3,
			.has_due = true },
		"reach", "Get MailHarbor back, so that it can be searched",
		TURN_STAFF, URGENCY_RED },
	{ "delete is reviewed",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.days_left = 30,
			.has_due = true },
		"review", "Review what will be deleted, then approve",
		TURN_STAFF, URGENCY_NONE },
	{ "who asks is not verified: that comes before what is deleted",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.is_unverified = true,
			.days_left = 30,
			.has_due = true },
		"unverified",
		"Make sure who is asking, or deny as not verified", TURN_STAFF,
		URGENCY_NONE },
	{ "a hold comes before who asks",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.is_unverified = true,
			.is_held = true,
			.days_left = 30,
			.has_due = true },
		"held", "Held: nothing may be deleted or changed now",
		TURN_NOBODY, URGENCY_NONE },
	{ "held, a week before the answer is due: somebody has to decide",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.is_held = true,
			.days_left = 7,
			.has_due = true },
		"held-due", "Held, and nearly due: take more time, or deny",
		TURN_STAFF, URGENCY_AMBER },
	{ "held, a day earlier: nobody has",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.is_held = true,
			.days_left = 8,
			.has_due = true },
		"held", "Held: nothing may be deleted or changed now",
		TURN_NOBODY, URGENCY_NONE },
	{ "held, and no day that it is due on",
		{ .kind = KIND_DELETE, .state = STATE_REVIEW, .is_held = true },
		"held", "Held: nothing may be deleted or changed now",
		TURN_NOBODY, URGENCY_NONE },
	{ "no code can be sent: staff call back",
		{ .kind = KIND_DELETE,
			.state = STATE_UNCONFIRMED,
			.is_called_back = true,
			.days_left = 30,
			.has_due = true },
		"call-back", "Call back, so that the phone number is confirmed",
		TURN_STAFF, URGENCY_NONE },
	{ "a fee waits for the requester",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.is_fee_asked = true,
			.days_left = 8,
			.has_due = true },
		"fee", "Waiting for the requester to accept the fee",
		TURN_CONSUMER, URGENCY_NONE },
	{ "until the answer is nearly due",
		{ .kind = KIND_KNOW_SPECIFIC,
			.state = STATE_REVIEW,
			.is_fee_asked = true,
			.days_left = 7,
			.has_due = true },
		"fee-due",
		"Deny: the fee was not accepted, and the answer is nearly due",
		TURN_STAFF, URGENCY_AMBER },
	{ "a fee that was declined",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.is_fee_declined = true,
			.days_left = 30,
			.has_due = true },
		"fee-declined", "Deny: the fee was declined", TURN_STAFF,
		URGENCY_NONE },
	{ "a fee, and no day that it is due on",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.is_fee_asked = true },
		"fee", "Waiting for the requester to accept the fee",
		TURN_CONSUMER, URGENCY_NONE },
	{ "nearly due, and not held",
		{ .kind = KIND_DELETE,
			.state = STATE_REVIEW,
			.days_left = 5,
			.has_due = true },
		"review", "Review what will be deleted, then approve",
		TURN_STAFF, URGENCY_AMBER },
	{ "held at work: a system waits",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.is_held = true,
			.systems_open = 1,
			.days_left = 9,
			.has_due = true },
		"held", "Held: what was approved waits", TURN_NOBODY,
		URGENCY_NONE },
	{ "held at work: a company is not told meanwhile",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.is_held = true,
			.vendors_open = 1,
			.vendors_untold = 1,
			.days_left = 9,
			.has_due = true },
		"held", "Held: what was approved waits", TURN_NOBODY,
		URGENCY_NONE },
	{ "held when all is done and told: the answer of a company is waited for",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.is_held = true,
			.vendors_open = 1,
			.days_left = 9,
			.has_due = true },
		"wait-vendor", "Waiting for MailHarbor to confirm", TURN_VENDOR,
		URGENCY_NONE },
	{ "know is reviewed as a package",
		{ .kind = KIND_KNOW_SPECIFIC,
			.state = STATE_REVIEW,
			.days_left = 2,
			.has_due = true },
		"package", "Review the package, then send", TURN_STAFF,
		URGENCY_RED },
	{ "correct is decided",
		{ .kind = KIND_CORRECT,
			.state = STATE_REVIEW,
			.days_left = 6,
			.has_due = true },
		"decide-correction", "Decide: correct or deny", TURN_STAFF,
		URGENCY_AMBER },
	{ "a system that is down comes before a late vendor",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.systems_open = 1,
			.systems_unreachable = 1,
			.vendors_open = 1,
			.vendors_late = 1,
			.days_left = 9,
			.has_due = true },
		"reach", "Get MailHarbor back, so that it can be erased",
		TURN_STAFF, URGENCY_NONE },
	{ "a late vendor comes before waiting for a system",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.systems_open = 1,
			.vendors_open = 2,
			.vendors_late = 1,
			.days_left = 9,
			.has_due = true },
		"chase", "Chase MailHarbor", TURN_STAFF, URGENCY_NONE },
	{ "one whose server refused the notice comes before a late one",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.vendors_open = 2,
			.vendors_late = 1,
			.vendors_refused = 1,
			.days_left = 9,
			.has_due = true },
		"reach-vendor", "Get the notice to MailHarbor", TURN_STAFF,
		URGENCY_NONE },
	{ "systems at work",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.systems_open = 1,
			.vendors_open = 1,
			.days_left = 9,
			.has_due = true },
		"working", "Being carried out in the systems", TURN_SYSTEM,
		URGENCY_NONE },
	{ "a vendor that was not told yet",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.vendors_open = 1,
			.vendors_untold = 1,
			.days_left = 9,
			.has_due = true },
		"telling", "Telling MailHarbor", TURN_SYSTEM, URGENCY_NONE },
	{ "a vendor that has time left",
		{ .kind = KIND_CORRECT,
			.state = STATE_WORKING,
			.vendors_open = 1,
			.days_left = 9,
			.has_due = true },
		"wait-vendor", "Waiting for MailHarbor to confirm", TURN_VENDOR,
		URGENCY_NONE },
	{ "all done",
		{ .kind = KIND_DELETE,
			.state = STATE_WORKING,
			.days_left = 9,
			.has_due = true },
		"finish", "Everything is done: write the answer", TURN_STAFF,
		URGENCY_NONE },
	{ "the answer is ready, and late",
		{ .kind = KIND_DELETE,
			.state = STATE_ANSWERING,
			.days_left = -1,
			.has_due = true },
		"answer", "Read the answer, then send it", TURN_STAFF,
		URGENCY_RED },
	{ "an opt-out with buyers to tell",
		{ .kind = KIND_OPT_OUT,
			.state = STATE_IN_FORCE,
			.vendors_open = 2,
			.vendors_untold = 2,
			.days_left = 4,
			.has_due = true },
		"tell", "Tell MailHarbor to stop", TURN_STAFF, URGENCY_AMBER },
	{ "one buyer is enough",
		{ .kind = KIND_OPT_OUT,
			.state = STATE_IN_FORCE,
			.vendors_open = 1,
			.vendors_untold = 1,
			.days_left = 20,
			.has_due = true },
		"tell", "Tell MailHarbor to stop", TURN_STAFF, URGENCY_NONE },
	{ "an opt-out in force",
		{ .kind = KIND_OPT_OUT,
			.state = STATE_IN_FORCE,
			.days_left = 20,
			.has_due = true },
		"in-force", "Nothing to do: it is in force", TURN_NOBODY,
		URGENCY_NONE },
	{ "a late buyer",
		{ .kind = KIND_LIMIT,
			.state = STATE_TELLING,
			.vendors_open = 1,
			.vendors_late = 1,
			.days_left = 0,
			.has_due = true },
		"chase", "Chase MailHarbor", TURN_STAFF, URGENCY_RED },
	{ "a buyer that was not told yet",
		{ .kind = KIND_OPT_OUT,
			.state = STATE_TELLING,
			.vendors_open = 1,
			.vendors_untold = 1,
			.days_left = 12,
			.has_due = true },
		"telling", "Telling MailHarbor", TURN_SYSTEM, URGENCY_NONE },
	{ "a buyer that has time left",
		{ .kind = KIND_OPT_OUT,
			.state = STATE_TELLING,
			.vendors_open = 1,
			.days_left = 12,
			.has_due = true },
		"wait-vendor", "Waiting for MailHarbor to confirm", TURN_VENDOR,
		URGENCY_NONE },
	{ "everyone confirmed",
		{ .kind = KIND_OPT_OUT,
			.state = STATE_TELLING,
			.days_left = 12,
			.has_due = true },
		"finish", "Everyone was told: close it", TURN_STAFF,
		URGENCY_NONE },
	{ "opting in waits for the second act, and has no date",
		{ .kind = KIND_OPT_IN,
			.state = STATE_ASKED,
			.days_left = -900 },
		"second-act", "Waiting for the second confirmation",
		TURN_CONSUMER, URGENCY_NONE },
	{ "a parent's opt-in waits for staff, and has no date",
		{ .kind = KIND_OPT_IN_MINOR,
			.state = STATE_CHECKING,
			.days_left = -900 },
		"parent", "Find out whether the parent asks for this",
		TURN_STAFF, URGENCY_NONE },
	{ "closed, and never urgent",
		{ .kind = KIND_DELETE,
			.state = STATE_CLOSED,
			.days_left = -300,
			.has_due = true },
		"closed", "Closed", TURN_NOBODY, URGENCY_NONE },
};

static void steps(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct next n = next_of(&rows[i].facts);
		str s = next_sentence(a, &n, STR("MailHarbor"));

		CHECK(!strcmp(n.code, rows[i].code), "%s: %s", rows[i].why,
			n.code);
		CHECK(str_eq(s, str_of(rows[i].sentence)), "%s: %.*s",
			rows[i].why, STR_ARG(s));
		CHECK(n.turn == rows[i].turn, "%s: turn of %s", rows[i].why,
			turn_code(n.turn));
		CHECK(n.urgency == rows[i].urgency, "%s: %s", rows[i].why,
			urgency_code(n.urgency));
	}
}

/* Whatever the machine can reach has a next step, with a button for staff. */
static void every_state_has_one(struct arena *a)
{
	for (size_t i = 0; i < move_count(); i++)
		for (int k = KIND_NONE + 1; k < KIND_END; k++) {
			const struct move *m = move_at(i);
			struct next_facts f = { .kind = (enum kind)k,
				.state = m->to };
			struct next n;

			if (!(m->flows & 1u << kind_row((enum kind)k)->flow))
				continue;
			n = next_of(&f);
			CHECK(*n.code && *n.sentence, "%s in %s",
				kind_code((enum kind)k), state_code(m->to));
			CHECK(n.turn != TURN_STAFF || *n.button,
				"%s in %s: staff have a button",
				kind_code((enum kind)k), state_code(m->to));
			CHECK(str_find(next_sentence(a, &n, STR("X")),
				      STR("{")) < 0,
				"%s: no mark is left", n.code);
		}
}

static void names(struct arena *a)
{
	struct next_facts f = { .kind = KIND_DELETE,
		.state = STATE_WORKING,
		.vendors_late = 2,
		.vendors_open = 2 };
	struct next n = next_of(&f);

	CHECK(str_eq(next_sentence(a, &n, STR("2 vendors")),
		      STR("Chase 2 vendors")),
		"several");
	CHECK(!strcmp(n.button, "Send the reminder"), "%s", n.button);
	n.sentence = "{name} first";
	CHECK(str_eq(next_sentence(a, &n, STR("It")), STR("It first")),
		"at the beginning");
	{
		char *name = arena_alloc(a, 300);

		memset(name, 'x', 300);
		CHECK(next_sentence(a, &n, (str){ name, 300 }).n == 306,
			"a long name stays whole");
	}
	n.sentence = "no name";
	CHECK(str_eq(next_sentence(a, &n, STR("It")), STR("no name")), "none");
}

static void urgencies(void)
{
	static const struct {
		int days_left;
		enum urgency urgency;
	} at[] = { { -40, URGENCY_RED }, { 0, URGENCY_RED }, { 3, URGENCY_RED },
		{ 4, URGENCY_AMBER }, { 7, URGENCY_AMBER }, { 8, URGENCY_NONE },
		{ 90, URGENCY_NONE } };

	for (size_t i = 0; i < COUNTOF(at); i++)
		CHECK(urgency_of(at[i].days_left) == at[i].urgency,
			"%d days left", at[i].days_left);
	CHECK(!strcmp(urgency_code(URGENCY_RED), "red") &&
			!strcmp(urgency_code(URGENCY_AMBER), "amber") &&
			!strcmp(urgency_code(URGENCY_NONE), ""),
		"codes of urgency");
	CHECK(!strcmp(turn_code(TURN_STAFF), "staff") &&
			!strcmp(turn_code(TURN_CONSUMER), "consumer") &&
			!strcmp(turn_code(TURN_SYSTEM), "system") &&
			!strcmp(turn_code(TURN_VENDOR), "vendor") &&
			!strcmp(turn_code(TURN_KEEPER), "keeper") &&
			!strcmp(turn_code(TURN_NOBODY), "nobody"),
		"codes of turns");
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	steps(a);
	every_state_has_one(a);
	names(a);
	urgencies();
	arena_free(a);
	return CHECK_DONE();
}
