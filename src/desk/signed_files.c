/*
 * Checks files by themselves.  What SHA256SUMS names is believed only after the
 * signature: before, names are refused that would lead out of the folder.
 */
#include "desk/signed_files.h"

#include <string.h>

#include "base/enc.h"
#include "base/json.h"

enum { SUMS_MAX = 1 << 16, SIGNATURE_MAX = 4096, HASH_HEX = 64 };

static const str sums_name = STR_INIT("SHA256SUMS");
static const str signature_name = STR_INIT("SIGNATURE.json");

/* --- written --- */

str signed_sum_line(
	struct arena *a, const unsigned char sha256[KEY_SIZE], str name)
{
	return arena_fmt(a, "%.*s  %.*s\n",
		STR_ARG(hex_of(a, sha256, KEY_SIZE)), STR_ARG(name));
}

str signed_files_sign(struct arena *a, const struct signed_kind *kind,
	const struct keys *k, str sums)
{
	unsigned char signature[SIGNATURE_SIZE];
	struct buf b = buf_in(a, SIGNATURE_MAX);
	struct json j = json_to(&b);

	keys_audit_sign(k, arena_fmt(a, "%s%.*s", kind->head, STR_ARG(sums)),
		signature);
	json_begin_object(&j);
	json_put_int(&j, kind->member, kind->version);
	json_put(&j, "public_key", hex_of(a, keys_audit_public(k), KEY_SIZE));
	json_put(&j, "signature", hex_of(a, signature, sizeof signature));
	json_end(&j);
	buf_putc(&b, '\n');
	must(buf_ok(&b));
	return buf_str(&b);
}

/* --- faults --- */

static const struct {
	const char *code;
	const char *sentence;
} faults[] = {
#define SIGNED_FAULT(NAME, code, sentence) { code, sentence },
#include "desk/tbl/signed_faults.h"
};

const char *signed_fault_code(enum signed_fault f)
{
	return faults[f].code;
}

str signed_fault_text(struct arena *a, const struct signed_fault_at *f)
{
	str sentence = str_of(faults[f->fault].sentence);
	int64_t at = str_find(sentence, STR("{file}"));

	if (at < 0)
		return sentence;
	return arena_fmt(a, "%.*s%.*s%.*s",
		STR_ARG(str_head(sentence, (size_t)at)), STR_ARG(f->file),
		STR_ARG(str_from(sentence, (size_t)at + 6)));
}

void signed_fault_put(
	struct signed_report *r, enum signed_fault fault, str file)
{
	if (r->faults.n < SIGNED_FILES_MAX)
		r->faults.at[r->faults.n++] =
			(struct signed_fault_at){ fault, file };
}

/* --- the signature --- */

struct checking {
	struct arena *arena;
	const struct signed_kind *kind;
	const struct signed_source *source;
	struct signed_report *report;
	str sums;
};

static void check_key(struct checking *c, const json_t *j, str given)
{
	struct signed_report *r = c->report;
	unsigned char key[KEY_SIZE], signature[SIGNATURE_SIZE];
	str message =
		arena_fmt(c->arena, "%s%.*s", c->kind->head, STR_ARG(c->sums));

	r->public_key = json_text(j, "public_key");
	r->is_key_given = given.n > 0;
	if (json_number(j, c->kind->member, 0) != c->kind->version ||
		!hex_read(r->public_key, key, sizeof key) ||
		!hex_read(json_text(j, "signature"), signature,
			sizeof signature)) {
		signed_fault_put(r, SIGNED_FORM, signature_name);
		return;
	}
	if (given.n && !str_eq(given, r->public_key))
		signed_fault_put(r, SIGNED_KEY, signature_name);
	if (!keys_audit_verify(key, message, signature))
		signed_fault_put(r, SIGNED_SIGNATURE, sums_name);
}

static int check_signature(struct checking *c, str given, struct err *e)
{
	json_t *j;
	str text;
	int rc = c->source->read(c->source->ctx, c->arena, signature_name,
		SIGNATURE_MAX, &text, e);

	if (rc < 0)
		return -1;
	if (!rc || json_read(c->arena, text, SIGNATURE_MAX, &j, e)) {
		*e = (struct err){ .code = ERR_NONE };
		signed_fault_put(c->report, SIGNED_FORM, signature_name);
		return 0;
	}
	check_key(c, j, given);
	return 0;
}

/* --- the files --- */

/* "HASH  NAME", a name without a folder. */
static bool read_line(str line, str *hash, str *name)
{
	if (line.n < HASH_HEX + 3)
		return false;
	*hash = str_head(line, HASH_HEX);
	*name = str_from(line, HASH_HEX + 2);
	return line.p[HASH_HEX] == ' ' && line.p[HASH_HEX + 1] == ' ' &&
	       str_is_text(*name) && str_find(*name, STR("/")) < 0 &&
	       name->p[0] != '.';
}

static int check_file(struct checking *c, str hash, str name, struct err *e)
{
	unsigned char sha256[KEY_SIZE];
	int rc = c->source->sum(c->source->ctx, c->arena, name, sha256, e);

	if (rc < 0)
		return -1;
	if (!rc)
		signed_fault_put(c->report, SIGNED_MISSING, name);
	else if (str_eq(hash, hex_of(c->arena, sha256, sizeof sha256)))
		c->report->files++;
	else
		signed_fault_put(c->report, SIGNED_CHANGED, name);
	return 0;
}

static int check_files(struct checking *c, struct err *e)
{
	str rest = c->sums;
	str line, hash, name;
	size_t n = 0;

	while (str_next(&rest, '\n', &line)) {
		if (!line.n)
			continue;
		if (!read_line(line, &hash, &name) || ++n > SIGNED_FILES_MAX) {
			signed_fault_put(c->report, SIGNED_FORM, sums_name);
			return 0;
		}
		if (check_file(c, hash, name, e))
			return -1;
	}
	return 0;
}

static bool is_listed(str sums, str file)
{
	str line, hash, name;

	if (str_eq(file, sums_name) || str_eq(file, signature_name))
		return true;
	while (str_next(&sums, '\n', &line))
		if (read_line(line, &hash, &name) && str_eq(name, file))
			return true;
	return false;
}

static void check_listed(void *ctx, str name)
{
	struct checking *c = ctx;

	if (!is_listed(c->sums, name))
		signed_fault_put(
			c->report, SIGNED_EXTRA, arena_dup(c->arena, name));
}

int signed_files_check(struct arena *a, const struct signed_kind *kind,
	const struct signed_source *s, str public_key,
	struct signed_report *out, struct err *e)
{
	struct checking c = {
		.arena = a, .kind = kind, .source = s, .report = out
	};
	int rc;

	*out = (struct signed_report){ .is_key_given = false };
	rc = s->read(s->ctx, a, sums_name, SUMS_MAX, &c.sums, e);
	if (rc < 0)
		return -1;
	if (!rc) {
		signed_fault_put(out, SIGNED_FORM, sums_name);
		return 0;
	}
	if (check_signature(&c, public_key, e) || check_files(&c, e))
		return -1;
	return s->each(s->ctx, check_listed, &c, e);
}
