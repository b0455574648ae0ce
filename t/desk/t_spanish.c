/*
 * Who asks on the pages in Spanish is written to in Spanish (11 CCR 7003(b)), whoever
 * reads the letter, from the receipt to the answer.  What each letter says is in
 * t/unit/t_letters_es.c; here each one is brought about as it is in earnest, with
 * what the desk fills in.  The answer to a request to know is in t_know.c.
 */
#include "cases.h"
#include "correcting.h"

#include <string.h>

#include "base/file.h"
#include "desk/agent_ask.h"
#include "desk/agent_refuse.h"
#include "desk/charge.h"
#include "desk/correct_show.h"
#include "desk/explain.h"
#include "desk/extend.h"
#include "desk/fraud.h"
#include "desk/limit.h"
#include "desk/optin.h"
#include "desk/optin_minor.h"
#include "desk/parent.h"
#include "desk/parent_ask.h"
#include "desk/stop.h"
#include "desk/withdraw.h"
#include "spanish.h"

/* What the business itself wrote in its data map stays as it wrote it. */
static const str own[] = { STR_INIT("A list of Valley Data") };

static str without_own(struct test *t, str line)
{
	for (size_t i = 0; i < COUNTOF(own); i++) {
		ptrdiff_t at = str_find(line, own[i]);

		if (at >= 0)
			line = arena_fmt(t->a, "%.*s%.*s", (int)at, line.p,
				STR_ARG(str_from(line, (size_t)at + own[i].n)));
	}
	return line;
}

static bool is_for_others(str template)
{
	return str_starts(template, STR("vendor_")) ||
	       str_eq(template, STR("message"));
}

/* Every page of ours that the letter leads to opens in its language, whatever browser
 * it is opened with. */
static void links_are_spanish(struct test *t, str template, str text)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	str site = post_address(&d, "", STR(""));

	for (ptrdiff_t at; (at = str_find(text, site)) >= 0;) {
		size_t n = 0;

		text = str_from(text, (size_t)at);
		while (n < text.n && !str_has(STR(" \n"), text.p[n]))
			n++;
		CHECK(str_find(str_head(text, n), STR("lang=es")) > 0,
			"%.*s: %.*s", STR_ARG(template), (int)n, text.p);
		t->links++;
		text = str_from(text, n);
	}
}

static void is_spanish(struct test *t, str template, const struct post *p)
{
	str line = in_one_line(
		t->a, arena_fmt(t->a, "%.*s\n%.*s", STR_ARG(p->subject),
			      STR_ARG(p->text.v)));
	const char *english = english_in(without_own(t, line));

	CHECK(!english, "\"%s\" in %.*s:\n%.*s", english ? english : "",
		STR_ARG(template), STR_ARG(line));
	links_are_spanish(t, template, p->text.v);
	CHECK(p->lang == LANG_ES, "%.*s is read out as what it is",
		STR_ARG(template));
	CHECK(str_find(p->subject, STR("olicitud ")) >= 0 ||
			str_find(p->subject, STR("olicitud, ")) >= 0,
		"%.*s: %.*s", STR_ARG(template), STR_ARG(p->subject));
}

/* Every letter of the request to who asked, and which they are, in the order in which
 * they were written. */
static void wrote(struct test *t, str reference, const char *letters)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_mail_of_request_rows rows;
	struct err e = { 0 };
	str names = STR("");

	if (sql_mail_of_request(t->db, t->a,
		    &(struct sql_mail_of_request_in){
			    request_id(t, reference) },
		    &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++) {
		struct post p;

		if (is_for_others(rows.at[i].template))
			continue;
		if (post_load(&d, rows.at[i].id, &p, &e) != 1)
			fail("letter", &e);
		is_spanish(t, rows.at[i].template, &p);
		names = arena_fmt(t->a, "%.*s%s%.*s", STR_ARG(names),
			names.n ? " " : "", STR_ARG(rows.at[i].template));
	}
	CHECK(str_eq(names, str_of(letters)), "%.*s, not %s", STR_ARG(names),
		letters);
}

static bool has(
	struct test *t, str reference, const char *letter, const char *words)
{
	struct post p = letter_of(t, reference, letter);

