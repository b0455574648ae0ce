/*
 * A letter's bytes: addresses, headers that nobody can break out of, encodings,
 * wrapping.
 */
#include "mail/letter.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/file.h"
#include "check.h"
#include "mail/send.h"

static struct arena *arena;

static struct letter plain(void)
{
	return (struct letter){
		.to = { STR("ellen@example.com") },
		.to_name = { STR("Ellen Tran") },
		.from = STR("privacy@lakeshore.example"),
		.from_name = STR("Lakeshore \"Leads\""),
		.subject = STR("We got your request K7QF-2M9X"),
		.text = { STR("Hello,\n\nthis is plain.\n.\n") },
		.message_id = STR("1.ab@lakeshore.example"),
		.reference = STR("K7QF-2M9X"),
		.at = INT64_C(1795295045000),
	};
}

static str bytes(const struct letter *l)
{
	struct err e = { 0 };
	str out = { 0 };

	CHECK(letter_bytes(arena, l, &out, &e) == 0, "%s", e.message);
	return out;
}

static bool says(str text, const char *what)
{
	return str_find(text, str_of(what)) >= 0;
}

static void to_the_byte(void)
{
	struct letter l = plain();
	str out = bytes(&l);
	str expected = STR("From: \"Lakeshore \\\"Leads\\\"\"\r\n"
			   " <privacy@lakeshore.example>\r\n"
			   "To: \"Ellen Tran\"\r\n"
			   " <ellen@example.com>\r\n"
			   "Subject: We got your request K7QF-2M9X\r\n"
			   "Date: Sat, 21 Nov 2026 21:04:05 +0000\r\n"
			   "Message-ID: <1.ab@lakeshore.example>\r\n"
			   "Auto-Submitted: auto-generated\r\n"
			   "Toyon-Reference: K7QF-2M9X\r\n"
			   "MIME-Version: 1.0\r\n"
			   "Content-Type: text/plain; charset=utf-8\r\n"
			   "Content-Transfer-Encoding: 7bit\r\n"
			   "\r\n"
			   "Hello,\r\n\r\nthis is plain.\r\n.\r\n");

	CHECK(str_eq(out, expected), "got:\n%.*s", STR_ARG(out));
	CHECK(str_eq(out, bytes(&l)), "the same again");
}

static void other_scripts(void)
{
	struct letter l = plain();
	str out;

	l.to_name.v = STR("Zoë Ångström");
	l.subject =
		STR("Ihre Anfrage über \xF0\x9F\x8C\xBF und mehr, ganz lang, "
		    "damit es zwei Wörter werden müssen, oder gar drei");
	l.text.v = STR("Grüße = gut \n"
		       "eine sehr lange Zeile ohne Umlaute, die trotzdem an "
		       "einem Leerzeichen umbrochen werden muss\n");
	l.to.v = STR("zoe@b\xC3\xBC"
		     "cher.example");
	out = bytes(&l);
	for (size_t i = 0; i < out.n; i++)
		CHECK((unsigned char)out.p[i] < 0x80, "byte %zu", i);
	CHECK(says(out, "<zoe@xn--bcher-kva.example>"), "host in ASCII");
	CHECK(says(out, "To: =?utf-8?B?Wm/DqyDDhW5nc3Ryw7Zt?="), "%.*s",
		STR_ARG(out));
	CHECK(says(out, "?=\r\n =?utf-8?B?"), "a long subject is folded");
	CHECK(says(out, "Gr=C3=BC=C3=9Fe =3D gut=20\r\n"), "%.*s",
		STR_ARG(out));
	for (str line, rest = out; str_cut(rest, '\n', &line, &rest);)
		CHECK(line.n <= 77, "a line of %zu: %.*s", line.n,
			STR_ARG(line));
}

enum field { TO, FROM, FROM_NAME, TO_NAME, SUBJECT, ID, REFERENCE, TEXT };

