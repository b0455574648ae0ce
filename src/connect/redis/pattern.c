/* Taking keys apart and putting them together. */
#include "connect/redis/pattern.h"

#include "base/base.h"
#include "base/buf.h"

enum { NAME_MAX_SIZE = 1000 };

/* One brace for two; stops at a part, or at the end.  False: a brace alone. */
static bool take_literal(str *rest, struct buf *out)
{
	while (rest->n) {
		char c = rest->p[0];
		bool is_double = rest->n > 1 && rest->p[1] == c;

		if (c == '{' && !is_double)
			return true;
		if (c == '}' && !is_double)
			return false;
		buf_putc(out, c);
		*rest = str_from(*rest, c == '{' || c == '}' ? 2 : 1);
	}
	return true;
}

static const char *take_part(struct redis_pattern *p, str *rest)
{
	str name;

	if (!str_cut(str_from(*rest, 1), '}', &name, rest) || !name.n ||
		str_has(name, '{'))
		return "has a brace without its partner; one that is meant "
		       "itself is written twice";
	if (redis_pattern_part(p, name) < p->n)
		return "has a part twice";
	if (p->n == REDIS_PARTS_MAX)
		return "has too many parts";
	if (p->n && !p->between[p->n].n)
		return "has two parts with nothing between them";
	p->parts[p->n++] = name;
	return NULL;
}

static const char *read_pattern(
	struct arena *a, str text, struct redis_pattern *out)
{
	str rest = text;
	const char *fault;
	size_t literal = 0;

	*out = (struct redis_pattern){ .n = 0 };
	for (;;) {
		struct buf b = buf_in(a, text.n);

		if (!take_literal(&rest, &b))
			return "has a brace without its partner; one that is "
			       "meant itself is written twice";
		out->between[out->n] = buf_str(&b);
		literal += b.n;
		if (!rest.n)
			break;
		fault = take_part(out, &rest);
		if (fault)
			return fault;
	}
	if (!out->n)
		return "has no {part} that tells keys apart";
	return literal ? NULL : "is every key there is";
}

const char *redis_pattern_fault(str text)
{
	struct arena *a;
	struct redis_pattern p;
	const char *fault;

	if (text.n > NAME_MAX_SIZE)
		return "is too long";
	a = arena_new(1 << 16);
	fault = read_pattern(a, text, &p);
	arena_free(a);
	return fault;
}

struct redis_pattern redis_pattern_of(struct arena *a, str text)
{
	struct redis_pattern p;

	must(!read_pattern(a, text, &p));
	return p;
}

size_t redis_pattern_part(const struct redis_pattern *p, str name)
{
	size_t i = 0;

	while (i < p->n && !str_eq(p->parts[i], name))
		i++;
	return i;
}

static bool is_value(str v)
{
	return v.n && !str_has(v, ':');
}

bool redis_pattern_match(
	const struct redis_pattern *p, str key, str values[REDIS_PARTS_MAX])
{
	if (!str_starts(key, p->between[0]))
		return false;
	key = str_from(key, p->between[0].n);
	for (size_t i = 0; i + 1 < p->n; i++) {
		ptrdiff_t at = str_find(key, p->between[i + 1]);

		if (at < 0)
			return false;
		values[i] = str_head(key, (size_t)at);
		key = str_from(key, (size_t)at + p->between[i + 1].n);
	}
	if (!str_ends(key, p->between[p->n]))
		return false;
	values[p->n - 1] = str_head(key, key.n - p->between[p->n].n);
	for (size_t i = 0; i < p->n; i++)
		if (!is_value(values[i]))
			return false;
	return true;
}

bool redis_pattern_key(struct arena *a, const struct redis_pattern *p,
	const str values[REDIS_PARTS_MAX], str *out)
{
	str all[2 * REDIS_PARTS_MAX + 1], again[REDIS_PARTS_MAX];

	for (size_t i = 0; i < p->n; i++) {
		all[2 * i] = p->between[i];
		all[2 * i + 1] = values[i];
	}
	all[2 * p->n] = p->between[p->n];
	*out = arena_join(a, all, 2 * p->n + 1, (str){ 0 });
	/* "a-b" and "c" in "{x}-{y}" would be read as "a" and "b-c". */
	if (!redis_pattern_match(p, *out, again))
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (!str_eq(again[i], values[i]))
			return false;
	return true;
}

str redis_pattern_glob(struct arena *a, const struct redis_pattern *p)
{
	struct buf b = buf_in(a, 4 * NAME_MAX_SIZE);

	for (size_t i = 0; i <= p->n; i++) {
		if (i)
			buf_putc(&b, '*');
		for (size_t k = 0; k < p->between[i].n; k++) {
			char c = p->between[i].p[k];

			if (str_has(STR("*?[]^\\"), c))
				buf_putc(&b, '\\');
			buf_putc(&b, c);
		}
	}
	must(buf_ok(&b));
	return buf_str(&b);
}
