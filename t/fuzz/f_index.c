/*
 * Any bytes as an index file, as they are and with the checksums made right, so
 * that a made-up file gets past them: opening, looking up, proving and verifying
 * must stay inside it.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "index/crc32c.h"
#include "index/format.h"
#include "index/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILE_MAX = 1 << 20, KEYS = 64 };

static void look_up(struct index *ix, const uint8_t *data, size_t size)
{
	uint8_t key[KEYS * IDENT_KEY_SIZE];
	uint32_t reasons[KEYS];
	struct err e;

	for (size_t i = 0; i < sizeof key; i++)
		key[i] = size ? data[(i * 131) % size] : 0;
	memset(key + 5 * IDENT_KEY_SIZE, 0xff, IDENT_KEY_SIZE);
	index_find_batch(ix, key, KEYS, reasons);
	for (size_t i = 0; i < KEYS; i++)
		must(index_find(ix, key + i * IDENT_KEY_SIZE) == reasons[i]);
	index_expect_single(ix);
	for (size_t i = 0; i < KEYS; i++) {
		uint32_t proven;

		must(index_find(ix, key + i * IDENT_KEY_SIZE) == reasons[i]);
		index_prove(ix, key + i * IDENT_KEY_SIZE, &proven, &e);
	}
	index_verify(ix, &e);
}

static void try_file(const uint8_t *p, size_t n)
{
	char path[] = "/dev/shm/f_index.XXXXXX";
	int fd = mkstemp(path);

	must(fd >= 0 && !write_all(fd, p, n));
	close(fd);
	for (int cpu = CPU_AVX512; cpu <= CPU_PORTABLE; cpu++) {
		struct index_open_opts o = { .cpu = (enum cpu_path)cpu };
		struct index *ix;
		struct err e;

		if (!cpu_path_runs(o.cpu))
			continue;
		if (!index_open(&ix, path, &o, &e)) {
			look_up(ix, p, n);
			index_close(ix);
		}
	}
	unlink(path);
}

/* Makes the header plausible and the checksums right. */
static size_t mend(uint8_t *p, size_t n)
{
	struct index_header *h = (struct index_header *)(void *)p;
	struct index_layout l;

	memcpy(h->magic, INDEX_MAGIC, 8);
	h->version = INDEX_VERSION;
	h->flags &= INDEX_FLAG_PROOF;
	h->home = h->home % 40 + 1;
	h->lines = h->home + 1 + h->lines % 8;
	h->keys %= h->lines * INDEX_LINE_SLOTS + 1;
	h->code_width = h->code_width % 3 == 2 ? 4 : h->code_width % 3;
	h->masks = h->code_width == 1   ? h->masks % 200 + 2
		   : h->code_width == 4 ? 0
		   : h->keys            ? 1
					: 0;
	memset(h->zeros, 0, sizeof h->zeros);
	must(!index_layout_of(h, &l) && l.at[INDEX_SECTIONS] <= FILE_MAX);
	n = l.at[INDEX_SECTIONS];
	memset(p + INDEX_PAGE + h->lines * INDEX_LINE_SIZE - 8, 0, 8);
	for (int i = 0; i < INDEX_SECTIONS; i++) {
		size_t size = l.at[i + 1] - l.at[i];

		h->crc[i] =
			size ? crc32c(CPU_PORTABLE, 0, p + l.at[i], size) : 0;
	}
	h->header_crc = crc32c(
		CPU_PORTABLE, 0, h, offsetof(struct index_header, header_crc));
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *p = calloc(1, FILE_MAX);

	must(p != NULL);
	try_file(data, size);
	memcpy(p, data, size < FILE_MAX ? size : FILE_MAX);
	/* Short inputs are spread over header and lines. */
	for (size_t i = size; size && size < INDEX_PAGE && i < 3 * INDEX_PAGE;
		i++)
		p[i] = data[(i * 7) % size];
	try_file(p, mend(p, size));
	free(p);
	return 0;
}
