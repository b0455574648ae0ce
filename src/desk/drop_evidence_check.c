/*
 * Checks an evidence pack by itself.  What it names is believed only after the
 * signature: before, names are refused that would lead out of the folder.
 */
#include "desk/drop_evidence.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "base/enc.h"
#include "base/file.h"
#include "base/json.h"
#include "desk/drop_archive.h"
#include "desk/keys.h"

enum { SUMS_MAX = 1 << 16, SIGNATURE_MAX = 4096, HASH_HEX = 64 };

static const char signed_head[] = "toyon drop evidence 1\n";

static const struct {
	const char *code;
	const char *sentence;
} faults[] = {
#define EVIDENCE_FAULT(NAME, code, sentence) { code, sentence },
#include "desk/tbl/evidence_faults.h"
};

const char *evidence_fault_code(enum evidence_fault f)
{
	return faults[f].code;
}

str evidence_fault_text(struct arena *a, const struct evidence_fault_at *f)
{
	str sentence = str_of(faults[f->fault].sentence);
	int64_t at = str_find(sentence, STR("{file}"));

	if (at < 0)
		return sentence;
	return arena_fmt(a, "%.*s%.*s%.*s",
		STR_ARG(str_head(sentence, (size_t)at)), STR_ARG(f->file),
		STR_ARG(str_from(sentence, (size_t)at + 6)));
}

static void put_fault(
	struct drop_evidence_report *r, enum evidence_fault fault, str file)
{
	if (r->faults.n < EVIDENCE_FILES_MAX)
		r->faults.at[r->faults.n++] =
			(struct evidence_fault_at){ fault, file };
}

/* 1; 0 with a fault when it is not there or can't be one of ours. */
static int read_part(
	struct arena *a, const char *path, size_t max, str *out, struct err *e)
{
	if (!file_read(a, path, max, out, e))
		return 1;
	if (e->code != ERR_NOT_FOUND && e->code != ERR_LIMIT)
		return -1;
	*e = (struct err){ .code = ERR_NONE };
	return 0;
}

/* --- the signature --- */

static void check_key(struct drop_evidence_report *r, str given, str sums,
	const json_t *j, struct arena *a)
{
	unsigned char key[KEY_SIZE], signature[SIGNATURE_SIZE];
	str message = arena_fmt(a, "%s%.*s", signed_head, STR_ARG(sums));
	str sign = json_text(j, "signature");

	r->public_key = json_text(j, "public_key");
	r->is_key_given = given.n > 0;
	if (json_number(j, "toyon_drop_evidence", 0) != EVIDENCE_VERSION ||
		!hex_read(r->public_key, key, sizeof key) ||
		!hex_read(sign, signature, sizeof signature)) {
		put_fault(r, EVIDENCE_FORM, STR("SIGNATURE.json"));
		return;
	}
	if (given.n && !str_eq(given, r->public_key))
		put_fault(r, EVIDENCE_KEY, STR("SIGNATURE.json"));
	if (!keys_audit_verify(key, message, signature))
		put_fault(r, EVIDENCE_SIGNATURE, STR("SHA256SUMS"));
}

static int check_signature(struct arena *a, const char *folder, str given,
	str sums, struct drop_evidence_report *r, struct err *e)
{
	json_t *j;
	str text;
	int rc = read_part(a, path_join(a, folder, "SIGNATURE.json"),
		SIGNATURE_MAX, &text, e);

	if (rc < 0)
		return -1;
	if (!rc || json_read(a, text, SIGNATURE_MAX, &j, e)) {
		*e = (struct err){ .code = ERR_NONE };
		put_fault(r, EVIDENCE_FORM, STR("SIGNATURE.json"));
		return 0;
	}
	check_key(r, given, sums, j, a);
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

static int check_file(struct arena *a, const char *folder, str hash, str name,
	struct drop_evidence_report *r, struct err *e)
{
	const char *path = path_join(a, folder, arena_cstr(a, name));
	struct archived sum;

	if (!file_exists(path)) {
		put_fault(r, EVIDENCE_MISSING, name);
		return 0;
	}
	if (archive_sum(path, &sum, e))
		return -1;
	if (str_eq(hash, hex_of(a, sum.sha256, sizeof sum.sha256)))
		r->files++;
	else
		put_fault(r, EVIDENCE_CHANGED, name);
	return 0;
}

static int check_files(struct arena *a, const char *folder, str sums,
	struct drop_evidence_report *r, struct err *e)
{
	str line, hash, name;
	size_t n = 0;

	while (str_next(&sums, '\n', &line)) {
		if (!line.n)
			continue;
		if (!read_line(line, &hash, &name) ||
			++n > EVIDENCE_FILES_MAX) {
			put_fault(r, EVIDENCE_FORM, STR("SHA256SUMS"));
			return 0;
		}
		if (check_file(a, folder, hash, name, r, e))
			return -1;
	}
	return 0;
}

static bool is_listed(str sums, str file)
{
	str line, hash, name;

	if (str_eq(file, STR("SHA256SUMS")) ||
		str_eq(file, STR("SIGNATURE.json")) || str_eq(file, STR(".")) ||
		str_eq(file, STR("..")))
		return true;
	while (str_next(&sums, '\n', &line))
		if (read_line(line, &hash, &name) && str_eq(name, file))
			return true;
	return false;
}

static int check_extra(struct arena *a, const char *folder, str sums,
	struct drop_evidence_report *r, struct err *e)
{
	DIR *all = opendir(folder);
	struct dirent *f;

	if (!all)
		return err_errno(e, "open \"%s\"", folder);
	while ((f = readdir(all)))
		if (!is_listed(sums, str_of(f->d_name)))
			put_fault(r, EVIDENCE_EXTRA,
				arena_dup(a, str_of(f->d_name)));
	closedir(all);
	return 0;
}

int drop_evidence_check(struct arena *a, const char *folder, str public_key,
	struct drop_evidence_report *out, struct err *e)
{
	str sums;
	int rc;

	*out = (struct drop_evidence_report){ .is_key_given = false };
	if (!file_exists(folder))
		return err_set(
			e, ERR_NOT_FOUND, "there is no folder \"%s\"", folder);
	rc = read_part(
		a, path_join(a, folder, "SHA256SUMS"), SUMS_MAX, &sums, e);
	if (rc < 0)
		return -1;
	if (!rc) {
		put_fault(out, EVIDENCE_FORM, STR("SHA256SUMS"));
		return 0;
	}
	return check_signature(a, folder, public_key, sums, out, e) ||
			       check_files(a, folder, sums, out, e) ||
			       check_extra(a, folder, sums, out, e)
		       ? -1
		       : 0;
}
