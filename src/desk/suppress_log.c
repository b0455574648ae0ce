/*
 * Reading and adding packs.
 *
 * What must stay true: an entry is added only by a transaction that holds the
 * head of the audit trail, and that has read the log to its end after it got it.
 * What holds can't change then between looking and writing, on either engine.
 */
#include "desk/suppress_log.h"

#include <string.h>

#include "desk/limit.h"
#include "desk/own_act.h"
#include "desk/said.h"
#include "desk/suppress_list.h"
#include "desk/suppress_until.h"
#include "store/db.h"
#include "store/sql.h"

/* Which entries a row is of. */
static int entries_of(str id_key, int64_t seq, struct pack *out, struct err *e)
{
	size_t n = id_key.n / IDENT_KEY_SIZE;

	if (!n || id_key.n % IDENT_KEY_SIZE || (uint64_t)seq < n)
		return err_set(e, ERR_CORRUPT,
			"entry %lld of the suppression log is not as it was "
			"written",
			(long long)seq);
	out->first = (uint64_t)seq - n + 1;
	out->n = n;
	out->key = (const uint8_t *)id_key.p;
	return 0;
}

/* Each statement has a row type of its own, with the same columns. */
#define SET_PACK(out, row)                                 \
	do {                                               \
		(out)->kind = (row)->kind;                 \
		(out)->reasons = (uint32_t)(row)->reasons; \
		(out)->at = (row)->at;                     \
		(out)->act = (row)->act;                   \
		(out)->source = (row)->source;             \
		(out)->request_id = (row)->request_id;     \
	} while (0)

/* The entries of the row that are behind `after`, as many as fit. */
static int pack_of(const struct sql_suppression_after_row *row, uint64_t after,
	size_t room, struct pack *out, struct err *e)
{
	size_t skip;

	if (entries_of(row->id_key, row->seq, out, e))
		return -1;
	skip = after >= out->first ? (size_t)(after - out->first + 1) : 0;
	out->first += skip;
	out->n = out->n - skip < room ? out->n - skip : room;
	out->key += skip * IDENT_KEY_SIZE;
	SET_PACK(out, row);
	return 0;
}

int suppress_log_read(struct db *db, struct arena *a, uint64_t after,
	size_t most, struct packs *out, struct err *e)
{
	struct sql_suppression_after_in in = { .seq = (int64_t)after,
		.span = (int64_t)most,
		.pack = PACK_ENTRIES_MAX };
	struct sql_suppression_after_rows rows;

	must(after <= INT64_MAX && most > 0);
	if (sql_suppression_after(db, a, &in, &rows, e))
		return -1;
	*out = (struct packs){ .at = arena_many(a, struct pack, rows.n) };
	for (size_t i = 0; i < rows.n && out->entries < most; i++) {
		struct pack *p = &out->at[out->n++];

		if (pack_of(&rows.at[i], after, most - out->entries, p, e))
			return -1;
		out->entries += p->n;
	}
	return 0;
}

int suppress_log_read_of(struct db *db, struct arena *a,
	const uint8_t key[IDENT_KEY_SIZE], struct packs *out, struct err *e)
{
	struct sql_suppression_one_of_in in = { { (const char *)key,
		IDENT_KEY_SIZE } };
	struct sql_suppression_one_of_rows rows;

	if (sql_suppression_one_of(db, a, &in, &rows, e))
		return -1;
	*out = (struct packs){ .at = arena_many(a, struct pack, rows.n) };
	for (; out->n < rows.n; out->n++) {
		struct pack *p = &out->at[out->n];

		if (entries_of(
			    rows.at[out->n].id_key, rows.at[out->n].seq, p, e))
			return -1;
		SET_PACK(p, &rows.at[out->n]);
		out->entries++;
	}
	return 0;
}

int suppress_log_read_packs(struct db *db, struct arena *a, uint64_t after,
	size_t most, struct packs *out, struct err *e)
{
	struct sql_suppression_packs_after_in in = { (int64_t)after,
		(int64_t)most };
	struct sql_suppression_packs_after_rows rows;

	if (sql_suppression_packs_after(db, a, &in, &rows, e))
		return -1;
	*out = (struct packs){ .at = arena_many(a, struct pack, rows.n) };
	for (; out->n < rows.n; out->n++) {
		struct pack *p = &out->at[out->n];

		if (entries_of(
			    rows.at[out->n].id_key, rows.at[out->n].seq, p, e))
			return -1;
		SET_PACK(p, &rows.at[out->n]);
		out->entries += p->n;
	}
	return 0;
}

/* How far this transaction is (db_mark()). */
enum { LOG_LOOSE, LOG_HELD, LOG_ADDED };

/* The end of the log, until the transaction ends. */
static int hold(struct desk *d, struct err *e)
{
	struct sql_audit_head_row head;

	must(db_in_transaction(d->db));
	if (db_mark(d->db) != LOG_LOOSE)
		return 0;
	if (sql_audit_head(d->db, d->arena, &head, e) < 0 ||
		suppress_catch_up(d->suppress, d->db, d->arena, e))
		return -1;
	db_set_mark(d->db, LOG_HELD);
	return 0;
}

/* Behind the end of the list there are this transaction's own entries only. */
static int read_own(struct desk *d, const uint8_t *key, size_t n,
	uint32_t *reasons, struct err *e)
{
	struct index_delta *own = index_delta_new(CPU_BEST);
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	uint64_t seq = suppress_seq(d->suppress);
	struct packs packs;
	int rc;

	while (!(rc = suppress_log_read(
			 d->db, page, seq, PACK_ENTRIES_MAX, &packs, e)) &&
		packs.n) {
		seq = suppress_delta_put(own, &packs);
		arena_clear(page);
	}
	arena_free(page);
	for (size_t i = 0; !rc && i < n; i++)
		index_delta_find(own, key + i * IDENT_KEY_SIZE, &reasons[i]);
	index_delta_free(own);
	return rc;
}

