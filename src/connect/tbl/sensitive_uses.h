/*
 * SENSITIVE_USE(NAME, name, title): what a company does with the sensitive
 * personal information it gets from us.  Who uses it for nothing but what 11 CCR
 * 7027(m) permits, or gets none, has nothing to stop when a consumer limits its use.
 */
SENSITIVE_USE(OTHER, other, "for other uses as well")
SENSITIVE_USE(PERMITTED, permitted, "for permitted uses only")
SENSITIVE_USE(NONE, none, "gets none")
#undef SENSITIVE_USE
