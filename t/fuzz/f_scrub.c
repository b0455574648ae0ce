/*
 * Any bytes as a list: with the fast instructions and without, in one piece and
 * in tiny chunks, the same rows leave or the same error comes, and no row is
 * lost between the counts.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "scrub/scrub.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1000 };

struct result {
	int rc;
	struct err e;
	struct scrub_report r;
	str out;
};

static void suppress(const struct ident_keyring *k, struct index_delta *d,
	enum ident_kind kind, str value)
{
	uint8_t key[IDENT_KEY_SIZE];

	must(!ident_key_of(k, kind, value, key));
	index_delta_put(d, 1, key, 5);
}

static void run(struct arena *a, const char *in, const struct scrub_opts *base,
	struct result *out)
{
	char path[] = "/dev/shm/f_scrub_out.XXXXXX";
	int fd = mkstemp(path);
	struct scrub_opts o = *base;
	struct err e;

	must(fd >= 0);
	o.in = (struct scrub_end){ .path = in };
	o.out = (struct scrub_end){ .fd = fd };
	out->e = (struct err){ 0 };
	out->rc = scrub_run(&o, &out->r, &out->e);
	must(out->rc || !file_read(a, path, 1 << 20, &out->out, &e));
	close(fd);
	unlink(path);
}

static void check(const struct result *one, const struct result *two, size_t n)
{
	must(one->rc == two->rc);
	if (one->rc) {
		must(one->e.message[0]);
		return;
	}
	must(one->r.rows ==
		one->r.kept + one->r.suppressed + one->r.unreadable_rejected);
	must(one->r.bytes_in == n && one->r.bytes_out == one->out.n);
	must(str_eq(one->out, two->out));
	must(one->r.suppressed == two->r.suppressed &&
		one->r.unreadable == two->r.unreadable &&
		one->r.without_identifier == two->r.without_identifier &&
		one->r.notes == two->r.notes);
	must(!memcmp(
		one->r.note, two->r.note, one->r.notes * sizeof *one->r.note));
}

static void check_all(
	struct arena *a, const char *in, size_t n, struct scrub_opts *o)
{
	struct result *one = arena_one(a, struct result);
	struct result *two = arena_one(a, struct result);

	o->chunk_size = 4096;
	o->cpu = CPU_BEST;
	run(a, in, o, one);
	o->cpu = CPU_PORTABLE;
	run(a, in, o, two);
	check(one, two, n);
	if (cpu_path_runs(CPU_AVX2)) {
		o->cpu = CPU_AVX2;
		run(a, in, o, two);
		check(one, two, n);
	}
	/* Longer than a header or row may be: only that it stays in bounds. */
	o->chunk_size = 128;
	o->cpu = CPU_BEST;
	run(a, in, o, two);
	if (!two->rc)
		check(one, two, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t secret[IDENT_SECRET_SIZE];
	struct arena *a;
	struct ident_keyring *k;
	struct scrub_opts o = { .jobs = 1 };
	struct index_delta *d;
	char path[] = "/dev/shm/f_scrub_in.XXXXXX";
	int fd;

	if (size > INPUT_MAX || (size > 1 && data[0] == 0x1f) ||
		(size > 1 && data[0] == 0x28))
		return 0; /* packed streams are zlib's and libzstd's */
	a = arena_new(1 << 24);
	k = arena_one(a, struct ident_keyring);
	d = index_delta_new(CPU_BEST);
	ident_keyring_init(k, secret, CPU_BEST);
	suppress(k, d, IDENT_EMAIL, STR("a@b.co"));
	suppress(k, d, IDENT_PHONE, STR("4155559317"));
	o.keyring = k;
	o.set.delta = d;
	o.reject_unreadable = size && data[size - 1] & 1;
	o.format = size && data[0] == '{' ? SCRUB_NDJSON : SCRUB_CSV;
	fd = mkstemp(path);
	must(fd >= 0 && !write_all(fd, data, size));
	close(fd);
	check_all(a, path, size, &o);
	unlink(path);
	index_delta_free(d);
	arena_free(a);
	return 0;
}
