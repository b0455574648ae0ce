/*
 * Any bytes as JSON text, and as a string.  What is read is never deeper than
 * JSON_DEPTH; what the writer writes is always read.
 */
#include <stdint.h>

#include "base/base.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int depth_of(json_t *v)
{
	int deepest = 0, depth;
	const char *key;
	json_t *member;
	size_t i;

	if (!json_is_object(v) && !json_is_array(v))
		return 0;
	json_array_foreach(v, i, member)
	{
		depth = depth_of(member);
		deepest = depth > deepest ? depth : deepest;
	}
	json_object_foreach(v, key, member)
	{
		depth = depth_of(member);
		deepest = depth > deepest ? depth : deepest;
	}
	return deepest + 1;
}

static void read_it(struct arena *a, str text)
{
	struct err e = { 0 };
	json_t *v = NULL;

	if (json_read(a, text, 100000, &v, &e)) {
		must(e.code == ERR_INVALID || e.code == ERR_LIMIT);
		must(str_starts(str_of(e.message), STR("JSON ")));
		return;
	}
	must(depth_of(v) <= JSON_DEPTH);
	json_text(v, "a");
	json_number(v, "a", 0);
}

static void write_it(struct arena *a, str text)
{
	struct buf b = buf_in(a, 2000000);
	struct json j = json_to(&b);
	struct err e = { 0 };
	json_t *v = NULL;

	/* jansson refuses a NUL, which the writer writes. */
	if (str_has(text, '\0'))
		return;
	json_begin_object(&j);
	json_put(&j, "a", text);
	json_end(&j);
	must(!json_read(a, buf_str(&b), 2000000, &v, &e));
	must(!str_is_text(text) || str_eq(json_text(v, "a"), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);
	str text = { (const char *)data, size };

	read_it(a, text);
	write_it(a, text);
	arena_free(a);
	return 0;
}
