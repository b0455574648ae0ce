/*
 * The index file and its delta: every key that is in is found with its reasons,
 * no other, by every way to look; and no damage to a file goes unnoticed.
 */
#include "index/index.h"

#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "base/rand.h"
#include "check.h"
#include "index/crc32c.h"
#include "index/format.h"
#include "index/suppress_set.h"

static char folder[] = "/tmp/t_index.XXXXXX";

static const char *path_of(const char *name)
{
	static char path[64];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void random_key(struct rng *r, uint8_t key[IDENT_KEY_SIZE])
{
	for (size_t i = 0; i < IDENT_KEY_SIZE; i += 8) {
		uint64_t v = rng_next(r);

		memcpy(key + i, &v, 8);
	}
}

static struct index_entry *random_entries(
	struct rng *r, size_t n, uint32_t masks)
{
	struct index_entry *e = malloc((n + 1) * sizeof *e);

	for (size_t i = 0; i < n; i++) {
		random_key(r, e[i].key);
		e[i].reasons = (uint32_t)rng_below(r, masks) + 1;
	}
	return e;
}

static struct index *build_and_open(const struct index_entry *entry, size_t n,
	const struct index_opts *opts)
{
	struct index_entry *copy = malloc((n + 1) * sizeof *copy);
	struct index_open_opts open = { .cpu = opts->cpu,
		.fingerprint = opts->fingerprint };
	struct index *ix = NULL;
	struct err e = { 0 };

	memcpy(copy, entry, n * sizeof *copy);
	CHECK(!index_build(path_of("a.tyx"), copy, n, opts, &e), "build: %s",
		e.message);
	CHECK(!index_open(&ix, path_of("a.tyx"), &open, &e), "open: %s",
		e.message);
	free(copy);
	return ix;
}

#ifdef __SANITIZE_ADDRESS__ /* which ends the program itself */
static void expect_without_memory(struct index *ix)
{
	(void)ix;
}
#else
/* All that is left, each block pointing to the one before. */
static void **take_memory(void)
{
	void **last = NULL;
	void **p;

	for (size_t n = 1 << 16; n >= 16; n /= 2)
		while ((p = malloc(n))) {
			*p = last;
			last = p;
		}
	return last;
}

/* In a program that has no memory left the filter is done without: it is not ours to
 * end. */
static void expect_without_memory(struct index *ix)
{
	struct rlimit was, none;
	void **taken;

	CHECK(!getrlimit(RLIMIT_AS, &was), "a limit");
	none = was;
	none.rlim_cur = 1;
	CHECK(!setrlimit(RLIMIT_AS, &none), "no more from the system");
	taken = take_memory();
	index_expect_single(ix);
	CHECK(!setrlimit(RLIMIT_AS, &was), "as before");
	while (taken) {
		void **before = *taken;

		free(taken);
		taken = before;
	}
}
#endif

/* Alone and with others, and again with the filter: it says no of nobody who is
 * in, wherever the key was carried to. */
static size_t singles_differ(
	struct index *ix, const uint8_t *key, size_t n, const uint32_t *want)
{
	size_t wrong = 0;

	expect_without_memory(ix);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < n; i++)
			wrong += index_find(ix, key + i * IDENT_KEY_SIZE) !=
				 want[i];
		index_expect_single(ix);
	}
	return wrong;
}

/* All that is in, and as many that are not. */
static void compare(struct index *ix, const struct index_entry *entry, size_t n,
	const char *why)
{
	uint8_t *key = calloc(2 * n + 1, IDENT_KEY_SIZE);
	uint32_t *got = malloc(2 * n * sizeof *got + 1);
	struct rng r = { 4242 };
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		memcpy(key + 2 * i * IDENT_KEY_SIZE, entry[i].key,
			IDENT_KEY_SIZE);
		random_key(&r, key + (2 * i + 1) * IDENT_KEY_SIZE);
	}
	index_find_batch(ix, key, 2 * n, got);
	for (size_t i = 0; i < n; i++) {
		wrong += got[2 * i] != entry[i].reasons;
		wrong += got[2 * i + 1] != 0;
	}
	wrong += singles_differ(ix, key, 2 * n, got);
	CHECK(!wrong, "%s: %zu of %zu wrong", why, wrong, n);
	free(got);
	free(key);
}

