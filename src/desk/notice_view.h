#ifndef DESK_NOTICE_VIEW_H
#define DESK_NOTICE_VIEW_H

#include "desk/notice_facts.h"

/* What the templates of notices/ draw.  Free text is on one line each. */
struct notice_view {
	const struct notice_facts *f;
	str legal_name;
	str phone_hours; /* as the business says them in that language */
	str address;
	str updated; /* "November 21, 2026" */
	bool sells, limits, admt, sells_minors, publishes, choices_link;
	bool has_sold, has_disclosed, has_no_method;
	struct notice_points checks; /* of a parent */
	/* Addresses of our pages; the policy's may be the business's own. */
	str start_link, opt_out_link, limit_link, policy_link, agent_link;
	str child_link, teen_link, numbers_link;
	str admt_link, access_link, appeal_link; /* empty: not offered */
	/* Of the incentive. */
	str terms, join, leave;
	str value, value_method, value_counts, value_sum, value_taken;
	str value_among, value_how;
	int64_t value_people;
	bool is_country;
};

#endif
