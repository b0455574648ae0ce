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
#include "drop/limit.h"

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

/* --- what cannot be read --- */

static void nothing_silent(void)
{
	static const char rows[] = "first,last,dob,zip,phone\n"
				   "Ana,Lopez,85-07-04,94110,none\n"
				   "Ana,Lopez,1985-07-04\n"
				   "\n"
				   "--,Lopez,1985-07-04,94110,1\n"
				   "Ana,Lopez,,94110,\n"
				   ",,,,\n"
				   "Ana,Lopez,1985-07-04,94110,9165550142,x\n"
				   "\"A\"\"n\na\",Lopez,1985-07-04,94110,\n";
	struct table *t = table_new(10);
	const struct drop_match_report *r = t->r;

	item(t, DROP_NDZ, ref_ndz(t->a, "ana", "lopez", "19850704", "94110"));
	item(t, DROP_PHONE, ref_hash(t->a, STR("1")));
	drop_items_seal(t->items);
	/* Row 7 is ragged too; a line without anything is no row. */
	IS(match(t, rows, ""), "0=#7 1=#3");
	CHECK(r->records == 7 && r->ragged == 2, "%lld, %lld",
		(long long)r->records, (long long)r->ragged);
	CHECK(r->keys[DROP_NDZ] == 1 && r->no_key[DROP_NDZ] == 3 &&
			r->empty[DROP_NDZ] == 1,
		"%lld, %lld, %lld", (long long)r->keys[DROP_NDZ],
		(long long)r->no_key[DROP_NDZ], (long long)r->empty[DROP_NDZ]);
	CHECK(r->by_fault[DROP_NDZ][IDENT_FAULT_DATE] == 1 &&
			r->by_fault[DROP_NDZ][IDENT_FAULT_NAME] == 1 &&
			r->by_fault[DROP_NDZ][IDENT_FAULT_PARTS] == 1,
		"each by its rule");
	CHECK(r->by_fault[DROP_PHONE][IDENT_FAULT_DIGITS] == 1 &&
			r->empty[DROP_PHONE] == 3,
		"phones: %lld", (long long)r->empty[DROP_PHONE]);
	CHECK(r->notes == 6, "%zu", r->notes);
	for (size_t i = 0; i < r->notes; i++) {
		bool is_ragged = r->note[i].list == DROP_LISTS;

		CHECK(is_ragged == (r->note[i].record == 2 ||
					   r->note[i].record == 6),
			"row %lld", (long long)r->note[i].record);
		if (r->note[i].fault == IDENT_FAULT_DATE)
			CHECK(r->note[i].record == 1, "the first row's date");
	}
	table_free(t);
}

/* Without items: what has no key, and nothing is looked up. */
static void conformance(void)
{
	struct table *t = table_new(1);
	struct drop_match_opts o = { .jobs = 1 };
	const char *path = path_of("in.csv");
	struct err e;

	write_file(path, STR("name,email,vin,first,last\n"
			     "Ana Lopez,a@x.example,1HGCM82633A004352,A,L\n"
			     "Bo,,1HGCM8263,B,\n"));
	CHECK(!drop_match_csv(t->a, path, (str){ 0 }, &o, t->r, &e), "%s",
		e.message);
	CHECK(t->r->has_full_name, "a whole name can't be keyed, and is told");
	CHECK(t->r->keys[DROP_EMAIL] == 1 && t->r->keys[DROP_NAME_VIN] == 1,
		"keys");
	CHECK(t->r->by_fault[DROP_NAME_VIN][IDENT_FAULT_PARTS] == 1,
		"the name that is missing comes before the number");
	table_free(t);
}

static void refuse(
	struct table *t, const char *text, const char *map, const char *says)
{
	const char *path = path_of("in.csv");
	struct err e;

	write_file(path, str_of(text));
	CHECK(run(t, path, map, &e) == -1, "%s", says);
	CHECK(strstr(e.message, says), "\"%s\", not \"%s\"", e.message, says);
}

