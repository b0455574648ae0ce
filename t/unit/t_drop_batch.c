/*
 * ZIPs of the platform: what it sends is read whole, what somebody else might
 * send is refused as a whole.  The ZIPs are put together here byte by byte, so
 * that each can lie in one place; the last one is the program's own.
 */
#include "drop/batch.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <zlib.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "base/file.h"
#include "check.h"
#include "drop/ids.h"
#include "drop/limit.h"
#include "drop/pack.h"
#include "drop/rows.h"

#define HASH_A "KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhE="
#define HASH_B "vGM7y5n+hBXRSEAklhHDPCbysyNgYTmXdMcagGUOY8E="
#define EMAIL  "20260312_4821_Email.csv"
#define PHONE  "20260312_4821_Phone.csv"
#define GONE   "20260312_4821_Removed.csv"
#define ROW_A  "A7kP2xQ9Lm4R," HASH_A
#define ROW_B  "B7kP2xQ9Lm4R," HASH_B
#define HEAD   "ID,Hash\n"

/* An entry, and where it lies.  What is 0 is as it should be. */
struct entry {
	const char *name;
	const char *text;
	bool is_stored;
	unsigned flags;
	unsigned method;   /* instead of the true one */
	uint32_t crc_xor;  /* a wrong checksum */
	int64_t size_more; /* said, but not there */
	uint32_t unix_mode;
	uint32_t zeros; /* so many 0 instead of text: a bomb */
};

static void put16(struct buf *b, unsigned v)
{
	buf_putc(b, (char)(v & 0xff));
	buf_putc(b, (char)(v >> 8 & 0xff));
}

static void put32(struct buf *b, uint32_t v)
{
	put16(b, v & 0xffff);
	put16(b, v >> 16);
}

struct packed {
	str bytes;
	uint32_t crc;
	uint32_t size;
	uint32_t at;
	unsigned method;
};

static struct packed pack(struct arena *a, const struct entry *n)
{
	char *zeros = n->zeros ? arena_alloc(a, n->zeros) : NULL;
	str text = zeros ? (str){ zeros, n->zeros } : str_of(n->text);
	uLong room = compressBound(text.n) + 64;
	char *out = arena_alloc(a, room);
	z_stream z = { .next_out = (Bytef *)out, .avail_out = (uInt)room };
	struct packed p = { .size = (uint32_t)((int64_t)text.n +
					       n->size_more) };
	Bytef *in = arena_alloc(a, text.n + 1);

	if (text.n)
		memcpy(in, text.p, text.n);
	p.crc = (uint32_t)crc32(0, in, (uInt)text.n) ^ n->crc_xor;
	p.method = n->is_stored ? 0 : 8;
	if (n->is_stored) {
		p.bytes = text;
	} else {
		z.next_in = in;
		z.avail_in = (uInt)text.n;
		CHECK(deflateInit2(&z, 9, Z_DEFLATED, -15, 8,
			      Z_DEFAULT_STRATEGY) == Z_OK &&
				deflate(&z, Z_FINISH) == Z_STREAM_END,
			"zlib");
		p.bytes = (str){ out, z.total_out };
		deflateEnd(&z);
	}
	if (n->method)
		p.method = n->method;
	return p;
}

/* What local header and directory have in common. */
static void put_facts(
	struct buf *b, const struct entry *n, const struct packed *p)
{
	put16(b, 20);
	put16(b, n->flags);
	put16(b, p->method);
	put32(b, 0x5c6c0000); /* a time in 2026 */
	put32(b, p->crc);
	put32(b, (uint32_t)p->bytes.n);
	put32(b, p->size);
	put16(b, (unsigned)strlen(n->name));
	put16(b, 0);
}

