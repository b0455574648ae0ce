/*
 * The match of work items with files.  What is expected is computed here, by a
 * slow reading of the State's rules that shares no code with src/ident or
 * src/drop: one character after the other, OpenSSL's SHA-256.
 */
#include "drop/match.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "base/file.h"
#include "base/rand.h"
#include "check.h"

enum { FOUND_MAX = 200000 };

/* --- the slow way --- */

static str ref_hash(struct arena *a, str text)
{
	unsigned char sum[SHA256_DIGEST_LENGTH], out[64];

	SHA256((const unsigned char *)text.p, text.n, sum);
	EVP_EncodeBlock(out, sum, sizeof sum);
	return arena_dup(a, (str){ (char *)out, 44 });
}

static str ref_joined(struct arena *a, const str *part, size_t n)
{
	char text[4 * 44];

	for (size_t i = 0; i < n; i++)
		memcpy(text + 44 * i, ref_hash(a, part[i]).p, 44);
	return ref_hash(a, (str){ text, 44 * n });
}

static str ref_ndz(struct arena *a, const char *first, const char *last,
	const char *dob, const char *zip)
{
	str part[] = { str_of(first), str_of(last), str_of(dob), str_of(zip) };

	return ref_joined(a, part, 4);
}

/* --- items, a file, a run --- */

struct table {
	struct arena *a;
	struct drop_items *items;
	struct buf found; /* "item key" of the run, as told */
	str at[FOUND_MAX];
	size_t n;
	struct drop_match_report *r;
	struct drop_match_opts o;
};

static struct table *table_new(size_t most)
{
	struct arena *a = arena_new(1 << 30);
	struct table *t = arena_one(a, struct table);
	struct err e;

	t->a = a;
	t->r = arena_one(a, struct drop_match_report);
	must(!drop_items_new(&t->items, most, &e));
	return t;
}

static void table_free(struct table *t)
{
	drop_items_free(t->items);
	arena_free(t->a);
}

static void item(struct table *t, enum drop_list list, str hash)
{
	struct drop_item it = { .list = (uint8_t)list };
	char id[32];
	struct err e;

	snprintf(id, sizeof id, "%012zu", drop_items_n(t->items));
	memcpy(it.id, id, sizeof it.id);
	must(base64_read(hash, it.digest, sizeof it.digest));
	must(!drop_items_add(t->items, &it, &e));
}

static int note_match(void *ctx, const struct drop_match *m, struct err *e)
{
	struct table *t = ctx;

	(void)e;
	must(t->n < FOUND_MAX);
	t->at[t->n++] = arena_fmt(t->a, "%zu=%.*s", m->item, STR_ARG(m->key.v));
	return 0;
}

static int order(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* Sorted, each once, with blanks between. */
static str found(struct table *t)
{
	struct buf b = buf_in(t->a, 64 << 20);

	qsort(t->at, t->n, sizeof *t->at, order);
	for (size_t i = 0; i < t->n; i++) {
		if (i && str_eq(t->at[i], t->at[i - 1]))
			continue;
		buf_puts(&b, b.n ? " " : "");
		buf_put(&b, t->at[i]);
	}
	return buf_str(&b);
}

static char folder[] = "/tmp/t_drop_match.XXXXXX";

static const char *path_of(const char *name)
{
	static char path[4][64];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
	return path[turn];
}

static void write_file(const char *path, str s)
{
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0 && !write_all(fd, s.p, s.n), "write %s", path);
	close(fd);
}

static int run(
	struct table *t, const char *path, const char *map, struct err *e)
{
	t->n = 0;
	t->o.items = t->items;
	t->o.fn = note_match;
	t->o.ctx = t;
	*e = (struct err){ 0 };
	return drop_match_csv(t->a, path, str_of(map), &t->o, t->r, e);
}

/* What is found in a file of this text. */
static str match(struct table *t, const char *text, const char *map)
{
	const char *path = path_of("in.csv");
	struct err e;

	write_file(path, str_of(text));
	CHECK(!run(t, path, map, &e), "%s", e.message);
	return found(t);
}

#define IS(got, want)                                           \
	do {                                                    \
		str is_got = (got);                             \
		CHECK(str_eq(is_got, str_of(want)), "got %.*s", \
			STR_ARG(is_got));                       \
	} while (0)

/* --- known answers --- */

