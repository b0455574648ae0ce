/*
 * The whole package in Spanish (11 CCR 7003(b)(2)): with a data map that has its words in
 * Spanish, no word of ours and none of the map's is in English in any of its files, but
 * for the names by which programs know them.
 */
#include "know/know.h"

#include "base/base.h"
#include "base/buf.h"
#include "check.h"
#include "connect/map_words.h"
#include "connect/person/item.h"
#include "know/files.h"
#include "know/page.h"
#include "law/category.h"
#include "spanish.h"

enum { ARENA_MAX = 1 << 29, COLUMNS = 7, ROWS_MAX = 8, PIECE_MIN = 5 };

/* Every text of it once, each unlike its translation.  The columns of the first table: id,
 * mail, remark, ssn, picture, essay, day. */
static const char map_text[] =
	"version: 1\nsystems:\n"
	"  - name: leads\n    title: Lead exchange\n    connector: sqlite\n"
	"    database: leads.db\n    source: Visits of our site\n"
	"    purpose: Finding a lender\n    retention: Two years\n"
	"    tables:\n"
	"      - name: person\n        holds: People\n        key: id\n"
	"        retention: Until the loan ends\n        category: A\n"
	"        columns:\n"
	"          - { name: id, category: A }\n"
	"          - { name: mail, identifies: email }\n"
	"          - { name: remark, category: K, source: Our staff,\n"
	"              purpose: Better offers, retention: One winter }\n"
	"          - { name: ssn, never_disclose: ssn, category: L }\n"
	"          - { name: picture, category: H }\n"
	"          - { name: essay, category: J }\n"
	"          - { name: day }\n"
	"        erase: delete\n        collected: day\n"
	"  - name: paper\n    title: Cellar shelves\n    connector: person\n"
	"    database: p@lake.example\n    tables:\n"
	"      - { name: leases, holds: Leases, category: D, erase: delete }\n"
	"  - name: cache\n    title: Session store\n    connector: redis\n"
	"    database: cache_url\n    tables:\n"
	"      - name: sessions\n        holds: Sessions\n"
	"        pattern: \"s:{mail}\"\n        category: F\n"
	"        columns: [ { name: mail, identifies: email } ]\n"
	"        erase: delete\n"
	"  - name: vault\n    title: Old vault\n    connector: sqlite\n"
	"    database: v.db\n"
	"    search_exempt: [ not-searchable, legal-only, not-used, told ]\n"
	"    tables:\n"
	"      - name: box\n        holds: Boxes\n        key: id\n"
	"        category: B\n"
	"        columns: [ { name: mail, identifies: email } ]\n"
	"        erase: delete\n"
	"vendors:\n"
	"  - { name: mailer, title: The Mail People, role: service_provider,\n"
	"      days: 9, email: p@mail.example, receives: [ email ],\n"
	"      party: Email service, purpose: Sends our letters }\n"
	"  - { name: plain, title: Contoso, role: contractor, days: 9,\n"
	"      email: p@mail.example, receives: [ email ] }\n"
	"  - { name: ads, title: AdNet, role: third_party, days: 9,\n"
	"      email: p@ads.example, receives: [], categories: [ K ],\n"
	"      disclosed_as: shared, party: Advertising networks,\n"
	"      purpose: Shows offers elsewhere, by_list: true }\n";

static const char words_text[] =
	"words:\n  es:\n"
	"    Lead exchange: Intercambio\n"
	"    Visits of our site: Visitas a nuestro sitio\n"
	"    Finding a lender: Encontrar un prestamista\n"
	"    Two years: Dos inviernos\n    People: Personas\n"
	"    Until the loan ends: Hasta el fin del préstamo\n"
	"    id: Número\n    mail: Correo\n    remark: Observación\n"
	"    Our staff: Nuestro personal\n    Better offers: Mejores ofertas\n"
	"    One winter: Un invierno\n    ssn: Seguro Social\n"
	"    picture: Foto\n    essay: Redacción\n    day: Fecha\n"
	"    Cellar shelves: Estantes del sótano\n    Leases: Alquileres\n"
	"    Session store: Memoria de visitas\n    Sessions: Visitas\n"
	"    Old vault: Bóveda antigua\n    Boxes: Cajas\n"
	"    The Mail People: La Gente del Correo\n"
	"    Email service: Servicio de correo\n"
	"    Sends our letters: Envía nuestras cartas\n"
	"    Advertising networks: Redes de publicidad\n"
	"    Shows offers elsewhere: Muestra ofertas en otros sitios\n";

struct house {
	struct arena *a;
	struct map map;
	struct finding found[3];
	struct know_in in;
	struct know_case of;
	struct know k;
};

