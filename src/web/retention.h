#ifndef WEB_RETENTION_H
#define WEB_RETENTION_H

#include "desk/expiry.h"
#include "web/desk_page.h"

/*
 * "/desk/retention": how long each table is kept by the data map, what the last preview
 * and the last run of each system found, and what waits and why.  It posts to have the
 * worker look again.  What erases is a command, `toyon expire`: nobody erases here by a
 * hurried click.
 */
struct retention_why {
	str n;
	const char *words;
};

struct retention_row {
	const struct expiry_table *of;
	str rows;
	str old;
	str gone; /* "3, with 5 that belong to them" */
	struct {
		struct retention_why at[EXPIRE_WHYS + 2];
		size_t n;
	} whys;
};

struct retention_look {
	const struct expiry_run *of;
	str title;  /* "Last preview", for a caption */
	str when;   /* "November 21, 2026, 1:04 p.m." */
	bool is_on; /* it erased, and did not only look */
	struct {
		struct retention_row *at;
		size_t n;
	} rows;
};

struct retention_system {
	const struct expiry *of;
	int number; /* for ids */
	str on;     /* since when it is on; empty: off */
	str untimed;
	struct {
		struct retention_look at[2];
		size_t n;
	} looks;
	struct {
		struct retention_rule {
			str table;
			str kept_for; /* "24 months after created_at" */
		} * at;
		size_t n;
	} rules;
};

struct retention_page {
	struct desk_page page;
	str headline;
	bool can_ask;
	struct {
		struct retention_system *at;
		size_t n;
	} systems;
};

#endif
