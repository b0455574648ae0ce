/*
 * The scrub receipt: its members are rows of a table, so that writer, reader and
 * manual can't disagree about what is signed.  Nothing of a receipt that is read
 * is believed: each member has its form, and anything besides is refused.
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* SHA256_Update: no lock, no allocation */
#include "desk/receipt.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/json.h"

enum {
	TEXT_MAX = 400,
	HASH_HEX = 64,
	SIGNATURE_HEX = 2 * SIGNATURE_SIZE,
	COPY_SIZE = 1 << 18,
};

enum field_kind { FIELD_TEXT, FIELD_HASH, FIELD_COUNT, FIELD_LIST };

struct field {
	enum field_kind kind;
	const char *name;
	size_t at; /* in struct receipt */
	const char *word;
	const char *number;
};

static const struct field fields[] = {
#define RECEIPT(KIND, name, word, number, what) \
	{ FIELD_##KIND, #name, offsetof(struct receipt, name), word, number },
#include "desk/tbl/receipt_fields.h"
};

static const char version_name[] = "toyon_scrub_receipt";

/* --- writing --- */

static void put_list(
	struct json *j, const struct field *f, const struct receipt_list *list)
{
	json_key(j, f->name), json_begin_array(j);
	for (size_t i = 0; i < list->n; i++) {
		json_begin_object(j);
		json_put(j, f->word, list->at[i].word);
		json_put_int(j, f->number, list->at[i].number);
		json_end(j);
	}
	json_end(j);
}

static void put_field(
	struct json *j, const struct field *f, const struct receipt *r)
{
	const void *at = (const char *)r + f->at;

	switch (f->kind) {
	case FIELD_TEXT:
	case FIELD_HASH:
		json_put(j, f->name, *(const str *)at);
		break;
	case FIELD_COUNT:
		json_put_int(j, f->name, *(const int64_t *)at);
		break;
	case FIELD_LIST:
		put_list(j, f, at);
		break;
	}
}

static void put_body(struct buf *b, const struct receipt *r)
{
	struct json j = json_to(b);

	json_begin_object(&j);
	json_put_int(&j, version_name, RECEIPT_VERSION);
	for (size_t i = 0; i < COUNTOF(fields); i++)
		put_field(&j, &fields[i], r);
	json_end(&j);
}

/* What is signed; *body is a view of its end. */
static str signed_text(struct arena *a, const struct receipt *r, str *body)
{
	struct buf b = buf_in(a, 4 * RECEIPT_SIZE_MAX);
	size_t head;

	buf_puts(&b, "toyon scrub receipt 1\n");
	head = b.n;
	put_body(&b, r);
	must(buf_ok(&b));
	*body = str_from(buf_str(&b), head);
	return buf_str(&b);
}

int receipt_sign(struct arena *a, const struct keys *keys,
	const struct receipt *r, str *out, struct err *e)
{
	unsigned char signature[SIGNATURE_SIZE];
	str body;

	keys_audit_sign(keys, signed_text(a, r, &body), signature);
	*out = arena_fmt(a, "{\"receipt\":%.*s,\"signature\":\"%.*s\"}\n",
		STR_ARG(body), STR_ARG(hex_of(a, signature, sizeof signature)));
	if (out->n > RECEIPT_SIZE_MAX)
		return err_set(e, ERR_LIMIT, "the receipt is too long");
	return 0;
}

/* --- reading --- */

static bool is_hash(str s)
{
	uint8_t bytes[HASH_HEX / 2];

	if (s.n != HASH_HEX || !hex_read(s, bytes, sizeof bytes))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= 'A' && s.p[i] <= 'F')
			return false;
	return true;
}

static bool read_text(const json_t *v, str *out)
{
	if (!json_is_string(v))
		return false;
	*out = (str){ json_string_value(v), json_string_length(v) };
	return out->n <= TEXT_MAX;
}

static bool read_count(const json_t *v, int64_t *out)
{
	if (!json_is_integer(v))
		return false;
	*out = json_integer_value(v);
	return *out >= 0;
}

static bool read_list(
	const json_t *v, const struct field *f, struct receipt_list *out)
{
	out->n = json_array_size(v);
	if (!json_is_array(v) || out->n > RECEIPT_ITEMS_MAX)
		return false;
	for (size_t i = 0; i < out->n; i++) {
		const json_t *item = json_array_get(v, i);

		if (!json_is_object(item) || json_object_size(item) != 2 ||
			!read_text(json_object_get(item, f->word),
				&out->at[i].word) ||
			!read_count(json_object_get(item, f->number),
				&out->at[i].number))
			return false;
	}
	return true;
}

static bool read_field(
	const json_t *body, const struct field *f, struct receipt *r)
{
	const json_t *v = json_object_get(body, f->name);
	void *at = (char *)r + f->at;

	switch (f->kind) {
	case FIELD_TEXT:
		return read_text(v, at);
	case FIELD_HASH:
		return read_text(v, at) && is_hash(*(const str *)at);
	case FIELD_COUNT:
		return read_count(v, at);
	case FIELD_LIST:
		return read_list(v, f, at);
	}
	return false;
}

