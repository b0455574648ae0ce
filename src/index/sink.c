/* Sections of a file through one buffer, with their checksums. */
#include "index/sink.h"

#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "base/file.h"
#include "index/crc32c.h"
#include "index/format.h"

void sink_init(struct sink *s, int fd, enum cpu_path cpu)
{
	s->fd = fd;
	s->cpu = cpu;
	s->failed = 0;
	s->crc = 0;
	s->held = 0;
	s->size = 0;
}

static void flush(struct sink *s)
{
	s->crc = crc32c(s->cpu, s->crc, s->buffer, s->held);
	if (!s->failed && s->held && write_all(s->fd, s->buffer, s->held))
		s->failed = errno;
	s->held = 0;
}

void sink_put(struct sink *s, const void *bytes, size_t n)
{
	const uint8_t *p = bytes; /* may be NULL when n is 0 */

	s->size += n;
	while (n > 0) {
		size_t room = SINK_BUFFER - s->held;
		size_t k = n < room ? n : room;

		memcpy(s->buffer + s->held, p, k);
		s->held += k;
		p += k;
		n -= k;
		if (s->held == SINK_BUFFER)
			flush(s);
	}
}

void *sink_room(struct sink *s, size_t n)
{
	void *room;

	must(n <= SINK_BUFFER);
	if (SINK_BUFFER - s->held < n)
		flush(s);
	room = s->buffer + s->held;
	s->held += n;
	s->size += n;
	return room;
}

uint32_t sink_end(struct sink *s)
{
	static const uint8_t zeros[INDEX_PAGE];
	uint32_t crc;

	if (s->size % INDEX_PAGE)
		sink_put(s, zeros, INDEX_PAGE - s->size % INDEX_PAGE);
	flush(s);
	crc = s->size ? s->crc : 0;
	s->crc = 0;
	s->size = 0;
	return crc;
}
