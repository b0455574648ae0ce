/*
 * Sealing: what was put comes back, and nothing else does - not with another
 * key, another label, a changed byte, or a destroyed key.
 */
#include "desk/seal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "check.h"

static struct arena *arena;

static struct keys *keys_of_new_folder(void)
{
	char dir[] = "/tmp/toyon-seal-XXXXXX";
	struct keys *k = NULL;
	struct err e = { 0 };

	CHECK(mkdtemp(dir), "a folder");
	CHECK(keys_make(dir, &e) == 0, "%s", e.message);
	CHECK(keys_load(arena, dir, KEYS_WEB, &k, &e) == 0, "%s", e.message);
	CHECK(system(arena_fmt(arena, "rm -r %s%c", dir, 0).p) == 0, "tidy");
	return k;
}

static void comes_back(const struct keys *k)
{
	static const char *const texts[] = { "", "x", "Ellen Tran",
		"zwei\nZeilen, \xC3\xBC und ein \x01" };
	struct err e = { 0 };
	str wrapped;
	struct seal *s = seal_new(arena, k, &wrapped), *again = NULL;

	CHECK(wrapped.n == SEAL_WRAPPED_SIZE, "%zu", wrapped.n);
	CHECK(seal_open(arena, k, wrapped, &again, &e) == 0, "%s", e.message);
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		str in = str_of(texts[i]), out = { 0 };
		str blob = seal_put(arena, s, STR("request"), in);

		CHECK(blob.n == in.n + SEAL_OVERHEAD, "%zu", blob.n);
		CHECK(in.n < 4 || str_find(blob, in) < 0, "it can be read");
		CHECK(seal_get(arena, again, STR("request"), blob, &out, &e) ==
					0 &&
				str_eq(in, out),
			"text %zu: %s", i, e.message);
	}
}

static void same_text_differs(const struct keys *k)
{
	str wrapped, a, b;
	struct seal *s = seal_new(arena, k, &wrapped);

	a = seal_put(arena, s, STR("mail"), STR("the same"));
	b = seal_put(arena, s, STR("mail"), STR("the same"));
	CHECK(!str_eq(a, b), "equal texts must not be seen to be equal");
}

static bool opens(const struct seal *s, str label, str blob)
{
	struct err e = { 0 };
	str out;
	int rc = seal_get(arena, s, label, blob, &out, &e);

	CHECK(rc == 0 || e.code == ERR_CORRUPT, "code %d", (int)e.code);
	return rc == 0;
}

static void nothing_else_opens(const struct keys *k, const struct keys *other)
{
	struct err e = { 0 };
	str wrapped, wrapped2, blob, changed;
	struct seal *s = seal_new(arena, k, &wrapped), *x = NULL;
	struct seal *s2 = seal_new(arena, k, &wrapped2);

	blob = seal_put(arena, s, STR("task:14"), STR("three leads"));
	CHECK(opens(s, STR("task:14"), blob), "as it was put");
	CHECK(!opens(s, STR("task:15"), blob), "another row's label");
	CHECK(!opens(s, STR("task:1"), blob), "a label that begins the same");
	CHECK(!opens(s2, STR("task:14"), blob), "another request's key");
	CHECK(!opens(seal_derived(arena, k, "draft"), STR("task:14"), blob),
		"a derived key");
	for (size_t i = 0; i < blob.n; i++) {
		char *p = arena_alloc(arena, blob.n);

		memcpy(p, blob.p, blob.n);
		p[i] ^= 1;
		changed = (str){ p, blob.n };
		CHECK(!opens(s, STR("task:14"), changed), "byte %zu", i);
		CHECK(!opens(s, STR("task:14"), str_head(blob, i)),
			"cut to %zu bytes", i);
	}
	CHECK(seal_open(arena, other, wrapped, &x, &e) == -1 &&
			e.code == ERR_CORRUPT,
		"another installation's master key");
	CHECK(seal_open(arena, k, STR(""), &x, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"a destroyed key says so");
	CHECK(seal_open(arena, k, blob, &x, &e) == -1, "a blob is no key");
}

static void derived_keys(const struct keys *k, const struct keys *other)
{
	str blob = seal_put(arena, seal_derived(arena, k, "draft"),
		STR("draft"), STR("typed"));

	CHECK(opens(seal_derived(arena, k, "draft"), STR("draft"), blob),
		"the same purpose");
	CHECK(!opens(seal_derived(arena, k, "drafts"), STR("draft"), blob),
		"another purpose");
	CHECK(!opens(seal_derived(arena, other, "draft"), STR("draft"), blob),
		"another installation");
}

int main(void)
{
	struct keys *k, *other;

	arena = arena_new(64 << 20);
	k = keys_of_new_folder();
	other = keys_of_new_folder();
	comes_back(k);
	same_text_differs(k);
	nothing_else_opens(k, other);
	derived_keys(k, other);
	arena_free(arena);
	return CHECK_DONE();
}
