/*
 * A letter as RFC 5322 bytes, written here and not by a library, so that SMTP
 * and the outbox carry the same bytes and a repetition is a repetition.  Every
 * value that goes into a header passes header_value(): one place decides that no
 * value can end its line.
 */
#include "mail/letter.h"

#include <idn2.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/enc.h"
#include "base/rand.h"

enum {
	BYTES_MAX = 4 * LETTER_TEXT_MAX,
	ADDRESS_MAX = 254, /* RFC 5321 4.5.3.1, brackets taken off */
	LOCAL_MAX = 64,
	NAME_CHARS_MAX = 60,
	WORD_BYTES =
		39, /* of UTF-8 in an encoded word: a line stays under 76 */
	HEADER_WIDTH = 76,
	PLAIN_LINE_MAX = 200,
	QP_LINE_MAX = 75, /* and the "=" */
};

/* --- wrapping -------------------------------------------------------------- */

static size_t columns(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

static void put_spaces(struct buf *b, size_t n)
{
	while (n--)
		buf_putc(b, ' ');
}

static void wrap_line(struct buf *b, str line, size_t width)
{
	size_t depth = 0, at;
	str word;

	while (depth < line.n && line.p[depth] == ' ')
		depth++;
	if (columns(line) <= width || depth >= width / 2) {
		buf_put(b, line);
		return;
	}
	buf_put(b, str_head(line, depth));
	at = depth;
	line = str_from(line, depth);
	depth += str_starts(line, STR("- ")) ? 2 : 0;
	for (bool is_first = true; str_next(&line, ' ', &word);) {
		size_t n = columns(word);

		if (!n)
			continue;
		if (!is_first && at + 1 + n > width) {
			buf_putc(b, '\n');
			put_spaces(b, depth);
			at = depth;
		} else if (!is_first) {
			buf_putc(b, ' ');
			at++;
		}
		buf_put(b, word);
		at += n;
		is_first = false;
	}
}

str letter_wrap(struct arena *a, str text, size_t width)
{
	struct buf b = buf_in(a, 2 * text.n + 2);
	str line, rest = text;
	bool has_more;

	do {
		has_more = str_cut(rest, '\n', &line, &rest);
		if (str_ends(line, STR("\r")))
			line.n--;
		wrap_line(&b, line, width);
		if (has_more)
			buf_putc(&b, '\n');
	} while (has_more);
	must(buf_ok(&b));
	return buf_str(&b);
}

/* --- addresses ------------------------------------------------------------- */

static bool is_atom_char(char c)
{
	return c > ' ' && c < 0x7F && !str_has(STR("\"(),:;<>@[\\]"), c);
}

static bool is_local(str s)
{
	if (!s.n || s.n > LOCAL_MAX || s.p[0] == '.' || s.p[s.n - 1] == '.' ||
		str_find(s, STR("..")) >= 0)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_atom_char(s.p[i]))
			return false;
	return true;
}

static bool is_host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || (unsigned char)c >= 0x80;
}

static bool is_host(str s)
{
	str label;

	if (!s.n || s.p[s.n - 1] == '.' || !str_is_text(s))
		return false;
	while (str_next(&s, '.', &label)) {
		if (!label.n || label.p[0] == '-' ||
			label.p[label.n - 1] == '-')
			return false;
		for (size_t i = 0; i < label.n; i++)
			if (!is_host_char(label.p[i]))
				return false;
	}
	return true;
}

bool letter_is_address(str address)
{
	str local, host;

	return address.n <= ADDRESS_MAX &&
	       str_cut(address, '@', &local, &host) && is_local(local) &&
	       is_host(host);
}

static bool is_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

int letter_envelope(
	struct arena *a, personal address, personal *out, struct err *e)
{
	char *host = NULL;
	str local, unicode;

	if (!letter_is_address(address.v))
		return err_set(e, ERR_INVALID,
			"a letter's address is no email address");
	*out = address;
	if (is_ascii(address.v))
		return 0;
	str_cut(address.v, '@', &local, &unicode);
	if (idn2_lookup_u8((const uint8_t *)arena_cstr(a, unicode),
		    (uint8_t **)&host,
		    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
		return err_set(e, ERR_INVALID,
			"a letter's address has no valid host name");
	out->v = arena_fmt(a, "%.*s@%s", STR_ARG(local), host);
	idn2_free(host);
	return 0;
}

/* Letters: ASCII ones, and every byte of a character beyond ASCII. */
static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80 || str_has(STR(" '-,."), c);
}

bool letter_is_name(personal name)
{
	str s = str_trim(name.v);

	if (!s.n || !str_is_text(s) || columns(s) > NAME_CHARS_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_name_char(s.p[i]))
			return false;
		/* "J. Tran" and "Jr.", not "evil.example". */
		if (s.p[i] == '.' && i + 1 < s.n && s.p[i + 1] != ' ')
			return false;
	}
	return true;
}

