/*
 * Runs a command and says what it cost: "WALL_S CPU_S MEMORY_MB" as the only
 * line of the file.  Its exit status is that of the command.
 *
 *	clock FILE COMMAND...
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	double start = now_s();
	struct rusage r;
	int status;
	pid_t pid;
	FILE *out;

	if (argc < 3)
		return fputs("usage: clock FILE COMMAND...\n", stderr), 2;
	pid = fork();
	if (!pid) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &r) < 0)
		return 1;
	start = now_s() - start;
	out = fopen(argv[1], "w");
	if (!out)
		return 1;
	fprintf(out, "%.3f %.3f %ld\n", start,
		seconds(r.ru_utime) + seconds(r.ru_stime), r.ru_maxrss / 1024);
	return fclose(out) || !WIFEXITED(status) ? 1 : WEXITSTATUS(status);
}