static void every_size_and_path(void)
{
	static const size_t sizes[] = { 0, 1, 2, 6, 7, 8, 9, 100, 5000, 40000 };
	static const uint32_t masks[] = { 1, 2, 255, 256, 70000 };
	struct rng r = { 1 };

	for (size_t i = 0; i < COUNTOF(sizes); i++)
		for (size_t m = 0; m < COUNTOF(masks); m++) {
			enum cpu_path p = (enum cpu_path)(1 + (i + m) % 4);
			struct index_opts o = { .seq = 9,
				.cpu = cpu_path_runs(p) ? p : CPU_PORTABLE,
				.load_percent = m == 2 ? 97 : 0 };
			struct index_entry *e =
				random_entries(&r, sizes[i], masks[m]);
			struct index *ix = build_and_open(e, sizes[i], &o);
			struct index_info info = { 0 };
			struct err err = { 0 };
			char why[64];

			snprintf(why, sizeof why, "%zu keys, %u masks",
				sizes[i], masks[m]);
			if (ix) {
				compare(ix, e, sizes[i], why);
				index_info(ix, &info);
				CHECK(!index_verify(ix, &err), "%s: %s", why,
					err.message);
			}
			CHECK(info.keys == sizes[i] && info.seq == 9, "%s",
				why);
			index_close(ix);
			free(e);
		}
}

static void every_cpu_path(void)
{
	struct rng r = { 2 };
	struct index_entry *e = random_entries(&r, 30000, 9);

	for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++) {
		struct index_opts o = { .cpu = (enum cpu_path)p };
		struct index *ix;

		if (!cpu_path_runs((enum cpu_path)p))
			continue;
		ix = build_and_open(e, 30000, &o);
		compare(ix, e, 30000, cpu_path_name((enum cpu_path)p));
		index_close(ix);
	}
	free(e);
}

/* Far more keys of one line than fit: the rest is carried over many lines. */
static void crowded(void)
{
	static const size_t crowds[] = { 7, 8, 9, 15, 16, 17, 50, 200 };
	struct rng r = { 3 };

	for (size_t i = 0; i < COUNTOF(crowds); i++)
		for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++) {
			struct index_entry *e = random_entries(&r, 600, 3);
			struct index_opts o = { .cpu = (enum cpu_path)p };
			struct index *ix;

			if (!cpu_path_runs((enum cpu_path)p)) {
				free(e);
				continue;
			}
			for (size_t k = 0; k < crowds[i]; k++)
				memset(e[k].key, k % 3 == 2 ? 0xff : 0x77, 7);
			ix = build_and_open(e, 600, &o);
			compare(ix, e, 600, "crowded");
			index_close(ix);
			free(e);
		}
}

static void small_tags(void)
{
	struct rng r = { 4 };
	struct index_entry *e = random_entries(&r, 10, 3);
	struct index_opts o = { 0 };
	struct index *ix;

	/* Tags 0 and 1 mean something in a line: they are kept as 2 and 3. */
	memset(e[0].key + 8, 0, 8);
	memset(e[1].key + 8, 0, 8);
	e[1].key[15] = 1;
	memset(e[2].key + 8, 0xff, 8);
	ix = build_and_open(e, 10, &o);
	compare(ix, e, 10, "tags at the edges");
	index_close(ix);
	free(e);
}

static void twice(void)
{
	struct rng r = { 5 };
	struct index_entry *e = random_entries(&r, 100, 3);
	struct index_opts o = { 0 };
	struct index_info info;
	struct index *ix;

	for (size_t i = 0; i < 50; i++) {
		memcpy(e[i + 50].key, e[i].key, IDENT_KEY_SIZE);
		e[i].reasons = 1;
		e[i + 50].reasons = 4;
	}
	ix = build_and_open(e, 100, &o);
	index_info(ix, &info);
	CHECK(info.keys == 50, "%d keys", (int)info.keys);
	CHECK(index_find(ix, e[7].key) == 5, "the reasons of both");
	CHECK(info.reasons == 5, "and in the header");
	index_close(ix);
	free(e);
}

static int count_up(void *ctx, const struct index_entry *entry)
{
	struct index_entry *last = ctx;
	int order = memcmp(last->key, entry->key, IDENT_KEY_SIZE);

	CHECK(order < 0, "ascending");
	*last = *entry;
	return entry->reasons ? 0 : 1;
}

