/*
 * Standardizing, hashing and keying of identifiers.  The State's published
 * vectors for DROP are all here; ours have a reason each.
 */
#include "ident/ident.h"

#include "base/base.h"
#include "base/enc.h"
#include "base/rand.h"
#include "check.h"
#include "ident/drop_kind.h"
#include "ident/key.h"
#include "ident/round.h"

static str text_of(const struct ident *id)
{
	return (str){ id->text, id->n };
}

static const struct {
	const char *why;
	enum ident_kind kind;
	const char *raw;
	const char *text; /* NULL: no key, because of fault */
	enum ident_fault fault;
} ours[] = {
	{ "as it should be", IDENT_EMAIL, "bob@example.com", "bob@example.com",
		IDENT_FAULT_NONE },
	{ "upper case, blanks around", IDENT_EMAIL, "  Bob@Example.COM\t",
		"bob@example.com", IDENT_FAULT_NONE },
	{ "NBSP and a zero-width space around", IDENT_EMAIL,
		"\xc2\xa0"
		"bob@example.com\xe2\x80\x8b",
		"bob@example.com", IDENT_FAULT_NONE },
	{ "dots and tags stay", IDENT_EMAIL, "b.o.b+x@gmail.com",
		"b.o.b+x@gmail.com", IDENT_FAULT_NONE },
	{ "a link", IDENT_EMAIL, "MAILTO:bob@example.com", "bob@example.com",
		IDENT_FAULT_NONE },
	{ "as mail programs write it", IDENT_EMAIL, "Bob B. <bob@example.com>",
		"bob@example.com", IDENT_FAULT_NONE },
	{ "a root dot", IDENT_EMAIL, "bob@example.com.", "bob@example.com",
		IDENT_FAULT_NONE },
	{ "an IDN to its A-label", IDENT_EMAIL,
		"a@b\xc3\xbc"
		"cher.example",
		"a@xn--bcher-kva.example", IDENT_FAULT_NONE },
	{ "the same, decomposed and upper case", IDENT_EMAIL,
		"A@BU\xcc\x88"
		"CHER.example",
		"a@xn--bcher-kva.example", IDENT_FAULT_NONE },
	{ "sharp s is a letter of its own (non-transitional)", IDENT_EMAIL,
		"a@fa\xc3\x9f.de", "a@xn--fa-hia.de", IDENT_FAULT_NONE },
	{ "an ideographic full stop", IDENT_EMAIL,
		"a@\xe4\xbe\x8b\xe3\x80\x82jp", "a@xn--fsq.jp",
		IDENT_FAULT_NONE },
	{ "an A-label is taken as it is", IDENT_EMAIL,
		"a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example",
		IDENT_FAULT_NONE },
	{ "a mailbox in another script, lower-cased", IDENT_EMAIL,
		"\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd@example.com",
		"\xd0\xb8\xd0\xb2\xd0\xb0\xd0\xbd@example.com",
		IDENT_FAULT_NONE },
	{ "composed and decomposed are one", IDENT_EMAIL,
		"Jose\xcc\x81@example.com", "jos\xc3\xa9@example.com",
		IDENT_FAULT_NONE },
	{ "an underscore in a host name happens", IDENT_EMAIL,
		"a@my_host.example", "a@my_host.example", IDENT_FAULT_NONE },
	{ "nothing", IDENT_EMAIL, "", NULL, IDENT_FAULT_EMPTY },
	{ "blanks", IDENT_EMAIL, " \t\xc2\xa0", NULL, IDENT_FAULT_EMPTY },
	{ "a placeholder", IDENT_EMAIL, "n/a", NULL, IDENT_FAULT_AT },
	{ "two addresses", IDENT_EMAIL, "a@b.com, c@d.com", NULL,
		IDENT_FAULT_AT },
	{ "no mailbox", IDENT_EMAIL, "@example.com", NULL,
		IDENT_FAULT_MAILBOX },
	{ "a blank inside", IDENT_EMAIL, "bob smith@example.com", NULL,
		IDENT_FAULT_MAILBOX },
	{ "an invisible letter inside", IDENT_EMAIL,
		"bo\xe2\x80\x8d"
		"b@example.com",
		NULL, IDENT_FAULT_MAILBOX },
	{ "one label", IDENT_EMAIL, "bob@localhost", NULL, IDENT_FAULT_DOMAIN },
	{ "no domain", IDENT_EMAIL, "bob@", NULL, IDENT_FAULT_DOMAIN },
	{ "two dots", IDENT_EMAIL, "bob@example..com", NULL,
		IDENT_FAULT_DOMAIN },
	{ "a hyphen at the end of a label", IDENT_EMAIL, "bob@example-.com",
		NULL, IDENT_FAULT_DOMAIN },
	{ "an address literal", IDENT_EMAIL, "bob@[192.0.2.1]", NULL,
		IDENT_FAULT_DOMAIN },
	{ "not UTF-8", IDENT_EMAIL, "b\xffob@example.com", NULL,
		IDENT_FAULT_ENCODING },

	{ "as numbers are written", IDENT_PHONE, "(415) 555-9317", "4155559317",
		IDENT_FAULT_NONE },
	{ "dots", IDENT_PHONE, "415.555.9317", "4155559317", IDENT_FAULT_NONE },
	{ "bare", IDENT_PHONE, "4155559317", "4155559317", IDENT_FAULT_NONE },
	{ "E.164", IDENT_PHONE, "+14155559317", "4155559317",
		IDENT_FAULT_NONE },
	{ "a trunk 1", IDENT_PHONE, "1-415-555-9317", "4155559317",
		IDENT_FAULT_NONE },
	{ "+1 in brackets", IDENT_PHONE, "(+1) 415 555 9317", "4155559317",
		IDENT_FAULT_NONE },
	{ "the US from abroad", IDENT_PHONE, "001 415 555 9317", "4155559317",
		IDENT_FAULT_NONE },
	{ "the exit code and the country", IDENT_PHONE, "011 1 415 555 9317",
		"4155559317", IDENT_FAULT_NONE },
	{ "an extension", IDENT_PHONE, "415-555-9317 x123", "4155559317",
		IDENT_FAULT_NONE },
	{ "an extension in words", IDENT_PHONE, "415-555-9317 Ext. 9",
		"4155559317", IDENT_FAULT_NONE },
	{ "an extension with a hash", IDENT_PHONE, "(415) 555-9317 #12",
		"4155559317", IDENT_FAULT_NONE },
	{ "a tel URI", IDENT_PHONE, "tel:+1-415-555-9317;ext=12", "4155559317",
		IDENT_FAULT_NONE },
	{ "a label", IDENT_PHONE, "Cell: 415 555 9317", "4155559317",
		IDENT_FAULT_NONE },
	{ "a word behind", IDENT_PHONE, "415 555 9317 (home)", "4155559317",
		IDENT_FAULT_NONE },
	{ "an en dash and an NBSP", IDENT_PHONE,
		"(415)\xc2\xa0"
		"555\xe2\x80\x93"
		"9317",
		"4155559317", IDENT_FAULT_NONE },
	{ "full-width digits", IDENT_PHONE,
		"\xef\xbc\x94\xef\xbc\x91\xef\xbc\x95"
		"5559317",
		"4155559317", IDENT_FAULT_NONE },
	{ "numbers of films are numbers", IDENT_PHONE, "(555) 123-4567",
		"5551234567", IDENT_FAULT_NONE },
	{ "seven digits", IDENT_PHONE, "555-9317", NULL, IDENT_FAULT_DIGITS },
	{ "two numbers", IDENT_PHONE, "4155559317, 4155559318", NULL,
		IDENT_FAULT_DIGITS },
	{ "nine digits after the 1", IDENT_PHONE, "1415555931", NULL,
		IDENT_FAULT_NANP },
	{ "an area code with 0", IDENT_PHONE, "0415555931", NULL,
		IDENT_FAULT_NANP },
	{ "a form's way to say none", IDENT_PHONE, "999-999-9999", NULL,
		IDENT_FAULT_NANP },
	{ "another country", IDENT_PHONE, "+44 20 7946 0958", NULL,
		IDENT_FAULT_FOREIGN },
	{ "ten digits after a plus: Switzerland", IDENT_PHONE, "+4155559317",
		NULL, IDENT_FAULT_FOREIGN },
	{ "no digits", IDENT_PHONE, "unknown", NULL, IDENT_FAULT_DIGITS },

	{ "a MAID in a GUID's clothes", IDENT_MAID,
		"{A3F1C2D4-5678-90AB-CDEF-1234567890AB}",
		"a3f1c2d4567890abcdef1234567890ab", IDENT_FAULT_NONE },
	{ "limited tracking", IDENT_MAID,
		"00000000-0000-0000-0000-000000000000", NULL,
		IDENT_FAULT_EMPTY },
	{ "a letter that is no hex", IDENT_MAID,
		"a3f1c2d4567890abcdef1234567890abz", NULL, IDENT_FAULT_HEX },
	{ "31 digits", IDENT_MAID, "3f1c2d4567890abcdef1234567890ab", NULL,
		IDENT_FAULT_HEX },
	{ "16 letters", IDENT_VIN, "HGCM82633A004352", NULL,
		IDENT_FAULT_LENGTH },
	{ "case differs in account numbers", IDENT_ACCOUNT, " Ab-12 ", "Ab-12",
		IDENT_FAULT_NONE },
	{ "an MD5 in upper case", IDENT_EMAIL_MD5,
		"4B9BB80620F03EB3719E0A061C14283D",
		"4b9bb80620f03eb3719e0a061c14283d", IDENT_FAULT_NONE },
	{ "the MD5 is made of an address", IDENT_EMAIL_MD5, "BOB@example.com ",
		"4b9bb80620f03eb3719e0a061c14283d", IDENT_FAULT_NONE },
	{ "a part is missing", IDENT_NDZ, "Ann||1985-07-04|91790", NULL,
		IDENT_FAULT_PARTS },
	{ "too few parts", IDENT_NDZ, "Ann|Lee", NULL, IDENT_FAULT_PARTS },
	{ "too many parts", IDENT_NAME_ZIP, "a|b|c|d", NULL,
		IDENT_FAULT_PARTS },
	{ "a date of two readings", IDENT_NDZ, "Ann|Lee|1/2/85|91790", NULL,
		IDENT_FAULT_DATE },
};

