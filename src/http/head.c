/*
 * The strict reading of a request's head; see the header for how it can be done
 * on top of a lenient parser.  Every refusal closes the connection: where one
 * message ends is what is in doubt.
 */
#include "http/head.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"

enum { LENGTH_DIGITS_MAX = 15 };

static int refuse(struct err *e, int status, const char *why)
{
	err_set(e, ERR_USAGE, "%s", why);
	return status;
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* RFC 9110 5.6.2 */
static bool is_token(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++)
		if (!is_letter_or_digit(*s) && !strchr("!#$%&'*+-.^_`|~", *s))
			return false;
	return true;
}

/* RFC 9110 5.5: visible bytes, spaces and tabs, and the upper half. */
static bool is_field_value(const char *s)
{
	for (; *s; s++)
		if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7f)
			return false;
	return true;
}

static bool is_target(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f)
			return false;
	return str_starts(s, STR("/")) || str_starts(s, STR("http://")) ||
	       str_starts(s, STR("https://"));
}

/* Do the pieces of the request line lie as they were sent? */
static bool line_is_whole(const struct http_head *h)
{
	return h->target_at &&
	       h->method + strlen(h->method) + 1 == h->target_at &&
	       h->target_at + h->target.n + 1 == h->version;
}

/* `end` is where the line before ended, at the first NUL of its CR LF. */
static bool field_is_whole(const char *end, const struct http_head_line *l)
{
	const char *at = l->name + strlen(l->name) + 1;

	if (end + 2 != l->name || end[0] || end[1])
		return false;
	while (*at == ' ' || *at == '\t')
		at++;
	return at == l->value;
}

static int check_start(const struct http_head *h, struct err *e)
{
	if (!line_is_whole(h))
		return refuse(e, 400, "the request line is not well formed");
	if (strcmp(h->version, "HTTP/1.1") && strcmp(h->version, "HTTP/1.0"))
		return refuse(e, 505, "this version of HTTP is not spoken");
	if (!is_token(h->method) || !is_target(h->target))
		return refuse(e, 400, "the request line is not well formed");
	return 0;
}

static int check_fields(const struct http_head *h, struct err *e)
{
	const char *end = h->version + strlen(h->version);

	for (size_t i = 0; i < h->n; i++) {
		const struct http_head_line *l = &h->lines[i];

		if (!field_is_whole(end, l))
			return refuse(e, 400, "a header line is ambiguous");
		if (!is_token(l->name) || !is_field_value(l->value))
			return refuse(e, 400, "a header is not well formed");
		end = l->value + strlen(l->value);
	}
	/* CR LF of the last line and of the empty one, and nothing else. */
	if (end + 4 != h->method + h->size || end[0] || end[1] || end[2] ||
		end[3])
		return refuse(e, 400, "a header line is ambiguous");
	return 0;
}

static size_t count(const struct http_head *h, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += strcasecmp(h->lines[i].name, name) == 0;
	return n;
}

static const char *value_of(const struct http_head *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (strcasecmp(h->lines[i].name, name) == 0)
			return h->lines[i].value;
	return NULL;
}

static int read_length(const char *text, size_t *out, struct err *e)
{
	str digits = str_trim(str_of(text));

	*out = 0;
	if (!digits.n || digits.n > LENGTH_DIGITS_MAX)
		return refuse(e, 400, "Content-Length is not a number");
	for (size_t i = 0; i < digits.n; i++) {
		if (digits.p[i] < '0' || digits.p[i] > '9')
			return refuse(e, 400, "Content-Length is not a number");
		*out = *out * 10 + (size_t)(digits.p[i] - '0');
	}
	return 0;
}

static int check_framing(
	const struct http_head *h, size_t *content_length, struct err *e)
{
	size_t hosts = count(h, "Host"), lengths = count(h, "Content-Length");

	*content_length = 0;
	if (hosts > 1 || (!hosts && !strcmp(h->version, "HTTP/1.1")))
		return refuse(e, 400, "a request has one Host");
	if (lengths > 1)
		return refuse(e, 400, "a request has one Content-Length");
	if (lengths && count(h, "Transfer-Encoding"))
		return refuse(e, 400, "the length is given in two ways");
	/* RFC 9112 6.3: allowed to refuse, and a whole family of mistakes the
	 * less. */
	if (count(h, "Transfer-Encoding"))
		return refuse(e, 411, "a body needs a Content-Length");
	return lengths ? read_length(value_of(h, "Content-Length"),
				 content_length, e)
		       : 0;
}

int http_head_check(
	const struct http_head *h, size_t *content_length, struct err *e)
{
	int status = check_start(h, e);

	if (!status)
		status = check_fields(h, e);
	if (!status)
		status = check_framing(h, content_length, e);
	return status;
}
