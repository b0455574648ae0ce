/*
 * One question after the other among the digests of a list, as a library in the
 * same process answers it: our index, LMDB, and a prepared statement of SQLite.
 * 5 % of the questions are hits; every answer is compared with what was asked.
 *
 *	keyvalue HASHES.txt INDEX.tyx KEYFILE FOLDER ROUNDS
 *	keyvalue cold HASHES.txt INDEX.tyx KEYFILE
 *
 * Rounds alternate; printed are medians of CPU time a question.  The second form
 * puts the index file out of the page cache and tells the time from opening it
 * to the first answer.
 */
#include <fcntl.h>
#include <lmdb.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "include/toyon.h"

enum { QUESTIONS = 1000000, SIZE = 32, BATCH = 1000, ROUNDS_MAX = 32 };

struct world {
	unsigned char (*digest)[SIZE];
	size_t n;
	unsigned char (*question)[SIZE];
	unsigned char *want;
	unsigned char *got;
};

static void die(const char *what)
{
	fprintf(stderr, "keyvalue: %s\n", what);
	exit(1);
}

static double clock_s(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t mix(uint64_t x)
{
	x += 0x9E3779B97F4A7C15u;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

static int nibble(char c)
{
	return c > '9' ? c - 'a' + 10 : c - '0';
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, SIZE);
}

static void read_list(struct world *w, const char *path, size_t most)
{
	char line[128];
	size_t room = 1 << 20;
	FILE *f = fopen(path, "r");

	w->digest = malloc(room * SIZE);
	while (f && w->digest && w->n < most && fgets(line, sizeof line, f)) {
		if (w->n == room)
			w->digest = realloc(w->digest, (room *= 2) * SIZE);
		if (!w->digest)
			break;
		for (int i = 0; i < SIZE; i++)
			w->digest[w->n][i] =
				(unsigned char)(nibble(line[2 * i]) << 4 |
						nibble(line[2 * i + 1]));
		w->n++;
	}
	if (!w->n)
		die("no list");
	fclose(f);
}

static void ask(struct world *w)
{
	w->question = malloc((size_t)QUESTIONS * SIZE);
	w->want = calloc(QUESTIONS, 1);
	w->got = calloc(QUESTIONS, 1);
	if (!w->question || !w->want || !w->got)
		die("no memory");
	for (uint64_t i = 0; i < QUESTIONS; i++) {
		uint64_t x = mix(i ^ 77);

		w->want[i] = x % 20 == 0;
		if (w->want[i])
			memcpy(w->question[i], w->digest[mix(x) % w->n], SIZE);
		for (size_t k = 0; !w->want[i] && k < SIZE / 8; k++) {
			uint64_t v = mix(i * 4 + k + (1ull << 50));

			memcpy(w->question[i] + 8 * k, &v, 8);
		}
	}
}

/* --- ours --- */

static void ours(struct world *w, void *ctx)
{
	int64_t answer[BATCH];

	for (size_t i = 0; i < QUESTIONS; i += BATCH) {
		toyon_check_digests(
			ctx, "email", w->question[i], BATCH, answer);
		for (size_t k = 0; k < BATCH; k++)
			w->got[i + k] = answer[k] > 0;
	}
}

static struct toyon *open_ours(const char *index, const char *key)
{
	char why[TOYON_WHY_SIZE];
	struct toyon *t;

	if (toyon_open(&t, index, key, why))
		die(why);
	return t;
}

/* --- LMDB --- */

struct lmdb {
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
};

static void lmdb_open(struct lmdb *l, const struct world *w, const char *path)
{
	MDB_val none = { 0, (void *)(uintptr_t) "" };

	if (mdb_env_create(&l->env) ||
		mdb_env_set_mapsize(l->env, (size_t)w->n * 100 + (1u << 26)) ||
		mdb_env_open(l->env, path, MDB_NOSUBDIR | MDB_NOSYNC, 0600) ||
		mdb_txn_begin(l->env, NULL, 0, &l->txn) ||
		mdb_dbi_open(l->txn, NULL, 0, &l->dbi))
		die("LMDB does not open");
	for (size_t i = 0; i < w->n; i++) {
		MDB_val key = { SIZE, w->digest[i] };

		if (mdb_put(l->txn, l->dbi, &key, &none, MDB_APPEND))
			die("LMDB does not take a key");
	}
	if (mdb_txn_commit(l->txn) ||
		mdb_txn_begin(l->env, NULL, MDB_RDONLY, &l->txn))
		die("LMDB does not commit");
}

static void lmdb(struct world *w, void *ctx)
{
	struct lmdb *l = ctx;

	for (size_t i = 0; i < QUESTIONS; i++) {
		MDB_val key = { SIZE, w->question[i] }, value;

		w->got[i] = !mdb_get(l->txn, l->dbi, &key, &value);
	}
}

/* --- SQLite --- */

static void run_sql(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL))
		die(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL))
		die(sqlite3_errmsg(db));
	return s;
}

