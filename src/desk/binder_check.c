/* Checks an evidence file of a case by itself: a ZIP of ours, read into memory. */
#include "desk/binder_data.h"

#include <sodium.h>
#include <string.h>

#include "know/zip.h"

enum { UNPACKED_MAX = 128 << 20 };

struct unpacked {
	struct {
		str name;
		str bytes;
	} at[SIGNED_FILES_MAX];
	size_t n;
	size_t total;
	struct arena *arena;
	struct buf open; /* the file that is read */
};

/* --- out of the ZIP --- */

static int begin(void *ctx, str name, struct err *e)
{
	struct unpacked *u = ctx;

	if (u->n == SIGNED_FILES_MAX)
		return err_set(e, ERR_CORRUPT, "it has too many files");
	u->at[u->n].name = arena_dup(u->arena, name);
	u->open = buf_in(u->arena, UNPACKED_MAX);
	return 0;
}

static int put(void *ctx, str bytes, struct err *e)
{
	struct unpacked *u = ctx;

	u->total += bytes.n;
	if (u->total > UNPACKED_MAX)
		return err_set(e, ERR_CORRUPT, "it is too large");
	buf_put(&u->open, bytes);
	return 0;
}

static int end(void *ctx, struct err *e)
{
	struct unpacked *u = ctx;

	(void)e;
	must(buf_ok(&u->open));
	u->at[u->n++].bytes = buf_str(&u->open);
	return 0;
}

/* What is damaged is found here already, by the sums of the ZIP itself. */
static int unpack(struct unpacked *u, str zip, struct err *e)
{
	struct zip_told told = { begin, put, end, u };
	struct zip_in *in = zip_in_new(u->arena, &told);

	if (!zip_in_put(in, zip, e) && !zip_in_end(in, e))
		return 0;
	if (e->code != ERR_CORRUPT)
		return -1;
	return err_set(e, ERR_FOUND,
		"this is no evidence file of ours, or its bytes were changed");
}

/* --- as a source of files --- */

static bool find(const struct unpacked *u, str name, str *out)
{
	for (size_t i = 0; i < u->n; i++)
		if (str_eq(u->at[i].name, name)) {
			*out = u->at[i].bytes;
			return true;
		}
	return false;
}

static int read_part(void *ctx, struct arena *a, str name, size_t max, str *out,
	struct err *e)
{
	(void)a;
	(void)e;
	return find(ctx, name, out) && out->n <= max;
}

static int sum_part(void *ctx, struct arena *a, str name,
	unsigned char sha256[KEY_SIZE], struct err *e)
{
	str bytes;

	(void)a;
	(void)e;
	if (!find(ctx, name, &bytes))
		return 0;
	crypto_hash_sha256(sha256, (const unsigned char *)bytes.p, bytes.n);
	return 1;
}

static int each_part(
	void *ctx, void (*fn)(void *, str), void *fn_ctx, struct err *e)
{
	struct unpacked *u = ctx;

	(void)e;
	for (size_t i = 0; i < u->n; i++)
		fn(fn_ctx, u->at[i].name);
	return 0;
}

/* Whole, and signed with the key of the file: else it proves nothing. */
static void check_export(
	struct arena *a, str text, struct binder_report *out, str *exported)
{
	struct audit_check *c = audit_check_new(a);
	struct audit_report r;
	struct err e = { 0 };

	if (!audit_check_key(c, out->files.public_key, &e)) {
		audit_check_bytes(c, text);
		audit_check_end(c, &r);
		if (r.damage == DAMAGE_INTACT) {
			*exported = text;
			return;
		}
	}
	signed_fault_put(&out->files, SIGNED_EXPORT, STR("export.jsonl"));
}

int binder_check(struct arena *a, str zip, str public_key, str exported,
	struct binder_report *out, struct err *e)
{
	struct unpacked *u = arena_one(a, struct unpacked);
	struct signed_source s = { read_part, sum_part, each_part, u };
	str trail, own;

	*out = (struct binder_report){ .entries = 0 };
	u->arena = a;
	if (unpack(u, zip, e) || signed_files_check(a, &binder_kind, &s,
					 public_key, &out->files, e))
		return -1;
	if (!exported.n && find(u, STR("export.jsonl"), &own))
		check_export(a, own, out, &exported);
	if (find(u, STR("trail.jsonl"), &trail))
		binder_trail_check(a, trail, exported, out);
	else
		signed_fault_put(
			&out->files, SIGNED_MISSING, STR("trail.jsonl"));
	return 0;
}
