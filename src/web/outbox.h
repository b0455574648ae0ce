#ifndef WEB_OUTBOX_H
#define WEB_OUTBOX_H

#include "web/desk_page.h"

#include "desk/answer.h"

/* "/desk/outbox": letters to read here, while no mail server is set up. */
struct outbox_line {
	const struct outbox_letter *letter;
	str when;
	str href;
	struct paragraphs text;
};

struct outbox_page {
	struct desk_page page;
	struct {
		struct outbox_line *at;
		size_t n;
	} lines;
};

#endif
