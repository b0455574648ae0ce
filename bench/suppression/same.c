/*
 * Two files hold the same lines, whatever their order: engines that use several
 * threads write rows as they come.  Compared are the number of lines and the sum
 * of a hash of each; quotes are left out of it, since an engine that writes CSV
 * anew sets its own.  Quoted cells with line ends in them are not for this.
 *
 *	same FILE FILE
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct lines {
	uint64_t n;
	uint64_t sum;
};

static struct lines read_lines(const char *path)
{
	static char buffer[1 << 20];
	struct lines l = { 0, 0 };
	uint64_t h = 0;
	FILE *f = fopen(path, "r");
	size_t n;

	if (!f) {
		perror(path);
		exit(2);
	}
	while ((n = fread(buffer, 1, sizeof buffer, f)) > 0)
		for (size_t i = 0; i < n; i++) {
			unsigned char c = (unsigned char)buffer[i];

			if (c == '\n') {
				l.n++;
				l.sum += h ^ h >> 29;
				h = 0;
			} else if (c != '"') {
				h = (h + c + 1) * 0x9E3779B97F4A7C15u;
				h ^= h >> 32;
			}
		}
	fclose(f);
	return l;
}

int main(int argc, char **argv)
{
	struct lines a, b;

	if (argc != 3)
		return fputs("usage: same FILE FILE\n", stderr), 2;
	a = read_lines(argv[1]);
	b = read_lines(argv[2]);
	if (a.n == b.n && a.sum == b.sum)
		return 0;
	fprintf(stderr, "%s has %llu lines, %s %llu, or they differ\n", argv[1],
		(unsigned long long)a.n, argv[2], (unsigned long long)b.n);
	return 1;
}
