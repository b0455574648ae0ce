#ifndef IDENT_IDENT_H
#define IDENT_IDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "ident/sha256.h"

/*
 * An identifier: a kind and a standardized text.  Two spellings of the same
 * address or number give the same text, so that who opted out under one is
 * found under the other; and two people never share one.  The rules are
 * versioned profiles, because a rule that changes silently loses people: the
 * name of the profile is kept with everything derived by it.
 *
 * toyon/1 - ours
 *
 *	email	White space (Unicode's) and zero-width characters trimmed at both
 *		ends; inside, no key.  "mailto:" in front and "Name <...>" around
 *		are taken off.  Exactly one @.
 *		Mailbox: NFC, lower-cased letter by letter as Unicode does it,
 *		NFC; 1 to 64 bytes; none of " ( ) , : ; < > [ ] \ and nothing
 *		invisible.  Dots and +tags stay: to fold them would join people
 *		whom other providers keep apart.
 *		Domain: an ASCII one is lower-cased, another becomes its A-label
 *		form (IDNA 2008, UTS 46 mapping, non-transitional); a root dot
 *		is dropped; two labels or more of 1 to 63 letters, digits,
 *		hyphens and underscores, no hyphen at a label's end, 253 in all.
 *		An address literal ([192.0.2.1]) is no key.
 *	phone	A US number in any spelling, as ten digits.  Read are digits
 *		(full-width too) with separators between them (white space, "-",
 *		"." "/" "(" ")", Unicode dashes), a label in front ("Cell: ",
 *		"tel:"), words behind ("(home)"), and an extension, which is
 *		left off ("x12", "ext. 12", "#12", ";ext=12", ",12").  Off comes
 *		one "+1", "1", "001" or "011 1" in front.  Ten digits must then
 *		remain, the first 2 to 9, and not all the same (that is how
 *		forms say "none"); else no key.  A "+" with another country code
 *		is no key.  Whether a number is assigned is not asked: hash lists
 *		hold any ten digits.
 *	maid	32 hex digits, hyphens and braces dropped, lower case; all
 *		zeros ("limit ad tracking") is no key.
 *	ctvid	8 to 32 letters and digits, others dropped, lower case
 *	vin	17 letters and digits, others dropped, lower case
 *	account, cookie
 *		White space trimmed at both ends, NFC, at most 200 bytes; upper
 *		and lower case differ.
 *	email_md5, phone_md5
 *		32 hex digits, lower case: lists as buyers still send them.
 *	name_address, name_zip, ndz, name_vin
 *		Composites.  Each part is standardized (first, last, dob, zip
 *		and vin as in drop/1.2.0; address: lower case, folded to ASCII,
 *		usual street words shortened, letters and digits only), hashed,
 *		and the Base64 hashes are joined: the text of the composite.
 *		A part that is missing or cannot be read gives no key.
 *
 * drop/1.2.0 - the State's rules of 2026-07-02 (11 CCR 7600 ff.)
 *
 *	email	All white space removed, lower-cased; nothing else.
 *	phone	ASCII digits only; the last ten, or all when there are fewer.
 *	dob, zip, first, last, maid, vin, ctvid and the composites ndz and
 *	name_vin:
 *	dob	YYYYMMDD; read are ISO dates, YYYYMMDD, M/D/YYYY and English
 *		month names; years of two digits give no key.
 *	zip	A "-NNNN" at the end dropped, letters and digits kept, lower
 *		case, leading zeros dropped, the first five.
 *	first, last
 *		NFC, lower case, Greek and Cyrillic transliterated and Latin
 *		folded (tbl/letters.h), decomposed, letters and digits kept.
 *	maid, vin, ctvid
 *		hex digits (32), letters and digits (17; 8 to 32), lower case.
 *	Other kinds have no rule there and give no key (IDENT_FAULT_PARTS).
 *
 * The SHA-256 of the text is the digest, exactly as the trade's hash lists have
 * it (lower-case email, ten digits), so lists that come hashed, in hex or in
 * Base64, match.  For most addresses and numbers both profiles give the same
 * text.  Kinds are told apart by the key only (ident/key.h).
 */
enum ident_kind {
#define IDENT_KIND(NAME, name, parts, is_hash_known, title) IDENT_##NAME,
#include "ident/tbl/kinds.h"
	IDENT_KINDS, /* how many */
};

enum ident_fault {
#define IDENT_FAULT(NAME, name, text) IDENT_FAULT_##NAME,
#include "ident/tbl/faults.h"
	IDENT_FAULTS,
};

enum ident_profile {
	IDENT_TOYON_1,
	IDENT_DROP_1_2_0,
};

enum {
	IDENT_RAW_MAX = 1024, /* longer texts are IDENT_FAULT_LONG */
	IDENT_TEXT_MAX = 320,
	IDENT_PARTS_MAX = 4,
	IDENT_HASH_CHARS = 44, /* Base64 of a digest */
};

struct ident {
	enum ident_kind kind;
	size_t n;
	char text[IDENT_TEXT_MAX]; /* standardized; no NUL at the end */
};

const char *ident_kind_name(enum ident_kind kind);  /* "email" */
const char *ident_kind_title(enum ident_kind kind); /* "email address" */
bool ident_kind_read(str name, enum ident_kind *out);
/* What looks like a SHA-256 is taken for the hash of one (tbl/kinds.h). */
bool ident_kind_may_be_hashed(enum ident_kind kind);
/* The names of a composite's parts; 0 for a kind of one value. */
size_t ident_kind_parts(enum ident_kind kind, str out[IDENT_PARTS_MAX]);
const char *ident_profile_name(enum ident_profile p); /* "toyon/1" */
const char *ident_fault_name(enum ident_fault f);
const char *ident_fault_text(enum ident_fault f);

/*
 * Standardizes one value.  IDENT_FAULT_NONE fills *out; anything else says why
 * there is no key, and *out is not to be used.  A composite kind comes with its
 * parts separated by "|" here, or one by one in ident_read_parts().
 */
enum ident_fault ident_read(
	struct ident *out, enum ident_profile p, enum ident_kind kind, str raw);
enum ident_fault ident_read_parts(struct ident *out, enum ident_profile p,
	enum ident_kind kind, const str *part, size_t n);

/*
 * One part of a composite by its name ("first", "dob"), standardized as it is in
 * it; a name that no composite has is a broken promise.  out->kind is not set.
 */
enum ident_fault ident_read_part(struct ident *out, str name, str raw);

void ident_digest(const struct ident *id, uint8_t digest[SHA256_SIZE]);

/* A digest as composites join them and as the State writes it. */
void ident_base64(
	char out[IDENT_HASH_CHARS], const uint8_t digest[SHA256_SIZE]);

/* A SHA-256 written in hex (either case) or Base64, blanks around it ignored;
 * false when it is neither. */
bool ident_hash_read(str text, uint8_t digest[SHA256_SIZE]);

/*
 * Raw or already hashed, to the digest: what a check or a list line goes
 * through.  The hash of nothing, and of a blank, is IDENT_FAULT_EMPTY: lists
 * made from files with empty cells are full of it.
 */
enum ident_fault ident_digest_of(enum ident_profile p, enum ident_kind kind,
	str raw, uint8_t digest[SHA256_SIZE]);

#endif
