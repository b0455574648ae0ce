/* FORBID(BIT, "code", "what it means"): law/reason.h's FORBIDS_ bits by name. */
FORBID(SALE, "sale", "selling and sharing")
FORBID(SENSITIVE, "sensitive-use", "use of sensitive information beyond what is necessary")
FORBID(KEEPING, "keeping", "storing it at all")
FORBID(ADMT, "automated-decisions", "automated decisionmaking technology")
FORBID(OTHER, "other-uses", "every other use, but for the purpose it is kept for")
#undef FORBID
