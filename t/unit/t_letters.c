/*
 * The words of the letters: what the law requires stands in each of them, in
 * every combination of what they are filled with; they read at grade 8 or lower;
 * no line is left over from a template.
 */
#include "mail/letters.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "check.h"
#include "law/deny.h"
#include "mail/letter.h"
#include "mail/vendor_mail.h"

static struct arena *arena;

static const struct letter_sign sign = {
	.business = STR_INIT("Lakeshore Leads"),
	.phone = STR_INIT("1-800-555-0100"),
	.hours = STR_INIT("Monday to Friday, 8 a.m. to 6 p.m. Pacific"),
	.address = STR_INIT("1 Shore Road, Davis, CA 95616"),
};

/* The text with its line ends, and what sets the next line in, as one space: a
 * sentence may be wrapped anywhere. */
static str unwrapped(const struct letter_words *w)
{
	str s = w->text.v;
	struct buf b = buf_in(arena, s.n + 1);

	for (size_t i = 0; i < s.n; i++) {
		bool is_blank = s.p[i] == ' ' || s.p[i] == '\n';

		if (!is_blank || (b.n && b.p[b.n - 1] != ' '))
			buf_putc(&b, is_blank ? ' ' : s.p[i]);
	}
	return buf_str(&b);
}

static bool says(const struct letter_words *w, const char *what)
{
	return str_find(unwrapped(w), str_of(what)) >= 0;
}

/* --- reading grade (Flesch-Kincaid) ----------------------------------------- */

static bool is_vowel(char c)
{
	return str_has(STR("aeiouyAEIOUY"), c);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
}

static int syllables(str word)
{
	int n = 0;

	for (size_t i = 0; i < word.n; i++)
		n += is_vowel(word.p[i]) &&
		     (i == 0 || !is_vowel(word.p[i - 1]));
	if (word.n > 2 && str_ends(word, STR("e")) &&
		!str_ends(word, STR("le")) && n > 1)
		n--;
	return n ? n : 1;
}

static double grade(str text)
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

			while (core.n && !is_letter(core.p[core.n - 1]))
				core.n--;
			while (core.n && !is_letter(core.p[0]))
				core = str_from(core, 1);
			if (!core.n)
				continue;
			words++;
			beats += syllables(core);
			sentences += str_ends(word, STR(".")) ||
				     str_ends(word, STR("?")) ||
				     str_ends(word, STR(":"));
		}
	}
	return 0.39 * words / sentences + 11.8 * beats / words - 15.59;
}

/* --- what holds for all of them ---------------------------------------------- */

static void looks_right(const char *name, const struct letter_words *w)
{
	struct letter l = {
		.to = { STR("ellen@example.com") },
		.from = STR("privacy@lakeshore.example"),
		.subject = w->subject,
		.text = w->text,
		.message_id = STR("1@lakeshore.example"),
		.at = 1,
	};
	struct err e = { 0 };
	str line, rest = w->text.v, out;

	CHECK(!letter_bytes(arena, &l, &out, &e), "%s: %s", name, e.message);
	CHECK(str_find(w->text.v, STR("\n\n\n")) < 0, "%s: a gap:\n%.*s", name,
		STR_ARG(w->text.v));
	CHECK(str_find(w->text.v, STR(" \n")) < 0, "%s: a loose space", name);
	CHECK(str_find(w->text.v, STR("{")) < 0, "%s: a brace", name);
	CHECK(str_find(w->text.v, STR("!")) < 0, "%s: it shouts", name);
	CHECK(w->subject.n <= 120, "%s: a long subject", name);
	while (str_next(&rest, '\n', &line))
		CHECK(line.n <= LETTER_WIDTH + 20, "%s: %.*s", name,
			STR_ARG(line));
	CHECK(says(w, sign.business.p), "%s is signed", name);
	CHECK(says(w, sign.phone.p) && says(w, sign.address.p),
		"%s has phone and address", name);
	if (strcmp(name, "inbox") != 0) /* of no request yet */
		CHECK(says(w, "K7QF-2M9X"), "%s has its reference", name);
}

static void reads_easily(const char *name, const struct letter_words *w)
{
	double g = grade(w->text.v);

	CHECK(g <= 8, "%s reads at grade %.1f", name, g);
	CHECK(g > 1, "%s reads at grade %.1f: was it read?", name, g);
}

/* --- one by one ------------------------------------------------------------------ */

static void code(void)
{
	struct letter_code v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.code = STR("048213"),
		.minutes = 30 };
	struct letter_words w = letters_code(arena, LANG_EN, &v);

	looks_right("code", &w);
	reads_easily("code", &w);
	CHECK(says(&w, "048213") && says(&w, "30 minutes"), "the code");
	CHECK(str_find(w.subject, v.code) < 0,
		"not in the subject, which lock screens show");
	CHECK(!says(&w, "Dear"), "nobody is named before the address is known");
}

/* One piece of a text message: nothing is wrapped off, nobody is named. */
static void code_sms(void)
{
	struct letter_code_sms v = { .business = STR("Lakeshore Leads, Inc."),
		.reference = STR("K7QF-2M9X"),
		.code = STR("048213"),
		.minutes = 30 };
	struct letter_words w = letters_code_sms(arena, LANG_EN, &v);

	CHECK(says(&w, "048213 is your code") && says(&w, "K7QF-2M9X") &&
			says(&w, "30 minutes") && says(&w, "Lakeshore"),
		"%.*s", STR_ARG(w.text.v));
	CHECK(w.text.v.n <= 160 + 20, "%zu bytes", w.text.v.n);
	CHECK(grade(w.text.v) <= 8, "it reads at grade %.1f", grade(w.text.v));
}

/* One piece of 160: every character is one of the 7-bit alphabet of GSM, in which of
 * the accents of Spanish only e has its own (3GPP TS 23.038, 6.2.1). */
static void code_sms_es(void)
{
	struct letter_code_sms v = { .business = STR("Lakeshore Leads, Inc."),
		.reference = STR("K7QF-2M9X"),
		.code = STR("048213"),
		.minutes = 30 };
	struct letter_words w = letters_code_sms(arena, LANG_ES, &v);
	static const char *const dear[] = { "á", "í", "ó", "ú", "…", "’" };

	CHECK(says(&w, "048213 es su clave") && says(&w, "K7QF-2M9X") &&
			says(&w, "30 minutos") && says(&w, "Lakeshore"),
		"%.*s", STR_ARG(w.text.v));
	CHECK(w.text.v.n <= 160 + 20, "%zu bytes", w.text.v.n);
	for (size_t i = 0; i < COUNTOF(dear); i++)
		CHECK(!says(&w, dear[i]), "\"%s\" costs the length", dear[i]);
}

static void receipt(int bits)
{
	struct letter_receipt v = { .sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026"),
		.due_on = STR("January 5, 2027"),
		.extendable_to = bits & 1 ? STR("February 19, 2027") : STR(""),
		.status_link = bits & 2 ? STR("https://p.example/s/K7QF-2M9X")
					: STR(""),
		.is_confirmed = bits & 4,
		.is_opted_out = bits & 8 };
	struct letter_words w = letters_receipt(arena, LANG_EN, &v);

	looks_right("receipt", &w);
	reads_easily("receipt", &w);
	/* 11 CCR 7021(a): receipt, process, verification, date. */
	CHECK(says(&w, "We got your request on November 21, 2026"), "receipt");
	CHECK(says(&w, "We look for your information in each of our systems"),
		"process");
	CHECK(says(&w, "We check that the request comes from you"),
		"verification");
	CHECK(says(&w, "our answer by January 5, 2027"), "date");
	CHECK(says(&w, "February 19") == !!(bits & 1), "extension");
	CHECK(says(&w, "https://p.example") == !!(bits & 2), "status");
	CHECK(says(&w, "6-digit code") == !(bits & 4), "code");
	CHECK(says(&w, "We have stopped already") == !!(bits & 8), "opt-out");
	CHECK(says(&w, "Dear Ellen Tran,"), "greeting");
}

