#ifndef BASE_HTML_H
#define BASE_HTML_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * What compiled templates write values with.  The compiler (tools/tplc) picks
 * the macro by the place in the HTML, the macro picks the function by the C
 * type.  A type that is not in the list does not compile there: a personal must
 * be written as x.v, a bool has no text of its own.
 *
 * Text and attribute values may hold any bytes; what comes out can end neither
 * the text nor a quoted value, in single or double quotes.
 */

/* HTML that is already escaped.  Only the output of a template is one. */
struct markup {
	str s;
};

struct markup markup_of(const struct buf *b); /* a view, until the next put */

void html_put_str(struct buf *b, str s);
void html_put_cstr(struct buf *b, const char *s); /* NULL writes nothing */
void html_put_markup(struct buf *b, struct markup m);
void html_put_int(struct buf *b, int64_t n);
void html_put_uint(struct buf *b, uint64_t n);

/*
 * A whole URL: one that begins with "/", "#", "?", mailto:, tel:, http:// or
 * https:// is written, escaped for the attribute; any other, "//host" included,
 * becomes "#".
 */
void html_put_url(struct buf *b, str s);
void html_put_url_cstr(struct buf *b, const char *s);

/*
 * A piece of a URL whose beginning stands in the template: percent-encoded
 * except for letters, digits and "-._~@", so that it stays one path segment or
 * one parameter value.
 */
void html_put_part(struct buf *b, str s);
void html_put_part_cstr(struct buf *b, const char *s);

void text_put_cstr(struct buf *b, const char *s);

#define HTML_INTS                                                            \
	signed char : html_put_int,                                          \
		      short : html_put_int,                                  \
			      int : html_put_int,                            \
				    long : html_put_int,                     \
					   long long : html_put_int,         \
						       unsigned char         \
	    : html_put_uint,                                                 \
	      unsigned short : html_put_uint,                                \
			       unsigned : html_put_uint,                     \
					  unsigned long : html_put_uint,     \
							  unsigned long long \
	    : html_put_uint

#define put_html_text(b, x) \
	_Generic((x), str: html_put_str, char *: html_put_cstr, \
		const char *: html_put_cstr,                    \
		struct markup: html_put_markup, HTML_INTS)(b, x)

#define put_html_attr(b, x) \
	_Generic((x), str: html_put_str, char *: html_put_cstr, \
		const char *: html_put_cstr, HTML_INTS)(b, x)

#define put_html_url(b, x) \
	_Generic((x), str: html_put_url, char *: html_put_url_cstr, \
		const char *: html_put_url_cstr)(b, x)

#define put_html_part(b, x) \
	_Generic((x), str: html_put_part, char *: html_put_part_cstr, \
		const char *: html_put_part_cstr, HTML_INTS)(b, x)

/* In text templates: as it is. */
#define put_text(b, x) \
	_Generic((x), str: buf_put, char *: text_put_cstr, \
		const char *: text_put_cstr, HTML_INTS)(b, x)

#endif