static void refusals(void)
{
	struct table *t = table_new(1);

	drop_items_seal(t->items);
	refuse(t, "email\na\"b\n", "", "line 2: a quote inside a cell");
	refuse(t, "email\nx\n\"a\n", "", "line 3: a quote that never closes");
	refuse(t, "city\nx\n", "", "no columns that a list");
	refuse(t, "email\nx\n", "mail=email", "unknown role \"mail\"");
	refuse(t, "email\nx\n", "email=mail", "no column is called \"mail\"");
	refuse(t, "email,email\nx,y\n", "email=email", "more than one column");
	refuse(t, "a@x.example\nb@x.example\n", "email=1", "is no header");
	refuse(t, "id,email\n1,x\n", "email=email,person=id,person=id",
		"two columns for the person");
	refuse(t, "first,last,dob\nA,B,1/1/1970\n", "", "no columns that a");
	for (size_t n = CONNECT_KEY_MAX; n <= CONNECT_KEY_MAX + 1; n++) {
		struct buf b = buf_in(t->a, 8192);

		buf_puts(&b, "id,email\n1,x\n");
		for (size_t i = 0; i < n; i++)
			buf_putc(&b, 'p');
		buf_puts(&b, ",y\n");
		if (n > CONNECT_KEY_MAX)
			refuse(t, arena_cstr(t->a, buf_str(&b)),
				"email=email,person=id",
				"line 3: the person column holds more than");
		else
			IS(match(t, arena_cstr(t->a, buf_str(&b)),
				   "email=email,person=id"),
				"");
	}
	table_free(t);
}

/* More values than the limit: told, and as many as it allows are tried. */
static void limits(void)
{
	struct table *t = table_new(10);
	struct buf b = buf_in(t->a, 1 << 20);

	item(t, DROP_NDZ, ref_ndz(t->a, "f0", "l0", "19700102", "94110"));
	drop_items_seal(t->items);
	for (int rows = LIMIT_DROP_VALUES - 1; rows <= LIMIT_DROP_VALUES + 1;
		rows++) {
		buf_clear(&b);
		buf_puts(&b, "id,first,last,dob,zip\n");
		for (int i = 0; i < rows; i++)
			buf_fmt(&b, "p,f%d,l0,1970-01-02,94110\n", i);
		write_file(path_of("in.csv"), buf_str(&b));
		match(t, arena_cstr(t->a, buf_str(&b)),
			"person=id,first=first,last=last,dob=dob,zip=zip");
		CHECK(t->n == 1 || rows > LIMIT_DROP_VALUES, "%d rows", rows);
		CHECK(t->r->keys[DROP_NDZ] ==
				(rows < LIMIT_DROP_VALUES ? rows
							  : LIMIT_DROP_VALUES),
			"%d rows", rows);
		CHECK(t->r->over[DROP_NDZ] == (rows > LIMIT_DROP_VALUES),
			"%d rows: %lld", rows, (long long)t->r->over[DROP_NDZ]);
	}
	/* 64 first and 64 last names and 16 birth dates are 65536 keys. */
	for (int days = 16; days <= 17; days++) {
		buf_clear(&b);
		buf_puts(&b, "id,first,last,dob,zip\n");
		for (int i = 0; i < LIMIT_DROP_VALUES; i++)
			buf_fmt(&b, "p,f%d,l%d,1970-01-%02d,94110\n", i, i,
				i % days + 1);
		match(t, arena_cstr(t->a, buf_str(&b)),
			"person=id,first=first,last=last,dob=dob,zip=zip");
		CHECK(t->r->keys[DROP_NDZ] == LIMIT_DROP_COMBINATIONS &&
				t->r->over[DROP_NDZ] == days - 16,
			"%d days: %lld keys", days,
			(long long)t->r->keys[DROP_NDZ]);
	}
	table_free(t);
}

/* Parts that no list is made of, in more rows than wait at once. */
static void parts_of_nothing(void)
{
	struct table *t = table_new(1);
	struct buf b = buf_in(t->a, 1 << 20);

	item(t, DROP_EMAIL, ref_hash(t->a, STR("m1999@x.example")));
	drop_items_seal(t->items);
	buf_puts(&b, "first,last,zip,email\n");
	for (int i = 0; i < 2000; i++)
		buf_fmt(&b, "Ana,Lopez,94110,m%d@x.example\n", i);
	IS(match(t, arena_cstr(t->a, buf_str(&b)), ""), "0=#2000");
	CHECK(t->r->lists == 1u << DROP_EMAIL, "%x", t->r->lists);
	table_free(t);
}

