#ifndef INDEX_KEY_FILE_H
#define INDEX_KEY_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "ident/key.h"

/*
 * The secret of an index, in a file: 32 bytes, or 64 hex digits.  An installation
 * has it in keys/index.key.  An index that was made from a list has one of its
 * own beside it, FILE.tyx.key, made at random (0600): without it the index gives
 * no phone number away, and nobody can aim at its buckets.
 */
int key_file_read(
	const char *path, uint8_t secret[IDENT_SECRET_SIZE], struct err *e);

/* "FILE.tyx.key" */
const char *key_file_beside(struct arena *a, const char *index_path);

/* Reads the file; when there is none, makes one with a new secret. */
int key_file_need(
	const char *path, uint8_t secret[IDENT_SECRET_SIZE], struct err *e);

#endif