static void find_nothing(struct house *h, size_t i)
{
	const struct map_system *s = &h->map.systems[i];
	struct finding *f = &h->found[i];

	*f = (struct finding){ .system = s };
	f->tables = arena_many(h->a, struct found_table, s->tables_n);
	for (size_t t = 0; t < s->tables_n; t++) {
		f->tables[t].table = &s->tables[t];
		f->tables[t].rows =
			arena_many(h->a, struct found_row, ROWS_MAX);
	}
}

static struct found_row *add(
	struct house *h, size_t system, const char *const values[], size_t n)
{
	struct found_table *t = &h->found[system].tables[0];
	struct found_row *r = &t->rows[t->n++];

	r->cells = arena_many(h->a, struct cell, t->table->columns_n);
	for (size_t c = 0; c < n; c++)
		if (values[c])
			r->cells[c] = cell_text(str_of(values[c]));
	r->key = r->cells[0];
	return r;
}

/* A row that is shown, one that is somebody else's too, one that staff left out, one of
 * another day, one without a day; bytes that are no text, and a long text. */
static void add_people(struct house *h)
{
	const char *const rows[][COLUMNS] = {
		{ "1", "m@x.example", "Le gustan los barcos", "078-05-1120",
			NULL, NULL, "2024-03-06" },
		{ "2", "m@x.example", "De otra persona", NULL, NULL, NULL,
			"2024-03-06" },
		{ "3", "m@x.example", "Omitido", NULL, NULL, NULL,
			"2024-03-07" },
		{ "4", "m@x.example", "De otro tiempo", NULL, NULL, NULL,
			"2019-01-01" },
		{ "5", "m@x.example", "Sin fecha", NULL, NULL, NULL, NULL },
	};
	struct buf essay = buf_in(h->a, 1 << 16);
	struct found_row *r;

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		r = add(h, 0, rows[i], COLUMNS);
		r->is_shared = i == 1;
	}
	for (int i = 0; i < 2000; i++)
		buf_puts(&essay, "agua ");
	r = &h->found[0].tables[0].rows[0];
	r->cells[5] = cell_text(buf_str(&essay));
	r->cells[4] =
		(struct cell){ .type = CELL_BLOB, .v = { STR("\x01\x02") } };
}

static void open_house(struct house *h)
{
	static const char *const lease[] = { "1", "Contrato de 2019" };
	static const char *const session[] = { "m@x.example", "s:9" };
	static const struct know_mark marks[] = { { .system = STR_INIT("leads"),
		.table = STR_INIT("person"),
		.key = STR_INIT("3") } };
	static const struct know_batch batches[] = {
		{ STR_INIT("ads"), STR_INIT("AdNet"), STR_INIT("third_party"),
			STR_INIT("Shows offers elsewhere"), { 2024, 3, 6 } },
		{ STR_INIT("gone"), STR_INIT("Gone"), STR_INIT("third_party"),
			STR_INIT("Better offers"), { 2024, 3, 7 } },
	};
	static const str unsearched[] = { STR_INIT("Session store") };
	static const str why[] = { STR_INIT("Se quemó en mayo.") };
	struct map_problems *ps;

	*h = (struct house){ .a = arena_new(ARENA_MAX) };
	ps = arena_one(h->a, struct map_problems);
	CHECK(!map_parse(h->a, arena_fmt(h->a, "%s%s", map_text, words_text),
		      STR("."), &h->map, ps),
		"%d: %.*s", ps->at[0].line, STR_ARG(ps->at[0].text));
	for (size_t i = 0; i < COUNTOF(h->found); i++)
		find_nothing(h, i);
	add_people(h);
	add(h, 1, lease, COUNTOF(lease));
	add(h, 2, session, COUNTOF(session));
	h->in = (struct know_in){ .map = &h->map,
		.findings = h->found,
		.findings_n = COUNTOF(h->found),
		.marks = marks,
		.marks_n = COUNTOF(marks),
		.batches = batches,
		.batches_n = COUNTOF(batches),
		.unsearched = unsearched,
		.unsearched_why = why,
		.unsearched_n = COUNTOF(unsearched) };
	h->of = (struct know_case){ .business = STR("Lago"),
		.name = { STR("María") },
		.reference = STR("K7QF-2M9X"),
		.received_on = { 2026, 11, 2 },
		.made_on = { 2026, 11, 21 },
		.site = STR("https://x.example"),
		.language = KNOW_ES,
		.range = { { 2024, 3, 5 }, { 2024, 3, 9 } },
		.is_specific = true,
		.sells = true };
}