/* How who asks is checked, where no letter goes to an email address. */
static void receipt_without_email(int how)
{
	static const char *const words[] = { "a 6-digit code to your phone",
		"We will call you on the phone number",
		"we need a phone "
		"number",
		"a 6-digit code to your email address. It is good for 30 "
		"minutes" };
	struct letter_receipt v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026"),
		.due_on = STR("January 5, 2027"),
		.is_by_sms = how == 0,
		.is_called_back = how == 1 || how == 2,
		.has_phone = how < 2,
		.code_link = how == 3 ? STR("https://p.example/r/delete/"
					    "code?ref=K7QF-2M9X")
				      : STR(""),
		.code_minutes = 30 };
	struct letter_words w = letters_receipt(arena, LANG_EN, &v);

	looks_right("receipt", &w);
	reads_easily("receipt", &w);
	for (int i = 0; i < 4; i++)
		CHECK(says(&w, words[i]) == (i == how), "%d: %s", how,
			words[i]);
	CHECK(!says(&w, "to this address in a letter"), "no letter with it");
}

/* Civ. Code 1798.145(h)(3): the estimate, its reason, and that nothing is done before. */
static void fee(void)
{
	struct letter_fee v = { .sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026"),
		.why = { STR("It is the ninth request for the same.") },
		.amount = STR("$45.00"),
		.due_on = STR("January 5, 2027"),
		.link = STR("https://p.example/fee/abc") };
	struct letter_words w = letters_fee(arena, LANG_EN, &v);

	looks_right("fee", &w);
	reads_easily("fee", &w);
	CHECK(says(&w, "Our estimate is $45.00.") &&
			says(&w, "This is why: It is the ninth request"),
		"how much, and why");
	CHECK(says(&w, "https://p.example/fee/abc"), "where to answer");
	CHECK(says(&w, "our answer by January 5, 2027 in any case"),
		"the day stays");
}

/* 11 CCR 7060, 7062(d): one thing more, nothing else, and the day stays. */
static void declaration(void)
{
	struct letter_declaration v = { .sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026"),
		.due_on = STR("January 5, 2027"),
		.link = STR("https://p.example/s/K7QF-2M9X/declare") };
	struct letter_words w = letters_declaration(arena, LANG_EN, &v);

	looks_right("declaration", &w);
	reads_easily("declaration", &w);
	CHECK(says(&w, "https://p.example/s/K7QF-2M9X/declare"), "where");
	CHECK(!says(&w, "I declare under penalty"), "there, and not here");
	v.is_paper = true;
	v.link = STR("");
	w = letters_declaration(arena, LANG_EN, &v);
	looks_right("declaration", &w);
	reads_easily("declaration", &w);
	CHECK(says(&w,
		      "I declare under penalty of perjury under the laws of the State of California that I am the person whose personal information this request is about") &&
			says(&w, "To send back. Request K7QF-2M9X") &&
			says(&w, "Signature: ____") && says(&w, "Date: ____"),
		"what is signed, and where");
	CHECK(says(&w, "Then send it back to us by post:") &&
			says(&w, sign.address.p),
		"where it goes");
	CHECK(!says(&w, "/declare") && !says(&w, "code"), "no page needed");
	CHECK(says(&w, "our answer by January 5, 2027 in any case"),
		"the day stays");
	CHECK(!says(&w, "ensitive"), "not what was found");
}

/* 11 CCR 7021(b); Civ. Code 1798.145(h)(1): the reason, and the new day counted
 * from receipt. */
static void extension(int bits)
{
	struct letter_extension v = { .sign = sign,
		.name = { bits & 1 ? STR("Ellen Tran") : STR("") },
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026"),
		.due_on = STR("January 5, 2027"),
		.until = STR("February 19, 2027"),
		.days = 90,
		.why = { STR("One of our systems is being moved.") },
		.status_link = bits & 2 ? STR("https://p.example/s/K7QF-2M9X")
					: STR("") };
	struct letter_words w = letters_extension(arena, LANG_EN, &v);

	looks_right("extension", &w);
	reads_easily("extension", &w);
	CHECK(says(&w, "This is why: One of our systems is being moved."),
		"the reason");
	CHECK(says(&w, "our answer by February 19, 2027. That is 90 days from "
		       "the day your request reached us."),
		"the new day");
	CHECK(says(&w, "was due by January 5, 2027"), "the old one");
	CHECK(says(&w, "https://p.example") == !!(bits & 2), "status");
}

static void kept_some(void)
{
	struct letter_kept kept[] = { { STR("Invoices"),
		STR("The law obliges us to keep it."), STR("tax records"),
		STR("Civil Code 1798.105(d)(8)"), STR("") } };
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = 2,
		.rows = 14,
		.kept = { kept, 1 } };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("deleted", &w);
	CHECK(says(&w, "except for what is listed below"), "not all of it");
	CHECK(says(&w, "- Invoices. The law obliges us to keep it. What for: "
		       "tax records (Civil Code 1798.105(d)(8))."),
		"what and why");
	CHECK(says(&w, "for that and for nothing else"), "7022(f)");
}

/* 11 CCR 7022(h): which kinds, and nothing said of the rest. */
static void some_kinds(int rows, int emptied)
{
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = rows || emptied ? 1 : 0,
		.rows = rows,
		.rows_emptied = emptied,
		.parts = STR("Commercial information") };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("some_kinds", &w);
	reads_easily("some_kinds", &w);
	CHECK(says(&w, "only some kinds of the personal information we hold "
		       "about you: Commercial information"),
		"which");
	CHECK(!says(&w, "next list"), "nobody is kept out");
	CHECK(says(&w, "In 2 records we emptied") == (emptied == 2), "emptied");
	CHECK(says(&w, "We hold nothing of these kinds") == !(rows || emptied),
		"nothing there");
}

/* 11 CCR 7022(b)(1), (d): what is nobody's any more is not called deleted, and
 * copies in backups are owned up to where there was something to copy. */
static void deidentified(int rows, int nobodys, bool has_backups)
{
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = 2,
		.rows = rows,
		.rows_deidentified = nobodys,
		.has_backups = has_backups };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("deidentified", &w);
	reads_easily("deidentified", &w);
	CHECK(says(&w, "We deleted 3 records") == (rows == 3), "deleted");
	CHECK(says(&w, "In 1 record we took out all that tells whose it is.") ==
			(nobodys == 1),
		"one");
	CHECK(says(&w, "In 5 records we took out all that tells whose they "
		       "are.") == (nobodys == 5),
		"five");
	CHECK(says(&w, "Copies in our backups are not in use.") ==
			(has_backups && rows + nobodys),
		"backups");
}

/* 7022(b)(1): what went into totals is deleted, and it is said that they have it. */
static void aggregated(int rows, int totalled, const char *words)
{
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = 1,
		.rows = rows,
		.rows_aggregated = totalled };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("aggregated", &w);
	reads_easily("aggregated", &w);
	CHECK(says(&w, "Each total adds up many records") == (totalled > 0),
		"totals of many");
	/* Of a total of records we don't know how many people they were of. */
	CHECK(!says(&w, "traced back"), "more than is known");
	CHECK(says(&w, words), "%s: %.*s", words, STR_ARG(w.text.v));
}

/* What a killed run added is not known: then no number is told. */
static void aggregated_perhaps(int rows, const char *words)
{
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = 1,
		.rows = rows,
		.rows_aggregated = -1,
		.may_be_aggregated = true };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("aggregated perhaps", &w);
	reads_easily("aggregated perhaps", &w);
	CHECK(says(&w, words), "%s: %.*s", words, STR_ARG(w.text.v));
	CHECK(says(&w, "Each total adds up many records"), "what a total is");
	CHECK(!says(&w, "-1") && !says(&w, "went into"), "a number: %.*s",
		STR_ARG(w.text.v));
}

