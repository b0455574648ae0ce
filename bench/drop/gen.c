/*
 * Made-up records of a data broker and work items of the State, every row a
 * pure function of the seed and its number: so the right answer is written by
 * the generator itself and never comes from what is measured.
 *
 *	gen records N		CSV: id,first_name,last_name,dob,zip,email,phone,
 *				maid,vin,ctvid; a quarter have a MAID, an eighth
 *				a VIN, an eighth a CTVID
 *	gen items LIST N M	ID,Hash: 5 % of the people of N records that have
 *				what the list is made of, or M / 2, then fillers
 *				up to M
 *	gen answer N M		matches, and sums over them (sums() below)
 *
 * An ID is the list's digit and the person's number; of a filler, 9 and a number.
 * Birth date and ZIP together are different for each person, so that two never
 * share a key by chance.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SEED = 20261122,
	CELL_MAX = 128,
	ROW_MAX = 1024,
	FIRST_NAMES = 5000,
	LAST_NAMES = 150000,
	DAYS = 24106,
	PEOPLE_BITS = 27, /* at most so many people */
};

enum { NDZ, EMAIL, PHONE, MAID, NAME_VIN, CTVID, LISTS };

static const char *const lists[LISTS] = { "NDZ", "Email", "Phone", "MAID",
	"NameVIN", "CTVID" };

static const char *const domains[] = { "gmail.example", "yahoo.example",
	"hotmail.example", "icloud.example", "outlook.example", "aol.example",
	"comcast.example", "example.org", "proton.example", "att.example" };

static uint64_t mix(uint64_t x)
{
	x += 0x9E3779B97F4A7C15u;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

static uint64_t fact(uint64_t row, unsigned what)
{
	return mix(mix(row ^ SEED) + what * 0xD6E8FEB86659FD93u);
}

/* About 2 % of the rows are about somebody who came before. */
static uint64_t person_of(uint64_t row)
{
	for (;;) {
		uint64_t x = fact(row, 1);

		if (x % 50 || !row)
			return row;
		row = (x >> 8) % row;
	}
}

/* A name by its rank; low ranks are common ones. */
static size_t name_of(uint64_t rank, char *out)
{
	static const char *const syllable[] = { "an", "be", "car", "da", "el",
		"fer", "go", "han", "is", "jo", "ka", "lo", "mar", "ni", "ol",
		"per", "qui", "ro", "san", "ta", "ur", "vel", "wi", "xa", "yo",
		"zan", "chri", "ste", "ph", "ria", "lyn", "dro" };
	uint64_t x = mix(rank * 7919 + 3);
	size_t n = 0;

	/* The rank itself is in it, so that no two names are the same. */
	for (uint64_t v = rank + 32;; v /= 32) {
		size_t len = strlen(syllable[v % 32]);

		memcpy(out + n, syllable[v % 32], len);
		n += len;
		if (v < 32)
			break;
	}
	if (x % 2)
		out[n++] = 'a';
	out[0] = (char)(out[0] - 32);
	return n;
}

/* Half of all in the first fiftieth: as names are. */
static uint64_t rank_of(uint64_t x, uint64_t names)
{
	uint64_t of = x >> 8;

	return x % 2 ? of % names : of % (names / 50);
}

struct person {
	char first[CELL_MAX], last[CELL_MAX];
	size_t first_n, last_n;
	int year, month, day, zip;
	char email[CELL_MAX];
	size_t email_n; /* 0: none */
	char phone[CELL_MAX];
	/* Standardized; empty: none. */
	char maid[CELL_MAX], vin[CELL_MAX], ctvid[CELL_MAX];
};

static void day_of(uint64_t n, struct person *p)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	/* Without leap days: 365 a year from 1940 on. */
	p->year = 1940 + (int)(n / 365);
	n %= 365;
	for (p->month = 1; n >= (uint64_t)length[p->month - 1]; p->month++)
		n -= (uint64_t)length[p->month - 1];
	p->day = 1 + (int)n;
}

static size_t put_base36(char *out, uint64_t v)
{
	char digits[16];
	size_t n = 0;

	do
		digits[n++] = "0123456789abcdefghijklmnopqrstuvwxyz"[v % 36];
	while (v /= 36);
	for (size_t i = 0; i < n; i++)
		out[i] = digits[n - 1 - i];
	return n;
}

static void make_email(uint64_t person, struct person *p)
{
	uint64_t x = fact(person, 2);
	const char *domain = domains[x % (sizeof domains / sizeof *domains)];
	char *out = p->email;
	size_t n = p->first_n;

	p->email_n = 0;
	if (x >> 8 & 31)
		p->email_n = 1;
	memcpy(out, p->first, n);
	out[0] |= 32;
	out[n++] = '.';
	n += put_base36(out + n, person);
	out[n++] = '@';
	memcpy(out + n, domain, strlen(domain));
	p->email_n *= n + strlen(domain);
}