	return str_find(in_one_line(t->a, p.text.v), str_of(words)) >= 0;
}

/* --- deletions ------------------------------------------------------------------- */

static void test_deleted(struct test *t)
{
	struct sent s = confirmed(t, "elena@example.com");
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 4, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	if (approve(t, s.reference, &e))
		fail("approve", &e);
	report_erased(t, s.reference, "leads", 4);
	tell(t, s.reference);
	if (answer(t, s.reference, "No ha respondido.", &e))
		fail("answer", &e);
	wrote(t, s.reference, "receipt code deleted");
	CHECK(has(t, s.reference, "deleted",
		      "Teléfono 800-555-0142, lunes a viernes"),
		"when somebody answers the phone");
	CHECK(has(t, s.reference, "receipt",
		      "a más tardar el 5 de enero de 2027"),
		"by when: 45 days, in words of the language");
	CHECK(has(t, s.reference, "deleted",
		      "El 21 de noviembre de 2026 nos pidió que elimináramos "
		      "la información personal") &&
			has(t, s.reference, "deleted",
				"Eliminamos 4 registros") &&
			has(t, s.reference, "deleted",
				"Todavía no ha respondido"),
		"what was asked, done, and is open");
}

/* What stays by the data map and what staff chose, by the names that the map has, and in
 * no word of ours in English (11 CCR 7003(b), 7022(f)(1)). */
static void test_kept(struct test *t)
{
	struct sent s = confirmed(t, "facturas@example.com");
	struct kept kept[] = { { STR("Facturas (CRM)"), STR("DX8"),
				       STR("Impuestos"), 2, 0,
				       STR("zip null;name mask;city hash;"
					   "born renew") },
		{ STR("Compras (CRM)"), STR("DX1"), STR("La entrega"), 1, 7,
			STR("") },
		{ STR("Notas (CRM)"), STR("DX1"), STR("Garantía"), 3, 8,
			STR("") } };
	struct erased x = {
		.rows = 1, .evidence = STR("{}"), .kept = { kept, 3 }
	};
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct work w;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 7, NULL);
	if (approve(t, s.reference, &e))
		fail("approve", &e);
	w = work_of(t, s.reference, "crm");
	if (fulfil_erased(&worker, &w, &x, &e))
		fail("erased", &e);
	tell(t, s.reference);
	if (answer(t, s.reference, "No ha respondido.", &e))
		fail("answer", &e);
	wrote(t, s.reference, "receipt code deleted");
	CHECK(has(t, s.reference, "deleted",
		      "- Facturas (CRM): zip vaciado, name enmascarado, city "
		      "reemplazado por un código irreversible, born "
		      "reemplazado por un valor inventado."),
		"what is erased in rows that stay");
	CHECK(has(t, s.reference, "deleted", "- 1 registro: Compras (CRM).") &&
			has(t, s.reference, "deleted",
				"- 3 registros: Notas (CRM)."),
		"how many, of those that staff chose");
	CHECK(has(t, s.reference, "deleted", "Conservamos 6 registros."),
		"all of them");
}

static const char own_map[] =
	"version: 1\nsystems:\n"
	"  - name: crm\n    title: Customer desk\n    connector: sqlite\n"
	"    database: crm.db\n    tables:\n"
	"      - name: person\n        holds: People\n        key: id\n"
	"        columns: [ { name: mail, identifies: email } ]\n"
	"        erase: delete\n"
	"      - name: invoice\n        holds: Invoices\n        key: id\n"
	"        columns:\n"
	"          - { name: zip_code, verifies: zip, erase: \"null\" }\n"
	"          - { name: full_name, verifies: name, erase: mask }\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: keep\n        exception: DX8\n"
	"        purpose: Tax records\n"
	"words:\n  es:\n    Customer desk: Atención al cliente\n"
	"    Invoices: Facturas\n    Tax records: Impuestos\n"
	"    zip_code: Código postal\n    full_name: Nombre completo\n";

static void put_own_map(struct test *t)
{
	struct err e = { 0 };

	if (file_replace(path(t, "own.yaml"), str_of(own_map), 0600, &e))
		fail("map", &e);
	t->map = path(t, "own.yaml");
}

/* What was stored in English is said in the words that the map has today, where it still
 * has that table; what staff typed, and what the map has no more, as it is. */
