/*
 * Writing the audit trail: entries, seals, exports.  Reading an export back and
 * judging it is audit_verify.c, which shares nothing with this file but the
 * format drawn in audit.h, so that a mistake here does not hide itself there.
 */
#include "desk/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/base.h"
#include "base/date.h"
#include "base/enc.h"
#include "base/file.h"
#include "base/json.h"
#include "store/db.h"
#include "store/sql.h"

enum {
	HASH_SIZE = crypto_hash_sha256_BYTES,
	PAGE_ROWS = 100, /* at AUDIT_LINE_MAX each they fit the arena */
	PAGE_ARENA = 16 << 20,
	SENTENCE_MAX = 2000,
};

static const struct {
	const char *code;
	const char *sentence;
	const char *tone;
} events[] = {
#define EVENT(NAME, code, sentence, tone) { code, sentence, tone },
#include "tbl/events.h"
};

const char *audit_event_code(enum audit_event ev)
{
	must(ev < AUDIT_EVENTS);
	return events[ev].code;
}

bool audit_event_of(str code, enum audit_event *out)
{
	for (size_t i = 0; i < COUNTOF(events); i++) {
		if (!str_eq(code, str_of(events[i].code)))
			continue;
		*out = (enum audit_event)i;
		return true;
	}
	return false;
}

const char *audit_event_tone(enum audit_event ev)
{
	must(ev < AUDIT_EVENTS);
	return events[ev].tone;
}

static void put_member(struct buf *b, const json_t *detail, const char *key)
{
	const json_t *v = json_object_get(detail, key);

	if (json_is_string(v))
		buf_put(b, json_text(detail, key));
	else if (json_is_integer(v))
		buf_fmt(b, "%" PRId64, json_number(detail, key, 0));
	else
		buf_puts(b, "?");
}

/* "rows|row|rows": with the one or the other. */
static void put_number(
	struct buf *b, const json_t *detail, const char *key, str one, str many)
{
	put_member(b, detail, key);
	buf_fmt(b, " %.*s",
		STR_ARG(json_number(detail, key, 0) == 1 ? one : many));
}

str audit_sentence(struct arena *a, enum audit_event ev, str detail)
{
	struct buf b = buf_in(a, SENTENCE_MAX);
	struct err e;
	json_t *object = NULL;
	str rest, head;

	must(ev < AUDIT_EVENTS);
	if (json_read(a, detail, AUDIT_LINE_MAX, &object, &e))
		object = NULL;
	rest = str_of(events[ev].sentence);
	while (str_cut(rest, '{', &head, &rest)) {
		str key, name, one, many;

		buf_put(&b, head);
		must(str_cut(rest, '}', &key, &rest));
		if (str_cut(key, '|', &name, &many) &&
			str_cut(many, '|', &one, &many))
			put_number(&b, object, arena_cstr(a, name), one, many);
		else
			put_member(&b, object, arena_cstr(a, key));
	}
	buf_put(&b, head);
	return buf_str(&b);
}

str audit_instant(struct arena *a, int64_t at)
{
	str s = instant_rfc3339(a, at);

	must(at > 0 && str_ends(s, STR("Z")));
	return arena_fmt(a, "%.*s.%03dZ", STR_ARG(str_head(s, s.n - 1)),
		(int)(at % 1000));
}

static str hash_after(struct arena *a, str before, str line)
{
	crypto_hash_sha256_state st;
	unsigned char hash[HASH_SIZE];

	crypto_hash_sha256_init(&st);
	crypto_hash_sha256_update(
		&st, (const unsigned char *)before.p, before.n);
	crypto_hash_sha256_update(&st, (const unsigned char *)"\n", 1);
	crypto_hash_sha256_update(&st, (const unsigned char *)line.p, line.n);
	crypto_hash_sha256_final(&st, hash);
	return hex_of(a, hash, sizeof hash);
}

