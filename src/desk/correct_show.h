#ifndef DESK_CORRECT_SHOW_H
#define DESK_CORRECT_SHOW_H

#include "desk/desk.h"
#include "words/lang.h"

/*
 * The consumer sees that it is corrected (11 CCR 7023(j)): what was corrected on this
 * request, as it read when it was read again, and nothing else that is held.  A fresh
 * code opens it, as often as they like while the record is kept; it is no request to
 * know, and counts as none.
 *
 * What no answer may disclose is not shown here either: whoever types what they believe
 * it is hears whether it is the same, and nothing else.  Each try takes a fresh code, and
 * there are LIMIT_MATCHES_A_DAY of them; one with a wrong code counts as none.
 */
enum correct_match { MATCH_NOT_TRIED, MATCH_YES, MATCH_NO };

struct correct_shown {
	struct {
		struct correct_shown_one {
			str what; /* "zip (Contacts, CRM)" */
			bool is_deleted;
			bool is_never; /* disclosed: value is empty */
			enum correct_match match;
			personal value;
			int64_t read_at; /* 0: staff wrote it */
		} * at;
		size_t n;
	} items;
	personal by_hand; /* in the words of staff; may be empty */
};

/* 1: there is something to see under this number; 0; or -1. */
int correct_show_is_there(struct desk *d, str reference, struct err *e);
int correct_show_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e);
/* typed: to be compared; may be empty.  lang: of the page that shows it. */
struct correct_look {
	str code;
	personal typed;
	enum lang lang;
};
/* Problems of the field "code": then nothing is shown.  ERR_TOO_MANY when so many were
 * typed already.  Leaves an entry. */
int correct_show(struct desk *d, str reference, const struct correct_look *look,
	struct correct_shown *out, struct problems *ps, struct err *e);

/* Are they the same, blanks and marks aside?  Of a password, each character counts. */
bool correct_is_match(str never_disclose, str held, str typed);

#endif
