#ifndef WEB_VENDORS_H
#define WEB_VENDORS_H

#include "web/desk_page.h"

#include "desk/contracts.h"
#include "desk/vendors.h"
#include "law/listed.h"

/* "/desk/vendors": what each company was asked, has confirmed, and owes; what its
 * contract lacks. */
struct vendors_page {
	struct desk_page page;
	const struct vendor_rows *vendors;
	str headline;
	struct contract_lines contracts;
	struct {
		struct listed *at;
		size_t n;
	} clauses; /* what the codes in the lines are */
};

#endif
