/*
 * Judging an export from its bytes alone.  The format is fixed to the byte, so
 * it is read by a scanner that knows one way to write each line: what is written
 * otherwise was not written by us.
 *
 * The first damage decides.  Only a number out of its place needs the rest of the
 * file to be named: is the entry that should have stood there gone, further
 * down, or is it the number that was changed?
 */
#include "desk/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"

enum {
	DIGEST = crypto_hash_sha256_BYTES,
	HASH_HEX = 2 * DIGEST,
	KEY_HEX = 2 * KEY_SIZE,
	SIGNATURE_HEX = 2 * SIGNATURE_SIZE,
	INSTANT = 24, /* "2026-11-21T21:04:05.123Z" */
	/* An entry's line, what stands around it, and room. */
	LINE_MAX_SIZE = AUDIT_LINE_MAX + 4096,
};

enum place { PLACE_HEADER, PLACE_ENTRIES, PLACE_ENDED };

struct audit_check {
	struct audit_report report;
	enum place place;
	unsigned char key[KEY_SIZE];
	crypto_hash_sha256_state digest; /* of all lines before the end's */
	int64_t last;                    /* entry, as the header says */
	int64_t next;                    /* entry that should come */
	int64_t entries;                 /* lines of entries seen */
	int64_t sought;                  /* out of its place; 0: none is */
	bool is_sought_seen;
	bool is_over; /* the line is longer than any of ours */
	size_t n;
	char line[LINE_MAX_SIZE];
};

/* --- the scanner: each takes its piece off the front, or does not ----------- */

static bool take(str *s, str literal)
{
	if (!str_starts(*s, literal))
		return false;
	*s = str_from(*s, literal.n);
	return true;
}

static bool take_number(str *s, int64_t *out)
{
	size_t n = 0;

	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (!str_int(str_head(*s, n), out) || (n > 1 && s->p[0] == '0'))
		return false;
	*s = str_from(*s, n);
	return true;
}

static bool take_hex(str *s, size_t n, str *out)
{
	if (s->n < n)
		return false;
	*out = str_head(*s, n);
	for (size_t i = 0; i < n; i++)
		if (!str_has(STR("0123456789abcdef"), s->p[i]))
			return false;
	*s = str_from(*s, n);
	return true;
}

static bool take_bytes(str *s, size_t n, str *out)
{
	if (s->n < n)
		return false;
	*out = str_head(*s, n);
	*s = str_from(*s, n);
	return true;
}

/* The inside of a JSON string, up to its quote. */
static bool take_string(str *s)
{
	size_t n = 0;

	while (n < s->n && s->p[n] != '"')
		n += s->p[n] == '\\' ? 2 : 1;
	if (n >= s->n)
		return false;
	*s = str_from(*s, n);
	return true;
}

/* --- damage ------------------------------------------------------------------ */

static bool is_damaged(const struct audit_check *c)
{
	return c->report.damage != DAMAGE_INTACT;
}

static void damage(struct audit_check *c, enum audit_damage d, int64_t seq)
{
	if (is_damaged(c))
		return;
	c->report.damage = d;
	c->report.seq = seq;
	c->report.line++;
}

static void hash_hex(str before, str line, char out[HASH_HEX + 1])
{
	crypto_hash_sha256_state st;
	unsigned char hash[DIGEST];

	crypto_hash_sha256_init(&st);
	crypto_hash_sha256_update(
		&st, (const unsigned char *)before.p, before.n);
	crypto_hash_sha256_update(&st, (const unsigned char *)"\n", 1);
	crypto_hash_sha256_update(&st, (const unsigned char *)line.p, line.n);
	crypto_hash_sha256_final(&st, hash);
	sodium_bin2hex(out, HASH_HEX + 1, hash, sizeof hash);
}

static bool is_signed(
	const struct audit_check *c, const struct buf *message, str hex)
{
	unsigned char signature[SIGNATURE_SIZE];

	return hex_read(hex, signature, sizeof signature) && buf_ok(message) &&
	       keys_audit_verify(c->key, buf_str(message), signature);
}

/* --- the lines ----------------------------------------------------------------- */

static void start(struct audit_check *c, int64_t from, int64_t to, str before)
{
	c->report.from = from;
	c->report.to = from - 1;
	c->next = from;
	c->last = to;
	memcpy(c->report.hash, before.p, before.n);
	c->report.hash[before.n] = '\0';
	c->place = PLACE_ENTRIES;
}