static void test_kept_own_words(struct test *t)
{
	struct sent s = confirmed(t, "propias@example.com");
	struct kept kept[] = {
		{ STR("Invoices (Customer desk)"), STR("DX8"),
			STR("Tax records"), 2, 0,
			STR("zip_code null;full_name mask") },
		{ STR("People (Customer desk)"), STR("DX1"), STR("La entrega"),
			1, 7, STR("") },
		{ STR("Receipts (Old desk)"), STR("DX8"), STR("Cuentas"), 1, 0,
			STR("") },
	};
	struct erased x = {
		.rows = 1, .evidence = STR("{}"), .kept = { kept, 3 }
	};
	struct desk worker;
	struct err e = { 0 };
	struct work w;

	put_own_map(t);
	worker = desk_as(t, ACTOR_WORKER);
	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 7, NULL);
	if (approve(t, s.reference, &e))
		fail("approve", &e);
	w = work_of(t, s.reference, "crm");
	if (fulfil_erased(&worker, &w, &x, &e))
		fail("erased", &e);
	tell(t, s.reference);
	if (answer(t, s.reference, "No ha respondido.", &e))
		fail("answer", &e);
	wrote(t, s.reference, "receipt code deleted");
	CHECK(has(t, s.reference, "deleted",
		      "- Facturas (Atención al cliente): Código postal "
		      "vaciado, Nombre completo enmascarado.") &&
			has(t, s.reference, "deleted", "Impuestos"),
		"the table, its columns and the purpose: %.*s",
		STR_ARG(letter_of(t, s.reference, "deleted").text.v));
	CHECK(has(t, s.reference, "deleted",
		      "- 1 registro: People (Atención al cliente).") &&
			has(t, s.reference, "deleted", "La entrega"),
		"a table whose name has no translation yet");
	CHECK(has(t, s.reference, "deleted", "- Receipts (Old desk)."),
		"what the map has no more, as it was stored");
	t->map = NULL;
}

/* No answer waits for a map that somebody is mending. */
static void test_kept_without_map(struct test *t)
{
	struct sent s = confirmed(t, "sin.mapa@example.com");
	struct kept kept = { STR("Facturas (CRM)"), STR("DX8"),
		STR("Impuestos"), 2, 0, STR("zip null") };
	struct erased x = {
		.rows = 1, .evidence = STR("{}"), .kept = { &kept, 1 }
	};
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct work w;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 7, NULL);
	if (approve(t, s.reference, &e))
		fail("approve", &e);
	w = work_of(t, s.reference, "crm");
	if (fulfil_erased(&worker, &w, &x, &e))
		fail("erased", &e);
	tell(t, s.reference);
	t->map = path(t, "no-such-map.yaml");
	CHECK(!answer(t, s.reference, "No ha respondido.", &e), "%s",
		e.message);
	t->map = NULL;
	CHECK(has(t, s.reference, "deleted", "- Facturas (CRM): zip vaciado."),
		"as it was stored: %.*s",
		STR_ARG(letter_of(t, s.reference, "deleted").text.v));
}

static void test_nothing(struct test *t)
{
	struct sent s = confirmed(t, "nadie@example.com");
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	if (answer(t, s.reference, "", &e))
		fail("answer", &e);
	wrote(t, s.reference, "receipt code nothing_found");
	CHECK(has(t, s.reference, "nothing_found",
		      "así que no había nada que eliminar"),
		"the verb of the kind");
}

/* Asked in English, and again in Spanish: the code of the second joins it to the first,
 * whose answer is all that they get. */
static void test_joined(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct sent first, second;
	struct err e = { 0 };
	struct post p;

	t->lang = LANG_EN;
	first = send_delete(t, "dos.veces@example.com");
	t->lang = LANG_ES;
	second = send_delete(t, "dos.veces@example.com");
	p = letter_of(t, second.reference, "code");
	CHECK(confirm(t, second.reference, code_in(&p), &ps), "joined");
	if (fulfil_plan(
		    &d, request_id(t, first.reference), plan_of_three, 3, &e))
		fail("plan", &e);
	report_found(t, first.reference, "leads", 0, NULL);
	report_found(t, first.reference, "crm", 0, NULL);
	if (answer(t, first.reference, "", &e))
		fail("answer", &e);
	CHECK(has(t, first.reference, "nothing_found",
		      "así que no había nada que eliminar"),
		"in the language of the later request");
}

