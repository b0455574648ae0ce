/*
 * Any bytes as a line of NDJSON: what it says yes to, jansson says yes to as
 * well, and the other way round, but for what each one limits.
 */
#include <jansson.h>
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "scrub/json_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 400 };

struct seen {
	size_t values;
	size_t longest;
};

static void see(void *ctx, str path, str name, str value)
{
	struct seen *s = ctx;

	must(path.n <= JSON_LINE_PATH && name.n <= path.n);
	must(str_ends(path, name));
	s->values++;
	s->longest = value.n > s->longest ? value.n : s->longest;
}

static size_t depth_of(const uint8_t *p, size_t n)
{
	size_t depth = 0;

	for (size_t i = 0; i < n; i++)
		depth += p[i] == '{' || p[i] == '[';
	return depth;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str line = { (const char *)data, size };
	struct seen s = { 0 };
	json_error_t why;
	json_t *root;
	bool is_fine;

	/* A line has no line end, which jansson takes for white space; and
	 * jansson overlooks a NUL behind a number. */
	if (size > INPUT_MAX || str_has(line, '\n') || str_has(line, '\0') ||
		depth_of(data, size) > JSON_LINE_DEPTH)
		return 0;
	is_fine = json_line_read(line, see, &s);
	must(s.longest <= size);
	root = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &why);
	if (root)
		must(is_fine == json_is_object(root));
	else if (is_fine) /* text that is no UTF-8, numbers over 64 bits */
		must(strstr(why.text, "UTF-8") || strstr(why.text, "too big") ||
			strstr(why.text, "overflow") ||
			strstr(why.text, "unable to decode") ||
			json_error_code(&why) == json_error_null_byte_in_key);
	json_decref(root);
	return 0;
}
