/*
 * A data broker, the State's lists over some sessions, and the truth about them:
 * each row a pure function of the seed and its number, so that what is right is
 * written here and never comes from what is tested.
 *
 *	cycles CONSUMERS RECORDS SESSIONS SEED WHAT...
 *
 *	items K LIST	the list of session K (a name of `lists`, or Removed)
 *	people F NOW	file F of FILES of the CSV system, as it is to be after
 *			session NOW; 0: before the first
 *	late F K	what is appended to it after session K
 *	orders		the CSV file that is kept
 *	person NOW	tables of the database, in the same way (email, device),
 *	person-late K	and what is added after session K
 *	invoice		the table that is kept
 *	verdict K	"session,call,id,status" of every row that the platform
 *			is to take up to session K
 *	checks KIND	"value<tab>suppressed" or "clear" after the last session,
 *			of email or phone
 *	told K		rows of a vendor's file after session K: email and phone
 *	gone NOW	rows that are gone from both after session NOW
 *
 * A consumer is one of `cases`.  Half of the records are in files, half in the
 * database; consumers, and those who share something with them, stand between
 * people whom nobody asked about.
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
	FILES = 4,
	TEXT_MAX = 96,
	DAYS = 24106,
	PEOPLE_BITS = 27, /* at most so many people */
	HASH_SIZE = 44,
};

enum { NDZ, EMAIL, PHONE, MAID, NAMEVIN, CTVID, LISTS };
static const char *const lists[LISTS] = { "NDZ", "Email", "Phone", "MAID",
	"NameVIN", "CTVID" };

enum { DELETED = 3, EXEMPTED = 2, OPTED_OUT = 4, NOT_FOUND = 5 };

/*
 * CASE(NAME, of a hundred): what is held of a consumer, and what happens.
 * LATER: a record appears after the first answer.  RETURNS: deleted, and there
 * again.  COUPLE: two consumers ask with one address, the first takes it back.
 * LEFT_...: takes it back a session later.  MIXED: deleted, but the address was
 * somebody else's too.
 */
#define CASES(CASE)              \
	CASE(ABSENT, 60)         \
	CASE(FILE_ONLY, 7)       \
	CASE(DATABASE_ONLY, 7)   \
	CASE(BOTH, 4)            \
	CASE(SHARED_FILE, 2)     \
	CASE(SHARED_DATABASE, 2) \
	CASE(EXEMPT_FILE, 1)     \
	CASE(EXEMPT_DATABASE, 1) \
	CASE(HELD_AND_EXEMPT, 2) \
	CASE(LATER_FILE, 2)      \
	CASE(LATER_DATABASE, 1)  \
	CASE(RETURNS, 2)         \
	CASE(COUPLE, 1)          \
	CASE(LEFT_ABSENT, 3)     \
	CASE(LEFT_HELD, 2)       \
	CASE(LEFT_SHARED, 1)     \
	CASE(MIXED, 2)

enum kind {
#define CASE(NAME, share) NAME,
	CASES(CASE)
#undef CASE
		KINDS
};
static const unsigned shares[KINDS] = {
#define CASE(NAME, share) share,
	CASES(CASE)
#undef CASE
};

struct plan {
	uint64_t consumers, half, sessions, seed;
};