static void check_header(struct audit_check *c, str s)
{
	str key, at, before = STR("");
	int64_t from, to;
	bool is_ok =
		take(&s, STR("{\"toyon_audit\":1,\"business\":\"")) &&
		take_string(&s) && take(&s, STR("\",\"public_key\":\"")) &&
		take_hex(&s, KEY_HEX, &key) && take(&s, STR("\",\"at\":\"")) &&
		take_bytes(&s, INSTANT, &at) && take(&s, STR("\",\"from\":")) &&
		take_number(&s, &from) && take(&s, STR(",\"to\":")) &&
		take_number(&s, &to) && take(&s, STR(",\"before\":\""));

	if (!is_ok || from < 1 || to < from - 1 || to == INT64_MAX ||
		(from > 1 && !take_hex(&s, HASH_HEX, &before)) ||
		!str_eq(s, STR("\"}"))) {
		damage(c, DAMAGE_FORMAT, 0);
		return;
	}
	memcpy(c->report.public_key, key.p, KEY_HEX);
	if (!c->report.is_key_given)
		hex_read(key, c->key, sizeof c->key);
	start(c, from, to, before);
	if (c->report.is_key_given) {
		unsigned char own[KEY_SIZE];

		if (!hex_read(key, own, sizeof own) ||
			sodium_memcmp(own, c->key, KEY_SIZE) != 0)
			damage(c, DAMAGE_FOREIGN_KEY, 0);
	}
}

/* What stands around a line of ours: its hash has a fixed length. */
static bool unwrap_entry(str s, str *line, str *hash)
{
	str middle = STR(",\"hash\":\"");
	size_t tail = middle.n + HASH_HEX + 2;

	if (!take(&s, STR("{\"entry\":")) || s.n < tail)
		return false;
	*line = str_head(s, s.n - tail);
	s = str_from(s, s.n - tail);
	return take(&s, middle) && take_hex(&s, HASH_HEX, hash) &&
	       str_eq(s, STR("\"}"));
}

static bool seq_of(str line, int64_t *seq)
{
	return take(&line, STR("{\"seq\":")) && take_number(&line, seq) &&
	       str_starts(line, STR(",\"at\":\""));
}

static void check_entry(struct audit_check *c, str s)
{
	char computed[HASH_HEX + 1];
	str line, hash;
	int64_t seq;

	c->entries++;
	if (!unwrap_entry(s, &line, &hash) || !seq_of(line, &seq)) {
		damage(c, DAMAGE_CHANGED, c->next);
		return;
	}
	if (seq == c->sought)
		c->is_sought_seen = true;
	if (is_damaged(c))
		return;
	if (seq != c->next) {
		c->sought = c->next;
		/* Until the end of the file says more. */
		damage(c, DAMAGE_MISSING, c->next);
		return;
	}
	hash_hex(str_of(c->report.hash), line, computed);
	if (!str_eq(hash, str_of(computed))) {
		damage(c, DAMAGE_CHANGED, seq);
		return;
	}
	memcpy(c->report.hash, computed, sizeof computed);
	c->report.to = c->next++;
	c->report.count++;
}

static void check_seal(struct audit_check *c, str s)
{
	char room[256];
	struct buf message = buf_on(room, sizeof room);
	str at, hash, signature;
	int64_t seq;
	bool is_ok = take(&s, STR("{\"seal\":{\"seq\":")) &&
		     take_number(&s, &seq) && take(&s, STR(",\"at\":\"")) &&
		     take_bytes(&s, INSTANT, &at) &&
		     take(&s, STR("\",\"hash\":\"")) &&
		     take_hex(&s, HASH_HEX, &hash) &&
		     take(&s, STR("\",\"signature\":\"")) &&
		     take_hex(&s, SIGNATURE_HEX, &signature) &&
		     str_eq(s, STR("\"}}"));

	if (is_damaged(c))
		return;
	if (is_ok)
		buf_fmt(&message, "toyon audit seal 1\n%" PRId64 "\n%.*s\n%.*s",
			seq, STR_ARG(at), STR_ARG(hash));
	if (is_ok && seq == c->report.to &&
		str_eq(hash, str_of(c->report.hash)) &&
		is_signed(c, &message, signature))
		c->report.seals++;
	else
		damage(c, DAMAGE_SEAL_WRONG, c->report.to);
}

static void check_last_line(struct audit_check *c, str s)
{
	char room[256], digest_hex[HASH_HEX + 1];
	struct buf message = buf_on(room, sizeof room);
	unsigned char digest[DIGEST];
	str hash, signature;
	int64_t count;
	bool is_ok = take(&s, STR("{\"end\":{\"count\":")) &&
		     take_number(&s, &count) && take(&s, STR(",\"hash\":\"")) &&
		     (str_starts(s, STR("\"")) /* nothing was exported */
				     ? (hash = STR(""), true)
				     : take_hex(&s, HASH_HEX, &hash)) &&
		     take(&s, STR("\",\"signature\":\"")) &&
		     take_hex(&s, SIGNATURE_HEX, &signature) &&
		     str_eq(s, STR("\"}}"));

	c->place = PLACE_ENDED;
	if (is_damaged(c))
		return;
	if (c->next <= c->last) {
		damage(c, DAMAGE_TRUNCATED, c->next);
		return;
	}
	crypto_hash_sha256_final(&c->digest, digest);
	sodium_bin2hex(digest_hex, sizeof digest_hex, digest, sizeof digest);
	if (is_ok)
		buf_fmt(&message, "toyon audit export 1\n%s\n%s", digest_hex,
			c->report.hash);
	if (!is_ok || count != c->report.count ||
		!str_eq(hash, str_of(c->report.hash)) ||
		!is_signed(c, &message, signature))
		damage(c, DAMAGE_END_WRONG, c->report.to);
}

