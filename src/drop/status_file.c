/* Answers, a row each, in a file that appears whole or not at all. */
#include <string.h>

#include "base/base.h"
#include "base/file.h"
#include "base/stage.h"
#include "drop/batch.h"
#include "drop/digest.h"

enum { ROOM = 65536, ROW = DROP_ID_SIZE + 3 };

struct drop_status_file {
	struct stage stage;
	struct drop_digest *digest;
	char room[ROOM];
	size_t n;
	bool is_open;
};

static void drop_it(void *ctx)
{
	struct drop_status_file *f = ctx;

	if (f->is_open)
		stage_drop(&f->stage);
}

static int flush(struct drop_status_file *f, struct err *e)
{
	drop_digest_add(f->digest, (str){ f->room, f->n });
	if (write_all(f->stage.fd, f->room, f->n))
		return err_errno(e, "write \"%s\"", f->stage.path);
	f->n = 0;
	return 0;
}

int drop_status_open(struct arena *a, const char *dir,
	const struct drop_file_name *name, struct drop_status_file **out,
	struct err *e)
{
	static const char header[] = "Id,Status\n";
	struct drop_status_file *f = arena_one(a, struct drop_status_file);
	const char *path =
		path_join(a, dir, arena_cstr(a, drop_file_name_of(a, name)));

	if (stage_open(&f->stage, path, 0600, e))
		return -1;
	f->is_open = true;
	arena_defer(a, drop_it, f);
	f->digest = drop_digest_new(a);
	f->n = sizeof header - 1;
	memcpy(f->room, header, f->n);
	*out = f;
	return 0;
}

int drop_status_put(
	struct drop_status_file *f, const struct drop_outcome *o, struct err *e)
{
	must(f->is_open && drop_status_is((int)o->status));
	if (ROOM - f->n < ROW && flush(f, e))
		return -1;
	memcpy(f->room + f->n, o->id, DROP_ID_SIZE);
	f->room[f->n + DROP_ID_SIZE] = ',';
	f->room[f->n + DROP_ID_SIZE + 1] = (char)('0' + (int)o->status);
	f->room[f->n + DROP_ID_SIZE + 2] = '\n';
	f->n += ROW;
	return 0;
}

int drop_status_close(
	struct drop_status_file *f, uint8_t sha256[32], struct err *e)
{
	must(f->is_open);
	if (flush(f, e))
		return -1;
	drop_digest_end(f->digest, sha256);
	f->is_open = false;
	return stage_commit(&f->stage, e);
}