static void fault(struct receipt_report *out, enum receipt_fault f)
{
	out->faults |= 1u << f;
}

static bool form_is_wrong(struct receipt_report *out, str what)
{
	fault(out, RECEIPT_FORM);
	out->member = what;
	return false;
}

static bool read_body(
	struct arena *a, const json_t *body, struct receipt_report *out)
{
	const json_t *version = json_object_get(body, version_name);

	if (!json_is_object(body) || !json_is_integer(version))
		return form_is_wrong(out,
			STR("its member toyon_scrub_receipt is missing or not "
			    "a number"));
	if (json_integer_value(version) != RECEIPT_VERSION) {
		fault(out, RECEIPT_VERSION_FAULT);
		return false;
	}
	for (size_t i = 0; i < COUNTOF(fields); i++)
		if (!read_field(body, &fields[i], &out->receipt))
			return form_is_wrong(out,
				arena_fmt(a,
					"its member %s is missing or not as it "
					"should be",
					fields[i].name));
	if (json_object_size(body) != COUNTOF(fields) + 1)
		return form_is_wrong(out, STR("a member was added"));
	return true;
}

static bool read_receipt(struct arena *a, str text,
	unsigned char signature[SIGNATURE_SIZE], struct receipt_report *out)
{
	struct err e;
	json_t *root;
	str hex;

	if (json_read(a, text, RECEIPT_SIZE_MAX, &root, &e))
		return form_is_wrong(out, arena_dup(a, str_of(e.message)));
	if (!json_is_object(root) || json_object_size(root) != 2)
		return form_is_wrong(
			out, STR("it is an object of the members receipt and "
				 "signature"));
	if (!read_body(a, json_object_get(root, "receipt"), out))
		return false;
	if (!read_text(json_object_get(root, "signature"), &hex) ||
		hex.n != SIGNATURE_HEX ||
		!hex_read(hex, signature, SIGNATURE_SIZE))
		return form_is_wrong(
			out, STR("its member signature is not 128 hex digits"));
	return true;
}

/* --- checking --- */

static bool adds_up(const struct receipt *r)
{
	int64_t rest = r->rows;

	if (r->kept > rest)
		return false;
	rest -= r->kept;
	if (r->suppressed > rest)
		return false;
	rest -= r->suppressed;
	return r->unreadable_rejected == rest &&
	       r->unreadable_rejected <= r->unreadable;
}

void receipt_check(
	struct arena *a, str text, str public_key, struct receipt_report *out)
{
	unsigned char signature[SIGNATURE_SIZE];
	unsigned char key[KEY_SIZE];
	str body;

	memset(out, 0, sizeof *out);
	out->is_key_given = public_key.n > 0;
	out->is_read = read_receipt(a, text, signature, out);
	if (!out->is_read)
		return;
	if (public_key.n && !str_eq_nocase(public_key, out->receipt.public_key))
		fault(out, RECEIPT_KEY);
	must(hex_read(out->receipt.public_key, key, sizeof key));
	if (!keys_audit_verify(
		    key, signed_text(a, &out->receipt, &body), signature))
		fault(out, RECEIPT_SIGNATURE);
	if (!adds_up(&out->receipt))
		fault(out, RECEIPT_SUMS);
}

static int hash_fd(int fd, uint8_t digest[SHA256_DIGEST_LENGTH], uint8_t *space,
	struct err *e)
{
	SHA256_CTX sha;
	ssize_t n;

	SHA256_Init(&sha);
	for (;;) {
		n = read(fd, space, COPY_SIZE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		SHA256_Update(&sha, space, (size_t)n);
	}
	SHA256_Final(digest, &sha);
	return n < 0 ? err_errno(e, "read the list") : 0;
}

int receipt_check_file(struct arena *a, const char *path,
	enum receipt_fault what, struct receipt_report *r, struct err *e)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	str said = what == RECEIPT_IN ? r->receipt.in_sha256
				      : r->receipt.out_sha256;
	int rc;

	must(r->is_read);
	if (fd < 0)
		return err_errno(e, "open \"%s\"", path);
	rc = hash_fd(fd, digest, arena_alloc(a, COPY_SIZE), e);
	close(fd);
	if (!rc && !str_eq(hex_of(a, digest, sizeof digest), said))
		fault(r, what);
	return rc;
}

/* --- what is said --- */

static const struct {
	const char *name;
	str sentence;
} faults[] = {
#define RECEIPT_FAULT(NAME, name, sentence) { #name, STR_INIT(sentence) },
#include "desk/tbl/receipt_faults.h"
};

const char *receipt_fault_name(enum receipt_fault f)
{
	return faults[f].name;
}

str receipt_fault_text(
	struct arena *a, enum receipt_fault f, const struct receipt_report *r)
{
	str text = faults[f].sentence;
	ptrdiff_t at = str_find(text, STR("{member}"));

	if (at < 0)
		return text;
	return arena_fmt(a, "%.*s%.*s", (int)at, text.p, STR_ARG(r->member));
}
