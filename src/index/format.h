#ifndef INDEX_FORMAT_H
#define INDEX_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "ident/key.h"
#include "index/index.h"

/*
 * An index file, version 1.  Numbers are little-endian.  Sections start at
 * multiples of 4,096 and are filled up with zeros; where each one stands follows
 * from the counts in the header, so there is no offset to lie about.
 *
 *	  0  8  magic: 89 "TYX" 0D 0A 1A 0A (a transfer as text breaks it)
 *	  8  4  version: 1
 *	 12  4  flags: bit 0: with proof (sections 3 and 4)
 *	 16  8  seq: the last entry of the suppression log that is contained
 *	 24  8  generation
 *	 32  8  built_at: ms since 1970-01-01T00:00Z
 *	 40 16  fingerprint of the key ring (ident/key.h)
 *	 56  4  kinds: bit of each enum ident_kind that may be in
 *	 60  4  reasons: every bit that occurs
 *	 64  8  keys: how many
 *	 72  8  home: lines that a key can belong to
 *	 80  8  lines: home, then those for overflow; the last one is not full
 *	 88  4  masks: how many different reason masks, 0 to 255
 *	 92  4  code width: bytes of a reason code, 0, 1 or 4
 *	 96  4  CRC-32C of section 0 with its filling; 100, 104, 108, 112: of
 *	        sections 1 to 4; 0 for one that is empty
 *	116 32  origin: says whose log it is of (index/index.h); zeros: not said
 *	148     zeros
 *	4092 4  CRC-32C of the header's first 4,092 bytes
 *
 *	section 0, lines		lines * 64 bytes
 *	section 1, reason codes		lines * 8 * code width
 *	section 2, masks		masks * 4
 *	section 3, keys			keys * 32	with proof only
 *	section 4, codes of the keys	keys * code width	with proof only
 *
 * A key is read as two big-endian halves of its first 16 bytes, hi and tag; tags
 * 0 and 1 are kept as 2 and 3.  It belongs to line hi * home / 2^64.  A line is
 * 8 tags of 64 bits:
 *
 *	[ tags that did not fit their own lines before | own tags, ascending ]
 *	[ zeros when there is room left ]
 *
 * What does not fit (the largest own tags) is carried to the next line.  A line
 * that can take nothing but carried tags has 7 of them and a 1 at the end.  So a
 * look-up reads the key's line and stops there when the last tag is 0 (room
 * left) or greater than the tag (it would have been here), in nine of ten cases;
 * else it reads on until a line whose last tag is not 1.
 *
 * A code of width 1 is a position in the masks; of width 4 it is the mask; of
 * width 0 all keys have masks[0].  The keys of section 3 ascend, each once.
 *
 * 64 tag bits in one of some million lines: about 3e-19 that a key which is not
 * in is taken for one that is; section 3 has all 256 bits.
 */
enum {
	INDEX_VERSION = 1,
	INDEX_PAGE = 4096,
	INDEX_LINE_SLOTS = 8,
	INDEX_LINE_SIZE = 64,
	INDEX_MASKS_MAX = 255,
	INDEX_SECTIONS = 5,
	INDEX_FLAG_PROOF = 1,
	INDEX_TAG_FULL = 1, /* last of a line of carried tags only */
};

enum index_section {
	SECTION_LINES,
	SECTION_CODES,
	SECTION_MASKS,
	SECTION_KEYS,
	SECTION_KEY_CODES,
};

#define INDEX_MAGIC "\x89TYX\r\n\x1a\n"

struct index_header {
	uint8_t magic[8];
	uint32_t version;
	uint32_t flags;
	uint64_t seq;
	uint64_t generation;
	int64_t built_at;
	uint8_t fingerprint[IDENT_FINGERPRINT_SIZE];
	uint32_t kinds;
	uint32_t reasons;
	uint64_t keys;
	uint64_t home;
	uint64_t lines;
	uint32_t masks;
	uint32_t code_width;
	uint32_t crc[INDEX_SECTIONS];
	uint8_t origin[INDEX_ORIGIN_SIZE];
	uint8_t zeros[INDEX_PAGE - 4 - 148];
	uint32_t header_crc;
};

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	"the file is mapped as it is");
_Static_assert(sizeof(struct index_header) == INDEX_PAGE, "as drawn");
_Static_assert(offsetof(struct index_header, keys) == 64, "as drawn");
_Static_assert(offsetof(struct index_header, crc) == 96, "as drawn");
_Static_assert(offsetof(struct index_header, origin) == 116, "as drawn");
_Static_assert(offsetof(struct index_header, zeros) == 148, "as drawn");
_Static_assert(offsetof(struct index_header, header_crc) == 4092, "as drawn");

/* Where the sections stand, from the header's counts. */
struct index_layout {
	uint64_t at[INDEX_SECTIONS + 1]; /* [5] is the size of the file */
	uint64_t size[INDEX_SECTIONS];   /* without the filling */
};

/* False when the counts are absurd (a number does not fit 2^56). */
int index_layout_of(const struct index_header *h, struct index_layout *out);

/* The halves of a key that a look-up uses. */
static inline uint64_t index_key_hi(const uint8_t *key)
{
	uint64_t v;

	__builtin_memcpy(&v, key, sizeof v);
	return __builtin_bswap64(v);
}

static inline uint64_t index_key_tag(const uint8_t *key)
{
	uint64_t v = index_key_hi(key + 8);

	return v < 2 ? v + 2 : v;
}

static inline uint64_t index_home_line(uint64_t hi, uint64_t home)
{
	__extension__ typedef unsigned __int128 wide;

	return (uint64_t)((wide)hi * home >> 64);
}

#endif