/* Nothing was deleted: then it is not said, not even of no record. */
static void kept_all(void)
{
	struct letter_kept kept[] = { { STR("Invoices in CRM"),
		STR("The law obliges us to keep it."), STR("tax records"),
		STR("Civil Code 1798.105(d)(8)"), STR("") } };
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = 1,
		.rows_kept = 2,
		.kept = { kept, 1 } };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("kept", &w);
	reads_easily("kept", &w);
	CHECK(says(&w, "We have not deleted it. Why not is listed below."),
		"the answer");
	CHECK(!says(&w, "We deleted") && !says(&w, "We have deleted") &&
			!says(&w, "0 "),
		"nothing was");
	CHECK(says(&w, "One of them held information about you. We kept 2 "
		       "records."),
		"how much");
	CHECK(str_starts(w.subject, STR("We must keep your information")),
		"the subject");
}

/* A system that was away, or held, when the answer was due: something was found there, and
 * stays. */
static void left_there(int rows)
{
	struct letter_undone_one one[] = { { STR("CRM"), true, true,
		rows ? STR("It was sold with the shop in May.") : STR("") } };
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = rows ? 1 : 0,
		.rows = rows,
		.undone = { one, 1, 1, 1, rows > 0 } };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("left there", &w);
	reads_easily("left there", &w);
	CHECK(says(&w,
		      "- We could not do what you asked for in CRM, where we found information about you. This is why: It was sold with the shop in May.") ==
				(rows > 0) &&
			says(&w,
				"in CRM, where we found information about you. The law makes exceptions, and one of them applies here. That is all we can say.") ==
				!rows,
		"what stays, where, and why: 7022(f)(1)");
	CHECK(!says(&w, "We could not look in CRM"), "it was looked in");
	CHECK(str_starts(w.subject,
		      STR("We could not delete your information")) == !rows &&
			says(&w, "We have not deleted it.") == !rows,
		"nothing is called deleted: %.*s", STR_ARG(w.subject));
}

/* A system that was taken away was not looked in, and a company could not be
 * told: neither is called done. */
static void left_undone(int rows)
{
	struct letter_undone_one one[] = { { STR("CRM"), true, false,
						   STR("It burned down in "
						       "May.") },
		{ STR("MailHarbor"), false, false,
			rows ? STR("They closed in May, and nobody answers.")
			     : STR("") } };
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = rows ? 1 : 0,
		.rows = rows,
		.is_opted_out = rows > 1,
		.offer = { true, STR("https://p.example/opt-out") },
		.undone = { one, 2, 1, 0, 1 + (rows > 0) } };
	struct letter_nothing_found n = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.verb = STR("delete"),
		.received_on = STR("November 21, 2026"),
		.systems = rows,
		.offer = { rows > 1, STR("https://p.example/opt-out") },
		.undone = { one, 1, 1, 0, 1 } };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("undone", &w);
	reads_easily("undone", &w);
	CHECK(says(&w,
		      "- We could not look in CRM. We can't say if it held "
		      "information about you. This is why: It burned down in May."),
		"a system, and why: 7022(f)(1)");
	CHECK(says(&w,
		      "- We could not tell MailHarbor, a company that may have got your information from us. This is why: They closed in May, and nobody answers.") ==
			(rows > 0),
		"a company, and why: 7022(b)(3)");
	CHECK(says(&w,
		      "from us. The law makes exceptions, and one of them applies here. That is all we can say.") ==
			!rows,
		"or as a denial that a law forbids to explain");
	CHECK(says(&w, "We looked in every other system"), "not in every one");
	CHECK(says(&w, "Would you like to opt out") == (rows <= 1) &&
			says(&w, "https://p.example/opt-out") == (rows <= 1) &&
			says(&w, "You are opted out") == (rows > 1),
		"7022(g), in part");
	CHECK(says(&w,
		      "We have deleted it, except for what is listed below.") ==
				(rows > 0) &&
			says(&w, "We can't say that we have deleted it.") ==
				!rows,
		"what is done");
	w = letters_nothing_found(arena, LANG_EN, &n);
	looks_right("nothing, undone", &w);
	reads_easily("nothing, undone", &w);
	CHECK(says(&w, "We found none where we could look") &&
			says(&w, "We could not look in CRM.") &&
			says(&w, "This is why: It burned down in May.") &&
			!says(&w, " 0 "),
		"never that there was nothing");
	CHECK(says(&w, "Would you like to opt out") == (rows > 1),
		"7022(g), of what could not be looked in");
}

/* All was gone when it came to deleting. */
static void deleted_elsewhere(void)
{
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026") };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("gone", &w);
	CHECK(says(&w, "Nothing about you is left there.") && !says(&w, "0 "),
		"no count of nothing");
}

static void deleted(int told, int confirmed, bool is_opted_out)
{
	struct letter_deleted v = { .sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = told == 1 ? 1 : 2,
		.rows = confirmed == 1 ? 1 : 14,
		.vendors_told = told,
		.vendors_confirmed = confirmed,
		.is_opted_out = is_opted_out,
		.keep_until = STR("December 1, 2028"),
		.status_link = STR("https://p.example/s/K7QF-2M9X") };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("deleted", &w);
	reads_easily("deleted", &w);
	CHECK(says(&w, "We have deleted it. "), "7022(e): complied");
	CHECK(says(&w, "We keep a record of this request until December 1, "
		       "2028"),
		"7022(e), 7101(a)");
	CHECK(says(&w, "at least 24 months"), "7101(a)");
	CHECK(says(&w, "scrambled form"), "1798.105(c)(2)");
	CHECK(!says(&w, "you gave us"),
		"who is searched by name gave neither address nor number");
	CHECK(says(&w, "You are opted out") == is_opted_out, "opt-out");
	CHECK(says(&w, "have confirmed that they did") == (told > 1), "told %d",
		told);
	CHECK(says(&w, "it has confirmed") == (told == 1 && confirmed == 1),
		"one that confirmed");
	CHECK(says(&w, "has not answered yet") == (told == 1 && !confirmed),
		"one that did not");
	CHECK(says(&w, "All 3 have") == (told == 3 && confirmed == 3), "all");
	CHECK(says(&w, "compan") == (told > 0), "nobody told, nothing said");
	CHECK(says(&w, "1 record") == (confirmed == 1), "one record");
	CHECK(says(&w, "14 records") == (confirmed != 1), "records");
}

/* A company that keeps something has not confirmed that it deleted it. */
static void deleted_but_for_a_vendor(int told)
{
	struct letter_deleted v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.systems = 2,
		.rows = 14,
		.vendors_told = told,
		.vendors_confirmed = told - 1,
		.vendors_kept = 1 };
	struct letter_words w = letters_deleted(arena, LANG_EN, &v);

	looks_right("deleted", &w);
	CHECK(says(&w, "answered that it must keep some of it"), "told %d",
		told);
	CHECK(!says(&w, "not answered") && !says(&w, "All "),
		"neither silent nor done");
}

static void nothing_found(bool is_opted_out, int systems)
{
	struct letter_nothing_found v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.what = STR("correct personal information we hold about you"),
		.verb = STR("correct"),
		.received_on = STR("November 21, 2026"),
		.systems = systems,
		.is_opted_out = is_opted_out,
		.status_link = STR("https://p.example/s/K7QF-2M9X") };
	struct letter_words w = letters_nothing_found(arena, LANG_EN, &v);

	looks_right("nothing_found", &w);
	reads_easily("nothing_found", &w);
	CHECK(says(&w, "We found none"), "the answer");
	CHECK(says(&w, "you asked us to correct personal information") &&
			says(&w, "nothing to correct.") && !says(&w, "delete"),
		"in the words of its kind");
	CHECK(says(&w, "You are opted out") == is_opted_out, "opt-out");
	CHECK(says(&w, "We keep a record of this request."), "the record");
	CHECK(says(&w, "Hello,"), "no name");
}