static const struct {
	const char *why;
	enum field field;
	const char *value;
	bool is_good;
} injections[] = {
	{ "a second recipient", TO, "a@example.com>\r\nBcc: <b@example.com",
		false },
	{ "a line end", TO, "a@example.com\n", false },
	{ "two addresses", TO, "a@example.com,b@example.com", false },
	{ "a name in it", TO, "Ellen <a@example.com>", false },
	{ "a space", TO, "a b@example.com", false },
	{ "no host", TO, "a@", false },
	{ "no name", TO, "@example.com", false },
	{ "empty", TO, "", false },
	{ "no at", TO, "example.com", false },
	{ "two ats", TO, "a@b@example.com", false },
	{ "a quoted name", TO, "\"a b\"@example.com", false },
	{ "dots", TO, "a..b@example.com", false },
	{ "a host of dots", TO, "a@.example.com", false },
	{ "a host with a space", TO, "a@exa mple.com", false },
	{ "an option for the server", TO, "a@example.com SIZE=1", false },
	{ "other letters before the at", TO, "zo\xC3\xAB@example.com", false },
	{ "signs that are allowed", TO, "o'neil+privacy_1/x=y@example.com",
		true },
	{ "a host without a dot", TO, "root@localhost", true },
	{ "an own host of hyphens", TO, "a@-x.example", false },
	{ "a line end", FROM, "a@example.com\r\nX: y", false },
	{ "a header", FROM_NAME, "Lakeshore\r\nBcc: b@example.com", false },
	{ "a bare line feed", FROM_NAME, "Lakeshore\nBcc: x", false },
	{ "a bare carriage return", FROM_NAME, "Lakeshore\rBcc: x", false },
	{ "no UTF-8", FROM_NAME, "Lakesh\xFFore", false },
	{ "a bell", FROM_NAME, "Lake\007shore", false },
	{ "a comma", FROM_NAME, "Lakeshore, Inc.", true },
	{ "an encoded word of their own", FROM_NAME, "=?utf-8?Q?x?=", true },
	{ "a header", SUBJECT, "Hello\r\nBcc: b@example.com", false },
	{ "a text", SUBJECT, "Hello\r\n\r\nClick here", false },
	{ "a tab", SUBJECT, "Hello\tyou", false },
	{ "an encoded word of their own", SUBJECT, "=?utf-8?B?AAA=?=", true },
	{ "a header", ID, "1@x>\r\nBcc: <b@example.com", false },
	{ "a space", ID, "1 2@example.com", false },
	{ "a header", REFERENCE, "K7QF\r\nBcc: b@example.com", false },
	{ "no UTF-8", TEXT, "Hello \xFF", false },
	{ "lines as Windows has them", TEXT, "a\r\nb\r\n", true },
};

static void set(struct letter *l, enum field field, str v)
{
	switch (field) {
	case TO:
		l->to.v = v;
		break;
	case FROM:
		l->from = v;
		break;
	case FROM_NAME:
		l->from_name = v;
		break;
	case TO_NAME:
		l->to_name.v = v;
		break;
	case SUBJECT:
		l->subject = v;
		break;
	case ID:
		l->message_id = v;
		break;
	case REFERENCE:
		l->reference = v;
		break;
	case TEXT:
		l->text.v = v;
		break;
	}
}

static void no_way_out(void)
{
	for (size_t i = 0; i < COUNTOF(injections); i++) {
		struct letter l = plain();
		struct err e = { 0 };
		str value = str_of(injections[i].value), out;
		int rc;

		set(&l, injections[i].field, value);
		rc = letter_bytes(arena, &l, &out, &e);
		CHECK((rc == 0) == injections[i].is_good, "%s, \"%s\": %s",
			injections[i].why, injections[i].value, e.message);
		CHECK(!rc || e.code == ERR_INVALID, "%s: code %d",
			injections[i].why, (int)e.code);
		CHECK(!rc || value.n < 3 ||
				str_find(str_of(e.message),
					str_head(value, 3)) < 0,
			"%s: the error repeats it: %s", injections[i].why,
			e.message);
		CHECK(rc || !says(out, "\r\nBcc"), "%s", injections[i].why);
	}
}

static void limits(void)
{
	char *p = arena_alloc(arena, LETTER_TEXT_MAX + 1);
	struct letter l = plain();
	struct err e = { 0 };
	str out;

	memset(p, 'x', LETTER_TEXT_MAX + 1);
	l.subject = (str){ p, LETTER_HEADER_MAX };
	CHECK(!letter_bytes(arena, &l, &out, &e), "at the limit");
	l.subject.n++;
	CHECK(letter_bytes(arena, &l, &out, &e) && e.code == ERR_LIMIT, "over");
	l = plain();
	l.text.v = (str){ p, LETTER_TEXT_MAX };
	CHECK(!letter_bytes(arena, &l, &out, &e), "%s", e.message);
	l.text.v.n++;
	CHECK(letter_bytes(arena, &l, &out, &e) && e.code == ERR_LIMIT, "over");
}

