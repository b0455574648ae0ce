/*
 * Any bytes as an email that came: they are read, within the bounds, and what is read is
 * text in UTF-8 that ends no line of a header.
 */
#include "mail/received.h"

#include <stdint.h>

#include "base/base.h"
#include "mail/letter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_line(personal line)
{
	must(line.v.n <= RECEIVED_LINE_MAX && str_is_text(line.v));
	must(!str_has(line.v, '\n') && !str_has(line.v, '\r'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct received m;
	struct arena *a;

	if (size > 1 << 16)
		return 0;
	a = arena_new(1 << 28);
	received_read(a, (str){ (const char *)data, size }, &m);
	must(!m.from.v.n || letter_is_address(m.from.v));
	check_line(m.subject);
	check_line(m.from_name);
	must(m.text.v.n <= RECEIVED_TEXT_MAX && str_is_text(m.text.v));
	must(m.files >= 0 && m.files <= RECEIVED_PARTS);
	must(m.from.v.n || m.is_automatic);
	arena_free(a);
	return 0;
}