/* 11 CCR 7024(c): what was not searched, and which kinds it may hold. */
static void not_searched(void)
{
	struct letter_nothing_found v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.what = STR("tell you about the personal information we hold"),
		.verb = STR("tell"),
		.received_on = STR("November 21, 2026"),
		.systems = 1,
		.status_link = STR("https://p.example/s/K7QF-2M9X"),
		.not_searched = STR("Old tapes (Identifiers)") };
	struct letter_words w = letters_nothing_found(arena, LANG_EN, &v);

	looks_right("nothing_found", &w);
	CHECK(says(&w, "We did not search this") &&
			says(&w, "Old tapes (Identifiers)"),
		"named");
	v.not_searched = STR("");
	w = letters_nothing_found(arena, LANG_EN, &v);
	CHECK(!says(&w, "We did not search"), "nothing was left out");
}

/* 11 CCR 7024(f): how to open the answer, and nothing of it. */
static void package(int bits)
{
	struct letter_package v = { .sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.what = STR("show you the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026"),
		.link = STR("https://p.example/s/K7QF-2M9X/package"),
		.until = STR("December 21, 2026"),
		.is_downgraded = bits & 1,
		.is_whole = bits & 2,
		.is_opted_out = bits & 4,
		.is_paper = bits & 8 };
	struct letter_words w = letters_package(arena, LANG_EN, &v);

	looks_right("package", &w);
	reads_easily("package", &w);
	CHECK(says(&w, "https://p.example/s/K7QF-2M9X/package") ==
				!v.is_paper &&
			says(&w, "until December 21, 2026") == !v.is_paper,
		"where and how long");
	CHECK(says(&w, "enclosed with this letter") == v.is_paper, "by mail");
	CHECK(says(&w, "names the kinds of information") == v.is_downgraded,
		"kinds only");
	CHECK(says(&w, "Some things are not in it.") ==
			(!v.is_downgraded && !v.is_whole),
		"something is left out");
	CHECK(says(&w, "You are opted out") == v.is_opted_out, "opt-out");
}

/* The same in Spanish: nothing of it is left in English. */
static void package_es(int bits)
{
	struct letter_sign ours = sign;
	struct letter_package v = { .name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("21 de noviembre de 2026"),
		.link = STR("https://p.example/s/K7QF-2M9X/package"),
		.until = STR("21 de diciembre de 2026"),
		.keep_until = STR("21 de noviembre de 2028"),
		.is_downgraded = bits & 1,
		.is_whole = bits & 2,
		.is_opted_out = bits & 4,
		.is_paper = bits & 8 };
	struct letter_words w;

	ours.hours = STR("");
	v.sign = ours;
	w = letters_package(arena, LANG_ES, &v);
	looks_right("package_es", &w);
	CHECK(says(&w, "https://p.example/s/K7QF-2M9X/package") ==
				!v.is_paper &&
			says(&w, "hasta el 21 de diciembre de 2026") ==
				!v.is_paper,
		"where and how long");
	CHECK(says(&w, "adjunta a esta carta") == v.is_paper, "by mail");
	CHECK(says(&w, "indica los tipos de información") == v.is_downgraded,
		"kinds only");
	CHECK(says(&w, "Algunas cosas no están en ella.") ==
			(!v.is_downgraded && !v.is_whole),
		"something is left out");
	CHECK(says(&w, "Usted ha optado") == v.is_opted_out, "opt-out");
	CHECK(says(&w, "hasta el 21 de noviembre de 2028"), "the record");
	CHECK(!says(&w, " the ") && !says(&w, " you ") && !says(&w, "Phone"),
		"no English: %.*s", STR_ARG(w.text.v));
}

static void code_es(void)
{
	struct letter_code v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.code = STR("123456"),
		.minutes = 30 };
	struct letter_words w = letters_code(arena, LANG_ES, &v);

	looks_right("code_es", &w);
	CHECK(says(&w, "123456") && says(&w, "30 minutos") &&
			!says(&w, " your "),
		"the code and how long: %.*s", STR_ARG(w.text.v));
}

static struct letter_refusal refusal_of(int bits)
{
	return (struct letter_refusal){
		.offer = { .is = bits & 1,
			.link = STR("https://p.example/opt-out") },
		.is_opted_out = bits & 2,
		.is_categories = bits & 4,
		.policy_link =
			bits & 1 ? STR("https://www.example/policy") : STR(""),
		.is_correction = bits & 8,
		.health = { .is = bits & 16,
			.link = STR("https://p.example/s/K7QF-2M9X/"
				    "statement") },
		.delete_link = STR("https://p.example/r/delete"),
		.keep_until = STR("December 1, 2028"),
	};
}

/* What each denial owes beside its ground, whatever that is. */
static void says_refusal(const struct letter_words *w, int bits)
{
	bool offers = (bits & 3) == 1;

	CHECK(says(w, "Would you like to opt out") == offers, "7022(g)");
	CHECK(says(w, "https://p.example/opt-out") == offers, "its link");
	CHECK(says(w, "You are opted out") == !!(bits & 2), "opted out");
	CHECK(says(w, "our privacy policy says") == !!(bits & 4), "7024(b)");
	CHECK(says(w, "https://www.example/policy") == ((bits & 5) == 5),
		"its link");
	CHECK(says(w, "You can also ask us to delete it") == !!(bits & 8),
		"7023(f)");
	CHECK(says(w, "up to 250 words") == !!(bits & 16), "7023(f), health");
	CHECK(says(w, "somebody else will look"), "1798.145(h)(2)");
	CHECK(says(w, "We keep a record of this request until December 1, "
		      "2028"),
		"7101(a)");
}

static void denied_unverified(int bits, bool has_why)
{
	struct letter_denied_unverified v = { .sign = sign,
		.name = { STR("evil.example/now") },
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.section = STR("7022(a)"),
		.received_on = STR("November 21, 2026"),
		.why = has_why ? STR("The code was not entered.") : STR(""),
		.again_link = STR("https://p.example/r/delete"),
		.refusal = refusal_of(bits) };
	struct letter_words w = letters_denied_unverified(arena, LANG_EN, &v);

	looks_right("denied, unverified", &w);
	reads_easily("denied, unverified", &w);
	CHECK(says(&w, "because we could not verify"), "7022(a)");
	CHECK(says(&w, "The code was not entered.") == has_why, "the reason");
	CHECK(!says(&w, "evil.example"), "a name that is none");
	says_refusal(&w, bits);
}

/* On each ground there is, the letter says what the row says, and on one that a
 * law may forbid to tell, nothing of it nor of its facts. */
static void denied_on(const struct ground *g, int bits)
{
	bool is_told = *g->told;
	struct letter_denied v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026"),
		.ground = str_of(g->told),
		.citation = is_told ? str_of(g->citation) : STR(""),
		.why = { is_told ? STR("The invoice is not paid.") : STR("") },
		.purpose = ground_locks(g, KIND_DELETE) ? STR("Tax records")
							: STR(""),
		.is_agent = bits & 1,
		.refusal = refusal_of(bits) };
	struct letter_words w = letters_denied(arena, LANG_EN, &v);

	looks_right(g->id, &w);
	CHECK(says(&w, "We did not do it. "), "%s: whether", g->id);
	CHECK(!is_told || says(&w, g->told), "%s: the ground", g->id);
	CHECK(!is_told || says(&w, g->citation), "%s: its section", g->id);
	CHECK(says(&w, "This is why: The invoice is not paid.") == is_told,
		"%s: the facts", g->id);
	CHECK(is_told || (says(&w, "That is all we can say.") &&
				 !says(&w, "enforcement") &&
				 !says(&w, "1798.145")),
		"%s: nothing of it", g->id);
	CHECK(says(&w, "for nothing else: Tax records.") ==
			ground_locks(g, KIND_DELETE),
		"%s: 7022(f)", g->id);
	CHECK(says(&w, "signed permission") == !!(bits & 1), "7063(a)");
	says_refusal(&w, bits);
}

