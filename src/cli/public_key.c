/* The business's public key, as whoever verifies got it from elsewhere. */
#include "cli/public_key.h"

#include "base/enc.h"
#include "base/file.h"
#include "desk/keys.h"

enum { KEY_HEX = 2 * KEY_SIZE, KEY_FILE_MAX = 4096 };

static bool is_hex_key(str s)
{
	unsigned char key[KEY_SIZE];

	return s.n == KEY_HEX && hex_read(s, key, sizeof key);
}

int public_key_option(struct cli *c, str *out, struct err *e)
{
	const char *given = cli_option(c, "key");

	*out = str_of(given);
	if (!given || is_hex_key(*out))
		return 0;
	if (file_read(c->arena, given, KEY_FILE_MAX, out, e))
		return -1;
	*out = str_trim(*out);
	if (is_hex_key(*out))
		return 0;
	err_set(e, ERR_INVALID, "\"%s\" holds no public key", given);
	return err_hint(e, "it is 64 hex digits, as in keys/audit.pub");
}