static sqlite3 *sqlite_open(const struct world *w, const char *path)
{
	sqlite3_stmt *s;
	sqlite3 *db;

	if (sqlite3_open(path, &db))
		die("SQLite does not open");
	run_sql(db, "pragma journal_mode = off; pragma synchronous = off;"
		    "pragma cache_size = -1000000;"
		    "pragma mmap_size = 30000000000;"
		    "create table suppressed(h blob primary key) without rowid;"
		    "begin");
	s = prepare(db, "insert into suppressed values (?)");
	for (size_t i = 0; i < w->n; i++) {
		sqlite3_bind_blob(s, 1, w->digest[i], SIZE, SQLITE_STATIC);
		if (sqlite3_step(s) != SQLITE_DONE)
			die(sqlite3_errmsg(db));
		sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	run_sql(db, "commit");
	return db;
}

static void sqlite(struct world *w, void *ctx)
{
	sqlite3_stmt *s = ctx;

	for (size_t i = 0; i < QUESTIONS; i++) {
		sqlite3_bind_blob(s, 1, w->question[i], SIZE, SQLITE_STATIC);
		w->got[i] = sqlite3_step(s) == SQLITE_ROW;
		sqlite3_reset(s);
	}
}

/* --- side by side --- */

static double time_of(
	struct world *w, void (*fn)(struct world *, void *), void *ctx)
{
	double start = clock_s(CLOCK_PROCESS_CPUTIME_ID);

	memset(w->got, 2, QUESTIONS);
	fn(w, ctx);
	start = clock_s(CLOCK_PROCESS_CPUTIME_ID) - start;
	if (memcmp(w->got, w->want, QUESTIONS))
		die("a wrong answer");
	return start * 1e9 / QUESTIONS;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, by_value);
	return v[n / 2];
}

static int compare(char **v)
{
	struct world w = { 0 };
	static double ns[3][ROUNDS_MAX];
	int rounds = (int)strtol(v[4], NULL, 10);
	struct lmdb l;
	struct toyon *t = open_ours(v[1], v[2]);
	sqlite3 *db;
	sqlite3_stmt *s;
	char path[4096];

	if (rounds < 1 || rounds > ROUNDS_MAX)
		die("1 to 32 rounds");
	read_list(&w, v[0], SIZE_MAX);
	ask(&w);
	qsort(w.digest, w.n, SIZE, by_bytes);
	snprintf(path, sizeof path, "%s/lmdb", v[3]);
	lmdb_open(&l, &w, path);
	snprintf(path, sizeof path, "%s/sqlite", v[3]);
	db = sqlite_open(&w, path);
	run_sql(db, "begin");
	s = prepare(db, "select 1 from suppressed where h = ?");
	for (int r = 0; r < rounds; r++) {
		ns[0][r] = time_of(&w, ours, t);
		ns[1][r] = time_of(&w, lmdb, &l);
		ns[2][r] = time_of(&w, sqlite, s);
	}
	printf("%.1f %.1f %.1f\n", median(ns[0], rounds), median(ns[1], rounds),
		median(ns[2], rounds));
	return 0;
}

/* The first hash of the list must be found. */
static int cold(char **v)
{
	struct world w = { 0 };
	int fd = open(v[1], O_RDONLY);
	int64_t answer;
	double start;
	struct toyon *t;

	read_list(&w, v[0], 1);
	if (fd < 0 || fdatasync(fd) ||
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED))
		die("the file stays in the page cache");
	close(fd);
	start = clock_s(CLOCK_MONOTONIC);
	t = open_ours(v[1], v[2]);
	toyon_check_digests(t, "email", w.digest[0], 1, &answer);
	start = clock_s(CLOCK_MONOTONIC) - start;
	toyon_close(t);
	if (answer <= 0)
		die("a wrong answer");
	printf("%.3f\n", start);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 5 && !strcmp(argv[1], "cold"))
		return cold(argv + 2);
	if (argc == 6)
		return compare(argv + 1);
	fputs("usage: keyvalue HASHES INDEX KEYFILE FOLDER ROUNDS | cold "
	      "HASHES INDEX KEYFILE\n",
		stderr);
	return 2;
}
