/*
 * Writes an evidence pack: read in one transaction, written beside its place,
 * renamed.
 */
#include "desk/drop_evidence_data.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/enc.h"
#include "base/file.h"
#include "desk/config.h"
#include "desk/drop_archive.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "store/db.h"

enum { SESSIONS_MAX = 10000, SUMS_MAX = 1 << 16, FILE_MODE = 0644 };

/* --- reading --- */

static bool is_wanted(const struct evidence *x, const struct drop_cycle *c)
{
	return date_cmp(c->opened_on, x->from) >= 0 &&
	       date_cmp(c->opened_on, x->to) <= 0;
}

static int load_sessions(struct desk *d, struct evidence *x, struct err *e)
{
	struct drop_cycles all;

	if (drop_cycles(d, SESSIONS_MAX, &all, e))
		return -1;
	if (date_is_none(x->from))
		x->from = all.n ? all.at[all.n - 1].opened_on : x->to;
	x->sessions.at = arena_many(d->arena, struct drop_cycle_view, all.n);
	for (size_t i = all.n; i-- > 0;) {
		struct drop_cycle_view *v = &x->sessions.at[x->sessions.n];

		if (!is_wanted(x, &all.at[i]))
			continue;
		if (drop_cycle_view(d, all.at[i].id, v, e) != 1)
			return -1;
		x->sessions.n++;
	}
	return 0;
}

static int load(struct desk *d, struct evidence *x, struct err *e)
{
	struct settings s;
	int rc;

	if (suppress_follow(d->suppress, d->db, d->arena, e) ||
		db_begin(d->db, DB_READ, e))
		return -1;
	rc = settings_load(d, &s, e) || load_sessions(d, x, e) ||
	     evidence_load_work(d, x, e) || evidence_load_proof(d, x, e);
	db_rollback(d->db);
	x->business = s.business_name;
	return rc ? -1 : 0;
}

/* --- writing --- */

struct writing {
	struct arena *arena;
	const char *dir;
	struct buf sums;
	size_t files;
};

static int put_file(
	struct writing *w, const char *name, str content, struct err *e)
{
	const char *path = path_join(w->arena, w->dir, name);
	struct archived sum;

	if (file_replace(path, content, FILE_MODE, e) ||
		archive_sum(path, &sum, e))
		return -1;
	buf_put(&w->sums, signed_sum_line(w->arena, sum.sha256, str_of(name)));
	w->files++;
	return 0;
}

static int put_tables(
	struct writing *w, const struct evidence *x, struct err *e)
{
	for (int t = 0; t < EVIDENCE_TABLES; t++) {
		str text;
		str name = arena_fmt(
			w->arena, "%.*s.csv", STR_ARG(x->table[t].file));

		if (evidence_put_csv(x, (enum evidence_table_id)t, &text, e) ||
			put_file(w, arena_cstr(w->arena, name), text, e))
			return -1;
	}
	return 0;
}

static int put_all(struct desk *d, struct writing *w, const struct evidence *x,
	struct err *e)
{
	str page, json;

	if (evidence_put_page(x, &page, e) || evidence_put_json(x, &json, e) ||
		put_file(w, "index.html", page, e) ||
		put_file(w, "evidence.json", json, e) || put_tables(w, x, e))
		return -1;
	must(buf_ok(&w->sums));
	if (file_replace(path_join(w->arena, w->dir, "SHA256SUMS"),
		    buf_str(&w->sums), FILE_MODE, e))
		return -1;
	return file_replace(path_join(w->arena, w->dir, "SIGNATURE.json"),
		signed_files_sign(w->arena, &drop_evidence_kind, d->keys,
			buf_str(&w->sums)),
		FILE_MODE, e);
}

/* --- the folder --- */

static void remove_folder(struct arena *a, const char *dir)
{
	DIR *all = opendir(dir);
	struct dirent *f;

	while (all && (f = readdir(all)))
		if (f->d_name[0] != '.' || strlen(f->d_name) > 2)
			unlink(path_join(a, dir, f->d_name));
	if (all)
		closedir(all);
	rmdir(dir);
}

static const char *stage_name(struct arena *a, const char *out)
{
	size_t n = strlen(out);

	while (n > 1 && out[n - 1] == '/')
		n--;
	return arena_cstr(a, arena_fmt(a, "%.*s.making-XXXXXX", (int)n, out));
}

static int flush_folder(const char *dir, struct err *e)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 || fsync(fd);

	if (rc)
		err_errno(e, "flush \"%s\"", dir);
	if (fd >= 0)
		close(fd);
	return rc ? -1 : 0;
}

static int refuse_existing(const char *out, struct err *e)
{
	if (!file_exists(out))
		return 0;
	err_set(e, ERR_CONFLICT, "\"%s\" is there already", out);
	return err_hint(e, "nothing is written over: name another folder");
}

static int write_folder(struct desk *d, const char *out,
	const struct evidence *x, struct drop_evidence_made *made,
	struct err *e)
{
	char *dir = arena_cstr(d->arena, str_of(stage_name(d->arena, out)));
	struct writing w = { .arena = d->arena, .dir = dir };
	int rc;

	w.sums = buf_in(d->arena, SUMS_MAX);
	if (!mkdtemp(dir))
		return err_errno(e, "make a folder beside \"%s\"", out);
	rc = put_all(d, &w, x, e) || flush_folder(dir, e) ||
	     refuse_existing(out, e);
	if (!rc && rename(dir, out))
		rc = err_errno(e, "rename to \"%s\"", out);
	if (rc) {
		remove_folder(d->arena, dir);
		return -1;
	}
	made->files = w.files;
	return 0;
}

static int note(struct desk *d, void *ctx, struct err *e)
{
	const struct evidence *x = ctx;

	return DESK_AUDIT(d, AUDIT_DROP_EVIDENCE, STR(""), e,
		AD("sessions", (int64_t)x->sessions.n),
		AD("from", date_iso(d->arena, x->from)),
		AD("to", date_iso(d->arena, x->to)));
}

int drop_evidence_write(struct desk *d, const struct drop_evidence_of *in,
	struct drop_evidence_made *out, struct err *e)
{
	struct evidence *x = arena_one(d->arena, struct evidence);

	*out = (struct drop_evidence_made){ 0 };
	if (desk_need(d, PERM_SEE_DROP, e) || refuse_existing(in->out, e))
		return -1;
	x->arena = d->arena;
	x->broker = d->config->drop_broker;
	x->program = str_of(in->program);
	x->at = desk_now(d);
	x->from = in->from;
	x->to = date_is_none(in->to) ? desk_today(d) : in->to;
	x->public_key = hex_of(d->arena, keys_audit_public(d->keys), KEY_SIZE);
	evidence_begin(x);
	if (load(d, x, e))
		return -1;
	evidence_load_archive(d, in->place, x, out);
	out->sessions = x->sessions.n;
	if (write_folder(d, in->out, x, out, e))
		return -1;
	return desk_write(d, note, x, e);
}
