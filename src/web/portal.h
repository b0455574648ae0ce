#ifndef WEB_PORTAL_H
#define WEB_PORTAL_H

#include "desk/portal.h"
#include "web/page.h"

/*
 * "/your-data": what account holders see of themselves.  Before they are in, the page that
 * leads to the business's own site and takes them back; like the page of account.h, coming
 * back opens nothing by itself: the requester presses the button.
 */
struct portal_door_view {
	struct page page;
	str url;       /* of the business's site */
	str assertion; /* they came back with one */
	bool is_refused;
	bool is_stopped; /* the account came from too many places */
};

/* Another request, whose form begins with who they are filled in. */
struct portal_ask {
	const char *path; /* "delete" */
	const char *title;
	const char *text;
};

/* Something that is stopped by one button, or is already. */
struct portal_stop {
	const char *path; /* "opt-out" */
	const char *title;
	const char *button;
	bool is_on;
};

struct portal_wait {
	str title;
	str until; /* a person was asked to answer by then; empty: a program looks */
};

struct portal_row {
	str reference;
	const char *title;
	const char *told;
	str received;
	str due; /* empty: closed */
	str closed;
	bool can_open;
};

struct portal_view {
	struct page page;
	personal email;
	str until; /* how long they stay in */

	/* What is held of them. */
	str ready; /* the reference of an answer to open; empty: none */
	str ready_on;
	str ready_until;
	str waiting; /* the reference of one that is under way; empty: none */
	str asked_on;
	str due;
	str extendable_to;
	str searched; /* "2 of 5 systems have answered." */
	const char *told;
	bool refreshes; /* by itself, every few seconds */
	bool may_refresh;
	bool can_ask;
	str next_on; /* two were answered; empty: they can ask */
	struct {
		struct portal_wait *at;
		size_t n;
	} waits;

	struct {
		struct portal_stop *at;
		size_t n;
	} stops;
	struct {
		struct portal_ask *at;
		size_t n;
	} asks;
	struct {
		struct portal_row *at;
		size_t n;
	} rows;
};

#endif
