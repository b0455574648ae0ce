/*
 * Notices in Spanish (11 CCR 7003(b)(3)): each says what the English one says, nothing of
 * ours is left in English in it, and both are one version, with a hash each.  Templates
 * are held against each other by t/run notices; here is what is filled in and kept.
 */
#include "act.h"

#include <sodium.h>

#include "base/enc.h"
#include "base/file.h"
#include "connect/map_words.h"
#include "desk/notice.h"
#include "desk/notice_text.h"
#include "desk/valuation.h"
#include "spanish.h"

static void say(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail("setting", &e);
}

/* A business that writes its data map in Spanish: what is left in English is ours. */
static const char map_text[] =
	"version: 1\nsystems:\n"
	"  - name: shop\n    connector: sqlite\n    database: s.db\n"
	"    tables:\n      - name: person\n        key: id\n"
	"        erase: delete\n"
	"        source: Usted, en nuestra tienda\n"
	"        purpose: Enviarle lo que compró\n"
	"        retention: Dos años después del último pedido\n"
	"        columns:\n"
	"          - { name: email, identifies: email, category: A }\n"
	"          - { name: ssn, category: L, never_disclose: ssn }\n"
	"          - { name: bought, category: D }\n"
	"vendors:\n"
	"  - { name: mailer, role: service_provider, days: 9,\n"
	"      email: p@x.example, receives: [ email ],\n"
	"      categories: [ A ], party: Servicio de correo,\n"
	"      purpose: Enviar nuestras cartas }\n"
	"  - { name: buyer, role: third_party, days: 9,\n"
	"      email: p@x.example, receives: [ email ],\n"
	"      categories: [ A, D ], party: Anunciantes,\n"
	"      purpose: Hacerle ofertas }\n"
	"automated:\n  - name: credit\n    title: Línea de crédito\n"
	"    decision: finance\n    purpose: Fijar la línea de crédito\n"
	"    inputs: Sus pedidos\n    output: Un puntaje de 1 a 9\n"
	"    effect: Desde 7 hay crédito\n"
	"    instead: Una persona mira sus pedidos\n"
	"  - name: shifts\n    title: Turnos\n"
	"    decision: employment\n    purpose: Repartir turnos\n"
	"    exception: allocation\n    evidence: Carpeta 12\n"
	"    inputs: Horas libres\n    output: Un turno\n"
	"    effect: Vale una semana\n"
	"    instead: Una persona los reparte\n";

static struct desk desk_of(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "map.yaml");
	return d;
}

static struct date day_of(struct test *t, enum notice n)
{
	struct desk d = desk_of(t, ACTOR_STAFF);

	return notice_first_day(&d, n);
}

static struct notice_draft draft(struct test *t, enum notice n)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_draft out;
	struct err e = { 0 };

	if (notice_draft(&d, n, day_of(t, n), &out, &e))
		fail("draft", &e);
	return out;
}

static str spanish(struct test *t, enum notice n)
{
	return draft(t, n).in[LANG_ES].text;
}

static struct notice_version version(
	struct test *t, enum notice n, int64_t number)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct notice_version v;
	struct err e = { 0 };

	if (notice_version(&d, n, number, &v, &e) != 1)
		fail("version", &e);
	return v;
}

static bool is_changed(struct test *t, enum notice n)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_states all;
	struct err e = { 0 };

	if (notice_states(&d, &all, &e))
		fail("states", &e);
	return all.at[n].is_changed;
}

static void publish(struct test *t, enum notice n)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_publish_in in = { n, day_of(t, n), NULL };
	struct notice_version v;
	struct err e = { 0 };

	if (notice_publish(&d, &in, &v, &e))
		fail("publish", &e);
}

static bool has(str text, const char *what)
{
	return str_find(text, str_of(what)) >= 0;
}

static void set_up(struct test *t)
{
	static const char *const settings[][2] = {
		{ "phone", "800-555-0142" },
		{ "phone_hours", "Monday to Friday" },
		{ "phone_hours_es", "lunes a viernes" },
		{ "sells", "yes" },
		{ "sells_minors", "yes" },
		{ "parent_checks", "form call" },
		{ "uses_admt", "yes" },
		{ "uses_sensitive", "yes" },
		{ "incentive", "yes" },
		{ "incentive_terms", "Ten percent off each order" },
		{ "incentive_terms_es", "Diez por ciento menos" },
		{ "incentive_categories", "A D" },
		{ "incentive_join", "Tick the box at the till" },
		{ "incentive_join_es", "Marque la casilla en la caja" },
		{ "incentive_leave", "Write to us" },
		{ "incentive_leave_es", "Escríbanos" },
	};
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct valuation v = {
		.in = { value_method_of(STR("profit")), 900000, 400000, 1000 },
		.how = STR("Our ledger of 2025"),
		.how_es = STR("Los libros de 2025"),
		.is_country = true,
	};
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(settings); i++)
		say(t, settings[i][0], settings[i][1]);
	if (file_replace(path(t, "map.yaml"), str_of(map_text), 0600, &e) ||
		valuation_note(&d, &v, &e))
		fail("set up", &e);
}