/* Each has the person's number in it, so that no two are the same. */
static void make_devices(uint64_t person, struct person *p)
{
	uint64_t x = fact(person, 5);

	p->maid[0] = p->vin[0] = p->ctvid[0] = 0;
	if (x % 4 == 0)
		snprintf(p->maid, sizeof p->maid, "%016llx%016llx",
			(unsigned long long)mix(x), (unsigned long long)person);
	if ((x >> 8) % 8 == 0)
		snprintf(p->vin, sizeof p->vin, "1hgcm8%011llu",
			(unsigned long long)person);
	if ((x >> 16) % 8 == 0)
		snprintf(p->ctvid, sizeof p->ctvid, "smarttv%012llx",
			(unsigned long long)person);
}

static void make(uint64_t person, struct person *p)
{
	uint64_t q = person * 2654435761u & ((1u << PEOPLE_BITS) - 1);
	uint64_t x = fact(person, 3), y = fact(person, 4);
	uint64_t v = 2000000000 + person * 2654435761u % 7999999999;

	p->first_n = name_of(rank_of(x, FIRST_NAMES), p->first);
	p->last_n = name_of(rank_of(y, LAST_NAMES), p->last);
	day_of(q % DAYS, p);
	p->zip = 90001 + (int)(q / DAYS);
	make_email(person, p);
	make_devices(person, p);
	snprintf(p->phone, sizeof p->phone, "%010llu", (unsigned long long)v);
}

/* One person in so many is in a list: 5 %, or what fills half of it. */
static uint64_t every(uint64_t people, uint64_t lines)
{
	uint64_t n = lines ? 2 * people / lines : 0;

	return n < 20 ? 20 : n;
}

static bool is_chosen(uint64_t person, int list, uint64_t one_in)
{
	return fact(person, 10 + (unsigned)list) % one_in == 0;
}

/* Work items are of people who have what the list is made of. */
static bool has_item(int list, const struct person *p)
{
	const bool has[LISTS] = {
		[NDZ] = true,
		[EMAIL] = p->email_n != 0,
		[PHONE] = true,
		[MAID] = p->maid[0] != 0,
		[NAME_VIN] = p->vin[0] != 0,
		[CTVID] = p->ctvid[0] != 0,
	};

	return has[list];
}

static size_t put_upper(char *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (char)(s[i] >= 'a' && s[i] <= 'z' ? s[i] - 32 : s[i]);
	return n;
}

static size_t put_name(char *out, const char *s, size_t n, bool is_upper)
{
	if (is_upper)
		return put_upper(out, s, n);
	memcpy(out, s, n);
	return n;
}

/* A MAID with hyphens, a VIN in capitals, a CTVID with an underscore. */
static size_t put_devices(const struct person *p, char *out)
{
	size_t n = 0;

	out[n++] = ',';
	if (p->maid[0])
		n += (size_t)snprintf(out + n, CELL_MAX,
			"%.8s-%.4s-%.4s-%.4s-%s", p->maid, p->maid + 8,
			p->maid + 12, p->maid + 16, p->maid + 20);
	out[n++] = ',';
	n += put_upper(out + n, p->vin, strlen(p->vin));
	out[n++] = ',';
	if (p->ctvid[0])
		n += (size_t)snprintf(
			out + n, CELL_MAX, "SmartTV_%s", p->ctvid + 7);
	return n;
}

static size_t put_row(uint64_t row, char *out)
{
	static const char *const forms[] = { "(%.3s) %.3s-%.4s",
		"%.3s-%.3s-%.4s", "+1 %.3s %.3s %.4s", "%.3s%.3s%.4s" };
	uint64_t x = fact(row, 6);
	struct person p;
	size_t n = (size_t)snprintf(
		out, CELL_MAX, "%llu,", (unsigned long long)row + 1);

	make(person_of(row), &p);
	n += put_name(out + n, p.first, p.first_n, x % 10 == 0);
	out[n++] = ',';
	n += put_name(out + n, p.last, p.last_n, x % 10 == 0);
	if ((x >> 8) % 4)
		n += (size_t)snprintf(out + n, CELL_MAX, ",%04d-%02d-%02d,",
			p.year, p.month, p.day);
	else
		n += (size_t)snprintf(out + n, CELL_MAX, ",%d/%d/%04d,",
			p.month, p.day, p.year);
	n += (size_t)snprintf(out + n, CELL_MAX, "%05d", p.zip);
	if ((x >> 16) % 5 == 0)
		n += (size_t)snprintf(
			out + n, CELL_MAX, "-%04d", (int)(x >> 20) & 8191);
	out[n++] = ',';
	n += put_name(out + n, p.email, p.email_n, (x >> 34) % 20 == 0);
	out[n++] = ',';
	n += (size_t)snprintf(out + n, CELL_MAX, forms[(x >> 40) % 4], p.phone,
		p.phone + 3, p.phone + 6);
	n += put_devices(&p, out + n);
	out[n++] = '\n';
	return n;
}

