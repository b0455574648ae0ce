#include "know/zip.h"

#include <string.h>
#include <zip.h>

#include "base/base.h"
#include "know/limit.h"

static int failed(zip_error_t *why, const char *what, struct err *e)
{
	err_set(e, ERR_UNAVAILABLE, "the package can't be %s: %s", what,
		zip_error_strerror(why));
	zip_error_fini(why);
	return -1;
}

static int discard(zip_t *zip, const char *what, struct err *e)
{
	err_set(e, ERR_UNAVAILABLE, "the package can't be %s: %s", what,
		zip_strerror(zip));
	zip_discard(zip);
	return -1;
}

static int add(struct arena *a, zip_t *zip, const struct zip_file *f)
{
	zip_source_t *s = zip_source_buffer(zip, f->bytes.p, f->bytes.n, 0);
	zip_int64_t at;

	if (!s)
		return -1;
	at = zip_file_add(zip, arena_cstr(a, f->name), s, ZIP_FL_ENC_UTF_8);
	if (at >= 0)
		return 0;
	zip_source_free(s);
	return -1;
}

/* What libzip wrote into its own buffer, copied into the arena. */
static int copy_out(struct arena *a, zip_source_t *s, str *out, struct err *e)
{
	zip_stat_t st;
	char *p;

	if (zip_source_stat(s, &st) || !(st.valid & ZIP_STAT_SIZE) ||
		zip_source_open(s))
		return failed(zip_source_error(s), "read back", e);
	p = arena_alloc(a, (size_t)st.size);
	if (zip_source_read(s, p, st.size) != (zip_int64_t)st.size) {
		zip_source_close(s);
		return failed(zip_source_error(s), "read back", e);
	}
	zip_source_close(s);
	*out = (str){ p, (size_t)st.size };
	return 0;
}

int know_zip_put(struct arena *a, const struct zip_file *files, size_t n,
	str *out, struct err *e)
{
	zip_error_t why;
	zip_source_t *s;
	zip_t *zip;
	int rc;

	zip_error_init(&why);
	s = zip_source_buffer_create(NULL, 0, 0, &why);
	if (!s)
		return failed(&why, "written", e);
	zip = zip_open_from_source(s, ZIP_TRUNCATE, &why);
	if (!zip) {
		zip_source_free(s);
		return failed(&why, "written", e);
	}
	zip_source_keep(s);
	rc = 0;
	for (size_t i = 0; i < n && !rc; i++)
		rc = add(a, zip, &files[i]);
	if (rc || zip_close(zip))
		rc = discard(zip, "written", e);
	else
		rc = copy_out(a, s, out, e);
	zip_source_free(s);
	return rc;
}

static int get_one(struct arena *a, zip_t *zip, zip_uint64_t i,
	struct zip_file *out, struct err *e)
{
	zip_stat_t st;
	zip_file_t *f;
	char *p;

	if (zip_stat_index(zip, i, 0, &st) || !(st.valid & ZIP_STAT_SIZE))
		return err_set(e, ERR_CORRUPT, "the package can't be read");
	if (st.size > KNOW_FILE_MAX)
		return err_set(e, ERR_LIMIT,
			"a file of the package is larger "
			"than %d bytes",
			KNOW_FILE_MAX);
	f = zip_fopen_index(zip, i, 0);
	if (!f)
		return err_set(e, ERR_CORRUPT, "the package can't be read");
	p = arena_alloc(a, (size_t)st.size);
	if (zip_fread(f, p, st.size) != (zip_int64_t)st.size) {
		zip_fclose(f);
		return err_set(e, ERR_CORRUPT, "the package can't be read");
	}
	zip_fclose(f);
	*out = (struct zip_file){ arena_dup(a, str_of(st.name)),
		{ p, (size_t)st.size } };
	return 0;
}

int know_zip_get(struct arena *a, str bytes, struct zip_file *files,
	size_t files_max, size_t *n, struct err *e)
{
	zip_error_t why;
	zip_source_t *s;
	zip_t *zip;
	int rc = 0;

	*n = 0;
	zip_error_init(&why);
	s = zip_source_buffer_create(bytes.p, bytes.n, 0, &why);
	zip = s ? zip_open_from_source(s, ZIP_RDONLY, &why) : NULL;
	if (!zip) {
		zip_source_free(s);
		zip_error_fini(&why);
		return err_set(e, ERR_CORRUPT, "the package is no ZIP");
	}
	if ((size_t)zip_get_num_entries(zip, 0) > files_max)
		rc = err_set(e, ERR_LIMIT, "the package has too many files");
	for (; !rc && *n < (size_t)zip_get_num_entries(zip, 0); ++*n)
		rc = get_one(a, zip, *n, &files[*n], e);
	zip_discard(zip);
	return rc;
}
