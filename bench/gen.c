/*
 * A made-up list of leads and the lists that suppress some of them, every row a
 * pure function of the seed and its number: so the right answer is written by
 * the generator itself and never comes from what is measured.
 *
 *	gen leads N		CSV with a header: lead_id,name,email,phone,...
 *	gen kept N		the rows that stay when emails are suppressed
 *	gen kept-both N		and when emails or phones are
 *	gen emails N M		M hashes in hex: those of 5 % of the people, fillers
 *	gen phones N M		the same of phones, 2 %
 *	gen answer N		the counts
 *
 * -q in front: some rows have quoted cells with line ends in them.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SEED = 20261121,
	CELL_MAX = 128, /* room that a caller leaves for one */
	ROW_MAX = 1024,
	NAMES = 32,
	DOMAINS = 12,
	CITIES = 16,
};

static const char *const first_names[NAMES] = { "James", "Maria", "Robert",
	"Linda", "Michael", "Patricia", "David", "Jennifer", "Carlos",
	"Elizabeth", "Wei", "Susan", "Jose", "Jessica", "Thomas", "Sarah",
	"Ahmed", "Karen", "Daniel", "Nancy", "Minh", "Lisa", "Anthony", "Betty",
	"Mark", "Sandra", "Hiroshi", "Ashley", "Steven", "Kimberly", "Priya",
	"Emily" };
static const char *const last_names[NAMES] = { "Smith", "Johnson", "Garcia",
	"Nguyen", "Brown", "Kim", "Davis", "Miller", "Rodriguez", "Martinez",
	"Hernandez", "Lopez", "Gonzalez", "Wilson", "Anderson", "Lee", "Taylor",
	"Moore", "Jackson", "Martin", "Perez", "Thompson", "White", "Harris",
	"Sanchez", "Clark", "Ramirez", "Lewis", "Robinson", "Walker", "Young",
	"Patel" };
static const char *const domains[DOMAINS] = { "gmail.example", "yahoo.example",
	"hotmail.example", "icloud.example", "outlook.example", "aol.example",
	"comcast.example", "sbcglobal.example", "example.org", "proton.example",
	"mail.example.co", "att.example" };
static const char *const cities[CITIES] = { "Los Angeles", "San Diego",
	"San Jose", "San Francisco", "Fresno", "Sacramento", "Long Beach",
	"Oakland", "Bakersfield", "Anaheim", "Santa Ana", "Riverside",
	"Stockton", "Irvine", "Chula Vista", "Fremont" };
static const char *const streets[] = { "Main St", "Oak Ave", "Mission Blvd",
	"Sunset Blvd", "El Camino Real", "Market St", "2nd St", "Pine Ln",
	"Lakeview Dr", "Valencia St" };

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

/* About 1 % of the rows are about somebody who came before. */
static uint64_t person_of(uint64_t row)
{
	for (;;) {
		uint64_t x = fact(row, 1);

		if (x % 100 || !row)
			return row;
		row = (x >> 8) % row;
	}
}

static size_t put(char *out, const char *s)
{
	size_t n = strlen(s);

	memcpy(out, s, n);
	return n;
}

