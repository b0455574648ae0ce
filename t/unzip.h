#ifndef T_UNZIP_H
#define T_UNZIP_H

#include <zip.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/buf.h"
#include "know/package.h"

/*
 * A package in memory, and what is in it as another program sees it: libzip, which the
 * package is not written with.
 */
struct zip_file {
	str name;
	str bytes;
};

struct kept_zip {
	struct buf b;
};

enum { KEPT_ZIP_MAX = 512 << 20 };

static inline int kept_put(void *ctx, str bytes, struct err *e)
{
	struct kept_zip *k = ctx;

	buf_put(&k->b, bytes);
	return buf_ok(&k->b) ? 0 : err_set(e, ERR_LIMIT, "too long for a test");
}

/* In small pieces, as it may come. */
static inline int kept_back(void *ctx, const struct zip_sink *to, struct err *e)
{
	struct kept_zip *k = ctx;
	str rest = buf_str(&k->b);

	for (size_t n = 1; rest.n; n = n < 5000 ? n + 7 : 5000) {
		if (to->put(to->ctx, str_head(rest, n), e))
			return -1;
		rest = str_from(rest, n);
	}
	return 0;
}

static inline struct know_store kept_in(struct arena *a, struct kept_zip *k)
{
	*k = (struct kept_zip){ .b = buf_in(a, KEPT_ZIP_MAX) };
	return (struct know_store){ { kept_put, k }, kept_back, k };
}

/* zip: empty when there are hits, as nothing is kept then. */
static inline int package_in_memory(struct arena *a, struct know *k, str *zip,
	struct know_hits *hits, struct err *e)
{
	struct kept_zip *kept = arena_one(a, struct kept_zip);
	struct know_store store = kept_in(a, kept);

	*zip = STR("");
	if (know_package(a, k, NULL, &store, hits, e))
		return -1;
	if (!hits->n)
		*zip = buf_str(&kept->b);
	return 0;
}

static inline int unzip_one(
	struct arena *a, zip_t *zip, zip_uint64_t i, struct zip_file *out)
{
	zip_stat_t st;
	zip_file_t *f;
	char *p;
	bool is_read;

	if (zip_stat_index(zip, i, 0, &st))
		return -1;
	f = zip_fopen_index(zip, i, 0);
	if (!f)
		return -1;
	p = arena_alloc(a, (size_t)st.size + 1);
	is_read = zip_fread(f, p, st.size + 1) == (zip_int64_t)st.size;
	*out = (struct zip_file){ arena_dup(a, str_of(st.name)),
		{ p, (size_t)st.size } };
	/* Closing says whether the sum of its bytes is right. */
	return zip_fclose(f) || !is_read ? -1 : 0;
}

/* Its files, in their order; -1: it is no ZIP, or has more than files_max. */
static inline int unzip(struct arena *a, str bytes, struct zip_file *files,
	size_t files_max, size_t *n)
{
	zip_source_t *s = zip_source_buffer_create(bytes.p, bytes.n, 0, NULL);
	zip_t *zip =
		s ? zip_open_from_source(s, ZIP_RDONLY | ZIP_CHECKCONS, NULL)
		  : NULL;
	int rc = 0;

	*n = 0;
	if (!zip) {
		zip_source_free(s);
		return -1;
	}
	if ((size_t)zip_get_num_entries(zip, 0) > files_max)
		rc = -1;
	for (; !rc && *n < (size_t)zip_get_num_entries(zip, 0); ++*n)
		rc = unzip_one(a, zip, *n, &files[*n]);
	zip_discard(zip);
	return rc;
}

#endif
