/*
 * The audit trail on a SQLite database of its own: entries, seals, export, and
 * everything that can be done to an export.  Each byte of a small one is changed
 * in turn: it must not pass, and where the byte is an entry's, the entry is
 * named.
 */
#include "desk/audit.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/file.h"
#include "check.h"
#include "store/db.h"
#include "store/sql.h"

enum { ENTRIES = 9, FIRST_AT = 1795000000 };

static struct arena *arena;

struct fixture {
	char dir[64];
	struct db *db;
	struct keys *keys;
};

static const char *path(const struct fixture *f, const char *name)
{
	return arena_fmt(arena, "%s/%s%c", f->dir, name, 0).p;
}

static void add(struct fixture *f, int64_t i)
{
	const struct log_field detail[] = { AD("system", STR("leads")),
		AD("rows", i) };
	struct audit_entry x = { .at = (FIRST_AT + i) * INT64_C(1000) + 123,
		.actor = STR("staff:2"),
		.event = AUDIT_SEARCHED,
		.reference = STR("K7QF2M9X"),
		.detail = detail,
		.detail_n = COUNTOF(detail) };
	struct err e = { 0 };

	CHECK(!db_begin(f->db, DB_WRITE, &e), "%s", e.message);
	CHECK(!audit_add(f->db, arena, &x, &e), "%s", e.message);
	CHECK(!db_commit(f->db, &e), "%s", e.message);
}

static int seal(struct fixture *f)
{
	struct err e = { 0 };
	int rc;

	CHECK(!db_begin(f->db, DB_WRITE, &e), "%s", e.message);
	rc = audit_seal_head(
		f->db, arena, f->keys, (FIRST_AT + 60) * INT64_C(1000), &e);
	CHECK(rc >= 0, "%s", e.message);
	CHECK(!db_commit(f->db, &e), "%s", e.message);
	return rc;
}

static void open_fixture(struct fixture *f)
{
	struct db_opts opts = { .may_create = true };
	struct err e = { 0 };

	snprintf(f->dir, sizeof f->dir, "/tmp/toyon-audit-XXXXXX");
	CHECK(mkdtemp(f->dir), "a folder");
	CHECK(!keys_make(f->dir, &e), "%s", e.message);
	CHECK(!keys_load(arena, f->dir, KEYS_ALL, &f->keys, &e), "%s",
		e.message);
	CHECK(!db_open(&f->db,
		      arena_fmt(arena, "sqlite:%s/t.db%c", f->dir, 0).p, &opts,
		      &e),
		"%s", e.message);
	CHECK(!db_migrate(f->db, &e), "%s", e.message);
}

static void close_fixture(struct fixture *f)
{
	char command[100];

	db_close(f->db);
	snprintf(command, sizeof command, "rm -r %s", f->dir);
	CHECK(system(command) == 0, "tidy");
}

static str export_of(struct fixture *f, int64_t from, int64_t to)
{
	const char *file = path(f, "export");
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	struct audit_export x = { .fd = fd,
		.keys = f->keys,
		.business = STR("Lakeshore \"Leads\" \xC3\xBC"),
		.at = (FIRST_AT + 100) * INT64_C(1000),
		.from = from,
		.to = to };
	struct err e = { 0 };
	int64_t count;
	str text = { 0 };

	CHECK(!audit_export(f->db, &x, &count, &e), "%s", e.message);
	close(fd);
	CHECK(!file_read(arena, file, 1 << 20, &text, &e), "%s", e.message);
	return text;
}

static struct audit_report verify(str text, str key)
{
	struct audit_check *c = audit_check_new(arena);
	struct audit_report r;
	struct err e = { 0 };

	CHECK(!audit_check_key(c, key, &e), "%s", e.message);
	audit_check_bytes(c, text);
	audit_check_end(c, &r);
	return r;
}

static str key_of(const struct fixture *f)
{
	struct err e = { 0 };
	str s = { 0 };

	CHECK(!file_read(arena, path(f, "keys/audit.pub"), 100, &s, &e), "%s",
		e.message);
	return str_trim(s);
}

