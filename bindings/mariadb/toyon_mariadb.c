/*
 * Hashing where the data lives, inside MariaDB, as a loadable function:
 *
 *	create function toyon_drop_hash returns string
 *		soname 'toyon_mariadb.so';
 *	select hex(toyon_drop_hash('email', email)) from person;
 *
 *	toyon_drop_hash(kind, part...)	what the State's deletion lists hold of a
 *					value, 32 bytes, or NULL
 *
 * NULL: a part is NULL, or the value gives no key.  The kind is written out as a
 * text: a row can only become NULL here, so what is wrong for every row has to be
 * an error before the first one.
 *
 * Parts are taken for UTF-8, since the server does not tell a text's encoding:
 * a column in another is given as convert(name using utf8mb4).
 *
 * It asks no index and keeps nothing, so the server's threads may share it.
 */
#include <mysql.h>
#include <string.h>

/* The server looks the function up in this file by its name in SQL, which is the
 * library's too; that one is linked under another (Makefile). */
#define toyon_drop_hash toyon_library_drop_hash
#include <toyon.h>
#undef toyon_drop_hash

enum { KIND_MAX = 64, PARTS_MAX = 4 };

/* By the contract of the server: NAME_init before the first row, NAME for each. */
my_bool toyon_drop_hash_init(UDF_INIT *init, UDF_ARGS *args, char *message);
char *toyon_drop_hash(UDF_INIT *init, UDF_ARGS *args, char *result,
	unsigned long *length, char *is_null, char *error);

/* The kind with a NUL; one that is too long becomes "", and there is no such. */
static void kind_of(const UDF_ARGS *args, char out[KIND_MAX])
{
	size_t n = args->lengths[0];

	if (n >= KIND_MAX)
		n = 0;
	memcpy(out, args->args[0], n);
	out[n] = '\0';
}

/* What no row can mend; NULL: nothing. */
static const char *problem_of(const UDF_ARGS *args)
{
	static const char *const empty[PARTS_MAX] = { "", "", "", "" };
	static const size_t sizes[PARTS_MAX];
	unsigned char digest[TOYON_DIGEST_SIZE];
	char kind[KIND_MAX];
	int rc;

	if (args->arg_count < 1 || args->arg_type[0] != STRING_RESULT ||
		!args->args[0])
		return "toyon_drop_hash: the kind comes first, written out as "
		       "a text";
	if (args->arg_count > 1 + PARTS_MAX)
		return toyon_problem(TOYON_WRONG_PARTS);
	kind_of(args, kind);
	/* Nothing gives a key of nothing; another answer is about the kind. */
	rc = toyon_library_drop_hash(
		kind, empty, sizes, args->arg_count - 1, digest);
	return rc == TOYON_UNREADABLE ? NULL : toyon_problem(rc);
}

my_bool toyon_drop_hash_init(UDF_INIT *init, UDF_ARGS *args, char *message)
{
	const char *problem = problem_of(args);

	if (problem) {
		/* The server has 512 bytes there. */
		memcpy(message, problem, strlen(problem) + 1);
		return 1;
	}
	/* Numbers and dates come as the texts that SQL shows. */
	for (unsigned i = 0; i < args->arg_count; i++)
		args->arg_type[i] = STRING_RESULT;
	init->maybe_null = 1;
	init->max_length = TOYON_DIGEST_SIZE;
	return 0;
}

/* result has 255 bytes. */
char *toyon_drop_hash(UDF_INIT *init, UDF_ARGS *args, char *result,
	unsigned long *length, char *is_null, char *error)
{
	char kind[KIND_MAX];
	const char *part[PARTS_MAX];
	size_t size[PARTS_MAX];
	size_t n = args->arg_count - 1;

	(void)init;
	(void)error;
	for (size_t i = 0; i < n; i++) {
		part[i] = args->args[1 + i];
		size[i] = args->lengths[1 + i];
		if (part[i])
			continue;
		*is_null = 1;
		return NULL;
	}
	kind_of(args, kind);
	if (toyon_library_drop_hash(
		    kind, part, size, n, (unsigned char *)result)) {
		*is_null = 1;
		return NULL;
	}
	*length = TOYON_DIGEST_SIZE;
	return result;
}
