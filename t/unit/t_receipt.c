/*
 * Receipts: what was signed can't be changed in any member without being seen,
 * and what is wrong is said.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/file.h"
#include "desk/receipt.h"

struct test {
	struct arena *a;
	const char *dir;
	struct keys *keys;
	struct receipt receipt;
	str text;
};

static const char hash_in[] =
	"00000000000000000000000000000000000000000000000000000000000000aa";
static const char hash_out[] =
	"00000000000000000000000000000000000000000000000000000000000000bb";

static str hex_key(struct test *t)
{
	const unsigned char *k = keys_audit_public(t->keys);
	struct buf b = buf_in(t->a, 65);

	for (size_t i = 0; i < KEY_SIZE; i++)
		buf_fmt(&b, "%02x", k[i]);
	return buf_str(&b);
}

static void start(struct test *t)
{
	char *dir;
	struct err e = { 0 };

	t->a = arena_new(64 << 20);
	dir = arena_cstr(t->a, STR("/tmp/t_receipt.XXXXXX"));
	t->dir = mkdtemp(dir);
	must(t->dir && !keys_make(t->dir, &e) &&
		!keys_load(t->a, t->dir, KEYS_ALL, &t->keys, &e));
	t->receipt = (struct receipt){
		.at = STR("2026-11-21T21:04:00Z"),
		.business = STR("Jos\xC3\xA9 \"&\" Sons"),
		.program = STR("0.1.0"),
		.rules = STR("toyon/1"),
		.generation = 7,
		.log_seq = 9,
		.format = STR("csv"),
		.in_name = STR("in.csv"),
		.in_sha256 = str_of(hash_in),
		.out_name = STR("out.csv"),
		.out_sha256 = str_of(hash_out),
		.rows = 10,
		.kept = 7,
		.suppressed = 2,
		.unreadable = 3,
		.unreadable_rejected = 1,
		.recipient = STR("mailharbor"),
		.purpose = STR("Spring"),
	};
	t->receipt.public_key = hex_key(t);
	t->receipt.columns.n = 1;
	t->receipt.columns.at[0] = (struct receipt_item){ STR("email"), 1 };
	t->receipt.by_reason.n = 1;
	t->receipt.by_reason.at[0] = (struct receipt_item){ STR("opt-out"), 2 };
	must(!receipt_sign(t->a, t->keys, &t->receipt, &t->text, &e));
}

static void end(struct test *t)
{
	must(!system(arena_cstr(t->a, arena_fmt(t->a, "rm -r %s", t->dir))));
	arena_free(t->a);
}

static unsigned faults_of(struct test *t, str text, str key)
{
	struct receipt_report *r = arena_one(t->a, struct receipt_report);

	receipt_check(t->a, text, key, r);
	return r->faults;
}

/* text with the first `was` replaced. */
static str with(struct test *t, str text, const char *was, const char *is)
{
	ptrdiff_t at = str_find(text, str_of(was));

	if (at < 0) {
		fprintf(stderr, "no %s\n", was);
		exit(1);
	}
	return arena_fmt(t->a, "%.*s%s%.*s", (int)at, text.p, is,
		STR_ARG(str_from(text, (size_t)at + strlen(was))));
}

static void genuine(struct test *t)
{
	struct receipt_report *r = arena_one(t->a, struct receipt_report);
	str loose = with(t, t->text, "{\"receipt\":{", "{ \"receipt\" :\n {  ");

	receipt_check(t->a, t->text, STR(""), r);
	CHECK(!r->faults && r->is_read && !r->is_key_given, "fits by itself");
	CHECK(str_eq(r->receipt.business, t->receipt.business) &&
			r->receipt.kept == 7 && r->receipt.columns.n == 1 &&
			str_eq(r->receipt.columns.at[0].word, STR("email")),
		"what was written is what is read");
	CHECK(!faults_of(t, t->text, t->receipt.public_key), "with the key");
	CHECK(!faults_of(t, loose, STR("")),
		"blanks and line ends change nothing that was signed");
	CHECK(faults_of(t, t->text, str_of(hash_in)) == 1u << RECEIPT_KEY,
		"another key than the one given");
}

