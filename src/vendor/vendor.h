#ifndef VENDOR_VENDOR_H
#define VENDOR_VENDOR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/map.h"

/*
 * How a company that got personal information from us is told what to do with
 * it, and nothing about requests or records.  An instruction names no consumer:
 * who it is about stands behind the link, which the vendor opens.
 */

/* By name in the data map: "service_provider". */
bool vendor_role_of(str name, enum vendor_role *out);
/* What it is told to do. */
enum vendor_act {
#define VENDOR_ACT(NAME, ...) VENDOR_ACT_##NAME,
#include "vendor/tbl/acts.h"
	VENDOR_ACTS
};

const char *vendor_act_name(enum vendor_act act); /* "delete" */
const char *vendor_act_title(
	enum vendor_act act); /* "Delete one person's ..." */
const char *vendor_act_ask(
	enum vendor_act act); /* what exactly, in sentences */

/* Why a company of this role has to: sentences for the notice. */
const char *vendor_duty(enum vendor_act act, enum vendor_role r);

/* What its page says, see tbl/acts.h. */
struct vendor_words {
	const char *heading; /* "Delete this person's information" */
	const char *asked;   /* after "A consumer asked us to" */
	const char *law;
	const char *done;  /* "We deleted it" */
	const char *did;   /* "You deleted it" */
	const char *kept;  /* "We must keep some of it" */
	const char *keeps; /* "You must keep some of it, and said why" */
	const char *next;
};
const struct vendor_words *vendor_act_words(enum vendor_act act);

struct vendor_notice {
	str vendor; /* the company, as the data map calls it */
	enum vendor_role role;
	enum vendor_act act;
	str contact;      /* where its channel reaches it: an email address */
	str contact_name; /* may be empty */
	str reference;    /* of this instruction: the same when told again */
	str link;         /* where the vendor sees who, and confirms */
	struct date asked_on; /* none: first time; else this is a reminder */
	struct date due_on;
};

/* A notice that can be sent; ERR_INVALID says what is missing. */
int vendor_notice_check(const struct vendor_notice *n, struct err *e);

/*
 * A way of telling vendors.  email is in mail/vendor_mail.h.
 *
 * tell() returns 0 when the vendor's side has taken the notice, which does not
 * mean that it has done anything: only its own confirmation does.  ERR_INVALID:
 * trying again will not help; ERR_UNAVAILABLE: try later.  A notice may be told
 * twice (a crash between telling and recording it), under the same reference.
 */
struct vendor_channel {
	const char *name; /* as in the data map: "email" */
	bool (*is_contact)(str contact);
	int (*tell)(const void *ctx, struct arena *a,
		const struct vendor_notice *n, struct err *e);
	const void *ctx;
};

#endif