static uint64_t mix(uint64_t x)
{
	x += 0x9E3779B97F4A7C15u;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

static uint64_t fact(const struct plan *p, uint64_t who, unsigned what)
{
	return mix(mix(who ^ mix(p->seed)) + what * 0xD6E8FEB86659FD93u);
}

/* --- consumers --- */

struct consumer {
	uint64_t number;
	enum kind kind;
	uint64_t batch;
	bool leaves; /* in the session after */
	bool given[LISTS];
	int shared; /* the list of what is shared; -1 */
};

static enum kind kind_of(uint64_t x)
{
	unsigned at = (unsigned)(x % 100), kind = 0;

	while (at >= shares[kind])
		at -= shares[kind++];
	return (enum kind)kind;
}

/* Of the shared cases only what is shared is asked for, or the person would be
 * deleted by another identifier: that is MIXED. */
static void choose_lists(const struct plan *p, struct consumer *c)
{
	bool is_exempt = c->kind == EXEMPT_FILE || c->kind == EXEMPT_DATABASE;
	int one = c->shared;

	if (c->kind == COUPLE)
		one = EMAIL;
	for (int l = 0; l < LISTS; l++)
		c->given[l] =
			one < 0 ? fact(p, c->number, 20 + (unsigned)l) % 10 < 6
				: l == one;
	if (c->kind == MIXED)
		c->given[NDZ] = c->given[EMAIL] = true;
	if (is_exempt || c->kind == HELD_AND_EXEMPT)
		c->given[EMAIL] = true;
	if (one < 0 && fact(p, c->number, 26) % 2)
		c->given[EMAIL] = true;
}

static struct consumer consumer_of(const struct plan *p, uint64_t number)
{
	struct consumer c = { .number = number, .shared = -1 };
	uint64_t x = fact(p, number, 10);

	c.kind = kind_of(x >> 8);
	c.batch = 1;
	if (p->sessions > 1 && x % 10 >= 6)
		c.batch = 2 + fact(p, number, 11) % (p->sessions - 1);
	if (c.kind == SHARED_FILE || c.kind == SHARED_DATABASE ||
		c.kind == LEFT_SHARED)
		c.shared = fact(p, number, 12) % 2 ? EMAIL : PHONE;
	c.leaves = c.batch < p->sessions &&
		   (c.kind == COUPLE || c.kind == LEFT_ABSENT ||
			   c.kind == LEFT_HELD || c.kind == LEFT_SHARED);
	choose_lists(p, &c);
	return c;
}

/* What the records share: of MIXED the address as well. */
static int common_of(const struct consumer *c)
{
	return c->kind == MIXED ? EMAIL : c->shared;
}

static bool is_in_files(const struct consumer *c)
{
	switch (c->kind) {
	case FILE_ONLY:
	case BOTH:
	case SHARED_FILE:
	case HELD_AND_EXEMPT:
	case RETURNS:
	case LEFT_HELD:
	case LEFT_SHARED:
	case MIXED:
		return true;
	default:
		return false;
	}
}

static bool is_in_database(const struct consumer *c)
{
	return c->kind == DATABASE_ONLY || c->kind == BOTH ||
	       c->kind == SHARED_DATABASE;
}

/* A record of the consumer appears after the session of the request. */
static bool is_late_in_files(const struct consumer *c)
{
	return c->kind == LATER_FILE || c->kind == RETURNS ||
	       c->kind == COUPLE || c->kind == LEFT_ABSENT ||
	       c->kind == LEFT_HELD;
}

static bool is_in_orders(const struct consumer *c)
{
	return c->kind == EXEMPT_FILE || c->kind == HELD_AND_EXEMPT;
}

/* --- people --- */

/* Who stands in a row: consumers first, then who shares something with each,
 * then all others. */
struct person {
	uint64_t number;
	char first[TEXT_MAX], last[TEXT_MAX], email[TEXT_MAX], phone[TEXT_MAX];
	char vin[TEXT_MAX], maid[TEXT_MAX], ctvid[TEXT_MAX];
	int year, month, day, zip;
	bool has[LISTS];
};

static void put_name(char *out, uint64_t v)
{
	static const char *const syllable[] = { "an", "be", "car", "da", "el",
		"fer", "go", "han", "is", "jo", "ka", "lo", "mar", "ni", "ol",
		"per", "qui", "ro", "san", "ta", "ur", "vel", "wi", "xa", "yo",
		"zan", "chri", "ste", "ph", "ria", "lyn", "dro" };
	size_t n = 0;

	for (v += 32;; v /= 32) {
		n += (size_t)snprintf(
			out + n, TEXT_MAX - n, "%s", syllable[v % 32]);
		if (v < 32)
			break;
	}
	out[0] = (char)(out[0] - 32);
}

/* Without leap days: 365 a year from 1940 on.  Birth date and ZIP together are
 * different for each person, so that two never share a key by chance. */
static void put_birth(struct person *p)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	uint64_t q = p->number * 2654435761u & ((1u << PEOPLE_BITS) - 1);
	int day = (int)(q % DAYS);

	p->zip = 90001 + (int)(q / DAYS);
	p->year = 1940 + day / 365;
	day %= 365;
	for (p->month = 1; day >= length[p->month - 1]; p->month++)
		day -= length[p->month - 1];
	p->day = 1 + day;
}

