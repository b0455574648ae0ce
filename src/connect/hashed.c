/*
 * What a database's toyon_drop_hash() is tried with, and how its answers come.
 */
#include "connect/hashed.h"

#include "base/base.h"
#include "base/buf.h"
#include "ident/drop_kind.h"

enum { NO_KEY = '-' };

size_t hash_tries(const struct hash_try **out)
{
	static const struct hash_try tries[] = {
#define HASH_TRY(kind, value) { kind, value },
#include "connect/tbl/hash_tries.h"
	};

	*out = tries;
	return COUNTOF(tries);
}

static void put_wanted(struct buf *b, const struct hash_try *t)
{
	const struct drop_kind *k = drop_kind_named(str_of(t->kind));
	str value = str_of(t->value);
	char hash[IDENT_HASH_CHARS];
	uint8_t digest[SHA256_SIZE];
	struct ident id;

	must(k != NULL);
	if (drop_kind_read(&id, k, &value, 1)) {
		buf_putc(b, NO_KEY);
		return;
	}
	ident_digest(&id, digest);
	ident_base64(hash, digest);
	buf_put(b, (str){ hash, sizeof hash });
}

str hash_tries_wanted(struct arena *a)
{
	const struct hash_try *tries;
	size_t n = hash_tries(&tries);
	struct buf b = buf_in(a, n * IDENT_HASH_CHARS);

	for (size_t i = 0; i < n; i++)
		put_wanted(&b, &tries[i]);
	must(buf_ok(&b));
	return buf_str(&b);
}

int hashed_cell(str table, str text, struct cell *out, struct err *e)
{
	uint8_t digest[SHA256_SIZE];

	out->v.v = text.n ? str_from(text, 1) : text;
	out->is_hashed = str_starts(text, STR("="));
	if (!out->is_hashed || (out->v.v.n == IDENT_HASH_CHARS &&
				       ident_hash_read(out->v.v, digest)))
		return 0;
	return err_set(e, ERR_CORRUPT,
		"table \"%.*s\": toyon_drop_hash() gave what is no hash",
		STR_ARG(table));
}