static void write_records(uint64_t n)
{
	char row[ROW_MAX];

	fputs("id,first_name,last_name,dob,zip,email,phone,maid,vin,ctvid\n",
		stdout);
	for (uint64_t i = 0; i < n; i++)
		fwrite(row, 1, put_row(i, row), stdout);
}

/* --- items --- */

static void hash(const char *s, size_t n, unsigned char out[45])
{
	unsigned char d[32];
	SHA256_CTX c;

	SHA256_Init(&c);
	SHA256_Update(&c, s, n);
	SHA256_Final(d, &c);
	EVP_EncodeBlock(out, d, sizeof d);
}

static size_t put_lower(char *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (char)(s[i] | 32);
	return n;
}

static void hash_ndz(const struct person *p, unsigned char out[45])
{
	char text[CELL_MAX], joined[4 * 45];
	unsigned char *at = (unsigned char *)joined;

	hash(text, put_lower(text, p->first, p->first_n), at);
	hash(text, put_lower(text, p->last, p->last_n), at + 44);
	snprintf(text, sizeof text, "%04d%02d%02d", p->year, p->month, p->day);
	hash(text, 8, at + 88);
	snprintf(text, sizeof text, "%05d", p->zip);
	hash(text, 5, at + 132);
	hash(joined, 176, out);
}

static void hash_name_vin(const struct person *p, unsigned char out[45])
{
	char text[CELL_MAX], joined[3 * 45];
	unsigned char *at = (unsigned char *)joined;

	hash(text, put_lower(text, p->first, p->first_n), at);
	hash(text, put_lower(text, p->last, p->last_n), at + 44);
	hash(p->vin, strlen(p->vin), at + 88);
	hash(joined, 132, out);
}

static void hash_of(const struct person *p, int list, unsigned char out[45])
{
	const char *const value[LISTS] = {
		[PHONE] = p->phone,
		[MAID] = p->maid,
		[CTVID] = p->ctvid,
	};

	if (list == NDZ)
		hash_ndz(p, out);
	else if (list == NAME_VIN)
		hash_name_vin(p, out);
	else if (list == EMAIL)
		hash(p->email, p->email_n, out);
	else
		hash(value[list], strlen(value[list]), out);
}

static void write_items(int list, uint64_t people, uint64_t lines)
{
	unsigned char h[45];
	uint64_t n = 0;
	struct person p;

	puts("ID,Hash");
	for (uint64_t i = 0; i < people; i++) {
		if (!is_chosen(i, list, every(people, lines)) ||
			person_of(i) != i)
			continue;
		make(i, &p);
		if (!has_item(list, &p))
			continue;
		hash_of(&p, list, h);
		printf("%d%011llu,%.44s\n", list + 1, (unsigned long long)i,
			(char *)h);
		n++;
	}
	for (uint64_t i = 0; n < lines; i++, n++) {
		char text[CELL_MAX];
		int len = snprintf(text, sizeof text, "filler %d %llu", list,
			(unsigned long long)i);

		hash(text, (size_t)len, h);
		printf("9%d%010llu,%.44s\n", list + 1, (unsigned long long)i,
			(char *)h);
	}
}

/* Of the matches: how many, the numbers of their records, and of their items,
 * added up. */
static void write_answer(uint64_t rows, uint64_t lines)
{
	uint64_t n = 0, records = 0, items = 0;
	struct person p;

	for (uint64_t row = 0; row < rows; row++) {
		uint64_t person = person_of(row);

		for (int list = 0; list < LISTS; list++) {
			if (!is_chosen(person, list, every(rows, lines)))
				continue;
			make(person, &p);
			if (!has_item(list, &p))
				continue;
			n++;
			records += row + 1;
			items += (uint64_t)(list + 1) * 100000000000u + person;
		}
	}
	printf("%llu %llu %llu\n", (unsigned long long)n,
		(unsigned long long)records, (unsigned long long)items);
}

static int list_of(const char *name)
{
	for (int i = 0; i < LISTS; i++)
		if (!strcmp(name, lists[i]))
			return i;
	return -1;
}

int main(int argc, char **argv)
{
	static char buffer[1 << 20];
	const char *what = argc > 1 ? argv[1] : "";
	int list = argc > 2 ? list_of(argv[2]) : -1;

	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	if (!strcmp(what, "records") && argc == 3)
		write_records(strtoull(argv[2], NULL, 10));
	else if (!strcmp(what, "items") && argc == 5 && list >= 0)
		write_items(list, strtoull(argv[3], NULL, 10),
			strtoull(argv[4], NULL, 10));
	else if (!strcmp(what, "answer") && argc == 4)
		write_answer(strtoull(argv[2], NULL, 10),
			strtoull(argv[3], NULL, 10));
	else
		return fputs("usage: gen records N | items LIST N M | answer N M\n",
			       stderr),
		       2;
	return fflush(stdout) ? 1 : 0;
}
