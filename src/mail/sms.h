#ifndef MAIL_SMS_H
#define MAIL_SMS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * Text messages, through whatever gateway the operator has: one HTTP call, whose
 * address, header and body are patterns.  {to} is the number as +15105550177, {text}
 * the message, {secret} the gateway's secret, and each is written as the place wants
 * it: percent-encoded in the address and in a form, escaped in a JSON body (one that
 * begins with "{" or "["), plain in the header.  With a body the call is a POST, else
 * a GET.
 *
 * What a failure means is as for letters (mail/send.h): ERR_INVALID, never again
 * (the gateway refused this message: 400, 404, 422); ERR_UNAVAILABLE, try later.
 * Neither number nor message nor what the gateway said stands in an error.
 */
struct sms_gateway {
	str url;
	str header; /* "Authorization: Bearer {secret}"; empty: none */
	str body;
	str secret;
	int timeout_ms; /* 0: 20 s */
};

/* The address is https, or this machine's own; one header line; and somewhere stands
 * {text}, and {to}. */
int sms_check(const struct sms_gateway *g, struct err *e);

/* to: ten digits, as ident/ writes a US number. */
int sms_send(struct arena *a, const struct sms_gateway *g, personal to,
	personal text, struct err *e);

#endif
