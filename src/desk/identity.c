#include "desk/identity.h"

#include "base/buf.h"
#include "connect/find_point.h"
#include "connect/map.h"
#include "desk/agent_post.h"
#include "desk/case.h"
#include "desk/code.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/parent_post.h"

enum { MATCHED_MAX = PERSON_matched_max };

/* A line of person.matched is "zip:CRM", or "-zip:CRM" where it did not match. */
static const str missed_mark = STR_INIT("-");
static const str no_way = STR_INIT("none");

static bool has_line(str list, str code)
{
	str line, what, where;

	while (str_next(&list, '\n', &line)) {
		str_cut(line, ':', &what, &where);
		if (str_eq(what, code))
			return true;
	}
	return false;
}

/* An account that may be in the wrong hands confirmed nothing (11 CCR 7061(b)). */
static bool is_confirmed(const struct record *r)
{
	return (r->row.email_confirmed_at > 0 && !r->person.doubted.n) ||
	       str_eq(r->person.parent_checked, STR("yes"));
}

/* An address is a point when the code came back from it as well. */
static unsigned points_of(const struct record *r)
{
	unsigned out = 0;

	for (int p = 0; p < POINTS; p++)
		if (has_line(r->person.matched,
			    str_of(point_code((enum point)p))))
			out |= 1u << p;
	if (!is_confirmed(r))
		out &= ~(person_is_by_phone(&r->person) ? POINT_BIT(PHONE)
							: POINT_BIT(EMAIL));
	return out;
}

static int count(unsigned bits)
{
	int n = 0;

	for (; bits; bits &= bits - 1)
		n++;
	return n;
}

static struct grade judge(
	const struct record *r, enum kind kind, const struct identity *x)
{
	return grade_judge(&(struct grade_facts){
		.kind = kind,
		.is_sensitive = x->is_marked && r->person.sensitive.n > 0,
		.is_raised = x->is_raised,
		.points = x->points_n,
		.is_declared = str_eq(r->person.declared, STR("yes")),
		.is_account = x->is_account,
	});
}

/* The higher grade, and nothing less to answer with: what was found out by the
 * code alone is not enough, whatever the data map relies on (11 CCR 7062(c)). */
static bool takes_all(enum kind kind)
{
	return kind_verification(kind) == VERIFY_HIGH &&
	       grade_lesser(kind) == kind;
}

/* 11 CCR 7062(a), (b): what nobody has determined to be reliable proves nothing, and
 * speaks against who asks all the same where it is another. */
static bool is_enough(const struct record *r, const struct identity *x)
{
	if (!x->is_marked && !x->is_raised && !takes_all(r->kind))
		return x->is_account || !x->has_missed;
	return judge(r, grade_lesser(r->kind), x).is_reached;
}

void identity_of(const struct record *r, struct identity *out)
{
	*out = (struct identity){
		.is_marked = str_eq(r->person.marked, STR("yes")),
		.is_confirmed = is_confirmed(r),
		.is_account = str_eq(r->person.account, STR("yes")) &&
			      !r->person.doubted.n,
		.is_doubted = r->person.doubted.n > 0,
		.is_vouched = r->person.reason.v.n > 0,
		.has_missed = identity_has_missed(&r->person),
		.is_raised = r->person.raised.n > 0,
		.points = points_of(r),
	};
	out->points_n = count(out->points);
	if (!grade_is_for(r->kind))
		return;
	out->grade = judge(r, r->kind, out);
	out->is_reached = out->is_confirmed && is_enough(r, out);
	/* Staff accepted it before the search, and no more may be asked of the
	 * consumer (11 CCR 7063(a); Prob. Code 4121 to 4130). */
	if (agent_proof(r) == PROOF_POWER) {
		out->is_reached = out->is_whole = true;
		return;
	}
	out->is_whole = out->is_reached && (r->kind != KIND_KNOW_SPECIFIC ||
						   out->grade.is_reached);
}