static void make(const struct plan *p, uint64_t number, struct person *out)
{
	static const unsigned of_ten[LISTS] = { 10, 10, 9, 6, 5, 4 };
	uint64_t a = mix(number ^ p->seed), b = mix(a + 1);

	*out = (struct person){ .number = number };
	put_name(out->first, fact(p, number, 1) % 1000);
	put_name(out->last, fact(p, number, 2) % 40000);
	put_birth(out);
	snprintf(out->email, TEXT_MAX, "%.60s.%llx@mail%d.example", out->first,
		(unsigned long long)number, (int)(a % 7));
	out->email[0] |= 32;
	snprintf(out->phone, TEXT_MAX, "%010llu",
		2000000000 +
			(unsigned long long)number * 2654435761u % 7999999999);
	snprintf(out->vin, TEXT_MAX, "T%016llX", (unsigned long long)a);
	snprintf(out->maid, TEXT_MAX, "%08x-%04x-%04x-%04x-%012llx",
		(unsigned)(a >> 32), (unsigned)(a >> 16) & 65535,
		(unsigned)a & 65535, (unsigned)(b >> 48),
		(unsigned long long)b & 0xFFFFFFFFFFFF);
	snprintf(out->ctvid, TEXT_MAX, "TV_%016llX", (unsigned long long)b);
	for (int l = 0; l < LISTS; l++)
		out->has[l] =
			fact(p, number, 30 + (unsigned)l) % 10 < of_ten[l];
}

static void make_consumer(
	const struct plan *p, const struct consumer *c, struct person *out)
{
	make(p, c->number, out);
	if (common_of(c) >= 0)
		out->has[common_of(c)] = true;
}

/* Who lives with a consumer and uses the same address or telephone. */
static void make_partner(
	const struct plan *p, const struct consumer *c, struct person *out)
{
	struct person with;

	make_consumer(p, c, &with);
	make(p, p->consumers + c->number, out);
	out->has[common_of(c)] = true;
	if (common_of(c) == EMAIL)
		memcpy(out->email, with.email, TEXT_MAX);
	else
		memcpy(out->phone, with.phone, TEXT_MAX);
}

/* --- the truth --- */

/* One of the identifiers given stands in the consumer's record. */
static bool is_hit(const struct plan *p, const struct consumer *c)
{
	struct person who;

	make_consumer(p, c, &who);
	for (int l = 0; l < LISTS; l++)
		if (c->given[l] && who.has[l] && l != common_of(c))
			return true;
	return false;
}

static bool is_base_row_gone(
	const struct plan *p, const struct consumer *c, uint64_t now)
{
	return now >= c->batch && is_hit(p, c);
}

static bool is_late_row_gone(
	const struct plan *p, const struct consumer *c, uint64_t now)
{
	if (now <= c->batch)
		return false;
	return c->kind == COUPLE || (!c->leaves && is_hit(p, c));
}

/* After the first session of the request. */
static int first_status(
	const struct plan *p, const struct consumer *c, int list)
{
	struct person who;

	make_consumer(p, c, &who);
	if (list == common_of(c))
		return OPTED_OUT;
	if (c->kind == EXEMPT_FILE || c->kind == EXEMPT_DATABASE)
		return list == EMAIL ? EXEMPTED : NOT_FOUND;
	if (c->kind == HELD_AND_EXEMPT && list == EMAIL)
		return DELETED;
	if (!is_in_files(c) && !is_in_database(c))
		return NOT_FOUND;
	return who.has[list] ? DELETED : NOT_FOUND;
}

