/*
 * Any bytes as a members file: answered or refused, never read past its end.
 * The last block's checksum is mended, so that what stands in it is reached.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "desk/disclosure_members.h"
#include "index/crc32c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BLOCK = 4096, BLOCKS_MAX = 4 };

static void mend(uint8_t *p, size_t n)
{
	for (size_t at = 0; at + BLOCK <= n; at += BLOCK) {
		uint32_t crc = crc32c(CPU_PORTABLE, 0, p + at, BLOCK - 4);

		memcpy(p + at + BLOCK - 4, &crc, 4);
	}
}

/* Few bytes make whole blocks: the fuzzer need not find 4 KiB of zeros. */
static size_t spread(uint8_t *out, const uint8_t *data, size_t size)
{
	size_t n = 0;

	while (size && n < BLOCKS_MAX * BLOCK) {
		size_t some = size < 64 ? size : 64;

		memcpy(out + n, data, some);
		if (some == 64)
			memcpy(out + n + BLOCK - 8, data + 60, 4);
		data += some;
		size -= some;
		n += BLOCK;
	}
	mend(out, n);
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(1 << 20);
	uint8_t *file = arena_alloc(a, BLOCKS_MAX * BLOCK);
	uint8_t key[IDENT_KEY_SIZE] = { 0 },
		ring[IDENT_FINGERPRINT_SIZE] = { 0 };
	char dir[] = "/tmp/f_members.XXXXXX";
	size_t n = spread(file, data, size);
	char mark[MEMBERS_MARK_TEXT];
	struct members *m;
	struct err e = { 0 };
	const char *path;
	uint64_t name = 0;

	must(mkdtemp(dir));
	if (n)
		memcpy(&name, file + 32, 8);
	snprintf(mark, sizeof mark, "%016llx", (unsigned long long)name);
	path = arena_cstr(a, arena_fmt(a, "%s/%s.tym", dir, mark));
	must(!file_replace(path, (str){ (char *)file, n }, 0600, &e));
	if (size >= 8)
		memcpy(key, data + size - 8, 8);
	if (!members_open(a, &m, dir, mark, ring, &e))
		must(members_have(m, key, &e) >= -1);
	else
		must(e.code == ERR_CORRUPT);
	arena_free(a);
	unlink(path);
	rmdir(dir);
	return 0;
}