static size_t put_lower(char *out, const char *s)
{
	size_t n = put(out, s);

	for (size_t i = 0; i < n; i++)
		out[i] |= 32;
	return n;
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

/* The standardized address; 2 % of the people have none. */
static size_t email_of(uint64_t person, char *out)
{
	uint64_t x = fact(person, 2);
	size_t n;

	if (x % 50 == 0)
		return 0;
	n = put_lower(out, first_names[x >> 8 & 31]);
	out[n++] = '.';
	n += put_lower(out + n, last_names[x >> 16 & 31]);
	n += put_base36(out + n, person);
	out[n++] = '@';
	return n + put(out + n, domains[(x >> 24) % DOMAINS]);
}

/* Ten digits, different for each of the first thousands of millions. */
static size_t phone_of(uint64_t person, char *out)
{
	uint64_t v = 2000000000 + person * 2654435761u % 7999999999;

	return (size_t)snprintf(
		out, CELL_MAX, "%010llu", (unsigned long long)v);
}

static bool has_suppressed_email(uint64_t person)
{
	return fact(person, 4) % 20 == 0;
}

static bool has_suppressed_phone(uint64_t person)
{
	return fact(person, 5) % 50 == 0;
}

static size_t put_email_cell(uint64_t person, uint64_t x, char *out)
{
	char e[CELL_MAX];
	size_t len = email_of(person, e), n = 0;

	if (!len)
		return 0;
	if (x % 5 == 0) { /* Capital letters in names */
		e[0] -= 32;
		for (size_t i = 1; i < len; i++)
			if (e[i - 1] == '.' && e[i] >= 'a' && e[i] <= 'z') {
				e[i] -= 32;
				break;
			}
	}
	for (size_t i = 0; (x >> 8) % 50 == 0 && i < len; i++)
		if (e[i] >= 'a' && e[i] <= 'z')
			e[i] -= 32;
	if ((x >> 16) % 20 == 0)
		out[n++] = ' ';
	memcpy(out + n, e, len);
	n += len;
	if ((x >> 16) % 40 == 0)
		out[n++] = ' ';
	return n;
}

static size_t put_phone_cell(uint64_t person, uint64_t x, char *out)
{
	static const char *const forms[] = { "(%.3s) %.3s-%.4s",
		"%.3s-%.3s-%.4s", "+1 %.3s %.3s %.4s", "%.3s%.3s%.4s" };
	char p[CELL_MAX];

	phone_of(person, p);
	return (size_t)snprintf(
		out, CELL_MAX, forms[(x >> 24) % 4], p, p + 3, p + 6);
}

static size_t put_address_cell(uint64_t y, bool with_quoted, char *out)
{
	unsigned number = 1 + (unsigned)(y & 8191);
	unsigned flat = (unsigned)(y >> 52) & 511;
	const char *street = streets[(y >> 16) % 10];

	if (with_quoted && (y >> 40) % 1000 == 0)
		return (size_t)snprintf(out, CELL_MAX,
			"\"%u %s\nApt \"\"%u\"\"\"", number, street, flat);
	if ((y >> 32) % 7 == 0)
		return (size_t)snprintf(out, CELL_MAX, "\"%u %s, Apt %u\"",
			number, street, flat);
	return (size_t)snprintf(out, CELL_MAX, "%u %s", number, street);
}

static size_t put_row(uint64_t row, bool with_quoted, char *out)
{
	uint64_t p = person_of(row), x = fact(row, 6), y = fact(row, 7);
	uint64_t q = fact(p, 2);
	size_t n = (size_t)snprintf(out, CELL_MAX, "%llu,%s %s,",
		(unsigned long long)row + 1, first_names[q >> 8 & 31],
		last_names[q >> 16 & 31]);

	n += put_email_cell(p, x, out + n);
	out[n++] = ',';
	n += put_phone_cell(p, x, out + n);
	out[n++] = ',';
	n += put_address_cell(y, with_quoted, out + n);
	return n + (size_t)snprintf(out + n, CELL_MAX,
			   ",%s,%05u,%04u-%02u-%02u\n", cities[(y >> 20) & 15],
			   90001 + (unsigned)((y >> 24) % 6161),
			   1940 + (unsigned)((y >> 3) % 66),
			   1 + (unsigned)((y >> 9) % 12),
			   1 + (unsigned)((y >> 14) % 28));
}

static bool is_kept(uint64_t row, bool with_phones)
{
	uint64_t p = person_of(row);
	char e[CELL_MAX];

	if (email_of(p, e) && has_suppressed_email(p))
		return false;
	return !with_phones || !has_suppressed_phone(p);
}

static void write_rows(uint64_t n, bool all, bool with_phones, bool with_quoted)
{
	char row[ROW_MAX];

	fputs("lead_id,name,email,phone,address,city,zip,dob\n", stdout);
	for (uint64_t i = 0; i < n; i++)
		if (all || is_kept(i, with_phones))
			fwrite(row, 1, put_row(i, with_quoted, row), stdout);
}

static void write_hash(const char *s, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char d[32];
	char line[65];
	SHA256_CTX c;

	SHA256_Init(&c);
	SHA256_Update(&c, s, n);
	SHA256_Final(d, &c);
	for (size_t i = 0; i < 32; i++) {
		line[2 * i] = hex[d[i] >> 4];
		line[2 * i + 1] = hex[d[i] & 15];
	}
	line[64] = '\n';
	fwrite(line, 1, sizeof line, stdout);
}

static size_t filler(uint64_t i, bool is_phone, char *out)
{
	size_t n;

	/* No lead's number starts with 1. */
	if (is_phone)
		return (size_t)snprintf(
			out, CELL_MAX, "1%09llu", (unsigned long long)i);
	n = put(out, "filler-");
	n += put_base36(out + n, mix(i ^ SEED));
	n += put(out + n, "-");
	n += put_base36(out + n, i);
	return n + put(out + n, "@nowhere.example");
}

static void write_list(uint64_t people, uint64_t lines, bool is_phone)
{
	uint64_t n = 0;
	char text[CELL_MAX];

	for (uint64_t i = 0; i < people && n < lines; i++) {
		size_t len;

		if (person_of(i) != i || !(is_phone ? has_suppressed_phone(i)
						    : has_suppressed_email(i)))
			continue;
		len = is_phone ? phone_of(i, text) : email_of(i, text);
		if (!len)
			continue;
		write_hash(text, len);
		n++;
	}
	for (uint64_t i = 0; n < lines; i++, n++)
		write_hash(text, filler(i, is_phone, text));
}

static void write_answer(uint64_t n)
{
	uint64_t email = 0, both = 0;

	for (uint64_t i = 0; i < n; i++) {
		email += is_kept(i, false);
		both += is_kept(i, true);
	}
	printf("rows %llu kept %llu kept-both %llu\n", (unsigned long long)n,
		(unsigned long long)email, (unsigned long long)both);
}

int main(int argc, char **argv)
{
	static char buffer[1 << 20];
	bool with_quoted = argc > 1 && !strcmp(argv[1], "-q");
	const char *what = argc > 1 + with_quoted ? argv[1 + with_quoted] : "";
	uint64_t n = argc > 2 + with_quoted
			     ? strtoull(argv[2 + with_quoted], NULL, 10)
			     : 0;
	uint64_t m = argc > 3 + with_quoted
			     ? strtoull(argv[3 + with_quoted], NULL, 10)
			     : n;

	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	if (!strcmp(what, "leads"))
		write_rows(n, true, false, with_quoted);
	else if (!strcmp(what, "kept"))
		write_rows(n, false, false, with_quoted);
	else if (!strcmp(what, "kept-both"))
		write_rows(n, false, true, with_quoted);
	else if (!strcmp(what, "emails"))
		write_list(n, m, false);
	else if (!strcmp(what, "phones"))
		write_list(n, m, true);
	else if (!strcmp(what, "answer"))
		write_answer(n);
	else
		return fputs("usage: gen [-q] leads|kept|kept-both|emails|phones"
			     "|answer ROWS [LINES]\n",
			       stderr),
		       2;
	return fflush(stdout) ? 1 : 0;
}
