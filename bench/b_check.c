/*
 * The check as a program that links libtoyon sees it: addresses of a list of
 * leads against an index file, with nothing but toyon.h; every answer of every
 * round is compared with what the generator says.
 *
 *	gen emails 10000000 > list; toyon index build --kind email list -o F.tyx
 *	gen leads 2000000 > leads; gen kept 2000000 > kept
 *	b_check F.tyx leads kept
 *
 * bench/check.sh does that.  Medians of the rounds and the best one, in CPU time
 * of one thread.  "Waiting" is for each answer before the next question: that is
 * what a single check takes.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <toyon.h>

enum { ROUNDS = 7, LINE_MAX_SIZE = 4096, ALONE = 8 };

struct question {
	const char **value;
	size_t *size;
	unsigned char *digest;
	int64_t *answer;
	unsigned char *want; /* suppressed */
	size_t n;
	size_t wrong;
	size_t unreadable;
};

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void say(const char *what, double *round, size_t n)
{
	qsort(round, ROUNDS, sizeof *round, compare);
	printf("%-48s %7.1f ns  (best %.1f)\n", what,
		round[ROUNDS / 2] * 1e9 / (double)n,
		round[0] * 1e9 / (double)n);
}

static void *room(size_t n)
{
	void *p = calloc(n, 1);

	if (!p) {
		fputs("out of memory\n", stderr);
		exit(1);
	}
	return p;
}

static FILE *open_file(const char *path)
{
	FILE *f = fopen(path, "r");
	char header[LINE_MAX_SIZE];

	if (!f || !fgets(header, sizeof header, f)) {
		fprintf(stderr, "cannot read \"%s\"\n", path);
		exit(1);
	}
	return f;
}

/* Row numbers of the list that stay. */
static unsigned char *read_kept(const char *path, size_t rows)
{
	FILE *f = open_file(path);
	char line[LINE_MAX_SIZE];
	unsigned char *is_kept = room(rows + 1);

	while (fgets(line, sizeof line, f)) {
		size_t id = strtoull(line, NULL, 10);

		if (id <= rows)
			is_kept[id] = 1;
	}
	fclose(f);
	return is_kept;
}

static size_t count_rows(const char *path)
{
	FILE *f = open_file(path);
	char line[LINE_MAX_SIZE];
	size_t n = 0;

	while (fgets(line, sizeof line, f))
		n++;
	fclose(f);
	return n;
}

/* The third cell; in this list none of the first three is quoted. */
static const char *email_cell(const char *line, size_t *n)
{
	const char *cell = line;

	for (int i = 0; i < 2; i++) {
		cell += strcspn(cell, ",");
		cell += *cell == ',';
	}
	*n = strcspn(cell, ",");
	return cell;
}

static void add(struct question *q, const char *cell, size_t n, int is_kept)
{
	char text[TOYON_TEXT_SIZE];
	char *copy = room(n + 1);
	int len = toyon_standardize("email", cell, n, text);

	memcpy(copy, cell, n);
	q->value[q->n] = copy;
	q->size[q->n] = n;
	q->want[q->n] = !is_kept;
	q->unreadable += len < 0;
	if (len > 0) {
		SHA256_CTX c;

		SHA256_Init(&c);
		SHA256_Update(&c, text, (size_t)len);
		SHA256_Final(q->digest + q->n * TOYON_DIGEST_SIZE, &c);
	}
	q->n++;
}

static void read_questions(
	struct question *q, const char *leads, const char *kept)
{
	size_t rows = count_rows(leads);
	unsigned char *is_kept = read_kept(kept, rows);
	FILE *f = open_file(leads);
	char line[LINE_MAX_SIZE];