static void test_denied(struct test *t)
{
	struct sent s = send_delete(t, "sin.prueba@example.com");
	struct sent out = send_delete(t, "de.oregon@example.com");
	struct err e = { 0 };

	if (deny(t, s.reference, "UNVERIFIED", "", &e) ||
		answer(t, s.reference, "", &e))
		fail("unverified", &e);
	wrote(t, s.reference, "receipt code denied_unverified");
	if (deny(t, out.reference, "NOT_A_CONSUMER", "Usted vive en Oregón.",
		    &e) ||
		answer(t, out.reference, "", &e))
		fail("denied", &e);
	wrote(t, out.reference, "receipt code denied");
	CHECK(has(t, out.reference, "denied",
		      "protege a los residentes de California. La norma para "
		      "esto: Código Civil de California, sección "
		      "1798.140(i).") &&
			has(t, out.reference, "denied",
				"Usted vive en Oregón."),
		"the ground and its section, both in Spanish");
}

static void test_time_and_fee(struct test *t)
{
	struct sent s = confirmed(t, "nueve@example.com");
	struct charge_ask fee = { STR("45.50"), STR("Es la novena solicitud."),
		STR("The nine requests are in the queue.") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 2, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	if (case_charge(&d, s.reference, &fee, &ps, &e) ||
		case_extend(
			&d, s.reference, STR("Mudamos un sistema."), &ps, &e) ||
		ps.n)
		fail("fee and time", &e);
	wrote(t, s.reference, "receipt code fee extension");
	CHECK(has(t, s.reference, "fee", "es de $45.50."), "how much");
	CHECK(has(t, s.reference, "extension",
		      "a más tardar el 19 de febrero de 2027. Son 90 días"),
		"until when");
}

/* 11 CCR 7062(d): what is sensitive is found, and three details match. */
static void test_declaration(struct test *t)
{
	struct sent s = confirmed(t, "firma@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, s.reference, "leads");
	struct found f = { .finding = STR("{}"),
		.rows = 2,
		.points.matched =
			POINT_BIT(EMAIL) | POINT_BIT(ZIP) | POINT_BIT(PHONE),
		.is_marked = true,
		.is_sensitive = true };
	struct found nothing = { .finding = STR("{}"), .is_marked = true };
	struct desk d = staff(t);
	struct err e = { 0 };

	if (fulfil_found(&worker, &w, &f, &e))
		fail("found", &e);
	w = work_of(t, s.reference, "crm");
	if (fulfil_found(&worker, &w, &nothing, &e))
		fail("found", &e);
	if (case_ask_declaration(&d, s.reference, &e))
		fail("declaration", &e);
	wrote(t, s.reference, "receipt code declaration");
	CHECK(has(t, s.reference, "declaration", "/declare?lang=es"),
		"to the page in their language");
}

static void test_withdrawn(struct test *t)
{
	struct sent s = send_delete(t, "retirada@example.com");
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	int64_t now = t->clock.fixed_ms;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	t->clock.fixed_ms += LIMIT_CODE_AGAIN_SECONDS * 1000LL;
	if (withdraw_send_code(&d, s.reference, &ps, &e) || ps.n)
		fail("code", &e);
	p = letter_of(t, s.reference, "code");
	if (withdraw_confirm(&d, s.reference, code_in(&p), &ps, &e) || ps.n)
		fail("take back", &e);
	wrote(t, s.reference, "receipt code code withdrawn");
	t->clock.fixed_ms = now;
}

/* --- corrections ----------------------------------------------------------------- */

static void test_corrected(struct test *t)
{
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct desk d;
	str reference;

	put_map(t);
	reference = found(t, KIND_CORRECT, "el código postal");
	if (correct(t, reference, "zip", "94610", &ps, &e) || ps.n ||
		work(t, job_change, reference, "crm", &e) != JOB_DONE)
		fail("correct", &e);
	reply(t, reference, "94610");
	d = mapped(t, ACTOR_STAFF);
	if (case_answer(&d, reference, STR(""), &ps, &e) || ps.n)
		fail("answer", &e);
	wrote(t, reference, "receipt code corrected");
	CHECK(has(t, reference, "corrected",
		      "- zip (Contacts, CRM). De dónde vino la información "
		      "incorrecta: A list of Valley Data."),
		"what, by the names of the data map, and 7023(i)");
}

static str shown_in(struct test *t, str reference, enum lang l)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);
	struct correct_look look = { .lang = l };
	struct correct_shown shown;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	t->clock.fixed_ms += LIMIT_CODE_AGAIN_SECONDS * 1000LL;
	if (correct_show_send_code(&d, reference, &ps, &e) || ps.n)
		fail("code", &e);
	p = letter_of(t, reference, "code");
	look.code = code_in(&p);
	if (correct_show(&d, reference, &look, &shown, &ps, &e) || ps.n ||
		shown.items.n != 1)
		fail("show", &e);
	return shown.items.at[0].what;
}

