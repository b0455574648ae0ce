/*
 * The email rule of toyon/1, careful path: every address may come here, and
 * the scrub sends here whatever is not plain ASCII in the usual form.  Its own
 * fast path (ident/cell.h) must agree with this one byte for byte; t_scrub
 * compares them.
 */
#include <idn2.h>
#include <string.h>

#include "ident/rules.h"

enum { MAILBOX_MAX = 64, DOMAIN_MAX = 253, LABEL_MAX = 63 };

/* "mailto:a@b", "<a@b>" and "A. Name <a@b>" all mean a@b. */
static str unwrap(str s)
{
	str mailto = STR("mailto:");
	ptrdiff_t open = str_find(s, STR("<"));

	if (open >= 0 && s.p[s.n - 1] == '>')
		s = unicode_trim(
			str_from(str_head(s, s.n - 1), (size_t)open + 1));
	if (str_eq_nocase(str_head(s, mailto.n), mailto))
		s = unicode_trim(str_from(s, mailto.n));
	return s;
}

static bool is_mailbox_rune(int32_t c)
{
	return c > ' ' && c != 0x7F &&
	       !(c < 0x80 && strchr("\"(),:;<>@[\\]", c)) &&
	       (c < 0x80 || !rune_is_unprintable(c));
}

/*
 * NFC before and after lower-casing: two canonically equal spellings must meet
 * (before), and lower-casing may leave something to compose (after).
 */
static enum ident_fault put_mailbox(struct ident *out, str mailbox)
{
	struct runes r;
	size_t start = out->n;
	enum ident_fault f;

	for (int pass = 0; pass < 2; pass++) {
		if (!runes_read(&r, mailbox, RUNES_NFC))
			return IDENT_FAULT_ENCODING;
		for (size_t i = 0; i < r.n; i++)
			if (!is_mailbox_rune(r.at[i]))
				return IDENT_FAULT_MAILBOX;
		runes_lower(&r);
		out->n = start;
		if ((f = rule_put(out, &r)))
			return f;
		mailbox = (str){ out->text + start, out->n - start };
	}
	if (mailbox.n < 1 || mailbox.n > MAILBOX_MAX)
		return IDENT_FAULT_MAILBOX;
	return IDENT_FAULT_NONE;
}

static bool is_label(str s)
{
	if (s.n < 1 || s.n > LABEL_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			    c == '-' || c == '_'))
			return false;
	}
	return true;
}

static bool is_domain(str s)
{
	size_t labels = 0;
	str label;

	if (s.n > DOMAIN_MAX || str_ends(s, STR(".")))
		return false;
	while (str_next(&s, '.', &label)) {
		if (!is_label(label))
			return false;
		labels++;
	}
	return labels >= 2;
}

static bool is_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] & 0x80)
			return false;
	return true;
}

/* An ASCII domain is only lower-cased: libidn2 sees the others. */
static enum ident_fault put_domain(struct ident *out, str domain)
{
	size_t start = out->n;
	uint8_t *ascii = NULL;
	char z[IDENT_RAW_MAX + 1];
	enum ident_fault f;

	if (is_ascii(domain)) {
		f = rule_put_str(out, domain);
	} else {
		memcpy(z, domain.p, domain.n);
		z[domain.n] = '\0';
		if (idn2_to_ascii_8z(z, (char **)&ascii,
			    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
			return IDENT_FAULT_DOMAIN;
		f = rule_put_str(out, str_of((char *)ascii));
		idn2_free(ascii);
	}
	if (f)
		return f;
	for (size_t i = start; i < out->n; i++)
		if (out->text[i] >= 'A' && out->text[i] <= 'Z')
			out->text[i] = (char)(out->text[i] + 32);
	if (out->n > start && out->text[out->n - 1] == '.')
		out->n--;
	return is_domain((str){ out->text + start, out->n - start })
		       ? IDENT_FAULT_NONE
		       : IDENT_FAULT_DOMAIN;
}

enum ident_fault rule_email(struct ident *out, str raw)
{
	str s = unwrap(unicode_trim(raw));
	str mailbox, domain;
	enum ident_fault f;

	if (!str_cut(s, '@', &mailbox, &domain) || str_has(domain, '@'))
		return IDENT_FAULT_AT;
	if (str_has(s, '\0'))
		return IDENT_FAULT_ENCODING;
	f = put_mailbox(out, mailbox);
	if (!f)
		f = rule_put_str(out, STR("@"));
	if (!f)
		f = put_domain(out, domain);
	return f;
}