static void proof(void)
{
	struct rng r = { 6 };
	struct index_entry *e = random_entries(&r, 3000, 40), last = { 0 };
	struct index_opts o = { 0 };
	struct index *ix = build_and_open(e, 3000, &o);
	struct err err = { 0 };
	uint32_t reasons;
	int wrong = 0;

	for (size_t i = 0; i < 3000; i++) {
		wrong += index_prove(ix, e[i].key, &reasons, &err) != 1 ||
			 reasons != e[i].reasons;
		e[i].key[31] ^= 1; /* same line, same tag, another key */
		wrong += index_prove(ix, e[i].key, &reasons, &err) != 0;
		e[i].key[31] ^= 1;
	}
	CHECK(!wrong, "%d wrong proofs", wrong);
	CHECK(!index_each(ix, count_up, &last, &err), "all entries");
	index_close(ix);
	o.without_proof = true;
	ix = build_and_open(e, 3000, &o);
	compare(ix, e, 3000, "without proof");
	CHECK(index_prove(ix, e[0].key, &reasons, &err) == -1 &&
			err.code == ERR_NOT_FOUND,
		"no proof to be had");
	index_close(ix);
	free(e);
}

static void refuses_what_is_no_key(void)
{
	struct index_entry *e = calloc(10000, sizeof *e);
	struct index_opts o = { 0 };
	struct err err = { 0 };
	struct dirent *entry;
	DIR *d;
	int left = 0;

	for (size_t i = 0; i < 10000; i++) {
		e[i].reasons = 1;
		memcpy(e[i].key + 20, &i, sizeof i);
	}
	unlink(path_of("a.tyx"));
	for (size_t i = 0; i < 10000; i++)
		memcpy(e[i].key + 8, &i, sizeof i);
	CHECK(index_build(path_of("a.tyx"), e, 10000, &o, &err) == -1 &&
			err.code == ERR_INVALID,
		"numbers are no keys");
	d = opendir(folder);
	while ((entry = readdir(d)))
		left += entry->d_name[0] != '.';
	closedir(d);
	CHECK(!left, "%d files left behind", left);
	err = (struct err){ 0 };
	CHECK(index_build("/nowhere/a.tyx", e, 1, &o, &err) == -1 &&
			strstr(err.message, "/nowhere/a.tyx"),
		"%s", err.message);
	free(e);
}

static void write_bytes(const char *path, const uint8_t *p, size_t n)
{
	FILE *f;

	unlink(path); /* to truncate it would flush it to the disk first */
	f = fopen(path, "wb");
	CHECK(f && fwrite(p, 1, n, f) == n && !fclose(f), "write %s", path);
}

struct file {
	uint8_t *p;
	size_t n;
	struct index_entry *entry;
	size_t entries;
};

static struct file small_file(struct arena *a, uint32_t masks)
{
	struct rng r = { 8 };
	struct file f = { .entries = 20 };
	struct index_opts o = { .fingerprint = { 1, 2, 3 } };
	struct err e = { 0 };
	str s;

	f.entry = random_entries(&r, f.entries, masks);
	index_close(build_and_open(f.entry, f.entries, &o));
	CHECK(!file_read(a, path_of("a.tyx"), 1 << 20, &s, &e), "%s",
		e.message);
	f.n = s.n;
	f.p = malloc(s.n + 1);
	memcpy(f.p, s.p, s.n);
	return f;
}

/* Opened: then every answer must be right, or the keys must be refused. */
static bool is_refused_or_right(const struct file *f, size_t n)
{
	struct index_open_opts o = { 0 };
	struct index *ix;
	struct err e = { 0 };
	uint32_t reasons;
	bool is_right = true;

	write_bytes(path_of("b.tyx"), f->p, n);
	if (index_open(&ix, path_of("b.tyx"), &o, &e))
		return e.code == ERR_CORRUPT && e.message[0];
	for (size_t i = 0; i < f->entries; i++)
		is_right = is_right && index_find(ix, f->entry[i].key) ==
					       f->entry[i].reasons;
	is_right = is_right && index_verify(ix, &e) == -1;
	is_right = is_right &&
		   index_prove(ix, f->entry[0].key, &reasons, &e) == -1;
	index_close(ix);
	return is_right;
}

