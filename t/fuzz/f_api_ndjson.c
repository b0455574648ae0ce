/*
 * The line reader against jansson: both take the same lines, and find the same
 * texts in them.  jansson is the slow witness.
 */
#include <stdint.h>
#include <string.h>

#include "api/line.h"
#include "base/base.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_ours(const char *name)
{
	return !strcmp(name, "kind") || !strcmp(name, "value");
}

/* An object of nothing but kind and value, both texts. */
static bool is_flat(json_t *root)
{
	const char *name;
	json_t *v;

	if (!json_is_object(root))
		return false;
	json_object_foreach(root, name,
		v) if (!is_ours(name) || !json_is_string(v)) return false;
	return true;
}

static void compare(const json_t *root, const char *name, bool has, str got)
{
	must((json_object_get(root, name) != NULL) == has);
	must(!has || str_eq(json_text(root, name), got));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);
	str text = { (const char *)data, size }, rest;
	struct line line = { 0 };
	struct err e = { 0 };
	json_t *root = NULL;
	enum line_fault f;

	str_cut(text, '\n', &text, &rest);
	f = line_read(a, text, &line);
	if (json_read(a, text, SIZE_MAX, &root, &e) || !is_flat(root)) {
		must(f != LINE_OK);
	} else {
		must(f == LINE_OK);
		compare(root, "kind", line.has_kind, line.kind);
		compare(root, "value", line.has_value, line.value);
	}
	arena_free(a);
	return 0;
}
