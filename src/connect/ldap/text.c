/* Filters and names as texts; names are taken apart by the library. */
#include "connect/ldap/text.h"

#include <ldap.h>

#include "base/base.h"

enum { TEXT_MAX = 1000, NAME_ARENA_MAX = 1 << 16 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "mail", "cn;lang-de", "2.5.4.3" */
bool directory_is_attribute(str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '-' &&
			c != ';' && c != '.')
			return false;
	}
	return name.n > 0 && name.p[0] != '-' && name.p[0] != ';';
}

const char *directory_filter_fault(str text)
{
	int depth = 0;

	if (text.n > TEXT_MAX)
		return "is too long";
	for (size_t i = 0; i < text.n; i++) {
		depth += text.p[i] == '(';
		depth -= text.p[i] == ')';
		/* Another filter could be hung on behind it. */
		if (depth < 1 && i + 1 < text.n)
			return "is no filter in parentheses";
	}
	return !text.n || depth || text.p[0] != '('
		       ? "is no filter in parentheses"
		       : NULL;
}

const char *directory_base_fault(str text)
{
	struct arena *a;
	str plain;
	bool is_name;

	if (text.n > TEXT_MAX)
		return "is too long";
	a = arena_new(NAME_ARENA_MAX);
	is_name = directory_plain_name(a, text, &plain) && plain.n;
	arena_free(a);
	return is_name ? NULL : "is no name of an entry, like dc=example";
}

void directory_put_filter_value(struct buf *b, str value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c < 0x20 || c >= 0x7f || c == '(' || c == ')' || c == '*' ||
			c == '\\')
			buf_fmt(b, "\\%02x", c);
		else
			buf_putc(b, (char)c);
	}
}

str directory_rdn(struct arena *a, str attribute, str value)
{
	struct buf b = buf_in(a, attribute.n + 3 * value.n + 2);

	buf_put(&b, attribute);
	buf_putc(&b, '=');
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (is_letter((char)c) || (c >= '0' && c <= '9'))
			buf_putc(&b, (char)c);
		else
			buf_fmt(&b, "\\%02x", c);
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

bool directory_plain_name(struct arena *a, str name, str *out)
{
	LDAPDN dn;
	char *text = NULL;
	bool ok;

	if (str_has(name, '\0') ||
		ldap_str2dn(arena_cstr(a, name), &dn, LDAP_DN_FORMAT_LDAPV3))
		return false;
	ok = !dn || !ldap_dn2str(dn, &text, LDAP_DN_FORMAT_LDAPV3);
	*out = arena_dup(a, str_of(text));
	ldap_memfree(text);
	ldap_dnfree(dn);
	return ok;
}

str directory_name_key(struct arena *a, str name)
{
	str plain;
	char *out;

	if (!directory_plain_name(a, name, &plain))
		return name;
	out = arena_alloc(a, plain.n);
	for (size_t i = 0; i < plain.n; i++)
		out[i] = (char)(plain.p[i] >= 'A' && plain.p[i] <= 'Z'
					? plain.p[i] | 32
					: plain.p[i]);
	return (str){ out, plain.n };
}

bool directory_is_below(str name, str base)
{
	size_t at = name.n - base.n;

	if (name.n < base.n || !str_eq_nocase(str_from(name, at), base))
		return false;
	return !at || name.p[at - 1] == ',';
}

/* A comma that is meant itself stands escaped. */
size_t directory_depth(str plain_name)
{
	size_t n = plain_name.n > 0;

	for (size_t i = 0; i < plain_name.n; i++) {
		if (plain_name.p[i] == '\\')
			i++;
		else
			n += plain_name.p[i] == ',';
	}
	return n;
}