str letter_message_id(struct arena *a, int64_t at, str from)
{
	unsigned char bits[10];
	str local, host;

	must(at > 0);
	if (!str_cut(from, '@', &local, &host) || !is_host(host) ||
		!is_ascii(host))
		host = STR("localhost");
	rand_bytes(bits, sizeof bits);
	return arena_fmt(a, "%lld.%.*s@%.*s", (long long)at,
		STR_ARG(hex_of(a, bits, sizeof bits)), STR_ARG(host));
}

/* --- headers --------------------------------------------------------------- */

/* What may stand behind a header's colon, as it is or encoded. */
static int header_value(const char *what, str value, struct err *e)
{
	bool is_ok = str_is_text(value);

	for (size_t i = 0; i < value.n; i++)
		is_ok = is_ok && (unsigned char)value.p[i] >= ' ' &&
			value.p[i] != 0x7F;
	if (!is_ok)
		return err_set(e, ERR_INVALID,
			"the %s of a letter has a control character", what);
	if (value.n > LETTER_HEADER_MAX)
		return err_set(e, ERR_LIMIT,
			"the %s of a letter is longer than %d bytes", what,
			(int)LETTER_HEADER_MAX);
	return 0;
}

/* The whole characters at the start of s, at most max bytes. */
static size_t piece_of(str s, size_t max)
{
	size_t n = 0, step;

	while ((step = str_utf8(str_from(s, n))) && n + step <= max)
		n += step;
	return n;
}

/* RFC 2047: words of base64, one a line. */
static void put_encoded(struct buf *b, struct arena *a, str value)
{
	for (size_t n; value.n; value = str_from(value, n)) {
		n = piece_of(value, WORD_BYTES);
		must(n); /* header_value() saw that it is UTF-8 */
		buf_puts(b, "=?utf-8?B?");
		buf_put(b, base64_of(a, value.p, n));
		buf_puts(b, "?=");
		if (n < value.n)
			buf_puts(b, "\r\n ");
	}
}

/* ASCII text, folded at spaces; `at` columns are used up. */
static void put_folded(struct buf *b, str value, size_t at)
{
	str word;

	for (bool is_first = true; str_next(&value, ' ', &word);
		is_first = false) {
		if (!is_first && word.n && at + 1 + word.n > HEADER_WIDTH) {
			buf_puts(b, "\r\n");
			at = 0;
		}
		if (!is_first)
			buf_putc(b, ' ');
		buf_put(b, word);
		at += word.n + !is_first;
	}
}

static int put_subject(
	struct buf *b, struct arena *a, str subject, struct err *e)
{
	if (header_value("subject", subject, e))
		return -1;
	buf_puts(b, "Subject: ");
	/* A line of nothing but spaces would end the headers for some. */
	if (is_ascii(subject) && str_find(subject, STR("=?")) < 0 &&
		str_find(subject, STR("  ")) < 0)
		put_folded(b, str_trim(subject), strlen("Subject: "));
	else
		put_encoded(b, a, subject);
	buf_puts(b, "\r\n");
	return 0;
}

static void put_phrase(struct buf *b, struct arena *a, str name)
{
	if (!is_ascii(name) || str_find(name, STR("=?")) >= 0) {
		put_encoded(b, a, name);
		return;
	}
	buf_putc(b, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '"' || name.p[i] == '\\')
			buf_putc(b, '\\');
		buf_putc(b, name.p[i]);
	}
	buf_putc(b, '"');
}

struct mailbox {
	const char *header; /* "From" */
	personal address;
	str name;
};

static int put_mailbox(
	struct buf *b, struct arena *a, const struct mailbox *m, struct err *e)
{
	personal address;

	if (letter_envelope(a, m->address, &address, e))
		return err_context(e, "%s", m->header);
	if (header_value(m->header, m->name, e))
		return -1;
	buf_fmt(b, "%s: ", m->header);
	if (m->name.n) {
		put_phrase(b, a, m->name);
		buf_puts(b, "\r\n ");
	}
	buf_putc(b, '<');
	buf_put(b, address.v);
	buf_puts(b, ">\r\n");
	return 0;
}

