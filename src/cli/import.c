/*
 * `toyon import`: rows into a system, past the suppression list.  Who was deleted
 * does not come back this way: such rows are refused and kept apart.
 *
 * A row of the file may feed several tables: columns are named "table.column",
 * or by the column alone where that is clear.  A key that the file does not give
 * is the next free number; a link follows the row it belongs to.  All rows go in
 * in one transaction, or none.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/stage.h"
#include "cli/import_plan.h"
#include "desk/corrections.h"
#include "desk/restored.h"
#include "desk/suppress.h"
#include "law/reason.h"

enum {
	ROW_ARENA = 64 << 20,
	REJECT_MAX = 2 * CSV_RECORD_SIZE_MAX,
};

struct importing {
	struct cli *cli;
	struct import_plan plan;
	struct csv *csv;
	struct csv_record record;
	struct arena *row; /* of the record at hand */
	str *field;        /* its values, corrected */
	struct suppress_set set;
	struct corrections *corrections;
	bool may_opted_out;
	struct stage rejects; /* fd -1: none is written */
	size_t next_table;    /* of the record that the next row goes to */
	bool has_record;
	int64_t rows;
	int64_t refused;
	int64_t unreadable;
	int64_t corrected; /* rows */
	int64_t added;
};

/* --- may this row come in? --- */

static uint32_t reasons_of(struct importing *m, bool *is_readable)
{
	const struct ident_keyring *k = suppress_keyring(m->cli->desk.suppress);
	uint32_t reasons = 0;

	*is_readable = true;
	for (size_t i = 0; i < m->plan.columns_n; i++) {
		const struct import_column *c = &m->plan.columns[i];
		uint8_t key[IDENT_KEY_SIZE];
		str value = m->record.field[i];

		if (!c->is_identifier || !str_trim(value).n)
			continue;
		if (ident_key_of(k, c->kind, value, key))
			*is_readable = false;
		else
			reasons |= suppress_set_find(&m->set, key);
	}
	return reasons;
}

static int put_reject(struct importing *m, str why, struct err *e)
{
	struct buf b;

	if (m->rejects.fd < 0)
		return 0;
	b = buf_in(m->row, REJECT_MAX);
	for (size_t i = 0; i < m->record.n; i++) {
		csv_put(&b, m->plan.separator, m->record.field[i]);
		buf_putc(&b, m->plan.separator);
	}
	csv_put(&b, m->plan.separator, why);
	buf_putc(&b, '\n');
	must(buf_ok(&b));
	if (write_all(m->rejects.fd, buf_str(&b).p, buf_str(&b).n))
		return err_errno(e, "write the rejects");
	return 0;
}

/* 1 it may, 0 it was refused. */
static int admit(struct importing *m, struct err *e)
{
	bool is_readable;
	uint32_t reasons = reasons_of(m, &is_readable);
	bool is_refused = m->may_opted_out
				  ? reasons_forbid(reasons) & FORBIDS_KEEPING
				  : reasons != 0;

	m->rows++;
	if (is_refused) {
		m->refused++;
		return put_reject(m, reasons_list(m->row, reasons), e);
	}
	if (is_readable)
		return 1;
	m->unreadable++;
	return put_reject(m, STR("unreadable"), e);
}

/* --- does it bring back what was corrected? --- */

static bool correct_by(struct importing *m, const uint8_t *key)
{
	bool is_corrected = false;

	for (size_t i = 0; i < m->plan.columns_n; i++) {
		const struct import_column *c = &m->plan.columns[i];
		struct corrected_place p = { .value = m->field[i] };

		if (!c->table)
			continue;
		p.table = c->table->name;
		p.column = c->table->columns[c->column].name;
		is_corrected |=
			corrections_find(m->corrections, key, &p, &m->field[i]);
	}
	return is_corrected;
}