bool identity_lacks_declaration(const struct record *r)
{
	struct record declared = *r;
	struct identity x;

	if (!grade_is_for(r->kind))
		return false;
	identity_of(r, &x);
	if (x.is_reached || x.is_vouched)
		return false;
	declared.person.declared = STR("yes");
	identity_of(&declared, &x);
	return x.is_reached;
}

/* --- what a search learnt --- */

static str without(struct desk *d, str list, str system)
{
	struct buf b = buf_in(d->arena, list.n + 1);
	str line, what, where;

	while (str_next(&list, '\n', &line)) {
		str_cut(line, ':', &what, &where);
		if (str_eq(where, system) || str_eq(line, system))
			continue;
		if (b.n)
			buf_putc(&b, '\n');
		buf_put(&b, line);
	}
	return buf_str(&b);
}

/* A line that does not fit is not there: fewer points, never more. */
static void add_line(struct desk *d, str *list, str mark, str what, str where)
{
	struct buf b = buf_in(d->arena, MATCHED_MAX);

	buf_put(&b, *list);
	if (b.n)
		buf_putc(&b, '\n');
	buf_put(&b, mark);
	buf_put(&b, what);
	if (what.n)
		buf_putc(&b, ':');
	buf_put(&b, where);
	if (buf_ok(&b))
		*list = buf_str(&b);
}

bool identity_has_matched(const struct person *p, enum point x)
{
	return has_line(p->matched, str_of(point_code(x)));
}

bool identity_has_missed(const struct person *p)
{
	str list = p->matched;
	str line, what, where;

	while (str_next(&list, '\n', &line)) {
		str_cut(line, ':', &what, &where);
		if (str_starts(what, missed_mark) &&
			!has_line(p->matched, str_from(what, missed_mark.n)))
			return true;
	}
	return false;
}

/* 11 CCR 7062: details that are looked by, where no address leads to anybody. */
void identity_note_search(
	struct desk *d, struct person *p, str system, unsigned by)
{
	p->searched_by = without(d, p->searched_by, system);
	for (int c = 0; c < COMPOSITES; c++)
		if (by & COMPOSITE_BIT(c))
			add_line(d, &p->searched_by, STR(""),
				str_of(composite_code((enum composite)c)),
				system);
	if (by & COMPOSITE_NO_WAY)
		add_line(d, &p->searched_by, STR(""), no_way, system);
}

void identity_learn(struct desk *d, struct person *p, str system,
	const struct points_seen *seen, bool is_sensitive)
{
	p->matched = without(d, p->matched, system);
	p->sensitive = without(d, p->sensitive, system);
	for (int i = 0; i < POINTS; i++) {
		str code = str_of(point_code((enum point)i));

		if (seen->matched & 1u << i)
			add_line(d, &p->matched, STR(""), code, system);
		else if (seen->missed & 1u << i)
			add_line(d, &p->matched, missed_mark, code, system);
	}
	if (is_sensitive)
		add_line(d, &p->sensitive, STR(""), STR(""), system);
}

/* COMPOSITES: of nothing. */
static enum composite searched_composite(str code)
{
	int c = 0;

	while (c < COMPOSITES &&
		!str_eq(code, str_of(composite_code((enum composite)c))))
		c++;
	return (enum composite)c;
}

/* "by name and ZIP code"; NULL: by nothing. */
static const char *searched_title(str code)
{
	enum composite c = searched_composite(code);

	return c < COMPOSITES ? composite_title(c) : NULL;
}

unsigned identity_searched_points(const struct person *p)
{
	str list = p->searched_by;
	unsigned points = 0;
	str line, what, where;

	while (str_next(&list, '\n', &line)) {
		enum composite c;

		str_cut(line, ':', &what, &where);
		c = searched_composite(what);
		if (c < COMPOSITES)
			points |= composite_points(c);
	}
	return points;
}

