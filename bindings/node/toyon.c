/*
 * libtoyon for Node: plain functions over numbers, texts and one handle, each
 * close to a call of include/toyon.h.  What a program sees is index.js, which
 * names reasons and throws for mistakes; nothing is decided here.
 *
 * Checks run on the calling thread: one takes less than handing it to another.
 * Values come in bounded: what is longer than an identifier can be is passed on
 * cut, one byte too long, and the library says that it is unreadable.
 */
#include <stdlib.h>
#include <toyon.h>

#include "napi.h"

enum {
	ARGUMENTS = 5,
	PARTS = ARGUMENTS - 1,
	KIND_SIZE = 64,
	PATH_SIZE = 4096,
	VALUE_SIZE = 1200, /* above what the library reads (1,024) */
	ROUND = 64,        /* values of a batch at a time */
	LIST_SIZE = 512,
};

struct call {
	napi_env env;
	size_t count;
	napi_value argument[ARGUMENTS];
};

/* The handle holds the pointer, so that close() can empty it. */
struct handle {
	struct toyon *toyon;
};

static napi_value fail(napi_env env, const char *code, const char *message)
{
	napi_throw_error(env, code, message);
	return NULL;
}

static struct call arguments(napi_env env, napi_callback_info info)
{
	struct call c = { .env = env, .count = ARGUMENTS };

	napi_get_cb_info(env, info, &c.count, c.argument, NULL, NULL);
	return c;
}

static napi_value number(napi_env env, int64_t n)
{
	napi_value v = NULL;

	napi_create_int64(env, n, &v);
	return v;
}

/* Its length, or -1 when it is no string. */
static ptrdiff_t text(napi_env env, napi_value v, char *out, size_t size)
{
	size_t n;

	return napi_get_value_string_utf8(env, v, out, size, &n) ? -1
								 : (ptrdiff_t)n;
}

static struct toyon *toyon_of(const struct call *c)
{
	void *h = NULL;

	if (c->count < 1 ||
		napi_get_value_external(c->env, c->argument[0], &h) ||
		!((struct handle *)h)->toyon) {
		fail(c->env, "ERR_TOYON_CLOSED", "the index is closed");
		return NULL;
	}
	return ((struct handle *)h)->toyon;
}

static void handle_free(napi_env env, void *data, void *hint)
{
	struct handle *h = data;

	(void)env, (void)hint;
	toyon_close(h->toyon);
	free(h);
}

/* open(index_path, key_path or null) */
static napi_value call_open(napi_env env, napi_callback_info info)
{
	struct call c = arguments(env, info);
	char path[PATH_SIZE], key[PATH_SIZE], why[TOYON_WHY_SIZE];
	struct handle *h = calloc(1, sizeof *h);
	napi_value out = NULL;
	int has_key = text(env, c.argument[1], key, sizeof key) >= 0;

	if (!h || text(env, c.argument[0], path, sizeof path) < 0) {
		free(h);
		return fail(env, "ERR_TOYON_ARGUMENT", "a path is needed");
	}
	if (toyon_open(&h->toyon, path, has_key ? key : NULL, why)) {
		free(h);
		return fail(env, "ERR_TOYON_OPEN", why);
	}
	if (napi_create_external(env, h, handle_free, NULL, &out))
		handle_free(env, h, NULL);
	return out;
}

/* close(handle); again is fine */
static napi_value call_close(napi_env env, napi_callback_info info)
{
	struct call c = arguments(env, info);
	void *h = NULL;

	if (!napi_get_value_external(env, c.argument[0], &h)) {
		toyon_close(((struct handle *)h)->toyon);
		((struct handle *)h)->toyon = NULL;
	}
	return NULL;
}

/* refresh(handle): 1 or 0 */
static napi_value call_refresh(napi_env env, napi_callback_info info)
{
	struct call c = arguments(env, info);
	struct toyon *t = toyon_of(&c);
	char why[TOYON_WHY_SIZE];
	int rc;

	if (!t)
		return NULL;
	rc = toyon_refresh(t, why);
	return rc < 0 ? fail(env, "ERR_TOYON_OPEN", why) : number(env, rc);
}

/* check(handle, kind, value): the answer as a number; a value that is no string
 * is unreadable */
static napi_value call_check(napi_env env, napi_callback_info info)
{
	struct call c = arguments(env, info);
	struct toyon *t = toyon_of(&c);
	char kind[KIND_SIZE], value[VALUE_SIZE];
	ptrdiff_t n;

	if (!t)
		return NULL;
	if (text(env, c.argument[1], kind, sizeof kind) < 0)
		return number(env, TOYON_UNKNOWN_KIND);
	n = text(env, c.argument[2], value, sizeof value);
	return number(env, n < 0 ? toyon_check(t, kind, "", 0)
				 : toyon_check(t, kind, value, (size_t)n));
}

struct batch {
	char space[ROUND][VALUE_SIZE];
	const char *value[ROUND];
	size_t size[ROUND];
	int64_t answer[ROUND];
};

/* A round of an array's values from `first` on; handles of a round are given
 * back, so that an array of millions holds none. */
static int check_round(const struct call *c, const char *kind, struct batch *b,
	uint32_t first, uint32_t n)
{
	struct toyon *t = toyon_of(c);
	napi_value v = NULL;

	for (uint32_t i = 0; i < n; i++) {
		ptrdiff_t size = -1;

		if (!napi_get_element(c->env, c->argument[2], first + i, &v))
			size = text(c->env, v, b->space[i], VALUE_SIZE);
		b->value[i] = b->space[i];
		b->size[i] = size < 0 ? 0 : (size_t)size;
	}
	return t ? toyon_check_many(t, kind, b->value, b->size, n, b->answer)
		 : TOYON_UNKNOWN_KIND;
}

