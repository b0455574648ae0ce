/*
 * A ZIP of the platform, checked before it is used.  libzip finds the entries
 * and unpacks them; what it says about an entry is not believed until the bytes
 * were counted and its CRC fits.  Nothing is ever unpacked to the disk, so no
 * name of an entry becomes a path.
 */
#include "drop/batch.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/base.h"
#include "drop/digest.h"
#include "drop/ids.h"
#include "drop/limit.h"
#include "drop/rows.h"

enum {
	MIB = 1 << 20,
	ENTRIES_MAX = DROP_LISTS + 1,
	SMALL = 4096, /* bytes: too little to say a ratio of */
	ROW_LEAST = DROP_ID_SIZE + 1 + DROP_HASH_CHARS + 1, /* bytes */
	DOS_FOLDER = 0x10,
};

struct entry {
	zip_uint64_t size;
	zip_uint64_t packed;
};

struct batch {
	struct arena *arena;
	zip_t *zip;
	int64_t zip_size;
	struct entry entry[ENTRIES_MAX];
	struct drop_batch *out;
	struct drop_digest *digest;
	struct drop_ids *ids;
	struct err *e;
};

/* An entry while it is unpacked. */
struct unpacking {
	zip_file_t *file;
	struct drop_digest *digest;
	zip_uint64_t size;
	zip_uint64_t got;
};

static int refuse(struct batch *b, size_t i, const char *why)
{
	return err_set(
		b->e, ERR_INVALID, "entry %zu of the ZIP %s", i + 1, why);
}

static int open_failed(const char *path, int code, struct err *e)
{
	/* The file is there; "no such file" is of a place within. */
	if (code == ZIP_ER_OPEN || (code == ZIP_ER_READ && errno == EIO))
		return err_errno(e, "read \"%s\"", path);
	err_set(e, ERR_INVALID, "this is not a ZIP as the platform makes them");
	err_detail(e, "libzip %d", code);
	return err_hint(e, "a download that was cut short, or a page saved in "
			   "its place? the first two letters of a ZIP are PK");
}

static int open_zip(struct batch *b, const char *path)
{
	struct stat st;
	int code = 0;

	if (stat(path, &st))
		return err_errno(b->e, "read \"%s\"", path);
	if (!S_ISREG(st.st_mode))
		return err_set(b->e, ERR_INVALID, "\"%s\" is no file", path);
	if (st.st_size / MIB >= LIMIT_DROP_ZIP_MIB)
		return err_set(b->e, ERR_INVALID, "the ZIP is over %d MiB",
			LIMIT_DROP_ZIP_MIB);
	b->zip_size = st.st_size;
	b->zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
	if (!b->zip)
		return open_failed(path, code, b->e);
	return 0;
}

/* --- what the directory says --- */

static bool is_twice(
	const struct drop_batch *out, const struct drop_file_name *n)
{
	for (size_t i = 0; i < out->files; i++) {
		const struct drop_file_name *o = &out->file[i].name;

		if (n->is_removed ? o->is_removed
				  : !o->is_removed && o->list == n->list)
			return true;
	}
	return false;
}

static int take_name(struct batch *b, size_t i, const char *raw)
{
	struct drop_batch_file *f = &b->out->file[i];

	if (strchr(raw, '/') || strchr(raw, '\\'))
		return refuse(b, i, "has a path for a name");
	f->written = arena_dup(b->arena, str_of(raw));
	if (!drop_file_name_read(f->written, &f->name))
		return refuse(
			b, i, "has a name that is none of the platform's");
	if (is_twice(b->out, &f->name))
		return refuse(b, i, "is of a list that another entry holds");
	if (i > 0 && f->name.broker != b->out->file[0].name.broker)
		return refuse(b, i, "is another data broker's");
	b->out->files++;
	return 0;
}

/* A folder, a link or a device is no list, whatever its name. */
static bool is_file(zip_t *zip, size_t i)
{
	zip_uint8_t system;
	zip_uint32_t bits;

	if (zip_file_get_external_attributes(zip, i, 0, &system, &bits))
		return false;
	if (system == ZIP_OPSYS_UNIX)
		return !(bits >> 16 & S_IFMT) || S_ISREG(bits >> 16);
	return !(bits & DOS_FOLDER);
}

static int check_sizes(struct batch *b, size_t i)
{
	const struct entry *n = &b->entry[i];

	if (n->size / MIB >= LIMIT_DROP_LIST_MIB)
		return refuse(b, i, "unpacks to more than any list");
	if (n->size > SMALL && n->size / LIMIT_DROP_RATIO > n->packed)
		return refuse(b, i, "is packed tighter than hashes can be");
	return 0;
}

static int check_entry(struct batch *b, size_t i)
{
	const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE |
				    ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |
				    ZIP_STAT_ENCRYPTION_METHOD;
	zip_stat_t st;

	if (zip_stat_index(b->zip, i, ZIP_FL_ENC_RAW, &st) ||
		(st.valid & wanted) != wanted)
		return refuse(b, i, "is not described as ZIPs describe files");
	if (take_name(b, i, st.name))
		return -1;
	if (st.encryption_method != ZIP_EM_NONE)
		return refuse(b, i, "is encrypted");
	if (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)
		return refuse(b, i, "is packed in an unusual way");
	if (!is_file(b->zip, i))
		return refuse(b, i, "is not a file");
	b->entry[i] = (struct entry){ st.size, st.comp_size };
	return check_sizes(b, i);
}

