/* JSON out and in: commas, escapes, promises; limits, places of errors. */
#include "base/json.h"

#include <inttypes.h>
#include <string.h>

#include "base/base.h"
#include "check.h"

static void writer(struct arena *a)
{
	struct buf b = buf_in(a, 1000);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "reference", STR("T-7"));
	json_key(&j, "rows"), json_begin_array(&j);
	json_int(&j, INT64_MIN), json_bool(&j, true), json_nil(&j);
	json_begin_object(&j), json_end(&j);
	json_begin_array(&j), json_end(&j);
	json_end(&j);
	json_put_int(&j, "n", 3);
	json_put_bool(&j, "ok", false);
	json_key(&j, "none"), json_nil(&j);
	json_key(&j, "o"), json_begin_object(&j);
	json_put(&j, "k\"", STR("v"));
	json_end(&j), json_end(&j);
	CHECK(str_eq(buf_str(&b),
		      STR("{\"reference\":\"T-7\",\"rows\":"
			  "[-9223372036854775808,true,null,{},[]],\"n\":3,"
			  "\"ok\":false,\"none\":null,\"o\":{\"k\\\"\":\"v\"}}")),
		"%.*s", STR_ARG(buf_str(&b)));
	CHECK(j.depth == 0, "all ended");
}

static const struct {
	const char *why;
	str in, out;
} strings[] = {
	{ "nothing", { NULL, 0 }, STR_INIT("\"\"") },
	{ "plain", STR_INIT("a b"), STR_INIT("\"a b\"") },
	{ "quote and backslash", STR_INIT("\"\\"), STR_INIT("\"\\\"\\\\\"") },
	{ "line ends and tab", STR_INIT("\r\n\t"), STR_INIT("\"\\r\\n\\t\"") },
	{ "other controls", STR_INIT("\0\x1F\x7F"),
		STR_INIT("\"\\u0000\\u001f\\u007f\"") },
	{ "UTF-8 as it is", STR_INIT("\xC3\xA9\xF0\x9F\x8C\xB2"),
		STR_INIT("\"\xC3\xA9\xF0\x9F\x8C\xB2\"") },
	{ "Latin-1", STR_INIT("Jos\xE9!"), STR_INIT("\"Jos\xEF\xBF\xBD!\"") },
	{ "each bad byte", STR_INIT("\xE2\x82"),
		STR_INIT("\"\xEF\xBF\xBD\xEF\xBF\xBD\"") },
	{ "no slash is escaped", STR_INIT("</script>"),
		STR_INIT("\"</script>\"") },
};

static void escapes(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(strings); i++) {
		struct buf b = buf_in(a, 1000);
		struct json j = json_to(&b);

		json_str(&j, strings[i].in);
		CHECK(str_eq(buf_str(&b), strings[i].out), "%s: %.*s",
			strings[i].why, STR_ARG(buf_str(&b)));
	}
}

static void value_without_key(void *j)
{
	json_begin_object(j);
	json_int(j, 1);
}

static void key_in_array(void *j)
{
	json_begin_array(j);
	json_key(j, "k");
}

static void two_keys(void *j)
{
	json_begin_object(j);
	json_key(j, "k");
	json_key(j, "k");
}

static void end_of_nothing(void *j)
{
	json_end(j);
}

static void key_without_value(void *j)
{
	json_begin_object(j);
	json_key(j, "k");
	json_end(j);
}

static void nest(struct json *j, int depth)
{
	for (int i = 0; i < depth; i++)
		json_begin_array(j);
}

static void too_deep(void *j)
{
	nest(j, JSON_DEPTH + 1);
}

static const struct {
	const char *why;
	void (*fn)(void *);
} broken[] = {
	{ "a value in an object has a key", value_without_key },
	{ "an array has no keys", key_in_array },
	{ "a key has a value", two_keys },
	{ "an end has a begin", end_of_nothing },
	{ "no end between key and value", key_without_value },
	{ "deeper than JSON_DEPTH", too_deep },
};

static void promises(struct arena *a)
{
	struct buf b = buf_in(a, 1000);

	for (size_t i = 0; i < COUNTOF(broken); i++) {
		struct json j = json_to(&b);

		CHECK_STOPS(broken[i].fn, &j, "%s", broken[i].why);
	}
	for (int depth = JSON_DEPTH - 1; depth <= JSON_DEPTH; depth++) {
		struct json j = json_to(&b);

		nest(&j, depth);
		CHECK(j.depth == depth, "%d levels are fine", depth);
	}
}