static int detail_json(struct arena *a, const struct audit_entry *x, str *out)
{
	struct buf b = buf_in(a, AUDIT_LINE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	for (size_t i = 0; i < x->detail_n; i++) {
		const struct log_field *f = &x->detail[i];

		if (f->is_number)
			json_put_int(&j, f->key, f->number);
		else
			json_put(&j, f->key, f->text);
	}
	json_end(&j);
	*out = buf_str(&b);
	return buf_ok(&b) ? 0 : -1;
}

/* The canonical line; detail is JSON already and goes in as it is. */
static int entry_line(struct arena *a, const struct audit_entry *x, int64_t seq,
	str detail, str *line)
{
	struct buf b = buf_in(a, AUDIT_LINE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "seq", seq);
	json_put(&j, "at", audit_instant(a, x->at));
	json_put(&j, "actor", x->actor);
	json_put(&j, "event", str_of(audit_event_code(x->event)));
	json_put(&j, "reference", x->reference);
	buf_puts(&b, ",\"detail\":");
	buf_put(&b, detail);
	json_end(&j);
	*line = buf_str(&b);
	return buf_ok(&b) ? 0 : -1;
}

int audit_add(struct db *db, struct arena *a, const struct audit_entry *entry,
	struct err *e)
{
	struct sql_audit_head_row head;
	struct sql_audit_add_in in = { .at = entry->at };
	struct sql_audit_head_set_in set;
	int rc;

	must(db_in_transaction(db));
	must(entry->actor.n > 0);
	rc = sql_audit_head(db, a, &head, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_CORRUPT,
			"the head of the audit trail is missing");
	in.seq = head.seq + 1;
	in.actor = entry->actor;
	in.event = str_of(audit_event_code(entry->event));
	in.reference = entry->reference;
	if (detail_json(a, entry, &in.detail) ||
		entry_line(a, entry, in.seq, in.detail, &in.line))
		return err_set(e, ERR_LIMIT, "an audit entry is too long");
	in.hash = hash_after(a, head.hash, in.line);
	set = (struct sql_audit_head_set_in){ in.seq, in.hash };
	if (sql_audit_add(db, &in, e) < 0 ||
		sql_audit_head_set(db, &set, e) < 0)
		return err_context(e, "audit trail");
	return 0;
}

static str signature_hex(struct arena *a, const struct keys *k, str message)
{
	unsigned char signature[SIGNATURE_SIZE];

	keys_audit_sign(k, message, signature);
	return hex_of(a, signature, sizeof signature);
}

int audit_seal_head(struct db *db, struct arena *a, const struct keys *k,
	int64_t at, struct err *e)
{
	struct sql_audit_head_row head = { 0 };
	struct sql_audit_seal_last_row last = { 0 };
	struct sql_audit_seal_add_in in = { .at = at };

	must(db_in_transaction(db));
	if (sql_audit_head(db, a, &head, e) < 0 ||
		sql_audit_seal_last(db, a, &last, e) < 0)
		return -1;
	if (head.seq == last.seq)
		return 0;
	in.seq = head.seq;
	in.hash = head.hash;
	in.signature = signature_hex(a, k,
		arena_fmt(a, "toyon audit seal 1\n%" PRId64 "\n%.*s\n%.*s",
			head.seq, STR_ARG(audit_instant(a, at)),
			STR_ARG(head.hash)));
	return sql_audit_seal_add(db, &in, e) < 0 ? -1 : 1;
}

/* --- a stretch of the chain ---------------------------------------------- */

struct walk {
	int64_t seq;
	char hash[2 * HASH_SIZE + 1]; /* of the entry before */
	bool is_whole;
};

static void walk_page(struct walk *w, struct arena *a,
	const struct sql_audit_from_rows *rows, int64_t to)
{
	for (size_t i = 0; i < rows->n && rows->at[i].seq <= to; i++) {
		const struct sql_audit_from_row *r = &rows->at[i];
		str hash = hash_after(a, str_of(w->hash), r->line);

		w->is_whole &= r->seq == w->seq + 1 && str_eq(hash, r->hash);
		w->seq = r->seq;
		memcpy(w->hash, hash.p, hash.n);
	}
}

int audit_leads(
	struct db *db, const struct audit_stretch *s, bool *out, struct err *e)
{
	struct walk w = { .seq = s->from };
	struct sql_audit_from_rows rows = { .n = 1 };
	struct arena *page = arena_new(PAGE_ARENA);
	int rc = 0;

	w.is_whole = s->from_hash.n == sizeof w.hash - 1;
	if (w.is_whole)
		memcpy(w.hash, s->from_hash.p, s->from_hash.n);
	while (!rc && rows.n && w.is_whole && w.seq < s->to) {
		struct sql_audit_from_in in = { w.seq, PAGE_ROWS };

		arena_clear(page);
		rc = sql_audit_from(db, page, &in, &rows, e);
		if (!rc)
			walk_page(&w, page, &rows, s->to);
	}
	*out = w.is_whole && w.seq == s->to &&
	       str_eq(str_of(w.hash), s->to_hash);
	arena_free(page);
	return rc ? -1 : 0;
}

/* --- the export ---------------------------------------------------------- */

struct writer {
	const struct audit_export *x;
	struct db *db;
	struct arena *arena; /* of the whole export: header, seals */
	struct arena *page;
	crypto_hash_sha256_state digest;
	int64_t from;
	int64_t to;
	int64_t count;
	str hash; /* of the entry written last; in page or arena */
	struct sql_audit_seals_rows seals;
	size_t seals_done;
};

static int put(struct writer *w, str text, struct err *e)
{
	crypto_hash_sha256_update(
		&w->digest, (const unsigned char *)text.p, text.n);
	if (write_all(w->x->fd, text.p, text.n))
		return err_errno(e, "write the export");
	return 0;
}

static int put_header(struct writer *w, struct err *e)
{
	struct buf b = buf_in(w->arena, 4096);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "toyon_audit", 1);
	json_put(&j, "business", str_head(w->x->business, 500));
	json_put(&j, "public_key",
		hex_of(w->arena, keys_audit_public(w->x->keys), KEY_SIZE));
	json_put(&j, "at", audit_instant(w->arena, w->x->at));
	json_put_int(&j, "from", w->from);
	json_put_int(&j, "to", w->to);
	json_put(&j, "before", w->hash);
	json_end(&j);
	buf_putc(&b, '\n');
	must(buf_ok(&b));
	return put(w, buf_str(&b), e);
}

