/*
 * Which lists were selected, and why; what the platform told; what is kept in
 * the archive.
 */
#include "desk/drop_session.h"

#include "base/enc.h"
#include "connect/map.h"
#include "desk/drop_archive.h"
#include "desk/drop_page.h"
#include "drop/match.h"
#include "drop/webhook.h"
#include "store/sql.h"

/* --- selection --- */

static const char *conflict_of(const struct drop_selection *s)
{
	if (s->is_decided && s->systems && !s->is_held)
		return "said not to be held, but the data map has systems that "
		       "can be matched with it";
	if (s->is_decided && s->systems && !s->is_selected)
		return "not selected, but the data map has systems that can be "
		       "matched with it";
	if (s->is_decided && s->items && !s->is_selected)
		return "said not to be selected, but items of it came";
	if (s->items && !s->systems && (!s->is_decided || s->is_held))
		return "items of it came, and no system of the data map can be "
		       "matched with it";
	return NULL;
}

static int count_systems(
	struct desk *d, struct drop_selection *out, struct err *e)
{
	struct map map;

	if (map_read(d->arena, d->data_map, &map, e))
		return -1;
	for (size_t i = 0; i < map.systems_n; i++) {
		unsigned lists = drop_match_lists(&map.systems[i]);

		for (int l = 0; l < DROP_LISTS; l++)
			out[l].systems += (lists >> l) & 1;
	}
	return 0;
}

static int read_said(struct desk *d, enum drop_as as,
	struct drop_selection *out, struct err *e)
{
	struct sql_drop_list_all_rows said;
	struct drop_tally items;

	if (sql_drop_list_all(d->db, d->arena, &said, e) ||
		drop_tally_read(d, as, &items, e))
		return -1;
	for (size_t i = 0; i < said.n; i++) {
		struct drop_selection *s = &out[said.at[i].list];

		must(said.at[i].list >= 0 && said.at[i].list < DROP_LISTS);
		s->is_decided = true;
		s->is_selected = said.at[i].is_selected;
		s->is_held = said.at[i].is_held;
		s->reason = said.at[i].reason;
		s->decided_at = said.at[i].decided_at;
		s->decided_by = said.at[i].decided_by;
	}
	for (size_t i = 0; i < items.n; i++)
		out[items.at[i].list].items += items.at[i].n;
	return 0;
}

static int read_selections(struct desk *d, enum drop_as as,
	struct drop_selection *out, struct err *e)
{
	for (int l = 0; l < DROP_LISTS; l++)
		out[l] = (struct drop_selection){ .list = (enum drop_list)l };
	if (desk_need(d, PERM_SEE_DROP, e) || count_systems(d, out, e) ||
		read_said(d, as, out, e))
		return -1;
	for (int l = 0; l < DROP_LISTS; l++)
		out[l].conflict = conflict_of(&out[l]);
	return 0;
}

int drop_selections(
	struct desk *d, struct drop_selection out[DROP_LISTS], struct err *e)
{
	return read_selections(d, DROP_AS_IS, out, e);
}

int drop_selections_page(
	struct desk *d, struct drop_selection out[DROP_LISTS], struct err *e)
{
	return read_selections(d, DROP_AS_COUNTED, out, e);
}

