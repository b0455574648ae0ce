/*
 * Files of keyed tags.  Tags are spread evenly (keys come out of a cipher), so
 * their first bits part them into buckets of about the same size, each small
 * enough to be sorted in memory; one after the other they are the whole in
 * order.
 */
#include "desk/disclosure_members.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"
#include "base/rand.h"
#include "base/stage.h"
#include "index/crc32c.h"

enum {
	BLOCK = 4096,
	CRC_AT = BLOCK - 4,
	COUNT_AT = BLOCK - 8,
	BLOCK_TAGS = COUNT_AT / 8,
	BUCKET_BITS = 7,
	BUCKETS = 1 << BUCKET_BITS,
	HELD_MAX = 1024,
	VERSION = 1,
};

static const char magic[8] = "TOYONTYM";

/* --- numbers, little-endian --- */

static void put_le(uint8_t *p, uint64_t v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static uint64_t get_le(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)p[i] << 8 * i;
	return v;
}

static uint64_t tag_of(const uint8_t key[IDENT_KEY_SIZE])
{
	return get_le(key, 8);
}

static void seal_block(enum cpu_path cpu, uint8_t *block)
{
	put_le(block + CRC_AT, crc32c(cpu, 0, block, CRC_AT), 4);
}

static bool is_sound(enum cpu_path cpu, const uint8_t *block)
{
	return get_le(block + CRC_AT, 4) == crc32c(cpu, 0, block, CRC_AT);
}

/* --- writing --- */

struct bucket {
	int fd;
	size_t held;
	uint64_t spooled;
	uint64_t tag[HELD_MAX];
};

struct members_writer {
	enum cpu_path cpu;
	char folder[PATH_MAX];
	struct stage stage;
	uint8_t mark[MEMBERS_MARK_SIZE];
	uint64_t tags;
	uint64_t blocks;
	size_t in_block;
	uint8_t block[BLOCK];
	struct bucket bucket[BUCKETS];
};

static int open_spool(const char *folder)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof path, "%.*s/spool.XXXXXX", PATH_MAX - 64, folder);
	fd = mkstemp(path);
	if (fd >= 0) {
		unlink(path);
		(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
	return fd;
}

static int open_files(struct members_writer *w, struct err *e)
{
	char path[PATH_MAX];

	if (dir_make(w->folder, 0700, e))
		return -1;
	for (size_t i = 0; i < BUCKETS; i++) {
		w->bucket[i].fd = open_spool(w->folder);
		if (w->bucket[i].fd < 0)
			return err_errno(
				e, "create a file in \"%s\"", w->folder);
	}
	snprintf(path, sizeof path, "%.*s/%016llx.tym", PATH_MAX - 64,
		w->folder, (unsigned long long)get_le(w->mark, 8));
	if (stage_open(&w->stage, path, 0600, e))
		return -1;
	if (lseek(w->stage.fd, BLOCK, SEEK_SET) < 0)
		return err_errno(e, "write \"%s\"", path);
	return 0;
}

int members_start(
	struct members_writer **out, const char *folder, struct err *e)
{
	struct members_writer *w = calloc(1, sizeof *w);

	must(w && strlen(folder) < sizeof w->folder - 64);
	memcpy(w->folder, folder, strlen(folder) + 1);
	w->cpu = cpu_path_resolve(CPU_BEST);
	w->stage.fd = -1;
	for (size_t i = 0; i < BUCKETS; i++)
		w->bucket[i].fd = -1;
	rand_bytes(w->mark, sizeof w->mark);
	if (open_files(w, e)) {
		members_drop(w);
		return -1;
	}
	*out = w;
	return 0;
}

void members_drop(struct members_writer *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < BUCKETS; i++)
		if (w->bucket[i].fd >= 0)
			close(w->bucket[i].fd);
	stage_drop(&w->stage);
	free(w);
}

static int spool(struct members_writer *w, struct bucket *b, struct err *e)
{
	if (write_all(b->fd, b->tag, b->held * sizeof *b->tag))
		return err_errno(e, "write a file in \"%s\"", w->folder);
	b->spooled += b->held;
	b->held = 0;
	return 0;
}

