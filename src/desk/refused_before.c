#include "desk/refused_before.h"

#include "desk/document.h"
#include "desk/record.h"
#include "law/deadline.h"
#include "law/reference.h"

/* --- are they about the same? --- */

static bool is_of_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

struct words {
	str *at; /* each once */
	size_t n;
};

static bool has_word(const struct words *w, str word)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_eq_nocase(w->at[i], word))
			return true;
	return false;
}

static struct words words_of(struct arena *a, str text)
{
	struct words out = { arena_many(a, str, text.n / 2 + 1), 0 };
	size_t from = 0;

	for (size_t i = 0; i <= text.n; i++) {
		str word = str_from(str_head(text, i), from);

		if (i < text.n && is_of_word(text.p[i]))
			continue;
		if (word.n && !has_word(&out, word))
			out.at[out.n++] = word;
		from = i + 1;
	}
	return out;
}

enum likeness likeness_of(struct arena *a, str one, str other)
{
	struct words x = words_of(a, one), y = words_of(a, other);
	size_t both = 0;

	for (size_t i = 0; i < x.n; i++)
		both += has_word(&y, x.at[i]);
	if (both && both == x.n && both == y.n)
		return LIKE_SAME;
	return both && 2 * both >= x.n + y.n - both ? LIKE_MOSTLY : LIKE_OTHER;
}

/* Who moved since wants another thing of it, though in the same words. */
static enum likeness like_of(
	struct arena *a, const struct person *one, const struct person *other)
{
	enum likeness like = likeness_of(a, one->item.v, other->item.v);
	bool is_same = str_eq_nocase(
		str_trim(one->should_be.v), str_trim(other->should_be.v));

	return like == LIKE_SAME && !is_same ? LIKE_MOSTLY : like;
}

/* --- what was refused --- */

/* The last day on which it may be refused again; {0} when the law sets none then. */
static struct date until_of(struct date refused_on)
{
	const struct clock_row *row =
		clock_row_for(CLOCK_REFUSE_AGAIN, KIND_NONE, refused_on);

	return row ? clock_end(row, refused_on).on : (struct date){ 0 };
}

/* It was looked at what they contest, and something of it stays as it was. */
static bool is_refused(const struct record *r, const struct ground **ground)
{
	enum outcome outcome = outcome_of(r->row.outcome);

	*ground = NULL;
	if (r->kind != KIND_CORRECT || !r->seal || !r->row.answered_at)
		return false;
	if (outcome == OUTCOME_PART)
		return str_eq(r->person.is_part, STR("yes"));
	*ground = ground_of(r->person.ground);
	return outcome == OUTCOME_DENIED && *ground && ground_settles(*ground);
}

static int add(struct desk *d, const struct record *r, str reference,
	struct refused_before *out, struct err *e)
{
	struct refused_one *x = &out->at[out->n];
	struct record other;
	int rc = record_by_reference(d, reference, &other, e);

	if (rc < 0)
		return -1;
	if (!rc || !is_refused(&other, &x->ground))
		return 0;
	x->reference = reference_show(d->arena, other.row.reference);
	x->on = date_pacific(other.row.answered_at);
	x->like = like_of(d->arena, &r->person, &other.person);
	x->until = until_of(x->on);
	out->n += x->like != LIKE_OTHER &&
		  date_cmp(x->on, record_received_on(r)) <= 0 &&
		  date_cmp(record_received_on(r), x->until) <= 0;
	return 0;
}

int refused_before(struct desk *d, const struct record *r,
	struct refused_before *out, struct err *e)
{
	struct sql_request_same_person_in in = { r->row.id };
	struct sql_request_same_person_rows rows;
	struct documents sent;

	*out = (struct refused_before){ .n = 0 };
	if (r->kind != KIND_CORRECT || !r->seal)
		return 0;
	if (sql_request_same_person(d->db, d->arena, &in, &rows, e) ||
		documents_of(d, r->row.id, DOCUMENT_CORRECTION, &sent, e))
		return -1;
	out->has_documents = sent.n > 0;
	out->at = arena_many(d->arena, struct refused_one, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		if (add(d, r, rows.at[i].reference, out, e))
			return -1;
	return 0;
}

int refused_before_of(struct desk *d, str reference, struct refused_before *out,
	struct err *e)
{
	struct record r;
	int rc = record_by_reference(d, reference, &r, e);

	*out = (struct refused_before){ .n = 0 };
	if (rc <= 0)
		return rc;
	return refused_before(d, &r, out, e) ? -1 : 1;
}

bool refused_before_is_ground(const struct refused_before *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->at[i].like == LIKE_SAME)
			return !b->has_documents;
	return false;
}
