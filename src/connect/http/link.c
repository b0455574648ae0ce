/* Link headers: which one is the next page. */
#include "connect/http/wire.h"

/* rel=next, rel="next", rel="last next": the name in any letters. */
static bool is_next(str parameter)
{
	str name, value, word;

	if (!str_cut(parameter, '=', &name, &value) ||
		!str_eq_nocase(str_trim(name), STR("rel")))
		return false;
	value = str_trim(value);
	if (value.n >= 2 && str_starts(value, STR("\"")) &&
		str_ends(value, STR("\"")))
		value = (str){ value.p + 1, value.n - 2 };
	while (str_next(&value, ' ', &word))
		if (str_eq_nocase(word, STR("next")))
			return true;
	return false;
}

/* The parameters of one link: up to a comma that is not in quotes. */
static str parameters_of(str rest)
{
	bool in_quotes = false;
	size_t n = 0;

	for (; n < rest.n && (in_quotes || rest.p[n] != ','); n++)
		in_quotes ^= rest.p[n] == '"';
	return str_head(rest, n);
}

bool link_next(str header, str *out)
{
	str before, url, rest = header, parameters, one;

	while (str_cut(rest, '<', &before, &rest) &&
		str_cut(rest, '>', &url, &rest)) {
		parameters = parameters_of(rest);
		rest = str_from(rest, parameters.n);
		while (str_next(&parameters, ';', &one))
			if (is_next(one)) {
				*out = url;
				return url.n;
			}
	}
	return false;
}
