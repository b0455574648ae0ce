#ifndef MAIL_VENDOR_MAIL_H
#define MAIL_VENDOR_MAIL_H

#include "mail/letters.h"
#include "mail/send.h"
#include "vendor/vendor.h"

/* Vendors told by email: a notice becomes a letter with a link. */
struct vendor_mail {
	const struct mail_way *way;
	str from; /* address of the business */
	struct letter_sign sign;
	int64_t at;
	str message_id; /* kept by the caller, so that a retry is the same letter */
};

/* The letter alone, for callers that queue letters. */
int vendor_mail_letter(struct arena *a, const struct vendor_mail *m,
	const struct vendor_notice *n, struct letter *out, struct err *e);

/* The channel "email"; m must outlive it. */
struct vendor_channel vendor_mail_channel(const struct vendor_mail *m);

#endif
