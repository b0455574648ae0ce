/*
 * The XML of a listing.  Elements are looked for by their names in the order that
 * they stand; what else is there is passed over.  No entity but those that XML
 * itself has is known, and none can be made; a name is plain text.
 */
#include "connect/s3/listing.h"

#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"

static int no_listing(struct err *e)
{
	return err_set(
		e, ERR_CORRUPT, "the store's answer is no listing of a bucket");
}

/* What stands between <NAME ...> and </NAME>, and what comes behind it. */
static bool element(struct arena *a, str *rest, const char *name, str *inside)
{
	str open = arena_fmt(a, "<%s", name);
	str close = arena_fmt(a, "</%s>", name);
	str from = *rest;
	ptrdiff_t at, end;

	for (;;) {
		at = str_find(from, open);
		if (at < 0)
			return false;
		from = str_from(from, (size_t)at + open.n);
		/* <Key> is not <KeyCount>. */
		if (from.n && strchr("> \t\r\n/", from.p[0]))
			break;
	}
	at = str_find(from, STR(">"));
	if (at < 0)
		return false;
	if (at > 0 && from.p[at - 1] == '/') {
		*inside = (str){ from.p, 0 };
		*rest = str_from(from, (size_t)at + 1);
		return true;
	}
	from = str_from(from, (size_t)at + 1);
	end = str_find(from, close);
	if (end < 0)
		return false;
	*inside = str_head(from, (size_t)end);
	*rest = str_from(from, (size_t)end + close.n);
	return true;
}

static bool put_number(struct buf *b, str digits, unsigned base)
{
	static const char all[] = "0123456789abcdef";
	uint32_t c = 0;

	for (size_t i = 0; i < digits.n; i++) {
		char low = digits.p[i];
		const char *at;

		if (low >= 'A' && low <= 'F')
			low = (char)(low - 'A' + 'a');
		at = low ? strchr(all, low) : NULL;
		if (!at || (unsigned)(at - all) >= base || c > 0x10ffff)
			return false;
		c = c * base + (uint32_t)(at - all);
	}
	/* What is beyond ASCII stores write as it is, or percent-encoded. */
	if (!digits.n || !c || c > 0x7f)
		return false;
	buf_putc(b, (char)c);
	return true;
}

static bool put_entity(struct buf *b, str name)
{
	static const struct {
		const char *name;
		char c;
	} all[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' },
		{ "quot", '"' }, { "apos", '\'' } };

	if (str_starts(name, STR("#x")))
		return put_number(b, str_from(name, 2), 16);
	if (str_starts(name, STR("#")))
		return put_number(b, str_from(name, 1), 10);
	for (size_t i = 0; i < COUNTOF(all); i++)
		if (str_eq(name, str_of(all[i].name))) {
			buf_putc(b, all[i].c);
			return true;
		}
	return false;
}

static bool text_of(struct arena *a, str raw, str *out)
{
	struct buf b = buf_in(a, raw.n + 1);
	bool has_tag = str_has(raw, '<');
	str before, name;

	while (str_cut(raw, '&', &before, &raw)) {
		buf_put(&b, before);
		if (!str_cut(raw, ';', &name, &raw) || !put_entity(&b, name))
			return false;
	}
	buf_put(&b, before);
	*out = buf_str(&b);
	return !str_has(*out, '\0') && !has_tag;
}

static size_t count_of(struct arena *a, str xml, const char *name)
{
	str what = arena_fmt(a, "<%s", name);
	size_t n = 0;
	ptrdiff_t at;

	while ((at = str_find(xml, what)) >= 0) {
		n++;
		xml = str_from(xml, (size_t)at + 1);
	}
	return n;
}

static bool flag(struct arena *a, str xml, const char *name, const char *value)
{
	str text;

	return element(a, &xml, name, &text) &&
	       str_eq(str_trim(text), str_of(value));
}

static bool read_keys(
	struct arena *a, str xml, bool is_encoded, struct s3_listing *out)
{
	str one, raw, key;

	out->keys = arena_many(a, str, count_of(a, xml, "Contents"));
	while (element(a, &xml, "Contents", &one)) {
		if (!element(a, &one, "Key", &raw) || !text_of(a, raw, &key))
			return false;
		out->keys[out->n++] =
			is_encoded ? url_decode(a, key, true) : key;
		if (str_has(out->keys[out->n - 1], '\0'))
			return false;
	}
	return true;
}

int s3_listing_read(
	struct arena *a, str xml, struct s3_listing *out, struct err *e)
{
	str list, rest = xml, head, raw;

	*out = (struct s3_listing){ 0 };
	if (!element(a, &rest, "ListBucketResult", &list))
		return no_listing(e);
	if (!read_keys(a, list, flag(a, list, "EncodingType", "url"), out))
		return no_listing(e);
	if (!flag(a, list, "IsTruncated", "true"))
		return flag(a, list, "IsTruncated", "false") ? 0
							     : no_listing(e);
	head = list;
	if (!element(a, &head, "NextContinuationToken", &raw) ||
		!text_of(a, raw, &out->next) || !out->next.n)
		return no_listing(e);
	return 0;
}
