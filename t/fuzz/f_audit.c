/*
 * Any bytes as an audit export, whole and in two pieces: the report is the same,
 * its numbers make sense, and its sentence can be said.
 */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "desk/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct arena *a, str one, str two, struct audit_report *r)
{
	struct audit_check *c = audit_check_new(a);

	audit_check_bytes(c, one);
	audit_check_bytes(c, two);
	audit_check_end(c, r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(1 << 20);
	str text = { (const char *)data, size };
	size_t cut = size ? data[size - 1] % size : 0;
	struct audit_report whole, pieces;

	check(a, text, STR(""), &whole);
	check(a, str_head(text, cut), str_from(text, cut), &pieces);
	must(whole.damage == pieces.damage && whole.seq == pieces.seq &&
		whole.line == pieces.line && whole.count == pieces.count);
	must(!strcmp(whole.hash, pieces.hash));
	must(whole.count >= 0 && whole.seq >= 0 && whole.seals >= 0);
	must(whole.to >= whole.from - 1);
	must(audit_report_text(a, &whole).n > 0);
	arena_free(a);
	return 0;
}
