/* Checks an evidence pack, which is a folder, by itself. */
#include "desk/drop_evidence.h"

#include <dirent.h>
#include <string.h>

#include "base/file.h"
#include "desk/drop_archive.h"

const struct signed_kind drop_evidence_kind = {
	"toyon_drop_evidence",
	"toyon drop evidence 1\n",
	EVIDENCE_VERSION,
};

static int read_part(void *ctx, struct arena *a, str name, size_t max, str *out,
	struct err *e)
{
	const char *path = path_join(a, ctx, arena_cstr(a, name));

	if (!file_read(a, path, max, out, e))
		return 1;
	if (e->code != ERR_NOT_FOUND && e->code != ERR_LIMIT)
		return -1;
	*e = (struct err){ .code = ERR_NONE };
	return 0;
}

static int sum_part(void *ctx, struct arena *a, str name,
	unsigned char sha256[KEY_SIZE], struct err *e)
{
	const char *path = path_join(a, ctx, arena_cstr(a, name));
	struct archived sum;

	if (!file_exists(path))
		return 0;
	if (archive_sum(path, &sum, e))
		return -1;
	memcpy(sha256, sum.sha256, KEY_SIZE);
	return 1;
}

static int each_part(
	void *ctx, void (*fn)(void *, str), void *fn_ctx, struct err *e)
{
	const char *folder = ctx;
	DIR *all = opendir(folder);
	struct dirent *f;

	if (!all)
		return err_errno(e, "open \"%s\"", folder);
	while ((f = readdir(all)))
		if (strcmp(f->d_name, ".") && strcmp(f->d_name, ".."))
			fn(fn_ctx, str_of(f->d_name));
	closedir(all);
	return 0;
}

int drop_evidence_check(struct arena *a, const char *folder, str public_key,
	struct signed_report *out, struct err *e)
{
	struct signed_source s = { read_part, sum_part, each_part,
		arena_cstr(a, str_of(folder)) };

	*out = (struct signed_report){ .is_key_given = false };
	if (!file_exists(folder))
		return err_set(
			e, ERR_NOT_FOUND, "there is no folder \"%s\"", folder);
	return signed_files_check(
		a, &drop_evidence_kind, &s, public_key, out, e);
}
