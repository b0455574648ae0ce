#ifndef WEB_STATEMENT_ENTER_H
#define WEB_STATEMENT_ENTER_H

#include "desk/statement.h"
#include "web/desk_page.h"
#include "web/statement.h"

/* "/desk/r/{ref}/statement/enter": staff enter what came by letter, or was said on the
 * phone, word for word.  Items have the numbers of the letter.  Fields: text.1, text.2,
 * ... */
struct statement_enter_view {
	struct desk_page page;
	str reference;
	str path; /* of the case */
	bool is_open;
	int64_t words_max;
	struct statement_parts parts;
	struct problems problems;
};

#endif
