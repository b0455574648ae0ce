#include "desk/record.h"

#include "base/buf.h"
#include "base/enc.h"
#include "desk/doubt.h"
#include "desk/keys.h"
#include "desk/suppress.h"
#include "desk/verifying.h"
#include "law/reference.h"

enum { SEEN_TASK_MAX = 256 };

/* An opened row: its words as enums, its person unsealed. */
static int open_record(struct desk *d, struct record *r, struct err *e)
{
	str json;

	r->kind = kind_of(r->row.kind);
	r->state = state_of(r->row.state);
	r->seal = NULL;
	r->is_for_agent = false;
	r->person = (struct person){ 0 };
	if (r->kind == KIND_NONE || r->state == STATE_NONE)
		return err_set(e, ERR_CORRUPT,
			"the record of %.*s has a kind or a state that this "
			"program does not know",
			STR_ARG(r->row.reference));
	if (!r->row.wrapped_key.n) /* the person was forgotten */
		return 0;
	if (seal_open(d->arena, d->keys, r->row.wrapped_key, &r->seal, e) ||
		seal_get(d->arena, r->seal, STR("request"), r->row.sealed,
			&json, e) ||
		person_from_json(d->arena, json, &r->person, e))
		return -1;
	return kind_is_verified(r->kind) ? verifying_open(d, r, e) : 0;
}

int record_by_id(struct desk *d, int64_t id, struct record *out, struct err *e)
{
	struct sql_request_by_id_in in = { id };
	int rc = sql_request_by_id(d->db, d->arena, &in, &out->row, e);

	if (rc <= 0)
		return rc;
	return open_record(d, out, e) ? -1 : 1;
}

int record_by_reference(
	struct desk *d, str typed, struct record *out, struct err *e)
{
	struct sql_request_id_in in;
	struct sql_request_id_row row;
	struct reference ref;
	int rc;

	if (!reference_parse(typed, &ref))
		return 0;
	in.reference = reference_str(&ref);
	rc = sql_request_id(d->db, d->arena, &in, &row, e);
	return rc <= 0 ? rc : record_by_id(d, row.id, out, e);
}

int record_need(
	struct desk *d, str reference, struct record *out, struct err *e)
{
	int rc = record_by_reference(d, reference, out, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "there is no request with this reference");
	return err_hint(e, "references look like K7QF-2M9X");
}

int record_lock(struct desk *d, struct record *r, struct err *e)
{
	struct sql_request_lock_row row;

	must(db_in_transaction(d->db));
	if (sql_request_lock(d->db, d->arena,
		    &(struct sql_request_lock_in){ r->row.id }, &row, e) < 0)
		return -1;
	return record_by_id(d, r->row.id, r, e) == 1 ? 0 : -1;
}

static int store_outcome(
	struct desk *d, struct record *r, enum outcome outcome, struct err *e)
{
	struct sql_request_outcome_in in = {
		.id = r->row.id,
		.outcome = str_of(outcome_code(outcome)),
	};

	if (outcome == OUTCOME_NONE)
		return 0;
	r->row.outcome = in.outcome;
	return sql_request_outcome(d->db, &in, e) < 0 ? -1 : 0;
}

int record_move(struct desk *d, struct record *r, enum state_event event,
	const struct state_facts *facts, struct err *e)
{
	const struct move *m = state_move(r->kind, r->state, event, facts, e);
	struct sql_request_move_in in = { .id = r->row.id };

	if (!m)
		return -1;
	in.was = str_of(state_code(m->from));
	in.state = str_of(state_code(m->to));
	r->state = m->to;
	r->row.state = in.state;
	if (m->from == m->to)
		return store_outcome(d, r, m->outcome, e);
	if (sql_request_move(d->db, &in, e) < 0)
		return -1;
	return store_outcome(d, r, m->outcome, e);
}