int members_add(struct members_writer *w, const uint8_t key[IDENT_KEY_SIZE],
	struct err *e)
{
	uint64_t tag = tag_of(key);
	struct bucket *b = &w->bucket[tag >> (64 - BUCKET_BITS)];

	b->tag[b->held++] = tag;
	return b->held < HELD_MAX ? 0 : spool(w, b, e);
}

static int write_block(struct members_writer *w, struct err *e)
{
	if (!w->in_block)
		return 0;
	memset(w->block + w->in_block * 8, 0, COUNT_AT - w->in_block * 8);
	put_le(w->block + COUNT_AT, w->in_block, 4);
	seal_block(w->cpu, w->block);
	if (write_all(w->stage.fd, w->block, BLOCK))
		return err_errno(e, "write \"%s\"", w->stage.path);
	w->blocks++;
	w->in_block = 0;
	return 0;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int write_tags(
	struct members_writer *w, uint64_t *tag, size_t n, struct err *e)
{
	qsort(tag, n, sizeof *tag, by_value);
	for (size_t i = 0; i < n; i++) {
		if (i && tag[i] == tag[i - 1])
			continue;
		put_le(w->block + w->in_block * 8, tag[i], 8);
		w->tags++;
		if (++w->in_block == BLOCK_TAGS && write_block(w, e))
			return -1;
	}
	return 0;
}

/* pread() until all is there. */
static int read_whole(int fd, void *out, size_t n, uint64_t at)
{
	size_t got = 0;

	while (got < n) {
		ssize_t more = pread(
			fd, (char *)out + got, n - got, (off_t)(at + got));

		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return -1;
		if (!more)
			break;
		got += (size_t)more;
	}
	errno = EIO;
	return got == n ? 0 : -1;
}

static int write_bucket(
	struct members_writer *w, struct bucket *b, struct err *e)
{
	uint64_t *tag;
	int rc;

	if (b->held && spool(w, b, e))
		return -1;
	if (!b->spooled)
		return 0;
	tag = malloc(b->spooled * sizeof *tag);
	must(tag != NULL);
	if (read_whole(b->fd, tag, b->spooled * sizeof *tag, 0))
		rc = err_errno(e, "read a file in \"%s\"", w->folder);
	else
		rc = write_tags(w, tag, b->spooled, e);
	free(tag);
	close(b->fd);
	b->fd = -1;
	return rc;
}

static int write_head(struct members_writer *w,
	const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE], struct err *e)
{
	uint8_t head[BLOCK] = { 0 };

	memcpy(head, magic, sizeof magic);
	put_le(head + 8, VERSION, 4);
	put_le(head + 12, BLOCK, 4);
	put_le(head + 16, w->tags, 8);
	put_le(head + 24, w->blocks, 8);
	memcpy(head + 32, w->mark, sizeof w->mark);
	memcpy(head + 48, fingerprint, IDENT_FINGERPRINT_SIZE);
	seal_block(w->cpu, head);
	if (lseek(w->stage.fd, 0, SEEK_SET) < 0 ||
		write_all(w->stage.fd, head, BLOCK))
		return err_errno(e, "write \"%s\"", w->stage.path);
	return 0;
}

int members_finish(struct members_writer *w,
	const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE],
	struct members_made *out, struct err *e)
{
	for (size_t i = 0; i < BUCKETS; i++)
		if (write_bucket(w, &w->bucket[i], e))
			return -1;
	if (write_block(w, e) || write_head(w, fingerprint, e) ||
		stage_commit(&w->stage, e))
		return -1;
	snprintf(out->mark, sizeof out->mark, "%016llx",
		(unsigned long long)get_le(w->mark, 8));
	out->tags = w->tags;
	return 0;
}

void members_remove(const char *folder, const char *mark)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%.*s/%s.tym", PATH_MAX - 64, folder, mark);
	unlink(path);
}

/* --- reading --- */

struct members {
	int fd;
	enum cpu_path cpu;
	uint64_t blocks;
	uint64_t at; /* the block that is held; 0: none */
	char mark[MEMBERS_MARK_TEXT];
	uint8_t block[BLOCK];
};