static int last_status(const struct plan *p, const struct consumer *c, int list)
{
	struct person who;

	make_consumer(p, c, &who);
	if ((c->kind == LATER_FILE || c->kind == LATER_DATABASE) &&
		who.has[list] && c->batch < p->sessions)
		return DELETED;
	return first_status(p, c, list);
}

/* Is it in a vendor's file of session `now`: matched in its look, not exempt, and
 * not told before, but for who was deleted again? */
static bool is_told(
	const struct plan *p, const struct consumer *c, int list, uint64_t now)
{
	int status = first_status(p, c, list);
	bool is_later = now > c->batch;

	if (now < c->batch || (is_later && c->leaves))
		return false;
	if (!is_later)
		return status == DELETED || status == OPTED_OUT;
	if (now > c->batch + 1 || list == common_of(c))
		return false;
	return (c->kind == RETURNS && status == DELETED) ||
	       ((c->kind == LATER_FILE || c->kind == LATER_DATABASE) &&
		       last_status(p, c, list) == DELETED);
}

/* --- rows of files --- */

static void put_cell(const char *s, bool is_there)
{
	putchar(',');
	if (is_there)
		fputs(s, stdout);
}

static void put_file_row(const struct plan *p, const struct person *who)
{
	static const char *const forms[] = { "(%.3s) %.3s-%.4s",
		"%.3s-%.3s-%.4s", "+1 %.3s %.3s %.4s", "%.3s%.3s%.4s" };
	uint64_t x = fact(p, who->number, 40);
	char phone[TEXT_MAX];

	snprintf(phone, sizeof phone, forms[x % 4], who->phone, who->phone + 3,
		who->phone + 6);
	printf(",%s,%s,", who->first, who->last);
	if (x >> 8 & 3)
		printf("%04d-%02d-%02d,", who->year, who->month, who->day);
	else
		printf("%d/%d/%04d,", who->month, who->day, who->year);
	printf("%05d%s", who->zip, x >> 16 & 3 ? "" : "-0042");
	put_cell(who->email, who->has[EMAIL]);
	put_cell(phone, who->has[PHONE]);
	put_cell(who->vin, who->has[NAMEVIN]);
	put_cell(who->maid, who->has[MAID]);
	put_cell(who->ctvid, who->has[CTVID]);
	printf(",\"note, %llx\"\n", (unsigned long long)(x & 0xFFFF));
}

/* A slot of the records: a consumer's, a partner's, or somebody else's. */
struct slot {
	struct consumer c;
	bool is_consumers;
	bool is_partners;
};

static struct slot slot_of(const struct plan *p, uint64_t i)
{
	uint64_t stride = p->half / p->consumers;
	struct slot s = { 0 };

	if (i / stride >= p->consumers || i % stride > 1)
		return s;
	s.c = consumer_of(p, i / stride);
	s.is_consumers = i % stride == 0;
	s.is_partners = i % stride == 1 && common_of(&s.c) >= 0;
	return s;
}

/* False: the row is gone. */
static bool make_slot(const struct plan *p, uint64_t i, bool is_database,
	uint64_t now, struct person *out)
{
	struct slot s = slot_of(p, i);
	bool is_here = is_database ? is_in_database(&s.c) : is_in_files(&s.c);

	if (s.is_partners && is_here) {
		make_partner(p, &s.c, out);
		return true;
	}
	if (!s.is_consumers || !is_here) {
		make(p, 2 * p->consumers + i + (is_database ? p->half : 0),
			out);
		return true;
	}
	make_consumer(p, &s.c, out);
	return !is_base_row_gone(p, &s.c, now);
}

static void put_late_in_file(
	const struct plan *p, uint64_t file, uint64_t after, uint64_t now)
{
	struct person who;

	for (uint64_t i = file; i < p->consumers; i += FILES) {
		struct consumer c = consumer_of(p, i);

		if (c.batch != after || !is_late_in_files(&c) ||
			is_late_row_gone(p, &c, now))
			continue;
		make_consumer(p, &c, &who);
		printf("l%llu", (unsigned long long)i);
		put_file_row(p, &who);
	}
}