str identity_searched(struct arena *a, const struct record *r)
{
	str list = r->person.searched_by;
	str words = STR("");
	str line, what, where;

	while (str_next(&list, '\n', &line)) {
		const char *by;

		str_cut(line, ':', &what, &where);
		by = searched_title(what);
		words = arena_fmt(a, "%.*s%s%.*s %s%s.", STR_ARG(words),
			words.n ? " " : "", STR_ARG(where),
			by ? "was searched by "
			   : "has nothing to search by what was given",
			by ? by : "");
	}
	return words;
}

bool identity_phone_leads(const struct record *r)
{
	return person_is_by_phone(&r->person) &&
	       (r->row.email_confirmed_at || is_for_child(r) ||
		       agent_proof(r) == PROOF_POWER);
}

bool identity_is_by_points(const struct record *r)
{
	return !r->person.email.v.n && !identity_phone_leads(r);
}

bool identity_has_way(struct desk *d, const struct person *p)
{
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	struct points_typed typed;
	bool leads = p->email.v.n > 0;
	struct map map = { 0 };
	struct err e;

	identity_typed(p, &typed);
	if (!leads && d->data_map && map_read(a, d->data_map, &map, &e))
		map.systems_n = 0;
	for (size_t i = 0; !leads && i < map.systems_n; i++)
		leads = find_composites(&map.systems[i], &typed) != 0;
	arena_free(a);
	return leads;
}

void identity_typed(const struct person *p, struct points_typed *out)
{
	*out = (struct points_typed){
		.at = {
			[POINT_EMAIL] = p->email,
			[POINT_PHONE] = p->phone,
			[POINT_ZIP] = p->zip,
			[POINT_NAME] = p->name,
			[POINT_STREET] = p->street,
			[POINT_BIRTH_DATE] = p->birth_date,
		},
		.proven = person_is_by_phone(p) ? POINT_BIT(PHONE)
							  : POINT_BIT(EMAIL),
	};
}

/* --- what the queue says --- */

int identity_store(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_request_unverified_in in = { .id = r->row.id };
	struct sql_declaration_waits_in lacks = {
		.request_id = r->row.id,
		.waits = identity_lacks_declaration(r),
	};
	struct identity x;

	identity_of(r, &x);
	in.unverified = !x.is_reached && !x.is_vouched;
	return sql_request_unverified(d->db, &in, e) < 0 ||
			       sql_declaration_waits(d->db, &lacks, e) < 0
		       ? -1
		       : 0;
}

const struct unverified *identity_foretold(
	const struct record *r, bool sells, bool is_opted_out)
{
	struct identity x;

	/* An agent who showed nothing is denied for that, not as unverified. */
	if (!grade_is_for(r->kind) || !state_is_open(r->state) ||
		(agent_asks(r) && agent_proof(r) == PROOF_NONE))
		return NULL;
	identity_of(r, &x);
	if (x.is_whole || x.is_vouched)
		return NULL;
	return unverified_of(&(struct unverified_facts){
		.kind = r->kind,
		.is_enough_for_less = x.is_reached,
		.sells = sells,
		.is_opted_out = is_opted_out,
	});
}

/* --- what staff know --- */

struct vouching {
	str reference;
	str reason;
};

static int vouch(struct desk *d, void *ctx, struct err *e)
{
	const struct vouching *v = ctx;
	struct record r;

	if (record_need(d, v->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (r.state != STATE_REVIEW || !r.seal)
		return err_set(e, ERR_CONFLICT,
			"there is nothing to decide: the case is \"%s\"",
			state_title(r.state));
	r.person.reason.v = v->reason;
	if (record_save_person(d, &r, e) || identity_store(d, &r, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_VOUCHED, r.row.reference, e, AD("id", d->actor.id));
}

int case_vouch(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e)
{
	struct vouching v = { reference, str_trim(reason) };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	note_check(v.reason, "vouch", "Write how you know who is asking", ps);
	return ps->n ? 0 : desk_write(d, vouch, &v, e);
}
