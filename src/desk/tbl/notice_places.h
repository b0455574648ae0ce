/*
 * NOTICE_PLACE(NAME, path, is it written by the program and published): where a notice of
 * law/tbl/notices.h stands on our pages; "" for one that only the business's own site has.
 */
NOTICE_PLACE(POLICY, "/notice/policy", true)
NOTICE_PLACE(COLLECTION, "/notice/at-collection", true)
NOTICE_PLACE(OPT_OUT, "/opt-out", false)
NOTICE_PLACE(LIMIT, "/limit", false)
NOTICE_PLACE(CHOICES, "/", false)
NOTICE_PLACE(INCENTIVE, "/notice/incentive", true)
NOTICE_PLACE(MINORS, "/notice/policy#minors-ways", false)
NOTICE_PLACE(PRE_USE, "/notice/pre-use", true)
NOTICE_PLACE(METRICS, "/numbers", false)
NOTICE_PLACE(BROKER_METRICS, "", false)
#undef NOTICE_PLACE