static void denied(void)
{
	for (int bits = 0; bits < 32; bits++)
		denied_unverified(bits, bits & 1);
	for (size_t i = 0; i < ground_count(); i++) {
		denied_on(ground_at(i), (int)i % 32);
		denied_on(ground_at(i), 31 - (int)i % 32);
	}
}

static struct letter_corrected corrected_view(void)
{
	return (struct letter_corrected){ .sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.keep_until = STR("December 1, 2028"),
		.status_link = STR("https://p.example/s/K7QF-2M9X") };
}

static void corrected_by_hand(bool is_part)
{
	struct letter_corrected v = corrected_view();
	struct letter_words w;

	v.is_done = true;
	v.is_part = is_part;
	v.done.v = STR("Your street is 12 Elm Street now.");
	v.source = STR("A broker, Acme Data.");
	w = letters_corrected(arena, LANG_EN, &v);
	looks_right("corrected", &w);
	reads_easily("corrected", &w);
	CHECK(says(&w, "We have corrected it.") == !is_part, "whole");
	CHECK(says(&w, "We have corrected part of it.") == is_part, "part");
	CHECK(says(&w, "came from: A broker, Acme Data."), "7023(i)");
	CHECK(says(&w, "does not count as a request to know"), "7023(j)");
	CHECK(!says(&w, "read it again"), "nobody but staff looked");
}

static void corrected_rows(int vendors)
{
	static struct letter_corrected_one items[] = {
		{ STR_INIT("zip (Contacts, CRM)"), STR_INIT("A list") },
		{ STR_INIT("street (Contacts, CRM)"), STR_INIT("") },
	};
	struct letter_corrected v = corrected_view();
	struct letter_words w;

	v.is_done = true;
	v.items.at = items;
	v.items.n = COUNTOF(items);
	v.vendors_told = vendors;
	v.vendors_confirmed = vendors ? vendors - 1 : 0;
	v.is_opted_out = vendors > 0;
	w = letters_corrected(arena, LANG_EN, &v);
	looks_right("corrected", &w);
	reads_easily("corrected", &w);
	CHECK(says(&w, "- zip (Contacts, CRM). Where the wrong information"),
		"what, and 7023(i)");
	CHECK(says(&w, "We wrote it and read it again."), "proven");
	CHECK(says(&w, "an old list can't bring back"), "7023(c)");
	CHECK(says(&w, "to correct it too") == (vendors > 0),
		"nobody is told of companies that there are not");
}

/* 11 CCR 7023(e): what was deleted is not called corrected, and why is said. */
static void deleted_instead(bool is_alone)
{
	static struct letter_corrected_one items[] = {
		{ STR_INIT("zip (Contacts, CRM)"), STR_INIT("") },
		{ STR_INIT("fax (Contacts, CRM)"), STR_INIT("A list") },
	};
	struct letter_corrected v = corrected_view();
	struct letter_words w;

	v.is_done = true;
	v.items.at = items;
	v.items.n = is_alone ? 0 : 1;
	v.emptied.at = items + 1;
	v.emptied.n = 1;
	v.is_harmless = is_alone;
	v.is_agreed = !is_alone;
	v.instead_why.v = STR("No one sends faxes now.");
	v.show_link = STR("https://p.example/s/K7QF-2M9X/corrected");
	w = letters_corrected(arena, LANG_EN, &v);
	looks_right("corrected", &w);
	reads_easily("corrected", &w);
	CHECK(says(&w, "This we deleted instead of correcting it:") &&
			says(&w, "- fax (Contacts, CRM). Where the wrong "
				 "information came from: A list."),
		"what, and 7023(i)");
	CHECK(says(&w, "have corrected") == !is_alone, "by its name");
	CHECK(says(&w, "Here it does not: No one sends faxes now.") == is_alone,
		"it does not hurt");
	CHECK(says(&w, "You did: No one sends faxes now.") == !is_alone,
		"they agreed");
	CHECK(says(&w, "does not count as a request to know:") &&
			says(&w, "https://p.example/s/K7QF-2M9X/corrected"),
		"7023(j): where it is seen");
}

/* 11 CCR 7023(f): corrected in part; what stays is named, each with its number. */
static void health_stays(bool has_link)
{
	static str items[] = { STR_INIT("1. Allergies in Patients"),
		STR_INIT("2. Weight in Patients") };
	struct letter_corrected v = corrected_view();
	struct letter_words w;

	v.is_done = v.is_part = true;
	v.done.v = STR("We put your street right.");
	v.source = STR("A list of Valley Data.");
	v.health.is = true;
	v.health.items.at = items;
	v.health.items.n = 2;
	if (has_link)
		v.health.link = STR("https://p.example/s/K7QF-2M9X/statement");
	w = letters_corrected(arena, LANG_EN, &v);
	looks_right("corrected", &w);
	reads_easily("corrected", &w);
	CHECK(says(&w, "1. Allergies in Patients") &&
			says(&w, "2. Weight in Patients") &&
			says(&w, "a statement of up to 250 words on each item"),
		"on each of them");
	CHECK(says(&w, "K7QF-2M9X/statement") == has_link, "where");
}

/* Approved, and then everything went out of the data map. */
static void not_corrected(void)
{
	static struct letter_undone_one gone[] = { { STR_INIT("CRM"), true,
		false, STR_INIT("") } };
	struct letter_corrected v = corrected_view();
	struct letter_words w;

	v.is_part = true;
	v.undone = (struct letter_undone){ .at = gone, .n = 1, .systems = 1 };
	w = letters_corrected(arena, LANG_EN, &v);
	looks_right("corrected", &w);
	reads_easily("corrected", &w);
	CHECK(!says(&w, "have corrected"), "nothing is called corrected");
	CHECK(says(&w, "We could not look in CRM."), "why not");
}

/* 11 CCR 7222: each of the four, and what stands in every such letter. */
static void explained(bool is_summed, bool is_part)
{
	struct letter_said said[] = {
		{ STR("What we used it for"),
			{ STR("To set your credit line.") } },
		{ STR("How it came to its result"),
			{ STR("It looked at late payments of two years.") } },
		{ STR("What came out about you"),
			{ STR("41 of 100 points; no credit.") } },
		{ STR("What part that played in our decision"),
			{ STR("Below 50 nobody gets credit. No person "
			      "looked.") } },
	};
	struct letter_explained v = { .sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("January 5, 2027"),
		.times = is_summed ? STR("9") : STR(""),
		.is_part = is_part,
		.said = { said, COUNTOF(said) },
		.rights_link = STR("https://shop.example/privacy#rights"),
		.status_link = STR("https://p.example/s/K7QF-2M9X"),
		.keep_until = STR("February 1, 2029") };
	struct letter_words w = letters_explained(arena, LANG_EN, &v);

	looks_right("explained", &w);
	reads_easily("explained", &w);
	for (size_t i = 0; i < COUNTOF(said); i++)
		CHECK(says(&w, arena_cstr(arena, said[i].title)) &&
				says(&w, arena_cstr(arena, said[i].text.v)),
			"%.*s", STR_ARG(said[i].title));
	CHECK(says(&w, "In the last 12 months we used it 9 times.") ==
			is_summed,
		"one answer about all of it says so");
	CHECK(says(&w, "We left out what is a trade secret") == is_part,
		"what is left out is said");
	CHECK(says(&w, "https://shop.example/privacy#rights"),
		"the very place of the other rights");
}

static void not_used(void)
{
	struct letter_explained v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("January 5, 2027"),
		.is_unused = true,
		.rights_link = STR("https://shop.example/privacy"),
		.keep_until = STR("February 1, 2029") };
	struct letter_words w = letters_explained(arena, LANG_EN, &v);

	looks_right("explained", &w);
	reads_easily("explained", &w);
	CHECK(says(&w, "we did not use it to make a significant decision"),
		"plainly");
}

