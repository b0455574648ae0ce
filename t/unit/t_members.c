/* Who was in a batch: exact for all that went in and for what did not, at the
 * sizes where blocks begin and end, and no damage goes unseen. */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/file.h"
#include "base/rand.h"
#include "desk/disclosure_members.h"

enum { TAGS_A_BLOCK = 511, BLOCK = 4096 };

static const uint8_t ring[IDENT_FINGERPRINT_SIZE] = { 1, 2, 3 };

static void key_at(uint64_t i, uint8_t key[IDENT_KEY_SIZE])
{
	struct rng r = { i * 2654435761u + 17 };

	for (size_t k = 0; k < IDENT_KEY_SIZE; k += 8) {
		uint64_t v = rng_next(&r);

		memcpy(key + k, &v, 8);
	}
}

static struct members_made make(const char *folder, uint64_t n, uint64_t times)
{
	struct members_made made;
	struct members_writer *w;
	uint8_t key[IDENT_KEY_SIZE];
	struct err e = { 0 };

	must(!members_start(&w, folder, &e));
	for (uint64_t i = 0; i < n * times; i++) {
		key_at(i % n, key);
		must(!members_add(w, key, &e));
	}
	must(!members_finish(w, ring, &made, &e));
	members_drop(w);
	return made;
}

static void sizes(struct arena *a, const char *folder)
{
	static const uint64_t rows[] = { 0, 1, TAGS_A_BLOCK - 1, TAGS_A_BLOCK,
		TAGS_A_BLOCK + 1, 2 * TAGS_A_BLOCK, 300000 };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		uint64_t n = rows[i], in = 0, out = 0;
		uint64_t step = n > 2000 ? 97 : 1;
		struct members_made made = make(folder, n, 2);
		struct members *m;
		uint8_t key[IDENT_KEY_SIZE];
		struct err e = { 0 };

		CHECK(made.tags == n, "each once: %llu of %llu",
			(unsigned long long)made.tags, (unsigned long long)n);
		must(!members_open(a, &m, folder, made.mark, ring, &e));
		for (uint64_t k = 0; k < n; k += step) {
			key_at(k, key);
			in += members_have(m, key, &e) == 1;
		}
		for (uint64_t k = n; k < n + 2000; k++) {
			key_at(k, key);
			out += members_have(m, key, &e) == 0;
		}
		CHECK(in == (n + step - 1) / step && out == 2000,
			"of %llu: %llu found, %llu not found",
			(unsigned long long)n, (unsigned long long)in,
			(unsigned long long)out);
		members_close(m);
	}
}

static void ends(struct arena *a, const char *folder)
{
	struct members_made made;
	struct members_writer *w;
	struct members *m;
	uint8_t low[IDENT_KEY_SIZE] = { 0 }, high[IDENT_KEY_SIZE];
	struct err e = { 0 };

	memset(high, 0xFF, sizeof high);
	must(!members_start(&w, folder, &e) && !members_add(w, low, &e) &&
		!members_add(w, high, &e) &&
		!members_finish(w, ring, &made, &e));
	members_drop(w);
	must(!members_open(a, &m, folder, made.mark, ring, &e));
	CHECK(members_have(m, low, &e) == 1 && members_have(m, high, &e) == 1,
		"the lowest and the highest tag");
	high[0] = 0xFE;
	low[0] = 1;
	CHECK(members_have(m, low, &e) == 0 && members_have(m, high, &e) == 0,
		"and not their neighbours");
}

/* Asks for some of each block; true when any answer is an error. */
static bool is_refused(struct arena *a, const char *folder, const char *mark)
{
	struct members *m;
	uint8_t key[IDENT_KEY_SIZE];
	struct err e = { 0 };
	bool is_bad = false;

	if (members_open(a, &m, folder, mark, ring, &e))
		return e.code == ERR_CORRUPT;
	for (uint64_t i = 0; i < 2000; i += 20) {
		key_at(i, key);
		is_bad |=
			members_have(m, key, &e) == -1 && e.code == ERR_CORRUPT;
	}
	members_close(m);
	return is_bad;
}

static void damage(struct arena *a, const char *folder)
{
	struct members_made made = make(folder, 2000, 1);
	const char *path =
		arena_cstr(a, arena_fmt(a, "%s/%s.tym", folder, made.mark));
	uint8_t other[IDENT_FINGERPRINT_SIZE] = { 9 };
	size_t unseen = 0;
	struct members *m;
	struct err e = { 0 };
	str was;

	must(!file_read(a, path, 1 << 20, &was, &e));
	for (size_t i = 0; i < was.n; i += 97) {
		char *bytes = arena_alloc(a, was.n);

		memcpy(bytes, was.p, was.n);
		bytes[i] ^= 4;
		must(!file_replace(path, (str){ bytes, was.n }, 0600, &e));
		unseen += !is_refused(a, folder, made.mark);
	}
	CHECK(!unseen, "%zu changed bytes were not seen", unseen);
	for (size_t n = 0; n < was.n; n += BLOCK / 2) {
		must(!file_replace(path, str_head(was, n), 0600, &e));
		CHECK(is_refused(a, folder, made.mark), "cut at %zu", n);
	}
	must(!file_replace(path, was, 0600, &e));
	CHECK(!is_refused(a, folder, made.mark), "whole again");
	CHECK(members_open(a, &m, folder, made.mark, other, &e) &&
			e.code == ERR_CORRUPT && strstr(e.message, "key"),
		"of another keyring: %s", e.message);
	must(!file_replace(
		arena_cstr(a, arena_fmt(a, "%s/00000000000000ab.tym", folder)),
		was, 0600, &e));
	CHECK(members_open(a, &m, folder, "00000000000000ab", ring, &e) &&
			strstr(e.message, "another batch"),
		"under another's name: %s", e.message);
	members_remove(folder, made.mark);
	CHECK(members_open(a, &m, folder, made.mark, ring, &e) &&
			e.code == ERR_NOT_FOUND,
		"gone: %s", e.message);
}

static void given_up(struct arena *a, const char *folder)
{
	struct members_writer *w;
	uint8_t key[IDENT_KEY_SIZE] = { 0 };
	struct err e = { 0 };
	const char *empty = path_join(a, folder, "empty");

	must(!members_start(&w, empty, &e) && !members_add(w, key, &e));
	members_drop(w);
	CHECK(!rmdir(empty), "nothing is left of one that was given up");
}

int main(void)
{
	char dir[] = "/tmp/t_members.XXXXXX";
	struct arena *a = arena_new(256 << 20);
	const char *folder;

	must(mkdtemp(dir));
	folder = path_join(a, dir, "disclosures");
	sizes(a, folder);
	ends(a, folder);
	damage(a, folder);
	given_up(a, folder);
	must(!system(arena_cstr(a, arena_fmt(a, "rm -r %s", dir))));
	arena_free(a);
	return CHECK_DONE();
}
