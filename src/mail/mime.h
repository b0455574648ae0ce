#ifndef MAIL_MIME_H
#define MAIL_MIME_H

#include "base/arena.h"
#include "base/str.h"

/*
 * The encodings of email that came, undone (RFC 2045, 2047).  Whoever sent it wrote it,
 * so nothing is refused: what is encoded wrongly comes out as far as it can be read.
 */

/* "text/plain; charset=utf-8" has a charset: without its quotes, a view.  Empty: none. */
str mime_param(str value, str name);

/* The bytes of a body, by its Content-Transfer-Encoding. */
str mime_decode(struct arena *a, str encoding, str body);

/*
 * As UTF-8: what is in UTF-8, ASCII, Latin 1 or Windows 1252, whatever it says it is in.
 * Of any other set a "?" stands for each byte that is not ASCII: iconv(3) would load
 * a module of the sender's choice.
 */
str mime_utf8(struct arena *a, str charset, str bytes);

/* A header's value with its encoded words ("=?utf-8?B?w7Y=?=") read. */
str mime_words(struct arena *a, str value);

/* Text to show: valid, without controls but \n and tab, at most one empty line at a
 * time, at most max bytes; *is_cut: there was more. */
str mime_text(struct arena *a, str text, size_t max, bool *is_cut);

#endif
