#ifndef WEB_VENDORS_H
#define WEB_VENDORS_H

#include "web/desk_page.h"

#include "desk/vendors.h"

/* "/desk/vendors": what each company was asked, has confirmed, and owes. */
struct vendors_page {
	struct desk_page page;
	const struct vendor_rows *vendors;
	str headline;
};

#endif
