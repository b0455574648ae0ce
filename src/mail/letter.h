#ifndef MAIL_LETTER_H
#define MAIL_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * One letter to one person, and the bytes it goes out as.  The same letter
 * always gives the same bytes, Date and Message-ID included, so that sending it
 * again after a crash is recognised as a repetition by the receiving side and a
 * letter in the outbox folder is what SMTP would have carried.
 */
struct letter {
	personal to;      /* address: name@example.com */
	personal to_name; /* left out unless letter_is_name() */
	str from;         /* address of the business */
	str from_name;    /* may be empty */
	str subject;      /* one line; its first words carry nothing personal */
	personal text;    /* UTF-8, lines end in \n; long lines are wrapped */
	str message_id;   /* without angle brackets, see letter_message_id() */
	str reference;    /* of the request or instruction; may be empty */
	int64_t at;       /* the Date header */
};

enum {
	LETTER_WIDTH = 72,          /* columns the text is wrapped at */
	LETTER_TEXT_MAX = 64 << 10, /* bytes */
	LETTER_HEADER_MAX = 320,    /* bytes of any header value */
};

/*
 * A new Message-ID at the host of `from`: the instant and 80 random bits.  Made
 * once and kept with the letter, so that sending it again repeats it.
 */
str letter_message_id(struct arena *a, int64_t at, str from);

/*
 * Whether a name as typed may stand in a letter: anyone can have our first letter
 * sent to anyone, so a "name" with a link or a message in it must not travel
 * with it.  Letters of any script, spaces and the signs of names, at most 60
 * characters.
 */
bool letter_is_name(personal name);

/* One mailbox in ASCII before the "@", a host name (of any script) behind it. */
bool letter_is_address(str address);

/*
 * The whole message: headers (RFC 5322; other scripts as RFC 2047 has them),
 * then the text wrapped and as plain as it can be (7bit, else quoted-printable),
 * lines ended by CRLF.  A control character in a header value, an address that
 * is none, text that is no UTF-8 or goes over a limit: ERR_INVALID.
 */
int letter_bytes(
	struct arena *a, const struct letter *l, str *out, struct err *e);

/* The address as the envelope needs it: the host name in ASCII (IDNA 2008). */
int letter_envelope(
	struct arena *a, personal address, personal *out, struct err *e);

/*
 * Breaks lines longer than width columns at spaces.  A line that opens with
 * spaces or "- " keeps that depth where it goes on; a word longer than the
 * width (a link) stands alone, whole.
 */
str letter_wrap(struct arena *a, str text, size_t width);

#endif
