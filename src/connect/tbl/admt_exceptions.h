/*
 * ADMT_EXCEPTION(name, ground of law/deny.h, needs evidence): why a use of ADMT need
 * not be stopped on request (11 CCR 7221(b)).  Evidence is where the test for
 * non-discrimination is kept.
 */
ADMT_EXCEPTION(appeal, "ADMT_APPEAL", false)
ADMT_EXCEPTION(ability, "ADMT_ABILITY", true)
ADMT_EXCEPTION(allocation, "ADMT_ALLOCATION", true)
#undef ADMT_EXCEPTION