/* Anyone can have our first letter sent to anyone. */
static const struct {
	const char *name;
	bool is_name;
} names[] = {
	{ "Ellen Tran", true },
	{ "J. R. O'Neil-Smith, Jr.", true },
	{ "Zoë", true },
	{ "李小龙", true },
	{ "", false },
	{ "  ", false },
	{ "www.evil.example", false },
	{ "Click https://evil.example", false },
	{ "You won $100", false },
	{ "Ellen\nTran", false },
	{ "a@example.com", false },
	{ "Call 5105550118", false },
	{ "0123456789012345678901234567890123456789", false },
	{ "abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij abcdef",
		false },
};

static void names_as_typed(void)
{
	for (size_t i = 0; i < COUNTOF(names); i++) {
		struct letter l = plain();
		personal name = { str_of(names[i].name) };

		CHECK(letter_is_name(name) == names[i].is_name, "%s",
			names[i].name);
		l.to_name = name;
		if (!names[i].is_name)
			CHECK(says(bytes(&l), "To: <ellen@example.com>"), "%s",
				names[i].name);
	}
}

static const struct {
	const char *why;
	const char *in;
	const char *out;
} wraps[] = {
	{ "short", "one two", "one two" },
	{ "at the width", "one two three four f", "one two three four f" },
	{ "one over", "one two three four fi", "one two three four\nfi" },
	{ "a list goes on under its text", "- one two three four five",
		"- one two three four\n  five" },
	{ "so does what is set in", "    one two three four",
		"    one two three\n    four" },
	{ "a link stays whole", "see https://example.com/a/long/way there",
		"see\nhttps://example.com/a/long/way\nthere" },
	{ "characters, not bytes", "äöü äöü äöü äöü äöü x",
		"äöü äöü äöü äöü äöü\nx" },
	{ "line ends stay", "a\n\nb\n", "a\n\nb\n" },
	{ "of Windows too", "a\r\nb", "a\nb" },
	{ "nothing", "", "" },
};

static void wrapping(void)
{
	for (size_t i = 0; i < COUNTOF(wraps); i++) {
		str out = letter_wrap(arena, str_of(wraps[i].in), 20);

		CHECK(str_eq(out, str_of(wraps[i].out)), "%s: %.*s",
			wraps[i].why, STR_ARG(out));
		CHECK(str_eq(out, letter_wrap(arena, out, 20)), "%s, again",
			wraps[i].why);
	}
}

static void message_ids(void)
{
	str a = letter_message_id(arena, 1795295045000, STR("a@b.example"));
	str b = letter_message_id(arena, 1795295045000, STR("a@b.example"));
	struct letter l = plain();

	CHECK(str_starts(a, STR("1795295045000.")), "%.*s", STR_ARG(a));
	CHECK(str_ends(a, STR("@b.example")), "%.*s", STR_ARG(a));
	CHECK(!str_eq(a, b), "each its own");
	l.message_id = letter_message_id(arena, 1, STR("none"));
	bytes(&l);
}

static void outbox(void)
{
	char dir[] = "/tmp/toyon-outbox-XXXXXX";
	const char *box;
	struct letter l = plain();
	struct mail_way way = { .server = NULL };
	struct err e = { 0 };
	str name, text = { 0 };

	CHECK(mkdtemp(dir), "a folder");
	box = arena_fmt(arena, "%s/outbox%c", dir, 0).p;
	way.outbox_dir = box;
	CHECK(!mail_to_outbox(arena, box, &l, &name, &e), "%s", e.message);
	CHECK(str_eq(name, STR("1.ab@lakeshore.example.eml")), "%.*s",
		STR_ARG(name));
	CHECK(!mail_deliver(arena, &way, &l, &e), "%s", e.message);
	CHECK(!file_read(arena, path_join(arena, box, arena_cstr(arena, name)),
		      1 << 20, &text, &e) &&
			str_eq(text, bytes(&l)),
		"what SMTP would carry");
	l.message_id = STR("a/b@x");
	CHECK(mail_to_outbox(arena, box, &l, &name, &e) == -1, "a path");
	CHECK(system(arena_fmt(arena, "test $(ls %s | wc -l) = 1 && rm -r %s%c",
		      box, dir, 0)
			      .p) == 0,
		"one file");
}

int main(void)
{
	arena = arena_new(64 << 20);
	to_the_byte();
	other_scripts();
	no_way_out();
	limits();
	names_as_typed();
	wrapping();
	message_ids();
	outbox();
	arena_free(arena);
	return CHECK_DONE();
}