/* The same in the words of the map, in the letter and on the page that shows it. */
static void test_corrected_own_words(struct test *t)
{
	static const char words[] =
		"words:\n  es:\n    zip: Código postal\n    Contacts: Clientes\n"
		"    A list of Valley Data: Una lista de Valley Data\n";
	int64_t now = t->clock.fixed_ms;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct desk d;
	str reference;

	put_map(t);
	if (file_replace(path(t, "map.yaml"),
		    arena_fmt(t->a, "%s%s", map_text, words), 0600, &e))
		fail("map", &e);
	reference = found(t, KIND_CORRECT, "otra vez el código postal");
	if (correct(t, reference, "zip", "94611", &ps, &e) || ps.n ||
		work(t, job_change, reference, "crm", &e) != JOB_DONE)
		fail("correct", &e);
	reply(t, reference, "94611");
	d = mapped(t, ACTOR_STAFF);
	if (case_answer(&d, reference, STR(""), &ps, &e) || ps.n)
		fail("answer", &e);
	CHECK(has(t, reference, "corrected",
		      "- Código postal (Clientes, CRM). De dónde vino la "
		      "información incorrecta: Una lista de Valley Data."),
		"%.*s", STR_ARG(letter_of(t, reference, "corrected").text.v));
	CHECK(str_eq(shown_in(t, reference, LANG_ES),
		      STR("Código postal (Clientes, CRM)")),
		"on the page in Spanish");
	CHECK(str_eq(shown_in(t, reference, LANG_EN),
		      STR("zip (Contacts, CRM)")),
		"and on the page in English");
	t->clock.fixed_ms = now;
}

/* --- stops ----------------------------------------------------------------------- */

static str opt_out(struct test *t, const struct stop_in *in)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct stop_out out;
	struct err e = { 0 };

	if (stop_receive(&d, in, &out, &ps, &e) || ps.n)
		fail("opt-out", &e);
	return out.reference;
}

