/*
 * CIRCUMSTANCE(name, "title", "hint", "when it is missing", "citation"): what staff weigh to find out what is
 * right (11 CCR 7023(b)); the name is that of the form field and of its place in struct
 * person.
 */
CIRCUMSTANCE(nature, "What kind of information it is", "What it is used for, and how much turns on it for them", "Write what kind of information it is", "11 CCR 7023(b)")
CIRCUMSTANCE(obtained, "How we got it", "From whom and when, and how sure that is. If we got it elsewhere and hold no documents, their word may be enough", "Write how you got it, or that nobody knows", "11 CCR 7023(b)")
CIRCUMSTANCE(documented, "What documents say", "Theirs, ours or somebody else’s; or that there are none", "Write what documents say, or that there are none", "11 CCR 7023(b)")
#undef CIRCUMSTANCE