/* --- what they say --- */

static const enum notice written[] = { NOTICE_POLICY, NOTICE_COLLECTION,
	NOTICE_INCENTIVE, NOTICE_PRE_USE };

/* Line for line what English says, and none of its words. */
static void test_no_english(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(written); i++) {
		struct notice_draft d = draft(t, written[i]);
		struct notice_blocks en, es;
		const char *left =
			english_in(in_one_line(t->a, d.in[LANG_ES].text));

		notice_blocks_of(t->a, d.in[LANG_EN].text, &en);
		notice_blocks_of(t->a, d.in[LANG_ES].text, &es);
		CHECK(!left, "%s: \"%s\" is left in\n%.*s",
			notice_row(written[i])->code, left ? left : "",
			STR_ARG(d.in[LANG_ES].text));
		CHECK(en.n == es.n && en.n > 10, "%s: %zu blocks, not %zu",
			notice_row(written[i])->code, es.n, en.n);
		for (size_t b = 0; b < en.n && b < es.n; b++)
			CHECK(en.at[b].kind == es.at[b].kind &&
					str_eq(en.at[b].id, es.at[b].id) &&
					!en.at[b].link.n == !es.at[b].link.n,
				"%s: \"%.*s\" stands for \"%.*s\"",
				notice_row(written[i])->code,
				STR_ARG(es.at[b].text), STR_ARG(en.at[b].text));
	}
}