static void toyon_1(void)
{
	for (size_t i = 0; i < COUNTOF(ours); i++) {
		struct ident id;
		enum ident_fault f = ident_read(
			&id, IDENT_TOYON_1, ours[i].kind, str_of(ours[i].raw));

		CHECK(f == ours[i].fault, "%s: %s", ours[i].why,
			ident_fault_name(f));
		if (!f && ours[i].text)
			CHECK(str_eq(text_of(&id), str_of(ours[i].text)),
				"%s: got %.*s", ours[i].why,
				STR_ARG(text_of(&id)));
	}
}

/* What is standardized stays as it is when standardized again. */
static void idempotent(void)
{
	for (size_t i = 0; i < COUNTOF(ours); i++) {
		struct ident id, again;

		if (!ours[i].text)
			continue;
		ident_read(
			&id, IDENT_TOYON_1, ours[i].kind, str_of(ours[i].raw));
		CHECK(!ident_read(&again, IDENT_TOYON_1, ours[i].kind,
			      text_of(&id)) &&
				str_eq(text_of(&id), text_of(&again)),
			"%s", ours[i].why);
	}
}

/* Published by the agency with version 1.2.0. */
static const struct {
	enum ident_kind kind;
	const char *raw;
	const char *text; /* NULL: a composite */
	const char *hash;
} drop[] = {
	{ IDENT_EMAIL, "Anna.Smith@Domain.com", "anna.smith@domain.com",
		"KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhE=" },
	{ IDENT_EMAIL, "danielle.johnson12@example.com",
		"danielle.johnson12@example.com",
		"mKDnDvwF2inxrKcK1hJN2TRkxPfL6kzNNTtU12eH8Bw=" },
	{ IDENT_EMAIL, " Anna. Smith@Domain.com\t", "anna.smith@domain.com",
		"KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhE=" },
	{ IDENT_PHONE, "+1(415)555-9317", "4155559317",
		"vGM7y5n+hBXRSEAklhHDPCbysyNgYTmXdMcagGUOY8E=" },
	{ IDENT_PHONE, "+84(90)123 4567", "4901234567",
		"ptzVkgbv9DonwvPCHmXmJ2SEOaolSh37z3ZzY/Gmm+U=" },
	{ IDENT_PHONE, "+354(123)4567", "3541234567",
		"Btrzydf5K6ALAKKXJGFHSx7u5bDzHC9WlVYtpq1n2rY=" },
	{ IDENT_MAID, "a3f1c2d4-5678-90ab-cdef-1234567890ab",
		"a3f1c2d4567890abcdef1234567890ab",
		"250KY6lOgzYUB3EHrkbDCE2kMEZQE69SF38muhoDudI=" },
	{ IDENT_VIN, "1HGCM82633A004352", "1hgcm82633a004352",
		"iNswy1m+0VSt8jAfFrvaiQ1R/0HAbgSwNGkwqo6QBss=" },
	{ IDENT_CTVID, "SmartTV_9F8E7D6C", "smarttv9f8e7d6c",
		"d9fxuTIrKksBXYDlaWsvQbcyUUfCbUx7v78gd+KP+tc=" },
	{ IDENT_NDZ, "Danielle|Johnson|July 4, 1985|91790", NULL,
		"PQOfn1RffEKmqMmNAzDKKaoZCwxWbQZkQzPWmQo9REA=" },
	{ IDENT_NDZ, "Danielle|Johnson|1985-07-04|91790-3771", NULL,
		"PQOfn1RffEKmqMmNAzDKKaoZCwxWbQZkQzPWmQo9REA=" },
	{ IDENT_NAME_VIN, "Eve|Genesis|1HGCM82633A004352", NULL,
		"rtnDuXIe63jXYQQXW5r07GJ7lSsrib8+46QuKFwkOmk=" },
};