	q->value = room(rows * sizeof *q->value);
	q->size = room(rows * sizeof *q->size);
	q->digest = room(rows * TOYON_DIGEST_SIZE);
	q->answer = room(rows * sizeof *q->answer);
	q->want = room(rows);
	while (fgets(line, sizeof line, f)) {
		size_t n, id = strtoull(line, NULL, 10);
		const char *cell = email_cell(line, &n);

		if (n)
			add(q, cell, n, is_kept[id]);
	}
	fclose(f);
	free(is_kept);
}

static void check_answers(struct question *q, size_t step)
{
	for (size_t i = 0; i < q->n; i += step)
		q->wrong +=
			(q->answer[i] > 0) != q->want[i] || q->answer[i] < 0;
	memset(q->answer, 0xff, q->n * sizeof *q->answer);
}

static void digests(const struct toyon *t, struct question *q, size_t batch,
	const char *what)
{
	double round[ROUNDS];

	for (int r = 0; r < ROUNDS; r++) {
		double s = now_s();

		for (size_t i = 0; i < q->n; i += batch)
			toyon_check_digests(t, "email",
				q->digest + i * TOYON_DIGEST_SIZE,
				q->n - i < batch ? q->n - i : batch,
				q->answer + i);
		round[r] = now_s() - s;
		check_answers(q, 1);
	}
	say(what, round, q->n);
}

static void raw(const struct toyon *t, struct question *q, size_t batch,
	const char *what)
{
	double round[ROUNDS];

	for (int r = 0; r < ROUNDS; r++) {
		double s = now_s();

		for (size_t i = 0; i < q->n; i += batch)
			toyon_check_many(t, "email", q->value + i, q->size + i,
				q->n - i < batch ? q->n - i : batch,
				q->answer + i);
		round[r] = now_s() - s;
		check_answers(q, 1);
	}
	say(what, round, q->n);
}

/* Which value is asked for hangs on the answer before, when is_waiting. */
static void one_by_one(const struct toyon *t, struct question *q,
	size_t is_waiting, const char *what)
{
	double round[ROUNDS];

	for (int r = 0; r < ROUNDS; r++) {
		double s = now_s();
		size_t last = 0;

		for (size_t i = 0; i < q->n; i += ALONE) {
			/* No reason is 1 and 2, so it is always i. */
			size_t k = i + (last & last >> 1 & 1 & is_waiting);

			q->answer[i] = toyon_check(
				t, "email", q->value[k], q->size[k]);
			last = (size_t)q->answer[i];
		}
		round[r] = now_s() - s;
		check_answers(q, ALONE);
	}
	say(what, round, (q->n + ALONE - 1) / ALONE);
}

int main(int argc, char **argv)
{
	static struct question q;
	char why[TOYON_WHY_SIZE];
	struct toyon_info info;
	struct toyon *t;
	size_t hits = 0;

	if (argc != 4)
		return fputs("usage: b_check INDEX.tyx LEADS KEPT\n", stderr),
		       2;
	if (toyon_open(&t, argv[1], NULL, why))
		return fprintf(stderr, "%s\n", why), 1;
	read_questions(&q, argv[2], argv[3]);
	toyon_info(t, &info);
	for (size_t i = 0; i < q.n; i++)
		hits += q.want[i];
	printf("%llu keys; %zu questions, %zu of them suppressed\n",
		(unsigned long long)info.keys, q.n, hits);
	digests(t, &q, 16, "C1 digest in hand, 16 a call (aim 25)");
	digests(t, &q, 1024, "   digest in hand, 1,024 a call");
	raw(t, &q, 16, "   raw email, 16 a call");
	raw(t, &q, 1024, "C2 raw email, 1,024 a call (aim 60)");
	one_by_one(t, &q, 0, "   raw email, one by one");
	one_by_one(t, &q, 1, "C3 raw email, one by one, waiting (aim 350)");
	toyon_expect_single(t);
	one_by_one(t, &q, 1, "   the same, expected");
	toyon_close(t);
	printf("%zu wrong answers, %zu unreadable\n", q.wrong, q.unreadable);
	return q.wrong || q.unreadable || !q.n;
}