static void put_people(const struct plan *p, uint64_t file, uint64_t now)
{
	uint64_t from = p->half * file / FILES;
	uint64_t to = p->half * (file + 1) / FILES;
	struct person who;

	puts("id,first_name,last_name,dob,zip,email,phone,vin,maid,ctvid,note");
	for (uint64_t i = from; i < to; i++) {
		if (!make_slot(p, i, false, now, &who))
			continue;
		printf("r%llu", (unsigned long long)i + 1);
		put_file_row(p, &who);
	}
	for (uint64_t k = 1; k < now; k++)
		put_late_in_file(p, file, k, now);
}

/* What is kept: an order of who is exempt, and of somebody else. */
static void put_kept(const struct plan *p, bool is_database)
{
	struct person who;

	for (uint64_t i = 0; i < p->consumers; i++) {
		struct consumer c = consumer_of(p, i);
		bool is_here = is_database ? c.kind == EXEMPT_DATABASE
					   : is_in_orders(&c);

		make(p, is_here ? i : 2 * p->consumers + i * 3, &who);
		if (is_here || i % 3 == 0)
			printf("%llu,%s,%d\n", (unsigned long long)i + 1,
				who.email, (int)(i % 997));
	}
}

/* --- rows of the database --- */

static void put_row(const struct person *who, const char *table, uint64_t id)
{
	unsigned long long n = id;

	if (!strcmp(table, "person"))
		printf("%llu,%s,%s,%04d-%02d-%02d,%05d,%s,%s\n", n, who->first,
			who->last, who->year, who->month, who->day, who->zip,
			who->has[PHONE] ? who->phone : "",
			who->has[NAMEVIN] ? who->vin : "");
	else if (!strcmp(table, "email") && who->has[EMAIL])
		printf("%llu,%llu,%s\n", n, n, who->email);
	else if (!strcmp(table, "device") &&
		 (who->has[MAID] || who->has[CTVID]))
		printf("%llu,%llu,%s,%s\n", n, n,
			who->has[MAID] ? who->maid : "",
			who->has[CTVID] ? who->ctvid : "");
}

static void put_late_in_table(
	const struct plan *p, const char *table, uint64_t after, uint64_t now)
{
	struct person who;

	for (uint64_t i = 0; i < p->consumers; i++) {
		struct consumer c = consumer_of(p, i);

		if (c.kind != LATER_DATABASE || c.batch != after ||
			is_late_row_gone(p, &c, now))
			continue;
		make_consumer(p, &c, &who);
		put_row(&who, table, p->half * after + i + 1);
	}
}

static void put_table(const struct plan *p, const char *table, uint64_t now)
{
	struct person who;

	for (uint64_t i = 0; i < p->half; i++)
		if (make_slot(p, i, true, now, &who))
			put_row(&who, table, i + 1);
	for (uint64_t k = 1; k < now; k++)
		put_late_in_table(p, table, k, now);
}

/* --- lists --- */

static void hash(const char *s, char out[HASH_SIZE + 1])
{
	unsigned char d[32];
	SHA256_CTX c;

	SHA256_Init(&c);
	SHA256_Update(&c, s, strlen(s));
	SHA256_Final(d, &c);
	EVP_EncodeBlock((unsigned char *)out, d, sizeof d);
}

/* Letters and digits, in lower case, of what is made up here: ASCII. */
static void plain(const char *s, char *out)
{
	for (; *s; s++)
		if ((*s | 32) >= 'a' && (*s | 32) <= 'z')
			*out++ = (char)(*s | 32);
		else if (*s >= '0' && *s <= '9')
			*out++ = *s;
	*out = '\0';
}

static void add_hash(char *joined, const char *s)
{
	char text[TEXT_MAX];

	plain(s, text);
	hash(text, joined + strlen(joined));
}

