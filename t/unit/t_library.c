/* libtoyon, as a program that links it sees it. */
#include <toyon.h>

#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "check.h"
#include "index/index.h"

static char folder[] = "/tmp/t_library.XXXXXX";
static char index_path[64], key_path[64];

static void add(struct index_entry *e, const struct ident_keyring *k,
	enum ident_kind kind, const char *value, uint32_t reasons)
{
	CHECK(!ident_key_of(k, kind, str_of(value), e->key), "%s", value);
	e->reasons = reasons;
}

static void publish(uint32_t bob, uint64_t generation)
{
	static const char hex[] =
		"000102030405060708090a0b0c0d0e0f1011121314151617"
		"18191a1b1c1d1e1f\n";
	struct ident_keyring k;
	struct index_entry entry[3];
	struct index_opts o = { .seq = 7, .generation = generation };
	struct err e = { 0 };
	uint8_t secret[IDENT_SECRET_SIZE];

	for (size_t i = 0; i < sizeof secret; i++)
		secret[i] = (uint8_t)i;
	ident_keyring_init(&k, secret, CPU_BEST);
	add(&entry[0], &k, IDENT_EMAIL, "bob@example.com", bob);
	add(&entry[1], &k, IDENT_PHONE, "4155559317", 4);
	add(&entry[2], &k, IDENT_NDZ, "Ann|Lee|1985-07-04|91790", 1);
	memcpy(o.fingerprint, k.fingerprint, sizeof o.fingerprint);
	CHECK(!index_build(index_path, entry, 3, &o, &e), "%s", e.message);
	CHECK(!file_replace(key_path, str_of(hex), 0600, &e), "%s", e.message);
}

static int64_t check(const struct toyon *t, const char *kind, const char *value)
{
	return toyon_check(t, kind, value, strlen(value));
}

static void answers(const struct toyon *t)
{
	struct toyon_info info;
	char text[TOYON_TEXT_SIZE];

	CHECK(check(t, "email", " Bob@EXAMPLE.com") == 5, "raw");
	CHECK(check(t, "email", "eve@example.com") == TOYON_CLEAR, "clear");
	CHECK(check(t, "email",
		      "5ff860bf1190596c7188ab851db691f0f3169c453936e9e1eba2f9a4"
		      "7f7a0018") == 5,
		"hashed");
	CHECK(check(t, "phone", "+1 (415) 555-9317") == 4, "a number");
	CHECK(check(t, "ndz", "ANN|Lee|July 4, 1985|91790-1234") == 1,
		"a composite");
	CHECK(check(t, "email", "bob") == TOYON_UNREADABLE, "unreadable");
	CHECK(check(t, "fax", "1") == TOYON_UNKNOWN_KIND, "no such kind");
	toyon_info(t, &info);
	CHECK(info.keys == 3 && info.seq == 7 && info.generation == 1, "info");
	CHECK(toyon_reasons(5, text, sizeof text) == 15 &&
			!strcmp(text, "opt-out,deleted"),
		"%s", text);
	CHECK(toyon_reasons(5, text, 4) == 15 && !strcmp(text, "opt"), "%s",
		text);
	CHECK(toyon_reasons(0, text, sizeof text) == 0 && !*text, "none");
	CHECK(toyon_standardize("phone", "415.555.9317", 12, text) == 10 &&
			!memcmp(text, "4155559317", 10),
		"standardized");
}

static void many(const struct toyon *t)
{
	enum { MANY = 1000 };
	static const char *value[MANY];
	static size_t size[MANY];
	static int64_t answer[MANY];
	static const char *const kinds[] = { "bob@example.com", "x@y.zz", "no",
		"5FF860BF1190596C7188AB851DB691F0F3169C453936E9E1EBA2F9A47F7A0018",
		("a-rather-long-mailbox-of-more-than-fifty-five-bytes-in-all"
		 "@example.com") };
	static const int64_t want[] = { 5, 0, TOYON_UNREADABLE, 5, 0 };
	int wrong = 0;

	for (size_t i = 0; i < MANY; i++) {
		value[i] = kinds[i % COUNTOF(kinds)];
		size[i] = strlen(value[i]);
	}
	CHECK(!toyon_check_many(t, "email", value, size, MANY, answer), "many");
	for (size_t i = 0; i < MANY; i++)
		wrong += answer[i] != want[i % COUNTOF(want)];
	CHECK(!wrong, "%d wrong", wrong);
}

static void digests(const struct toyon *t)
{
	unsigned char d[2 * TOYON_DIGEST_SIZE];
	int64_t answer[2];

	sha256(STR("bob@example.com"), d);
	sha256(STR("eve@example.com"), d + TOYON_DIGEST_SIZE);
	CHECK(!toyon_check_digests(t, "email", d, 2, answer) &&
			answer[0] == 5 && answer[1] == 0,
		"digests");
}

static void refresh(struct toyon *t)
{
	char why[TOYON_WHY_SIZE];
	struct err e;

	CHECK(toyon_refresh(t, why) == 0, "nothing new");
	publish(16, 2);
	CHECK(check(t, "email", "bob@example.com") == 5, "until asked for");
	CHECK(toyon_refresh(t, why) == 1, "a new file");
	CHECK(check(t, "email", "bob@example.com") == 16, "taken up");
	CHECK(!file_replace(index_path, STR("rubbish"), 0600, &e), "write");
	CHECK(toyon_refresh(t, why) == -1 && strstr(why, "not an index"), "%s",
		why);
	CHECK(check(t, "email", "bob@example.com") == 16, "the old one stays");
}

static void refusals(void)
{
	char why[TOYON_WHY_SIZE];
	struct toyon *t;
	struct err e;

	publish(5, 1);
	CHECK(toyon_open(&t, "/nowhere", key_path, why) == -1 &&
			strstr(why, "/nowhere"),
		"%s", why);
	CHECK(toyon_open(&t, index_path, "/nowhere", why) == -1, "%s", why);
	CHECK(!file_replace(key_path, STR("short"), 0600, &e), "write");
	CHECK(toyon_open(&t, index_path, key_path, why) == -1 &&
			strstr(why, "is no index key"),
		"%s", why);
	CHECK(!file_replace(key_path, STR("01234567890123456789012345678901"),
		      0600, &e),
		"write");
	CHECK(toyon_open(&t, index_path, key_path, why) == -1 &&
			strstr(why, "another installation"),
		"%s", why);
	toyon_close(NULL);
}

int main(void)
{
	char why[TOYON_WHY_SIZE] = "";
	struct toyon *t;

	if (!mkdtemp(folder))
		return 1;
	snprintf(index_path, sizeof index_path, "%s/a.tyx", folder);
	snprintf(key_path, sizeof key_path, "%s/a.key", folder);
	publish(5, 1);
	CHECK(!toyon_open(&t, index_path, key_path, why), "%s", why);
	answers(t);
	many(t);
	digests(t);
	refresh(t);
	toyon_close(t);
	refusals();
	unlink(index_path);
	unlink(key_path);
	CHECK(!rmdir(folder), "nothing left");
	return CHECK_DONE();
}
