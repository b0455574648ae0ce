#ifndef WEB_TRAY_H
#define WEB_TRAY_H

#include "base/html.h"
#include "desk/answer.h"
#include "desk/tray.h"
#include "web/desk_page.h"

/*
 * "/desk/letters": letters on paper that wait; and one of them as it is printed, with
 * the form that marks it: fields how (post, phone) and day.
 */
struct tray_line {
	const struct tray_letter *letter;
	str href; /* of the case */
	str written;
	str due;
	int due_number;
	const char *due_words;
};

struct tray_view {
	struct desk_page page;
	struct {
		struct tray_line *at;
		size_t n;
	} lines;
	str cut;
};

struct sheet_view {
	struct desk_page page;
	const struct tray_sheet *sheet;
	str written;
	struct paragraphs text;
	struct markup package; /* what is enclosed */
	str day;
	str today;
	struct problems problems;
};

#endif
