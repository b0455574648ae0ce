/*
 * What looks like a number that no answer may contain (11 CCR 7024(d)), and what
 * does not: the second is as important, since each hit stops a package until a
 * person has looked.
 */
#include "connect/lookalike.h"

#include <string.h>

#include "base/arena.h"
#include "base/base.h"
#include "check.h"
#include "law/category.h"

#define B(NAME) LOOKALIKE_BIT(LOOKALIKE_##NAME)

struct value {
	const char *why;
	const char *name; /* of the column */
	const char *value;
	unsigned is;
};

static const struct value values[] = {
	{ "nothing", "", "", 0 },
	{ "words", "", "Called about a loan, will call back on Monday.", 0 },
	/* SSN */
	{ "as people write it", "", "123-45-6789", B(SSN) },
	{ "with blanks", "", "ssn 123 45 6789", B(SSN) },
	{ "in a note", "note", "his number is 123-45-6789, he said", B(SSN) },
	{ "behind a date", "", "2026-11-21 123-45-6789", B(SSN) },
	{ "behind a date with the same separator", "", "2026-11-21-123-45-6789",
		B(SSN) },
	{ "nine digits where the word stands", "", "Social Security: 123456789",
		B(SSN) },
	{ "nine digits in a column of that name", "customer_ssn", "123456789",
		B(SSN) },
	{ "nine digits that are a ZIP code", "zip", "946071234", 0 },
	{ "a ZIP code with four more", "zip", "94607-1234", 0 },
	{ "className is no word for it", "className", "123456789", 0 },
	{ "an area never given out", "", "000-45-6789", 0 },
	{ "the area of a film's devil", "", "666-45-6789", 0 },
	{ "no group", "", "123-00-6789", 0 },
	{ "no serial", "", "123-45-0000", 0 },
	{ "a telephone number", "phone", "916-555-0142", 0 },
	{ "part of a longer word", "", "x123-45-6789", 0 },
	{ "a digit too many", "", "123-45-67890", 0 },
	{ "a version", "", "1.2.3.4", 0 },
	{ "an address", "ip", "192.168.10.14", 0 },
	/* other numbers of the State and the Union */
	{ "taxpayer number", "", "912-70-1234", B(TAX_ID) },
	{ "a middle not given out", "", "912-69-1234", 0 },
	{ "a license alone", "", "A1234567", B(LICENSE) },
	{ "a license in a text", "", "license A1234567 seen", B(LICENSE) },
	{ "a license named by its column", "driver_no", "held: A1234567",
		B(LICENSE) },
	{ "an order in a text", "", "order A1234567 shipped", 0 },
	{ "passport", "passport_no", "512345678", B(PASSPORT) },
	{ "passport in a text", "", "Passport C01234567", B(PASSPORT) },
	{ "the same digits without the word", "", "C01234567", 0 },
	/* cards: the test numbers that processors publish */
	{ "Visa", "", "4111111111111111", B(CARD) },
	{ "in fours", "", "4111 1111 1111 1111", B(CARD) },
	{ "with hyphens", "", "paid 4111-1111-1111-1111 ok", B(CARD) },
	{ "behind a date", "", "2026-11-21 4111111111111111", B(CARD) },
	{ "Mastercard", "", "5555555555554444", B(CARD) },
	{ "a new Mastercard", "", "2223003122003222", B(CARD) },
	{ "American Express, 4-6-5", "", "3782 822463 10005", B(CARD) },
	{ "Discover", "", "6011111111111117", B(CARD) },
	{ "Diners", "", "30569309025904", B(CARD) },
	{ "one digit off", "", "4111111111111112", 0 },
	{ "no card begins so", "", "1111111111111117", 0 },
	{ "milliseconds since 1970", "", "1763700000000", 0 },
	{ "a part of a longer number", "", "41111111111111110000001", 0 },
	{ "letters right behind", "", "4111111111111111x", 0 },
	/* accounts */
	{ "IBAN", "", "GB82WEST12345698765432", B(IBAN) },
	{ "IBAN in fours", "", "to GB82 WEST 1234 5698 7654 32 please",
		B(IBAN) },
	{ "IBAN, one digit off", "", "GB82WEST12345698765433", 0 },
	{ "account", "", "bank account 000123456789", B(BANK) },
	{ "routing number by its column", "routing_number", "121000358",
		B(BANK) },
	{ "an account with the business", "", "account 000123456789", 0 },
	/* health */
	{ "Medicare", "", "1EG4TE5MK73", B(MEDICARE) },
	{ "eleven others", "", "1SG4TE5MK73", 0 },
	{ "MRN", "", "MRN 0048213", B(MEDICAL) },
	{ "a number without it", "", "ref 0048213", 0 },
	/* words */
	{ "bcrypt", "",
		"$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
		B(PASSWORD) },
	{ "Argon2", "h", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
		B(PASSWORD) },
	{ "told in a note", "", "Password: hunter2", B(PASSWORD) },
	{ "a reset", "", "asked for a password reset", 0 },
	{ "any value of a column of that name", "user_password", "x",
		B(PASSWORD) },
	{ "a null there", "user_password", "", 0 },
	{ "a question", "", "Mother's maiden name?", B(SECURITY_ANSWER) },
	{ "a column of answers", "security_answer", "Rex", B(SECURITY_ANSWER) },
	{ "a faceprint", "faceprint", "0a1b", B(BIOMETRIC) },
	/* two at once */
	{ "both", "", "123-45-6789 and 4111111111111111", B(SSN) | B(CARD) },
};

