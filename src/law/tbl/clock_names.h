/*
 * CLOCK_WHAT(name, code): what a period of time is for.  The codes of the
 * first six are the names that `toyon law due` prints.
 */
CLOCK_WHAT(CONFIRM, "confirm")
CLOCK_WHAT(ACT, "act")
CLOCK_WHAT(RESPOND, "respond")
CLOCK_WHAT(EXTENDED, "extended")
CLOCK_WHAT(EXTEND_NOTICE, "extend_notice_by")
CLOCK_WHAT(NO_REASK, "no_reask_until")
CLOCK_WHAT(RECORD, "record")
CLOCK_WHAT(KNOW_WINDOW, "know_window")
CLOCK_WHAT(REFUSE_AGAIN, "refuse_again")
CLOCK_WHAT(HOLD, "hold")
CLOCK_WHAT(EMERGENCY_ORDER, "emergency_order")
CLOCK_WHAT(DROP_ACCESS, "drop_access")
CLOCK_WHAT(VENDOR_NOTICE, "vendor_notice")
CLOCK_WHAT(POLICY_AGE, "policy_age")
CLOCK_WHAT(METHOD_AGE, "method_age")
CLOCK_WHAT(VENDOR_LOOK, "vendor_look")
#undef CLOCK_WHAT