/* The State's own examples, by their published hashes. */
static void published(void)
{
	struct table *t = table_new(10);

	item(t, DROP_EMAIL,
		STR("KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhE="));
	item(t, DROP_PHONE,
		STR("vGM7y5n+hBXRSEAklhHDPCbysyNgYTmXdMcagGUOY8E="));
	item(t, DROP_MAID, STR("250KY6lOgzYUB3EHrkbDCE2kMEZQE69SF38muhoDudI="));
	item(t, DROP_CTVID,
		STR("d9fxuTIrKksBXYDlaWsvQbcyUUfCbUx7v78gd+KP+tc="));
	item(t, DROP_NDZ, STR("PQOfn1RffEKmqMmNAzDKKaoZCwxWbQZkQzPWmQo9REA="));
	item(t, DROP_NAME_VIN,
		STR("rtnDuXIe63jXYQQXW5r07GJ7lSsrib8+46QuKFwkOmk="));
	drop_items_seal(t->items);
	IS(match(t, "Email\n x@y.example\n Anna.Smith @ Domain.com \n", ""),
		"0=#2");
	IS(match(t, "phone\n+1(415)555-9317\n", ""), "1=#1");
	IS(match(t, "idfa\na3f1c2d4-5678-90ab-cdef-1234567890ab\n", ""),
		"2=#1");
	IS(match(t, "ctvid\nSmartTV_9F8E7D6C\n", ""), "3=#1");
	IS(match(t,
		   "first,last,dob,zip\nDanielle,Johnson,\"July 4, 1985\","
		   "91790\n",
		   ""),
		"4=#1");
	IS(match(t, "VIN;First Name;Last Name\n1HGCM82633A004352;Eve;Genesis\n",
		   ""),
		"5=#1");
	CHECK(t->r->lists == 1u << DROP_NAME_VIN, "%x", t->r->lists);
	/* A hash in the wrong list is somebody else's. */
	IS(match(t, "phone\nAnna.Smith@Domain.com\n", ""), "");
	/* Values that come hashed already. */
	IS(match(t,
		   "email\n280d7c313fe987a207623cd3f73c044f2483432bd287ced8ba8"
		   "481a4e42d9211\n",
		   ""),
		"0=#1");
	table_free(t);
}

/* Each combination of one record, none with another's. */
static void combinations(void)
{
	struct table *t = table_new(10);

	item(t, DROP_NDZ, ref_ndz(t->a, "ana", "lopez", "19700102", "94110"));
	item(t, DROP_NDZ, ref_ndz(t->a, "ana", "diaz", "19700102", "94110"));
	item(t, DROP_NDZ, ref_ndz(t->a, "ana", "diaz", "19700102", "90001"));
	item(t, DROP_NDZ, ref_ndz(t->a, "bob", "lopez", "19700102", "94110"));
	item(t, DROP_NDZ, ref_ndz(t->a, "ana", "lopez", "19700102", "90001"));
	drop_items_seal(t->items);
	IS(match(t,
		   "first,last,maiden_name,dob,zip1,zip2\n"
		   "Ana,Lopez,Diaz,1970-01-02,94110,90001-1234\n"
		   "Bob,Reed,,1970-01-02,94110,\n",
		   ""),
		"0=#1 1=#1 2=#1 4=#1");
	CHECK(t->r->keys[DROP_NDZ] == 5, "%lld",
		(long long)t->r->keys[DROP_NDZ]);
	/* Rows are people; with a person column, all rows of one value are. */
	static const char rows[] = "id,first,last,dob,zip\n"
				   "p1,Ana,Lopez,1/2/1970,94110\n"
				   "p2,Bob,Reed,1/2/1970,94110\n"
				   "p1,,Diaz,,90001\n"
				   ",Ana,Diaz,1/2/1970,90001\n";
	IS(match(t, rows, ""), "0=#1 2=#4");
	IS(match(t, rows, "first=first,last=last,dob=dob,zip=zip,person=id"),
		"0=p1 1=p1 2=#4 2=p1 4=p1");
	/* Another column is another person. */
	IS(match(t, rows, "first=first,last=last,dob=dob,zip=zip,person=last"),
		"0=Lopez 2=Diaz");
	table_free(t);
}

/* One hash of two consumers, a row that stands twice. */
static void shared_hash(void)
{
	struct table *t = table_new(10);

	item(t, DROP_PHONE, ref_hash(t->a, STR("9165550142")));
	item(t, DROP_EMAIL, ref_hash(t->a, STR("a@x.example")));
	item(t, DROP_PHONE, ref_hash(t->a, STR("9165550142")));
	drop_items_seal(t->items);
	IS(match(t,
		   "phone,email\n916 555 0142,\n,\n1-916-555-0142,A@X.EXAMPLE\n",
		   ""),
		"0=#1 0=#3 1=#3 2=#1 2=#3");
	CHECK(t->r->matches == 5, "%lld", (long long)t->r->matches);
	CHECK(t->r->records == 3 && t->r->empty[DROP_PHONE] == 1 &&
			t->r->empty[DROP_EMAIL] == 2,
		"counts");
	table_free(t);
}

int main(void)
{
	must(mkdtemp(folder));
	published();
	combinations();
	shared_hash();
	unlink(path_of("in.csv"));
	rmdir(folder);
	return CHECK_DONE();
}
