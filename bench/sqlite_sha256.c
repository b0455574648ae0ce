/*
 * What one would write to check addresses in SQLite without Toyon, as fast as it
 * goes: for bench/sqlite_function.sh.
 *
 *	email_sha256(text)	the digest of the lower-case address, as a blob
 *	blob_of_hex(text)	32 bytes from 64 hex digits
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <ctype.h>
#include <openssl/sha.h>
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

enum { TEXT_MAX = 320 };

static void email_sha256(sqlite3_context *c, int n, sqlite3_value **v)
{
	const unsigned char *s = sqlite3_value_text(v[0]);
	unsigned char low[TEXT_MAX], digest[SHA256_DIGEST_LENGTH];
	int from = 0, to = sqlite3_value_bytes(v[0]);
	SHA256_CTX sha;

	(void)n;
	while (from < to && s[from] == ' ')
		from++;
	while (from < to && s[to - 1] == ' ')
		to--;
	if (from == to || to - from > TEXT_MAX)
		return;
	for (int i = from; i < to; i++)
		low[i - from] = (unsigned char)tolower(s[i]);
	SHA256_Init(&sha);
	SHA256_Update(&sha, low, (size_t)(to - from));
	SHA256_Final(digest, &sha);
	sqlite3_result_blob(c, digest, sizeof digest, SQLITE_TRANSIENT);
}

static int digit(unsigned char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

static void blob_of_hex(sqlite3_context *c, int n, sqlite3_value **v)
{
	const unsigned char *s = sqlite3_value_text(v[0]);
	unsigned char out[SHA256_DIGEST_LENGTH];

	(void)n;
	if (sqlite3_value_bytes(v[0]) != 2 * SHA256_DIGEST_LENGTH)
		return;
	for (int i = 0; i < SHA256_DIGEST_LENGTH; i++)
		out[i] = (unsigned char)(digit(s[2 * i]) << 4 |
					 digit(s[2 * i + 1]));
	sqlite3_result_blob(c, out, sizeof out, SQLITE_TRANSIENT);
}

int sqlite3_sqlitesha_init(
	sqlite3 *db, char **error, const sqlite3_api_routines *api);

int sqlite3_sqlitesha_init(
	sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int rc;

	SQLITE_EXTENSION_INIT2(api);
	(void)error;
	rc = sqlite3_create_function(
		db, "email_sha256", 1, flags, NULL, email_sha256, NULL, NULL);
	return rc ? rc
		  : sqlite3_create_function(db, "blob_of_hex", 1, flags, NULL,
			    blob_of_hex, NULL, NULL);
}