static int check_array(
	const struct call *c, const char *kind, napi_value out, uint32_t n)
{
	struct batch *b = malloc(sizeof *b);
	int rc = b ? 0 : TOYON_UNKNOWN_KIND;

	for (uint32_t done = 0; !rc && done < n; done += ROUND) {
		uint32_t round = n - done < ROUND ? n - done : ROUND;
		void *scope = NULL;

		napi_open_handle_scope(c->env, &scope);
		rc = check_round(c, kind, b, done, round);
		for (uint32_t i = 0; !rc && i < round; i++)
			napi_set_element(c->env, out, done + i,
				number(c->env, b->answer[i]));
		napi_close_handle_scope(c->env, scope);
	}
	free(b);
	return rc;
}

/* checkMany(handle, kind, array): an array of answers, or the number of an
 * unknown kind */
static napi_value call_check_many(napi_env env, napi_callback_info info)
{
	struct call c = arguments(env, info);
	char kind[KIND_SIZE];
	napi_value out = NULL;
	uint32_t n = 0;

	if (!toyon_of(&c))
		return NULL;
	if (napi_get_array_length(env, c.argument[2], &n))
		return fail(env, "ERR_TOYON_ARGUMENT", "an array is needed");
	if (text(env, c.argument[1], kind, sizeof kind) < 0 ||
		toyon_check(toyon_of(&c), kind, "", 0) == TOYON_UNKNOWN_KIND)
		return number(env, TOYON_UNKNOWN_KIND);
	napi_create_array_with_length(env, n, &out);
	return check_array(&c, kind, out, n)
		       ? fail(env, "ERR_TOYON_ARGUMENT", "out of memory")
		       : out;
}

/* reasons(answer as a text of digits): "opt-out,deleted" */
static napi_value call_reasons(napi_env env, napi_callback_info info)
{
	struct call c = arguments(env, info);
	char digits[KIND_SIZE], list[LIST_SIZE];
	napi_value out = NULL;

	if (text(env, c.argument[0], digits, sizeof digits) < 0)
		digits[0] = '\0';
	napi_create_string_utf8(env, list,
		toyon_reasons(strtoll(digits, NULL, 10), list, sizeof list),
		&out);
	return out;
}

/* allowsSale(answer as a text of digits): 1 or 0 */
static napi_value call_allows_sale(napi_env env, napi_callback_info info)
{
	struct call c = arguments(env, info);
	char digits[KIND_SIZE];

	if (text(env, c.argument[0], digits, sizeof digits) < 1)
		return number(env, 0);
	return number(env, toyon_allows_sale(strtoll(digits, NULL, 10)));
}

/* dropHash(kind, part...): 64 hex digits, or why there is none as a number */
static napi_value call_drop_hash(napi_env env, napi_callback_info info)
{
	static const char hex[] = "0123456789abcdef";
	struct call c = arguments(env, info);
	char kind[KIND_SIZE], space[PARTS][VALUE_SIZE];
	char digits[2 * TOYON_DIGEST_SIZE];
	unsigned char digest[TOYON_DIGEST_SIZE];
	const char *part[PARTS];
	size_t size[PARTS], n = 0;
	napi_value out = NULL;
	int rc;

	if (text(env, c.argument[0], kind, sizeof kind) < 0)
		return number(env, TOYON_UNKNOWN_KIND);
	for (; n < PARTS && n + 1 < c.count; n++) {
		ptrdiff_t size_of_part =
			text(env, c.argument[n + 1], space[n], sizeof space[n]);

		part[n] = space[n];
		size[n] = size_of_part < 0 ? 0 : (size_t)size_of_part;
	}
	/* One too many is the wrong number, too. */
	n += c.count > ARGUMENTS;
	rc = toyon_drop_hash(kind, part, size, n, digest);
	if (rc)
		return number(env, rc);
	for (size_t i = 0; i < sizeof digits; i++)
		digits[i] = hex[digest[i / 2] >> (i % 2 ? 0 : 4) & 15];
	napi_create_string_utf8(env, digits, sizeof digits, &out);
	return out;
}

static napi_value call_info(napi_env env, napi_callback_info info)
{
	struct call c = arguments(env, info);
	struct toyon *t = toyon_of(&c);
	struct toyon_info i;
	napi_value out = NULL;

	if (!t)
		return NULL;
	toyon_info(t, &i);
	napi_create_object(env, &out);
	napi_set_named_property(
		env, out, "generation", number(env, (int64_t)i.generation));
	napi_set_named_property(env, out, "seq", number(env, (int64_t)i.seq));
	napi_set_named_property(env, out, "builtAt", number(env, i.built_at));
	napi_set_named_property(env, out, "keys", number(env, (int64_t)i.keys));
	return out;
}

static const struct {
	const char *name;
	napi_callback run;
} functions[] = {
	{ "open", call_open },
	{ "close", call_close },
	{ "refresh", call_refresh },
	{ "check", call_check },
	{ "checkMany", call_check_many },
	{ "reasons", call_reasons },
	{ "allowsSale", call_allows_sale },
	{ "dropHash", call_drop_hash },
	{ "info", call_info },
};

/* The entry point that Node looks for. */
__attribute__((visibility("default"))) napi_value napi_register_module_v1(
	napi_env env, napi_value exports);

napi_value napi_register_module_v1(napi_env env, napi_value exports)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		napi_value fn = NULL;

		if (napi_create_function(env, functions[i].name, SIZE_MAX,
			    functions[i].run, NULL, &fn))
			return NULL;
		napi_set_named_property(env, exports, functions[i].name, fn);
	}
	return exports;
}