static void drop_1_2_0(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(drop); i++) {
		struct ident id;
		uint8_t digest[SHA256_SIZE], read[SHA256_SIZE];
		enum ident_fault f = ident_read(&id, IDENT_DROP_1_2_0,
			drop[i].kind, str_of(drop[i].raw));

		CHECK(!f, "%s: %s", drop[i].raw, ident_fault_name(f));
		if (f)
			continue;
		if (drop[i].text)
			CHECK(str_eq(text_of(&id), str_of(drop[i].text)),
				"%s: got %.*s", drop[i].raw,
				STR_ARG(text_of(&id)));
		ident_digest(&id, digest);
		CHECK(str_eq(base64_of(a, digest, sizeof digest),
			      str_of(drop[i].hash)),
			"%s", drop[i].raw);
		CHECK(ident_hash_read(str_of(drop[i].hash), read) &&
				!memcmp(read, digest, sizeof read),
			"%s: the hash is read", drop[i].raw);
	}
}

/*
 * Names, dates and ZIP codes are parts only; each row's hash stands where it
 * must in the text of a composite.  From the agency and from the rule's table.
 */
static const struct {
	const char *why;
	size_t part; /* of ndz */
	const char *raw;
	const char *standard; /* NULL: no key */
} parts[] = {
	{ "published", 0, "Juan Pablo", "juanpablo" },
	{ "published", 1, "Martinez", "martinez" },
	{ "published", 2, "July 4, 1776", "17760704" },
	{ "published", 3, "91790-3771", "91790" },
	{ "published", 3, "M1B 1A1", "m1b1a" },
	{ "published", 3, " 00712345", "71234" },
	{ "published", 3, " 00300-9999", "300" },
	{ "an apostrophe and a hyphen go", 1, "O'Neil-Smith", "oneilsmith" },
	{ "accents fold", 0, "Jos\xc3\xa9", "jose" },
	{ "the same, decomposed", 0, "Jose\xcc\x81", "jose" },
	{ "sharp s", 1, "Wei\xc3\x9f", "weiss" },
	{ "stroke", 1, "\xc3\x98st\xc3\xa5s", "ostas" },
	{ "Polish l", 1, "\xc5\x81uk", "luk" },
	{ "Greek with an accent", 0, "\xce\x86\xce\xbd\xce\xbd\xce\xb1",
		"anna" },
	{ "Greek without digraphs", 0, "\xce\xb8\xce\xbf\xcf\x85", "thoy" },
	{ "a mark that belongs to the letter", 1,
		"\xd0\xa1\xd0\xb5\xd1\x80\xd0\xb3\xd0\xb5\xd0\xb9", "sergey" },
	{ "and the same decomposed", 1,
		"\xd0\xa1\xd0\xb5\xd1\x80\xd0\xb3\xd0\xb5\xd0\xb8\xcc\x86",
		"sergey" },
	{ "hard and soft sign fall", 1,
		"\xd0\x9e\xd0\xbb\xd1\x8c\xd0\xb3\xd0\xb0", "olga" },
	{ "Han stays", 1, "\xe7\x8e\x8b", "\xe7\x8e\x8b" },
	{ "Hangul as jamo", 1, "\xea\xb9\x80",
		"\xe1\x84\x80\xe1\x85\xb5\xe1\x86\xb7" },
	{ "no letter", 0, "--", NULL },
	{ "ISO", 2, "1985-07-04", "19850704" },
	{ "with a time", 2, "1985-07-04T00:00:00Z", "19850704" },
	{ "eight digits", 2, "19850704", "19850704" },
	{ "month first", 2, "7/4/1985", "19850704" },
	{ "day and month in words", 2, "4 Jul 1985", "19850704" },
	{ "an ordinal", 2, "July 4th, 1985", "19850704" },
	{ "no month 13", 2, "13/04/1985", NULL },
	{ "a leap day", 2, "2000-02-29", "20000229" },
	{ "and none", 2, "1900-02-29", NULL },
	{ "two digits for a year", 2, "7/4/85", NULL },
	{ "a fourth number", 2, "7/4/1985 12", NULL },
	{ "nine digits without a hyphen", 3, "003009999", "30099" },
	{ "a foreign hyphen", 3, "K1A-0B1", "k1a0b" },
	{ "New England", 3, "02139", "2139" },
	/* Taken for one number it would be 21391. */
	{ "blanks around the hyphen of four more", 3, "02139 - 1234", "2139" },
	{ "a blank before it", 3, "00501 -1234", "501" },
	{ "nothing before it", 3, "-1234", "1234" },
	{ "only zeros", 3, "00000", NULL },
};

