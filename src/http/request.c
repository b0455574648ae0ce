/*
 * Looking things up in a request.  Everything is short (a page's form has a
 * dozen fields), so everything is a walk along a list in the order received.
 */
#include "http/request.h"

#include <string.h>

#include "base/base.h"

static const struct {
	enum http_method method;
	const char *name;
} methods[] = {
	{ HTTP_GET, "GET" },
	{ HTTP_HEAD, "HEAD" },
	{ HTTP_POST, "POST" },
	{ HTTP_PUT, "PUT" },
	{ HTTP_PATCH, "PATCH" },
	{ HTTP_DELETE, "DELETE" },
	{ HTTP_OPTIONS, "OPTIONS" },
};

const char *http_method_name(enum http_method m)
{
	for (size_t i = 0; i < COUNTOF(methods); i++)
		if (methods[i].method == m)
			return methods[i].name;
	return "-";
}

bool http_method_read(const char *name, enum http_method *out)
{
	for (size_t i = 0; i < COUNTOF(methods); i++)
		if (strcmp(methods[i].name, name) == 0) {
			*out = methods[i].method;
			return true;
		}
	return false;
}

static const struct http_pair *find(struct http_pairs list, const char *name)
{
	for (size_t i = 0; i < list.n; i++)
		if (str_eq(list.at[i].name, str_of(name)))
			return &list.at[i];
	return NULL;
}

static str value_of(struct http_pairs list, const char *name)
{
	const struct http_pair *pair = find(list, name);

	return pair ? pair->value : (str){ 0 };
}

str http_param(const struct http_request *q, const char *name)
{
	return value_of(q->params, name);
}

str http_query(const struct http_request *q, const char *name)
{
	return value_of(q->query, name);
}

str http_cookie(const struct http_request *q, const char *name)
{
	return value_of(q->cookies, name);
}

str http_form(const struct http_request *q, const char *name)
{
	return str_trim(value_of(q->form, name));
}

bool http_form_has(const struct http_request *q, const char *name)
{
	return find(q->form, name) != NULL;
}

bool http_form_next(
	const struct http_request *q, const char *name, size_t *at, str *value)
{
	while (*at < q->form.n) {
		const struct http_pair *pair = &q->form.at[(*at)++];

		if (!str_eq(pair->name, str_of(name)))
			continue;
		*value = str_trim(pair->value);
		return true;
	}
	return false;
}

str http_header(const struct http_request *q, const char *name)
{
	for (size_t i = 0; i < q->headers.n; i++)
		if (str_eq_nocase(q->headers.at[i].name, str_of(name)))
			return q->headers.at[i].value;
	return (str){ 0 };
}

size_t http_header_count(const struct http_request *q, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < q->headers.n; i++)
		n += str_eq_nocase(q->headers.at[i].name, str_of(name));
	return n;
}

static bool list_has(str list, str value)
{
	str piece;

	while (str_next(&list, ',', &piece))
		if (str_eq(str_trim(piece), value))
			return true;
	return false;
}

bool http_header_is(const struct http_request *q, const char *name, str value)
{
	for (size_t i = 0; i < q->headers.n; i++)
		if (str_eq_nocase(q->headers.at[i].name, str_of(name)) &&
			list_has(q->headers.at[i].value, value))
			return true;
	return false;
}

/* "gzip;q=0" and "gzip; q=0.000" say no; any other weight says yes. */
static bool is_refused(str params)
{
	str weight;

	while (str_next(&params, ';', &weight)) {
		weight = str_trim(weight);
		if (weight.n < 2 || (weight.p[0] | 32) != 'q' ||
			weight.p[1] != '=')
			continue;
		for (size_t i = 2; i < weight.n; i++)
			if (weight.p[i] != '0' && weight.p[i] != '.')
				return false;
		return true;
	}
	return false;
}

bool http_accepts_coding(const struct http_request *q, const char *coding)
{
	bool any = false;
	str rest = http_header(q, "Accept-Encoding"), item, name, params;

	while (str_next(&rest, ',', &item)) {
		str_cut(item, ';', &name, &params);
		name = str_trim(name);
		if (str_eq_nocase(name, str_of(coding)))
			return !is_refused(params);
		if (str_eq(name, STR("*")))
			any = !is_refused(params);
	}
	return any;
}
