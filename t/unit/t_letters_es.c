/*
 * The letters to consumers in Spanish (11 CCR 7003(b)): what the law requires stands in
 * each of them as it does in English, nothing of ours is left in English, and they read
 * as easily.  What stands in English is in t_letters.c.
 */
#include "mail/letters.h"

#include <string.h>

#include "base/base.h"
#include "check.h"
#include "law/deny.h"
#include "mail/letter.h"
#include "spanish.h"
#include "words/words.h"

static struct arena *arena;

static const struct letter_sign sign = {
	.business = STR_INIT("Lakeshore Leads"),
	.phone = STR_INIT("1-800-555-0100"),
	.hours = STR_INIT("Monday to Friday"),
	.hours_es = STR_INIT("lunes a viernes, de 8 a 18 horas"),
	.address = STR_INIT("1 Shore Road, Davis, CA 95616"),
};

static const str reference = STR_INIT("K7QF-2M9X");
static const str day = STR_INIT("21 de noviembre de 2026");
static const str later = STR_INIT("5 de enero de 2027");
static const str page = STR_INIT("https://p.example/s/K7QF-2M9X");

/* --- what is required, and whether a letter ever said it ------------------------ */

static struct {
	enum lang lang;
	enum letter_kind kind;
	const char *statement;
	const char *when;
	const char *words;
	bool is_said;
} required[] = {
#define REQUIRED(LANGUAGE, LETTER, statement, when, words, citation) \
	{ LANG_##LANGUAGE, LETTER_##LETTER, statement, #when, words, false },
#include "mail/tbl/required.h"
};

static const struct {
	bool is_spanish;
} kinds[] = {
#define ENGLISH                       false
#define EACH                          true
#define LETTER(NAME, name, title, in) { in },
#include "mail/tbl/letters.h"
};

static str unwrapped(const struct letter_words *w)
{
	return in_one_line(arena, w->text.v);
}

static bool says(const struct letter_words *w, const char *what)
{
	return str_find(unwrapped(w), str_of(what)) >= 0;
}

static void note_said(enum letter_kind kind, const struct letter_words *w)
{
	for (size_t i = 0; i < COUNTOF(required); i++)
		if (required[i].lang == LANG_ES && required[i].kind == kind &&
			says(w, required[i].words))
			required[i].is_said = true;
}

/* How often a statement is required of a letter under a condition. */
static int count_of(enum lang l, size_t like)
{
	int n = 0;

	for (size_t i = 0; i < COUNTOF(required); i++)
		n += required[i].lang == l &&
		     required[i].kind == required[like].kind &&
		     !strcmp(required[i].statement, required[like].statement) &&
		     !strcmp(required[i].when, required[like].when);
	return n;
}

/* A statement that only English has would be missing for who reads Spanish; one that no
 * letter here came to say proves nothing. */
static void required_in_each(void)
{
	for (size_t i = 0; i < COUNTOF(required); i++) {
		int english = count_of(LANG_EN, i);
		int spanish = count_of(LANG_ES, i);

		CHECK(spanish == (kinds[required[i].kind].is_spanish ? english
								     : 0),
			"%s of %s: %d in English, %d in Spanish",
			required[i].statement,
			letter_kind_name(required[i].kind), english, spanish);
		CHECK(required[i].lang == LANG_EN || required[i].is_said,
			"%s: no letter said \"%s\"",
			letter_kind_name(required[i].kind), required[i].words);
	}
}

/* --- how easily it reads (Fernandez Huerta, 1959) -------------------------------- */

/* The vowel at s: 'a' for one that makes a syllable of its own, 'i' for i and u, which
 * lean on another; 0 for none.  *n: its bytes. */
static char vowel(str s, size_t *n)
{
	static const char *const accented[] = { "á", "é", "í", "ó", "ú", "Á",
		"É", "Í", "Ó", "Ú" };

	*n = str_utf8(s);
	for (size_t i = 0; i < COUNTOF(accented); i++)
		if (str_starts(s, str_of(accented[i])))
			return 'a';
	if (str_starts(s, STR("ü")))
		return 'i';
	if (*n != 1)
		return 0;
	return str_has(STR("aeoAEO"), s.p[0])   ? 'a'
	       : str_has(STR("iuyIUY"), s.p[0]) ? 'i'
						: (char)0;
}

static int syllables(str word)
{
	int n = 0, strong = 0;
	bool in_vowels = false;

	while (word.n) {
		size_t step;
		char v = vowel(word, &step);

		if (v && !in_vowels)
			n++, strong = 0;
		if (v == 'a' && strong++)
			n++;
		in_vowels = v != 0;
		word = str_from(word, step);
	}
	return n ? n : 1;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

static double ease(str text)
{
	double words = 0, sentences = 0, beats = 0;
	str line, word;

	while (str_next(&text, '\n', &line)) {
		/* Links and what is set in are not read as words. */
		if (str_find(line, STR("https://")) >= 0 ||
			str_starts(line, STR("    ")))
			continue;
		while (str_next(&line, ' ', &word)) {
			str core = word;

			sentences += str_ends(word, STR(".")) ||
				     str_ends(word, STR("?")) ||
				     str_ends(word, STR(":"));
			while (core.n && !is_letter(core.p[core.n - 1]))
				core.n--;
			while (core.n && !is_letter(core.p[0]))
				core = str_from(core, 1);
			if (!core.n)
				continue;
			words++;
			beats += syllables(core);
		}
	}
	return 206.84 - 60 * beats / words - 1.02 * words / sentences;
}

static void counts_syllables(void)
{
	static const struct {
		const char *word;
		int n;
	} rows[] = { { "usted", 2 }, { "información", 4 }, { "que", 1 },
		{ "días", 2 }, { "responda", 3 }, { "leer", 2 }, { "ley", 1 },
		{ "eliminamos", 5 } };

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(syllables(str_of(rows[i].word)) == rows[i].n, "%s: %d",
			rows[i].word, syllables(str_of(rows[i].word)));
}

/* --- what holds for all of them -------------------------------------------------- */

static void is_spanish(const char *name, const struct letter_words *w)
{
	const char *left = english_in(unwrapped(w));

	if (!left)
		left = english_in(in_one_line(arena, w->subject));
	CHECK(!left, "%s: \"%s\" in\n%.*s\n%.*s", name, left ? left : "",
		STR_ARG(w->subject), STR_ARG(w->text.v));
}

static void looks_right(enum letter_kind kind, const struct letter_words *w)
{
	const char *name = letter_kind_name(kind);
	struct letter l = {
		.to = { STR("ellen@example.com") },
		.from = STR("privacy@lakeshore.example"),
		.subject = w->subject,
		.text = w->text,
		.message_id = STR("1@lakeshore.example"),
		.at = 1,
	};
	struct err e = { 0 };
	double easy = ease(w->text.v);
	str out;

	note_said(kind, w);
	is_spanish(name, w);
	CHECK(!letter_bytes(arena, &l, &out, &e), "%s: %s", name, e.message);
	CHECK(str_find(w->text.v, STR("\n\n\n")) < 0, "%s: a gap:\n%.*s", name,
		STR_ARG(w->text.v));
	CHECK(str_find(w->text.v, STR(" \n")) < 0 && !says(w, "{") &&
			!says(w, "!"),
		"%s: left over from a template:\n%.*s", name,
		STR_ARG(w->text.v));
	CHECK(w->subject.n <= 120, "%s: a long subject", name);
	CHECK(easy >= 60 && easy < 100, "%s reads at %.1f:\n%.*s", name, easy,
		STR_ARG(w->text.v));
	CHECK(!says(w, "Monday") && says(w, "de 8 a 18 horas"),
		"%s: the hours, in its language", name);
	CHECK(says(w, sign.business.p) && says(w, "Atentamente,") &&
			says(w, sign.phone.p) && says(w, reference.p),
		"%s is signed, and has its reference", name);
}

static str what(const char *english)
{
	str words = words_say_cstr(LANG_ES, english);

	CHECK(!str_eq(words, str_of(english)), "no Spanish of %s", english);
	return words;
}

static str to_delete(void)
{
	return what("delete the personal information we hold about you");
}

static str to_opt_out(void)
{
	return what("opt out of sale and sharing");
}

/* --- one by one ------------------------------------------------------------------ */

static void codes(void)
{
	struct letter_code v = { sign, reference, STR("048213"), 30 };
	struct letter_code_sms sms = { sign.business, reference, v.code, 30 };
	struct letter_agent_code agent = { .sign = sign,
		.agent = what("An agent"),
		.reference = reference,
		.what = to_delete(),
		.code = v.code,
		.link = page,
		.minutes = 30 };
	struct letter_words w = letters_code(arena, LANG_ES, &v);

	looks_right(LETTER_CODE, &w);
	CHECK(says(&w, "048213") && says(&w, "30 minutos"), "the code");
	w = letters_code_sms(arena, LANG_ES, &sms);
	note_said(LETTER_CODE_SMS, &w);
	w = letters_agent_code(arena, LANG_ES, &agent);
	looks_right(LETTER_AGENT_CODE, &w);
	CHECK(says(&w, "Un representante nos pidió, en nombre de usted, que "
		       "elimináramos la información"),
		"who asks for what: %.*s", STR_ARG(w.text.v));
}

/* Each way to find out who asks has its own words. */
static void receipt(int how, int bits)
{
	struct letter_receipt v = { .sign = sign,
		.name = { STR("Elena Torres") },
		.reference = reference,
		.what = to_delete(),
		.received_on = day,
		.due_on = later,
		.extendable_to =
			bits & 1 ? STR("19 de febrero de 2027") : STR(""),
		.status_link = bits & 2 ? page : STR(""),
		.is_opted_out = bits & 4,
		.parent_how = how == 1 ? what("Call us. It is free, and the "
					      "person who answers is trained "
					      "for it.")
				       : STR(""),
		.form_link = how == 1 && bits & 1 ? page : STR(""),
		.asks_consumer = how >= 2 && how <= 4,
		.is_called_back =
			how == 2 || how == 3 || (how >= 8 && how <= 10),
		.has_phone = how == 2 || how == 8,
		.has_power = how == 5,
		.is_agent = how == 6,
		.is_confirmed = how == 7,
		.is_by_points = how == 9,
		.is_by_sms = how == 11,
		.code_link = how == 12 ? page : STR(""),
		.code_minutes = 30 };
	struct letter_words w = letters_receipt(arena, LANG_ES, &v);

	looks_right(LETTER_RECEIPT, &w);
	CHECK(says(&w, "Hola, Elena Torres:"), "greeting");
	CHECK(says(&w, "el 21 de noviembre de 2026. Usted nos pidió que "
		       "elimináramos"),
		"when and what: %.*s", STR_ARG(w.text.v));
	CHECK(says(&w, "a más tardar el 5 de enero de 2027"), "by when");
	CHECK(says(&w, "19 de febrero") == !!(bits & 1), "extension");
	CHECK(says(&w, "Ya dejamos de hacerlo.") == !!(bits & 4), "opt-out");
	CHECK(says(&w, "código de 6 cifras") ==
			(how == 0 || how == 4 || how == 11 || how == 12),
		"a code where there is one: %d: %.*s", how, STR_ARG(w.text.v));
	CHECK(says(&w, "poder notarial") == (how == 5), "a power of attorney");
	CHECK(says(&w, "Le llamaremos") == (how == 8), "a call");
}

static void fee_and_extension(bool has_link)
{
	struct letter_fee f = { .sign = sign,
		.reference = reference,
		.what = to_delete(),
		.received_on = day,
		.why = { STR("Es la novena solicitud de lo mismo.") },
		.amount = STR("$45.00"),
		.due_on = later,
		.link = page };
	struct letter_extension x = { .sign = sign,
		.reference = reference,
		.what = to_delete(),
		.received_on = day,
		.due_on = later,
		.until = STR("19 de febrero de 2027"),
		.days = 90,
		.why = { STR("Estamos mudando uno de nuestros sistemas.") },
		.status_link = has_link ? page : STR("") };
	struct letter_declaration y = { .sign = sign,
		.reference = reference,
		.what = to_delete(),
		.received_on = day,
		.due_on = later,
		.link = page };
	struct letter_words w = letters_fee(arena, LANG_ES, &f);

	looks_right(LETTER_FEE, &w);
	CHECK(says(&w, "Nuestro cálculo es de $45.00."), "how much");
	w = letters_declaration(arena, LANG_ES, &y);
	looks_right(LETTER_DECLARATION, &w);
	CHECK(says(&w, "No pedimos nada más."), "and nothing else");
	y.is_paper = true;
	y.sign.address = STR("1 Main St, Oakland, CA 94607");
	w = letters_declaration(arena, LANG_ES, &y);
	note_said(LETTER_DECLARATION, &w);
	CHECK(says(&w,
		      "Declaro bajo pena de perjurio conforme a las leyes del Estado de California") &&
			says(&w, "Firma: ____") && says(&w, "Fecha: ____") &&
			says(&w, "1 Main St, Oakland, CA 94607"),
		"what is signed on paper, and where it goes: %.*s",
		STR_ARG(w.text.v));
	w = letters_extension(arena, LANG_ES, &x);
	looks_right(LETTER_EXTENSION, &w);
	CHECK(says(&w, "a más tardar el 19 de febrero de 2027. Son 90 días"),
		"the new day");
}

/* bits: rows, kept, undone, deidentified, parts, backups, opted out. */
static void deleted(int bits, int told, int confirmed)
{
	struct letter_kept kept[] = { { STR("Facturas"),
					      what("The law obliges us to keep "
						   "it."),
					      STR("impuestos"),
					      STR("Civ. Code 1798.105(d)(8)"),
					      STR("") },
		{ STR("Mensajes"), STR(""), STR(""), STR("Civ. Code 1798.145"),
			STR("") } };
	struct letter_undone_one undone[] = { { STR("CRM"), true, false,
						      STR("Se quemó.") },
		{ STR("MailHarbor"), false, false,
			bits & 1 ? STR("Cerró en mayo.") : STR("") } };
	int rows = bits & 1 ? 3 : 0;
	struct letter_deleted v = { .sign = sign,
		.reference = reference,
		.received_on = day,
		.systems = bits & 11 ? 1 + told % 2 : 0,
		.rows = rows,
		.rows_kept = bits & 2 ? 2 : 0,
		.kept = { kept, bits & 2 ? 2 : 0 },
		.undone = { undone, bits & 4 ? 2 : 0, bits & 4 ? 1 : 0, 0,
			!!(bits & 4) + ((bits & 5) == 5) },
		.rows_deidentified = bits & 8 ? 1 + told : 0,
		.parts = bits & 16 ? STR("Información comercial") : STR(""),
		.rows_emptied = bits & 16 ? 1 + told : 0,
		.has_backups = bits & 32,
		.rows_aggregated = rows && told < 3 ? told + 1 : 0,
		.may_be_aggregated = rows && told == 3,
		.vendors_told = told,
		.vendors_confirmed = confirmed,
		.vendors_kept = told - confirmed > 0,
		.is_opted_out = bits & 64,
		.offer = { bits & 6, STR("https://p.example/opt-out") },
		.keep_until = STR("1 de diciembre de 2028"),
		.status_link = page };
	struct letter_words w = letters_deleted(arena, LANG_ES, &v);
	bool is_offered = (bits & 6) && !(bits & 64);
	bool is_done =
		v.rows || v.rows_deidentified || v.rows_emptied || !(bits & 6);

	looks_right(LETTER_DELETED, &w);
	CHECK(says(&w, "La eliminamos") == is_done, "whether: %.*s",
		STR_ARG(w.text.v));
	CHECK(says(&w, "Eliminamos 3 registros") == (rows > 0), "how many");
	CHECK(says(&w, "- Facturas. La ley nos obliga a conservarla. Para qué: "
		       "impuestos (Civ. Code 1798.105(d)(8)).") == !!(bits & 2),
		"what is kept, and why: %.*s", STR_ARG(w.text.v));
	CHECK(says(&w,
		      "No pudimos buscar en CRM. No podemos decir si ahí había información sobre usted. Esta es la razón: Se quemó.") ==
			!!(bits & 4),
		"undone, and why");
	CHECK(says(&w,
		      "recibió su información de nosotros. Esta es la razón: Cerró en mayo.") ==
			((bits & 5) == 5),
		"why a company could not be told");
	CHECK(says(&w, "Eso es todo lo que podemos decir.") ==
			((bits & 5) == 4),
		"or that a law forbids to say it");
	CHECK(says(&w, "confirm") == (told > 1 || (told == 1 && confirmed)),
		"%d of %d: %.*s", confirmed, told, STR_ARG(w.text.v));
	CHECK(says(&w, "¿Quiere optar por que") == is_offered &&
			says(&w, "https://p.example/opt-out") == is_offered,
		"7022(g), in part");
	CHECK(says(&w, "hasta el 1 de diciembre de 2028"), "7101(a)");
	CHECK(!says(&w, " 0 "), "no count of nothing");
}

/* A system that was away, or held, when the answer was due: something was found there, and
 * stays. */
static void left_there(int rows)
{
	struct letter_undone_one one[] = { { STR("CRM"), true, true,
		STR("") } };
	struct letter_deleted v = { .sign = sign,
		.reference = reference,
		.received_on = day,
		.systems = rows ? 1 : 0,
		.rows = rows,
		.undone = { one, 1, 1, 1, 0 } };
	struct letter_words w = letters_deleted(arena, LANG_ES, &v);

	note_said(LETTER_DELETED, &w);
	CHECK(says(&w,
		      "- No pudimos hacer lo que pidió en CRM, donde encontramos información sobre usted."),
		"what stays, and where");
	CHECK(!says(&w, "No pudimos buscar en CRM"), "it was looked in");
	CHECK(str_starts(w.subject,
		      STR("No pudimos eliminar su información")) == !rows &&
			says(&w, "No la eliminamos.") == !rows,
		"nothing is called deleted: %.*s", STR_ARG(w.subject));
}

static void nothing_found(int systems, bool is_undone, bool is_skipped)
{
	bool is_said = systems % 2;
	struct letter_undone_one undone[] = { { STR("CRM"), true, false,
		is_said ? STR("Se quemó.") : STR("") } };
	struct letter_nothing_found v = { .sign = sign,
		.reference = reference,
		.what = what("correct personal information we hold about you"),
		.verb = what("correct"),
		.received_on = day,
		.systems = systems,
		.undone = { undone, is_undone, is_undone, 0,
			is_undone && is_said },
		.not_searched =
			is_skipped ? STR("Archivo (Identificadores)") : STR(""),
		.is_opted_out = is_skipped,
		.offer = { is_undone, STR("https://p.example/opt-out") },
		.status_link = page };
	struct letter_words w = letters_nothing_found(arena, LANG_ES, &v);

	looks_right(LETTER_NOTHING_FOUND, &w);
	CHECK(says(&w, "Esta es la razón: Se quemó.") ==
				(is_undone && is_said) &&
			says(&w, "Eso es todo lo que podemos decir.") ==
				(is_undone && !is_said),
		"7022(f)(1): why, or that a law forbids to tell");
	CHECK(says(&w, "nada que corregir"), "in the words of its kind");
	CHECK(says(&w, "Archivo (Identificadores)") == is_skipped, "7024(c)");
	CHECK(says(&w, "donde pudimos buscar") == is_undone, "not everywhere");
	CHECK(says(&w, "¿Quiere optar por que") == (is_undone && !is_skipped),
		"7022(g), in part");
}

static struct letter_refusal refusal_of(int bits)
{
	static str items[] = { STR_INIT("1. Alergias"), STR_INIT("2. Peso") };

	return (struct letter_refusal){
		.offer = { .is = bits & 1,
			.link = STR("https://p.example/opt-out") },
		.is_opted_out = bits & 2,
		.is_categories = bits & 4,
		.policy_link = bits & 1 ? page : STR(""),
		.is_correction = bits & 8,
		.health = { .is = bits & 16,
			.items = { items, bits & 1 ? 2 : 0 },
			.link = page },
		.delete_link = STR("https://p.example/r/delete"),
		.keep_until = STR("1 de diciembre de 2028"),
	};
}

static void says_refusal(const struct letter_words *w, int bits)
{
	CHECK(says(w, "¿Quiere optar por que") == ((bits & 3) == 1), "7022(g)");
	CHECK(says(w, "Usted ha optado") == !!(bits & 2), "opted out");
	CHECK(says(w, "Nuestra política") == !!(bits & 4), "7024(b)");
	CHECK(says(w, "que la eliminemos") == !!(bits & 8), "7023(f)");
	CHECK(says(w, "250 palabras") == !!(bits & 16), "health");
	CHECK(says(w, "otra persona lo revisará"), "1798.145(h)(2)");
}

static void denied_unverified(int bits)
{
	struct letter_denied_unverified v = { .sign = sign,
		.reference = reference,
		.what = to_delete(),
		.section = STR("7022(a)"),
		.received_on = day,
		.again_link = page,
		.refusal = refusal_of(bits) };
	struct letter_words w = letters_denied_unverified(arena, LANG_ES, &v);

	looks_right(LETTER_DENIED_UNVERIFIED, &w);
	says_refusal(&w, bits);
}

/* Each ground has its Spanish, and the one that may not be told says nothing. */
static void denied_on(const struct ground *g, int bits)
{
	bool is_told = *g->told;
	struct letter_denied v = { .sign = sign,
		.reference = reference,
		.what = to_delete(),
		.received_on = day,
		.ground = is_told ? what(g->told) : STR(""),
		.citation = is_told ? STR("Civ. Code 1798.105") : STR(""),
		.why = { is_told ? STR("La factura no está pagada.")
				 : STR("") },
		.purpose = ground_locks(g, KIND_DELETE) ? STR("impuestos")
							: STR(""),
		.is_agent = bits & 1,
		.refusal = refusal_of(bits) };
	struct letter_words w = letters_denied(arena, LANG_ES, &v);

	note_said(LETTER_DENIED, &w);
	CHECK(says(&w, "No lo hicimos. "), "%s: whether", g->id);
	CHECK(!is_told || says(&w, arena_cstr(arena, v.ground)), "%s", g->id);
	CHECK(is_told || says(&w, "Eso es todo lo que podemos decir."), "%s",
		g->id);
	CHECK(says(&w, "para nada más: impuestos.") ==
			ground_locks(g, KIND_DELETE),
		"%s", g->id);
	CHECK(says(&w, "Puede enviarnos el permiso firmado") == !!(bits & 1),
		"7063(a)");
	CHECK(ease(w.text.v) >= 60, "%s reads at %.1f", g->id, ease(w.text.v));
	says_refusal(&w, bits);
}

static void denials(void)
{
	for (int bits = 0; bits < 32; bits++)
		denied_unverified(bits);
	for (size_t i = 0; i < ground_count(); i++) {
		denied_on(ground_at(i), (int)i % 32);
		denied_on(ground_at(i), 31 - (int)i % 32);
	}
}

/* bits: items, emptied, by hand, in part, opted out, a link. */
static void corrected(int bits, int told)
{
	static struct letter_corrected_one rows[] = {
		{ STR_INIT("zip, CRM"), STR_INIT("Una lista") },
		{ STR_INIT("fax, CRM"), STR_INIT("") },
	};
	static struct letter_undone_one untold[] = {
		{ STR_INIT("MailHarbor"), false, false,
			STR_INIT("Cerró en mayo.") },
		{ STR_INIT("Buyer"), false, false, STR_INIT("") },
	};
	bool is_done = bits & 7;
	struct letter_corrected v = { .sign = sign,
		.undone = { untold, bits & 8 ? 2 : 0, 0, 0, bits & 8 ? 1 : 0 },
		.reference = reference,
		.received_on = day,
		.is_done = is_done,
		.is_part = bits & 8,
		.items = { rows, bits & 1 ? 2 : 0 },
		.emptied = { rows, bits & 2 ? 2 : 0 },
		.done = { bits & 4 ? STR("Su calle es ahora Olmo 12.")
				   : STR("") },
		.source = is_done ? STR("Una lista.") : STR(""),
		.is_harmless = bits & 2 && bits & 16,
		.is_agreed = bits & 2 && !(bits & 16),
		.instead_why = { STR("Ya nadie lo usa.") },
		.health = refusal_of(bits & 8 ? 17 : 0).health,
		.show_link = bits & 16 ? page : STR(""),
		.vendors_told = told,
		.vendors_confirmed = told / 2,
		.is_opted_out = bits & 16,
		.keep_until = STR("1 de diciembre de 2028"),
		.status_link = page };
	struct letter_words w = letters_corrected(arena, LANG_ES, &v);

	looks_right(LETTER_CORRECTED, &w);
	CHECK(says(&w, "Hemos corregido") == !!(bits & 5), "by its name");
	CHECK(says(&w, "- zip, CRM. De dónde vino la información incorrecta: "
		       "Una lista.") == !!(bits & 3),
		"what, and 7023(i): %.*s", STR_ARG(w.text.v));
	CHECK(says(&w, "No pudimos hacerlo.") == !is_done, "or not");
	CHECK(says(&w, "empresa") == (told > 0 || bits & 8), "who was told");
	CHECK(says(&w,
		      "avisar a MailHarbor, una empresa que tal vez recibió su información de nosotros. Esta es la razón: Cerró en mayo.") ==
			!!(bits & 8),
		"and who was not, and why");
}

static void explained(bool is_appeal, int bits)
{
	struct letter_said said[] = {
		{ what("What we used it for"), { STR("Para su crédito.") } },
		{ what("How it came to its result"),
			{ STR("Miró los pagos tardíos de dos años.") } },
		{ what("What came out about you"), { STR("41 puntos.") } },
		{ what("What part that played in our decision"),
			{ STR("Con menos de 50 nadie recibe crédito.") } },
	};
	struct letter_said why[] = { { what("Why"),
		{ STR("Su nuevo trabajo no estaba en los registros.") } } };
	bool is_unused = !is_appeal && bits & 4;
	struct letter_explained v = { .sign = sign,
		.reference = reference,
		.received_on = day,
		.is_appeal = is_appeal,
		.is_changed = bits & 1,
		.is_unused = is_unused,
		.times = bits & 1 ? STR("9") : STR(""),
		.is_part = bits & 2,
		.said = { is_appeal ? why : said, is_appeal   ? 1
						  : is_unused ? 0
							      : COUNTOF(said) },
		.rights_link = page,
		.status_link = page,
		.keep_until = STR("1 de febrero de 2029") };
	struct letter_words w = letters_explained(arena, LANG_ES, &v);

	looks_right(LETTER_EXPLAINED, &w);
	CHECK(says(&w, "La decisión cambió.") == (is_appeal && bits & 1),
		"changed");
	CHECK(says(&w, "la usamos 9 veces") ==
			(!is_appeal && !is_unused && bits & 1),
		"one answer about all of it");
	CHECK(says(&w, "secreto comercial") == !!(bits & 2), "left out");
}

static void package(int bits)
{
	struct letter_package v = { .sign = sign,
		.reference = reference,
		.what = what("show you the personal information we hold about "
			     "you"),
		.received_on = day,
		.link = page,
		.until = STR("21 de diciembre de 2026"),
		.keep_until = STR("1 de diciembre de 2028"),
		.is_downgraded = bits & 1,
		.is_whole = bits & 2,
		.is_opted_out = bits & 4,
		.is_paper = bits & 8 };
	struct letter_words w = letters_package(arena, LANG_ES, &v);

	looks_right(LETTER_PACKAGE, &w);
	CHECK(says(&w, "nos pidió que le mostráramos la información"), "what");
}

static void stops(bool bit)
{
	struct letter_processed p = { .sign = sign,
		.reference = reference,
		.phrase = to_opt_out(),
		.received_on = day,
		.in_force_on = day,
		.keep_until = later,
		.status_link = bit ? page : STR("") };
	struct letter_stop_denied s = { .sign = sign,
		.reference = reference,
		.received_on = day,
		.phrase = to_opt_out(),
		.ground = what(ground_of(STR("FRAUD"))->told),
		.stays = bit,
		.citation = STR("11 CCR 7026(e), 7027(f)"),
		.why = { STR("Un programa la envió por 900 personas.") },
		.again_link = STR("https://p.example/opt-out"),
		.keep_until = later };
	struct letter_agent_denied a = { .sign = sign,
		.reference = reference,
		.what = to_opt_out(),
		.received_on = day,
		.ground =
			what(ground_of(STR("AGENT_WITHOUT_PERMISSION"))->told),
		.citation = STR("11 CCR 7026(j), 7063(a)"),
		.again_link = STR("https://p.example/agent"),
		.keep_until = later };
	struct letter_words w = letters_processed(arena, LANG_ES, &p);

	looks_right(LETTER_PROCESSED, &w);
	CHECK(says(&w, "recibimos su petición: no vender ni compartir"),
		"what: %.*s", STR_ARG(w.text.v));
	w = letters_stop_denied(arena, LANG_ES, &s);
	looks_right(LETTER_STOP_DENIED, &w);
	CHECK(says(&w, "Desde ahora ya no la cumpliremos.") == !bit,
		"what changes");
	w = letters_agent_denied(arena, LANG_ES, &a);
	looks_right(LETTER_AGENT_DENIED, &w);
}

static void opt_ins(bool is_parent)
{
	struct letter_opt_in v = { .sign = sign,
		.is_sensitive = is_parent,
		.reference = reference,
		.link = page,
		.opt_out_link = STR("https://p.example/opt-out"),
		.days = 14 };
	struct letter_opt_in_minor m = { .sign = sign,
		.is_parent = is_parent,
		.reference = reference,
		.link = page,
		.until = later,
		.opt_out_link = STR("https://p.example/opt-out") };
	struct letter_words w = letters_opt_in(arena, LANG_ES, &v);

	looks_right(LETTER_OPT_IN, &w);
	CHECK(says(&w, "durante 14 días"), "how long");
	w = letters_opt_in_minor(arena, LANG_ES, &m);
	looks_right(LETTER_OPT_IN_MINOR, &w);
	CHECK(says(&w, "13, 14 o 15 años") == !is_parent, "whose choice");
	CHECK(says(&w, "Comprobamos que usted es el padre") == is_parent,
		"only a parent was checked");
}

/* who wrote an email is told how to ask. */
static void inbox(bool sells)
{
	struct letter_inbox v = {
		.sign = sign, .day = day, .link = page, .sells = sells
	};
	struct letter_words w = letters_inbox(arena, LANG_ES, &v);

	looks_right(LETTER_INBOX, &w);
	CHECK(says(&w, "dejemos de venderla") == sells, "what can be asked");
}

/* One letter goes inside of another: of which each is in its language. */
static void handed_on(bool bit)
{
	struct letter_withdrawn inner = { .sign = sign,
		.reference = reference,
		.what = to_delete(),
		.received_on = day,
		.is_opted_out = bit,
		.again_link = bit ? page : STR(""),
		.keep_until = later };
	struct letter_words one = letters_withdrawn(arena, LANG_ES, &inner);
	struct letter_agent_copy a = { .name = { bit ? STR("Maria Gomez")
						     : STR("") },
		.reference = reference,
		.subject = one.subject,
		.text = one.text,
		.is_copy = bit };
	struct letter_to_parent p = { reference, one.subject, one.text };
	struct letter_words w = letters_agent_copy(arena, LANG_ES, &a);

	looks_right(LETTER_WITHDRAWN, &one);
	looks_right(LETTER_AGENT_COPY, &w);
	CHECK(says(&w, unwrapped(&one).p), "the whole letter");
	CHECK(says(&w, "para Maria Gomez, como su representante") == bit,
		"for whom");
	w = letters_to_parent(arena, LANG_ES, &p);
	looks_right(LETTER_TO_PARENT, &w);
	CHECK(says(&w, "como padre, madre o tutor"), "to whom");
}

static void answers(void)
{
	static const int told[][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 2, 1 },
		{ 3, 3 } };

	for (int bits = 0; bits < 128; bits++)
		for (size_t i = 0; i < COUNTOF(told); i++)
			deleted(bits, told[i][0], told[i][1]);
	for (int bits = 0; bits < 12; bits++)
		nothing_found(bits / 4, bits & 1, bits & 2);
	for (int bits = 0; bits < 32; bits++)
		corrected(bits, bits % 3);
	for (int bits = 0; bits < 8; bits++) {
		explained(false, bits);
		explained(true, bits & 3);
	}
	for (int bits = 0; bits < 16; bits++)
		package(bits);
}

int main(void)
{
	arena = arena_new(256 << 20);
	counts_syllables();
	codes();
	for (int how = 0; how < 13; how++)
		for (int bits = 0; bits < 8; bits++)
			receipt(how, bits);
	answers();
	left_there(0);
	left_there(2);
	denials();
	for (int bit = 0; bit < 2; bit++) {
		fee_and_extension(bit);
		stops(bit);
		opt_ins(bit);
		inbox(bit);
		handed_on(bit);
	}
	required_in_each();
	arena_free(arena);
	return CHECK_DONE();
}
