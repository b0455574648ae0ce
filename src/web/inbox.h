#ifndef WEB_INBOX_H
#define WEB_INBOX_H

#include "desk/answer.h"
#include "desk/inbox.h"
#include "web/desk_page.h"
#include "web/enter.h"

/*
 * "/desk/inbox": email that came to the business's address and waits for somebody to
 * read it; one of them, with the forms that it can be entered by, and the field ref: the
 * request that it is about.
 */
struct inbox_row {
	const struct inbox_line *email;
	str came;
	str due;
	int due_number;
	const char *due_words;
};

struct inbox_view {
	struct desk_page page;
	struct {
		struct inbox_row *at;
		size_t n;
	} rows;
	bool is_cut; /* more wait than are shown */
};

struct inbox_email_view {
	struct desk_page page;
	struct inbox_email email;
	str came;
	struct paragraphs text;
	struct enter_kinds kinds;
	str ref; /* as typed */
	struct problems problems;
};

#endif
