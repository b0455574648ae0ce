/* Any bytes as the address of a server: whole, or an error. */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "connect/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const schemes[] = { "mysql", "mariadb", NULL };
	static const struct url_form form = { schemes, true, true, "" };
	struct arena *a = arena_new(4 << 20);
	struct conn_url u;
	struct err e = { 0 };

	if (size > 8192) {
		arena_free(a);
		return 0;
	}
	if (!conn_url_read(
		    a, (str){ (const char *)data, size }, &form, &u, &e)) {
		must(u.user[0] && u.password && u.path[0] && u.port <= 65535 &&
			(u.host[0] || u.socket));
		must(strlen(u.user) + strlen(u.password) + strlen(u.host) +
				strlen(u.path) <
			size);
	} else {
		must(e.code == ERR_INVALID);
	}
	arena_free(a);
	return 0;
}
