#ifndef T_CHECK_H
#define T_CHECK_H

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The whole unit-test library.  CHECK() counts and reports; a test program ends
 * in CHECK_DONE(), which prints `t_NAME: N passed, N failed` as its last line
 * and fails when a check failed or when none ran.  CHECK_STOPS() is for promises:
 * fn(ctx) has to end in must_fail(), in a child process.
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

static inline bool check_stops(void (*fn)(void *), void *ctx)
{
	int status = 0;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (!child) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		close(STDERR_FILENO);
		fn(ctx);
		_exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child &&
	       WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

#define CHECK_STOPS(fn, ctx, ...) CHECK(check_stops((fn), (ctx)), __VA_ARGS__)

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
