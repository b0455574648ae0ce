#include "desk/verifying.h"

/* Apart from the request: another label is another key (desk/seal.h). */
static const str label = STR_INIT("verifying");

size_t verifying_split(struct person *p, struct person *apart)
{
	size_t n = 0;

	*apart = (struct person){ 0 };
#define VERIFYING_PERSONAL(name) \
	n += p->name.v.n > 0;    \
	apart->name = p->name;   \
	p->name.v = STR("");
#define VERIFYING_PLAIN(name)  \
	n += p->name.n > 0;    \
	apart->name = p->name; \
	p->name = STR("");
#include "desk/tbl/verifying.h"
	return n;
}

static void join(struct person *p, const struct person *apart)
{
#define VERIFYING_PERSONAL(name) \
	if (apart->name.v.n)     \
		p->name = apart->name;
#define VERIFYING_PLAIN(name) \
	if (apart->name.n)    \
		p->name = apart->name;
#include "desk/tbl/verifying.h"
}

int verifying_open(struct desk *d, struct record *r, struct err *e)
{
	struct sql_verifying_of_in in = { r->row.id };
	struct sql_verifying_of_row row;
	struct person apart;
	str json;
	int rc = sql_verifying_of(d->db, d->arena, &in, &row, e);

	if (rc <= 0)
		return rc;
	if (seal_get(d->arena, r->seal, label, row.sealed, &json, e) ||
		person_from_json(d->arena, json, &apart, e))
		return -1;
	join(&r->person, &apart);
	return 0;
}

int verifying_store(struct desk *d, const struct record *r,
	const struct person *apart, size_t n, struct err *e)
{
	struct sql_verifying_put_in in = { .request_id = r->row.id };
	struct sql_verifying_drop_in none = { r->row.id };

	if (!n)
		return sql_verifying_drop(d->db, &none, e) < 0 ? -1 : 0;
	in.sealed = seal_put(
		d->arena, r->seal, label, person_to_json(d->arena, apart));
	return sql_verifying_put(d->db, &in, e) < 0 ? -1 : 0;
}

int verifying_destroy(struct desk *d, struct record *r, struct err *e)
{
	struct person apart;
	size_t n = verifying_split(&r->person, &apart);

	if (record_save_person(d, r, e))
		return -1;
	return n ? DESK_AUDIT(d, AUDIT_VERIFYING_DESTROYED, r->row.reference, e,
			   AD("count", n), AD("law", "11 CCR 7060(d)"))
		 : 0;
}
