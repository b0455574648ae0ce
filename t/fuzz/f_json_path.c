/*
 * Any bytes as a path into an answer, the answer, and a Link header: parted by
 * line ends.  A path that is taken leads to something or nothing, and what is put
 * along it is found there.
 */
#include <stdint.h>

#include "base/base.h"
#include "base/json.h"
#include "connect/http/wire.h"
#include "connect/json_cell.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void follow(struct arena *a, const struct json_path *p, str text)
{
	json_t *tree, *into = json_object();
	struct cell c;
	struct err e = { 0 };
	const json_t *v;

	if (!json_read(a, text, 1 << 20, &tree, &e) &&
		(v = json_path_get(tree, p)) && json_cell(a, v, &c, &e))
		must(e.code == ERR_CORRUPT);
	if (json_path_put(into, p, json_integer(7)))
		must(json_integer_value(json_path_get(into, p)) == 7);
	json_decref(into);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(256 << 20);
	str path, rest, text, header, next;
	struct json_path p;

	str_cut((str){ (const char *)data, size }, '\n', &path, &rest);
	str_cut(rest, '\n', &text, &header);
	if (!json_path_read(a, path, &p)) {
		must(p.n <= JSON_PATH_STEPS_MAX);
		follow(a, &p, text);
	}
	if (link_next(header, &next))
		must(next.n && !str_has(next, '>') && next.p > header.p &&
			next.p + next.n < header.p + header.n);
	arena_free(a);
	return 0;
}
