/*
 * What the data map says in the languages of consumers: which texts there are, what is
 * wrong with a translation, what is missing, and how one that was stored is found.
 */
#include "connect/map_words.h"

#include "base/base.h"
#include "base/buf.h"
#include "check.h"

enum { ARENA_MAX = 64 << 20 };

/* Lines 1 to 39; the cases go on in line 40. */
static const char around[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    title: Customer desk\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    source: You, when you wrote to us\n"
	"    tables:\n"
	"      - name: contact\n"
	"        holds: Contacts\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: full_name, verifies: name, purpose: To greet you }\n"
	"          - { name: email, identifies: email }\n"
	"        erase: delete\n"
	"  - name: paper\n"
	"    title: Paper archive\n"
	"    connector: person\n"
	"    database: p@lake.example\n"
	"    tables:\n"
	"      - { name: leases, holds: Contacts, category: A, erase: delete }\n"
	"      - { name: bills, holds: Bills, category: D, erase: keep,\n"
	"          exception: DX8, purpose: Tax records }\n"
	"vendors:\n"
	"  - { name: mail, title: MailHarbor, role: service_provider, days: 9,\n"
	"      email: p@m.example, receives: [ email ], purpose: To greet you }\n"
	"  - { name: ads, title: Bills, role: third_party, days: 9,\n"
	"      email: p@a.example, receives: [ email ],\n"
	"      party: Advertising networks, purpose: Shows you offers }\n"
	"automated:\n"
	"  - name: credit\n"
	"    title: Credit line\n"
	"    decision: finance\n"
	"    purpose: To set a credit line\n"
	"    inputs: Income\n"
	"    output: A figure\n"
	"    effect: The figure is the line\n"
	"    instead: A person sets it\n"
	"    evidence: File 9\n";

struct read {
	struct arena *a;
	struct map m;
	struct map_problems *ps;
	int rc;
};

static void read_map(struct read *r, const char *words)
{
	*r = (struct read){ .a = arena_new(ARENA_MAX) };
	r->ps = arena_one(r->a, struct map_problems);
	r->rc = map_parse(r->a, arena_fmt(r->a, "%s%s", around, words),
		STR("."), &r->m, r->ps);
}

static void read_right(struct read *r, const char *words)
{
	read_map(r, words);
	CHECK(!r->rc, "%d: %.*s", r->ps->at[0].line,
		STR_ARG(r->ps->at[0].text));
}

static const struct {
	const char *words;
	int line; /* of the only problem; 0: none */
	const char *text;
	const char *hint;
	const char *why;
} cases[] = {
	{ "words:\n  es:\n    Contacts: Contactos\n", 0, NULL, NULL, "one" },
	{ "words:\n  es: {}\n", 0, NULL, NULL, "none" },
	{ "words:\n  es:\n    Contacts: \"\"\n    Bills:\n", 0, NULL, NULL,
		"as they are printed: not there yet" },
	{ "words:\n  es:\n    Bills: Facturas\n    Contact: Contactos\n", 43,
		"\"Contact\" is no text of the map",
		"did you mean \"Contacts\"?", "a text that was changed since" },
	{ "words:\n  es:\n    To greet yu: Para saludarle\n", 42,
		"\"To greet yu\" is no text", "\"To greet you\"",
		"the nearest of all" },
	{ "words:\n  es:\n    Something that nobody ever wrote: Nada\n", 42,
		"is no text of the map", "the very text", "nothing is near" },
	{ "words:\n  es:\n    Bills: Facturas\n    Bills: Cuentas\n", 43,
		"\"Bills\" is translated twice, first in line 42",
		"wherever it stands", "two of one" },
	{ "words:\n  fr:\n    Bills: Factures\n", 41, "unknown key \"fr\"",
		"one of: es", "consumers are not served in French" },
	{ "words:\n  en:\n    Bills: Bills\n", 41, "unknown key \"en\"", "es",
		"the map itself is in English" },
	{ "words: [ Bills ]\n", 40, "must be keys and values", "es", "a list" },
	{ "words:\n  es: Facturas\n", 41, "are texts of the map",
		"Correos electrónicos", "a text alone" },
	{ "words:\n  es:\n    Bills: [ Facturas ]\n", 42, "single value", "",
		"a list where a text is" },
	{ "words:\n  es:\n    Bills: \"a\\nb\"\n", 42, "one line of text", "",
		"a letter says it in a sentence" },
	{ "words:\n  es:\n    service provider: proveedor\n", 42, "is no text",
		"", "our own words have a translation of ours" },
	{ "words:\n  es:\n    what: Lo que hay\n", 42, "is no text", "",
		"and the columns of what a person found" },
	{ "words:\n  es:\n    File 9: Archivo 9\n", 42, "is no text", "",
		"where the test is kept is for staff" },
	{ "words:\n  es:\n    MailHarbor: Correo del Puerto\n", 0, NULL, NULL,
		"a company may be called otherwise" },
};

static void mistakes(void)
{
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		const struct map_problem *p;
		struct read r;

		read_map(&r, cases[i].words);
		p = &r.ps->at[0];
		CHECK((r.rc == -1) == (cases[i].line > 0), "%s: %d",
			cases[i].why, r.rc);
		if (cases[i].line && r.rc)
			CHECK(r.ps->n == 1 && p->line == cases[i].line &&
					str_find(p->text,
						str_of(cases[i].text)) >= 0 &&
					str_find(p->hint,
						str_of(cases[i].hint)) >= 0,
				"%s: %d: %.*s (%.*s)", cases[i].why, p->line,
				STR_ARG(p->text), STR_ARG(p->hint));
		arena_free(r.a);
	}
}