static void test_stops(struct test *t)
{
	struct person at = { .name = { STR("Elena Torres") },
		.street = { STR("Calle Olmo 12") },
		.zip = { STR("94607") },
		.postal = { STR("Elena Torres\nCalle Olmo 12\n"
				"Oakland, CA 94607") } };
	struct stop_in in = { .kind = KIND_OPT_OUT, .channel = CHANNEL_WEB };
	struct fraud x = { STR("Un programa la envió por 900 personas."),
		STR("900 times in a minute") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	in.at = &at;
	reference = opt_out(t, &in);
	wrote(t, reference, "processed");
	in.at = NULL;
	in.identifier.v = STR("robot@example.com");
	reference = opt_out(t, &in);
	if (case_refuse_fraud(&d, reference, &x, &ps, &e) || ps.n)
		fail("refuse", &e);
	wrote(t, reference, "stop_denied");
	CHECK(has(t, reference, "stop_denied",
		      "recibimos su petición: no vender ni compartir "
		      "información personal."),
		"what was asked");
}

static void test_opt_in(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct optin_in in = { .kind = KIND_OPT_IN,
		.email = { STR("vuelve@example.com") },
		.nonce = optin_nonce(&d),
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct optin_minor_in minor = { .email = { STR("joven@example.com") },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1"),
		.born = { { STR("2") }, { STR("28") }, { STR("2012") } } };
	struct optin_minor_out asked;
	struct optin_out out;
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (optin_ask(&d, &in, &out, &ps, &e) || ps.n)
		fail("opt-in", &e);
	wrote(t, out.reference, "opt_in");
	minor.nonce = optin_nonce(&d);
	if (optin_minor_ask(&d, &minor, &asked, &ps, &e) || ps.n)
		fail("teen", &e);
	wrote(t, asked.reference, "opt_in_minor");
}

/* --- those who ask for others ---------------------------------------------------- */

static struct agent_ask by_agent(enum kind kind, enum proof proof)
{
	return (struct agent_ask){
		.request = { .kind = kind,
			.channel = CHANNEL_AGENT,
			.id = { STR("maria@example.com") },
			.peer = STR("192.0.2.7"),
			.person = { .name = { STR("Maria Gomez") },
				.email = { STR("maria@example.com") },
				.zip = { STR("94607") } } },
		.agent = { .name = STR("Ana Doe"),
			.email = STR("ana@doe.example") },
		.permission = { .proof = proof,
			.signed_by = { STR("Maria Gomez") },
			.signed_on = STR("11/20/2026") },
	};
}

/* The consumer is asked, and hears the answer; the agent hears both. */
static void test_agent(struct test *t)
{
	struct agent_ask in = by_agent(KIND_DELETE, PROOF_SIGNED);
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;
	str ref = { 0 };

	if (agent_ask(&d, &in, &ref, &ps, &e) || ps.n)
		fail("ask", &e);
	p = letter_of(t, ref, "agent_code");
	CHECK(confirm(t, ref, code_in(&p), &ps), "permitted");
	if (fulfil_plan(&worker, request_id(t, ref), plan_of_three, 2, &e))
		fail("plan", &e);
	report_found(t, ref, "leads", 0, NULL);
	report_found(t, ref, "crm", 0, NULL);
	if (answer(t, ref, "", &e))
		fail("answer", &e);
	wrote(t, ref, "receipt agent_code nothing_found agent_copy");
}

/* Entered by staff: from a form that came in Spanish. */
static void test_agent_refused(struct test *t)
{
	struct agent_ask in = by_agent(KIND_OPT_OUT, PROOF_NONE);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	d.lang = LANG_ES;
	in.request.channel = CHANNEL_MAIL;
	if (agent_ask_entered(&d, &in, &ref, &ps, &e) || ps.n)
		fail("enter", &e);
	wrote(t, ref, "agent_denied");
	CHECK(has(t, ref, "agent_denied",
		      "No recibimos prueba de que la persona le haya permitido "
		      "pedirlo."),
		"the ground");
}

static void test_parent(struct test *t)
{
	struct parent_ask in = {
		.request = { .kind = KIND_CORRECT,
			.channel = CHANNEL_WEB,
			.peer = STR("192.0.2.1"),
			.person = { .email = { STR("nina@example.com") },
				.name = { STR("Nina Doe") },
				.zip = { STR("94607") },
				.item = { STR("Mi calle") },
				.should_be = { STR("Calle Olmo") } } },
		.born = { { STR("5") }, { STR("1") }, { STR("2015") } },
		.name = { STR("Pat Doe") },
		.email = { STR("pat.doe@example.com") },
		.check = STR("form"),
	};
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	if (parent_ask(&d, &in, &ref, &ps, &e) || ps.n)
		fail("ask", &e);
	if (deny(t, ref, "EX_HOUSEHOLD", "Es de todos los que viven ahí.",
		    &e) ||
		answer(t, ref, "", &e))
		fail("deny", &e);
	wrote(t, ref, "receipt denied");
	CHECK(has(t, ref, "denied",
		      "En la carta que sigue, \"usted\" es el "
		      "menor."),
		"to the parent");
}

/* --- automated decisions --------------------------------------------------------- */

static struct sent decided(struct test *t, enum kind kind)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = kind,
		.person = { .email = { STR("credito@example.com") },
			.zip = { STR("94607") },
			.name = { STR("Luis Medina") },
			.declared = STR("yes"),
			.signed_by = { STR("Luis Medina") },
			.decision = { STR("Sin crédito en mayo.") } } };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };
	struct post p;

	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail("send", &e);
	p = letter_of(t, out.reference, "code");
	CHECK(confirm(t, out.reference, code_in(&p), &ps), "confirmed");
	return out;
}

