/*
 * A loadable function of MariaDB that is called as the one of bindings/mariadb and
 * hashes by other rules: what an older server might have.  Toyon must notice.
 */
#include <mysql.h>
#include <string.h>

my_bool toyon_drop_hash_init(UDF_INIT *init, UDF_ARGS *args, char *message);
char *toyon_drop_hash(UDF_INIT *init, UDF_ARGS *args, char *result,
	unsigned long *length, char *is_null, char *error);

my_bool toyon_drop_hash_init(UDF_INIT *init, UDF_ARGS *args, char *message)
{
	(void)args;
	(void)message;
	init->max_length = 32;
	return 0;
}

char *toyon_drop_hash(UDF_INIT *init, UDF_ARGS *args, char *result,
	unsigned long *length, char *is_null, char *error)
{
	(void)init;
	(void)args;
	(void)is_null;
	(void)error;
	memset(result, 'x', 32);
	*length = 32;
	return result;
}