static void damage(struct arena *a)
{
	static const uint32_t masks[] = { 1, 5, 300 };

	for (size_t m = 0; m < COUNTOF(masks); m++) {
		struct file f = small_file(a, masks[m]);
		size_t wrong = 0;

		for (size_t i = 0; i < f.n; i++) {
			uint8_t bit = (uint8_t)(1 << i % 8);

			f.p[i] ^= bit;
			wrong += !is_refused_or_right(&f, f.n);
			f.p[i] ^= bit;
		}
		CHECK(!wrong, "%zu flipped bytes went unnoticed", wrong);
		for (size_t n = 0; n < f.n; n += n < 5000 ? 1 : 37)
			wrong += !is_refused_or_right(&f, n);
		CHECK(!wrong, "%zu cut files went unnoticed", wrong);
		f.p[f.n] = 0;
		CHECK(is_refused_or_right(&f, f.n + 1), "a byte more");
		free(f.p);
		free(f.entry);
	}
}

static void messages(struct arena *a)
{
	static const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE] = { 9 };
	struct index_open_opts o = { .fingerprint = fingerprint };
	struct file f = small_file(a, 2);
	struct index_header *h = (struct index_header *)(void *)f.p;
	struct index *ix;
	struct err e = { 0 };

	CHECK(index_open(&ix, path_of("none.tyx"), &o, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"%s", e.message);
	CHECK(index_open(&ix, path_of("a.tyx"), &o, &e) == -1 &&
			strstr(e.message, "another installation"),
		"%s", e.message);
	o.fingerprint = NULL;
	h->version = 2;
	h->header_crc = crc32c(CPU_PORTABLE, 0, h, 4092);
	write_bytes(path_of("b.tyx"), f.p, f.n);
	CHECK(index_open(&ix, path_of("b.tyx"), &o, &e) == -1 &&
			strstr(e.message, "format 2"),
		"%s", e.message);
	h->version = 1;
	h->lines += INDEX_PAGE / INDEX_LINE_SIZE;
	h->header_crc = crc32c(CPU_PORTABLE, 0, h, 4092);
	write_bytes(path_of("b.tyx"), f.p, f.n);
	CHECK(index_open(&ix, path_of("b.tyx"), &o, &e) == -1,
		"a header that says more");
	memset(f.p, 'x', f.n);
	write_bytes(path_of("b.tyx"), f.p, f.n);
	CHECK(index_open(&ix, path_of("b.tyx"), &o, &e) == -1 &&
			strstr(e.message, "not an index file"),
		"%s", e.message);
	CHECK(index_open(&ix, folder, &o, &e) == -1, "a folder is no index");
	free(f.p);
	free(f.entry);
}

static void staleness(void)
{
	struct rng r = { 11 };
	struct index_entry *e = random_entries(&r, 10, 1);
	struct index_opts o = { 0 };
	struct index *ix = build_and_open(e, 10, &o), *next;

	CHECK(!index_is_stale(ix, path_of("a.tyx")), "fresh");
	next = build_and_open(e, 5, &o);
	CHECK(index_is_stale(ix, path_of("a.tyx")), "replaced");
	compare(ix, e, 10, "the old one still answers");
	index_close(next);
	index_close(ix);
	free(e);
}

static void crc(void)
{
	static uint8_t zeros[32];
	uint8_t bytes[1000];
	struct rng r = { 12 };
	int wrong = 0;

	CHECK(crc32c(CPU_BEST, 0, "123456789", 9) == 0xe3069283, "RFC 3720");
	CHECK(crc32c(CPU_PORTABLE, 0, zeros, 32) == 0x8a9136aa, "RFC 3720");
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)rng_next(&r);
	for (size_t n = 0; n < sizeof bytes; n++)
		wrong += crc32c(CPU_BEST, 0, bytes, n) !=
			 crc32c(CPU_PORTABLE,
				 crc32c(CPU_PORTABLE, 0, bytes, n / 3),
				 bytes + n / 3, n - n / 3);
	CHECK(!wrong, "in pieces and by either way");
}

