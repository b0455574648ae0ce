/*
 * Has anybody committed since?  SQLite's processes tell each other in the first
 * 96 bytes of the WAL index, which all of them have in memory: the header, 48
 * bytes, twice (sqlite.org/walformat.html, 2.1).  A commit writes the second
 * copy, then the first, and only then returns.  So two equal copies are what was
 * committed last, and each commit changes them: the number of frames grows, or
 * the log begins anew with other salts.
 *
 * A reader of SQLite compares the same bytes at the start of each transaction,
 * but behind two locks of the file, which cost more than the comparison saves.
 */
#include <stdatomic.h>
#include <string.h>

#include "base/base.h"
#include "store/sqlite/sqlite.h"

enum {
	HEADER_WORDS = 12,
	INDEX_PAGE = 32768, /* SQLite maps it in pieces of this size */
	VERSION_AT = 0,
	VERSION = 3007000,
};

_Static_assert(sizeof(struct db_stamp) == HEADER_WORDS * sizeof(uint32_t),
	"a stamp is a header");

/* Mapped by SQLite already, as soon as the connection has read anything, and
 * until it is closed. */
static const volatile uint32_t *find_shared(struct sqlite_db *s)
{
	sqlite3_file *file = NULL;
	volatile void *at = NULL;

	if (sqlite3_file_control(
		    s->h, "main", SQLITE_FCNTL_FILE_POINTER, &file) ||
		!file || !file->pMethods || file->pMethods->iVersion < 2)
		return NULL;
	if (file->pMethods->xShmMap(file, 0, INDEX_PAGE, 0, &at))
		return NULL;
	return at;
}

static void read_copy(const volatile uint32_t *from, uint32_t out[HEADER_WORDS])
{
	for (size_t i = 0; i < HEADER_WORDS; i++)
		out[i] = from[i];
	atomic_thread_fence(memory_order_acquire);
}

bool sqlite_stamp(struct db *db, struct db_stamp *out)
{
	struct sqlite_db *s = sqlite_of(db);
	uint32_t second[HEADER_WORDS];

	if (!s->shared)
		s->shared = find_shared(s);
	if (!s->shared)
		return false;
	/* In the order in which SQLite reads them: the writer goes the other
	 * way, so a header in the making shows as a difference. */
	read_copy(s->shared, out->word);
	read_copy(s->shared + HEADER_WORDS, second);
	return out->word[VERSION_AT] == VERSION &&
	       !memcmp(out->word, second, sizeof second);
}