static void appealed(bool is_changed)
{
	struct letter_said why[] = { { STR("Why"),
		{ STR("Your new job was not in our records.") } } };
	struct letter_explained v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("January 5, 2027"),
		.is_appeal = true,
		.is_changed = is_changed,
		.said = { why, 1 },
		.rights_link = STR("https://shop.example/privacy"),
		.keep_until = STR("February 1, 2029") };
	struct letter_words w = letters_explained(arena, LANG_EN, &v);

	looks_right("explained", &w);
	reads_easily("explained", &w);
	CHECK(says(&w, "The decision was changed.") == is_changed, "changed");
	CHECK(says(&w, "The decision stands.") == !is_changed, "stands");
	CHECK(says(&w, "Why: Your new job was not in our records."), "why");
}

static void message(void)
{
	struct letter_message v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.link = STR("https://p.example/desk/r/K7QF-2M9X") };
	struct letter_words w = letters_message(arena, LANG_EN, &v);

	looks_right("message", &w);
	CHECK(says(&w, "https://p.example/desk/r/K7QF-2M9X"), "where it is");
}

static void stop_denied(bool stays)
{
	struct letter_stop_denied v = {
		.sign = sign,
		.reference = STR("K7QF-2M9X"),
		.received_on = STR("November 21, 2026"),
		.phrase = STR("opt out of sale and sharing"),
		.ground = str_of(ground_of(STR("FRAUD"))->told),
		.citation = str_of(ground_of(STR("FRAUD"))->citation),
		.why = { STR("A script sent it for 900 people.") },
		.stays = stays,
		.again_link = STR("https://p.example/opt-out"),
		.keep_until = STR("November 21, 2028"),
	};
	struct letter_words w = letters_stop_denied(arena, LANG_EN, &v);

	if (!stays)
		looks_right("stop_denied", &w);
	reads_easily("stop_denied", &w);
	CHECK(says(&w, "We do not keep to it from now on.") == !stays,
		"not of what stays on the list");
	CHECK(says(&w, "11 CCR 7026(e), 7027(f)") &&
			says(&w, "This is why: A script sent it for 900 "
				 "people."),
		"the rule and the facts");
	CHECK(says(&w, "https://p.example/opt-out"), "and the way back");
}

static void processed(bool has_link)
{
	struct letter_processed v = {
		.sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.phrase = STR("opt out of sale and sharing"),
		.received_on = STR("November 10, 2026"),
		.in_force_on = STR("November 21, 2026"),
		.keep_until = STR("November 21, 2028"),
	};
	struct letter_words w;

	if (has_link)
		v.status_link = STR("https://p.example/s/K7QF-2M9X");
	w = letters_processed(arena, LANG_EN, &v);
	if (has_link)
		looks_right("processed", &w);
	reads_easily("processed", &w);
	CHECK(says(&w, "Your choice is in force since November 21, 2026"),
		"since when");
	CHECK(says(&w, "https://p.example/s/K7QF-2M9X") == has_link,
		"where to check on it, if there is a page");
}

static void withdrawn(bool is_opted_out)
{
	struct letter_withdrawn v = { .sign = sign,
		.name = { STR("Ellen Tran") },
		.reference = STR("K7QF-2M9X"),
		.what = STR("correct personal information we hold about you"),
		.received_on = STR("November 21, 2026"),
		.is_opted_out = is_opted_out,
		.again_link = STR("https://p.example/r/correct"),
		.keep_until = STR("December 1, 2028") };
	struct letter_words w = letters_withdrawn(arena, LANG_EN, &v);

	looks_right("withdrawn", &w);
	reads_easily("withdrawn", &w);
	CHECK(says(&w, "You took this back, so we stopped"), "what happened");
	CHECK(says(&w, "You are opted out") == is_opted_out,
		"the opt-out stays");
	CHECK(says(&w, "If you did not take it back yourself"),
		"somebody else may have read the mailbox");
}

static void opt_in(bool is_sensitive)
{
	struct letter_opt_in v = { .sign = sign,
		.is_sensitive = is_sensitive,
		.reference = STR("K7QF-2M9X"),
		.link = STR("https://p.example/opt-in/confirm/secret"),
		.opt_out_link = STR("https://p.example/opt-out"),
		.days = 14 };
	struct letter_words w = letters_opt_in(arena, LANG_EN, &v);

	looks_right("opt_in", &w);
	reads_easily("opt_in", &w);
	CHECK(says(&w, "Nothing changes until you confirm it."), "7028(a)");
	CHECK(says(&w, "https://p.example/opt-in/confirm/secret"), "the link");
	CHECK(says(&w, "for 14 days"), "how long");
	CHECK(says(&w, "opt out again at any time") == !is_sensitive &&
			says(&w, "https://p.example/opt-out") == !is_sensitive,
		"and the way out again (7071(b))");
	CHECK(says(&w, "sell and share") == !is_sensitive &&
			says(&w, "sensitive personal information") ==
				is_sensitive,
		"each says what it would allow, and nothing else");
	CHECK(!says(&w, "Dear"), "nobody is named: it may be somebody else");
}

/* who wrote an email is told how to ask, and hears nothing of what is held. */
static void inbox(enum lang l, bool sells)
{
	struct letter_inbox v = { .sign = sign,
		.day = STR("November 20, 2026"),
		.link = STR("https://p.example/"),
		.sells = sells };
	struct letter_words w = letters_inbox(arena, l, &v);
	bool is_en = l == LANG_EN;

	looks_right("inbox", &w);
	if (is_en)
		reads_easily("inbox", &w);
	CHECK(says(&w, "https://p.example/"), "the link");
	CHECK(says(&w, "November 20, 2026"), "which email");
	CHECK(says(&w, is_en ? "stop selling" : "venderla") == sells,
		"nobody offers to stop what is not done");
	CHECK(says(&w, is_en ? "counts from the day it came"
			     : "cuenta desde el día en que llegó"),
		"7020(e)");
}

/* In Spanish, too, a limit is no opt-out. */
static void opt_in_spanish(bool is_sensitive)
{
	struct letter_opt_in v = { .sign = sign,
		.is_sensitive = is_sensitive,
		.reference = STR("K7QF-2M9X"),
		.link = STR("https://p.example/opt-in/confirm/secret"),
		.opt_out_link = STR("https://p.example/opt-out"),
		.days = 14 };
	struct letter_words w = letters_opt_in(arena, LANG_ES, &v);

	CHECK(says(&w, "vender y compartir") == !is_sensitive &&
			says(&w, "confidencial") == is_sensitive &&
			says(&w, "Su límite sigue en vigor") == is_sensitive,
		"each says what it would allow, and nothing else");
}

/* M-01, M-02: who is told what, and that a yes is not for ever. */
static void opt_in_minor(bool is_parent)
{
	struct letter_opt_in_minor v = { .sign = sign,
		.is_parent = is_parent,
		.reference = STR("K7QF-2M9X"),
		.link = STR("https://p.example/opt-in/confirm/secret"),
		.until = STR("January 20, 2027"),
		.opt_out_link = STR("https://p.example/opt-out") };
	struct letter_words w = letters_opt_in_minor(arena, LANG_EN, &v);

	looks_right("opt_in_minor", &w);
	reads_easily("opt_in_minor", &w);
	CHECK(says(&w, "Nothing changes until you confirm it."), "7071(a)");
	CHECK(says(&w, "https://p.example/opt-in/confirm/secret"), "the link");
	CHECK(says(&w, "opt out again at any time") &&
			says(&w, "https://p.example/opt-out"),
		"that one can opt out later, and how (7070(b), 7071(b))");
	CHECK(says(&w, "We have checked that you are the parent") == is_parent,
		"only a parent was checked");
	CHECK(says(&w, "13, 14 or 15") == !is_parent, "whose own choice it is");
}

/* --- vendors ------------------------------------------------------------------------ */

static struct vendor_notice notice(enum vendor_role role, enum vendor_act act)
{
	return (struct vendor_notice){
		.vendor = STR("MailHarbor"),
		.role = role,
		.act = act,
		.contact = STR("privacy@mailharbor.example"),
		.contact_name = STR("Maya Brooks"),
		.reference = STR("K7QF-2M9X"),
		.link = STR("https://p.example/v/secret"),
		.due_on = { 2026, 12, 8 },
	};
}

