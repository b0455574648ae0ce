/*
 * The self-check passes for what the State published, and fails for anything
 * else: one letter of an input, a text or a hash that is another.
 */
#include "drop/check.h"

#include "base/base.h"
#include "check.h"

static const struct drop_vector published[] = {
#define DROP_VECTOR(field, input, text, hash) \
	{ input, field, input, text, hash },
#include "drop/tbl/vectors.h"
};

static void all_pass(void)
{
	struct drop_check c;
	struct err e = { 0 };

	CHECK(!drop_check(&c, &e), "%s", e.message);
	CHECK(c.vectors == COUNTOF(published) && c.vectors >= 24, "%zu",
		c.vectors);
	CHECK(c.failed == 0 && !c.first_failed, "%zu", c.failed);
	CHECK(!strcmp(c.profile, "drop/1.2.0"), "%s", c.profile);
}

/* One falsified among the others is found, and named. */
static void false_ones_fail(const struct drop_vector *wrong, const char *why)
{
	struct drop_vector v[COUNTOF(published)];
	struct drop_check c;
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(published); i++) {
		memcpy(v, published, sizeof v);
		v[i] = *wrong;
		v[i].name = "the wrong one";
		CHECK(drop_check_these(v, COUNTOF(v), &c, &e) == -1, "%s", why);
		CHECK(c.failed == 1 && c.first_failed == v[i].name, "%s", why);
		CHECK(e.code == ERR_CORRUPT &&
				strstr(e.message, "the wrong one"),
			"%s", e.message);
	}
}

static const struct {
	const char *why;
	struct drop_vector v;
} wrong[] = {
	{ "another hash",
		{ "", "email", "anna.smith@domain.com", "anna.smith@domain.com",
			"KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhI=" } },
	{ "another text",
		{ "", "zip", "91790-3771", "917903771",
			"2FPZucR4x7U8KlM+SFAX4LPGhwNz/PIZUCSUdDh0o/s=" } },
	{ "another input",
		{ "", "first", "Juan Paulo", "juanpablo",
			"91hIbrbzNeqHs3o81O5yNrXUj7wDd2shvZ6THKi9qz8=" } },
	{ "no key at all",
		{ "", "dob", "04/07/85", NULL,
			"skXYXxBER6HQTZ3rXSZH1wVGLQ054mS5rbR/bwvzy4I=" } },
	{ "parts in another order",
		{ "", "ndz", "Johnson|Danielle|1985-07-04|91790", NULL,
			"PQOfn1RffEKmqMmNAzDKKaoZCwxWbQZkQzPWmQo9REA=" } },
	{ "no hash", { "", "zip", "91790", "91790", "" } },
	{ "a field that is none",
		{ "", "zap", "91790", "91790",
			"2FPZucR4x7U8KlM+SFAX4LPGhwNz/PIZUCSUdDh0o/s=" } },
};

int main(void)
{
	struct drop_check c;
	struct err e = { 0 };

	all_pass();
	for (size_t i = 0; i < COUNTOF(wrong); i++)
		false_ones_fail(&wrong[i].v, wrong[i].why);
	CHECK(drop_check_these(published, 0, &c, &e) == -1,
		"no examples are no check");
	return CHECK_DONE();
}