/* Whose row it is was read before: an address may be what was wrong. */
static void correct_record(struct importing *m)
{
	const struct ident_keyring *k = suppress_keyring(m->cli->desk.suppress);
	uint8_t(*keys)[IDENT_KEY_SIZE] =
		arena_alloc(m->row, m->plan.columns_n * IDENT_KEY_SIZE);
	bool is_corrected = false;
	size_t n = 0;

	m->field = arena_many(m->row, str, m->plan.columns_n);
	for (size_t i = 0; i < m->plan.columns_n; i++)
		m->field[i] = m->record.field[i];
	if (!corrections_count(m->corrections))
		return;
	for (size_t i = 0; i < m->plan.columns_n; i++) {
		const struct import_column *c = &m->plan.columns[i];

		n += c->is_identifier &&
		     !ident_key_of(k, c->kind, m->record.field[i], keys[n]);
	}
	for (size_t i = 0; i < n; i++)
		is_corrected |= correct_by(m, keys[i]);
	m->corrected += is_corrected;
}

/* The next record that may come in: 1, 0 at the end. */
static int next_record(struct importing *m, struct err *e)
{
	for (;;) {
		int rc = csv_next(m->csv, &m->record, e);

		if (rc <= 0)
			return rc;
		if (m->record.n == 1 && !m->record.field[0].n)
			continue; /* an empty line */
		if (m->record.n != m->plan.columns_n)
			return err_set(e, ERR_INVALID,
				"line %lld has %zu cells, the header has %zu",
				(long long)m->record.line, m->record.n,
				m->plan.columns_n);
		arena_clear(m->row);
		rc = admit(m, e);
		if (rc)
			return rc;
	}
}

/* --- into the system --- */

static int next_row(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	struct importing *m = ctx;

	for (;;) {
		if (!m->has_record) {
			int rc = next_record(m, e);

			if (rc <= 0)
				return rc;
			correct_record(m);
			m->has_record = true;
			m->next_table = 0;
			import_plan_number(&m->plan, m->field);
		}
		while (m->next_table < m->plan.tables_n) {
			*table = m->next_table++;
			*cells = import_plan_cells(&m->plan, *table, m->field);
			if (*cells)
				return 1;
		}
		m->has_record = false;
	}
}

static int count_rows(struct importing *m, struct err *e)
{
	const struct cell *cells;
	size_t table;
	int rc;

	while ((rc = next_row(m, &table, &cells, e)) > 0)
		m->added++;
	return rc;
}

static int note_import(struct desk *d, void *ctx, struct err *e)
{
	const struct importing *m = ctx;

	return DESK_AUDIT(d, AUDIT_SCRUBBED, STR(""), e, AD("rows", m->rows),
		AD("dropped", m->refused));
}

static int insert_all(struct importing *m, struct conn *c, struct err *e)
{
	if (cli_has(m->cli, "dry-run"))
		return count_rows(m, e);
	if (conn_insert(c, m->plan.inserts, m->plan.tables_n, next_row, m,
		    &m->added, e))
		return -1;
	return desk_write(&m->cli->desk, note_import, m, e);
}

/* --- around it --- */

static int open_rejects(struct importing *m, struct err *e)
{
	const char *path = cli_option(m->cli, "rejects");

	m->rejects.fd = -1;
	if (!path)
		return 0;
	if (stage_open(&m->rejects, path, 0600, e))
		return -1;
	m->has_record = false;
	return put_reject(m, STR("refused"), e);
}

static int open_file(struct importing *m, struct err *e)
{
	const char *path = m->cli->operand[1];
	bool is_stdin = !strcmp(path, "-");
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(e, "open \"%s\"", path);
	m->csv = csv_open(m->cli->arena, fd, m->plan.separator, path);
	switch (csv_next(m->csv, &m->record, e)) {
	case 1:
		return 0;
	case 0:
		return err_set(e, ERR_INVALID, "\"%s\" is empty", path);
	default:
		return -1;
	}
}