static struct vendor_mail by_mail(void)
{
	return (struct vendor_mail){
		.from = STR("privacy@lakeshore.example"),
		.sign = sign,
		.at = INT64_C(1795295045000),
		.message_id = STR("1@lakeshore.example"),
	};
}

static void vendors(enum vendor_role role, enum vendor_act act)
{
	struct vendor_notice n = notice(role, act);
	struct vendor_mail m = by_mail();
	struct letter l;
	struct err e = { 0 };
	struct letter_words w;

	CHECK(!vendor_mail_letter(arena, &m, &n, &l, &e), "%s", e.message);
	w = (struct letter_words){ LANG_EN, l.subject, l.text };
	looks_right("vendor_notice", &w);
	CHECK(says(&w, "https://p.example/v/secret"), "the link");
	CHECK(says(&w, "by December 8, 2026"), "the date");
	CHECK(says(&w, vendor_duty(act, role)), "the duty");
	CHECK(says(&w, vendor_act_ask(act)), "what to do");
	CHECK(str_eq(l.to.v, n.contact), "the contact");
	CHECK(!says(&w, "Reminder"), "the first time");
	n.asked_on = (struct date){ 2026, 11, 21 };
	CHECK(!vendor_mail_letter(arena, &m, &n, &l, &e), "%s", e.message);
	w = (struct letter_words){ LANG_EN, l.subject, l.text };
	looks_right("vendor_reminder", &w);
	CHECK(str_starts(l.subject, STR("Reminder: ")), "again");
	CHECK(says(&w, "On November 21, 2026"), "since when");
}

/* What is told of whom, and what a reminder says, stands behind the link. */
static void keeper_letters(void)
{
	struct letter_keeper_task v = {
		.sign = sign,
		.place = STR("Paper archive"),
		.reference = STR("K7QF-2M9X"),
		.link = STR("https://privacy.example.com/t/abc"),
		.due_on = STR("December 3, 2026"),
		.asked_on = STR("November 21, 2026"),
	};
	struct letter_words w = letters_keeper_task(arena, LANG_EN, &v);

	looks_right("keeper_task", &w);
	CHECK(str_eq(w.subject, STR("Look for a person's data in Paper "
				    "archive, K7QF-2M9X, by December 3, 2026")),
		"%.*s", STR_ARG(w.subject));
	CHECK(says(&w, v.link.p) && says(&w, "hand it to a colleague") &&
			!says(&w, "delete it now"),
		"to look");
	v.is_deletion = v.is_reminder = true;
	w = letters_keeper_task(arena, LANG_EN, &v);
	looks_right("keeper_task", &w);
	CHECK(str_starts(w.subject, STR("Reminder: Delete what you found")),
		"%.*s", STR_ARG(w.subject));
	CHECK(says(&w, "On November 21, 2026 we asked you") &&
			says(&w, "Please delete it now"),
		"to delete, once more");
	v.is_deletion = false;
	v.is_correction = true;
	w = letters_keeper_task(arena, LANG_EN, &v);
	looks_right("keeper_task", &w);
	CHECK(says(&w, "Please correct it now") && says(&w, "by whom"),
		"to correct");
}

static void outage_letter(void)
{
	struct letter_public_outage v = {
		.sign = sign,
		.address = STR("https://privacy.example.com/"),
		.from = STR("November 21, 2026, 1:04 p.m."),
		.looks = 7,
		.problem = STR("- opt-out: answered with status 404"),
	};
	struct letter_words w = letters_public_outage(arena, LANG_EN, &v);

	reads_easily("public_outage", &w);
	CHECK(str_find(w.text.v, STR("\n\n\n")) < 0, "no gap");
	CHECK(says(&w, sign.business.p), "it is signed");
	CHECK(str_eq(w.subject, STR("People can't use the privacy pages at "
				    "https://privacy.example.com/")),
		"%.*s", STR_ARG(w.subject));
	CHECK(says(&w, "- opt-out: answered with status 404") &&
			says(&w, "look number 7") &&
			says(&w, "November 21, 2026"),
		"what, since when, how often");
}

static void drop_letters(void)
{
	struct letter_drop_outage o = {
		.sign = sign,
		.broker = STR("4821"),
		.from = STR("November 21, 2026, 1:04 p.m."),
		.last = STR("November 22, 2026, 2:04 p.m."),
		.tries = 7,
		.problem = STR("the connection was refused"),
	};
	struct letter_drop_vendor v = {
		.sign = sign,
		.vendor = STR("MailHarbor"),
		.duty = vendor_duty(VENDOR_ACT_DELETE, ROLE_SERVICE_PROVIDER),
		.reference = STR("K7QF-2M9X"),
		.link = STR("https://privacy.example.com/v/drop/abc"),
		.due_on = STR("December 8, 2026"),
		.rows = 1234,
	};
	struct letter_words w = letters_drop_outage(arena, LANG_EN, &o);

	CHECK(says(&w, "data broker 4821") && says(&w, "Failed tries: 7") &&
			says(&w, "Access is not back yet.") &&
			says(&w, "the connection was refused"),
		"an outage that goes on");
	o.to = STR("November 23, 2026, 3:04 p.m.");
	w = letters_drop_outage(arena, LANG_EN, &o);
	CHECK(says(&w, "Access was back: November 23") &&
			!says(&w, "not back yet"),
		"one that is over");
	w = letters_drop_vendor(arena, LANG_EN, &v);
	CHECK(says(&w, "1234 hashes") && says(&w, v.link.p) &&
			says(&w, "opt-out") && says(&w, "December 8, 2026"),
		"a direction");
	looks_right("drop_vendor", &w);
}

static void poor_notices(void)
{
	struct vendor_mail m = by_mail();
	struct err e = { 0 };
	struct letter l;

	for (int i = 0; i < 5; i++) {
		struct vendor_notice n =
			notice(ROLE_THIRD_PARTY, VENDOR_ACT_DELETE);

		if (i == 0)
			n.link = STR("");
		if (i == 1)
			n.reference = STR("");
		if (i == 2)
			n.due_on = (struct date){ 0 };
		if (i == 3)
			n.contact = STR("by fax");
		if (i == 4)
			n.vendor = STR("");
		CHECK(vendor_mail_letter(arena, &m, &n, &l, &e) == -1 &&
				e.code == ERR_INVALID,
			"notice %d: %s", i, e.message);
	}
}

/* What every channel has to keep, tried on the one there is. */
static void channel_contract(void)
{
	char dir[] = "/tmp/toyon-vendor-XXXXXX";
	struct mail_way way = { .server = NULL, .outbox_dir = dir };
	struct vendor_mail m = by_mail();
	struct vendor_channel c = vendor_mail_channel(&m);
	struct vendor_notice n =
		notice(ROLE_SERVICE_PROVIDER, VENDOR_ACT_DELETE);
	struct err e = { 0 };

	CHECK(mkdtemp(dir), "a folder");
	m.way = &way;
	CHECK(c.is_contact(n.contact) && !c.is_contact(STR("by fax")),
		"contacts");
	CHECK(c.tell(c.ctx, arena, &n, &e) == 0, "%s", e.message);
	CHECK(c.tell(c.ctx, arena, &n, &e) == 0, "told twice: %s", e.message);
	n.contact = STR("by fax");
	CHECK(c.tell(c.ctx, arena, &n, &e) == -1 && e.code == ERR_INVALID,
		"not for good");
	n.contact = STR("a@b.example");
	way.outbox_dir = "/nowhere/at/all";
	CHECK(c.tell(c.ctx, arena, &n, &e) == -1 && e.code != ERR_INVALID,
		"not now: %s", e.message);
	CHECK(system(arena_fmt(arena, "test $(ls %s | wc -l) = 1 && rm -r %s%c",
		      dir, dir, 0)
			      .p) == 0,
		"the same letter");
}

