/*
 * What this machine can do, to be read beside the other figures: memory and
 * SHA-256, one core, best of five.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "ident/sha256.h"

enum { ROUNDS = 5, MESSAGES = 1 << 16, LINE = 64 };

struct memory {
	char *p;
	size_t size;
	uint64_t sum; /* so that nothing is left out as useless */
};

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t next(uint64_t *x)
{
	*x = *x * 6364136223846793005u + 1442695040888963407u;
	return *x;
}

static double best(void (*fn)(void *), void *ctx)
{
	double least = 1e9;

	for (int i = 0; i < ROUNDS; i++) {
		double s = now_s();

		fn(ctx);
		s = now_s() - s;
		least = s < least ? s : least;
	}
	return least;
}

static void *get(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		exit(1);
	madvise(p, size, MADV_HUGEPAGE);
	memset(p, 1, size);
	return p;
}

static void read_all(void *ctx)
{
	struct memory *m = ctx;
	const uint64_t *v = (const uint64_t *)(const void *)m->p;
	uint64_t a[8] = { 0 };

	for (size_t i = 0; i < m->size / 8; i += 8)
		for (size_t k = 0; k < 8; k++)
			a[k] += v[i + k];
	for (size_t k = 0; k < 8; k++)
		m->sum += a[k];
}

static void copy_half(void *ctx)
{
	struct memory *m = ctx;

	memcpy(m->p, m->p + m->size / 2, m->size / 2);
}

enum { STEPS = 1000000, READS = 8000000, AHEAD = 16 };

/* Each address hangs on what the one before held. */
static void chase(void *ctx)
{
	struct memory *m = ctx;
	uint64_t x = m->sum;

	for (size_t i = 0; i < STEPS; i++) {
		size_t at = (size_t)(next(&x) >> 20) % (m->size / LINE) * LINE;

		x += (uint64_t)m->p[at];
	}
	m->sum += x;
}

static void scatter(void *ctx)
{
	struct memory *m = ctx;
	uint64_t x = 1;
	size_t at[AHEAD];

	for (size_t i = 0; i < READS; i += AHEAD) {
		for (size_t k = 0; k < AHEAD; k++) {
			at[k] = (size_t)(next(&x) >> 20) % (m->size / LINE) *
				LINE;
			__builtin_prefetch(m->p + at[k]);
		}
		for (size_t k = 0; k < AHEAD; k++)
			m->sum += (uint64_t)m->p[at[k]];
	}
}

static void memory_figures(void)
{
	struct memory m = { .size = 1u << 30 };

	m.p = get(m.size);
	printf("memory read       %6.1f GB/s\n",
		(double)m.size / best(read_all, &m) / 1e9);
	printf("memory copy       %6.1f GB/s, read and written\n",
		(double)m.size / best(copy_half, &m) / 1e9);
	printf("random, dependent %6.1f ns, 1 GiB, huge pages\n",
		best(chase, &m) * 1e9 / STEPS);
	printf("random, 16 ahead  %6.1f ns\n", best(scatter, &m) * 1e9 / READS);
	munmap(m.p, m.size);
}

struct messages {
	enum cpu_path path;
	uint8_t (*block)[SHA256_BLOCK];
	uint8_t (*digest)[SHA256_SIZE];
};

static void sha_ours(void *ctx)
{
	struct messages *m = ctx;

	sha256_blocks(m->path, m->block[0], MESSAGES, m->digest[0]);
}

/* 23 bytes a message, as an address has. */
static void sha_one_shot(void *ctx)
{
	struct messages *m = ctx;

	for (size_t i = 0; i < MESSAGES; i++)
		SHA256(m->block[i], 23, m->digest[i]);
}

static void sha_figures(void)
{
	struct messages m = { .block = get((size_t)MESSAGES * SHA256_BLOCK),
		.digest = get((size_t)MESSAGES * SHA256_SIZE) };

	for (size_t i = 0; i < MESSAGES; i++) {
		char text[32];
		int n = snprintf(
			text, sizeof text, "lead.%08zu@example.com", i);

		sha256_pad(m.block[i], (str){ text, (size_t)n });
	}
	for (int p = CPU_AVX512; p <= CPU_PORTABLE; p++) {
		m.path = (enum cpu_path)p;
		if (cpu_path_runs(m.path))
			printf("SHA-256 %-9s %6.1f ns a message of one block\n",
				cpu_path_name(m.path),
				best(sha_ours, &m) * 1e9 / MESSAGES);
	}
	printf("SHA-256 one-shot  %6.1f ns, OpenSSL's SHA256()\n",
		best(sha_one_shot, &m) * 1e9 / MESSAGES);
}

int main(void)
{
	memory_figures();
	sha_figures();
	return 0;
}
