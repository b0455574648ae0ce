#ifndef T_CHECK_H
#define T_CHECK_H

#include <stdio.h>
#include <string.h>

/*
 * The whole unit-test library.  CHECK() counts and reports; a test program ends
 * in CHECK_DONE(), which prints `t_NAME: N passed, N failed` as its last line
 * and fails when a check failed or when none ran.
 */
static int check_run, check_failed;

#define CHECK(cond, ...)                                                 \
	do {                                                             \
		check_run++;                                             \
		if (!(cond)) {                                           \
			check_failed++;                                  \
			fprintf(stderr, "%s:%d: not so: %s: ", __FILE__, \
				__LINE__, #cond);                        \
			fprintf(stderr, __VA_ARGS__);                    \
			fputc('\n', stderr);                             \
		}                                                        \
	} while (0)

static inline int check_done(const char *file)
{
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	int n = (int)strcspn(base, ".");

	printf("%.*s: %d passed, %d failed\n", n, base,
		check_run - check_failed, check_failed);
	return check_failed || !check_run;
}

#define CHECK_DONE() check_done(__FILE__)

#endif
