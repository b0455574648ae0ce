/*
 * EXPLAINED(kind, name, title, hint, missing, what the letter puts before it,
 *           citation): what an answer about ADMT has to say, in this order.  The name
 * is its place in struct person and the field of the form.
 */
EXPLAINED(ACCESS_ADMT, explained_purpose, "What was it used for?",
	"The one purpose, about this person. Not “to improve our services”.",
	"Write what it was used for", "What we used it for", "11 CCR 7222")
EXPLAINED(ACCESS_ADMT, explained_logic, "How did it come to its result?",
	"In plain words: what it looked at about this person, and what counted "
	"most.",
	"Write how it came to its result", "How it came to its result",
	"11 CCR 7222")
EXPLAINED(ACCESS_ADMT, explained_outcome, "What came out about them?",
	"The result, such as a score, and what was decided.",
	"Write what came out", "What came out about you", "11 CCR 7222")
EXPLAINED(ACCESS_ADMT, explained_role, "What part did that play?",
	"How the result was used in the decision, and what a person did.",
	"Write what part it played in the decision",
	"What part that played in our decision", "11 CCR 7222")
EXPLAINED(APPEAL_ADMT, explained_why, "Why?",
	"The facts, and what you make of what they told us.",
	"Write why the decision stands or was changed", "Why",
	"11 CCR 7221(b)")
#undef EXPLAINED
