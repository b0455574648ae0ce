#ifndef DESK_DROP_REPORTING_H
#define DESK_DROP_REPORTING_H

#include "desk/drop_session.h"

/*
 * A status file: in the record with its rows before it is written, and written before it is
 * sent.  Inside desk/drop*.c only.
 */
struct drop_report_file {
	int64_t id;
	enum drop_list list;
	bool is_amend;
	str name;
	int64_t rows;
	str sha256;      /* empty: never written */
	bool is_unheard; /* sent before, and the platform may have taken it */
};

/*
 * Of the items that wait in one list, as many as a file may have; f: list and is_amend are
 * set.  ERR_CONFLICT: the session moved on, or another node makes these files.
 */
int drop_report_make(struct desk *d, const struct drop_cycle *c,
	struct drop_report_file *f, struct err *e);

/* Its rows as a file in dir.  ERR_CORRUPT: it came out otherwise than the first time. */
int drop_report_write(struct desk *d, const char *dir,
	struct drop_report_file *f, bool is_export, struct err *e);

/* In a transaction: what was said of a file; said again, it changes nothing. */
struct drop_report_said {
	const struct drop_report_file *file;
	int64_t cycle_id;
	bool is_accepted;
	bool is_repeated;
	str message;
};
int drop_report_say(
	struct desk *d, const struct drop_report_said *s, struct err *e);

#endif