int suppress_log_now(struct desk *d, const uint8_t *key, size_t n,
	uint32_t *reasons, struct err *e)
{
	if (hold(d, e))
		return -1;
	suppress_find(d->suppress, key, n, reasons);
	if (db_mark(d->db) == LOG_HELD)
		return 0;
	return read_own(d, key, n, reasons, e);
}

/* --- adding --- */

struct fresh {
	size_t of; /* the change's key */
	enum ident_kind kind;
	uint32_t reasons;
};

/* Which keys have something new to be said, each once; was: what holds. */
static struct fresh *find_fresh(
	struct arena *a, struct log_change *c, const uint32_t *was)
{
	struct fresh *list = arena_many(a, struct fresh, c->n);
	struct index_delta *seen = index_delta_new(CPU_BEST);

	c->is_new = arena_many(a, bool, c->n);
	c->changed = 0;
	for (size_t i = 0; i < c->n; i++) {
		const uint8_t *key = c->key + i * IDENT_KEY_SIZE;
		uint32_t holds = was[i], next;

		index_delta_find(seen, key, &holds);
		next = (holds & ~c->mask) | c->reasons;
		c->is_new[i] = next != holds;
		if (next == holds)
			continue;
		index_delta_put(seen, 0, key, next);
		list[c->changed++] = (struct fresh){ i, c->kind[i], next };
	}
	index_delta_free(seen);
	return list;
}

/* Takes out of the list what goes into one row with its first one. */
static size_t take_alike(struct log_change *c, struct fresh *list, size_t *n,
	uint8_t *key, struct pack *out)
{
	struct fresh first = list[0];
	size_t left = 0;

	*out = (struct pack){ .key = key,
		.kind = str_of(ident_kind_name(first.kind)),
		.reasons = first.reasons };
	for (size_t i = 0; i < *n; i++) {
		bool is_alike = list[i].kind == first.kind &&
				list[i].reasons == first.reasons;

		if (!is_alike || out->n == PACK_ENTRIES_MAX) {
			list[left++] = list[i];
			continue;
		}
		memcpy(key + out->n++ * IDENT_KEY_SIZE,
			c->key + list[i].of * IDENT_KEY_SIZE, IDENT_KEY_SIZE);
	}
	*n = left;
	return out->n;
}

static int add_row(struct desk *d, const struct log_change *c, str act,
	struct pack *p, struct err *e)
{
	struct sql_suppression_add_in in = {
		.n = (int64_t)p->n,
		.at = desk_now(d),
		.act = act,
		.kind = p->kind,
		.id_key = { (const char *)p->key, p->n * IDENT_KEY_SIZE },
		.reasons = p->reasons,
		.source = c->source,
		.request_id = c->request_id,
	};
	struct sql_suppression_add_row row;

	if (sql_suppression_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	p->first = (uint64_t)row.seq - p->n + 1;
	p->at = in.at;
	db_set_mark(d->db, LOG_ADDED);
	return 0;
}

static int add_fresh(
	struct desk *d, struct log_change *c, struct fresh *list, struct err *e)
{
	size_t left = c->changed;
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, left);

	while (left) {
		struct pack *p = &c->packs.at[c->packs.n++];

		key += take_alike(c, list, &left, key, p) * IDENT_KEY_SIZE;
		if (add_row(d, c, p->reasons ? STR("suppress") : STR("release"),
			    p, e))
			return -1;
		c->packs.entries += p->n;
	}
	return 0;
}

/* A row for each: who looks for the newest word of one finds it by its key. */
static int add_again(struct desk *d, struct log_change *c, const uint32_t *was,
	const bool *due, struct err *e)
{
	for (size_t i = 0; i < c->n; i++) {
		struct pack *p = &c->packs.at[c->packs.n];

		if (!due[i])
			continue;
		*p = (struct pack){ .n = 1,
			.key = c->key + i * IDENT_KEY_SIZE,
			.kind = str_of(ident_kind_name(c->kind[i])),
			.reasons = (was[i] & ~c->mask) | c->reasons };
		if (add_row(d, c, STR(OWN_ACT_AGAIN), p, e))
			return -1;
		c->packs.n++;
		c->packs.entries++;
		c->again++;
	}
	if (!c->again || c->request_id)
		return 0;
	return DESK_AUDIT(
		d, AUDIT_SAID_AGAIN, STR(""), e, AD("count", c->again));
}

int suppress_log_change(struct desk *d, struct log_change *c, struct err *e)
{
	uint32_t *was = arena_many(d->arena, uint32_t, c->n);
	bool *due = arena_many(d->arena, bool, c->n);
	struct fresh *list;

	must(!(c->reasons & ~c->mask));
	c->packs = (struct packs){ 0 };
	c->again = 0;
	if (suppress_log_now(d, c->key, c->n, was, e) ||
		suppress_until_keep(d, c, was, e) || said_note(d, c, was, e) ||
		own_act_due(d, c, was, due, e))
		return -1;
	list = find_fresh(d->arena, c, was);
	c->packs.at = arena_many(d->arena, struct pack, c->n * 2);
	return add_fresh(d, c, list, e) || add_again(d, c, was, due, e) ? -1
									: 0;
}
