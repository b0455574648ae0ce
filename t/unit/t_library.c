/* libtoyon, as a program that links it sees it. */
#include <toyon.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "base/version.h"
#include "check.h"
#include "index/index.h"
#include "index/key_file.h"

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

static int drop_hash(
	const char *kind, const char *const *part, size_t n, unsigned char *out)
{
	size_t size[8];

	for (size_t i = 0; i < n; i++)
		size[i] = strlen(part[i]);
	return toyon_drop_hash(kind, part, size, n, out);
}

static void drop_hashes(void)
{
	static const char *const ndz[] = { "Danielle", "Johnson",
		"July 4, 1985", "91790" };
	static const char *const email[] = { "Anna.Smith@Domain.com" };
	static const char *const first[] = { "Juan Pablo" };
	static const char *const name_vin[] = { "Eve", "Genesis",
		"1HGCM82633A004352", "" };
	static const struct {
		const char *kind;
		const char *const *part;
		size_t n;
		const char *want;
	} published[] = {
		{ "email", email, 1,
			"KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhE=" },
		{ "first", first, 1,
			"91hIbrbzNeqHs3o81O5yNrXUj7wDd2shvZ6THKi9qz8=" },
		{ "ndz", ndz, 4,
			"PQOfn1RffEKmqMmNAzDKKaoZCwxWbQZkQzPWmQo9REA=" },
		{ "namevin", name_vin, 3,
			"rtnDuXIe63jXYQQXW5r07GJ7lSsrib8+46QuKFwkOmk=" },
	};
	unsigned char got[TOYON_DIGEST_SIZE], want[TOYON_DIGEST_SIZE];

	for (size_t i = 0; i < COUNTOF(published); i++) {
		CHECK(ident_hash_read(str_of(published[i].want), want), "%s",
			published[i].want);
		CHECK(!drop_hash(published[i].kind, published[i].part,
			      published[i].n, got) &&
				!memcmp(got, want, sizeof got),
			"%s as published", published[i].kind);
	}
	CHECK(drop_hash("vin", ndz, 1, got) == TOYON_UNREADABLE, "no VIN");
	CHECK(drop_hash("zip", name_vin + 3, 1, got) == TOYON_UNREADABLE,
		"nothing");
	CHECK(drop_hash("ndz", ndz, 3, got) == TOYON_WRONG_PARTS, "too few");
	CHECK(drop_hash("namevin", name_vin, 4, got) == TOYON_WRONG_PARTS,
		"too many");
	CHECK(drop_hash("email", ndz, 0, got) == TOYON_WRONG_PARTS, "none");
	CHECK(drop_hash("name_vin", name_vin, 3, got) == TOYON_UNKNOWN_KIND,
		"a kind of the index, not of the lists");
	CHECK(*toyon_problem(TOYON_WRONG_PARTS) &&
			strcmp(toyon_problem(TOYON_WRONG_PARTS),
				toyon_problem(TOYON_UNREADABLE)),
		"a wrong number of parts has words of its own");
}

static int may_sell(const struct toyon *t, const char *kind, const char *value)
{
	return toyon_may_sell(t, kind, value, strlen(value));
}

