/*
 * Lists that came, from the platform or by a person's hand: the session that takes them,
 * and the ZIP, which is archived, sealed, before anything else; from then on the plain
 * file is a copy that may be lost.
 */
#include "desk/drop_receiving.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/enc.h"
#include "base/file.h"
#include "drop/batch.h"
#include "law/deadline.h"
#include "store/sql.h"

const char *drop_arriving(const struct desk *d, const struct drop_place *p)
{
	return drop_place_path(d->arena, p, STR("arriving.zip"));
}

/* --- opening --- */

struct opening {
	str source;
	struct drop_cycle cycle;
};

/* What follows from the day of an access; false: before the lists began. */
static bool dates_of(
	struct arena *a, struct date on, struct sql_drop_cycle_date_in *out)
{
	const struct clock_row *act = clock_row_for(CLOCK_ACT, KIND_DROP, on);
	struct deadline next = drop_access_due(on);

	if (!act)
		return false;
	out->opened_on = date_iso(a, on);
	out->rule = str_of(next.rule_id);
	out->next_by = date_iso(a, next.on);
	out->act_by = date_iso(a, date_add(on, act->count));
	return true;
}

static int open_session(struct desk *d, void *ctx, struct err *e)
{
	struct opening *o = ctx;
	struct sql_drop_cycle_date_in dates = { 0 };
	struct sql_drop_cycle_add_in in = {
		.state = str_of(drop_state_code(DROP_STATE_REQUESTED)),
		.source = o->source,
		.opened_at = desk_now(d),
		.opened_by = desk_actor(d),
		.profile = str_of(ident_profile_name(DROP_PROFILE)),
	};
	struct sql_drop_cycle_add_row row;

	if (!dates_of(d->arena, desk_today(d), &dates))
		return err_set(e, ERR_INVALID,
			"the State's lists begin on August 1, 2026");
	in.opened_on = dates.opened_on;
	in.rule = dates.rule;
	in.next_by = dates.next_by;
	in.act_by = dates.act_by;
	if (sql_drop_cycle_add(d->db, d->arena, &in, &row, e) < 0 ||
		DESK_AUDIT(d, AUDIT_DROP_OPENED, STR(""), e,
			AD("cycle", row.id), AD("source", o->source)))
		return -1;
	return drop_session_read(d, row.id, &o->cycle, e) == 1 ? 0 : -1;
}

static bool is_waiting(const struct drop_cycle *c)
{
	return c->state == DROP_STATE_REQUESTED ||
	       c->state == DROP_STATE_PREPARING;
}

/*
 * The session that waits for lists, or a new one.  Lists that lie here before it
 * begins are another's, which was killed before it put them away: the platform
 * would be answered for them twice, and never asked for the next ones.
 */
int drop_receiving_begin(struct desk *d, const struct drop_place *p, str source,
	struct drop_cycle *out, struct err *e)
{
	const char *zip = drop_arriving(d, p);
	struct opening o = { .source = source };
	int rc = drop_session_newest(d, out, e);

	if (rc < 0)
		return -1;
	if (rc && is_waiting(out))
		return 0;
	if (rc && out->state < DROP_STATE_UPLOADED) {
		err_set(e, ERR_CONFLICT, "session %lld is under way: %s",
			(long long)out->id, drop_state_title(out->state));
		return err_hint(e, "next: %s", drop_state_next(out->state));
	}
	if (unlink(zip) && errno != ENOENT)
		return err_errno(e, "remove \"%s\"", zip);
	if (desk_write(d, open_session, &o, e))
		return -1;
	*out = o.cycle;
	return 0;
}

/* --- what came --- */

/* The platform serves on only when all of the batch before was answered. */
static int close_before(struct desk *d, int64_t id, struct err *e)
{
	struct sql_drop_cycle_list_in in = { .first = 2 };
	struct sql_drop_cycle_list_rows rows;
	struct drop_cycle c;

	if (sql_drop_cycle_list(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.at[i].id == id)
			continue;
		if (drop_session_read(d, rows.at[i].id, &c, e) < 0)
			return -1;
		if (c.state == DROP_STATE_UPLOADED)
			return drop_session_move(d, &c, DROP_ON_SERVED_NEXT, e);
	}
	return 0;
}

