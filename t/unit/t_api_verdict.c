/*
 * The answers of a check: what each says, and that those which are kept are
 * what would be put together anew, whoever else asks at the same time.
 */
#include "api/verdict.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/base.h"
#include "base/rand.h"
#include "check.h"
#include "law/reason.h"

static const struct {
	const char *why;
	struct suppress_query q;
	const char *text;
} cases[] = {
	{ "clear", { .kind = IDENT_EMAIL },
		"{\"kind\":\"email\",\"state\":\"clear\",\"reasons\":[],"
		"\"forbids\":[]}" },
	{ "suppressed", { .kind = IDENT_EMAIL, .reasons = REASON_OPT_OUT },
		"{\"kind\":\"email\",\"state\":\"suppressed\",\"reasons\":["
		"\"opt-out\"],\"forbids\":[\"sale\"]}" },
	{ "another kind", { .kind = IDENT_PHONE },
		"{\"kind\":\"phone\",\"state\":\"clear\",\"reasons\":[],"
		"\"forbids\":[]}" },
	{ "not read", { .kind = IDENT_EMAIL, .fault = IDENT_FAULT_EMPTY },
		"{\"kind\":\"email\",\"state\":\"unreadable\",\"reasons\":[],"
		"\"forbids\":[],\"fault\":\"empty\"}" },
};

static void said(struct arena *a)
{
	struct verdicts *v = verdicts_new(a);

	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < COUNTOF(cases); i++) {
			str text = verdict_text(v, a, &cases[i].q);

			CHECK(str_eq(text, str_of(cases[i].text)), "%s: %.*s",
				cases[i].why, STR_ARG(text));
		}
}

/* "May I use it for this?", with the section of each reason that forbids it. */
static const struct {
	const char *why;
	struct suppress_query q;
	struct verdict_use use;
	const char *end; /* behind "forbids" */
} uses[] = {
	{ "clear", { .kind = IDENT_EMAIL },
		{ STR_INIT("sale"), { .use = USE_SALE } },
		"\"for\":\"sale\",\"may\":true,\"because\":[]}" },
	{ "E9: 13 to 15, and no opt-in",
		{ .kind = IDENT_EMAIL, .reasons = REASON_MINOR },
		{ STR_INIT("share"), { .use = USE_SHARE } },
		"\"for\":\"share\",\"may\":false,\"because\":[{\"reason\":"
		"\"minor\",\"citation\":\"Civ. Code 1798.120(c); 11 CCR "
		"7070, 7071\"}]}" },
	{ "an opt-out leaves the company's own use",
		{ .kind = IDENT_EMAIL, .reasons = REASON_OPT_OUT },
		{ STR_INIT("billing"), { .use = USE_OTHER } },
		"\"for\":\"billing\",\"may\":true,\"because\":[]}" },
	{ "nobody knows", { .kind = IDENT_EMAIL, .fault = IDENT_FAULT_EMPTY },
		{ STR_INIT("sale"), { .use = USE_SALE } },
		"\"fault\":\"empty\",\"for\":\"sale\"}" },
};

static void said_for(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(uses); i++) {
		str text = verdict_text_for(a, &uses[i].q, &uses[i].use);

		CHECK(str_ends(text, str_of(uses[i].end)), "%s: %.*s",
			uses[i].why, STR_ARG(text));
	}
}

/* More than are kept, from several threads at once. */
enum { THREADS = 4, TIMES = 4000, REASON_BITS = 7 };

struct asking {
	struct verdicts *shared;
	uint64_t seed;
	int wrong;
};

static void *ask(void *ctx)
{
	struct asking *x = ctx;
	struct arena *a = arena_new(1 << 20);
	struct rng rng = { x->seed };

	for (int i = 0; i < TIMES; i++) {
		struct suppress_query q = {
			.kind = rng_below(&rng, 2) ? IDENT_EMAIL : IDENT_PHONE,
			.reasons = (uint32_t)rng_below(&rng, 1 << REASON_BITS),
		};
		str fresh = verdict_text(verdicts_new(a), a, &q);

		x->wrong += !str_eq(verdict_text(x->shared, a, &q), fresh);
		arena_clear(a);
	}
	arena_free(a);
	return NULL;
}

static void shared(struct arena *a)
{
	struct asking each[THREADS];
	pthread_t thread[THREADS];
	struct verdicts *v = verdicts_new(a);

	for (size_t i = 0; i < THREADS; i++) {
		each[i] = (struct asking){ .shared = v, .seed = i };
		must(!pthread_create(&thread[i], NULL, ask, &each[i]));
	}
	for (size_t i = 0; i < THREADS; i++) {
		must(!pthread_join(thread[i], NULL));
		CHECK(!each[i].wrong, "%d of %d", each[i].wrong, TIMES);
	}
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	said(a);
	said_for(a);
	shared(a);
	arena_free(a);
	return CHECK_DONE();
}