static void make(struct house *h)
{
	struct err e = { 0 };

	CHECK(!know_make(h->a, &h->in, &h->of, &h->k, &e), "%s", e.message);
}

typedef void put_fn(struct buf *b, const struct know *k);

static str file_of(struct house *h, put_fn *put)
{
	struct buf b = buf_in(h->a, KNOW_FILE_MAX);

	put(&b, &h->k);
	must(buf_ok(&b));
	return buf_str(&b);
}

/* What a person sees or hears of a page: no tags but what they are called by, no style
 * and no script. */
static str visible(struct arena *a, str page)
{
	static const char label[] = "aria-label=\"";
	struct buf b = buf_in(a, page.n + 1);

	for (size_t i = 0; i < page.n; i++) {
		str rest = str_from(page, i);
		const char *to = str_starts(rest, STR("<style")) ? "</style>"
				 : str_starts(rest, STR("<script"))
					 ? "</script>"
				 : *rest.p == '<' ? ">"
						  : NULL;
		ptrdiff_t at;
		str tag;

		if (!to) {
			buf_putc(&b, page.p[i]);
			continue;
		}
		at = str_find(rest, str_of(to));
		must(at >= 0);
		tag = str_head(rest, (size_t)at);
		i += (size_t)at + str_of(to).n - 1;
		at = str_find(tag, str_of(label));
		if (at >= 0)
			buf_put(&b,
				str_from(tag, (size_t)at + sizeof label - 1));
		buf_putc(&b, ' ');
	}
	return in_one_line(a, buf_str(&b));
}

/* The texts of a JSON document, without the names of its members and of columns, tables'
 * files and companies, which are for programs. */
static str json_texts(struct arena *a, str json)
{
	static const char *const technical[] = { "name", "file", "rows_file",
		"language", "reference", "category", "base64" };
	struct buf b = buf_in(a, json.n + 1);
	str member = STR("");

	for (size_t i = 0; i < json.n; i++) {
		size_t from = i + 1;
		bool is_technical = false;
		str text;

		if (json.p[i] != '"')
			continue;
		for (i++; json.p[i] != '"'; i++)
			i += json.p[i] == '\\';
		text = (str){ json.p + from, i - from };
		if (json.p[i + 1] == ':') {
			member = text;
			continue;
		}
		for (size_t k = 0; k < COUNTOF(technical); k++)
			is_technical |= str_eq(member, str_of(technical[k]));
		/* A column has a title of its law beside its name. */
		if (!is_technical)
			buf_fmt(&b, "%.*s | ", STR_ARG(text));
	}
	return in_one_line(a, buf_str(&b));
}

/* --- what must not be in it --------------------------------------------------------- */