static void sale(const struct toyon *t)
{
	static const struct {
		int64_t answer;
		int want;
		const char *why;
	} cases[] = {
		{ TOYON_CLEAR, 1, "clear" },
		{ TOYON_OPT_OUT, 0, "opted out" },
		{ TOYON_LIMIT, 1, "limit is about sensitive data only" },
		{ TOYON_ADMT, 1, "automated decisions are no sale" },
		{ TOYON_LIMIT | TOYON_ADMT, 1, "both leave sale alone" },
		{ TOYON_LIMIT | TOYON_MINOR, 0, "one is enough" },
		{ TOYON_DROP, 0, "DROP" },
		{ TOYON_MANUAL, 0, "staff" },
		{ 1 << 20, 0, "a bit of a later version: careful" },
		{ 1 << 20 | TOYON_LIMIT, 0, "the same beside a known one" },
		{ TOYON_UNREADABLE, 0, "nothing known is no yes" },
		{ TOYON_UNKNOWN_KIND, 0, "nor is a mistake" },
	};

	static const struct {
		int64_t answer;
		const char *use;
		int want;
		const char *why;
	} uses[] = {
		{ TOYON_CLEAR, "share", 1, "clear" },
		{ TOYON_NO_NOTICE, "share", 0, "no notice was posted" },
		{ TOYON_LIMIT, "sensitive", 0, "limited" },
		{ TOYON_LIMIT, "keeping", 1, "and kept" },
		{ TOYON_DELETED, "keeping", 0, "deleted" },
		{ TOYON_DELETED, "billing", 0, "and used for nothing" },
		{ TOYON_DELETED | 1 << 16, "lock-1", 1, "kept for this" },
		{ TOYON_DELETED | 1 << 16, "lock-2", 0, "and not for that" },
		{ TOYON_HOLD | 1 << 16, "lock-1", 0, "held" },
		{ TOYON_OPT_OUT, "opt-out", 1, "a reason is no use" },
		{ 1 << 30, "keeping", 0, "a later version: careful" },
		{ TOYON_UNREADABLE, "keeping", 0, "nothing known is no yes" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(toyon_allows_sale(cases[i].answer) == cases[i].want, "%s",
			cases[i].why);
	for (size_t i = 0; i < COUNTOF(uses); i++)
		CHECK(toyon_allows(uses[i].answer, uses[i].use) == uses[i].want,
			"%s", uses[i].why);
	CHECK(may_sell(t, "email", "BOB@example.com") == 0, "suppressed");
	CHECK(may_sell(t, "email", "eve@example.com") == 1, "clear");
	CHECK(may_sell(t, "email", "eve") == TOYON_UNREADABLE, "unreadable");
	CHECK(may_sell(t, "fax", "1") == TOYON_UNKNOWN_KIND, "no such kind");
	CHECK(*toyon_problem(TOYON_UNREADABLE) &&
			*toyon_problem(TOYON_UNKNOWN_KIND) &&
			!*toyon_problem(TOYON_CLEAR) && !*toyon_problem(5),
		"problems have words");
	CHECK(!strcmp(toyon_version(), TOYON_VERSION), "version");
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
	CHECK(!toyon_is_stale(t) && toyon_generation(t) == 1, "the first");
	publish(16, 2);
	CHECK(toyon_is_stale(t) && toyon_generation(t) == 1, "noticed");
	CHECK(check(t, "email", "bob@example.com") == 5, "until asked for");
	CHECK(toyon_refresh(t, why) == 1, "a new file");
	CHECK(check(t, "email", "bob@example.com") == 16, "taken up");
	CHECK(!toyon_is_stale(t) && toyon_generation(t) == 2, "the second");
	CHECK(!file_replace(index_path, STR("rubbish"), 0600, &e), "write");
	CHECK(toyon_refresh(t, why) == -1 && strstr(why, "not an index"), "%s",
		why);
	CHECK(check(t, "email", "bob@example.com") == 16, "the old one stays");
}

/* The same answers, of a newer file too. */
static void single(void)
{
	char why[TOYON_WHY_SIZE] = "";
	struct toyon *t;

	publish(5, 1);
	CHECK(!toyon_open(&t, index_path, key_path, why), "%s", why);
	toyon_expect_single(t);
	answers(t);
	many(t);
	publish(16, 2);
	CHECK(toyon_refresh(t, why) == 1, "a newer file");
	CHECK(check(t, "email", "bob@example.com") == 16, "taken up");
	CHECK(check(t, "email", "eve@example.com") == TOYON_CLEAR, "clear");
	toyon_close(t);
}

/* Four threads ask while files come and go: each answer is of one of them. */
struct asker {
	pthread_t thread;
	const struct toyon *t;
	atomic_bool *is_over;
	uint64_t asked;
	uint64_t wrong;
};

/* Several rounds a call, of which each may see another file. */
static uint64_t ask_many(const struct toyon *t)
{
	enum { MANY = 600 };
	unsigned char digest[MANY * TOYON_DIGEST_SIZE];
	const char *value[MANY];
	size_t size[MANY];
	int64_t answer[2][MANY];
	uint64_t wrong = 0;

	for (size_t i = 0; i < MANY; i++) {
		value[i] = i % 3 ? "eve@example.com" : "bob@example.com";
		size[i] = strlen(value[i]);
		sha256((str){ value[i], size[i] },
			digest + i * TOYON_DIGEST_SIZE);
	}
	wrong +=
		toyon_check_many(t, "email", value, size, MANY, answer[0]) != 0;
	wrong += toyon_check_digests(t, "email", digest, MANY, answer[1]) != 0;
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < MANY; i++) {
			int64_t got = answer[k][i];

			wrong += i % 3 ? got != 0 : got != 5 && got != 16;
		}
	return wrong;
}

static void *ask(void *ctx)
{
	struct asker *a = ctx;

	while (!atomic_load(a->is_over)) {
		int64_t answer = check(a->t, "email", "bob@example.com");

		a->wrong += answer != 5 && answer != 16;
		a->wrong += check(a->t, "email", "eve@example.com") != 0;
		if (a->asked % 16 == 0)
			a->wrong += ask_many(a->t);
		a->asked++;
	}
	return NULL;
}

static void threads(struct toyon *t)
{
	enum { THREADS = 4, FILES = 100 };
	struct asker a[THREADS] = { 0 };
	char why[TOYON_WHY_SIZE];
	atomic_bool is_over = false;
	uint64_t asked = 0, wrong = 0;
	int taken = 0;

	for (size_t i = 0; i < THREADS; i++) {
		a[i].t = t, a[i].is_over = &is_over;
		must(!pthread_create(&a[i].thread, NULL, ask, &a[i]));
	}
	for (unsigned i = 0; i < FILES; i++) {
		publish(i % 2 ? 5 : 16, 3 + i);
		taken += toyon_refresh(t, why) == 1;
	}
	atomic_store(&is_over, true);
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(a[i].thread, NULL);
		asked += a[i].asked;
		wrong += a[i].wrong;
	}
	CHECK(taken == FILES, "%d files taken up", taken);
	CHECK(toyon_generation(t) == 3 + FILES - 1, "the last one");
	CHECK(asked > 0 && wrong == 0, "%llu of %llu wrong",
		(unsigned long long)wrong, (unsigned long long)asked);
}