/* From some size on pieces are taken side by side. */
static void crc_of_much(void)
{
	enum { MOST = 300000, FROM = 16384 };
	static uint8_t bytes[MOST + 8];
	static const size_t sizes[] = { FROM - 1, FROM, FROM + 1, FROM + 23,
		FROM + 24, FROM + 25, 65536, 100001, MOST };
	struct rng r = { 13 };

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)rng_next(&r);
	for (size_t i = 0; i < COUNTOF(sizes); i++)
		for (size_t from = 0; from < 8; from += 3)
			CHECK(crc32c(CPU_BEST, 77, bytes + from, sizes[i]) ==
					crc32c(CPU_PORTABLE, 77, bytes + from,
						sizes[i]),
				"%zu bytes from %zu", sizes[i], from);
}

/* Many at once answer as one by one, and leave alone what is not in. */
static size_t batch_differs(
	const struct index_delta *d, const struct index_entry *e, size_t n)
{
	enum { UNTOUCHED = 0xabcdef };
	uint8_t *key = calloc(n, IDENT_KEY_SIZE);
	uint32_t *got = calloc(n, sizeof *got);
	size_t wrong = 0;

	must(key && got);
	for (size_t i = 0; i < n; i++) {
		memcpy(key + i * IDENT_KEY_SIZE, e[i].key, IDENT_KEY_SIZE);
		got[i] = UNTOUCHED;
	}
	index_delta_find_batch(d, key, n, got);
	for (size_t i = 0; i < n; i++) {
		uint32_t want = UNTOUCHED;

		index_delta_find(d, e[i].key, &want);
		wrong += got[i] != want;
	}
	free(key);
	free(got);
	return wrong;
}

/*
 * The filter in front of the delta never says no of a key that is in, whatever
 * the size of the table: after each put, all that were put are found, released
 * ones too.
 */
static void delta_filter(void)
{
	enum { KEYS = 1200 };
	struct rng r = { 17 };
	struct index_entry *e = random_entries(&r, KEYS, 7);
	struct index_delta *d = index_delta_new(CPU_BEST);
	size_t missing = 0, strange = 0;

	for (size_t n = 1; n <= KEYS; n++) {
		uint32_t reasons;

		index_delta_put(d, n, e[n - 1].key, e[n - 1].reasons);
		index_delta_put(d, n, e[n / 2].key, e[n / 2].reasons = 0);
		for (size_t i = 0; i < n; i++)
			missing += !index_delta_find(d, e[i].key, &reasons) ||
				   reasons != e[i].reasons;
		for (size_t i = n + 1; i < KEYS; i++)
			strange += index_delta_find(d, e[i].key, &reasons);
	}
	CHECK(!missing, "%zu that are in were not found", missing);
	CHECK(!strange, "%zu that are not in were found", strange);
	index_delta_free(d);
	free(e);
}

static void delta_model(void)
{
	enum { KEYS = 20000 };
	struct rng r = { 13 };
	struct index_entry *e = random_entries(&r, KEYS, 7);
	struct index_delta *d = index_delta_new(CPU_BEST);
	struct suppress_set s = { .delta = d };
	uint32_t reasons;
	size_t wrong = 0;

	CHECK(index_delta_seq(d) == 0 && index_delta_count(d) == 0, "empty");
	CHECK(suppress_set_find(&s, e[0].key) == 0, "an empty set");
	for (size_t i = 0; i < KEYS; i++)
		index_delta_put(d, i + 1, e[i].key, e[i].reasons);
	for (size_t i = 0; i < KEYS; i += 3) {
		e[i].reasons = i % 2 ? 0 : 64;
		index_delta_put(d, KEYS + i + 1, e[i].key, e[i].reasons);
	}
	for (size_t i = 0; i < KEYS; i++) {
		wrong += !index_delta_find(d, e[i].key, &reasons) ||
			 reasons != e[i].reasons;
		e[i].key[0] ^= 0x80;
		wrong += index_delta_find(d, e[i].key, &reasons);
	}
	CHECK(!wrong, "%zu wrong", wrong);
	CHECK(!batch_differs(d, e, KEYS), "many at once, none of them in");
	for (size_t i = 0; i < KEYS; i += 2)
		e[i].key[0] ^= 0x80;
	CHECK(!batch_differs(d, e, KEYS), "many at once, half of them in");
	CHECK(index_delta_count(d) == KEYS, "replacing adds nothing");
	CHECK(index_delta_seq(d) > KEYS, "the last entry");
	index_delta_free(d);
	free(e);
}