static void composite_parts(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(parts); i++) {
		str p[4] = { STR("a"), STR("b"), STR("2000-01-01"), STR("9") };
		struct ident id;
		enum ident_fault f;
		uint8_t digest[SHA256_SIZE];
		str got;

		p[parts[i].part] = str_of(parts[i].raw);
		f = ident_read_parts(&id, IDENT_DROP_1_2_0, IDENT_NDZ, p, 4);
		CHECK(!f == !!parts[i].standard, "%s: %s", parts[i].why,
			ident_fault_name(f));
		if (f || !parts[i].standard)
			continue;
		sha256(str_of(parts[i].standard), digest);
		got = str_head(str_from(text_of(&id), 44 * parts[i].part), 44);
		CHECK(str_eq(got, base64_of(a, digest, sizeof digest)),
			"%s: %s", parts[i].why, parts[i].raw);
		CHECK(id.n == 4 * 44, "%s: four hashes", parts[i].why);
	}
}

static void addresses(void)
{
	static const struct {
		const char *why, *one, *other;
		bool same;
	} cases[] = {
		{ "street words", "12 North Main Street, Apartment 5",
			"12 N. Main St Apt 5", true },
		{ "a number sign", "12 N Main St #5", "12 N Main St Unit 5",
			true },
		{ "both", "12 N Main St Apt #5", "12 N Main St Apt 5", true },
		{ "another flat", "12 N Main St Apt 5", "12 N Main St Apt 6",
			false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct ident x, y;
		str p[4] = { STR("Ann"), STR("Lee"), str_of(cases[i].one),
			STR("91790") };

		CHECK(!ident_read_parts(
			      &x, IDENT_TOYON_1, IDENT_NAME_ADDRESS, p, 4),
			"%s", cases[i].why);
		p[2] = str_of(cases[i].other);
		CHECK(!ident_read_parts(
			      &y, IDENT_TOYON_1, IDENT_NAME_ADDRESS, p, 4),
			"%s", cases[i].why);
		CHECK(str_eq(text_of(&x), text_of(&y)) == cases[i].same, "%s",
			cases[i].why);
	}
}

static void limits(void)
{
	char raw[IDENT_RAW_MAX + 2];
	struct ident id;

	memset(raw, 'a', sizeof raw);
	memcpy(raw + 64, "@example.com", 12);
	CHECK(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, (str){ raw, 76 }),
		"a mailbox of 64");
	CHECK(ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL,
		      (str){ raw, IDENT_RAW_MAX + 1 }) == IDENT_FAULT_LONG,
		"over the limit");
	memset(raw, 'a', sizeof raw);
	memcpy(raw + 65, "@example.com", 12);
	CHECK(ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, (str){ raw, 77 }) ==
			IDENT_FAULT_MAILBOX,
		"a mailbox of 65");
	memset(raw, '1', sizeof raw);
	CHECK(ident_read(&id, IDENT_TOYON_1, IDENT_ACCOUNT,
		      (str){ raw, 200 }) == IDENT_FAULT_NONE,
		"200 bytes");
	CHECK(ident_read(&id, IDENT_TOYON_1, IDENT_ACCOUNT,
		      (str){ raw, 201 }) == IDENT_FAULT_LONG,
		"201 bytes");
	memset(raw, '5', sizeof raw);
	CHECK(ident_read(&id, IDENT_TOYON_1, IDENT_PHONE,
		      (str){ raw, IDENT_RAW_MAX }) == IDENT_FAULT_DIGITS,
		"a phone number of 1,024 digits");
}

