#ifndef DESK_TRAY_H
#define DESK_TRAY_H

#include "desk/desk.h"
#include "law/next.h"
#include "words/lang.h"

/*
 * Letters on paper: to who gave no email address (11 CCR 7020(e); Civ. Code
 * 1798.130(a)(2)(B)).  One waits here until staff have printed and posted it, or have
 * read it out on the phone to who gave no address either.  Nothing else takes it out:
 * until then the receipt is not confirmed, the case not answered, and its clock runs.
 * Needs PERM_POST_LETTERS.
 */
struct tray_letter {
	int64_t id;
	str reference; /* "K7QF-2M9X" */
	str title;
	const char *kind_title;
	struct date written_on;
	struct date due_on; /* none: no day of the law */
	int days_left;
	enum urgency urgency;
	bool has_address;
};

struct tray {
	struct tray_letter *at; /* soonest day first */
	size_t n;
};

int tray_load(struct desk *d, struct tray *out, struct err *e);

struct tray_count {
	int n;
	int late;
};
/* For whoever sees the queue. */
int tray_count(struct desk *d, struct tray_count *out, struct err *e);
/* How many letters of a request wait here, or -1. */
int tray_waiting(struct desk *d, int64_t request_id, struct err *e);

/* One letter as it is printed.  Each time an entry. */
struct tray_sheet {
	int64_t id;
	str reference;
	str title;
	struct date written_on;
	personal postal; /* lines; empty: none */
	personal call;
	enum lang lang; /* it is written in */
	str subject;
	personal text;
	bool has_package; /* what is enclosed, for an answer to know: */
	personal package; /* markup of know/; empty: too long, the file is it */
};
/* The ZIP of what is enclosed, for package_zip_part(), each time an entry: for who wants
 * a file, or what is too long to print.  1, or 0 when there is none. */
struct package_zip;
int tray_zip(struct desk *d, int64_t id, str *reference,
	struct package_zip *out, struct err *e);
/* 1, or 0 when it does not wait here any more. */
int tray_print(
	struct desk *d, int64_t id, struct tray_sheet *out, struct err *e);

/*
 * It left: on `day` ("2026-11-21"; problems of the field day), by post or, when there
 * is no address, read out on the phone.  What hangs on the letter follows as of that
 * day: receipt confirmed, more time told, case closed.  ERR_CONFLICT: it does not wait
 * any more.
 */
struct tray_leaving {
	str day;
	bool is_read_out;
};
int tray_left(struct desk *d, int64_t id, const struct tray_leaving *in,
	struct problems *ps, struct err *e);
/* There is no way to bring it to them: as a letter that a mail server refused. */
int tray_failed(struct desk *d, int64_t id, struct err *e);

#endif
