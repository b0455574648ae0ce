#ifndef WEB_CORRECTED_H
#define WEB_CORRECTED_H

#include "desk/correct_show.h"
#include "web/page.h"

/*
 * "/s/{ref}/corrected": the consumer sees that it is corrected, behind a fresh code.
 * Fields: send; or code, and typed, which is
 * compared with what may not be shown and drawn again nowhere.  What is shown is the answer to that POST, so that it is in no
 * history and takes a code each time.
 */
struct corrected_door_view {
	struct page page;
	str reference;
	bool is_sent; /* a code is on its way */
	bool is_by_sms;
	int minutes; /* it is good for */
	struct problems problems;
};

struct corrected_line {
	str what;
	bool is_deleted;
	bool is_never; /* disclosed */
	bool is_tried; /* something was typed */
	bool is_match;
	personal value;
	str read_on; /* empty: staff wrote it */
};
struct corrected_view {
	struct page page;
	str reference;
	struct {
		struct corrected_line *at;
		size_t n;
	} lines;
	personal by_hand;
	bool has_never;
};

#endif