static const struct {
	const char *why;
	str in;
	enum err_code code;
	const char *message;
} texts[] = {
	{ "an object", STR_INIT("{\"a\":1}"), ERR_NONE, "" },
	{ "an array", STR_INIT(" [1, 2]\n"), ERR_NONE, "" },
	{ "nothing", { NULL, 0 }, ERR_INVALID,
		"JSON line 1, column 0: it ends too early" },
	{ "a value alone", STR_INIT("1"), ERR_INVALID,
		"JSON line 1, column 1: not JSON" },
	{ "a key twice", STR_INIT("{\"a\":1,\n\"a\":2}"), ERR_INVALID,
		"JSON line 2, column 3: a key is there twice" },
	{ "a comma at the end", STR_INIT("[1,]"), ERR_INVALID,
		"JSON line 1, column 4: not JSON" },
	{ "cut", STR_INIT("{\"a\":\n"), ERR_INVALID,
		"JSON line 2, column 0: it ends too early" },
	{ "text behind", STR_INIT("[] x"), ERR_INVALID,
		"JSON line 1, column 4: text after the end of the value" },
	{ "Latin-1", STR_INIT("[\"\xE9\"]"), ERR_INVALID,
		"JSON line 1, column 2: not UTF-8" },
	{ "NUL", STR_INIT("[\"\\u0000\"]"), ERR_INVALID,
		"JSON line 1, column 9: a NUL character" },
	{ "over 64 bits", STR_INIT("[9223372036854775808]"), ERR_INVALID,
		"JSON line 1, column 20: a number is too large" },
	{ "comments", STR_INIT("[/**/]"), ERR_INVALID,
		"JSON line 1, column 2: not JSON" },
	{ "single quotes", STR_INIT("{'secret':1}"), ERR_INVALID,
		"JSON line 1, column 2: not JSON" },
};

static void reading(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		struct err e = { 0 };
		json_t *v = NULL;
		int rc = json_read(a, texts[i].in, 1000, &v, &e);

		CHECK(rc == (texts[i].code ? -1 : 0), "%s", texts[i].why);
		CHECK(e.code == texts[i].code, "%s: %s", texts[i].why,
			err_name(e.code));
		CHECK(!strcmp(e.message, texts[i].message), "%s: %s",
			texts[i].why, e.message);
		CHECK(!v == (rc < 0), "%s", texts[i].why);
	}
}

static void size_limit(struct arena *a)
{
	static const struct {
		const char *why;
		size_t n;
		bool is_fine;
	} sizes[] = { { "one less", 99, true }, { "the limit", 100, true },
		{ "one more", 101, false } };

	for (size_t i = 0; i < COUNTOF(sizes); i++) {
		char text[101];
		struct err e = { 0 };
		json_t *v;

		memset(text, ' ', sizeof text);
		memcpy(text, "[]", 2);
		CHECK(!json_read(a, (str){ text, sizes[i].n }, 100, &v, &e) ==
				sizes[i].is_fine,
			"%s", sizes[i].why);
		CHECK(e.code == (sizes[i].is_fine ? ERR_NONE : ERR_LIMIT), "%s",
			sizes[i].why);
	}
}

static void depth_limit(struct arena *a)
{
	static const struct {
		const char *why;
		int depth;
		bool is_fine;
	} depths[] = { { "one less", JSON_DEPTH - 1, true },
		{ "the limit", JSON_DEPTH, true },
		{ "one more", JSON_DEPTH + 1, false },
		{ "an attack", 20000, false } };

	for (size_t i = 0; i < COUNTOF(depths); i++) {
		struct buf b = buf_in(a, 100000);
		struct err e = { 0 };
		json_t *v;

		buf_puts(&b, "[\"[[[\\\"[[[\",\n");
		for (int k = 1; k < depths[i].depth; k++)
			buf_puts(&b, k % 2 ? "{\"[\":" : "[");
		buf_puts(&b, "1");
		for (int k = depths[i].depth - 1; k > 0; k--)
			buf_puts(&b, k % 2 ? "}" : "]");
		buf_puts(&b, "]");
		CHECK(!json_read(a, buf_str(&b), 100000, &v, &e) ==
				depths[i].is_fine,
			"%s: %s", depths[i].why, e.message);
		if (!depths[i].is_fine)
			CHECK(!strcmp(e.message,
				      "JSON line 2, column 72: nested deeper "
				      "than 24"),
				"%s: %s", depths[i].why, e.message);
	}
}

static void members(struct arena *a)
{
	struct err e = { 0 };
	json_t *v = NULL;

	CHECK(!json_read(a,
		      STR("{\"s\":\"\xC3\xA9\",\"n\":-5,\"r\":1.5,\"o\":{}}"),
		      100, &v, &e),
		"%s", e.message);
	CHECK(str_eq(json_text(v, "s"), STR("\xC3\xA9")), "a text");
	CHECK(!json_text(v, "x").n, "missing");
	CHECK(!json_text(v, "n").n, "a number is no text");
	CHECK(!json_text(NULL, "n").n, "of nothing");
	CHECK(json_number(v, "n", 7) == -5, "a number");
	CHECK(json_number(v, "x", 7) == 7, "missing");
	CHECK(json_number(v, "s", 7) == 7, "a text is no number");
	CHECK(json_number(v, "r", 7) == 7, "nor is a fraction");
	CHECK(json_number(json_object_get(v, "o"), "n", 7) == 7, "empty");
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	writer(a);
	escapes(a);
	promises(a);
	reading(a);
	size_limit(a);
	depth_limit(a);
	members(a);
	arena_free(a);
	return CHECK_DONE();
}