static str zip_of(struct arena *a, const struct entry *at, size_t n)
{
	struct buf b = buf_in(a, 64 << 20);
	struct packed p[16];
	size_t directory;

	for (size_t i = 0; i < n; i++) {
		p[i] = pack(a, &at[i]);
		p[i].at = (uint32_t)b.n;
		put32(&b, 0x04034b50);
		put_facts(&b, &at[i], &p[i]);
		buf_puts(&b, at[i].name);
		buf_put(&b, p[i].bytes);
	}
	directory = b.n;
	for (size_t i = 0; i < n; i++) {
		put32(&b, 0x02014b50);
		put16(&b, 0x0314);
		put_facts(&b, &at[i], &p[i]);
		put16(&b, 0);
		put16(&b, 0);
		put16(&b, 0);
		put32(&b, (at[i].unix_mode ? at[i].unix_mode : 0100644) << 16);
		put32(&b, p[i].at);
		buf_puts(&b, at[i].name);
	}
	put32(&b, 0x06054b50);
	put32(&b, 0);
	put16(&b, (unsigned)n);
	put16(&b, (unsigned)n);
	put32(&b, (uint32_t)(b.n - 12 - directory));
	put32(&b, (uint32_t)directory);
	put16(&b, 0);
	return buf_str(&b);
}

/* --- what is told --- */

struct told {
	struct drop_item item[8];
	bool is_removed[8];
	size_t n;
	int64_t stop_at; /* fn fails there; 0: never */
};

static int tell(
	void *ctx, const struct drop_item *item, bool is_removed, struct err *e)
{
	struct told *t = ctx;

	if (t->stop_at && (int64_t)t->n + 1 == t->stop_at)
		return err_set(e, ERR_CONFLICT, "enough");
	if (t->n < COUNTOF(t->item)) {
		t->item[t->n] = *item;
		t->is_removed[t->n] = is_removed;
	}
	t->n++;
	return 0;
}

struct place {
	char dir[64];
	char path[96];
};

static void make_place(struct place *p)
{
	snprintf(p->dir, sizeof p->dir, "/tmp/t_drop_batch.XXXXXX");
	CHECK(mkdtemp(p->dir), "a folder");
	snprintf(p->path, sizeof p->path, "%s/batch.zip", p->dir);
}

static int read_bytes(struct arena *a, const struct place *p, str bytes,
	struct drop_batch *out, struct told *t, struct err *e)
{
	*e = (struct err){ 0 };
	CHECK(!file_replace(p->path, bytes, 0600, e), "%s", e->message);
	return drop_batch_read(a, p->path, out, t ? tell : NULL, t, e);
}

static void a_good_one(const struct place *p)
{
	static const struct entry entries[] = {
		{ .name = EMAIL,
			.text = "\xef\xbb\xbfID,Hash\r\n" ROW_A "\r\n" ROW_B },
		{ .name = PHONE, .text = HEAD },
		{ .name = GONE,
			.text = "ID,Hash,ListType\nC7kP2xQ9Lm4R," HASH_A
				",NameVIN\n",
			.is_stored = true },
		{ .name = "20260312_4821_MAID_Part2.csv", .text = "ID,Hash" },
	};
	struct arena *a = arena_new(64 << 20);
	struct told t = { .n = 0 };
	struct drop_batch b;
	struct err e;
	uint8_t digest[32];

	CHECK(!read_bytes(
		      a, p, zip_of(a, entries, COUNTOF(entries)), &b, &t, &e),
		"%s", e.message);
	CHECK(b.files == 4 && b.items == 2 && b.removed == 1, "%zu %d %d",
		b.files, (int)b.items, (int)b.removed);
	CHECK(t.n == 3 && !memcmp(t.item[0].id, "A7kP2xQ9Lm4R", 12) &&
			t.item[0].list == DROP_EMAIL && !t.is_removed[0],
		"the first item");
	CHECK(base64_read(STR(HASH_B), digest, 32) &&
			!memcmp(t.item[1].digest, digest, 32),
		"the second's hash");
	CHECK(t.is_removed[2] && t.item[2].list == DROP_NAME_VIN,
		"the removed one, of its own list");
	CHECK(b.file[1].items == 0 && b.file[1].name.list == DROP_PHONE &&
			b.file[1].name.broker == 4821,
		"a list of nothing new");
	sha256(STR(HEAD), digest);
	CHECK(!memcmp(b.file[1].sha256, digest, 32), "the hash of its bytes");
	CHECK(str_eq(b.file[3].name.suffix, STR("Part2")), "a suffix");

	CHECK(!read_bytes(a, p, zip_of(a, entries, 2), &b, NULL, &e) &&
			b.items == 2,
		"only counted: %s", e.message);
	t = (struct told){ .stop_at = 2 };
	CHECK(read_bytes(a, p, zip_of(a, entries, 2), &b, &t, &e) == -1 &&
			e.code == ERR_CONFLICT && strstr(e.message, "enough"),
		"the caller's error: %s", e.message);
	arena_free(a);
}

