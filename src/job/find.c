/*
 * Looks for the person in one system.  The way in is the email address that
 * was confirmed, further addresses of the same person that another system knew,
 * and keys that the map says lead from there to here: a phone number or a ZIP code that somebody typed proves nothing, so
 * they are compared with what is found and never lead to rows.
 */
#include "base/buf.h"
#include "connect/connector.h"
#include "connect/find_cross.h"
#include "connect/map.h"
#include "desk/limit.h"
#include "job/job.h"

enum { ZIP_DIGITS = 5 };

static bool zip_is(const struct cell *c, str zip)
{
	return c->type != CELL_NULL && zip.n >= ZIP_DIGITS &&
	       str_eq(str_head(str_trim(c->v.v), ZIP_DIGITS),
		       str_head(zip, ZIP_DIGITS));
}

static bool table_has_zip(const struct found_table *t, str zip)
{
	for (size_t c = 0; c < t->table->columns_n; c++) {
		if (t->table->columns[c].verifies != VERIFIES_ZIP)
			continue;
		for (size_t i = 0; i < t->n; i++)
			if (zip_is(&t->rows[i].cells[c], zip))
				return true;
	}
	return false;
}

static void note_idents(struct job *j, const struct work *w,
	const struct finding *f, struct found *out)
{
	struct arena *a = j->desk->arena;
	struct ident typed = { 0 };
	bool has_phone =
		!ident_read(&typed, IDENT_TOYON_1, IDENT_PHONE, w->phone);

	out->emails.at = arena_many(a, str, f->idents_n);
	out->phones.at = arena_many(a, str, f->idents_n);
	for (size_t i = 0; i < f->idents_n; i++) {
		const struct ident *id = &f->idents[i];
		str text = { id->text, id->n };

		if (id->kind == IDENT_EMAIL)
			out->emails.at[out->emails.n++] = text;
		else if (id->kind == IDENT_PHONE)
			out->phones.at[out->phones.n++] = text;
		if (has_phone && id->kind == IDENT_PHONE &&
			str_eq(text, (str){ typed.text, typed.n }))
			out->phone_matches = true;
	}
}

static int look(struct job *j, const struct work *w, const struct map *m,
	const struct map_system *s, struct finding *f, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_READ,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
	};
	struct find_options o = { 0 };
	struct job_ways ways;
	struct conn *c;

	job_ways(j->desk->arena, w, s, &ways);
	o.starts = ways.starts;
	o.starts_n = ways.starts_n;
	if (conn_open(j->desk->arena, m, s, &options, &c, e))
		return -1;
	return find_person(c, j->desk->arena, ways.ids, ways.ids_n, &o, f, e);
}

enum job_end job_find(struct job *j, struct err *e)
{
	struct desk *d = j->desk;
	const struct map_system *system;
	struct found found = { 0 };
	struct finding finding;
	struct work w;
	struct map map;
	struct buf json;
	int rc = fulfil_work(d, j->subject_id, &w, e);

	if (rc < 0)
		return JOB_FAILED;
	if (!rc || w.is_done || !str_eq(w.state, STR("searching")))
		return JOB_DONE;
	if (job_map(j, &map, e) || job_system(j, &map, &w, &system, e) ||
		look(j, &w, &map, system, &finding, e))
		return job_not_now(j, &w, e);
	json = buf_in(d->arena, FIND_JSON_MAX);
	find_to_json(&json, &finding);
	must(buf_ok(&json));
	found.finding = buf_str(&json);
	found.rows = (int64_t)finding.rows_n;
	note_idents(j, &w, &finding, &found);
	found.keys.at = find_keys_told(d->arena, &map, &finding, &found.keys.n);
	for (size_t i = 0; i < system->tables_n; i++)
		found.zip_matches |= table_has_zip(&finding.tables[i], w.zip);
	return fulfil_found(d, &w, &found, e) ? JOB_FAILED : JOB_DONE;
}