static void hashed(void)
{
	static const char *const forms[] = {
		("280d7c313fe987a207623cd3f73c044f24834"
		 "32bd287ced8ba8481a4e42d9211"),
		("280D7C313FE987A207623CD3F73C044F24834"
		 "32BD287CED8BA8481A4E42D9211"),
		" KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhE=\r",
		"Anna.Smith@Domain.com",
	};
	static const char *const wrong[] = {
		"KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhF=", /* not canonical */
		("280d7c313fe987a207623cd3f73c044f24834"
		 "32bd287ced8ba8481a4e42d921"),
		"",
	};
	uint8_t first[SHA256_SIZE], d[SHA256_SIZE];

	CHECK(!ident_digest_of(
		      IDENT_TOYON_1, IDENT_EMAIL, str_of(forms[0]), first),
		"hex");
	for (size_t i = 1; i < COUNTOF(forms); i++)
		CHECK(!ident_digest_of(IDENT_TOYON_1, IDENT_EMAIL,
			      str_of(forms[i]), d) &&
				!memcmp(first, d, sizeof d),
			"form %zu", i);
	for (size_t i = 0; i < COUNTOF(wrong); i++)
		CHECK(ident_digest_of(IDENT_TOYON_1, IDENT_EMAIL,
			      str_of(wrong[i]), d) != IDENT_FAULT_NONE,
			"no hash %zu", i);
	CHECK(ident_digest_of(IDENT_TOYON_1, IDENT_EMAIL,
		      STR("e3b0c44298fc1c149afbf4c8996fb924"
			  "27ae41e4649b934ca495991b7852b855"),
		      d) == IDENT_FAULT_EMPTY,
		"the hash of nothing names nobody");
	CHECK(!ident_digest_of(
		      IDENT_TOYON_1, IDENT_ACCOUNT, str_of(forms[0]), d) &&
			memcmp(first, d, sizeof d),
		"an account number may look like a hash");
}

