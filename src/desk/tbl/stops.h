/*
 * STOP(kind, reason, event of the audit trail, setting that offers it, needs an
 *      identifier)
 */
STOP(OPT_OUT, OPT_OUT, OPTED_OUT, sells, false)
STOP(LIMIT, LIMIT, LIMITED, uses_sensitive, true)
STOP(OPT_OUT_ADMT, ADMT, OPTED_OUT_ADMT, uses_admt, true)
#undef STOP
