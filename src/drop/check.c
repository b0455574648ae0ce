/* The State's examples, by the code that the match uses. */
#include "drop/check.h"

#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "ident/rules.h"

static const struct drop_vector published[] = {
#define DROP_VECTOR(field, input, text, hash) \
	{ field " " input, field, input, text, hash },
#include "drop/tbl/vectors.h"
};

/* Parts have rules but are no identifiers by themselves. */
static const struct {
	const char *field;
	ident_rule *rule;
} parts[] = {
	{ "first", rule_name },
	{ "last", rule_name },
	{ "dob", rule_dob },
	{ "zip", rule_zip },
};

static bool standardize(const struct drop_vector *v, struct ident *out)
{
	enum ident_kind kind;

	*out = (struct ident){ 0 };
	for (size_t i = 0; i < COUNTOF(parts); i++) {
		if (!strcmp(parts[i].field, v->field))
			return parts[i].rule(out, str_of(v->input)) ==
			       IDENT_FAULT_NONE;
	}
	return ident_kind_read(str_of(v->field), &kind) &&
	       ident_read(out, DROP_PROFILE, kind, str_of(v->input)) ==
		       IDENT_FAULT_NONE;
}

static bool hashes_to(enum cpu_path cpu, str text, const uint8_t *wanted)
{
	uint8_t digest[SHA256_SIZE];

	sha256_batch(cpu, &text, 1, digest);
	return !memcmp(digest, wanted, sizeof digest);
}

static bool holds(const struct drop_vector *v)
{
	static const enum cpu_path paths[] = { CPU_AVX512, CPU_SHANI, CPU_AVX2,
		CPU_PORTABLE };
	uint8_t wanted[SHA256_SIZE];
	struct ident id;
	str text;

	if (!base64_read(str_of(v->hash), wanted, sizeof wanted) ||
		!standardize(v, &id))
		return false;
	text = (str){ id.text, id.n };
	if (v->text && !str_eq(text, str_of(v->text)))
		return false;
	for (size_t i = 0; i < COUNTOF(paths); i++) {
		if (cpu_path_runs(paths[i]) &&
			!hashes_to(paths[i], text, wanted))
			return false;
	}
	return true;
}

int drop_check_these(const struct drop_vector *v, size_t n,
	struct drop_check *out, struct err *e)
{
	*out = (struct drop_check){
		.profile = ident_profile_name(DROP_PROFILE),
		.vectors = n,
	};
	for (size_t i = 0; i < n; i++) {
		if (holds(&v[i]))
			continue;
		if (!out->failed++)
			out->first_failed = v[i].name;
	}
	if (n && !out->failed)
		return 0;
	err_set(e, ERR_CORRUPT,
		"%zu of %zu published examples come out wrong, first %s",
		out->failed, n, out->first_failed ? out->first_failed : "none");
	return err_hint(e, "nothing is matched: this program standardizes or "
			   "hashes otherwise than the State does");
}

int drop_check(struct drop_check *out, struct err *e)
{
	return drop_check_these(published, COUNTOF(published), out, e);
}