static void each_value(void)
{
	for (size_t i = 0; i < COUNTOF(values); i++) {
		const struct value *v = &values[i];
		unsigned is = lookalikes_in(str_of(v->value), str_of(v->name));

		CHECK(is == v->is, "%s: %x, not %x", v->why, is, v->is);
	}
}

/* Bytes that are no text, and values of any length. */
static void odd_values(void)
{
	static const char nul[] = "ab\0"
				  "123-45-6789\0";
	static const char minutiae[] = "FMR\0 20\0";
	struct arena *a = arena_new(64 << 20);
	size_t n = 20 << 20;
	char *big = arena_alloc(a, n);

	CHECK(lookalikes_in((str){ nul, sizeof nul - 1 }, STR("")) == B(SSN),
		"behind a NUL");
	CHECK(lookalikes_in((str){ minutiae, sizeof minutiae - 1 }, STR("")) ==
			B(BIOMETRIC),
		"fingerprints as ISO/IEC 19794-2 begins them");
	CHECK(!lookalikes_in(STR("\xff\xfe\x80"), STR("\xff")), "no UTF-8");
	memset(big, '7', n);
	CHECK(!lookalikes_in((str){ big, n }, STR("")), "20 MiB of digits");
	memset(big, ' ', n);
	memcpy(big + n - 11, "123-45-6789", 11);
	CHECK(lookalikes_in((str){ big, n }, STR("")) == B(SSN),
		"at the end of 20 MiB");
	arena_free(a);
}

/* A kind without a class of the law could stop nothing. */
static void every_kind_has_its_class(void)
{
	for (int i = 0; i < LOOKALIKES; i++) {
		const struct lookalike_row *r =
			lookalike_row((enum lookalike)i);

		CHECK(never_disclose_of(str_of(r->never)), "%s", r->code);
	}
}

/* A column that is called so is marked or cleared, in whatever way its name is
 * put together; what only begins so is neither. */
static void by_name(void)
{
	static const struct {
		const char *name;
		unsigned is;
	} names[] = {
		{ "ssn", B(SSN) },
		{ "customer_ssn", B(SSN) },
		{ "last4SSN", B(SSN) },
		{ "SocialSecurityNumber", B(SSN) },
		{ "className", 0 },
		{ "tax_id", B(TAX_ID) },
		{ "TIN", B(TAX_ID) },
		{ "tint_color", 0 },
		{ "driversLicense", B(LICENSE) },
		{ "military_id", B(LICENSE) },
		{ "creditCard", B(CARD) },
		{ "card_no", B(CARD) },
		{ "card_notes", 0 },
		{ "cvv", B(CARD) },
		{ "pan", B(CARD) },
		{ "panel", 0 },
		{ "bankAccount", B(BANK) },
		{ "health_insurance_id", B(MEDICAL) },
		{ "userPassword", B(PASSWORD) },
		{ "pwd", B(PASSWORD) },
		{ "pin", B(PASSWORD) },
		{ "shipping", 0 },
		{ "secretAnswer", B(SECURITY_ANSWER) },
		{ "mothers_maiden_name", B(SECURITY_ANSWER) },
		{ "fingerprint", B(BIOMETRIC) },
		{ "voice_print", B(BIOMETRIC) },
		{ "email", 0 },
	};

	for (size_t i = 0; i < COUNTOF(names); i++) {
		unsigned is = lookalikes_named(str_of(names[i].name));

		CHECK(is == names[i].is, "%s: %x, not %x", names[i].name, is,
			names[i].is);
	}
}

int main(void)
{
	by_name();
	each_value();
	odd_values();
	every_kind_has_its_class();
	return CHECK_DONE();
}