static int open_system(
	struct importing *m, struct map *map, struct conn **out, struct err *e)
{
	struct cli *c = m->cli;
	struct install *in = &c->install;
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = install_path(in, in->config.credentials),
	};
	const struct map_system *s;
	struct near near = { .wanted = cli_operand(c, 0) };

	if (map_read(c->arena, c->desk.data_map, map, e))
		return -1;
	s = map_system_named(map, near.wanted);
	if (s) {
		m->plan.system = s;
		return restored_need(&c->desk, s->name, e)
			       ? -1
			       : conn_open(c->arena, map, s, &options, out, e);
	}
	for (size_t i = 0; i < map->systems_n; i++)
		near_try(&near, arena_cstr(c->arena, map->systems[i].name));
	err_set(e, ERR_NOT_FOUND, "the data map has no system \"%.*s\"",
		STR_ARG(str_head(near.wanted, 60)));
	if (near.best)
		return err_hint(e, "did you mean \"%s\"?", near.best);
	return -1;
}

static int import(struct importing *m, struct err *e)
{
	struct cli *c = m->cli;
	struct conn *conn;
	struct map map;

	if (cli_open_suppress(c, KEYS_MASTER, e) ||
		suppress_follow(c->desk.suppress, c->desk.db, c->arena, e) ||
		open_system(m, &map, &conn, e) || open_file(m, e) ||
		import_plan_make(c, &m->plan, &m->record, e) ||
		import_plan_keys(&m->plan, conn, e) || open_rejects(m, e))
		return -1;
	if (corrections_load(&c->desk, m->plan.system, &m->corrections, e))
		return -1;
	m->set = suppress_now(c->desk.suppress);
	return insert_all(m, conn, e);
}

static int run(struct cli *c, struct err *e)
{
	struct importing m = {
		.cli = c,
		.row = arena_new(ROW_ARENA),
		.may_opted_out = cli_has(c, "allow-opted-out"),
		.rejects.fd = -1,
	};
	const char *separator = cli_option(c, "separator");
	int rc;

	m.plan.separator = separator ? separator[0] : ',';
	rc = import(&m, e);
	arena_free(m.row);
	if (!rc && m.rejects.fd >= 0)
		rc = stage_commit(&m.rejects, e);
	else
		stage_drop(&m.rejects);
	if (rc)
		return -1;
	cli_say(c,
		"%lld rows: %lld %s, %lld refused as suppressed, %lld as "
		"unreadable; %lld corrected",
		(long long)m.rows,
		(long long)(m.rows - m.refused - m.unreadable),
		cli_has(c, "dry-run") ? "would be imported" : "imported",
		(long long)m.refused, (long long)m.unreadable,
		(long long)m.corrected);
	return 0;
}

const struct command command_import = {
	.name = "import",
	.operands = "SYSTEM FILE.csv",
	.operands_min = 2,
	.operands_max = 2,
	.title = "rows into a system, but for suppressed people",
	.about = "Adds the rows of a CSV file (\"-\": stdin) to a system of the "
		 "data map, in one transaction. Columns are named table.column "
		 "or, where that is clear, by the column. Rows of suppressed "
		 "people are refused, as are rows with an identifier that "
		 "can't be read. A value that was corrected on someone's "
		 "request is written as it was corrected.",
	.options = {
		{ "table", 0, "T",
			"the table that plain column names mean first; the "
			"system's first" },
		{ "rejects", 0, "FILE", "where refused rows go, with the reason" },
		{ "skip", 0, "COLUMN,...", "columns of the file to leave out" },
		{ "set", 0, "COLUMN=VALUE,...",
			"values that the file does not have" },
		{ "allow-opted-out", 0, NULL,
			"refuse only people whose data may not be kept" },
		{ "separator", 0, "C", "instead of the comma" },
		{ "dry-run", 0, NULL, "only say what would be done" },
	},
	.examples = { "toyon import crm contacts.csv --rejects refused.csv",
		"toyon import leads leads.csv --skip comment --set "
		"is_confirmed=0,line=unknown --dry-run" },
	.run = run,
};