/* What a search learnt: they are held with the person, too (sql/hold.sql). */
static int keep_found(struct desk *d, const struct record *r, struct err *e)
{
	struct record found = {
		.person = { .other_emails = r->person.other_emails,
			.other_phones = r->person.other_phones }
	};
	struct record_keys keys;

	if (!found.person.other_emails.v.n && !found.person.other_phones.v.n)
		return 0;
	keys = record_keys(d, &found);
	for (size_t i = 0; i < keys.n; i++) {
		struct sql_request_found_add_in in = { r->row.id,
			{ (const char *)keys.at[i].of, IDENT_KEY_SIZE } };

		if (sql_request_found_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

int record_save_person(struct desk *d, struct record *r, struct err *e)
{
	struct sql_request_seal_in in = { .id = r->row.id };
	struct person rest = r->person;
	struct person apart;
	size_t n = 0;

	if (kind_is_verified(r->kind))
		n = verifying_split(&rest, &apart);
	in.doubts = (int64_t)doubt_count(&r->person);
	in.sealed = seal_put(d->arena, r->seal, STR("request"),
		person_to_json(d->arena, &rest));
	if (sql_request_seal(d->db, &in, e) < 0 || keep_found(d, r, e))
		return -1;
	return kind_is_verified(r->kind) ? verifying_store(d, r, &apart, n, e)
					 : 0;
}

static bool is_late(const struct sql_task_list_row *row, str today)
{
	return !row->done_at && row->asked_at && row->due_on.n &&
	       str_cmp(row->due_on, today) < 0;
}

/* A system that was asked about by letter, and waits for the answer. */
static void count_keeper(
	struct tally *t, const struct sql_task_list_row *row, str today)
{
	bool is_first_late = is_late(row, today) && !t->keepers_late++;

	if (row->done_at || !row->asked_at)
		return;
	if (!t->keepers_open++ || is_first_late)
		t->keeper_title = row->title;
}

static void count_dropped(
	int *unsaid, str *title, const struct sql_task_list_row *row)
{
	if (row->untold.n)
		return;
	if (!(*unsaid)++ || str_cmp(row->title, *title) < 0)
		*title = row->title;
}

static void count_system(
	struct tally *t, const struct sql_task_list_row *row, str today)
{
	count_keeper(t, row, today);
	t->systems++;
	t->systems_open += !row->done_at;
	t->systems_searching += str_eq(row->state, STR("searching"));
	t->rows_found += row->rows_found;
	t->rows_erased += row->rows_erased;
	if (str_eq(row->state, STR("found")))
		t->rows_waiting += row->rows_found - row->rows_erased;
	t->kept += str_eq(row->state, STR("kept"));
	if (str_eq(row->state, STR("dropped"))) {
		t->systems_dropped++;
		count_dropped(&t->systems_unsaid, &t->system_unsaid_title, row);
	}
	t->systems_refusing +=
		!row->done_at && row->problem.n && row->refused > 0;
	if (!row->done_at && row->problem.n && !t->systems_stuck++)
		t->stuck_title = row->title;
}

static void count_vendor(
	struct tally *t, const struct sql_task_list_row *row, str today)
{
	t->vendors++;
	if (!row->done_at && !t->vendors_open++)
		t->vendor_title = row->title;
	t->vendors_untold += !row->done_at && !row->asked_at;
	if (!row->done_at && !row->asked_at && row->problem.n &&
		!t->vendors_refused++)
		t->refused_title = row->title;
	if (str_eq(row->state, STR("dropped"))) {
		t->vendors_dropped++;
		t->vendors_dropped_untold += !row->asked_at;
		if (!row->asked_at)
			count_dropped(
				&t->vendors_unsaid, &t->unsaid_title, row);
	}
	t->vendors_spared += str_eq(row->state, STR("spared"));
	t->vendors_kept += str_eq(row->state, STR("kept"));
	t->kept += str_eq(row->state, STR("kept"));
	if (is_late(row, today) && !t->vendors_late++)
		t->late_title = row->title;
}

int record_tally(
	struct desk *d, int64_t request_id, struct tally *out, struct err *e)
{
	struct sql_task_list_in in = { request_id };
	str today = date_iso(d->arena, desk_today(d));
	struct sql_keep_mark_row mark;

	*out = (struct tally){ 0 };
	if (sql_task_list(d->db, d->arena, &in, &out->rows, e))
		return -1;
	for (size_t i = 0; i < out->rows.n; i++) {
		const struct sql_task_list_row *row = &out->rows.at[i];

		if (str_eq(row->target, STR("system")))
			count_system(out, row, today);
		else
			count_vendor(out, row, today);
	}
	if (sql_keep_mark(d->db, d->arena,
		    &(struct sql_keep_mark_in){ request_id, today }, &mark,
		    e) < 0)
		return -1;
	out->keeps = mark.n;
	out->keeps_ended = mark.ended;
	return 0;
}

bool record_is_whole(const struct record *r, const struct tally *t)
{
	return !t->kept && !r->person.kept.n && !r->person.is_part.n &&
	       !t->systems_dropped && !t->vendors_dropped;
}

str record_seen(struct desk *d, const struct tally *t)
{
	struct buf b = buf_in(d->arena, (t->rows.n + 2) * SEEN_TASK_MAX);
	str seen;

	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];
		str finding;

		if (!str_eq(row->target, STR("system")) || row->done_at)
			continue;
		finding = keys_hash(d->arena, d->keys, "seen", row->sealed);
		buf_fmt(&b, "%lld %.*s %.*s\n", (long long)row->id,
			STR_ARG(row->state),
			STR_ARG(hex_of(d->arena, finding.p, finding.n)));
	}
	buf_fmt(&b, "%lld %lld\n", (long long)t->keeps,
		(long long)t->keeps_ended);
	must(buf_ok(&b));
	seen = keys_hash(d->arena, d->keys, "seen", buf_str(&b));
	return hex_of(d->arena, seen.p, seen.n);
}

static str task_label(struct desk *d, str name)
{
	return arena_fmt(d->arena, "task:%.*s", STR_ARG(name));
}

str record_seal_task(struct desk *d, const struct record *r, str name, str text)
{
	if (!text.n || !r->seal)
		return STR("");
	return seal_put(d->arena, r->seal, task_label(d, name), text);
}

int record_open_task(struct desk *d, const struct record *r, str name,
	str sealed, str *text, struct err *e)
{
	*text = STR("");
	if (!sealed.n || !r->seal)
		return 0;
	return seal_get(
		d->arena, r->seal, task_label(d, name), sealed, text, e);
}

static struct date date_of(str iso)
{
	struct date out = { 0 };

	if (iso.n)
		must(date_parse(iso, &out));
	return out;
}

enum lang record_lang(const struct record *r)
{
	enum lang l;

	return lang_read(r->person.language, &l) ? l : LANG_EN;
}

struct date record_received_on(const struct record *r)
{
	return date_of(r->row.received_on);
}

struct date record_due_on(const struct record *r)
{
	return date_of(r->row.due_on);
}

/* What is said anew of each identifier: of the reasons in mask, these hold. */
struct listing {
	const struct record *of;
	uint32_t mask;
	uint32_t reasons;
};

static int list_one(struct desk *d, const struct listing *l,
	const struct record_key *k, struct err *e)
{
	struct suppress_change change = {
		.kind = &k->kind,
		.key = k->of,
		.n = 1,
		.mask = l->mask,
		.source = STR("request"),
	};

	if (l->reasons)
		return suppress_add(d, k->kind, k->of, l->reasons,
			change.source, l->of->row.id, e);
	return suppress_replace(d, &change, e);
}

static void add_keys(struct desk *d, enum ident_kind kind, str lines,
	struct record_keys *out)
{
	str line;

	while (str_next(&lines, '\n', &line)) {
		struct record_key *k = &out->at[out->n];

		k->kind = kind;
		k->value.v = line;
		out->n += !ident_key_of(
			suppress_keyring(d->suppress), kind, line, k->of);
	}
}

static size_t lines_at_most(str text)
{
	size_t n = 1;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

struct record_keys record_keys(struct desk *d, const struct record *r)
{
	const struct {
		enum ident_kind kind;
		str lines;
	} parts[] = {
		{ IDENT_EMAIL, r->person.email.v },
		{ IDENT_EMAIL, r->person.other_emails.v },
		{ IDENT_PHONE, r->person.phone.v },
		{ IDENT_PHONE, r->person.other_phones.v },
		{ IDENT_NAME_ADDRESS,
			person_name_address(d->arena, &r->person).v },
	};
	struct record_keys out = { 0 };
	size_t max = 0;

	for (size_t i = 0; i < COUNTOF(parts); i++)
		max += lines_at_most(parts[i].lines);
	out.at = arena_many(d->arena, struct record_key, max);
	for (size_t i = 0; i < COUNTOF(parts); i++)
		add_keys(d, parts[i].kind, parts[i].lines, &out);
	return out;
}

static int list_person(struct desk *d, const struct listing *l, struct err *e)
{
	struct record_keys keys = record_keys(d, l->of);

	for (size_t i = 0; i < keys.n; i++)
		if (list_one(d, l, &keys.at[i], e))
			return -1;
	return 0;
}

int record_suppress(
	struct desk *d, const struct record *r, uint32_t reasons, struct err *e)
{
	struct listing l = { r, reasons, reasons };

	return list_person(d, &l, e);
}

int record_release(
	struct desk *d, const struct record *r, uint32_t reasons, struct err *e)
{
	struct listing l = { r, reasons, 0 };

	return list_person(d, &l, e);
}