static void tables(void)
{
	enum letter_kind k;
	enum vendor_role r;

	for (int i = 0; i < LETTER_KINDS; i++) {
		CHECK(letter_kind_of(
			      str_of(letter_kind_name((enum letter_kind)i)),
			      &k) &&
				(int)k == i,
			"letter %d", i);
		CHECK(*letter_kind_title((enum letter_kind)i), "letter %d", i);
	}
	CHECK(!letter_kind_of(STR("x"), &k), "no such letter");
	CHECK(vendor_role_of(STR("contractor"), &r) && r == ROLE_CONTRACTOR,
		"a role");
	CHECK(!vendor_role_of(STR("buyer"), &r), "no such role");
}

/* 11 CCR 7063(a): who asks for what, and what to do when nobody was permitted. */
static void agent_code(void)
{
	struct letter_agent_code v = { .sign = sign,
		.agent = STR("Permit Me, Inc."),
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.code = STR("482913"),
		.link = STR("https://p.example/r/delete/code?ref=K7QF-2M9X"),
		.minutes = 30 };
	struct letter_words w = letters_agent_code(arena, LANG_EN, &v);

	looks_right("agent code", &w);
	reads_easily("agent code", &w);
	CHECK(says(&w, "Permit Me, Inc. asked us, in your name, to delete"),
		"who asks for what");
	CHECK(says(&w, "482913") && says(&w, "for 30 minutes") &&
			says(&w, v.link.p),
		"the code and where it goes");
	CHECK(says(&w, "If you did not permit it, please don't enter the code"),
		"and if not");
}

static void agent_copy(bool is_copy, const char *name)
{
	struct letter_withdrawn inner = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026") };
	struct letter_words one = letters_withdrawn(arena, LANG_EN, &inner);
	struct letter_agent_copy v = { .name = { str_of(name) },
		.reference = STR("K7QF-2M9X"),
		.subject = one.subject,
		.text = one.text,
		.is_copy = is_copy };
	struct letter_words w = letters_agent_copy(arena, LANG_EN, &v);

	looks_right("agent copy", &w);
	reads_easily("agent copy", &w);
	CHECK(str_eq(w.subject, one.subject), "the same subject");
	CHECK(says(&w, unwrapped(&one).p), "the whole letter");
	CHECK(says(&w, "for Maria Gomez, as") == (*name == 'M') &&
			!says(&w, "evil"),
		"a name that is none stays out");
	CHECK(says(&w, "this is a copy for you") == is_copy, "a copy or not");
}

/* 11 CCR 7026(j): on the ground of the law, with the way to show the permission. */
static void agent_denied(void)
{
	const struct ground *g = ground_of(STR("AGENT_WITHOUT_PERMISSION"));
	struct letter_agent_denied v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.what = STR("opt out of sale and sharing"),
		.received_on = STR("November 21, 2026"),
		.ground = str_of(g->told),
		.citation = str_of(g->citation),
		.again_link = STR("https://p.example/agent"),
		.keep_until = STR("December 1, 2028") };
	struct letter_words w = letters_agent_denied(arena, LANG_EN, &v);

	looks_right("agent denied", &w);
	reads_easily("agent denied", &w);
	CHECK(says(&w, g->told) && says(&w, g->citation), "on its ground");
	CHECK(says(&w, v.again_link.p), "where to ask again");
	CHECK(says(&w, "until December 1, 2028"), "7101(a)");
}

/* What the agent hears of how it goes on is what will happen. */
static void agent_receipt(bool asks, bool has_power)
{
	struct letter_receipt v = { .sign = sign,
		.reference = STR("K7QF-2M9X"),
		.what = STR("delete the personal information we hold about "
			    "you"),
		.received_on = STR("November 21, 2026"),
		.due_on = STR("January 5, 2027"),
		.is_agent = true,
		.asks_consumer = asks,
		.has_power = has_power };
	struct letter_words w = letters_receipt(arena, LANG_EN, &v);

	looks_right("agent receipt", &w);
	reads_easily("agent receipt", &w);
	CHECK(says(&w, "We sent the person you ask for a 6-digit code") == asks,
		"a code to the consumer");
	CHECK(says(&w, "does not have to do anything") == has_power,
		"a power of attorney");
	CHECK(says(&w, "We did not get the signed permission") ==
			(!asks && !has_power),
		"what is missing");
	CHECK(!says(&w, "to this address"), "no code to the agent");
}

static void agents(void)
{
	agent_receipt(true, false);
	agent_receipt(false, true);
	agent_receipt(false, false);
	agent_code();
	for (int i = 0; i < 4; i++)
		agent_copy(
			i & 1, i & 2 ? "Maria Gomez" : "https://evil.example");
	agent_denied();
}

static void ways_of_erasing(void)
{
	for (int bits = 0; bits < 12; bits++)
		deidentified(bits & 1 ? 3 : 0,
			bits / 4 == 0   ? 0
			: bits / 4 == 1 ? 1
					: 5,
			bits & 2);
	aggregated(3, 0, "We deleted 3 records. Then we looked again");
	aggregated(3, 1,
		"One of these records went into totals before we "
		"deleted it.");
	aggregated(3, 2,
		"2 of these records went into totals before we "
		"deleted them.");
	aggregated(3, 3,
		"These records went into totals before we deleted "
		"them.");
	aggregated(1, 1, "This record went into totals before we deleted it.");
	aggregated_perhaps(3, "Some of these records may have gone into totals "
			      "before we deleted them.");
	aggregated_perhaps(1, "This record may have gone into totals before we "
			      "deleted it.");
}

int main(void)
{
	arena = arena_new(256 << 20);
	code();
	code_sms();
	code_sms_es();
	code_es();
	for (int bits = 0; bits < 16; bits++)
		receipt(bits);
	for (int told = 0; told < 4; told++)
		for (int confirmed = 0; confirmed <= told; confirmed++)
			deleted(told, confirmed, told % 2);
	for (int bits = 0; bits < 4; bits++)
		extension(bits);
	for (int how = 0; how < 4; how++)
		receipt_without_email(how);
	for (int bits = 0; bits < 16; bits++)
		package(bits);
	for (int bits = 0; bits < 16; bits++)
		package_es(bits);
	deleted_but_for_a_vendor(1);
	deleted_but_for_a_vendor(3);
	kept_some();
	some_kinds(0, 0);
	some_kinds(3, 0);
	some_kinds(0, 2);
	ways_of_erasing();
	kept_all();
	deleted_elsewhere();
	for (int systems = 1; systems < 3; systems++)
		nothing_found(systems == 1, systems);
	not_searched();
	denied();
	for (int r = ROLE_SERVICE_PROVIDER; r <= ROLE_THIRD_PARTY; r++)
		for (int act = 0; act < VENDOR_ACTS; act++)
			vendors((enum vendor_role)r, (enum vendor_act)act);
	for (int rows = 0; rows < 3; rows++)
		left_undone(rows);
	for (int rows = 0; rows < 3; rows++)
		left_there(rows);
	corrected_by_hand(false);
	corrected_by_hand(true);
	for (int n = 0; n < 3; n++)
		corrected_rows(n);
	deleted_instead(false);
	deleted_instead(true);
	health_stays(true);
	health_stays(false);
	not_corrected();
	explained(false, false);
	explained(true, true);
	not_used();
	appealed(true);
	appealed(false);
	message();
	stop_denied(false);
	stop_denied(true);
	fee();
	declaration();
	processed(true);
	processed(false);
	withdrawn(false);
	withdrawn(true);
	opt_in(false);
	opt_in(true);
	for (int l = 0; l < LANGS; l++) {
		inbox((enum lang)l, false);
		inbox((enum lang)l, true);
	}
	opt_in_spanish(false);
	opt_in_spanish(true);
	agents();
	keeper_letters();
	outage_letter();
	opt_in_minor(true);
	opt_in_minor(false);
	drop_letters();
	poor_notices();
	channel_contract();
	tables();
	arena_free(arena);
	return CHECK_DONE();
}