static void keys(void)
{
	enum { MANY = 37 };
	static uint8_t digest[MANY * SHA256_SIZE], fast[MANY * IDENT_KEY_SIZE],
		slow[MANY * IDENT_KEY_SIZE], back[SHA256_SIZE];
	static struct ident_keyring best, plain, other, narrow;
	uint8_t secret[IDENT_SECRET_SIZE] = { 1, 2, 3 };

	ident_keyring_init(&best, secret, CPU_BEST);
	ident_keyring_init(&plain, secret, CPU_PORTABLE);
	narrow = best;
	narrow.has_vaes = false;
	secret[31] ^= 1;
	ident_keyring_init(&other, secret, CPU_BEST);
	for (size_t i = 0; i < sizeof digest; i++)
		digest[i] = (uint8_t)(i * 7 + i / 32);
	for (size_t n = 0; n <= MANY; n++) {
		memset(fast, 0, sizeof fast);
		memset(slow, 0, sizeof slow);
		ident_key_batch(&best, IDENT_EMAIL, digest, n, fast);
		ident_key_batch(&plain, IDENT_EMAIL, digest, n, slow);
		CHECK(!memcmp(fast, slow, sizeof fast), "%zu keys", n);
		memset(fast, 0, sizeof fast);
		ident_key_batch(&narrow, IDENT_EMAIL, digest, n, fast);
		CHECK(!memcmp(fast, slow, sizeof fast), "%zu, narrow", n);
		memcpy(fast, digest, sizeof fast);
		ident_key_batch(&best, IDENT_EMAIL, fast, n, fast);
		CHECK(!memcmp(fast, slow, n * IDENT_KEY_SIZE) &&
				!memcmp(fast + n * IDENT_KEY_SIZE,
					digest + n * IDENT_KEY_SIZE,
					(MANY - n) * IDENT_KEY_SIZE),
			"%zu in place, and no byte behind them", n);
	}
	for (size_t i = 0; i < MANY; i++) {
		ident_unkey(&best, IDENT_EMAIL, fast + i * 32, back);
		CHECK(!memcmp(back, digest + i * 32, 32), "digest %zu", i);
	}
	ident_key(&best, IDENT_PHONE, digest, slow);
	CHECK(memcmp(slow, fast, 16) && memcmp(slow + 16, fast + 16, 16),
		"another kind, another key");
	ident_key(&other, IDENT_EMAIL, digest, slow);
	CHECK(memcmp(slow, fast, 16) && memcmp(slow + 16, fast + 16, 16),
		"another installation, another key");
	CHECK(memcmp(best.fingerprint, other.fingerprint,
		      sizeof best.fingerprint) &&
			!memcmp(best.fingerprint, plain.fingerprint,
				sizeof best.fingerprint),
		"the fingerprint names the secret");
}

