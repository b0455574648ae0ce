/*
 * Identifiers that are one token: device, vehicle and account numbers, and the
 * MD5 sums of old lists.
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* the low-level MD5 takes no lock */
#include <openssl/md5.h>

#include "ident/rules.h"

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* The characters of raw that `keep` keeps, in lower case; false over max. */
static bool put_filtered(
	struct ident *out, str raw, bool (*keep)(char), size_t max)
{
	size_t start = out->n;

	for (size_t i = 0; i < raw.n; i++) {
		if (!keep(raw.p[i]))
			continue;
		if (out->n - start == max)
			return false;
		out->text[out->n++] = lower(raw.p[i]);
	}
	return true;
}

enum ident_fault rule_account(struct ident *out, str raw)
{
	enum { ACCOUNT_MAX = 200 };
	struct runes r;
	enum ident_fault f;

	if (!runes_read(&r, unicode_trim(raw), RUNES_NFC))
		return IDENT_FAULT_ENCODING;
	for (size_t i = 0; i < r.n; i++)
		if (r.at[i] != ' ' && rune_is_unprintable(r.at[i]))
			return IDENT_FAULT_ENCODING;
	f = rule_put(out, &r);
	return f ? f : out->n > ACCOUNT_MAX ? IDENT_FAULT_LONG : f;
}

enum ident_fault rule_drop_maid(struct ident *out, str raw)
{
	enum { MAID_LENGTH = 32 };

	if (!put_filtered(out, raw, is_hex, MAID_LENGTH) ||
		out->n != MAID_LENGTH)
		return IDENT_FAULT_HEX;
	return IDENT_FAULT_NONE;
}

/*
 * Stricter than the State's rule: a letter that is no hex digit is a mistake,
 * not an ornament; and all zeros is what a device answers whose owner limited
 * tracking: one value for millions of people.
 */
enum ident_fault rule_maid(struct ident *out, str raw)
{
	enum ident_fault f = rule_drop_maid(out, raw);
	size_t zeros = 0;

	for (size_t i = 0; i < raw.n; i++)
		if (is_alnum(raw.p[i]) && !is_hex(raw.p[i]))
			return IDENT_FAULT_HEX;
	for (size_t i = 0; !f && i < out->n; i++)
		zeros += out->text[i] == '0';
	return f ? f : zeros == out->n ? IDENT_FAULT_EMPTY : f;
}

enum ident_fault rule_ctvid(struct ident *out, str raw)
{
	enum { CTVID_MIN = 8, CTVID_MAX = 32 };

	if (!put_filtered(out, raw, is_alnum, CTVID_MAX) || out->n < CTVID_MIN)
		return IDENT_FAULT_LENGTH;
	return IDENT_FAULT_NONE;
}

enum ident_fault rule_vin(struct ident *out, str raw)
{
	enum { VIN_LENGTH = 17 };

	if (!put_filtered(out, raw, is_alnum, VIN_LENGTH) ||
		out->n != VIN_LENGTH)
		return IDENT_FAULT_LENGTH;
	return IDENT_FAULT_NONE;
}

/* 32 hex digits, or the identifier itself, whose MD5 is then made here. */
static enum ident_fault md5_text(struct ident *out, str raw, ident_rule *rule)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char sum[MD5_DIGEST_LENGTH];
	enum ident_fault f;
	str s = str_trim(raw);
	bool is_sum = s.n == 2 * sizeof sum;

	for (size_t i = 0; i < s.n; i++)
		is_sum = is_sum && is_hex(s.p[i]);
	if (is_sum) {
		put_filtered(out, s, is_hex, s.n);
		return IDENT_FAULT_NONE;
	}
	if ((f = rule(out, raw)))
		return f;
	MD5((unsigned char *)out->text, out->n, sum);
	for (size_t i = 0; i < sizeof sum; i++) {
		out->text[2 * i] = hex[sum[i] >> 4];
		out->text[2 * i + 1] = hex[sum[i] & 15];
	}
	out->n = 2 * sizeof sum;
	return IDENT_FAULT_NONE;
}

enum ident_fault rule_email_md5(struct ident *out, str raw)
{
	return md5_text(out, raw, rule_email);
}

enum ident_fault rule_phone_md5(struct ident *out, str raw)
{
	return md5_text(out, raw, rule_phone);
}