/* 1 entered, 0 was entered before a crash, -1. */
static int enter_zip(struct desk *d, const struct drop_receiving *r,
	const struct sql_drop_cycle_received_in *in, struct err *e)
{
	struct sql_drop_cycle_received_instead_in instead = { in->id,
		in->zip_name, in->zip_size, in->zip_sha256, in->archive, in->at,
		in->source };
	int64_t n = r->is_instead ? sql_drop_cycle_received_instead(
					    d->db, &instead, e)
				  : sql_drop_cycle_received(d->db, in, e);

	if (n || !r->is_instead)
		return (int)n;
	err_set(e, ERR_CONFLICT, "session %lld takes up other lists already",
		(long long)r->cycle->id);
	return err_hint(e, "`toyon drop pull` goes on with them");
}

/*
 * What a person brought was handed out on the day that its name says, and that is when the
 * days of the law began: not when it was imported.
 */
static int date_back(
	struct desk *d, const struct drop_receiving *r, struct err *e)
{
	struct drop_cycle *c = r->cycle;
	struct sql_drop_cycle_date_in in = { .id = c->id };
	struct date on;
	int broker;

	if (!r->by_hand || !drop_zip_name_read(r->name, &on, &broker) ||
		date_cmp(on, c->opened_on) >= 0 || !dates_of(d->arena, on, &in))
		return 0;
	c->opened_on = on;
	must(date_parse(in.next_by, &c->next_by) &&
		date_parse(in.act_by, &c->act_by));
	return sql_drop_cycle_date(d->db, &in, e) < 0 ? -1 : 0;
}

static int enter_received(struct desk *d, void *ctx, struct err *e)
{
	struct drop_receiving *r = ctx;
	str sha = r->archive.n ? hex_of(d->arena, r->sum.sha256, 32) : STR("");
	struct sql_drop_cycle_received_in in = {
		.id = r->cycle->id,
		.zip_name = r->name,
		.zip_size = r->sum.size,
		.zip_sha256 = sha,
		.archive = r->archive,
		.at = desk_now(d),
		.source = r->source,
	};
	int n = enter_zip(d, r, &in, e);

	if (n < 0 || (n && date_back(d, r, e)) ||
		close_before(d, r->cycle->id, e))
		return -1;
	if (!r->archive.n) /* nothing to import: the lists are here already */
		return drop_session_move(d, r->cycle, DROP_ON_RECEIVED, e) ||
				       DESK_AUDIT(d, AUDIT_DROP_NOTHING_NEW,
					       STR(""), e,
					       AD("cycle", r->cycle->id))
			       ? -1
			       : 0;
	if (!n) /* entered before a crash */
		return 0;
	return DESK_AUDIT(d, AUDIT_DROP_RECEIVED, STR(""), e,
		AD("cycle", r->cycle->id), AD("bytes", r->sum.size),
		AD("sha256", sha));
}

/* Seals it, then says so: a crash in between only seals it once more. */
static int archive(struct desk *d, const struct drop_place *p, const char *zip,
	struct drop_receiving *r, struct err *e)
{
	const char *to;

	r->archive = arena_fmt(d->arena, "%lld_%.*s%s.sealed",
		(long long)r->cycle->id, STR_ARG(r->name),
		r->is_instead
			? arena_fmt(d->arena, ".%lld", (long long)desk_now(d)).p
			: "");
	to = drop_place_path(d->arena, p, r->archive);
	if (archive_seal(d->keys, zip, to, &r->sum, e))
		return -1;
	return desk_write(d, enter_received, r, e);
}

/* The name the platform gave is lost when we were killed: its files say it, where
 * they can be read.  What can't is archived, too. */
static str name_of(struct desk *d, const char *zip, str given)
{
	struct drop_batch b;
	struct err unreadable;
	struct date day;
	int broker;

	if (drop_zip_name_read(given, &day, &broker))
		return given;
	if (drop_batch_read(d->arena, zip, &b, NULL, NULL, &unreadable))
		b.files = 0;
	day = b.files ? b.file[0].name.date : desk_today(d);
	return arena_fmt(d->arena, "%04d%02d%02d_%04d_DROP.zip", day.year,
		day.month, day.day,
		b.files ? b.file[0].name.broker : drop_broker(d));
}

/* The platform hands nothing out twice, but the account's pages do. */
static int refused_lists(struct err *e)
{
	if (e->code != ERR_INVALID && e->code != ERR_LIMIT)
		return -1;
	return err_hint(e, "download the lists in the account and try with "
			   "them: `toyon drop import ZIP`");
}

/*
 * The plain file is what the record says that came.  It may be gone; and other lists
 * lie there when a person's import of them was killed before they were archived:
 * nobody was told that those were taken up.
 */