static void packed(void)
{
	struct table *t = table_new(10);
	const char *path = path_of("in.csv.gz");
	gzFile gz = gzopen(path, "wb");
	struct err e;

	item(t, DROP_EMAIL, ref_hash(t->a, STR("a@x.example")));
	drop_items_seal(t->items);
	must(gz && gzputs(gz, "email\nA@X.example\n") > 0 &&
		gzclose(gz) == Z_OK);
	CHECK(!run(t, path, "", &e), "%s", e.message);
	IS(found(t), "0=#1");
	unlink(path);
	table_free(t);
}

/* --- random files against the slow way --- */

/* A value as a file has it, and what the State's rules make of it. */
struct spelled {
	char raw[160];
	char text[160]; /* empty: no key */
};

struct letter {
	const char *raw;
	const char *text;
};

static const struct letter letters[] = { { "a", "a" }, { "B", "b" },
	{ "c", "c" }, { "Z", "z" }, { "e", "e" }, { "O", "o" }, { "n", "n" },
	{ "7", "7" }, { " ", "" }, { "-", "" }, { "'", "" }, { ".", "" },
	{ "\"", "" }, { ",", "" }, { "\n", "" }, { "\u00e9", "e" },
	{ "\u00d1", "n" }, { "\u00df", "ss" }, { "\u00c6", "ae" },
	{ "\u0141", "l" }, { "\u0416", "zh" }, { "\u0451", "yo" },
	{ "\u0439", "y" }, { "\u03a9", "o" }, { "\u03ac", "a" },
	{ "\u674e", "\u674e" }, { "\u05d0", "\u05d0" }, { "\u3042", "\u3042" },
	{ "\u2019", "" }, { "\u00a0", "" } };

static void add_letter(struct spelled *s, const struct letter *l)
{
	size_t raw = strlen(s->raw), text = strlen(s->text);

	snprintf(s->raw + raw, sizeof s->raw - raw, "%s", l->raw);
	snprintf(s->text + text, sizeof s->text - text, "%s", l->text);
}

static void random_name(struct spelled *s, struct rng *r)
{
	size_t n = rng_below(r, 4) ? 1 + rng_below(r, 3) : rng_below(r, 12);

	*s = (struct spelled){ { 0 }, { 0 } };
	for (size_t i = 0; i < n; i++) {
		/* Mostly the first few, so that names meet. */
		const struct letter *l = &letters[rng_below(
			r, rng_below(r, 3) ? 3 : COUNTOF(letters))];

		add_letter(s, l);
	}
}

static void random_date(struct spelled *s, struct rng *r)
{
	static const char *const months[] = { "January", "feb", "March",
		"APRIL", "May", "June", "july", "Aug", "Sept", "October",
		"November", "Dec" };
	static const char *const bad[] = { "", "1985", "85-07-04", "4.7.85",
		"2023-02-29", "1990-13-01", "13/13/1990", "today", "0/1/1990",
		"1990-00-10", "30 February 1990", "1990-04-31", "4/31/1990" };
	int y = 1960 + (int)rng_below(r, 3), m = 1 + (int)rng_below(r, 12);
	int d = 1 + (int)rng_below(r, rng_below(r, 9) ? 2 : 28);

	snprintf(s->text, sizeof s->text, "%04d%02d%02d", y, m, d);
	switch (rng_below(r, 8)) {
	case 0:
		snprintf(s->raw, sizeof s->raw, "%s", bad[rng_below(r, 13)]);
		s->text[0] = '\0';
		return;
	case 1:
		snprintf(s->raw, sizeof s->raw, "%d/%d/%d", m, d, y);
		return;
	case 2:
		snprintf(s->raw, sizeof s->raw, "%02d/%02d/%d", m, d, y);
		return;
	case 3:
		snprintf(s->raw, sizeof s->raw, "%s %d, %d", months[m - 1], d,
			y);
		return;
	case 4:
		snprintf(s->raw, sizeof s->raw, " %04d%02d%02d", y, m, d);
		return;
	case 5:
		snprintf(
			s->raw, sizeof s->raw, "%d %s %d", d, months[m - 1], y);
		return;
	default:
		snprintf(s->raw, sizeof s->raw, "%d-%02d-%02d", y, m, d);
	}
}