static int damaged(const char *mark, const char *how, struct err *e)
{
	err_set(e, ERR_CORRUPT, "the members file %s.tym is %s", mark, how);
	return err_hint(e, "restore it from a backup");
}

static bool fits(const struct members *m, uint64_t size)
{
	uint64_t tags = get_le(m->block + 16, 8);

	return m->blocks <= UINT64_MAX / BLOCK - 1 &&
	       size == (m->blocks + 1) * BLOCK &&
	       m->blocks == tags / BLOCK_TAGS + (tags % BLOCK_TAGS != 0);
}

static int check_head(struct members *m,
	const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE], struct err *e)
{
	struct stat st;
	char mark[MEMBERS_MARK_TEXT];

	if (fstat(m->fd, &st) || read_whole(m->fd, m->block, BLOCK, 0) ||
		!is_sound(m->cpu, m->block) ||
		memcmp(m->block, magic, sizeof magic))
		return damaged(m->mark, "damaged or no members file", e);
	if (get_le(m->block + 8, 4) != VERSION ||
		get_le(m->block + 12, 4) != BLOCK)
		return damaged(m->mark, "of a newer version", e);
	m->blocks = get_le(m->block + 24, 8);
	if (!fits(m, (uint64_t)st.st_size))
		return damaged(m->mark, "cut short", e);
	snprintf(mark, sizeof mark, "%016llx",
		(unsigned long long)get_le(m->block + 32, 8));
	if (strcmp(mark, m->mark))
		return damaged(m->mark, "another batch's", e);
	if (memcmp(m->block + 48, fingerprint, IDENT_FINGERPRINT_SIZE))
		return damaged(m->mark, "of another index key", e);
	return 0;
}

void members_close(struct members *m)
{
	if (m->fd >= 0)
		close(m->fd);
	m->fd = -1;
}

static void close_late(void *m)
{
	members_close(m);
}

int members_open(struct arena *a, struct members **out, const char *folder,
	const char *mark, const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE],
	struct err *e)
{
	struct members *m = arena_one(a, struct members);
	const char *path =
		arena_cstr(a, arena_fmt(a, "%s/%s.tym", folder, mark));

	m->cpu = cpu_path_resolve(CPU_BEST);
	snprintf(m->mark, sizeof m->mark, "%s", mark);
	m->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (m->fd < 0 && errno == ENOENT) {
		err_set(e, ERR_NOT_FOUND, "there is no members file %s.tym",
			mark);
		return err_hint(e, "restore \"%s\" from a backup", path);
	}
	if (m->fd < 0)
		return err_errno(e, "open \"%s\"", path);
	arena_defer(a, close_late, m);
	*out = m;
	return check_head(m, fingerprint, e);
}

/* Block number at, from 1. */
static int load(struct members *m, uint64_t at, struct err *e)
{
	uint64_t n;

	if (m->at == at)
		return 0;
	m->at = 0;
	if (read_whole(m->fd, m->block, BLOCK, at * BLOCK) ||
		!is_sound(m->cpu, m->block))
		return damaged(m->mark, "damaged", e);
	n = get_le(m->block + COUNT_AT, 4);
	if (!n || n > BLOCK_TAGS)
		return damaged(m->mark, "damaged", e);
	m->at = at;
	return 0;
}

static bool is_in_block(const struct members *m, uint64_t tag)
{
	uint64_t n = get_le(m->block + COUNT_AT, 4);

	for (uint64_t i = 0; i < n; i++)
		if (get_le(m->block + i * 8, 8) == tag)
			return true;
	return false;
}

/* The last block whose first tag is not above it is the only one to hold it. */
int members_have(
	struct members *m, const uint8_t key[IDENT_KEY_SIZE], struct err *e)
{
	uint64_t tag = tag_of(key);
	uint64_t low = 1, high = m->blocks + 1; /* found: low <= it < high */

	if (!m->blocks)
		return 0;
	while (high - low > 1) {
		uint64_t middle = low + (high - low) / 2;

		if (load(m, middle, e))
			return -1;
		if (get_le(m->block, 8) <= tag)
			low = middle;
		else
			high = middle;
	}
	return load(m, low, e) ? -1 : is_in_block(m, tag);
}