static void hash_of(const struct person *who, int list, char *out)
{
	char joined[4 * HASH_SIZE + 1] = "", text[TEXT_MAX];

	if (list == NDZ || list == NAMEVIN) {
		add_hash(joined, who->first);
		add_hash(joined, who->last);
	}
	if (list == NDZ) {
		snprintf(text, sizeof text, "%04d%02d%02d", who->year,
			who->month, who->day);
		add_hash(joined, text);
		snprintf(text, sizeof text, "%05d", who->zip);
		add_hash(joined, text);
	} else if (list == NAMEVIN) {
		add_hash(joined, who->vin);
	} else if (list == EMAIL) {
		snprintf(joined, sizeof joined, "%s", who->email);
	} else {
		plain(list == PHONE    ? who->phone
			: list == MAID ? who->maid
				       : who->ctvid,
			joined);
	}
	hash(joined, out);
}

/* 12 characters of Base62; of a couple the second has another letter. */
static void put_id(const struct consumer *c, int list, bool is_second)
{
	printf("%c%011llu", is_second ? 'S' : "NEPMVC"[list],
		(unsigned long long)c -> number);
}

static void put_items(const struct plan *p, uint64_t session, int list)
{
	char h[HASH_SIZE + 1];
	struct person who;

	puts("ID,Hash");
	for (uint64_t i = 0; i < p->consumers; i++) {
		struct consumer c = consumer_of(p, i);

		if (c.batch != session || !c.given[list])
			continue;
		make_consumer(p, &c, &who);
		hash_of(&who, list, h);
		for (int k = 0; k <= (c.kind == COUPLE); k++) {
			put_id(&c, list, k);
			printf(",%s\n", h);
		}
	}
}

static void put_removed(const struct plan *p, uint64_t session)
{
	char h[HASH_SIZE + 1];
	struct person who;

	puts("ID,Hash,ListType");
	for (uint64_t i = 0; i < p->consumers; i++) {
		struct consumer c = consumer_of(p, i);

		if (!c.leaves || c.batch + 1 != session)
			continue;
		make_consumer(p, &c, &who);
		for (int l = 0; l < LISTS; l++) {
			if (!c.given[l])
				continue;
			hash_of(&who, l, h);
			put_id(&c, l, false);
			printf(",%s,%s\n", h, lists[l]);
		}
	}
}

static void put_said(const struct consumer *c, int list, bool is_second,
	const char *call, int status)
{
	printf("%llu,%s,",
		(unsigned long long)c->batch + (strcmp(call, "amend") == 0),
		call);
	put_id(c, list, is_second);
	printf(",%d\n", status);
}

static void put_verdict(const struct plan *p, uint64_t upto)
{
	for (uint64_t i = 0; i < p->consumers; i++) {
		struct consumer c = consumer_of(p, i);

		for (int l = 0; l < LISTS && c.batch <= upto; l++) {
			int first = first_status(p, &c, l);
			int last = last_status(p, &c, l);

			if (!c.given[l])
				continue;
			put_said(&c, l, false, "upload", first);
			if (c.kind == COUPLE)
				put_said(&c, l, true, "upload", first);
			if (c.batch >= upto)
				continue;
			if (last != first)
				put_said(&c, l, false, "amend", last);
			if (c.kind == COUPLE)
				put_said(&c, l, true, "amend", DELETED);
		}
	}
}

/* --- what else is to be so --- */

static void put_check(const char *value, bool is_suppressed)
{
	printf("%s\t%s\n", value, is_suppressed ? "suppressed" : "clear");
}

/* Who shares something is opted out under everything; of MIXED both are. */
static void put_checks(const struct plan *p, int list)
{
	struct person who, with;

	for (uint64_t i = 0; i < p->consumers; i++) {
		struct consumer c = consumer_of(p, i);
		bool is_asked =
			c.given[list] && (!c.leaves || c.kind == COUPLE);

		make_consumer(p, &c, &who);
		if (common_of(&c) >= 0 && who.has[list])
			is_asked = !c.leaves;
		put_check(list == EMAIL ? who.email : who.phone, is_asked);
		if (common_of(&c) < 0)
			continue;
		make_partner(p, &c, &with);
		if (with.has[list] && list != common_of(&c))
			put_check(list == EMAIL ? with.email : with.phone,
				!c.leaves);
	}
}