/* A list's index has its key beside it. */
static void lists(void)
{
	struct arena *a = arena_new(1 << 16);
	const char *beside = key_file_beside(a, index_path);
	uint8_t secret[IDENT_SECRET_SIZE];
	uint8_t again[IDENT_SECRET_SIZE];
	struct ident_keyring k;
	struct index_entry entry[1];
	struct index_opts o = { .generation = 1 };
	struct err e = { 0 };
	char why[TOYON_WHY_SIZE] = "";
	struct toyon *t = NULL;

	CHECK(toyon_open(&t, index_path, NULL, why) == -1 &&
			strstr(why, ".key"),
		"no key beside it: %s", why);
	CHECK(!key_file_need(beside, secret, &e) &&
			!key_file_need(beside, again, &e) &&
			!memcmp(secret, again, sizeof secret),
		"made once, then kept");
	ident_keyring_init(&k, secret, CPU_BEST);
	add(&entry[0], &k, IDENT_EMAIL, "bob@example.com", TOYON_MANUAL);
	memcpy(o.fingerprint, k.fingerprint, sizeof o.fingerprint);
	CHECK(!index_build(index_path, entry, 1, &o, &e), "%s", e.message);
	CHECK(toyon_open(&t, index_path, key_path, why) == -1 && !t,
		"an installation's key does not open it");
	CHECK(!toyon_open(&t, index_path, NULL, why), "%s", why);
	CHECK(check(t, "email", "Bob@example.com") == TOYON_MANUAL, "listed");
	toyon_close(t);
	unlink(beside);
	arena_free(a);
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
	sale(t);
	drop_hashes();
	refresh(t);
	publish(5, 2);
	CHECK(toyon_refresh(t, why) == 1, "a sound file again");
	threads(t);
	toyon_close(t);
	single();
	lists();
	refusals();
	unlink(index_path);
	unlink(key_path);
	CHECK(!rmdir(folder), "nothing left");
	return CHECK_DONE();
}