/* By the letter of the rule, one character after the other. */
static void zip_text(struct spelled *s)
{
	size_t n = strlen(s->raw), to = 0, end = n;

	if (n > 5 && s->raw[n - 5] == '-' &&
		strspn(s->raw + n - 4, "0123456789") == 4)
		end = n - 5;
	for (size_t i = 0; i < end && to < 5; i++) {
		char c = s->raw[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) ||
			(c == '0' && !to))
			continue;
		s->text[to++] = c;
	}
	s->text[to] = '\0';
}

/* The form with the number, of two digits, in the place of "#". */
static void fill(char *out, const char *form, int number)
{
	for (; *form; form++) {
		if (*form != '#') {
			*out++ = *form;
			continue;
		}
		*out++ = (char)('0' + number / 10);
		*out++ = (char)('0' + number % 10);
	}
	*out = '\0';
}

static void random_zip(struct spelled *s, struct rng *r)
{
	static const char *const forms[] = { "941#", "941#-1234", "021#",
		"M#B 1A1", "k1a-0b#", "941# ", "00712345#", "00000", "--",
		"9 4 1 #", "941#-12345", "", "0000#-9999", "9411#-" };

	*s = (struct spelled){ { 0 }, { 0 } };
	fill(s->raw, forms[rng_below(r, COUNTOF(forms))], (int)rng_below(r, 3));
	/* Blanks at the end do not hide a +4; the rule trims them first. */
	zip_text(s);
}

static void random_email(struct spelled *s, struct rng *r)
{
	static const struct letter parts[] = { { "A", "a" }, { "b", "b" },
		{ " ", "" }, { "\t", "" }, { "+", "+" }, { ".", "." },
		{ "\u00c9", "\u00e9" }, { "\u0416", "\u0436" },
		{ "\u2003", "" }, { "\u3000", "" }, { "\"", "\"" },
		{ ",", "," }, { "ab", "ab" }, { "B1", "b1" } };
	size_t n = rng_below(r, 5);

	*s = (struct spelled){ { 0 }, { 0 } };
	for (size_t i = 0; i < n; i++) {
		const struct letter *l = &parts[rng_below(
			r, rng_below(r, 3) ? 3 : COUNTOF(parts))];

		add_letter(s, l);
	}
	if (rng_below(r, 5))
		add_letter(s, &(struct letter){ "@X.example", "@x.example" });
}

static void random_phone(struct spelled *s, struct rng *r)
{
	static const char *const forms[] = { "(916) 555-01#", "+1 916.555.01#",
		"91655501#", "1-916-555-01#", "55501#", "916 555 01# x12",
		"none", "+84(90)123 45#", "011 44 20 7946 09#", "", "  ",
		"000000#00" };
	char digits[64];
	size_t n = 0;

	fill(s->raw, forms[rng_below(r, COUNTOF(forms))],
		(int)rng_below(r, 40));
	for (const char *p = s->raw; *p; p++)
		if (*p >= '0' && *p <= '9')
			digits[n++] = *p;
	digits[n] = '\0';
	snprintf(s->text, sizeof s->text, "%s",
		n > 10 ? digits + n - 10 : digits);
}

enum { WORDS = 8, MATCH_ROWS = 600, MATCH_ITEMS = 400, PEOPLE = 200 };

/* first, last, dob, zip, zip, email, phone, and a second last name. */
struct row {
	char person[8]; /* "" for none */
	struct spelled v[WORDS];
};

static void random_row(struct row *row, struct rng *r)
{
	random_name(&row->v[0], r);
	random_name(&row->v[1], r);
	random_date(&row->v[2], r);
	random_zip(&row->v[3], r);
	random_zip(&row->v[4], r);
	random_email(&row->v[5], r);
	random_phone(&row->v[6], r);
	random_name(&row->v[7], r);
	snprintf(row->person, sizeof row->person, "%d",
		(int)rng_below(r, PEOPLE));
	if (rng_below(r, 9) == 0)
		row->person[0] = '\0';
}

