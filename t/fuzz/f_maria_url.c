/* Any bytes as the address of a MariaDB database: whole, or an error. */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "connect/mariadb/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(4 << 20);
	struct maria_url u;
	struct err e = { 0 };

	if (size > 8192) {
		arena_free(a);
		return 0;
	}
	if (!maria_url_read(a, (str){ (const char *)data, size }, &u, &e)) {
		must(u.user[0] && u.password && u.database[0] &&
			u.port <= 65535 && (u.host[0] || u.socket));
		must(strlen(u.user) + strlen(u.password) + strlen(u.host) +
				strlen(u.database) <
			size);
	} else {
		must(e.code == ERR_INVALID);
	}
	arena_free(a);
	return 0;
}
