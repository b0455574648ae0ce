/*
 * Files in the binary, found by their path in a sorted table.
 */
#include "web/asset.h"

#include "web/assets.h"

enum { FONT_MAX_AGE_S = 365 * 86400, OTHER_MAX_AGE_S = 300 };

static const struct asset *find(str path)
{
	size_t low = 0, high = assets_n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = str_cmp(path, assets[mid].path);

		if (!order)
			return &assets[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

int web_asset(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	const struct asset *a = find(q->path);

	(void)ctx;
	if (!a)
		return err_set(e, ERR_NOT_FOUND, "there is no such file");
	http_send_asset(q, r,
		&(struct http_asset){ .type = a->type,
			.bytes = a->bytes,
			.gzip = a->gzip,
			.etag = a->etag,
			.etag_gzip = a->etag_gzip,
			.max_age_s = str_starts(a->type, STR("font/"))
					     ? FONT_MAX_AGE_S
					     : OTHER_MAX_AGE_S });
	return 0;
}