/* The seals of one entry, behind it; those of entries before `from` not. */
static void add_seals(struct writer *w, struct buf *b, int64_t seq)
{
	while (w->seals_done < w->seals.n &&
		w->seals.at[w->seals_done].seq <= seq) {
		const struct sql_audit_seals_row *s =
			&w->seals.at[w->seals_done++];

		if (s->seq != seq)
			continue;
		buf_fmt(b,
			"{\"seal\":{\"seq\":%" PRId64 ",\"at\":\"%.*s\","
			"\"hash\":\"%.*s\",\"signature\":\"%.*s\"}}\n",
			s->seq, STR_ARG(audit_instant(w->page, s->at)),
			STR_ARG(s->hash), STR_ARG(s->signature));
	}
}

static int put_page(
	struct writer *w, const struct sql_audit_from_rows *rows, struct err *e)
{
	struct buf b = buf_in(w->page, PAGE_ARENA / 2);

	for (size_t i = 0; i < rows->n && rows->at[i].seq <= w->to; i++) {
		const struct sql_audit_from_row *r = &rows->at[i];

		buf_puts(&b, "{\"entry\":");
		buf_put(&b, r->line);
		buf_puts(&b, ",\"hash\":\"");
		buf_put(&b, r->hash);
		buf_puts(&b, "\"}\n");
		add_seals(w, &b, r->seq);
		w->hash = r->hash;
		w->count++;
	}
	must(buf_ok(&b));
	return put(w, buf_str(&b), e);
}

/*
 * What the table has, not what it should have: an export of a damaged trail is
 * written all the same, and who verifies it is told of the damage.
 */
static int put_entries(struct writer *w, struct err *e)
{
	struct sql_audit_from_in in = { .seq = w->from - 1, PAGE_ROWS };
	struct sql_audit_from_rows rows;

	do {
		str hash = arena_dup(w->arena, w->hash);

		arena_clear(w->page);
		w->hash = hash;
		if (sql_audit_from(w->db, w->page, &in, &rows, e) ||
			put_page(w, &rows, e))
			return -1;
		if (rows.n)
			in.seq = rows.at[rows.n - 1].seq;
	} while (rows.n && in.seq < w->to);
	return 0;
}

static int put_end(struct writer *w, struct err *e)
{
	unsigned char digest[HASH_SIZE];
	str message, signature;

	crypto_hash_sha256_final(&w->digest, digest);
	message = arena_fmt(w->arena, "toyon audit export 1\n%.*s\n%.*s",
		STR_ARG(hex_of(w->arena, digest, sizeof digest)),
		STR_ARG(w->hash));
	signature = signature_hex(w->arena, w->x->keys, message);
	return put(w,
		arena_fmt(w->arena,
			"{\"end\":{\"count\":%" PRId64
			",\"hash\":\"%.*s\",\"signature\":\"%.*s\"}}\n",
			w->count, STR_ARG(w->hash), STR_ARG(signature)),
		e);
}

/* The hash of the entry before the first one. */
static int find_before(struct writer *w, struct err *e)
{
	struct sql_audit_from_in in = { w->from - 2, 1 };
	struct sql_audit_from_rows rows;

	if (w->from == 1)
		return 0;
	if (sql_audit_from(w->db, w->arena, &in, &rows, e))
		return -1;
	if (!rows.n || rows.at[0].seq != w->from - 1)
		return err_set(e, ERR_CORRUPT,
			"audit entry %" PRId64 " is missing", w->from - 1);
	w->hash = rows.at[0].hash;
	return 0;
}

static int find_bounds(struct writer *w, struct err *e)
{
	struct sql_audit_end_row end = { 0 };

	if (sql_audit_end(w->db, w->arena, &end, e) < 0)
		return -1;
	w->from = w->x->from > 0 ? w->x->from : 1;
	w->to = w->x->to > 0 ? w->x->to : end.seq;
	if (w->to > end.seq || w->from > w->to + 1)
		return err_set(e, ERR_NOT_FOUND,
			"the audit trail ends at entry %" PRId64, end.seq);
	return find_before(w, e);
}

static int write_export(struct writer *w, struct err *e)
{
	if (find_bounds(w, e) ||
		sql_audit_seals(w->db, w->arena, &w->seals, e) ||
		put_header(w, e) || put_entries(w, e))
		return -1;
	return put_end(w, e);
}

int audit_export(struct db *db, const struct audit_export *x, int64_t *count,
	struct err *e)
{
	struct writer w = { .x = x, .db = db };
	bool is_ours = !db_in_transaction(db);
	int rc;

	if (is_ours && db_begin(db, DB_READ, e))
		return -1;
	w.arena = arena_new(256 << 20);
	w.page = arena_new(PAGE_ARENA);
	crypto_hash_sha256_init(&w.digest);
	rc = write_export(&w, e);
	*count = w.count;
	arena_free(w.page);
	arena_free(w.arena);
	if (is_ours)
		db_rollback(db);
	return rc;
}
