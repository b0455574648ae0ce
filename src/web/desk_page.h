#ifndef WEB_DESK_PAGE_H
#define WEB_DESK_PAGE_H

#include "desk/inbox.h"
#include "desk/tray.h"
#include "web/message.h"
#include "web/spoken.h"
#include "web/web.h"

/*
 * The console around its pages: the rail with what this member of staff may
 * open, who is signed in, and the way out.  What a role may not use is absent.
 */
enum desk_place {
	DESK_QUEUE,
	DESK_INTAKE,
	DESK_LETTERS,
	DESK_INBOX,
	DESK_PARENTS,
	DESK_AGENTS,
	DESK_TRAINING,
	DESK_HOLDS,
	DESK_VENDORS,
	DESK_MAP,
	DESK_NOTICES,
	DESK_RETENTION,
	DESK_RETURNED,
	DESK_DROP,
	DESK_AUDIT,
	DESK_METRICS,
	DESK_OUTBOX,
};

struct desk_page {
	str title;
	enum desk_place place;
	bool has_problem; /* the title starts with "Problem: " */
	bool is_demo;
	str business;
	str name; /* of the member of staff */
	str initials;
	const char *role; /* "Privacy officer" */
	str csrf;         /* every form carries it */
	int open;
	int late_vendors;
	bool has_intake;
	bool has_inbox;            /* mail is read, and they may enter it */
	struct inbox_count inbox;  /* email that waits to be read */
	bool has_letters;          /* may print them */
	struct tray_count letters; /* on paper, that wait */
	int returned;              /* systems in which somebody came back */
	int parents; /* requests for children whose parent is not checked */
	bool has_holds;
	bool has_drop;
	bool has_audit;
	bool has_metrics;
	bool has_outbox;
	struct write_in write_in; /* of the case that the page is about */
	str flash;
};

int desk_page_fill(const struct web *w, struct http_request *q,
	struct http_response *r, str title, struct desk_page *out,
	struct err *e);

/* "/desk/r/K7QF-2M9X" and a last piece ("", "/preview"). */
str desk_case_path(struct arena *a, str reference, const char *last);

/* The class that colours a person's initials: "", "b" or "c". */
const char *desk_avatar(str initials);

/*
 * After a POST: 303 to the case with a line for it.  A use case that found the
 * case moved on (ERR_CONFLICT) is answered so, too: the page shows how it
 * stands now.  rc and e are the use case's.
 */
int desk_back_to_case(struct http_request *q, struct http_response *r, int rc,
	const char *flash, struct err *e);

/* Instead of a page whose act the case does not allow any more: 303 to the case,
 * which says that something changed meanwhile.  0, for the caller to return. */
int desk_changed_meanwhile(
	struct http_request *q, struct http_response *r, str reference);

#endif