/* --- what is refused, and nothing of it told --- */

static const struct {
	const char *why;
	struct entry entry[3];
	const char *says;
} refused[] = {
	{ "a path up", { { .name = "../" EMAIL, .text = HEAD } }, "path" },
	{ "an absolute path", { { .name = "/etc/" EMAIL, .text = HEAD } },
		"path" },
	{ "a Windows path", { { .name = "..\\" EMAIL, .text = HEAD } },
		"path" },
	{ "another name", { { .name = "readme.txt", .text = HEAD } }, "name" },
	{ "an unknown list",
		{ { .name = "20260312_4821_Cookie.csv", .text = HEAD } },
		"name" },
	{ "a list in other letters",
		{ { .name = "20260312_4821_email.csv", .text = HEAD } },
		"name" },
	{ "a day that is none",
		{ { .name = "20260231_4821_Email.csv", .text = HEAD } },
		"name" },
	{ "the same name twice",
		{ { .name = EMAIL, .text = HEAD },
			{ .name = EMAIL, .text = HEAD } },
		"not a ZIP" },
	{ "a list twice, by a suffix",
		{ { .name = EMAIL, .text = HEAD },
			{ .name = "20260312_4821_Email_b.csv", .text = HEAD } },
		"another entry holds" },
	{ "another broker's",
		{ { .name = EMAIL, .text = HEAD },
			{ .name = "20260312_4822_Phone.csv", .text = HEAD } },
		"another data broker's" },
	{ "encrypted", { { .name = EMAIL, .text = HEAD ROW_A, .flags = 1 } },
		"encrypted" },
	{ "another packing", { { .name = EMAIL, .text = HEAD, .method = 12 } },
		"unusual" },
	{ "a folder", { { .name = EMAIL, .text = HEAD, .unix_mode = 0040755 } },
		"not a file" },
	{ "a link",
		{ { .name = EMAIL,
			.text = "/etc/passwd",
			.unix_mode = 0120777 } },
		"not a file" },
	{ "a wrong checksum",
		{ { .name = EMAIL, .text = HEAD ROW_A, .crc_xor = 1 } },
		"checksum" },
	{ "a wrong checksum of what is not packed",
		{ { .name = EMAIL,
			.text = HEAD ROW_A,
			.crc_xor = 1,
			.is_stored = true } },
		"checksum" },
	{ "shorter than it says",
		{ { .name = EMAIL, .text = HEAD ROW_A "\n", .size_more = 9 } },
		"entry 1" },
	{ "longer than it says",
		{ { .name = EMAIL, .text = HEAD ROW_A "\n", .size_more = -9 } },
		"entry 1" },
	{ "a bomb", { { .name = EMAIL, .zeros = 8 << 20 } }, "tighter" },
	{ "no header", { { .name = EMAIL, .text = ROW_A "\n" } },
		"line 1 is not the header" },
	{ "nothing at all", { { .name = EMAIL, .text = "" } },
		"line 1 is not the header" },
	{ "the header of an answer",
		{ { .name = EMAIL, .text = "Id,Status\n" } }, "ID,Hash" },
	{ "the header in other letters",
		{ { .name = EMAIL, .text = "id,hash\n" } }, "header" },
	{ "a removed list without its column",
		{ { .name = GONE, .text = HEAD } }, "ID,Hash,ListType" },
	{ "a removed row without its list",
		{ { .name = GONE, .text = "ID,Hash,ListType\n" ROW_A "\n" } },
		"line 2 is without the list" },
	{ "a removed row of an unknown list",
		{ { .name = GONE,
			.text = "ID,Hash,ListType\n" ROW_A ",Fax\n" } },
		"line 2 is of a list" },
	{ "a column more", { { .name = EMAIL, .text = HEAD ROW_A ",Email\n" } },
		"longer" },
	{ "a short ID",
		{ { .name = EMAIL, .text = HEAD "A7kP2xQ9Lm4," HASH_A "\n" } },
		"line 2 is not an ID" },
	{ "an ID with a hyphen",
		{ { .name = EMAIL, .text = HEAD "A7kP2xQ9Lm-R," HASH_A "\n" } },
		"line 2 is not an ID" },
	{ "a hash in hex",
		{ { .name = EMAIL,
			.text = HEAD
			"A7kP2xQ9Lm4R,"
			"280d7c313fe987a207623cd3f73c044f24834f2bd287ce"
			"d8ba8481a4e42d9211\n" } },
		"without a hash" },
	{ "a hash whose end is not canonical",
		{ { .name = EMAIL,
			.text = HEAD
			"A7kP2xQ9Lm4R,"
			"KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhF=\n" } },
		"without a hash" },
	{ "a blank line", { { .name = EMAIL, .text = HEAD "\n" ROW_A "\n" } },
		"line 2" },
	{ "a bare CR for a line end",
		{ { .name = EMAIL, .text = HEAD ROW_A "\r" ROW_B "\n" } },
		"line 2" },
	{ "quotes",
		{ { .name = EMAIL,
			.text = HEAD "\"A7kP2xQ9Lm4R\",\"" HASH_A "\"\n" } },
		"line 2" },
	{ "an ID twice in a list",
		{ { .name = EMAIL,
			.text = HEAD ROW_A "\n" ROW_B "\n" ROW_A "\n" } },
		"line 4: an ID that the batch has already" },
	{ "an ID twice in two lists",
		{ { .name = EMAIL, .text = HEAD ROW_A "\n" },
			{ .name = PHONE, .text = HEAD ROW_A "\n" } },
		"entry 2 of the ZIP: line 2: an ID" },
	{ "an ID both new and removed",
		{ { .name = EMAIL, .text = HEAD ROW_A "\n" },
			{ .name = GONE,
				.text = "ID,Hash,ListType\n" ROW_A
					",Email\n" } },
		"an ID that the batch has" },
	{ "bad only at its end",
		{ { .name = EMAIL, .text = HEAD ROW_A "\n" },
			{ .name = PHONE, .text = HEAD "nonsense" } },
		"entry 2 of the ZIP: line 2 is not" },
};

