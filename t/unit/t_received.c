/*
 * Email that came, as anybody may have written it (11 CCR 7020(e); row R-03): the words
 * that a person sent are read, whatever their program made of them, and what a program
 * sent is known as such, so that nobody is answered for ever.
 */
#include "mail/received.h"

#include "base/base.h"
#include "base/buf.h"
#include "check.h"
#include "mail/html_text.h"
#include "mail/mime.h"

static struct arena *arena;

static struct received read_email(const char *text)
{
	struct received m;

	received_read(arena, str_of(text), &m);
	return m;
}

/* --- who --- */

static const struct {
	const char *why;
	const char *from; /* the header's value */
	const char *address;
	const char *name;
} senders[] = {
	{ "as most programs write it", "Nora Castillo <nora@castillo.example>",
		"nora@castillo.example", "Nora Castillo" },
	{ "an address alone", "nora@castillo.example", "nora@castillo.example",
		"" },
	{ "with a comment", "nora@castillo.example (Nora)",
		"nora@castillo.example", "" },
	{ "a name in quotes, with what looks like a list",
		"\"Castillo, Nora\" <nora@castillo.example>",
		"nora@castillo.example", "Castillo, Nora" },
	{ "an address in the name is none",
		"\"Jo <jo@other.example>\" <nora@castillo.example>",
		"nora@castillo.example", "Jo <jo@other.example>" },
	{ "a name in another script",
		"=?utf-8?B?Tm9yYSBDYcOxw7Nu?= <nora@castillo.example>",
		"nora@castillo.example", "Nora Ca\xC3\xB1\xC3\xB3n" },
	{ "folded", "=?utf-8?Q?Nora?=\r\n <nora@castillo.example>",
		"nora@castillo.example", "Nora" },
	{ "nothing that letters could go to", "Nora <nora>", "", "Nora" },
	{ "nobody", "", "", "" },
	{ "what would be two lines of a letter",
		"Nora <nora@castillo.example\r\n\tBcc: x@y.example>", "",
		"Nora" },
};

static void who(void)
{
	for (size_t i = 0; i < COUNTOF(senders); i++) {
		str text = arena_fmt(
			arena, "From: %s\r\n\r\nHello\r\n", senders[i].from);
		struct received m;

		received_read(arena, text, &m);
		CHECK(str_eq(m.from.v, str_of(senders[i].address)), "%s: %.*s",
			senders[i].why, STR_ARG(m.from.v));
		CHECK(str_eq(m.from_name.v, str_of(senders[i].name)),
			"%s: %.*s", senders[i].why, STR_ARG(m.from_name.v));
	}
}

/* --- subjects --- */

static const struct {
	const char *why, *value, *words;
} subjects[] = {
	{ "plain", "Delete my data", "Delete my data" },
	{ "RFC 2047, base64", "=?UTF-8?B?QsOzcnJlbWU=?=", "B\xC3\xB3rreme" },
	{ "RFC 2047, quoted",
		"=?iso-8859-1?Q?B=F3rreme_ya?=", "B\xC3\xB3rreme ya" },
	{ "6.2: a blank between two words is none",
		"=?utf-8?Q?Del?= =?utf-8?Q?ete?= me", "Delete me" },
	{ "with a language (RFC 2231)", "=?utf-8*es?Q?Hola?=", "Hola" },
	{ "Windows", "=?windows-1252?Q?=93Stop=94?=",
		"\xE2\x80\x9CStop\xE2\x80\x9D" },
	{ "no such encoding stays as it is",
		"=?utf-8?X?Hola?=", "=?utf-8?X?Hola?=" },
	{ "begun and not ended", "=?utf-8?Q?Hola", "=?utf-8?Q?Hola" },
	{ "a line end in a word is none here", "=?utf-8?Q?a=0Ab?=", "a b" },
	{ "a set that nobody loads a module for", "=?x-evil?Q?a=FFb?=", "a?b" },
};

static void about_what(void)
{
	for (size_t i = 0; i < COUNTOF(subjects); i++) {
		str text = arena_fmt(
			arena, "subject: %s\n\nHello\n", subjects[i].value);
		struct received m;

		received_read(arena, text, &m);
		CHECK(str_eq(m.subject.v, str_of(subjects[i].words)),
			"%s: %.*s", subjects[i].why, STR_ARG(m.subject.v));
	}
}

