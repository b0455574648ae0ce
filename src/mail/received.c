#include "mail/received.h"

#include "base/base.h"
#include "base/buf.h"
#include "mail/html_text.h"
#include "mail/letter.h"
#include "mail/mime.h"

/* --- headers --- */

struct entity {
	str head;
	str body;
};

static bool is_empty(str line)
{
	return !line.n || str_eq(line, STR("\r"));
}

/* The headers end at the first empty line. */
static struct entity entity_of(str bytes)
{
	str line, rest = bytes;
	size_t at = 0;

	while (rest.n && str_cut(rest, '\n', &line, &rest)) {
		if (is_empty(line))
			return (struct entity){ str_head(bytes, at), rest };
		at += line.n + 1;
	}
	return (struct entity){ bytes, STR("") };
}

static bool goes_on(str rest)
{
	return rest.n && (rest.p[0] == ' ' || rest.p[0] == '\t');
}

/* The value of the first header of this name, unfolded (RFC 5322 2.2.3). */
static bool has_header(struct arena *a, str head, const char *name, str *value)
{
	str line, key, rest = head;
	struct buf b;

	while (rest.n) {
		(void)str_cut(rest, '\n', &line, &rest);
		if (!str_cut(line, ':', &key, value) ||
			!str_eq_nocase(str_trim(key), str_of(name)))
			continue;
		b = buf_in(a, head.n + 1);
		buf_put(&b, *value);
		while (goes_on(rest)) {
			(void)str_cut(rest, '\n', &line, &rest);
			buf_put(&b, line);
		}
		*value = str_trim(buf_str(&b));
		return true;
	}
	*value = STR("");
	return false;
}

static str header(struct arena *a, str head, const char *name)
{
	str value;

	(void)has_header(a, head, name, &value);
	return value;
}

/* --- who sent it --- */

/* "(in brackets)" is a comment. */
static str without_comments(struct arena *a, str s)
{
	struct buf b = buf_in(a, s.n + 1);
	int depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		depth += s.p[i] == '(';
		if (!depth)
			buf_putc(&b, s.p[i]);
		depth -= s.p[i] == ')' && depth > 0;
	}
	return buf_str(&b);
}

static personal one_line(struct arena *a, str value)
{
	str words = mime_words(a, value);
	char *flat = arena_alloc(a, words.n + 1);
	bool is_cut;

	for (size_t i = 0; i < words.n; i++)
		flat[i] = words.p[i] == '\n' || words.p[i] == '\r' ? ' '
								   : words.p[i];
	return (personal){ mime_text(
		a, (str){ flat, words.n }, RECEIVED_LINE_MAX, &is_cut) };
}

static str unquoted(str name)
{
	name = str_trim(name);
	return name.n > 1 && name.p[0] == '"' && name.p[name.n - 1] == '"'
		       ? str_head(str_from(name, 1), name.n - 2)
		       : name;
}

/* Where the address begins behind a name, in which quotes may hold anything; the end of
 * s: nowhere. */
static size_t bracket_of(str s)
{
	bool is_quoted = false;
	size_t i = 0;

	for (; i < s.n && (is_quoted || s.p[i] != '<'); i++)
		is_quoted ^= s.p[i] == '"' && (!i || s.p[i - 1] != '\\');
	return i;
}

static void read_from(struct arena *a, str value, struct received *out)
{
	size_t at = bracket_of(value);
	str address, rest;

	if (at < value.n) {
		(void)str_cut(str_from(value, at + 1), '>', &address, &rest);
		out->from_name = one_line(a, unquoted(str_head(value, at)));
	} else {
		(void)str_cut(without_comments(a, value), ',', &address, &rest);
	}
	address = str_trim(address);
	if (letter_is_address(address))
		out->from.v = arena_dup(a, address);
}

/* --- by a program --- */

static const str senders[] = { STR_INIT("mailer-daemon"),
	STR_INIT("postmaster"), STR_INIT("no-reply"), STR_INIT("noreply"),
	STR_INIT("do-not-reply"), STR_INIT("donotreply"), STR_INIT("bounce"),
	STR_INIT("bounces") };

static const struct {
	const char *header;
	const char *value; /* NULL: whatever it says */
} automatic[] = {
	{ "Auto-Submitted", "auto-generated" },
	{ "Auto-Submitted", "auto-replied" },
	{ "Auto-Submitted", "auto-notified" },
	{ "Precedence", "bulk" },
	{ "Precedence", "junk" },
	{ "Precedence", "list" },
	{ "List-Id", NULL },
	{ "List-Unsubscribe", NULL },
	{ "X-Auto-Response-Suppress", NULL },
	{ "Return-Path", "<>" },
};