static size_t entries_of(const struct entry *at)
{
	size_t n = 0;

	while (n < 3 && at[n].name)
		n++;
	return n;
}

static void the_refused(const struct place *p)
{
	for (size_t i = 0; i < COUNTOF(refused); i++) {
		struct arena *a = arena_new(256 << 20);
		struct told t = { .n = 0 };
		struct drop_batch b;
		struct err e;
		str zip = zip_of(
			a, refused[i].entry, entries_of(refused[i].entry));

		CHECK(read_bytes(a, p, zip, &b, &t, &e) == -1, "%s",
			refused[i].why);
		CHECK(e.code == ERR_INVALID, "%s: %s", refused[i].why,
			e.message);
		CHECK(strstr(e.message, refused[i].says), "%s: %s",
			refused[i].why, e.message);
		CHECK(!strstr(e.message, "A7kP") && !strstr(e.message, "KA18"),
			"%s quotes: %s", refused[i].why, e.message);
		CHECK(t.n == 0, "%s: %zu told", refused[i].why, t.n);
		arena_free(a);
	}
}

/* Not a ZIP: cut anywhere, changed anywhere, something else altogether. */
static void the_damaged(const struct place *p)
{
	static const struct entry entries[] = { { .name = EMAIL,
		.text = HEAD ROW_A "\n" ROW_B "\n" } };
	struct arena *a = arena_new(256 << 20);
	str zip = zip_of(a, entries, 1);
	struct drop_batch b;
	struct err e;
	size_t refusals = 0;

	for (size_t n = 0; n < zip.n; n++)
		CHECK(read_bytes(a, p, str_head(zip, n), &b, NULL, &e) == -1 &&
				e.code == ERR_INVALID,
			"cut at %zu: %s", n, e.message);
	CHECK(read_bytes(a, p, STR("{\"message\":\"no\"}"), &b, NULL, &e) ==
				-1 &&
			strstr(e.message, "not a ZIP") && e.hint[0],
		"%s", e.message);
	CHECK(drop_batch_read(a, "/nowhere/batch.zip", &b, NULL, NULL, &e) ==
				-1 &&
			strstr(e.message, "No such file"),
		"%s", e.message);
	CHECK(drop_batch_read(a, p->dir, &b, NULL, NULL, &e) == -1, "a folder");
	for (size_t i = 0; i < zip.n; i++) {
		char *bytes = arena_alloc(a, zip.n);
		struct told t = { .n = 0 };

		memcpy(bytes, zip.p, zip.n);
		bytes[i] = (char)(bytes[i] ^ 0x10);
		if (read_bytes(a, p, (str){ bytes, zip.n }, &b, &t, &e))
			refusals++;
		/* Dates and versions say nothing; no byte changes an item. */
		else
			CHECK(t.n == 2 && !memcmp(t.item[1].id, "B7kP2xQ9Lm4R",
						  12),
				"byte %zu", i);
	}
	CHECK(refusals > zip.n / 2, "%zu of %zu", refusals, zip.n);
	arena_free(a);
}