static void tampered(struct test *t)
{
	static const struct {
		const char *was, *is;
		enum receipt_fault fault;
		const char *why;
	} rows[] = {
		{ "21:04", "21:05", RECEIPT_SIGNATURE, "the time" },
		{ "Jos", "Joe", RECEIPT_SIGNATURE, "the business" },
		{ "0.1.0", "0.1.1", RECEIPT_SIGNATURE, "the program" },
		{ "toyon/1", "toyon/2", RECEIPT_SIGNATURE, "the rules" },
		{ "\"generation\":7", "\"generation\":8", RECEIPT_SIGNATURE,
			"the index" },
		{ "\"log_seq\":9", "\"log_seq\":99", RECEIPT_SIGNATURE,
			"the log" },
		{ "\"reasons\":\"\"", "\"reasons\":\"deleted\"",
			RECEIPT_SIGNATURE, "the reasons" },
		{ "\"csv\"", "\"ndjson\"", RECEIPT_SIGNATURE, "the format" },
		{ "in.csv", "an.csv", RECEIPT_SIGNATURE, "a name" },
		{ "out.csv", "aut.csv", RECEIPT_SIGNATURE, "the other" },
		{ "aa\"", "ab\"", RECEIPT_SIGNATURE, "a hash" },
		{ "bb\"", "bc\"", RECEIPT_SIGNATURE, "the other" },
		{ "\"email\"", "\"phone\"", RECEIPT_SIGNATURE, "a kind" },
		{ "\"column\":1", "\"column\":2", RECEIPT_SIGNATURE,
			"a column" },
		{ "\"opt-out\",\"rows\":2", "\"opt-out\",\"rows\":1",
			RECEIPT_SIGNATURE, "rows of a reason" },
		{ "\"unreadable\":3", "\"unreadable\":2", RECEIPT_SIGNATURE,
			"unreadable" },
		{ "\"without_identifier\":0", "\"without_identifier\":1",
			RECEIPT_SIGNATURE, "rows that name nobody" },
		{ "mailharbor", "mailharvor", RECEIPT_SIGNATURE, "recipient" },
		{ "Spring", "Summer", RECEIPT_SIGNATURE, "purpose" },
		{ "\"kept\":7", "\"kept\":-1", RECEIPT_FORM, "below nothing" },
		{ "\"kept\":7", "\"kept\":7.0", RECEIPT_FORM, "no integer" },
		{ "\"kept\":7", "\"kept\":\"7\"", RECEIPT_FORM, "a text" },
		{ "\"kept\":7", "\"kept\":7,\"kept\":7", RECEIPT_FORM,
			"a member twice" },
		{ "\"kept\":7,", "", RECEIPT_FORM, "a member less" },
		{ "\"kept\":7,", "\"kept\":7,\"more\":1,", RECEIPT_FORM,
			"a member more" },
		{ "{\"kind\":\"email\",", "{", RECEIPT_FORM,
			"half of an item" },
		{ "aa\"", "AA\"", RECEIPT_FORM, "a hash has one spelling" },
		{ "aa\"", "a\"", RECEIPT_FORM, "a short hash" },
		{ "\"signature\":\"", "\"signature\":\"00", RECEIPT_FORM,
			"a long signature" },
		{ "\"signature\":", "\"sign\":", RECEIPT_FORM, "none" },
		{ "_receipt\":1", "_receipt\":2", RECEIPT_VERSION_FAULT,
			"another version" },
		{ "_receipt\":1", "_receipt\":\"1\"", RECEIPT_FORM,
			"a version in quotes" },
		{ "{\"receipt\":", "[", RECEIPT_FORM, "no JSON" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(faults_of(t, with(t, t->text, rows[i].was, rows[i].is),
			      STR("")) == 1u << rows[i].fault,
			"%s", rows[i].why);
	CHECK(faults_of(t, STR(""), STR("")) == 1u << RECEIPT_FORM, "nothing");
	CHECK(faults_of(t, STR("[1]"), STR("")) == 1u << RECEIPT_FORM,
		"an array");
}

/* A flipped digit of the signature, and each byte of the whole. */
static void every_byte(struct test *t)
{
	char *text = arena_cstr(t->a, t->text);
	size_t unseen = 0;

	for (size_t i = 0; i + 1 < t->text.n; i++) {
		struct arena *was = t->a;

		t->a = arena_new(4 << 20);
		text[i] ^= 1;
		unseen += !faults_of(t, (str){ text, t->text.n }, STR(""));
		text[i] ^= 1;
		arena_free(t->a);
		t->a = was;
	}
	CHECK(!unseen, "%zu changed bytes were not seen", unseen);
}

/* Signed, and yet not right: the counts are checked by themselves. */
static void sums(struct test *t)
{
	struct receipt r = t->receipt;
	struct err e = { 0 };
	str text;

	r.kept = 8;
	must(!receipt_sign(t->a, t->keys, &r, &text, &e));
	CHECK(faults_of(t, text, STR("")) == 1u << RECEIPT_SUMS,
		"one too many");
	r.kept = INT64_MAX;
	r.rows = INT64_MAX;
	must(!receipt_sign(t->a, t->keys, &r, &text, &e));
	CHECK(faults_of(t, text, STR("")) == 1u << RECEIPT_SUMS, "no overflow");
}

static void files(struct test *t)
{
	const char *path = path_join(t->a, t->dir, "list.csv");
	struct receipt_report *r = arena_one(t->a, struct receipt_report);
	struct receipt s = t->receipt;
	struct err e = { 0 };
	str text;

	/* printf abc | sha256sum */
	s.out_sha256 = STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb41"
			   "0ff61f20015ad");
	must(!receipt_sign(t->a, t->keys, &s, &text, &e) &&
		!file_replace(path, STR("abc"), 0600, &e));
	receipt_check(t->a, text, STR(""), r);
	CHECK(!receipt_check_file(t->a, path, RECEIPT_OUT, r, &e) && !r->faults,
		"the list that left");
	CHECK(!receipt_check_file(t->a, path, RECEIPT_IN, r, &e) &&
			r->faults == 1u << RECEIPT_IN,
		"and not the one that came in");
	must(!file_replace(path, STR("abd"), 0600, &e));
	CHECK(!receipt_check_file(t->a, path, RECEIPT_OUT, r, &e) &&
			r->faults & 1u << RECEIPT_OUT,
		"a byte of it");
	CHECK(receipt_check_file(t->a, "/no/such/file", RECEIPT_OUT, r, &e) &&
			e.code == ERR_NOT_FOUND,
		"a file that is not there is no verdict");
}

int main(void)
{
	struct test t = { 0 };

	start(&t);
	genuine(&t);
	tampered(&t);
	every_byte(&t);
	sums(&t);
	files(&t);
	end(&t);
	return CHECK_DONE();
}
