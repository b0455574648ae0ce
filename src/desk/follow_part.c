/* The file of a snapshot that is not whole yet. */
#include "desk/follow_part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "desk/follow_number.h"

static int refuse(struct err *e, const char *why)
{
	err_set(e, ERR_CORRUPT, "%s", why);
	return err_hint(e, "nothing was changed; the copy is as it was");
}

/* The piece at p->end into `out`, which has room for most; 1, 0 when the file
 * has no whole one there, -1. */
static int read_piece(struct follow_part *p, size_t most, uint8_t *out,
	size_t *size, struct err *e)
{
	uint8_t head[4];
	ssize_t got = pread(p->fd, head, sizeof head, (off_t)p->end);

	if (got == (ssize_t)sizeof head) {
		*size = (size_t)number_at(head, 4);
		if (!*size || *size > most)
			return 0;
		got = pread(p->fd, out, *size, (off_t)(p->end + sizeof head));
		if (got == (ssize_t)*size)
			return 1;
	}
	return got < 0 ? err_errno(e, "read \"%s\"", p->path) : 0;
}

static bool is_block(const struct follow_part *p, uint32_t n, str block)
{
	uint8_t hash[FOLLOW_HASH_SIZE];

	follow_block_hash(block, hash);
	return !memcmp(
		hash, p->m.blocks + (size_t)n * FOLLOW_HASH_SIZE, sizeof hash);
}

static void step_over(struct follow_part *p, size_t size)
{
	p->end += 4 + size;
}

/* 1 when the file begins with a manifest of that key, 0 when not. */
static int read_manifest(
	struct follow_part *p, const uint8_t *public_key, struct err *e)
{
	uint8_t *bytes = arena_array(p->arena, 1, FOLLOW_MANIFEST_SIZE_MAX);
	size_t size;
	struct err why;
	int rc = read_piece(p, FOLLOW_MANIFEST_SIZE_MAX, bytes, &size, e);

	if (rc <= 0)
		return rc;
	if (follow_manifest_read(
		    (str){ (const char *)bytes, size }, &p->m, &why) ||
		!keys_audit_verify(public_key,
			follow_manifest_text(p->arena, &p->m), p->m.signature))
		return 0;
	step_over(p, size);
	return 1;
}

static int read_blocks(struct follow_part *p, struct err *e)
{
	uint8_t *bytes = malloc(FOLLOW_BLOCK_SIZE_MAX);
	size_t size;
	int rc = 1;

	must(bytes != NULL);
	while (rc > 0 && p->n + 1 < follow_blocks_n(&p->m)) {
		rc = read_piece(p, FOLLOW_BLOCK_SIZE_MAX, bytes, &size, e);
		if (rc > 0 &&
			!is_block(p, p->n, (str){ (const char *)bytes, size }))
			rc = 0;
		if (rc > 0) {
			step_over(p, size);
			p->n++;
		}
	}
	free(bytes);
	return rc < 0 ? -1 : 0;
}

int follow_part_open(struct follow_part *p, const char *path,
	const uint8_t public_key[KEY_SIZE], struct err *e)
{
	int rc;

	*p = (struct follow_part){ .path = path };
	p->arena = arena_new(2 * (size_t)FOLLOW_MANIFEST_SIZE_MAX);
	p->fd = open(p->path, O_RDWR | O_CLOEXEC);
	if (p->fd < 0)
		return errno == ENOENT ? 0
				       : err_errno(e, "open \"%s\"", p->path);
	rc = read_manifest(p, public_key, e);
	if (rc > 0)
		return read_blocks(p, e);
	if (!rc)
		follow_part_drop(p);
	return rc;
}

static void close_file(struct follow_part *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

void follow_part_close(struct follow_part *p)
{
	close_file(p);
	arena_free(p->arena);
}

static int append(struct follow_part *p, str piece, struct err *e)
{
	uint8_t head[4];

	number_put(head, piece.n, sizeof head);
	if (lseek(p->fd, (off_t)p->end, SEEK_SET) < 0 ||
		write_all(p->fd, head, sizeof head) ||
		write_all(p->fd, piece.p, piece.n))
		return err_errno(e, "write \"%s\"", p->path);
	step_over(p, piece.n);
	return 0;
}

int follow_part_begin(struct follow_part *p, str manifest, struct err *e)
{
	str kept;

	close_file(p);
	arena_clear(p->arena);
	kept = arena_dup(p->arena, manifest);
	p->fd = open(p->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (p->fd < 0)
		return err_errno(e, "open \"%s\"", p->path);
	p->n = 0;
	p->end = 0;
	if (follow_manifest_read(kept, &p->m, e))
		return -1;
	return append(p, kept, e);
}

int follow_part_put(struct follow_part *p, str block, struct err *e)
{
	must(p->fd >= 0 && !follow_part_is_whole(p));
	if (block.n > FOLLOW_BLOCK_SIZE_MAX || !is_block(p, p->n, block))
		return refuse(e, "the answer is not the block that was signed");
	if (append(p, block, e))
		return -1;
	p->n++;
	return 0;
}

bool follow_part_is_whole(const struct follow_part *p)
{
	return p->fd >= 0 && p->n == follow_blocks_n(&p->m);
}

/* Where the first block begins. */
static uint64_t blocks_at(const struct follow_part *p)
{
	return 4 + FOLLOW_MANIFEST_HEAD +
	       follow_blocks_n(&p->m) * FOLLOW_HASH_SIZE;
}

uint64_t follow_part_size(const struct follow_part *p)
{
	return p->end - blocks_at(p) - 4 * (uint64_t)p->n;
}

int follow_part_each(
	struct follow_part *p, follow_held_fn *fn, void *ctx, struct err *e)
{
	uint8_t *bytes = malloc(FOLLOW_BLOCK_SIZE_MAX);
	uint64_t end = p->end;
	size_t size;
	int rc = 1;

	must(bytes != NULL);
	p->end = blocks_at(p);
	for (uint32_t n = 0; rc > 0 && n < p->n; n++) {
		str block = { (const char *)bytes, 0 };

		rc = read_piece(p, FOLLOW_BLOCK_SIZE_MAX, bytes, &size, e);
		if (rc <= 0)
			break;
		block.n = size;
		step_over(p, size);
		if (!is_block(p, n, block))
			rc = 0;
		else if (follow_block_read(block,
				 (struct follow_cut){ p->m.bits, n }, fn, ctx,
				 e))
			rc = -1;
	}
	p->end = end;
	free(bytes);
	return rc > 0   ? 0
	       : rc < 0 ? -1
			: refuse(e, "the snapshot has changed on the disk");
}

void follow_part_drop(struct follow_part *p)
{
	close_file(p);
	unlink(p->path);
	p->n = 0;
	p->end = 0;
}
