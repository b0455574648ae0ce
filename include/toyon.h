#ifndef TOYON_H
#define TOYON_H

#include <stddef.h>
#include <stdint.h>

/*
 * libtoyon: may this person be passed on?  Asks a suppression index in the
 * program's own memory: no server, no lock, no allocation after opening.
 *
 *	struct toyon *t;
 *	char why[TOYON_WHY_SIZE];
 *
 *	if (toyon_open(&t, "/var/lib/toyon/suppress.tyx",
 *		    "/var/lib/toyon/index.key", why))
 *		return fprintf(stderr, "%s\n", why);
 *	if (toyon_check(t, "email", "Bob@Example.com", 15) == 0)
 *		sell();
 *	toyon_close(t);
 *
 * The index is a file that `toyon index build` or a running installation keeps;
 * the key is the installation's 32-byte index secret.  An open index does not
 * change: toyon_refresh() takes up a newer file.  What was recorded after the
 * file was built is not in it; programs that must know within a millisecond ask
 * the installation's API.
 *
 * One struct toyon may be used by any number of threads at once, except for
 * toyon_refresh() and toyon_close().
 */
#ifdef __cplusplus
extern "C" {
#endif

struct toyon;

enum {
	TOYON_WHY_SIZE = 256,
	TOYON_DIGEST_SIZE = 32,
	TOYON_TEXT_SIZE = 320,
};

/* What a check can answer besides reasons, which are greater than 0. */
enum {
	TOYON_CLEAR = 0,
	TOYON_UNREADABLE = -1, /* the value is no identifier of the kind */
	TOYON_UNKNOWN_KIND = -2,
};

/*
 * key_path: a file of 32 bytes, or of 64 hex digits.  0, or -1 with one line in
 * why: the file is not there, damaged, cut short, of another installation or of
 * a newer version.
 */
int toyon_open(struct toyon **out, const char *index_path, const char *key_path,
	char why[TOYON_WHY_SIZE]);
void toyon_close(struct toyon *t); /* NULL is fine */

/* 1 when a newer file was taken up, 0 when there is none, -1 with why: the old
 * one stays in use. */
int toyon_refresh(struct toyon *t, char why[TOYON_WHY_SIZE]);

/*
 * Reasons as bits (sale or sharing 1, limit 2, deleted 4, minor 8, DROP 16 ...),
 * TOYON_CLEAR, or less than 0.  kind is "email", "phone", "maid", ...; a
 * composite comes with its parts separated by "|".  The value may be raw or
 * hashed (SHA-256 in hex or Base64).
 */
int64_t toyon_check(const struct toyon *t, const char *kind, const char *value,
	size_t size);

/*
 * Many values of one kind: answer[i] as above.  16 times as fast as one by one
 * where the index is larger than the processor's cache.  -2 for an unknown kind,
 * else 0.
 */
int toyon_check_many(const struct toyon *t, const char *kind,
	const char *const *value, const size_t *size, size_t n,
	int64_t *answer);

/* The same for SHA-256 digests that are at hand: 32 bytes each. */
int toyon_check_digests(const struct toyon *t, const char *kind,
	const unsigned char *digest, size_t n, int64_t *answer);

/* "opt-out,deleted"; returns its length, at most size - 1 is written. */
size_t toyon_reasons(int64_t answer, char *out, size_t size);

/*
 * The standardized text of a value, as it is hashed; its length, or less than 0.
 * Needs no index.
 */
int toyon_standardize(const char *kind, const char *value, size_t size,
	char out[TOYON_TEXT_SIZE]);

struct toyon_info {
	uint64_t seq; /* the last entry of the suppression log contained */
	uint64_t generation;
	int64_t built_at; /* ms since 1970-01-01T00:00Z */
	uint64_t keys;
};
void toyon_info(const struct toyon *t, struct toyon_info *out);

#ifdef __cplusplus
}
#endif

#endif