/* "Sat, 21 Nov 2026 21:04:05 +0000" */
static void put_date(struct buf *b, int64_t at)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t day = at / 86400000;
	int second = (int)(at / 1000 % 86400);
	struct date d = date_of_days(day);

	buf_fmt(b, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\r\n",
		days + 3 * (int)date_weekday(d), d.day,
		months + 3 * (d.month - 1), d.year, second / 3600,
		second / 60 % 60, second % 60);
}

static bool is_id(str id)
{
	str left, right;

	return str_cut(id, '@', &left, &right) && is_local(left) &&
	       is_host(right) && is_ascii(right);
}

static int put_own(struct buf *b, const struct letter *l, struct err *e)
{
	if (!is_id(l->message_id) || l->message_id.n > LETTER_HEADER_MAX)
		return err_set(e, ERR_INVALID,
			"the Message-ID of a letter has an unknown form");
	if (header_value("reference", l->reference, e))
		return -1;
	if (!is_ascii(l->reference))
		return err_set(e, ERR_INVALID,
			"the reference of a letter has an unknown form");
	put_date(b, l->at);
	buf_puts(b, "Message-ID: <");
	buf_put(b, l->message_id);
	buf_puts(b, ">\r\n");
	/* RFC 3834: no out-of-office answers, please. */
	buf_puts(b, "Auto-Submitted: auto-generated\r\n");
	if (l->reference.n) {
		buf_puts(b, "Toyon-Reference: ");
		buf_put(b, l->reference);
		buf_puts(b, "\r\n");
	}
	return 0;
}

/* --- the text -------------------------------------------------------------- */

/* ASCII in short lines needs no encoding, and stays readable in the outbox. */
static bool is_plain(str text)
{
	str line;

	if (!is_ascii(text))
		return false;
	while (str_next(&text, '\n', &line))
		if (line.n > PLAIN_LINE_MAX)
			return false;
	return true;
}

static void put_quoted(struct buf *b, str line)
{
	size_t at = 0;

	for (size_t i = 0; i < line.n; i++) {
		unsigned char c = (unsigned char)line.p[i];
		bool is_blank = c == ' ' || c == '\t';
		bool is_itself = (c > ' ' && c < 0x7F && c != '=') ||
				 (is_blank && i + 1 < line.n);
		size_t n = is_itself ? 1 : 3;

		if (at + n > QP_LINE_MAX) {
			buf_puts(b, "=\r\n");
			at = 0;
		}
		if (is_itself)
			buf_putc(b, (char)c);
		else
			buf_fmt(b, "=%02X", c);
		at += n;
	}
}

static void put_text(struct buf *b, str text)
{
	bool as_is = is_plain(text);
	str line;

	buf_fmt(b,
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: %s\r\n\r\n",
		as_is ? "7bit" : "quoted-printable");
	while (str_next(&text, '\n', &line)) {
		if (as_is)
			buf_put(b, line);
		else
			put_quoted(b, line);
		buf_puts(b, "\r\n");
	}
}

int letter_bytes(
	struct arena *a, const struct letter *l, str *out, struct err *e)
{
	struct buf b = buf_in(a, BYTES_MAX);
	struct mailbox from = { "From", { l->from }, l->from_name };
	struct mailbox to = { "To", l->to, STR("") };

	must(l->at > 0);
	if (letter_is_name(l->to_name))
		to.name = str_trim(l->to_name.v);
	if (put_mailbox(&b, a, &from, e) || put_mailbox(&b, a, &to, e) ||
		put_subject(&b, a, l->subject, e) || put_own(&b, l, e))
		return -1;
	if (l->text.v.n > LETTER_TEXT_MAX)
		return err_set(e, ERR_LIMIT,
			"the text of a letter is longer than %d bytes",
			(int)LETTER_TEXT_MAX);
	if (!str_is_text(l->text.v))
		return err_set(e, ERR_INVALID,
			"the text of a letter is no UTF-8 text");
	put_text(&b, letter_wrap(a, l->text.v, LETTER_WIDTH));
	if (!buf_ok(&b))
		return err_set(e, ERR_LIMIT, "a letter is too long");
	*out = buf_str(&b);
	return 0;
}