/* --- texts --- */

static const struct {
	const char *why;
	const char *email; /* behind From */
	const char *text;
	int files;
} texts[] = {
	{ "plain", "\r\nDelete me.\r\nThanks\r\n", "Delete me.\nThanks", 0 },
	{ "without a head", "X\n\nDelete me.", "Delete me.", 0 },
	{ "quoted-printable, a line that goes on",
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		"B=C3=B3rr=\r\neme =3D ya\r\n",
		"B\xC3\xB3rreme = ya", 0 },
	{ "base64", "Content-Transfer-Encoding: BASE64\n\nRGVsZXRl\nIG1lLg==\n",
		"Delete me.", 0 },
	{ "Latin 1",
		"Content-Type: text/plain; charset=\"ISO-8859-1\"\n\nB\xF3rreme",
		"B\xC3\xB3rreme", 0 },
	{ "what says UTF-8 and is not",
		"Content-Type: text/plain; charset=utf-8\n\nB\xF3rreme",
		"B\xC3\xB3rreme", 0 },
	{ "both ways: the plain one",
		"Content-Type: multipart/alternative; boundary=\"b;1\"\n\n"
		"before\n--b;1\nContent-Type: text/plain\n\nPlain\n--b;1\n"
		"Content-Type: text/html\n\n<p>HTML</p>\n--b;1--\nbehind",
		"Plain", 0 },
	{ "HTML alone",
		"Content-Type: text/html\n\n<head><title>T</title>"
		"<style>p{}</style></head><body><p>Delete&nbsp;me &amp; mine"
		"<br>Nora</p><script>x()</script><!-- n -->",
		"Delete me & mine\nNora", 0 },
	{ "a file beside it",
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
		"Content-Type: multipart/alternative; boundary=c\n\n--c\n\n"
		"Words\n--c--\n--b\nContent-Type: application/pdf\n"
		"Content-Disposition: attachment; filename=id.pdf\n\nJVBE\n"
		"--b\nContent-Type: text/plain\n"
		"Content-Disposition: attachment\n\nnotes\n--b--\n",
		"Words", 2 },
	{ "a letter in it is a file",
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below"
		"\n--b\nContent-Type: message/rfc822\n\nFrom: x\n\nDeep\n--b--",
		"See below", 1 },
	{ "cut off in a part",
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nDelete m",
		"Delete m", 0 },
	{ "controls, and more empty lines than anybody needs",
		"\na\x1B[31mb\x07\n\n\n\n\n\nc", "a[31mb\n\nc", 0 },
	{ "nothing", "\n", "", 0 },
};

static void words(void)
{
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		str text = arena_fmt(
			arena, "From: n@castillo.example\n%s", texts[i].email);
		struct received m;

		received_read(arena, text, &m);
		CHECK(str_eq(m.text.v, str_of(texts[i].text)), "%s: \"%.*s\"",
			texts[i].why, STR_ARG(m.text.v));
		CHECK(m.files == texts[i].files, "%s: files %d", texts[i].why,
			m.files);
		CHECK(!m.is_cut, "%s: all of it", texts[i].why);
	}
}

/* --- bounds --- */

static str long_email(size_t n)
{
	struct buf b = buf_in(arena, n + 64);

	buf_puts(&b, "From: n@castillo.example\n\n");
	while (n--)
		buf_putc(&b, 'a');
	return buf_str(&b);
}

static void lengths(void)
{
	for (int more = -1; more <= 1; more++) {
		size_t n = (size_t)(RECEIVED_TEXT_MAX + more);
		struct received m;

		received_read(arena, long_email(n), &m);
		CHECK(m.is_cut == (more > 0) &&
				m.text.v.n == (more > 0 ? n - 1 : n),
			"%d: %zu", more, m.text.v.n);
	}
}