static const struct {
	const char *name;
	const char *en;
	const char *es;
} words[] = {
#define KNOW_WORD(name, en, es) { #name, en, es },
#include "know/tbl/words.h"
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

/* As a word by itself. */
static bool stands_in(str text, str word)
{
	for (ptrdiff_t at; (at = str_find(text, word)) >= 0;
		text = str_from(text, (size_t)at + 1)) {
		size_t end = (size_t)at + word.n;

		if ((!at || !is_letter(text.p[at - 1])) &&
			(end == text.n || !is_letter(text.p[end])))
			return true;
	}
	return false;
}

/* What stands between the places that are filled in. */
static void lacks_words(
	str text, const char *file, const char *english, const char *spanish)
{
	str rest = str_of(english), es = str_of(spanish);

	while (rest.n) {
		ptrdiff_t at = str_find(rest, STR("{"));
		str piece =
			str_trim(at < 0 ? rest : str_head(rest, (size_t)at));

		CHECK(piece.n < PIECE_MIN || stands_in(es, piece) ||
				!stands_in(text, piece),
			"%s has \"%.*s\"", file, STR_ARG(piece));
		rest = at < 0 ? STR("") : str_from(rest, (size_t)at + 3);
	}
}

static void lacks_english(struct house *h, const char *file, str text)
{
	const char *english = english_in(text);
	struct map_texts all;

	CHECK(!english, "%s has \"%s\": %.*s", file, english ? english : "",
		STR_ARG(text));
	for (size_t i = 0; i < COUNTOF(words); i++)
		lacks_words(text, file, words[i].en, words[i].es);
	for (enum category c = CATEGORY_A; c < CATEGORY_END; c++)
		CHECK(!stands_in(text, str_of(category_row(c)->title)),
			"%s has \"%s\"", file, category_row(c)->title);
	map_texts(h->a, &h->map, &all);
	for (size_t i = 0; i < all.n; i++) {
		str said = map_say(&h->map, LANG_ES, all.at[i].text);

		CHECK(str_eq(said, all.at[i].text) ||
				!stands_in(text, all.at[i].text),
			"%s has \"%.*s\" of the map", file,
			STR_ARG(all.at[i].text));
	}
}

/* That the test looks at all of it: these are there, in Spanish. */
static void has_all(str page)
{
	static const char *const there[] = { "Lo que sabemos de usted",
		"Hola, María:", "Personas", "de Intercambio", "Observación",
		"Mejores ofertas", "Nuestro personal", "Un invierno",
		"Visitas a nuestro sitio", "Hasta el fin del préstamo",
		"De dónde viene", "(lo tenemos, no se muestra)",
		"datos que no son texto", "Texto largo",
		"1 registro en Intercambio, Personas trata también de otra",
		"Omitimos algo de Intercambio, Personas",
		"es de otros días que los que pidió",
		"Registros en Intercambio, Personas no dicen cuándo",
		"No pudimos buscar en Memoria de visitas",
		"Esta es la razón: Se quemó en mayo.",
		"No buscamos en Bóveda antigua", "Registros de clientes",
		"Tenemos su número de Seguro Social. Intercambio",
		"Servicio de correo (La Gente del Correo)",
		"contratista (Contoso)", "Redes de publicidad (AdNet)",
		"Muestra ofertas en otros sitios", "a Gone: Mejores ofertas",
		"Alquileres", "de Estantes del sótano", "Qué", "Contrato de",
		"de Memoria de visitas", "Clave" };

	for (size_t i = 0; i < COUNTOF(there); i++)
		CHECK(str_find(page, str_of(there[i])) >= 0, "\"%s\" in %.*s",
			there[i], STR_ARG(page));
}

static void whole(void)
{
	struct house h;
	str page, json;

	open_house(&h);
	make(&h);
	page = visible(h.a, file_of(&h, know_put_index));
	has_all(page);
	lacks_english(&h, "index.html", page);
	json = json_texts(h.a, file_of(&h, know_put_json));
	CHECK(str_find(json, STR("Intercambio | Personas")) >= 0 &&
			str_find(json, STR("Bóveda antigua")) >= 0 &&
			str_find(json, STR("Envía nuestras cartas")) >= 0,
		"for programs, too: %.*s", STR_ARG(json));
	lacks_english(&h, "data.json", json);
	for (size_t i = 0; i < h.k.tables.n; i++) {
		struct buf b = buf_in(h.a, KNOW_FILE_MAX);
		str text;
		ptrdiff_t end;

		know_put_csv(&b, &h.k.tables.at[i]);
		text = buf_str(&b);
		/* The first line has the names by which programs know them. */
		end = str_find(text, STR("\n"));
		must(end >= 0);
		lacks_english(&h, "a table",
			in_one_line(h.a, str_from(text, (size_t)end)));
	}
	arena_free(h.a);
}

/* With nothing found, and for who is told the kinds only. */
static void others(void)
{
	struct house h;
	str page;

	open_house(&h);
	h.of.is_specific = false;
	h.of.is_downgraded = true;
	h.of.range = (struct know_range){ { 0 }, { 0 } };
	make(&h);
	page = visible(h.a, file_of(&h, know_put_index));
	CHECK(str_find(page, STR("Usted pidió los datos mismos")) >= 0 &&
			str_find(page, STR("Nuestro personal")) >= 0,
		"the kinds, with their sources: %.*s", STR_ARG(page));
	lacks_english(&h, "the kinds", page);
	for (size_t i = 0; i < COUNTOF(h.found); i++)
		find_nothing(&h, i);
	h.in.batches_n = 0;
	make(&h);
	page = visible(h.a, file_of(&h, know_put_index));
	CHECK(str_find(page, STR("Nada. No vendimos")) >= 0, "nothing");
	lacks_english(&h, "nothing", page);
	arena_free(h.a);
}

/* In English each text is as the map has it, and the labels come from the names. */
static void english(void)
{
	struct house h;
	str page;

	open_house(&h);
	h.of.language = KNOW_EN;
	make(&h);
	page = visible(h.a, file_of(&h, know_put_index));
	CHECK(str_find(page, STR("People from Lead exchange")) >= 0 &&
			str_find(page, STR("Remark")) >= 0 &&
			str_find(page, STR("contractor (Contoso)")) >= 0 &&
			str_find(page, STR("What Contrato de 2019")) >= 0 &&
			str_find(page, STR("Intercambio")) < 0,
		"%.*s", STR_ARG(page));
	arena_free(h.a);
}

int main(void)
{
	whole();
	others();
	english();
	return CHECK_DONE();
}
