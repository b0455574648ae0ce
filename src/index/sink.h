#ifndef INDEX_SINK_H
#define INDEX_SINK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ident/cpu.h"

/*
 * The sections of an index file, written one after the other through a buffer,
 * each with its checksum.  A write that fails is remembered and told at the end.
 */
enum { SINK_BUFFER = 1 << 20 };

struct sink {
	int fd;
	enum cpu_path cpu;
	int failed; /* errno of the first write that did */
	uint32_t crc;
	size_t held;
	uint64_t size; /* of the section so far */
	uint8_t buffer[SINK_BUFFER];
};

void sink_init(struct sink *s, int fd, enum cpu_path cpu);
void sink_put(struct sink *s, const void *bytes, size_t n);
/* Room for n bytes, at most a buffer's, that the caller fills before the next
 * call. */
void *sink_room(struct sink *s, size_t n);
/* Fills the section up to a page; returns its checksum, 0 for an empty one. */
uint32_t sink_end(struct sink *s);

#endif