/* "auto-replied; vacation" is one. */
static bool begins(str value, const char *with)
{
	str word = str_of(with);

	return value.n >= word.n &&
	       str_eq_nocase(str_head(value, word.n), word);
}

static bool is_automatic(struct arena *a, str head, personal from)
{
	str value, local, host;

	for (size_t i = 0; i < COUNTOF(automatic); i++)
		if (has_header(a, head, automatic[i].header, &value) &&
			(!automatic[i].value ||
				begins(value, automatic[i].value)))
			return true;
	if (begins(header(a, head, "Content-Type"), "multipart/report") ||
		!str_cut(from.v, '@', &local, &host))
		return true;
	for (size_t i = 0; i < COUNTOF(senders); i++)
		if (str_eq_nocase(local, senders[i]))
			return true;
	return false;
}

/* --- the text --- */

struct walk {
	struct arena *a;
	struct entity plain, html; /* the first of each */
	bool has_plain, has_html;
	bool is_cut;
	int parts;
	int files;
};

static bool is_type(str value, const char *type)
{
	str media, rest;

	(void)str_cut(value, ';', &media, &rest);
	return str_eq_nocase(str_trim(media), str_of(type));
}

static void note_leaf(struct walk *w, const struct entity *e, str type)
{
	bool is_file = begins(
		header(w->a, e->head, "Content-Disposition"), "attachment");
	bool is_plain = !type.n || is_type(type, "text/plain");

	if (!is_file && is_plain && !w->has_plain) {
		w->plain = *e;
		w->has_plain = true;
	} else if (!is_file && is_type(type, "text/html")) {
		if (!w->has_html)
			w->html = *e;
		w->has_html = true;
	} else if (is_file || !is_plain) {
		w->files++;
	}
}

/* 0: the line is none; 1: between two parts; 2: behind the last one. */
static int delimiter_of(str line, str boundary)
{
	if (!str_starts(line, STR("--")) ||
		!str_starts(str_from(line, 2), boundary))
		return 0;
	line = str_trim(str_from(line, 2 + boundary.n));
	return !line.n ? 1 : str_eq(line, STR("--")) ? 2 : 0;
}

/* What stands before the next delimiter of *rest, which moves behind it.  A letter that
 * was cut off ends in a part. */
static bool next_part(str *rest, str boundary, str *part)
{
	str body = *rest;
	size_t at = 0;

	if (!body.n)
		return false;
	while (at < body.n) {
		str line, behind;
		int kind;

		(void)str_cut(str_from(body, at), '\n', &line, &behind);
		kind = delimiter_of(line, boundary);
		if (kind) {
			*part = str_head(body, at);
			*rest = kind == 1 ? behind : STR("");
			return true;
		}
		at += line.n + 1;
	}
	*part = body;
	*rest = STR("");
	return true;
}

static void walk_entity(struct walk *w, str bytes, int depth)
{
	struct entity e = entity_of(bytes);
	str type = header(w->a, e.head, "Content-Type");
	str boundary = mime_param(type, STR("boundary"));
	str part;

	if (depth == RECEIVED_DEPTH || ++w->parts > RECEIVED_PARTS) {
		w->is_cut = true;
		return;
	}
	if (!begins(type, "multipart/") || !boundary.n) {
		note_leaf(w, &e, type);
		return;
	}
	(void)next_part(&e.body, boundary, &part); /* what stands before all */
	while (next_part(&e.body, boundary, &part))
		walk_entity(w, part, depth + 1);
}

static str words_of(struct arena *a, const struct entity *e)
{
	str type = header(a, e->head, "Content-Type");
	str bytes = mime_decode(
		a, header(a, e->head, "Content-Transfer-Encoding"), e->body);

	return mime_utf8(a, mime_param(type, STR("charset")), bytes);
}

static void read_text(struct arena *a, str bytes, struct received *out)
{
	struct walk w = { .a = a };
	str words = STR("");
	bool is_long;

	walk_entity(&w, bytes, 0);
	if (w.has_plain)
		words = words_of(a, &w.plain);
	if (w.has_html && !str_trim(words).n)
		words = html_text(a, words_of(a, &w.html));
	out->text.v = mime_text(a, words, RECEIVED_TEXT_MAX, &is_long);
	out->is_cut = is_long || w.is_cut;
	out->files = w.files;
}

void received_read(struct arena *a, str bytes, struct received *out)
{
	struct entity e = entity_of(bytes);

	*out = (struct received){ .files = 0 };
	read_from(a, header(a, e.head, "From"), out);
	out->subject = one_line(a, header(a, e.head, "Subject"));
	out->is_automatic = is_automatic(a, e.head, out->from);
	read_text(a, bytes, out);
}
