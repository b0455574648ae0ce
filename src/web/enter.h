#ifndef WEB_ENTER_H
#define WEB_ENTER_H

#include "desk/person.h"
#include "law/kind.h"
#include "web/desk_page.h"

/*
 * "/desk/intake": the phone line.  Staff choose what the caller wants, by the caller's
 * words; "/desk/intake/{kind}" has the script beside the form; "/desk/intake/done" spells
 * the reference.
 */
struct enter_kind {
	const char *path;
	const char *title;
	const char *said;
};

struct enter_list_view {
	struct desk_page page;
	struct {
		struct enter_kind *at;
		size_t n;
	} kinds;
};

/* Fields: those of desk/tbl/asked.h that the kind has, or id; channel, received_on. */
struct enter_view {
	struct desk_page page;
	const char *path;
	const char *title;
	struct {
		str *at;
		size_t n;
	} script;
	bool is_stop; /* one identifier, nothing else */
	bool is_know;
	bool is_correct;
	bool is_deletion;
	personal id;
	const struct person *answers;
	str channel;
	str received_on;
	str today;
	str since; /* the first day of a range */
	struct problems problems;
};

struct enter_done_view {
	struct desk_page page;
	str reference;
	str spelled; /* "Kilo, seven, Quebec, Foxtrot. ..." */
	str href;    /* of the case */
	str due;     /* empty: in force at once */
};

#endif