static void put_told(const struct plan *p, uint64_t now)
{
	static const int told[] = { EMAIL, PHONE };
	uint64_t n = 0;

	for (uint64_t i = 0; i < p->consumers; i++) {
		struct consumer c = consumer_of(p, i);

		for (size_t k = 0; k < sizeof told / sizeof *told; k++)
			n += c.given[told[k]] && is_told(p, &c, told[k], now);
		/* The second of a couple, when the record came. */
		n += c.kind == COUPLE && now == c.batch + 1;
	}
	printf("%llu\n", (unsigned long long)n);
}

static void put_gone(const struct plan *p, uint64_t now)
{
	uint64_t n = 0;
	struct person who;

	for (uint64_t i = 0; i < p->half; i++)
		n += !make_slot(p, i, false, now, &who) +
		     !make_slot(p, i, true, now, &who);
	printf("%llu\n", (unsigned long long)n);
}

static int list_of(const char *name)
{
	for (int l = 0; l < LISTS; l++)
		if (!strcmp(name, lists[l]))
			return l;
	return -1;
}

static bool is_table(const char *name)
{
	return !strcmp(name, "person") || !strcmp(name, "email") ||
	       !strcmp(name, "device");
}

static bool put_one(const struct plan *p, const char *what, const char *arg)
{
	uint64_t n = strtoull(arg, NULL, 10);
	char table[TEXT_MAX];

	if (is_table(what))
		put_table(p, what, n);
	else if (sscanf(what, "%90[a-z]-late", table) == 1 && is_table(table))
		put_late_in_table(p, table, n, n);
	else if (!strcmp(what, "verdict"))
		put_verdict(p, n);
	else if (!strcmp(what, "checks"))
		put_checks(p, strcmp(arg, "phone") ? EMAIL : PHONE);
	else if (!strcmp(what, "told"))
		put_told(p, n);
	else if (!strcmp(what, "gone"))
		put_gone(p, n);
	else
		return false;
	return true;
}

static bool put_two(
	const struct plan *p, const char *what, const char *a, const char *b)
{
	uint64_t n = strtoull(a, NULL, 10);

	if (!strcmp(what, "items") && !strcmp(b, "Removed"))
		put_removed(p, n);
	else if (!strcmp(what, "items") && list_of(b) >= 0)
		put_items(p, n, list_of(b));
	else if (!strcmp(what, "people"))
		put_people(p, n, strtoull(b, NULL, 10));
	else if (!strcmp(what, "late"))
		put_late_in_file(p, n, strtoull(b, NULL, 10), 0);
	else
		return false;
	return true;
}

static bool put(const struct plan *p, int n, char **arg)
{
	if (n == 1 && !strcmp(arg[0], "orders")) {
		puts("id,email,cents");
		put_kept(p, false);
		return true;
	}
	if (n == 1 && !strcmp(arg[0], "invoice")) {
		put_kept(p, true);
		return true;
	}
	if (n == 2)
		return put_one(p, arg[0], arg[1]);
	return n == 3 && put_two(p, arg[0], arg[1], arg[2]);
}

int main(int argc, char **argv)
{
	static char buffer[1 << 20];
	struct plan p;

	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	if (argc > 5) {
		p.consumers = strtoull(argv[1], NULL, 10);
		p.half = strtoull(argv[2], NULL, 10) / 2;
		p.sessions = strtoull(argv[3], NULL, 10);
		p.seed = strtoull(argv[4], NULL, 10);
		if (p.consumers && p.half >= 2 * p.consumers && p.sessions &&
			put(&p, argc - 5, argv + 5))
			return fflush(stdout) ? 1 : 0;
	}
	fputs("usage: cycles CONSUMERS RECORDS SESSIONS SEED WHAT...; at least "
	      "4 records a consumer\n",
		stderr);
	return 2;
}
