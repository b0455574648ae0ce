/* libzip writes it: beside the name, then renamed, as libzip does by itself. */
#include "drop/pack.h"

#include <zip.h>

#include "base/base.h"

static int add(struct arena *a, zip_t *zip, const struct drop_pack *f)
{
	zip_source_t *s = zip_source_file(zip, f->path, 0, -1);

	if (!s)
		return -1;
	if (zip_file_add(zip, arena_cstr(a, f->name), s, 0) >= 0)
		return 0;
	zip_source_free(s);
	return -1;
}

static int failed(const char *path, zip_t *zip, struct err *e)
{
	err_set(e, ERR_UNAVAILABLE, "cannot write \"%s\": %s", path,
		zip ? zip_strerror(zip) : "the folder or the disk");
	if (zip)
		zip_discard(zip);
	return -1;
}

int drop_pack_write(struct arena *a, const char *zip_path,
	const struct drop_pack *file, size_t n, struct err *e)
{
	int code;
	zip_t *zip = zip_open(zip_path, ZIP_CREATE | ZIP_TRUNCATE, &code);

	must(n > 0);
	if (!zip)
		return failed(zip_path, NULL, e);
	for (size_t i = 0; i < n; i++) {
		if (add(a, zip, &file[i]))
			return failed(zip_path, zip, e);
	}
	if (zip_close(zip))
		return failed(zip_path, zip, e);
	return 0;
}