/* What the law's tables, the calendar and the settings put into them. */
static void test_filled_in(struct test *t)
{
	static const struct {
		enum notice notice;
		const char *says;
	} rows[] = {
		{ NOTICE_POLICY, "21 de noviembre de 2026. La revisamos" },
		{ NOTICE_POLICY,
			"- Identificadores, vendida a: Anunciantes: Hacerle" },
		{ NOTICE_POLICY,
			"- Información personal confidencial: Número de Seguro "
			"Social" },
		{ NOTICE_POLICY, "- Un formulario firmado bajo pena" },
		{ NOTICE_POLICY,
			"- [Eliminar información personal](http://127.0.0.1:"
			"8085/r/delete?lang=es)" },
		{ NOTICE_POLICY, "800-555-0142: lunes a viernes" },
		{ NOTICE_COLLECTION,
			"- Información comercial: Enviarle lo que compró. Se "
			"vende." },
		{ NOTICE_COLLECTION,
			"[No vender ni compartir mi información personal]"
			"(http://127.0.0.1:8085/opt-out?lang=es)" },
		{ NOTICE_INCENTIVE, "La oferta: Diez por ciento menos\n" },
		{ NOTICE_INCENTIVE, "valen $5.00 para nosotros" },
		{ NOTICE_INCENTIVE,
			"(11 CCR 7081): Ganancia por venderlos o recopilarlos. "
			"Ingresos por vender" },
		{ NOTICE_INCENTIVE, "Gastos de ello: $4000.00" },
		{ NOTICE_INCENTIVE, "Son personas de todo Estados Unidos" },
		{ NOTICE_INCENTIVE, "a estas cifras: Los libros de 2025\n" },
		{ NOTICE_PRE_USE,
			"- Línea de crédito (Finanzas y préstamos): Fijar" },
		{ NOTICE_PRE_USE,
			"- Turnos sigue de todos modos: La tecnología se usa "
			"solo para repartir el trabajo" },
		{ NOTICE_PRE_USE, "vigor desde el 1 de enero de 2027" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(has(spanish(t, rows[i].notice), rows[i].says),
			"\"%s\" is not in\n%.*s", rows[i].says,
			STR_ARG(spanish(t, rows[i].notice)));
}

/* What the business wrote in one language only goes out as it wrote it. */
static void test_as_written(struct test *t)
{
	say(t, "incentive_terms_es", "");
	say(t, "phone_hours_es", "");
	CHECK(has(spanish(t, NOTICE_INCENTIVE),
		      "La oferta: Ten percent off each order\n"),
		"its offer, rather than none");
	CHECK(has(spanish(t, NOTICE_POLICY), "800-555-0142: Monday to Friday"),
		"its hours");
	say(t, "incentive_terms_es", "Diez por ciento menos");
	say(t, "phone_hours_es", "lunes a viernes");
	CHECK(has(draft(t, NOTICE_INCENTIVE).in[LANG_EN].text,
		      "The offer: Ten percent off each order\n"),
		"and English stays English");
}

/* A business that writes its map in English, and beside it what it says in Spanish; the
 * names of systems and tables stand in no notice but those of tables. */
static const char map_both[] =
	"version: 1\nsystems:\n"
	"  - name: shop\n    title: Our shop\n    connector: sqlite\n"
	"    database: s.db\n    tables:\n      - name: person\n"
	"        holds: Customers\n        key: id\n"
	"        erase: delete\n"
	"        source: Shelves and counters\n"
	"        purpose: Sending parcels\n"
	"        retention: Until next spring\n"
	"        columns:\n"
	"          - { name: mail, identifies: email, category: A }\n"
	"          - { name: bought, category: D }\n"
	"vendors:\n"
	"  - { name: mailer, role: service_provider, days: 9,\n"
	"      email: p@x.example, receives: [ email ],\n"
	"      categories: [ A ], purpose: Printing labels }\n"
	"  - { name: buyer, role: third_party, days: 9,\n"
	"      email: p@x.example, receives: [ email ],\n"
	"      categories: [ A, D ], party: Advertisers,\n"
	"      purpose: Making offers }\n"
	"automated:\n  - name: credit\n    title: Credit line\n"
	"    decision: finance\n    purpose: Setting a limit\n"
	"    inputs: Earlier orders\n    output: Some figure\n"
	"    effect: Seven means yes\n"
	"    instead: Somebody looks\n"
	"words:\n  es:\n    Our shop: Nuestra tienda\n"
	"    Customers: Clientes\n"
	"    Shelves and counters: Estantes y mostradores\n"
	"    Sending parcels: Enviar paquetes\n"
	"    Until next spring: Hasta la primavera\n"
	"    Printing labels: Imprimir etiquetas\n"
	"    Advertisers: Anunciantes\n    Making offers: Hacer ofertas\n"
	"    Credit line: Línea de crédito\n"
	"    Setting a limit: Fijar un límite\n"
	"    Earlier orders: Pedidos anteriores\n"
	"    Some figure: Una cifra\n"
	"    Seven means yes: Siete quiere decir sí\n"
	"    Somebody looks: Alguien lo mira\n"
	"    mail: Correo\n    bought: Compra\n    id: Número\n";

static void hold_to(struct test *t, enum notice n, const struct map *m)
{
	struct notice_draft d = draft(t, n);
	const char *left = english_in(in_one_line(t->a, d.in[LANG_ES].text));
	struct map_texts all;

	CHECK(!left, "%s: \"%s\"", notice_row(n)->code, left ? left : "");
	map_texts(t->a, m, &all);
	for (size_t i = 0; i < all.n; i++) {
		str en = all.at[i].text, es = map_say(m, LANG_ES, en);

		if (str_eq(all.at[i].text, es) || en.n < 5)
			continue;
		CHECK(str_find(d.in[LANG_ES].text, en) < 0,
			"%s says \"%.*s\" in Spanish", notice_row(n)->code,
			STR_ARG(en));
		CHECK((str_find(d.in[LANG_EN].text, en) >= 0) ==
				(str_find(d.in[LANG_ES].text, es) >= 0),
			"%s says \"%.*s\" in one language only",
			notice_row(n)->code, STR_ARG(en));
	}
}

/* What the data map says in Spanish stands in the notices in Spanish, each text of it where
 * the English one stands; a text that is not translated yet stays in English. */
static void test_own_words(struct test *t)
{
	struct err e = { 0 };
	struct map m;
	str less;

	if (file_replace(path(t, "map.yaml"), str_of(map_both), 0600, &e) ||
		map_read(t->a, path(t, "map.yaml"), &m, &e))
		fail("map", &e);
	for (size_t i = 0; i < COUNTOF(written); i++)
		hold_to(t, written[i], &m);
	CHECK(has(spanish(t, NOTICE_POLICY),
		      "- Identificadores, vendida a: Anunciantes: Hacer") &&
			has(spanish(t, NOTICE_POLICY),
				"proveedor de servicios: Imprimir etiquetas"),
		"who gets it, by the map's words or the role in ours");
	CHECK(has(spanish(t, NOTICE_PRE_USE),
		      "- Línea de crédito (Finanzas y préstamos): Fijar un"),
		"a use of automated decisions");
	less = str_head(str_of(map_both),
		(size_t)str_find(str_of(map_both), STR("    Customers: ")));
	if (file_replace(path(t, "map.yaml"), less, 0600, &e))
		fail("map", &e);
	CHECK(has(spanish(t, NOTICE_COLLECTION), ": Customers\n") &&
			has(spanish(t, NOTICE_COLLECTION), "Sending parcels"),
		"as the business wrote it, rather than nothing");
	if (file_replace(path(t, "map.yaml"), str_of(map_text), 0600, &e))
		fail("map", &e);
}

/* --- what is kept --- */

static str hash(struct test *t, str text)
{
	unsigned char sum[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(sum, (const unsigned char *)text.p, text.n);
	return hex_of(t->a, sum, sizeof sum);
}

static bool trail_has(struct test *t, str what)
{
	struct sql_audit_newest_in in = { INT64_MAX, 500 };
	struct sql_audit_newest_rows rows;
	struct err e = { 0 };

	if (sql_audit_newest(t->db, t->a, &in, &rows, &e))
		fail("trail", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].event, STR("notice.published")) &&
			str_find(rows.at[i].detail, what) >= 0)
			return true;
	return false;
}

/* A business that offers English only publishes English only; what was published before
 * Spanish was offered stays as it was, and is shown in English. */
static void test_english_only(struct test *t)
{
	struct notice_version v;
	bool is_in = true;

	say(t, "languages", "en");
	CHECK(!spanish(t, NOTICE_POLICY).n, "nobody asked for Spanish");
	publish(t, NOTICE_POLICY);
	CHECK(!is_changed(t, NOTICE_POLICY), "it is what a draft says");
	say(t, "languages", "en es");
	v = version(t, NOTICE_POLICY, 0);
	CHECK(!v.in[LANG_ES].text.n && !v.in[LANG_ES].sha256.n,
		"it has no Spanish text");
	CHECK(has(notice_text_in(&v, LANG_ES, &is_in), "# Privacy policy\n") &&
			!is_in,
		"who wants Spanish gets English, and it is known");
	CHECK(is_changed(t, NOTICE_POLICY),
		"staff are told that a draft says more");
}

static void test_both(struct test *t)
{
	struct notice_draft d = draft(t, NOTICE_POLICY);
	struct notice_version v;
	bool is_in = false;

	publish(t, NOTICE_POLICY);
	v = version(t, NOTICE_POLICY, 0);
	CHECK(v.version == 2 && !is_changed(t, NOTICE_POLICY),
		"one version: %lld", (long long)v.version);
	for (int l = 0; l < LANGS; l++) {
		CHECK(v.in[l].text.n && str_eq(v.in[l].text, d.in[l].text) &&
				str_eq(v.in[l].sha256, hash(t, v.in[l].text)),
			"%s is kept as it was drawn, with its hash",
			lang_code((enum lang)l));
		CHECK(trail_has(t, v.in[l].sha256),
			"and the trail has the hash of %s",
			lang_code((enum lang)l));
	}
	CHECK(has(notice_text_in(&v, LANG_ES, &is_in),
		      "# Política de privacidad\n") &&
			is_in,
		"who wants Spanish gets it");
	v = version(t, NOTICE_POLICY, 1);
	CHECK(!v.in[LANG_ES].text.n && v.in[LANG_EN].text.n,
		"the first version is what it was");
}

/* Staff publish what they saw, in both languages: other Spanish words make another. */
static void test_seen(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_draft before = draft(t, NOTICE_INCENTIVE);
	struct notice_publish_in in = { NOTICE_INCENTIVE,
		day_of(t, NOTICE_INCENTIVE), &before.sha256 };
	struct notice_version v;
	struct err e = { 0 };

	say(t, "incentive_join_es", "Pídalo en la caja");
	CHECK(str_eq(before.in[LANG_EN].text,
		      draft(t, NOTICE_INCENTIVE).in[LANG_EN].text),
		"the English one says what it said");
	CHECK(notice_publish(&d, &in, &v, &e) == -1 && e.code == ERR_CONFLICT,
		"but it is not what was looked at: %s", e.message);
	before = draft(t, NOTICE_INCENTIVE);
	CHECK(!notice_publish(&d, &in, &v, &e), "now it is: %s", e.message);
	say(t, "incentive_join_es", "Marque la casilla en la caja");
	CHECK(is_changed(t, NOTICE_INCENTIVE),
		"words in Spanish alone are a change");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "notice_es", fresh_server(argc, argv));
	set_contact(&t);
	set_up(&t);
	test_no_english(&t);
	test_filled_in(&t);
	test_as_written(&t);
	test_own_words(&t);
	test_english_only(&t);
	test_both(&t);
	test_seen(&t);
	end(&t);
	return CHECK_DONE();
}