/* Files of one map: words may stand beside, and are held against all of them. */
static void several_files(void)
{
	static const char words[] = "version: 1\nwords:\n  es:\n"
				    "    Contacts: Contactos\n";
	static const char more[] = "version: 1\nwords:\n  es:\n"
				   "    Bills: Facturas\n"
				   "    Contacts: Clientes\n    Bils: x\n";
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	str texts[] = { str_of(words), str_of(around), str_of(more) };
	struct map m;

	CHECK(!map_parse_files(a, texts, 2, STR("."), &m, ps), "%d: %.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text));
	CHECK(str_eq(map_say(&m, LANG_ES, STR("Contacts")), STR("Contactos")),
		"of the first file, of a text in the second");
	CHECK(map_parse_files(a, texts, 3, STR("."), &m, ps) == -1 &&
			ps->n == 2 && ps->at[0].file == 2 &&
			ps->at[0].line == 5 && ps->at[1].line == 6,
		"twice, and one that dangles: %zu problems", ps->n);
	arena_free(a);
}

static void says(const struct map *m, const char *text, const char *want)
{
	str said = map_say(m, LANG_ES, str_of(text));

	CHECK(str_eq(said, str_of(want)), "%s: %.*s", text, STR_ARG(said));
}

static void said(void)
{
	struct read r;
	struct map_about about = { .purpose = STR("Tax records"),
		.source = STR("You, when you wrote to us") };
	str place;

	read_right(&r, "words:\n  es:\n    Contacts: Contactos\n"
		       "    Customer desk: Atención al cliente\n"
		       "    Tax records: Impuestos\n    Bills: \"\"\n"
		       "    Advertising networks: Redes de publicidad\n"
		       "    full_name: Nombre completo\n");
	says(&r.m, "Contacts", "Contactos");
	says(&r.m, "Bills", "Bills");
	says(&r.m, "Credit line", "Credit line");
	CHECK(str_eq(map_say(&r.m, LANG_EN, STR("Contacts")), STR("Contacts")),
		"English is what the map says");
	CHECK(str_eq(map_say_column(&r.m, LANG_ES, STR("full_name")),
		      STR("Nombre completo")) &&
			!map_say_column(&r.m, LANG_ES, STR("email")).n,
		"a column, or nothing, and its label is made of its name");
	about = map_say_about(&r.m, LANG_ES, &about);
	CHECK(str_eq(about.purpose, STR("Impuestos")) &&
			str_eq(about.source,
				STR("You, when you wrote to us")) &&
			!about.retention.n,
		"what has no translation stays");
	CHECK(str_eq(map_say_party(&r.m, LANG_ES, &r.m.vendors[0]),
		      STR("proveedor de servicios")) &&
			str_eq(map_say_party(&r.m, LANG_EN, &r.m.vendors[0]),
				STR("service provider")) &&
			str_eq(map_say_party(&r.m, LANG_ES, &r.m.vendors[1]),
				STR("Redes de publicidad")),
		"who has no party is called by the role, in our words");
	place = map_say_place(
		r.a, &r.m, LANG_ES, STR("Contacts (Customer desk)"));
	CHECK(str_eq(place, STR("Contactos (Atención al cliente)")), "%.*s",
		STR_ARG(place));
	place = map_say_place(r.a, &r.m, LANG_ES, STR("Bills (Old desk)"));
	CHECK(str_eq(place, STR("Bills (Old desk)")),
		"what the map has no more stays as it was stored: %.*s",
		STR_ARG(place));
	place = map_say_place(
		r.a, &r.m, LANG_EN, STR("Contacts (Customer desk)"));
	CHECK(str_eq(place, STR("Contacts (Customer desk)")), "in English");
	arena_free(r.a);
}

/* In the order of the map; once each, though "Contacts" and "To greet you" stand twice, and
 * "Bills" is a company, too. */
static const char *const all[] = { "Customer desk", "You, when you wrote to us",
	"Contacts", "full_name", "To greet you", "email", "id", "Paper archive",
	"Bills", "Tax records", "MailHarbor", "Advertising networks",
	"Shows you offers", "Credit line", "To set a credit line", "Income",
	"A figure", "The figure is the line", "A person sets it" };

static void texts(void)
{
	struct map_texts t;
	struct read r;

	read_right(&r, "");
	map_texts(r.a, &r.m, &t);
	CHECK(t.n == COUNTOF(all), "%zu texts", t.n);
	for (size_t i = 0; i < t.n && i < COUNTOF(all); i++)
		CHECK(str_eq(t.at[i].text, str_of(all[i])), "%zu: %.*s", i,
			STR_ARG(t.at[i].text));
	map_texts_missing(r.a, &r.m, LANG_ES, &t);
	CHECK(t.n == COUNTOF(all) - 1, "all but the company: %zu", t.n);
	CHECK(str_eq(map_text_place(r.a, &t.at[3]),
		      STR("crm.contact.full_name, name")) &&
			t.at[3].line == 13,
		"where: %.*s in line %d",
		STR_ARG(map_text_place(r.a, &t.at[3])), t.at[3].line);
	arena_free(r.a);
}

/* What is printed can be put into the file as it is, and then lacks nothing but words;
 * with words, nothing. */
static void paste(struct read *r, const struct map_texts *t, const char *said)
{
	struct read again;
	struct map_texts left;
	struct buf b = buf_in(r->a, 1 << 20);
	str lines = map_texts_lines(r->a, &r->m, LANG_ES, t);

	for (size_t i = 0; i < lines.n; i++) {
		if (str_starts(str_from(lines, i), STR(": \"\"\n"))) {
			buf_fmt(&b, ": \"%s\"\n", said);
			i += 4;
		} else {
			buf_putc(&b, lines.p[i]);
		}
	}
	buf_putc(&b, '\0');
	read_right(&again, b.p);
	map_texts_missing(again.a, &again.m, LANG_ES, &left);
	CHECK(left.n == (*said ? 0 : t->n), "%zu of %zu are missing", left.n,
		t->n);
	arena_free(again.a);
}

static void lines(void)
{
	struct map_texts t;
	struct read r;
	str text;

	read_right(&r, "words:\n  es:\n    Contacts: Contactos\n");
	map_texts_missing(r.a, &r.m, LANG_ES, &t);
	text = map_texts_lines(r.a, &r.m, LANG_ES, &t);
	CHECK(str_starts(text, STR("    # crm, title\n"
				   "    \"Customer desk\": \"\"\n"
				   "    # crm, source\n")),
		"to be put under those that are there: %.*s",
		STR_ARG(str_head(text, 80)));
	arena_free(r.a);
	read_right(&r, "");
	map_texts_missing(r.a, &r.m, LANG_ES, &t);
	text = map_texts_lines(r.a, &r.m, LANG_ES, &t);
	CHECK(str_starts(text, STR("words:\n  es:\n    # crm, title\n")),
		"with their heading: %.*s", STR_ARG(str_head(text, 80)));
	paste(&r, &t, "");
	paste(&r, &t, "Algo");
	t.n = 0;
	CHECK(!map_texts_lines(r.a, &r.m, LANG_ES, &t).n, "nothing, no line");
	arena_free(r.a);
}

/* A text of 1,000 characters, and quotes in it. */
static void long_texts(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct buf b = buf_in(a, 1 << 20), quotes = buf_in(a, 1 << 12);
	struct map_texts t;
	struct map m;
	str lines;

	for (size_t i = 0; i < MAP_TEXT_MAX; i++)
		buf_putc(&quotes, i % 2 ? '"' : '\\');
	buf_puts(&b, around);
	buf_fmt(&b,
		"  - { name: x, decision: health, purpose: p,\n"
		"      inputs: '%.*s' }\n",
		STR_ARG(buf_str(&quotes)));
	CHECK(!map_parse(a, buf_str(&b), STR("."), &m, ps), "%d: %.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text));
	map_texts_missing(a, &m, LANG_ES, &t);
	lines = map_texts_lines(a, &m, LANG_ES, &t);
	CHECK(str_find(lines, STR("    ? \"")) >= 0, "a key that is marked");
	buf_put(&b, lines);
	CHECK(!map_parse(a, buf_str(&b), STR("."), &m, ps), "%d: %.*s",
		ps->at[0].line, STR_ARG(ps->at[0].text));
	CHECK(m.words[LANG_ES].n == t.n, "all are read: %zu of %zu",
		m.words[LANG_ES].n, t.n);
	arena_free(a);
}

/* A letter may not show half a character, and a problem neither. */
static void cut_texts(void)
{
	struct read r;
	struct buf b;
	char words[1024];

	b = buf_on(words, sizeof words - 1);
	buf_puts(&b, "words:\n  es:\n    x");
	for (int i = 0; i < 120; i++)
		buf_puts(&b, "é");
	buf_puts(&b, ": y\n");
	words[b.n] = '\0';
	read_map(&r, words);
	CHECK(r.rc == -1 && str_is_utf8(r.ps->at[0].text), "%.*s",
		STR_ARG(r.ps->at[0].text));
	arena_free(r.a);
}

int main(void)
{
	mistakes();
	several_files();
	said();
	texts();
	lines();
	long_texts();
	cut_texts();
	return CHECK_DONE();
}
