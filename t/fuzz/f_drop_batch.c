/*
 * Any bytes as a ZIP of the platform.  What is read was checked: known lists,
 * once each, as many items told as counted; what is refused tells nothing.
 */
#define _GNU_SOURCE /* memfd_create: a file without a disk */
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "drop/batch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int tell(
	void *ctx, const struct drop_item *item, bool is_removed, struct err *e)
{
	int64_t *told = ctx;
	char id[DROP_ID_SIZE];

	(void)is_removed;
	(void)e;
	must(item->list < DROP_LISTS);
	must(drop_id_read((str){ item->id, DROP_ID_SIZE }, id));
	++*told;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(16 << 20);
	struct drop_batch b;
	struct err e = { 0 };
	char path[64];
	int64_t told = 0;
	int fd = memfd_create("batch", MFD_CLOEXEC);

	must(fd >= 0 && !write_all(fd, data, size));
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (!drop_batch_read(a, path, &b, tell, &told, &e)) {
		must(told == b.items + b.removed && b.files > 0);
		must(b.files <= DROP_LISTS + 1);
	} else {
		must(e.code == ERR_INVALID && e.message[0] && !told);
	}
	close(fd);
	arena_free(a);
	return 0;
}