static void intact(struct fixture *f, str text)
{
	struct audit_report r = verify(text, key_of(f));

	CHECK(r.damage == DAMAGE_INTACT, "%s at %" PRId64,
		audit_damage_name(r.damage), r.seq);
	CHECK(r.count == ENTRIES && r.from == 1 && r.to == ENTRIES,
		"%" PRId64 " entries", r.count);
	CHECK(r.seals == 2, "%" PRId64 " seals", r.seals);
	CHECK(r.is_key_given, "the key was given");
	r = verify(text, STR(""));
	CHECK(r.damage == DAMAGE_INTACT && !r.is_key_given, "without a key");
	CHECK(str_eq(str_of(r.public_key), key_of(f)), "it says which key");
	r = verify(text, STR("aa112233445566778899aabbccddeeff"
			     "00112233445566778899aabbccddeeff"));
	CHECK(r.damage == DAMAGE_FOREIGN_KEY, "another business's key");
}

static void cut_anywhere(str text)
{
	for (size_t step = 1; step < 300; step += 37) {
		struct audit_check *c = audit_check_new(arena);
		struct audit_report r;

		for (size_t i = 0; i < text.n; i += step)
			audit_check_bytes(c, str_head(str_from(text, i), step));
		audit_check_end(c, &r);
		CHECK(r.damage == DAMAGE_INTACT, "in pieces of %zu", step);
	}
	for (size_t n = 0; n < text.n; n++) {
		struct audit_report r = verify(str_head(text, n), STR(""));

		CHECK(r.damage == DAMAGE_TRUNCATED, "cut to %zu of %zu: %s", n,
			text.n, audit_damage_name(r.damage));
	}
}

/* The number of the entry that the byte at `at` belongs to; 0: none. */
static int64_t entry_at(str text, size_t at)
{
	int64_t seq = 0;
	str line, rest = text;

	while (str_cut(rest, '\n', &line, &rest)) {
		bool is_entry = str_starts(line, STR("{\"entry\":"));

		seq += is_entry;
		if (text.p + at <= line.p + line.n)
			return is_entry ? seq : 0;
	}
	return 0;
}

static void every_byte(str text)
{
	static const char changes[] = { 1, 0x20, 0x40 };
	char *copy = arena_alloc(arena, text.n);
	struct arena *room = arena_new(1 << 20);

	for (size_t i = 0; i < text.n; i++) {
		int64_t seq = entry_at(text, i);

		for (size_t k = 0; k < sizeof changes; k++) {
			struct audit_check *c = audit_check_new(room);
			struct audit_report r;

			memcpy(copy, text.p, text.n);
			copy[i] = (char)(copy[i] ^ changes[k]);
			audit_check_bytes(c, (str){ copy, text.n });
			audit_check_end(c, &r);
			CHECK(r.damage != DAMAGE_INTACT, "byte %zu", i);
			CHECK(!seq || r.seq == seq,
				"byte %zu of entry %" PRId64 ": %s at %" PRId64,
				i, seq, audit_damage_name(r.damage), r.seq);
			arena_clear(room);
		}
	}
	arena_free(room);
}