/* Entries that share bytes are how a small ZIP becomes a large one. */
static int check_together(struct batch *b)
{
	zip_uint64_t size = 0, packed = 0;

	for (size_t i = 0; i < b->out->files; i++) {
		size += b->entry[i].size;
		packed += b->entry[i].packed;
	}
	if (packed > (zip_uint64_t)b->zip_size)
		return err_set(b->e, ERR_INVALID,
			"the ZIP's entries lie on top of each other");
	if (size / MIB >= LIMIT_DROP_LIST_MIB ||
		size / ROW_LEAST >= LIMIT_DROP_ITEMS)
		return err_set(b->e, ERR_INVALID,
			"the ZIP unpacks to more than %d MiB or %d work items",
			LIMIT_DROP_LIST_MIB, LIMIT_DROP_ITEMS);
	return drop_ids_new(&b->ids, (int64_t)(size / ROW_LEAST) + 1, b->e);
}

static int check_directory(struct batch *b)
{
	zip_int64_t n = zip_get_num_entries(b->zip, 0);

	if (n < 1)
		return err_set(b->e, ERR_INVALID, "the ZIP is empty");
	if (n > ENTRIES_MAX)
		return err_set(b->e, ERR_INVALID,
			"the ZIP has %" PRId64 " entries; there are %d lists",
			(int64_t)n, ENTRIES_MAX);
	for (size_t i = 0; i < (size_t)n; i++) {
		if (check_entry(b, i))
			return -1;
	}
	return check_together(b);
}

/* --- what the entries hold --- */

static const char *damage_of(int code)
{
	return code == ZIP_ER_CRC ? "its bytes do not fit their checksum"
				  : "its bytes are damaged";
}

static int damaged(int code, struct err *e)
{
	if (code == ZIP_ER_READ && errno == EIO)
		return err_errno(e, "read it just now");
	err_set(e, ERR_INVALID, "%s", damage_of(code));
	return err_detail(e, "libzip %d", code);
}

static ptrdiff_t unpack(void *ctx, char *to, size_t n, struct err *e)
{
	struct unpacking *u = ctx;
	zip_int64_t got = zip_fread(u->file, to, n);

	if (got < 0)
		return damaged(
			zip_error_code_zip(zip_file_get_error(u->file)), e);
	u->got += (zip_uint64_t)got;
	if (u->got > u->size)
		return err_set(e, ERR_INVALID, "it is longer than it says");
	drop_digest_add(u->digest, (str){ to, (size_t)got });
	return (ptrdiff_t)got;
}

/* What one reading of an entry tells: its rows, and their hash. */
static int read_entry(struct batch *b, size_t i, drop_item_fn *fn, void *ctx,
	struct drop_batch_file *f)
{
	struct unpacking u = { .size = b->entry[i].size, .digest = b->digest };
	struct drop_rows rows = { .read = unpack,
		.read_ctx = &u,
		.is_removed = f->name.is_removed,
		.list = f->name.list,
		.fn = fn,
		.ctx = ctx };
	int rc = -1;

	u.file = zip_fopen_index(b->zip, i, 0);
	if (!u.file)
		damaged(zip_error_code_zip(zip_get_error(b->zip)), b->e);
	else
		rc = drop_rows_read(&rows, &f->items, b->e);
	if (u.file)
		zip_fclose(u.file);
	drop_digest_end(b->digest, f->sha256);
	if (!rc && u.got != u.size)
		rc = err_set(b->e, ERR_INVALID, "it is shorter than it says");
	return rc ? err_context(b->e, "entry %zu of the ZIP", i + 1) : 0;
}

static int see_id(
	void *ctx, const struct drop_item *item, bool is_removed, struct err *e)
{
	(void)is_removed;
	return drop_ids_add(ctx, item->id, e);
}

static int check_rows(struct batch *b)
{
	struct drop_batch *out = b->out;

	for (int part = 0; part < drop_ids_parts(b->ids); part++) {
		drop_ids_begin(b->ids, part);
		for (size_t i = 0; i < out->files; i++) {
			if (read_entry(b, i, see_id, b->ids, &out->file[i]))
				return -1;
		}
	}
	for (size_t i = 0; i < out->files; i++) {
		if (out->file[i].name.is_removed)
			out->removed += out->file[i].items;
		else
			out->items += out->file[i].items;
	}
	return 0;
}

static int tell_rows(struct batch *b, drop_item_fn *fn, void *ctx)
{
	for (size_t i = 0; i < b->out->files; i++) {
		struct drop_batch_file again = b->out->file[i];

		if (read_entry(b, i, fn, ctx, &again))
			return -1;
		if (memcmp(again.sha256, b->out->file[i].sha256,
			    sizeof again.sha256))
			return err_set(b->e, ERR_CORRUPT,
				"the ZIP changed while it was read");
	}
	return 0;
}

int drop_batch_read(struct arena *a, const char *path, struct drop_batch *out,
	drop_item_fn *fn, void *ctx, struct err *e)
{
	struct batch b = { .arena = a, .out = out, .e = e };
	int rc = -1;

	*out = (struct drop_batch){ 0 };
	b.digest = drop_digest_new(a);
	if (!open_zip(&b, path) && !check_directory(&b) && !check_rows(&b))
		rc = fn ? tell_rows(&b, fn, ctx) : 0;
	drop_ids_free(b.ids);
	if (b.zip)
		zip_discard(b.zip);
	return rc;
}