static int restore_received(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, const char *zip, struct err *e)
{
	const char *sealed = drop_place_path(d->arena, p, c->archive);
	struct archived sum;

	if (file_exists(zip)) {
		if (archive_sum(zip, &sum, e))
			return -1;
		if (str_eq(hex_of(d->arena, sum.sha256, sizeof sum.sha256),
			    c->zip_sha256))
			return 0;
	}
	return archive_open(d->keys, sealed, zip, &sum, e);
}

/*
 * From a plain ZIP to lists in the record.  What was archived and not imported
 * is imported from the archive when the plain file is not that.
 */
int drop_receiving_take(struct desk *d, const struct drop_place *p,
	struct drop_receiving *r, str name, struct err *e)
{
	const char *zip = drop_arriving(d, p);
	struct drop_cycle *c = r->cycle;

	if (c->received_at && restore_received(d, p, c, zip, e))
		return -1;
	if (!c->received_at) {
		r->name = name_of(d, zip, name);
		if (archive(d, p, zip, r, e))
			return -1;
	}
	if (drop_lists_import(d, c, zip, e))
		return refused_lists(e);
	unlink(zip);
	return 0;
}

/* There are no other lists than those that are here already. */
int drop_receiving_nothing(
	struct desk *d, struct drop_receiving *r, struct err *e)
{
	must(!r->archive.n);
	return desk_write(d, enter_received, r, e);
}

/* --- by hand --- */

/* Lists of a sandbox are those of a sandbox, whoever brings them. */
static str hand_source(const struct desk *d)
{
	return drop_is_sandbox(d) ? drop_source(d) : STR("hand");
}

/* What came before and was refused stays sealed where it is; this is the
 * session's from now on, and *c says so. */
static int archive_instead(struct desk *d, const struct drop_place *p,
	struct drop_cycle *c, str name, struct err *e)
{
	const char *zip = drop_arriving(d, p);
	struct drop_receiving r = {
		.cycle = c,
		.name = name_of(d, zip, name),
		.source = hand_source(d),
		.by_hand = true,
		.is_instead = true,
	};

	if (archive(d, p, zip, &r, e))
		return -1;
	return drop_session_read(d, c->id, c, e) == 1 ? 0 : -1;
}

static int same_as(
	struct desk *d, const struct archived *sum, int64_t *id, struct err *e)
{
	struct sql_drop_cycle_by_zip_in in = { hex_of(
		d->arena, sum->sha256, sizeof sum->sha256) };
	struct sql_drop_cycle_by_zip_row row;
	int rc = sql_drop_cycle_by_zip(d->db, d->arena, &in, &row, e);

	*id = rc == 1 ? row.id : 0;
	return rc;
}

void drop_receiving_tell(const struct drop_cycle *c, struct drop_pulled *out)
{
	out->state = c->state;
	out->items = c->items;
	out->removed = c->removed;
}

static int import(struct desk *d, const struct drop_place *p, const char *zip,
	struct drop_pulled *out, struct err *e)
{
	struct drop_cycle c = { 0 };
	struct archived sum;
	struct drop_receiving r = {
		.cycle = &c, .source = hand_source(d), .by_hand = true
	};
	const char *slash = strrchr(zip, '/');
	str name = str_of(slash ? slash + 1 : zip);
	int64_t before;
	int rc;

	if (archive_sum(zip, &sum, e))
		return -1;
	rc = same_as(d, &sum, &before, e);
	if (rc < 0)
		return -1;
	if (rc && drop_session_read(d, before, &c, e) < 0)
		return -1;
	if (rc && c.imported_at) {
		drop_receiving_tell(&c, out);
		return 0;
	}
	if (drop_need_one_platform(d, e) || drop_lists_check(d, zip, e) ||
		drop_receiving_begin(d, p, r.source, &c, e) ||
		archive_copy(zip, drop_arriving(d, p), e))
		return -1;
	if (c.received_at && c.id != before &&
		archive_instead(d, p, &c, name, e))
		return -1;
	if (drop_receiving_take(d, p, &r, name, e))
		return -1;
	drop_receiving_tell(&c, out);
	return 0;
}

int drop_import(struct desk *d, const struct drop_place *p, const char *zip,
	struct drop_pulled *out, struct err *e)
{
	int lock, rc;

	*out = (struct drop_pulled){ .said = "batch" };
	if (desk_need(d, PERM_DROP, e) || drop_lock(p, &lock, e))
		return -1;
	rc = import(d, p, zip, out, e);
	drop_tally_keep(d);
	drop_unlock(lock);
	return rc;
}