static void too_many_entries(const struct place *p)
{
	struct entry entries[DROP_LISTS + 2];
	struct arena *a = arena_new(64 << 20);
	struct drop_batch b;
	struct err e;

	for (size_t i = 0; i < COUNTOF(entries); i++) {
		const char *type = i < DROP_LISTS
					   ? drop_list_name((enum drop_list)i)
					   : "Removed";
		str name = arena_fmt(a, "20260312_4821_%s%s.csv%c", type,
			i > DROP_LISTS ? "_x" : "", 0);

		entries[i] = (struct entry){ .name = name.p,
			.text = i < DROP_LISTS ? HEAD : "ID,Hash,ListType\n" };
	}
	CHECK(!read_bytes(
		      a, p, zip_of(a, entries, DROP_LISTS + 1), &b, NULL, &e) &&
			b.files == DROP_LISTS + 1,
		"all there are: %s", e.message);
	CHECK(read_bytes(a, p, zip_of(a, entries, DROP_LISTS + 2), &b, NULL,
		      &e) == -1 &&
			strstr(e.message, "8 entries"),
		"%s", e.message);
	CHECK(read_bytes(a, p, zip_of(a, entries, 0), &b, NULL, &e) == -1,
		"none");
	arena_free(a);
}

/* --- many --- */

static void id_of(uint64_t n, char id[DROP_ID_SIZE])
{
	static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz";

	for (int i = DROP_ID_SIZE; i-- > 0; n /= 62)
		id[i] = base62[n % 62];
}

/* More than fit at once: each is seen in one reading, a double one in both. */
static void ids_in_parts(void)
{
	enum { MANY = 2 * LIMIT_DROP_IDS_AT_ONCE + 10, USED = 100000 };
	struct drop_ids *s;
	struct err e = { 0 };
	char id[DROP_ID_SIZE];
	int found = 0;

	CHECK(!drop_ids_new(&s, MANY, &e) && drop_ids_parts(s) == 3, "%s",
		e.message);
	for (int part = 0; part < 3; part++) {
		drop_ids_begin(s, part);
		for (uint64_t i = 0; i < USED; i++) {
			id_of(i * 7919, id);
			CHECK(!drop_ids_add(s, id, &e), "%d", (int)i);
		}
		id_of(99 * 7919, id);
		found += drop_ids_add(s, id, &e) == -1;
	}
	CHECK(found == 1, "%d", found);
	drop_ids_free(s);
	CHECK(!drop_ids_new(&s, LIMIT_DROP_IDS_AT_ONCE - 1, &e) &&
			drop_ids_parts(s) == 1,
		"one below");
	drop_ids_free(s);
	CHECK(!drop_ids_new(&s, LIMIT_DROP_IDS_AT_ONCE, &e) &&
			drop_ids_parts(s) == 2,
		"at it");
	drop_ids_free(s);
}

static int count(
	void *ctx, const struct drop_item *item, bool is_removed, struct err *e)
{
	int64_t *n = ctx;

	(void)item;
	(void)is_removed;
	(void)e;
	++*n;
	return 0;
}

