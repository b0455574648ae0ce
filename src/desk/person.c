/*
 * A person as JSON and as shown: the table decides the fields, so that a field
 * added there is sealed, read back and bounded without a line here.
 */
#include "desk/person.h"

#include <string.h>

#include "base/base.h"
#include "base/json.h"

enum {
	/* Every byte escaped, and the names. */
	JSON_MAX = 512 << 10,
	BULLET_SIZE = 3,
};

#define BULLET "\xE2\x80\xA2"

/* The whole characters at the start that fit. */
static str fitting(str value, size_t max)
{
	size_t n = 0, step;

	while ((step = str_utf8(str_from(value, n))) && n + step <= max)
		n += step;
	return str_head(value, n);
}

static void put(struct json *j, const char *name, str value, size_t max)
{
	str v = fitting(value, max);

	if (v.n)
		json_put(j, name, v);
}

str person_to_json(struct arena *a, const struct person *p)
{
	struct buf b = buf_in(a, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
#define PERSON_PERSONAL(name, max) put(&j, #name, p->name.v, (max));
#define PERSON_PLAIN(name, max)    put(&j, #name, p->name, (max));
#include "desk/tbl/person.h"
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static int get(struct arena *a, const json_t *object, const char *name,
	size_t max, str *out)
{
	str value = json_text(object, name);

	if (value.n > max ||
		(json_object_get(object, name) &&
			!json_is_string(json_object_get(object, name))))
		return -1;
	*out = arena_dup(a, value);
	return 0;
}

int person_from_json(
	struct arena *a, str json, struct person *out, struct err *e)
{
	struct person p = { 0 };
	json_t *object;
	bool is_ok = true;

	/* The reader's own error quotes nothing, but says "line 1": no help. */
	if (json_read(a, json, JSON_MAX, &object, e) || !json_is_object(object))
		return err_set(
			e, ERR_CORRUPT, "a sealed person is not a JSON object");
#define PERSON_PERSONAL(name, max) \
	is_ok = is_ok && !get(a, object, #name, (max), &p.name.v);
#define PERSON_PLAIN(name, max) \
	is_ok = is_ok && !get(a, object, #name, (max), &p.name);
#include "desk/tbl/person.h"
	if (!is_ok)
		return err_set(e, ERR_CORRUPT,
			"a field of a sealed person has a wrong form");
	*out = p;
	return 0;
}

static personal seen(const struct buf *b)
{
	return (personal){ buf_str(b) };
}

bool person_list_add(struct arena *a, str *list, str entry, size_t max)
{
	str rest = *list;
	str line;
	struct buf b;

	if (!entry.n || list->n + entry.n + 1 > max)
		return false;
	while (str_next(&rest, '\n', &line))
		if (str_eq(line, entry))
			return false;
	b = buf_in(a, max);
	buf_put(&b, *list);
	if (list->n)
		buf_putc(&b, '\n');
	buf_put(&b, entry);
	*list = buf_str(&b);
	return true;
}

bool person_is_child(const struct person *p)
{
	return p->parent_email.v.n || p->parent_postal.v.n;
}

bool person_is_by_phone(const struct person *p)
{
	if (person_is_child(p))
		return !p->email.v.n && p->phone.v.n > 0;
	if (p->agent_email.v.n && p->email.v.n)
		return false;
	return p->phone.v.n > 0 && (str_eq(p->code_by, STR("sms")) ||
					   str_eq(p->code_by, STR("call")));
}

bool person_is_by_paper(const struct person *p)
{
	if (person_is_child(p))
		return !p->parent_email.v.n;
	if (p->agent_email.v.n && p->email.v.n)
		return false;
	return str_eq(p->letter_by, STR("paper")) ||
	       (!p->email.v.n && (p->postal.v.n || p->phone.v.n));
}

personal person_name_address(struct arena *a, const struct person *p)
{
	if (!p->first.v.n || !p->last.v.n || !p->street.v.n || !p->zip.v.n)
		return (personal){ STR("") };
	return (personal){ arena_fmt(a, "%.*s|%.*s|%.*s|%.*s",
		STR_ARG(p->first.v), STR_ARG(p->last.v), STR_ARG(p->street.v),
		STR_ARG(p->zip.v)) };
}

personal person_masked_email(struct arena *a, personal email)
{
	struct buf b = buf_in(a, 4 * BULLET_SIZE + PERSON_email_max);
	str user, host;

	if (!email.v.n)
		return email;
	if (!str_cut(email.v, '@', &user, &host))
		return (personal){ STR(BULLET BULLET BULLET) };
	buf_put(&b, str_head(user, str_utf8(user)));
	buf_puts(&b, BULLET BULLET BULLET "@");
	buf_put(&b, host);
	return seen(&b);
}

enum { PHONE_DIGITS = 15 };

/* The digits of a number as typed; too many are no phone number. */
static size_t phone_digits(str phone, char digits[PHONE_DIGITS])
{
	size_t n = 0;

	for (size_t i = 0; i < phone.n; i++) {
		if (phone.p[i] < '0' || phone.p[i] > '9')
			continue;
		if (n == PHONE_DIGITS)
			return 0;
		digits[n++] = phone.p[i];
	}
	return n;
}

personal person_masked_phone(struct arena *a, personal phone)
{
	struct buf b = buf_in(a, 64);
	char digits[PHONE_DIGITS];
	const char *d = digits;
	size_t n = phone_digits(phone.v, digits);
	bool is_abroad = str_starts(phone.v, STR("+")) && n && d[0] != '1';

	if (!phone.v.n)
		return phone;
	if (n == 11 && d[0] == '1')
		d++, n--;
	if (n == 10 && !is_abroad) {
		buf_fmt(&b,
			"(%.3s) " BULLET BULLET BULLET "-" BULLET BULLET "%.2s",
			d, d + 8);
		return seen(&b);
	}
	buf_puts(&b, BULLET BULLET BULLET BULLET BULLET);
	if (n >= 6)
		buf_fmt(&b, "%.2s", d + n - 2);
	return seen(&b);
}

/* 956 is a region of half a million people; the rest would be a street. */
personal person_masked_zip(struct arena *a, personal zip)
{
	struct buf b = buf_in(a, 3 + 3 * BULLET_SIZE);

	if (!zip.v.n)
		return zip;
	if (zip.v.n < 5) {
		buf_puts(&b, BULLET BULLET BULLET);
		return seen(&b);
	}
	for (size_t i = 0; i < 3; i++)
		if (zip.v.p[i] < '0' || zip.v.p[i] > '9')
			return (personal){ STR(BULLET BULLET BULLET) };
	buf_put(&b, str_head(zip.v, 3));
	buf_puts(&b, BULLET BULLET);
	return seen(&b);
}

personal person_short_name(struct arena *a, personal name)
{
	struct buf b = buf_in(a, PERSON_name_max + 4);
	str rest = str_trim(name.v), first, word, last = { 0 };

	if (!str_cut(rest, ' ', &first, &rest))
		return (personal){ first };
	while (str_next(&rest, ' ', &word))
		if (word.n)
			last = word;
	buf_put(&b, first);
	if (last.n) {
		buf_putc(&b, ' ');
		buf_put(&b, str_head(last, str_utf8(last)));
		buf_putc(&b, '.');
	}
	return seen(&b);
}