static void search(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct found f = { .finding = STR("{}"),
		.rows = 1,
		.points = { POINT_BIT(EMAIL) | POINT_BIT(ZIP) | POINT_BIT(NAME),
			0 },
		.is_marked = true };
	struct work w;
	struct err e = { 0 };

	if (fulfil_plan(&d, request_id(t, reference), plan_of_three, 1, &e))
		fail("plan", &e);
	w = work_of(t, reference, "leads");
	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
}

static void test_decision(struct test *t, enum kind kind, const char *says)
{
	struct sent s = decided(t, kind);
	bool is_appeal = kind == KIND_APPEAL_ADMT;
	struct person typed = { .explained_result =
					str_of(is_appeal ? "changed" : "used"),
		.explained_purpose = { STR("Para fijar su crédito.") },
		.explained_logic = { STR("Los pagos de dos años.") },
		.explained_outcome = { STR("41 puntos.") },
		.explained_role = { STR("Con menos de 50 no hay crédito.") },
		.explained_why = { STR("No sabíamos de su empleo.") },
		.explained_human = STR("yes") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	search(t, s.reference);
	if (case_explain(&d, s.reference, &typed, &ps, &e))
		fail("explain", &e);
	CHECK(!ps.n, "%s", ps.n ? ps.at[0].text : "");
	if (answer(t, s.reference, "", &e))
		fail("answer", &e);
	wrote(t, s.reference, "receipt code explained");
	CHECK(has(t, s.reference, "explained", says), "%s", says);
}

/* 11 CCR 7200: from 2027 on. */
static void test_decisions(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };

	must(instant_parse(STR("2027-02-01T20:00:00Z"), &t->clock.fixed_ms));
	if (setting_put(&d, STR("uses_admt"), STR("yes"), &e) ||
		setting_put(&d, STR("rights_url"),
			STR("https://lakeshore.example/privacy#rights"), &e))
		fail("setting", &e);
	test_decision(t, KIND_ACCESS_ADMT,
		"Para qué la usamos: Para fijar su crédito.");
	test_decision(
		t, KIND_APPEAL_ADMT, "Por qué: No sabíamos de su empleo.");
	t->clock.fixed_ms = now;
}

/* Nobody who asked in English gets a word of it. */
static void test_english(struct test *t)
{
	struct sent s;

	t->lang = LANG_EN;
	s = send_delete(t, "english@example.com");
	CHECK(has(t, s.reference, "receipt",
		      "You asked us to delete the "
		      "personal information"),
		"English stays English");
	CHECK(!has(t, s.reference, "receipt", "lang="),
		"and its links as they were");
	t->lang = LANG_ES;
}

/* What the foot of each letter says, in the language of the letter. */
static void set_hours(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, STR("phone"), STR("800-555-0142"), &e) ||
		setting_put(
			&d, STR("phone_hours"), STR("Monday to Friday"), &e) ||
		setting_put(
			&d, STR("phone_hours_es"), STR("lunes a viernes"), &e))
		fail("settings", &e);
}

int main(int argc, char **argv)
{
	struct test t = { .lang = LANG_ES };

	must(sodium_init() >= 0);
	start(&t, "spanish", fresh_server(argc, argv));
	set_contact(&t);
	set_hours(&t);
	test_deleted(&t);
	test_kept(&t);
	test_kept_own_words(&t);
	test_kept_without_map(&t);
	test_nothing(&t);
	test_joined(&t);
	test_denied(&t);
	test_time_and_fee(&t);
	test_declaration(&t);
	test_withdrawn(&t);
	test_corrected(&t);
	test_corrected_own_words(&t);
	test_stops(&t);
	test_opt_in(&t);
	test_agent(&t);
	test_agent_refused(&t);
	test_parent(&t);
	test_decisions(&t);
	CHECK(t.links >= 20, "%d links were looked at", t.links);
	test_english(&t);
	end(&t);
	return CHECK_DONE();
}
