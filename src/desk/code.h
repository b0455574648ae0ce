#ifndef DESK_CODE_H
#define DESK_CODE_H

#include "desk/record.h"

/*
 * Six digits by email or text message, typed back: whoever does so reads that
 * mailbox, or has that phone.  A
 * request has one code at a time, for one use: the code that confirms an address
 * opens no package.  Each is good for LIMIT_CODE_MINUTES and LIMIT_CODE_TRIES
 * tries.  Within the caller's transaction and after record_lock().
 */
#define CODE_CONFIRM "code"      /* the address is the requester's */
#define CODE_PACKAGE "open code" /* who opens the package is the requester */

/* Is there an email address, or a phone that gets text messages?  Else staff call
 * back (desk/call_back.h). */
bool code_can_go(const struct record *r);
/* The page on which it is typed, and another one is sent from. */
str code_link(struct desk *d, const struct record *r);

/* The requester chose text messages; the phone number is then what a code proves,
 * and the email address is only where letters go. */
bool code_is_by_sms(const struct record *r);

int code_send(
	struct desk *d, const struct record *r, const char *use, struct err *e);

/* Sends another one, unless the last was sent moments ago. */
int code_send_again(struct desk *d, const struct record *r, const char *use,
	bool *is_too_soon, struct err *e);

/*
 * Counts the try and judges it.  *why_not NULL: right, and the code is gone; else
 * a sentence for the page, and the try is in the audit trail.
 */
int code_try(struct desk *d, const struct record *r, const char *use, str code,
	const char **why_not, struct err *e);

/* The digits of what was typed or pasted; false, with a problem (field "code"),
 * when these are not six. */
bool code_read(struct arena *a, str typed, str *code, struct problems *ps);

#endif