static void precedence(void)
{
	struct rng r = { 14 };
	struct index_entry *e = random_entries(&r, 900, 2);
	struct index_opts o = { .seq = 100 };
	struct index *ix = build_and_open(e, 600, &o);
	struct index_delta *d = index_delta_new(CPU_BEST);
	struct suppress_set s = { ix, d };
	uint8_t key[900 * IDENT_KEY_SIZE];
	uint32_t got[900];
	size_t wrong = 0;

	for (size_t i = 0; i < 900; i++)
		memcpy(key + i * IDENT_KEY_SIZE, e[i].key, IDENT_KEY_SIZE);
	CHECK(suppress_set_seq(&s) == 100, "the base's");
	for (size_t i = 0; i < 300; i++)
		index_delta_put(d, 101 + i, e[i].key, 0);
	for (size_t i = 600; i < 750; i++)
		index_delta_put(d, 500 + i, e[i].key, 8);
	index_delta_put(d, 2000, e[400].key, 32);
	suppress_set_find_batch(&s, key, 900, got);
	for (size_t i = 0; i < 900; i++) {
		uint32_t want = i < 300    ? 0
				: i == 400 ? 32
				: i < 600  ? e[i].reasons
				: i < 750  ? 8
					   : 0;

		wrong += got[i] != want ||
			 suppress_set_find(&s, e[i].key) != want;
	}
	CHECK(!wrong, "%zu wrong: the delta hides and adds", wrong);
	CHECK(suppress_set_seq(&s) == 2000, "the delta's");
	s.base = NULL;
	CHECK(suppress_set_find(&s, e[500].key) == 0, "no base");
	index_delta_free(d);
	index_close(ix);
	free(e);
}

/* One writer; two readers that must never see less than was announced. */
struct race {
	struct index_delta *d;
	struct index_entry *e;
	size_t n;
	_Atomic size_t done;
	_Atomic size_t wrong;
};

static void *read_race(void *arg)
{
	struct race *r = arg;
	struct rng rng = { 15 };
	size_t done;

	while ((done = atomic_load(&r->done)) < r->n) {
		uint32_t reasons = 0;
		size_t i = rng_below(&rng, r->n);
		bool is_in = index_delta_find(r->d, r->e[i].key, &reasons);
		uint32_t many = 0;

		index_delta_find_batch(r->d, r->e[i].key, 1, &many);
		if (is_in && !many)
			atomic_fetch_add(&r->wrong, 1);
		if (i < done && !is_in)
			atomic_fetch_add(&r->wrong, 1);
		if (is_in && reasons != r->e[i].reasons &&
			reasons != (r->e[i].reasons | 1u << 20))
			atomic_fetch_add(&r->wrong, 1);
	}
	return NULL;
}

static void readers_beside_a_writer(void)
{
	struct rng rng = { 16 };
	struct race r = { .n = 200000 };
	pthread_t t[2];

	r.e = random_entries(&rng, r.n, 1000);
	r.d = index_delta_new(CPU_BEST);
	for (size_t i = 0; i < COUNTOF(t); i++)
		pthread_create(&t[i], NULL, read_race, &r);
	for (size_t i = 0; i < r.n; i++) {
		index_delta_put(r.d, i, r.e[i].key, r.e[i].reasons);
		index_delta_put(
			r.d, i, r.e[i / 2].key, r.e[i / 2].reasons | 1u << 20);
		atomic_store(&r.done, i + 1);
	}
	for (size_t i = 0; i < COUNTOF(t); i++)
		pthread_join(t[i], NULL);
	CHECK(!atomic_load(&r.wrong), "%zu wrong", (size_t)r.wrong);
	index_delta_free(r.d);
	free(r.e);
}

static void clean_up(void)
{
	unlink(path_of("a.tyx"));
	unlink(path_of("b.tyx"));
	CHECK(!rmdir(folder), "nothing left in %s", folder);
}

int main(void)
{
	struct arena *a = arena_new(64 << 20);

	if (!mkdtemp(folder))
		return 1;
	crc();
	crc_of_much();
	every_size_and_path();
	every_cpu_path();
	crowded();
	small_tags();
	twice();
	proof();
	refuses_what_is_no_key();
	damage(a);
	messages(a);
	staleness();
	delta_model();
	delta_filter();
	precedence();
	readers_beside_a_writer();
	clean_up();
	arena_free(a);
	return CHECK_DONE();
}
