/* A receipt's members from what a scrub was asked and said. */
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "desk/receipt.h"
#include "desk/setting.h"
#include "law/reason.h"

/* Where a list lies may name a person or a customer; its last name is what the
 * one who gets it knows it by. */
static str base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!strcmp(path, "-"))
		return STR("");
	return str_head(str_of(slash ? slash + 1 : path), 255);
}

static void fill_list(struct receipt *r, const struct scrub_opts *o)
{
	struct index_info info;

	if (o->set.base) {
		index_info(o->set.base, &info);
		r->generation = (int64_t)info.generation;
	}
	r->log_seq = (int64_t)suppress_set_seq(&o->set);
	r->format = o->format == SCRUB_NDJSON ? STR("ndjson") : STR("csv");
	r->rules = str_of(ident_profile_name(IDENT_TOYON_1));
}

static void fill_counts(struct receipt *r, const struct scrub_report *s)
{
	r->rows = (int64_t)s->rows;
	r->kept = (int64_t)s->kept;
	r->suppressed = (int64_t)s->suppressed;
	r->unreadable = (int64_t)s->unreadable;
	r->unreadable_rejected = (int64_t)s->unreadable_rejected;
	r->without_identifier = (int64_t)s->without_identifier;
	for (size_t i = 0; i < s->columns; i++)
		r->columns.at[r->columns.n++] = (struct receipt_item){
			str_of(ident_kind_name(
				(enum ident_kind)s->column[i].kind)),
			s->column[i].column,
		};
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);
		uint64_t n = s->by_reason[__builtin_ctz((unsigned)row->reason)];

		if (n)
			r->by_reason.at[r->by_reason.n++] =
				(struct receipt_item){ str_of(row->code),
					(int64_t)n };
	}
}

int receipt_make(struct desk *d, const struct receipt_of *in,
	struct receipt *out, struct err *e)
{
	struct arena *a = d->arena;
	struct settings s;

	must(in->report->columns <= RECEIPT_ITEMS_MAX);
	if (settings_load(d, &s, e))
		return -1;
	memset(out, 0, sizeof *out);
	out->at = instant_rfc3339(a, desk_now(d));
	out->business = str_head(s.business_name, 255);
	out->program = str_of(in->program);
	out->reasons = in->opts->reasons ? reasons_list(a, in->opts->reasons)
					 : STR("");
	out->in_name = base_name(in->in_path);
	out->in_sha256 = hex_of(a, in->report->sha256_in, 32);
	out->out_name = base_name(in->out_path);
	out->out_sha256 = hex_of(a, in->report->sha256_out, 32);
	out->recipient = in->recipient;
	out->purpose = in->purpose;
	out->public_key = hex_of(a, keys_audit_public(d->keys), KEY_SIZE);
	fill_list(out, in->opts);
	fill_counts(out, in->report);
	return 0;
}
