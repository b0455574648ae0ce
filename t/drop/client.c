/*
 * The client by hand, for t/drop/run:
 *	client URL KEY download ZIP
 *	client URL KEY upload|amend FILE...     named as their last piece
 *	client read ZIP                         what the batch holds
 *	client answer ZIP DIR SUFFIX STATUS     a file for each list, all STATUS
 * The first line says what was said; then come its parts.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"
#include "drop/batch.h"
#include "drop/client.h"

enum { PARTS_MAX = 32, TIMEOUT_MS = 5000 };

static int failed(const struct err *e)
{
	printf("%s\n%s\n", err_name(e->code), e->message);
	return 1;
}

static void print_answer(struct arena *a, const struct drop_answer *got)
{
	printf("%s\n", drop_said_name(got->said));
	printf("status %d after %d\n", got->http_status, got->after_s);
	printf("message %.*s\n", STR_ARG(got->message));
	if (got->said == DROP_SAID_BATCH)
		printf("name %.*s size %" PRId64 " sha256 %.*s\n",
			STR_ARG(got->name), got->size,
			STR_ARG(hex_of(a, got->sha256, 32)));
	for (size_t i = 0; i < got->files_n; i++)
		printf("file %.*s %s%s\n", STR_ARG(got->files[i].name),
			got->files[i].is_accepted ? "accepted" : "rejected",
			got->files[i].is_repeated ? " again" : "");
}

static int call(struct arena *a, int argc, char **argv)
{
	struct drop_client c = { argv[1], str_of(argv[2]), TIMEOUT_MS };
	struct drop_part part[PARTS_MAX];
	struct drop_answer got;
	struct err e = { 0 };
	size_t n = 0;
	int rc;

	for (int i = 4; i < argc && n < PARTS_MAX; i++, n++) {
		const char *slash = strrchr(argv[i], '/');

		part[n] =
			(struct drop_part){ str_of(slash ? slash + 1 : argv[i]),
				argv[i] };
	}
	if (!strcmp(argv[3], "download"))
		rc = drop_download(&c, a, argv[4], &got, &e);
	else
		rc = drop_upload(
			&c, a, part, n, !strcmp(argv[3], "amend"), &got, &e);
	if (rc)
		return failed(&e);
	print_answer(a, &got);
	return 0;
}

struct answering {
	struct drop_status_file *file[DROP_LISTS];
	struct drop_batch batch;
	enum drop_status status;
};

static int put(
	void *ctx, const struct drop_item *item, bool is_removed, struct err *e)
{
	struct answering *w = ctx;
	struct drop_outcome o = { .status = w->status };

	memcpy(o.id, item->id, DROP_ID_SIZE);
	return is_removed ? 0 : drop_status_put(w->file[item->list], &o, e);
}

static int read_batch(struct arena *a, const char *zip)
{
	struct drop_batch b;
	struct err e = { 0 };

	if (drop_batch_read(a, zip, &b, NULL, NULL, &e))
		return failed(&e);
	printf("items %" PRId64 " removed %" PRId64 " files %zu\n", b.items,
		b.removed, b.files);
	return 0;
}

static int answer(struct arena *a, char **argv)
{
	struct answering *w = arena_one(a, struct answering);
	uint8_t digest[32];
	struct err e = { 0 };

	w->status = (enum drop_status)(argv[5][0] - '0');
	if (drop_batch_read(a, argv[2], &w->batch, NULL, NULL, &e))
		return failed(&e);
	for (int i = 0; i < DROP_LISTS; i++) {
		struct drop_file_name n = w->batch.file[0].name;

		n.is_removed = false;
		n.list = (enum drop_list)i;
		n.suffix = str_of(argv[4]);
		if (drop_status_open(a, argv[3], &n, &w->file[i], &e))
			return failed(&e);
	}
	if (drop_batch_read(a, argv[2], &w->batch, put, w, &e))
		return failed(&e);
	for (int i = 0; i < DROP_LISTS; i++) {
		if (drop_status_close(w->file[i], digest, &e))
			return failed(&e);
	}
	printf("written\n");
	return 0;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(64 << 20);
	int rc = 2;

	if (argc == 3 && !strcmp(argv[1], "read"))
		rc = read_batch(a, argv[2]);
	else if (argc == 6 && !strcmp(argv[1], "answer"))
		rc = answer(a, argv);
	else if (argc > 4)
		rc = call(a, argc, argv);
	arena_free(a);
	return rc;
}