/* Parts in parts: what lies deeper is said to be cut, and nothing is run through. */
static void depths(void)
{
	for (int depth = RECEIVED_DEPTH - 2; depth <= RECEIVED_DEPTH; depth++) {
		struct buf b = buf_in(arena, 64 << 10);
		struct received m;

		buf_puts(&b, "From: n@castillo.example\n");
		for (int i = 0; i < depth; i++)
			buf_fmt(&b,
				"Content-Type: multipart/mixed; boundary=b%dx\n"
				"\n--b%dx\n",
				i, i);
		buf_puts(&b, "\nDeep");
		received_read(arena, buf_str(&b), &m);
		CHECK(m.is_cut == (depth == RECEIVED_DEPTH), "%d", depth);
		CHECK(str_eq(m.text.v,
			      depth == RECEIVED_DEPTH ? STR("") : STR("Deep")),
			"%d: %.*s", depth, STR_ARG(m.text.v));
	}
}

static void many_parts(void)
{
	struct buf b = buf_in(arena, 64 << 10);
	struct received m;

	buf_puts(&b, "Content-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < 2 * RECEIVED_PARTS; i++)
		buf_puts(&b, "--b\nContent-Type: image/png\n\nx\n");
	received_read(arena, buf_str(&b), &m);
	CHECK(m.is_cut && m.files < RECEIVED_PARTS, "%d files", m.files);
}

/* --- by a program (RFC 3834 2) --- */

static const struct {
	const char *why;
	const char *head;
	bool is_automatic;
} programs[] = {
	{ "a person", "From: n@castillo.example\n", false },
	{ "who says so", "From: n@castillo.example\nAuto-Submitted: no\n",
		false },
	{ "an answer from an absence",
		"From: n@castillo.example\nAuto-Submitted: auto-replied\n",
		true },
	{ "our own letter that comes back",
		"From: n@castillo.example\nAuto-Submitted: auto-generated\n",
		true },
	{ "a mailing list", "From: n@castillo.example\nList-Id: <x>\n", true },
	{ "advertising", "From: n@castillo.example\nPrecedence: BULK\n", true },
	{ "a bounce", "From: n@castillo.example\nReturn-Path: <>\n", true },
	{ "a bounce without that", "From: Mail <MAILER-DAEMON@mx.example>\n",
		true },
	{ "a report",
		"From: n@castillo.example\nContent-Type: multipart/report; "
		"boundary=b\n",
		true },
	{ "who wants no answer", "From: no-reply@shop.example\n", true },
	{ "nobody", "Subject: x\n", true },
};

static void by_programs(void)
{
	for (size_t i = 0; i < COUNTOF(programs); i++) {
		struct received m = read_email(arena_cstr(arena,
			arena_fmt(arena, "%s\nHello", programs[i].head)));

		CHECK(m.is_automatic == programs[i].is_automatic, "%s",
			programs[i].why);
	}
}

/* --- markup --- */

static const struct {
	const char *why, *html, *text;
} pages[] = {
	{ "less than", "1 < 2 &lt; 3", "1 < 2 < 3" },
	{ "a tag that never ends", "a <b", "a " },
	{ "a script that never ends", "a<script>b", "a" },
	{ "a header is no head", "<header>Hi</header>", "Hi" },
	{ "an entity that nobody knows", "&copy; &x", "&copy; &x" },
	{ "blanks are one", "a \n\t b", "a b" },
};

static void markup(void)
{
	for (size_t i = 0; i < COUNTOF(pages); i++) {
		str text = html_text(arena, str_of(pages[i].html));

		CHECK(str_eq(text, str_of(pages[i].text)), "%s: \"%.*s\"",
			pages[i].why, STR_ARG(text));
	}
}

static void parameters(void)
{
	str value = STR("text/plain; x=\"a;b\"; CHARSET = \"utf-8\"; y=z");

	CHECK(str_eq(mime_param(value, STR("charset")), STR("utf-8")),
		"quotes and case");
	CHECK(str_eq(mime_param(value, STR("x")), STR("a;b")),
		"what stands in quotes is no end");
	CHECK(str_eq(mime_param(value, STR("y")), STR("z")), "the last one");
	CHECK(!mime_param(value, STR("text/plain")).n, "the type is none");
}

int main(void)
{
	arena = arena_new(1 << 28);
	who();
	about_what();
	words();
	lengths();
	depths();
	many_parts();
	by_programs();
	markup();
	parameters();
	arena_free(arena);
	return CHECK_DONE();
}