/* The text with its lines in another order; 0-based, -1 ends the list. */
static str lines(str text, const int *order)
{
	struct buf b = buf_in(arena, 1 << 20);
	str all[40], rest = text;
	int n = 0;

	while (n < 40 && str_cut(rest, '\n', &all[n], &rest))
		n++;
	for (; *order >= 0; order++) {
		must(*order < n);
		buf_put(&b, all[*order]);
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

/* Lines: 0 header, 1-5 entries, 6 seal, 7-10 entries, 11 seal, 12 end. */
static const struct {
	const char *why;
	int order[16];
	enum audit_damage damage;
	int64_t seq;
} orders[] = {
	{ "as it is", { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_INTACT, 0 },
	{ "entry 3 left out", { 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_MISSING, 3 },
	{ "entries 7 and 8 left out",
		{ 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, -1 }, DAMAGE_MISSING, 7 },
	{ "the first left out", { 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_MISSING, 1 },
	{ "the last left out", { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, -1 },
		DAMAGE_TRUNCATED, 9 },
	{ "two exchanged", { 0, 1, 2, 4, 3, 5, 6, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_REORDERED, 3 },
	{ "one moved to the end",
		{ 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 3, 11, 12, -1 },
		DAMAGE_REORDERED, 3 },
	{ "one twice", { 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_REORDERED, 3 },
	{ "one in the place of another",
		{ 0, 1, 2, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_CHANGED, 3 },
	{ "no end", { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1 },
		DAMAGE_TRUNCATED, 10 },
	{ "a seal left out", { 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_END_WRONG, 9 },
	{ "a seal moved", { 0, 1, 2, 3, 6, 4, 5, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_SEAL_WRONG, 3 },
	{ "seals exchanged", { 0, 1, 2, 3, 4, 5, 11, 7, 8, 9, 10, 6, 12, -1 },
		DAMAGE_SEAL_WRONG, 5 },
	{ "something after the end",
		{ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 10, -1 },
		DAMAGE_FORMAT, 9 },
	{ "no header", { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1 },
		DAMAGE_FORMAT, 0 },
	{ "nothing but a header", { 0, -1 }, DAMAGE_TRUNCATED, 1 },
	{ "nothing", { -1 }, DAMAGE_TRUNCATED, 0 },
};

static void other_orders(str text)
{
	for (size_t i = 0; i < COUNTOF(orders); i++) {
		struct audit_report r =
			verify(lines(text, orders[i].order), STR(""));

		CHECK(r.damage == orders[i].damage && r.seq == orders[i].seq,
			"%s: %s at %" PRId64, orders[i].why,
			audit_damage_name(r.damage), r.seq);
	}
}

/* Who has the database but not the secret can make a chain, but not sign it. */
static void another_signer(struct fixture *f)
{
	struct fixture other = { 0 };
	str text;
	struct audit_report r;

	open_fixture(&other);
	for (int64_t i = 1; i <= 3; i++)
		add(&other, i);
	text = export_of(&other, 0, 0);
	r = verify(text, key_of(&other));
	CHECK(r.damage == DAMAGE_INTACT, "its own");
	r = verify(text, key_of(f));
	CHECK(r.damage == DAMAGE_FOREIGN_KEY, "%s",
		audit_damage_name(r.damage));
	close_fixture(&other);
}

static void a_part(struct fixture *f)
{
	struct audit_report r = verify(export_of(f, 4, 7), key_of(f));
	struct audit_export x = { .fd = -1, .keys = f->keys, .to = 99 };
	struct err e = { 0 };
	int64_t count;

	CHECK(r.damage == DAMAGE_INTACT && r.from == 4 && r.to == 7 &&
			r.count == 4 && r.seals == 1,
		"%s: %" PRId64 " to %" PRId64, audit_damage_name(r.damage),
		r.from, r.to);
	CHECK(audit_export(f->db, &x, &count, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"entries that are not there: %s", e.message);
	x = (struct audit_export){
		.fd = open("/dev/full", O_WRONLY), .keys = f->keys, .at = 1
	};
	CHECK(audit_export(f->db, &x, &count, &e) == -1, "a full disk");
	close(x.fd);
}

static void nothing_yet(void)
{
	struct fixture f = { 0 };
	struct audit_report r;

	open_fixture(&f);
	CHECK(seal(&f) == 0, "nothing to sign");
	r = verify(export_of(&f, 0, 0), key_of(&f));
	CHECK(r.damage == DAMAGE_INTACT && r.count == 0, "%s",
		audit_damage_name(r.damage));
	close_fixture(&f);
}

static void run_back(struct fixture *f)
{
	struct audit_entry x = {
		.at = 1, .actor = STR("cli"), .event = AUDIT_INSTALLED
	};
	struct err e = { 0 };
	struct sql_audit_end_row end;

	CHECK(!db_begin(f->db, DB_WRITE, &e), "%s", e.message);
	CHECK(!audit_add(f->db, arena, &x, &e), "%s", e.message);
	db_rollback(f->db);
	CHECK(sql_audit_end(f->db, arena, &end, &e) == 1 && end.seq == ENTRIES,
		"undone with its transaction: %" PRId64, end.seq);
}

static void too_long(struct fixture *f)
{
	char *p = arena_alloc(arena, AUDIT_LINE_MAX);
	struct log_field detail = { .key = "reason",
		.text = { p, AUDIT_LINE_MAX } };
	struct audit_entry x = { .at = 1,
		.actor = STR("cli"),
		.event = AUDIT_NOTED,
		.detail = &detail,
		.detail_n = 1 };
	struct err e = { 0 };

	memset(p, 'x', AUDIT_LINE_MAX);
	CHECK(!db_begin(f->db, DB_WRITE, &e), "%s", e.message);
	CHECK(audit_add(f->db, arena, &x, &e) == -1 && e.code == ERR_LIMIT,
		"%s", e.message);
	db_rollback(f->db);
}

static const struct {
	const char *why;
	enum audit_event event;
	const char *detail;
	const char *sentence;
} sentences[] = {
	{ "text and number", AUDIT_ERASED, "{\"system\":\"CRM\",\"rows\":3}",
		"CRM: 3 rows deleted, and read again: none left" },
	{ "none to fill", AUDIT_RECEIPT_CONFIRMED, "{}",
		"Receipt was confirmed by email" },
	{ "a member is missing", AUDIT_SEARCHED, "{\"rows\":1}",
		"? was searched: 1 row" },
	{ "one, and none", AUDIT_APPROVED,
		"{\"rows\":0,\"systems\":1,\"vendors\":2}",
		"Approved: 0 rows in 1 system; companies to tell: 2" },
	{ "with its verb", AUDIT_RELEASED, "{\"count\":1}",
		"1 identifier was released" },
	{ "a number is missing", AUDIT_RELEASED, "{}",
		"? identifiers were released" },
	{ "no JSON", AUDIT_VENDOR_TOLD, "", "The notice to ? was written" },
};

static void timeline(void)
{
	for (size_t i = 0; i < COUNTOF(sentences); i++) {
		str s = audit_sentence(
			arena, sentences[i].event, str_of(sentences[i].detail));

		CHECK(str_eq(s, str_of(sentences[i].sentence)), "%s: %.*s",
			sentences[i].why, STR_ARG(s));
	}
	for (int i = 0; i < AUDIT_EVENTS; i++) {
		enum audit_event ev = (enum audit_event)i, again;
		str code = str_of(audit_event_code(ev));

		CHECK(audit_event_of(code, &again) && again == ev, "%.*s",
			STR_ARG(code));
		CHECK(audit_sentence(arena, ev, STR("{}")).n > 5, "%.*s",
			STR_ARG(code));
	}
}

/* The auditor's script says the same without a line of our code. */
static void script(struct fixture *f, str text)
{
	char *copy = arena_alloc(arena, text.n);
	char command[200];
	struct err e = { 0 };

	snprintf(command, sizeof command,
		"sh docs/verify-audit.sh %s/x > %s/said 2>&1", f->dir, f->dir);
	CHECK(!file_replace(path(f, "x"), text, 0600, &e), "%s", e.message);
	CHECK(system(command) == 0, "an intact export: %s", command);
	for (size_t i = 0; i < text.n; i += 101) {
		int64_t seq = entry_at(text, i);
		char word[40];
		str said = { 0 };

		if (!seq || text.p[i] == '\n')
			continue;
		memcpy(copy, text.p, text.n);
		copy[i] ^= 1;
		CHECK(!file_replace(
			      path(f, "x"), (str){ copy, text.n }, 0600, &e),
			"%s", e.message);
		CHECK(system(command) != 0, "byte %zu changed", i);
		CHECK(!file_read(arena, path(f, "said"), 4096, &said, &e), "%s",
			e.message);
		snprintf(word, sizeof word, "entry %" PRId64, seq);
		CHECK(str_find(said, str_of(word)) >= 0, "byte %zu of %s: %.*s",
			i, word, STR_ARG(said));
	}
}

int main(void)
{
	struct fixture f = { 0 };
	str text;

	arena = arena_new(512 << 20);
	open_fixture(&f);
	for (int64_t i = 1; i <= ENTRIES; i++) {
		add(&f, i);
		if (i == 5)
			CHECK(seal(&f) == 1, "signed");
	}
	CHECK(seal(&f) == 1 && seal(&f) == 0, "signed once");
	text = export_of(&f, 0, 0);
	intact(&f, text);
	cut_anywhere(text);
	every_byte(text);
	other_orders(text);
	another_signer(&f);
	a_part(&f);
	nothing_yet();
	run_back(&f);
	too_long(&f);
	timeline();
	script(&f, text);
	close_fixture(&f);
	arena_free(arena);
	return CHECK_DONE();
}