static void put_cell(struct buf *b, const char *raw, struct rng *r)
{
	if (!strpbrk(raw, ",\"\n") && rng_below(r, 4)) {
		buf_puts(b, raw);
		return;
	}
	buf_putc(b, '"');
	for (; *raw; raw++) {
		buf_putc(b, *raw);
		if (*raw == '"')
			buf_putc(b, '"');
	}
	buf_putc(b, '"');
}

static str rows_text(struct arena *a, const struct row *row, struct rng *r)
{
	struct buf b = buf_in(a, 1 << 24);

	buf_puts(&b, "who,f,l,d,z,z2,e,p,l2\r\n");
	for (size_t i = 0; i < MATCH_ROWS; i++) {
		buf_puts(&b, row[i].person);
		for (size_t j = 0; j < WORDS; j++) {
			buf_putc(&b, ',');
			put_cell(&b, row[i].v[j].raw, r);
		}
		buf_puts(&b, rng_below(r, 2) ? "\r\n" : "\n");
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

struct want {
	enum drop_list list;
	const char *part[4];
};

/* Whether some row from `from` on that is the same person's has this text in one
 * of two columns. */
static bool has_part(const struct row *row, size_t of, bool is_person,
	const size_t column[2], const char *text)
{
	for (size_t i = 0; i < MATCH_ROWS; i++) {
		if (i != of && (!is_person || !row[of].person[0] ||
				       strcmp(row[i].person, row[of].person)))
			continue;
		if (!strcmp(row[i].v[column[0]].text, text) ||
			!strcmp(row[i].v[column[1]].text, text))
			return true;
	}
	return false;
}

static bool has_key(
	const struct row *row, size_t of, bool is_person, const struct want *w)
{
	static const size_t column[4][2] = { { 0, 0 }, { 1, 7 }, { 2, 2 },
		{ 3, 4 } };

	if (w->list == DROP_EMAIL)
		return !strcmp(row[of].v[5].text, w->part[0]);
	if (w->list == DROP_PHONE)
		return !strcmp(row[of].v[6].text, w->part[0]);
	for (size_t i = 0; i < 4; i++)
		if (!has_part(row, of, is_person, column[i], w->part[i]))
			return false;
	return true;
}

/* Parts of one row, of rows of one person, or of anybody: for keys that are
 * there, and for keys that would be if people were mixed up. */
static void random_want(struct want *w, const struct row *row, struct rng *r)
{
	static const size_t column[4][2] = { { 0, 0 }, { 1, 7 }, { 2, 2 },
		{ 3, 4 } };
	size_t of = rng_below(r, MATCH_ROWS), kind = rng_below(r, 4);

	w->list = kind < 2 ? DROP_NDZ : kind == 2 ? DROP_EMAIL : DROP_PHONE;
	w->part[0] = row[of].v[kind == 2 ? 5 : 6].text;
	if (kind >= 2)
		return;
	for (size_t i = 0; i < 4; i++) {
		size_t from = of;

		if (rng_below(r, 6) == 0)
			from = rng_below(r, MATCH_ROWS);
		else if (kind == 1)
			for (size_t j = rng_below(r, MATCH_ROWS);
				j < MATCH_ROWS; j++)
				if (row[of].person[0] &&
					!strcmp(row[j].person, row[of].person))
					from = j;
		w->part[i] = row[from].v[column[i][rng_below(r, 2)]].text;
	}
}

static void expect(struct table *t, const struct row *row, bool is_person,
	const struct want *w, size_t item_at)
{
	for (size_t i = 0; i < MATCH_ROWS; i++) {
		bool has_person = is_person && row[i].person[0];

		if (!has_key(row, i, is_person, w))
			continue;
		must(t->n < FOUND_MAX);
		t->at[t->n++] = has_person ? arena_fmt(t->a, "%zu=%s", item_at,
						     row[i].person)
					   : arena_fmt(t->a, "%zu=#%zu",
						     item_at, i + 1);
	}
}

static void add_want(struct table *t, const struct want *w)
{
	str part[4];

	for (size_t i = 0; w->list == DROP_NDZ && i < 4; i++)
		part[i] = str_of(w->part[i]);
	item(t, w->list,
		w->list == DROP_NDZ ? ref_joined(t->a, part, 4)
				    : ref_hash(t->a, str_of(w->part[0])));
}

static bool is_whole(const struct want *w)
{
	for (size_t i = 0; i < (w->list == DROP_NDZ ? 4 : 1); i++)
		if (!w->part[i][0])
			return false;
	return true;
}

static void try_ways(
	struct table *t, const char *path, const char *map, str want)
{
	static const struct {
		int jobs;
		size_t chunk;
		size_t join;
		enum cpu_path cpu;
	} ways[] = { { 1, 0, 0, CPU_BEST }, { 3, 4096, 0, CPU_BEST },
		{ 2, 4096, 250000, CPU_PORTABLE }, { 1, 0, 0, CPU_AVX2 } };

	for (size_t i = 0; i < COUNTOF(ways); i++) {
		struct err e;
		str got;

		if (!cpu_path_runs(ways[i].cpu))
			continue;
		t->o.jobs = ways[i].jobs;
		t->o.chunk_size = ways[i].chunk;
		t->o.join_size = ways[i].join;
		t->o.cpu = ways[i].cpu;
		CHECK(!run(t, path, map, &e), "way %zu: %s", i, e.message);
		got = found(t);
		CHECK(str_eq(got, want), "way %zu of \"%s\": %zu and %zu", i,
			map, got.n, want.n);
		CHECK(t->r->records == MATCH_ROWS, "way %zu", i);
	}
}

static void random_files(uint64_t seed)
{
	struct table *t = table_new(MATCH_ITEMS);
	struct row *row = arena_many(t->a, struct row, MATCH_ROWS);
	struct want *w = arena_many(t->a, struct want, MATCH_ITEMS);
	const char *path = path_of("in.csv");
	struct rng r = { seed };
	str want[2];

	for (size_t i = 0; i < MATCH_ROWS; i++)
		random_row(&row[i], &r);
	for (size_t i = 0; i < MATCH_ITEMS; i++) {
		do
			random_want(&w[i], row, &r);
		while (!is_whole(&w[i]));
		add_want(t, &w[i]);
	}
	drop_items_seal(t->items);
	write_file(path, rows_text(t->a, row, &r));
	for (int is_person = 0; is_person < 2; is_person++) {
		t->n = 0;
		for (size_t i = 0; i < MATCH_ITEMS; i++)
			expect(t, row, is_person, &w[i], i);
		CHECK(t->n > MATCH_ITEMS / 2, "%zu: too few to tell", t->n);
		want[is_person] = found(t);
	}
	CHECK(!str_eq(want[0], want[1]), "the person column tells more");
	try_ways(t, path,
		"first=f,last=l,last=l2,dob=d,zip=z,zip=z2,email=e,"
		"phone=p",
		want[0]);
	try_ways(t, path,
		"first=f,last=l,last=l2,dob=d,zip=z,zip=z2,email=e,"
		"phone=p,person=who",
		want[1]);
	table_free(t);
}

/* --- many items --- */

static void many_items(void)
{
	enum { MANY = 100000 };
	struct table *t = table_new(MANY);
	struct drop_item over = { .list = DROP_PHONE };
	struct rng r = { 5 };
	struct err e;

	for (int i = 0; i < MANY; i++) {
		char digits[16];

		/* Half of them one number: a chain as long as the list. */
		snprintf(digits, sizeof digits, "916%07d",
			rng_below(&r, 2) ? 7 : i);
		item(t, DROP_PHONE, ref_hash(t->a, str_of(digits)));
	}
	CHECK(drop_items_add(t->items, &over, &e) == -1 && e.code == ERR_LIMIT,
		"one more than was said");
	drop_items_seal(t->items);
	match(t, "phone\n9160000007\n9169999999\n", "");
	CHECK(t->n > MANY / 2 - 1000 && t->n < MANY / 2 + 1000, "%zu", t->n);
	table_free(t);
}

int main(void)
{
	must(mkdtemp(folder));
	nothing_silent();
	conformance();
	refusals();
	limits();
	parts_of_nothing();
	packed();
	many_items();
	for (uint64_t seed = 1; seed <= 6; seed++)
		random_files(seed);
	published();
	combinations();
	shared_hash();
	unlink(path_of("in.csv"));
	rmdir(folder);
	return CHECK_DONE();
}