/* Usual, hashed, unusual, unreadable and empty ones in every mixture. */
static int round_differs(
	enum cpu_path cpu, enum ident_kind kind, const str *value, size_t n)
{
	struct ident_round r;
	int wrong = 0;

	memset(&r, 0xee, sizeof r);
	ident_round_start(&r, cpu, kind);
	for (size_t i = 0; i < n; i++)
		ident_round_add(&r, value[i]);
	ident_round_finish(&r);
	for (size_t i = 0; i < n; i++) {
		uint8_t want[SHA256_SIZE] = { 0 };
		enum ident_fault f =
			ident_digest_of(IDENT_TOYON_1, kind, value[i], want);

		if (f)
			memset(want, 0, sizeof want);
		wrong += r.fault[i] != f ||
			 memcmp(want, r.digest + i * SHA256_SIZE,
				 sizeof want) != 0;
	}
	return wrong + (r.n != n);
}

static void rounds(void)
{
	static const str values[] = { STR_INIT("bob@example.com"),
		STR_INIT(" Bob@Example.COM\t"), STR_INIT("+1 (415) 555-9317"),
		STR_INIT("b\xc3\xb6"
			 "b@example.com"),
		STR_INIT("bob"), STR_INIT(""), { NULL, 0 }, STR_INIT("   "),
		STR_INIT("5ff860bf1190596c7188ab851db691f0f3169c453936e9e1eba2"
			 "f9a47f7a0018"),
		STR_INIT("a-rather-long-mailbox-of-more-than-fifty-five-bytes"
			 "@example.com") };
	static const size_t sizes[] = { 0, 1, 3, 4, 17, 64, IDENT_ROUND };
	str value[IDENT_ROUND];
	struct rng rng = { 21 };

	for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++)
		for (size_t k = 0; k < 100 * COUNTOF(sizes); k++) {
			size_t n = sizes[k % COUNTOF(sizes)];
			size_t most =
				k < 2 * COUNTOF(sizes) ? 1 : COUNTOF(values);

			for (size_t i = 0; i < n; i++)
				value[i] = values[rng_below(&rng, most)];
			if (cpu_path_runs((enum cpu_path)p))
				CHECK(!round_differs((enum cpu_path)p,
					      k & 1 ? IDENT_PHONE : IDENT_EMAIL,
					      value, n),
					"%s, %zu values",
					cpu_path_name((enum cpu_path)p), n);
		}
}