static int put(struct desk *d, void *ctx, struct err *e)
{
	const struct sql_drop_list_put_in *in = ctx;

	if (sql_drop_list_put(d->db, in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_LIST_CHOSEN, STR(""), e,
		AD("list", drop_list_name((enum drop_list)in->list)),
		AD("selected", in->is_selected ? "yes" : "no"),
		AD("held", in->is_held ? "yes" : "no"));
}

int drop_list_put(struct desk *d, enum drop_list list, bool is_selected,
	bool is_held, str reason, struct err *e)
{
	struct sql_drop_list_put_in in = {
		.list = list,
		.is_selected = is_selected,
		.is_held = is_held,
		.reason = str_trim(reason),
		.decided_at = desk_now(d),
		.decided_by = desk_actor(d),
	};

	if (!in.reason.n || in.reason.n > LIMIT_NOTE_BYTES ||
		!str_is_text(in.reason))
		return err_set(e, ERR_INVALID,
			"a reason is needed, of at most %d bytes: auditors ask "
			"for it",
			LIMIT_NOTE_BYTES);
	if (desk_need(d, PERM_DROP, e))
		return -1;
	return desk_write(d, put, &in, e);
}

/* --- what the platform told --- */

struct telling {
	const struct drop_told *told;
	bool is_new;
};

static int take_event(struct desk *d, void *ctx, struct err *e)
{
	struct telling *t = ctx;
	uint8_t is_signed[DROP_SIGNED_SIZE];
	struct sql_drop_event_add_in in = {
		.event_id = t->told->event_id,
		.type = t->told->type,
		.sent_at = t->told->sent_at,
		.at = desk_now(d),
		.body = t->told->body,
	};
	int64_t n;

	drop_webhook_signed(t->told->timestamp, t->told->body, is_signed);
	in.signed_sha256 = hex_of(d->arena, is_signed, sizeof is_signed);
	n = sql_drop_event_add(d->db, &in, e);
	if (n < 0)
		return -1;
	t->is_new = n > 0;
	if (!n)
		return 0;
	if (sql_drop_cycle_ready(d->db, e) < 0 ||
		desk_job(d, JOB_DROP, 0, desk_now(d), e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_DROP_TOLD, STR(""), e, AD("type", t->told->type));
}

enum { EVENT_ID_MAX = 200, EVENT_TYPE_MAX = 60 };

int drop_event(struct desk *d, const struct drop_told *told, bool *is_new,
	struct err *e)
{
	struct telling t = { .told = told };

	if (!told->event_id.n || told->event_id.n > EVENT_ID_MAX ||
		!told->type.n || told->type.n > EVENT_TYPE_MAX ||
		!told->timestamp.n || told->body.n > LIMIT_DROP_WEBHOOK_BYTES ||
		!str_is_text(told->event_id) || !str_is_text(told->type) ||
		!str_is_text(told->body))
		return err_set(e, ERR_INVALID, "no event of the platform");
	if (desk_write(d, take_event, &t, e))
		return -1;
	*is_new = t.is_new;
	return 0;
}

int drop_events(
	struct desk *d, size_t first, struct drop_events *out, struct err *e)
{
	struct sql_drop_event_list_in in = { (int64_t)first };
	struct sql_drop_event_list_rows rows;

	if (desk_need(d, PERM_SEE_DROP, e) ||
		sql_drop_event_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct drop_event_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct drop_event_row){
			.event_id = rows.at[i].event_id,
			.type = rows.at[i].type,
			.sent_at = rows.at[i].sent_at,
			.at = rows.at[i].at,
			.body = rows.at[i].body,
		};
	return 0;
}

/* --- the archive --- */

static int verify_zip(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct drop_verified *out, struct err *e)
{
	struct archived sum;

	if (!c->archive.n)
		return 0;
	if (archive_open(d->keys, drop_place_path(d->arena, p, c->archive),
		    NULL, &sum, e))
		return err_context(e, "session %lld", (long long)c->id);
	if (sum.size != c->zip_size ||
		!str_eq(hex_of(d->arena, sum.sha256, sizeof sum.sha256),
			c->zip_sha256))
		return err_set(e, ERR_CORRUPT,
			"session %lld: the archive does not hold what was "
			"received",
			(long long)c->id);
	out->files++;
	out->bytes += sum.size;
	return 0;
}

static int verify_upload(struct desk *d, const struct drop_place *p,
	const struct drop_upload *u, struct drop_verified *out, struct err *e)
{
	struct archived sum;
	str name = arena_fmt(d->arena, "sent/%.*s", STR_ARG(u->name));

	if (!u->sha256.n)
		return 0;
	if (archive_sum(drop_place_path(d->arena, p, name), &sum, e))
		return -1;
	if (!str_eq(hex_of(d->arena, sum.sha256, sizeof sum.sha256), u->sha256))
		return err_set(e, ERR_CORRUPT,
			"%.*s is not what was written then", STR_ARG(u->name));
	out->files++;
	out->bytes += sum.size;
	return 0;
}

enum { CYCLES_MAX = 10000 };

int drop_verify(struct desk *d, const struct drop_place *p,
	struct drop_verified *out, struct err *e)
{
	struct drop_cycles all;

	*out = (struct drop_verified){ 0 };
	if (drop_cycles(d, CYCLES_MAX, &all, e))
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		struct drop_cycle_view v;

		if (drop_cycle_view(d, all.at[i].id, &v, e) != 1 ||
			verify_zip(d, p, &v.cycle, out, e))
			return -1;
		for (size_t k = 0; k < v.uploads.n; k++)
			if (verify_upload(d, p, &v.uploads.at[k], out, e))
				return -1;
	}
	return 0;
}

static int note_restored(struct desk *d, void *ctx, struct err *e)
{
	const struct drop_cycle *c = ctx;

	return DESK_AUDIT(
		d, AUDIT_DROP_RESTORED, STR(""), e, AD("cycle", c->id));
}

int drop_restore(struct desk *d, const struct drop_place *p, int64_t cycle_id,
	const char *path, struct err *e)
{
	struct archived sum;
	struct drop_cycle c;
	int rc;

	if (desk_need(d, PERM_DROP, e))
		return -1;
	rc = drop_session_read(d, cycle_id, &c, e);
	if (rc < 0)
		return -1;
	if (!rc || !c.archive.n)
		return err_set(e, ERR_NOT_FOUND,
			"no ZIP was archived for session %lld",
			(long long)cycle_id);
	if (archive_open(d->keys, drop_place_path(d->arena, p, c.archive), path,
		    &sum, e))
		return -1;
	return desk_write(d, note_restored, &c, e);
}