/* A list of 300,000, by our own packer: read in the memory of a few. */
static void a_large_one(const struct place *p)
{
	enum { ROWS = 300000 };
	struct arena *a = arena_new(256 << 20), *small = arena_new(1 << 20);
	struct buf b = buf_in(a, 32 << 20);
	const char *csv = path_join(a, p->dir, "list.csv");
	struct drop_pack file = { STR(EMAIL), csv };
	struct drop_batch batch;
	struct err e = { 0 };
	char id[DROP_ID_SIZE];
	int64_t n = 0;

	buf_puts(&b, HEAD);
	for (uint64_t i = 0; i < ROWS; i++) {
		uint8_t digest[32];
		struct arena *row = arena_new(4096);

		id_of(i * 104729, id);
		sha256((str){ id, sizeof id }, digest);
		buf_put(&b, (str){ id, sizeof id });
		buf_putc(&b, ',');
		buf_put(&b, base64_of(row, digest, sizeof digest));
		buf_putc(&b, '\n');
		arena_free(row);
	}
	CHECK(!file_replace(csv, buf_str(&b), 0600, &e) &&
			!drop_pack_write(a, p->path, &file, 1, &e),
		"%s", e.message);
	CHECK(!drop_batch_read(small, p->path, &batch, count, &n, &e), "%s",
		e.message);
	CHECK(n == ROWS && batch.items == ROWS, "%d", (int)n);
	CHECK(arena_used(small) < 4096, "%zu", arena_used(small));
	unlink(csv);
	arena_free(small);
	arena_free(a);
}

/* --- answers --- */

static void put_none(void *ctx)
{
	struct drop_outcome o = { .status = DROP_STATUS_NONE };
	struct err e = { 0 };

	drop_status_put(ctx, &o, &e);
}

static void an_answer(const struct place *p)
{
	static const char wanted[] = "Id,Status\n"
				     "A7kP2xQ9Lm4R,2\nB7kP2xQ9Lm4R,5\n";
	struct arena *a = arena_new(16 << 20);
	struct drop_file_name name = { .date = { 2026, 3, 20 },
		.broker = 7,
		.list = DROP_NAME_VIN,
		.suffix = STR("r2") };
	struct drop_outcome o[] = { { .status = DROP_STATUS_EXEMPTED },
		{ .status = DROP_STATUS_NOT_FOUND } };
	struct drop_status_file *f;
	const char *path = path_join(a, p->dir, "20260320_0007_NameVIN_r2.csv");
	uint8_t digest[32], right[32];
	struct err e = { 0 };
	str text;

	memcpy(o[0].id, "A7kP2xQ9Lm4R", DROP_ID_SIZE);
	memcpy(o[1].id, "B7kP2xQ9Lm4R", DROP_ID_SIZE);
	CHECK(!drop_status_open(a, p->dir, &name, &f, &e) &&
			!drop_status_put(f, &o[0], &e) &&
			!drop_status_put(f, &o[1], &e),
		"%s", e.message);
	CHECK(!file_exists(path), "not there before it is whole");
	CHECK_STOPS(put_none, f, "a status of none is never written");
	CHECK(!drop_status_close(f, digest, &e), "%s", e.message);
	CHECK(!file_read(a, path, 1000, &text, &e) && str_eq(text, STR(wanted)),
		"%s", text.p);
	sha256(text, right);
	CHECK(!memcmp(digest, right, 32), "its hash");
	unlink(path);

	CHECK(!drop_status_open(a, p->dir, &name, &f, &e), "%s", e.message);
	for (int i = 0; i < 20000; i++)
		CHECK(!drop_status_put(f, &o[1], &e), "%s", e.message);
	CHECK(!drop_status_close(f, digest, &e) &&
			!file_read(a, path, 1 << 20, &text, &e) &&
			text.n == 10 + 20000 * 15,
		"longer than its room: %zu", text.n);
	unlink(path);
	CHECK(drop_status_open(a, "/nowhere", &name, &f, &e) == -1,
		"no folder");
	arena_free(a);
}

/* Given up: nothing is left behind. */
static void an_answer_given_up(const struct place *p)
{
	struct arena *a = arena_new(1 << 20);
	struct drop_file_name name = { .date = { 2026, 3, 20 } };
	struct drop_status_file *f;
	struct err e = { 0 };

	CHECK(!drop_status_open(a, p->dir, &name, &f, &e), "%s", e.message);
	arena_free(a);
	unlink(p->path);
	CHECK(!rmdir(p->dir), "the folder is empty");
}

int main(void)
{
	struct place p;

	make_place(&p);
	a_good_one(&p);
	the_refused(&p);
	the_damaged(&p);
	too_many_entries(&p);
	ids_in_parts();
	a_large_one(&p);
	an_answer(&p);
	an_answer_given_up(&p);
	return CHECK_DONE();
}