/* A change of the derivation would lose every record made before. */
static void key_is_frozen(struct arena *a)
{
	static struct ident_keyring k;
	uint8_t secret[IDENT_SECRET_SIZE], key[IDENT_KEY_SIZE];

	for (size_t i = 0; i < sizeof secret; i++)
		secret[i] = (uint8_t)i;
	ident_keyring_init(&k, secret, CPU_BEST);
	CHECK(!ident_key_of(&k, IDENT_EMAIL, STR("Anna.Smith@Domain.com"), key),
		"a key");
	CHECK(str_eq(hex_of(a, key, sizeof key),
		      STR("4ab1b2bf3323c1de52a57275033613e8"
			  "3e5a7916a681aa7219ef5ac27a15fc10")),
		"%.*s", STR_ARG(hex_of(a, key, sizeof key)));
	CHECK(str_eq(hex_of(a, k.fingerprint, sizeof k.fingerprint),
		      STR("7fcb1571ba3b0c94b17285e05ebb8ffb")),
		"%.*s",
		STR_ARG(hex_of(a, k.fingerprint, sizeof k.fingerprint)));
}

/* What the kinds read is compared with the rules in drop_1_2_0(). */
static void drop_kinds(void)
{
	static const struct {
		const char *name;
		size_t parts;
	} all[] = { { "email", 1 }, { "phone", 1 }, { "first", 1 },
		{ "last", 1 }, { "dob", 1 }, { "zip", 1 }, { "maid", 1 },
		{ "vin", 1 }, { "ctvid", 1 }, { "ndz", 4 }, { "namevin", 3 } };
	const str part[5] = { STR("Ann"), STR("Lee"), STR("1985-07-04"),
		STR("91790"), STR("more") };
	struct ident id;

	for (size_t i = 0; i < COUNTOF(all); i++) {
		const struct drop_kind *k = drop_kind_at(i);

		CHECK(k && !strcmp(k->name, all[i].name) &&
				k == drop_kind_named(str_of(all[i].name)),
			"%s", all[i].name);
		CHECK(drop_kind_parts(k) == all[i].parts, "%s", all[i].name);
		for (size_t n = 0; n <= COUNTOF(part); n++)
			CHECK(n == all[i].parts ||
					drop_kind_read(&id, k, part, n) ==
						IDENT_FAULT_PARTS,
				"%s of %zu", all[i].name, n);
	}
	CHECK(!drop_kind_at(COUNTOF(all)), "no more");
	CHECK(!drop_kind_named(STR("fax")) && !drop_kind_named(STR("")) &&
			!drop_kind_named(STR("name_zip")),
		"others have no rule of the State's");
}

static void names(void)
{
	for (int i = 0; i < IDENT_KINDS; i++) {
		enum ident_kind kind = IDENT_KINDS;
		const char *name = ident_kind_name((enum ident_kind)i);

		CHECK(ident_kind_read(str_of(name), &kind) && (int)kind == i,
			"%s", name);
	}
	CHECK(!ident_kind_read(STR("emai"), &(enum ident_kind){ 0 }),
		"a prefix is no kind");
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	toyon_1();
	idempotent();
	drop_1_2_0(a);
	composite_parts(a);
	addresses();
	limits();
	hashed();
	keys();
	rounds();
	key_is_frozen(a);
	names();
	drop_kinds();
	arena_free(a);
	return CHECK_DONE();
}