static void check_line(struct audit_check *c)
{
	str s = { c->line, c->n };

	if (c->is_over)
		damage(c, DAMAGE_FORMAT, c->next);
	else if (c->place == PLACE_HEADER)
		check_header(c, s);
	else if (c->place == PLACE_ENDED)
		damage(c, DAMAGE_FORMAT, c->report.to);
	else if (str_starts(s, STR("{\"seal\":")))
		check_seal(c, s);
	else if (str_starts(s, STR("{\"end\":")))
		check_last_line(c, s);
	else if (str_starts(s, STR("{\"entry\":")) || c->next <= c->last)
		check_entry(c, s);
	else
		damage(c, DAMAGE_FORMAT, c->next);
	if (c->place != PLACE_ENDED) {
		crypto_hash_sha256_update(
			&c->digest, (const unsigned char *)s.p, s.n);
		crypto_hash_sha256_update(
			&c->digest, (const unsigned char *)"\n", 1);
	}
	if (!is_damaged(c))
		c->report.line++;
	c->n = 0;
	c->is_over = false;
}

struct audit_check *audit_check_new(struct arena *a)
{
	struct audit_check *c = arena_one(a, struct audit_check);

	must(sodium_init() >= 0);
	crypto_hash_sha256_init(&c->digest);
	return c;
}

int audit_check_key(struct audit_check *c, str public_key, struct err *e)
{
	if (!public_key.n)
		return 0;
	if (!hex_read(public_key, c->key, sizeof c->key)) {
		err_set(e, ERR_INVALID, "the public key is no 64 hex digits");
		return err_hint(e, "it is the content of keys/audit.pub");
	}
	c->report.is_key_given = true;
	return 0;
}

void audit_check_bytes(struct audit_check *c, str bytes)
{
	while (bytes.n) {
		const char *end = memchr(bytes.p, '\n', bytes.n);
		size_t n = end ? (size_t)(end - bytes.p) : bytes.n;

		if (n > sizeof c->line - c->n)
			c->is_over = true;
		else
			memcpy(c->line + c->n, bytes.p, n);
		if (!c->is_over)
			c->n += n;
		if (end)
			check_line(c);
		bytes = str_from(bytes, n + (end != NULL));
	}
}

/* An entry out of its place: the whole file says what became of it. */
static void name_disorder(struct audit_check *c)
{
	int64_t all = c->last - c->report.from + 1;

	if (c->is_sought_seen || c->entries > all)
		c->report.damage = DAMAGE_REORDERED;
	else if (c->entries == all)
		c->report.damage = DAMAGE_CHANGED;
}

void audit_check_end(struct audit_check *c, struct audit_report *out)
{
	if (c->n || c->is_over) {
		/* A line without its end: cut off, unless it came after all. */
		damage(c,
			c->place == PLACE_ENDED ? DAMAGE_FORMAT
						: DAMAGE_TRUNCATED,
			c->next);
	}
	if (c->place != PLACE_ENDED)
		damage(c, DAMAGE_TRUNCATED, c->next);
	if (c->sought)
		name_disorder(c);
	*out = c->report;
}

int audit_verify(int fd, const char *name, str public_key,
	struct audit_report *out, struct err *e)
{
	struct arena *a = arena_new(1 << 20);
	struct audit_check *c = audit_check_new(a);
	enum { CHUNK = 64 << 10 };
	char *chunk = arena_alloc(a, CHUNK);
	int rc = audit_check_key(c, public_key, e);
	ssize_t n = 1;

	while (!rc && n) {
		n = read(fd, chunk, CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			rc = err_errno(e, "read \"%s\"", name);
		else
			audit_check_bytes(c, (str){ chunk, (size_t)n });
	}
	if (!rc)
		audit_check_end(c, out);
	arena_free(a);
	return rc;
}

static const struct {
	const char *name;
	const char *sentence;
} damages[] = {
#define DAMAGE(NAME, name, sentence) { #name, sentence },
#include "desk/tbl/damage.h"
};

const char *audit_damage_name(enum audit_damage d)
{
	must(d < COUNTOF(damages));
	return damages[d].name;
}

str audit_report_text(struct arena *a, const struct audit_report *r)
{
	struct buf b = buf_in(a, 512);
	str rest, head, key;

	must(r->damage < COUNTOF(damages));
	rest = str_of(damages[r->damage].sentence);
	while (str_cut(rest, '{', &head, &rest)) {
		buf_put(&b, head);
		must(str_cut(rest, '}', &key, &rest));
		must(str_eq(key, STR("seq")) || str_eq(key, STR("line")));
		buf_fmt(&b, "%" PRId64,
			str_eq(key, STR("seq")) ? r->seq : r->line);
	}
	buf_put(&b, head);
	return buf_str(&b);
}
