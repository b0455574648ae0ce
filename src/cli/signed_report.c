#include "cli/signed_report.h"

#include <stdio.h>

enum { JSON_MAX = 1 << 20 };

static int put_json(struct cli *c, const struct signed_report *r, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "state", r->faults.n ? STR("broken") : STR("fits"));
	json_key(&j, "problems");
	json_begin_array(&j);
	for (size_t i = 0; i < r->faults.n; i++) {
		const struct signed_fault_at *f = &r->faults.at[i];

		json_begin_object(&j);
		json_put(&j, "code", str_of(signed_fault_code(f->fault)));
		json_put(&j, "file", f->file);
		json_put(&j, "sentence", signed_fault_text(c->arena, f));
		json_end(&j);
	}
	json_end(&j);
	json_put_int(&j, "files", (int64_t)r->files);
	json_put(&j, "public_key", r->public_key);
	json_put_bool(&j, "is_key_given", r->is_key_given);
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print(
	struct cli *c, const struct signed_report *r, const char *what)
{
	for (size_t i = 0; i < r->faults.n; i++)
		printf("%.*s\n",
			STR_ARG(signed_fault_text(c->arena, &r->faults.at[i])));
	if (r->faults.n)
		return;
	printf("the %s fits: %zu files, signed\n", what, r->files);
	if (!r->is_key_given)
		cli_say(c,
			"The key is the one in the %s itself: compare %.*s "
			"with what you were given, or name it with --key",
			what, STR_ARG(r->public_key));
}

int signed_report_put(struct cli *c, const struct signed_report *r,
	const char *what, struct err *e)
{
	if (!c->is_json)
		print(c, r, what);
	else if (put_json(c, r, e))
		return -1;
	return r->faults.n ? err_exit_status(ERR_FOUND) : 0;
}
