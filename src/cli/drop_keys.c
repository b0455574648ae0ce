/*
 * `toyon drop keys`: how many rows of a file, or of a system of the data map, the
 * State's rules would not key, and why.  A file needs no installation.  It tells
 * places and keys of rows, never values.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "cli/command.h"
#include "cli/map_of.h"
#include "cli/progress.h"
#include "drop/match.h"

enum {
	JSON_MAX = 1 << 20,
	NOTES_SHOWN = 5,
	JOBS_MAX = 64,
	LOOK_TIMEOUT_MS = 3600000,
};

static bool has_list(const struct drop_match_report *r, size_t list)
{
	return r->lists >> list & 1;
}

static int64_t all_no_key(const struct drop_match_report *r)
{
	int64_t n = r->ragged;

	for (size_t l = 0; l < DROP_LISTS; l++)
		n += r->no_key[l];
	return n;
}

static const char *list_of(uint8_t list)
{
	return list < DROP_LISTS ? drop_list_name((enum drop_list)list) : "row";
}

static const char *why_of(uint8_t list, uint8_t fault)
{
	return list < DROP_LISTS ? ident_fault_text((enum ident_fault)fault)
				 : "more or fewer cells than the header";
}

/* --- for people --- */

static void print_list(const struct drop_match_report *r, size_t l)
{
	printf("%s: %" PRId64 " keys, %" PRId64 " without a key, %" PRId64
	       " rows with nothing\n",
		drop_list_name((enum drop_list)l), r->keys[l], r->no_key[l],
		r->empty[l]);
	for (size_t f = 0; f < IDENT_FAULTS; f++)
		if (r->by_fault[l][f])
			printf("  %" PRId64 ": %s\n", r->by_fault[l][f],
				ident_fault_text((enum ident_fault)f));
}

static void print_missing(const struct drop_match_report *r)
{
	for (size_t l = 0; l < DROP_LISTS; l++)
		if (!has_list(r, l))
			printf("%s: no columns for it (%s)\n",
				drop_list_name((enum drop_list)l),
				drop_list_what((enum drop_list)l));
}

static void say_row(struct cli *c, const struct drop_match_report *r, size_t i)
{
	bool has_key = r->row[i].key.n != 0;

	cli_say(c, "  %.*s%s%.*s, %s: %s", STR_ARG(r->row[i].table),
		has_key ? " " : ": a row whose key tells who it is",
		STR_ARG(r->row[i].key), list_of(r->row[i].list),
		why_of(r->row[i].list, r->row[i].fault));
}

/* A report has notes or rows: it is of a file or of a system. */
static void say_notes(struct cli *c, const struct drop_match_report *r)
{
	size_t all = r->notes + r->rows;
	size_t most = c->is_verbose ? all : NOTES_SHOWN;

	for (size_t i = 0; i < r->notes && i < most; i++)
		cli_say(c, "  row %" PRId64 ", %s: %s", r->note[i].record,
			list_of(r->note[i].list),
			why_of(r->note[i].list, r->note[i].fault));
	for (size_t i = 0; i < r->rows && i < most; i++)
		say_row(c, r, i);
	if (all > most)
		cli_say(c, "  and more: --verbose names them");
}

static void print(struct cli *c, const struct drop_match_report *r)
{
	for (size_t l = 0; l < DROP_LISTS; l++)
		if (has_list(r, l))
			print_list(r, l);
	print_missing(r);
	cli_say(c, "%" PRId64 " rows by the rules %s", r->records,
		ident_profile_name(DROP_PROFILE));
	if (r->ragged)
		cli_say(c,
			"%" PRId64 " rows have more or fewer cells than the "
			"header: they can't be looked up at all",
			r->ragged);
	if (r->has_full_name)
		cli_say(c, "a column holds first and last name in one: the "
			   "State's keys need them apart");
	say_notes(c, r);
}

/* --- for programs --- */

static void put_list(
	struct json *j, const struct drop_match_report *r, size_t l)
{
	json_begin_object(j);
	json_put(j, "list", str_of(drop_list_name((enum drop_list)l)));
	json_put_bool(j, "has_columns", has_list(r, l));
	json_put_int(j, "keys", r->keys[l]);
	json_put_int(j, "no_key", r->no_key[l]);
	json_put_int(j, "empty", r->empty[l]);
	json_put_int(j, "over", r->over[l]);
	json_key(j, "by_fault"), json_begin_object(j);
	for (size_t f = 0; f < IDENT_FAULTS; f++)
		if (r->by_fault[l][f])
			json_put_int(j, ident_fault_name((enum ident_fault)f),
				r->by_fault[l][f]);
	json_end(j);
	json_end(j);
}

static void put_notes(struct json *j, const struct drop_match_report *r)
{
	json_key(j, "notes"), json_begin_array(j);
	for (size_t i = 0; i < r->notes; i++) {
		json_begin_object(j);
		json_put_int(j, "row", r->note[i].record);
		json_put(j, "list", str_of(list_of(r->note[i].list)));
		json_put(j, "why",
			str_of(why_of(r->note[i].list, r->note[i].fault)));
		json_end(j);
	}
	for (size_t i = 0; i < r->rows; i++) {
		json_begin_object(j);
		json_put(j, "table", r->row[i].table);
		json_put(j, "key", r->row[i].key);
		json_put(j, "list", str_of(list_of(r->row[i].list)));
		json_put(j, "why",
			str_of(why_of(r->row[i].list, r->row[i].fault)));
		json_end(j);
	}
	json_end(j);
}

static int put_json(
	struct cli *c, const struct drop_match_report *r, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "profile", str_of(ident_profile_name(DROP_PROFILE)));
	json_put_int(&j, "rows", r->records);
	json_put_int(&j, "ragged", r->ragged);
	json_put_bool(&j, "has_full_name", r->has_full_name);
	json_key(&j, "lists"), json_begin_array(&j);
	for (size_t l = 0; l < DROP_LISTS; l++)
		put_list(&j, r, l);
	json_end(&j);
	put_notes(&j, r);
	json_end(&j);
	return cli_put_json(&b, e);
}

/* --- the run --- */

static void show(void *ctx, int64_t done, int64_t total)
{
	struct scrub_progress p = { .bytes_in = (uint64_t)done,
		.bytes_total = (uint64_t)total };

	progress_show(ctx, &p);
}

static int read_jobs(struct cli *c, int *jobs, struct err *e)
{
	const char *given = cli_option(c, "jobs");
	int64_t n = 0;

	if (given && (!str_int(str_of(given), &n) || n < 1 || n > JOBS_MAX))
		return cli_usage(
			c, e, "--jobs is a number from 1 to %d", JOBS_MAX);
	*jobs = (int)n;
	return 0;
}

static int read_file(struct cli *c, struct drop_match_opts *o,
	struct drop_match_report *r, struct err *e)
{
	struct progress progress;
	int rc;

	o->on_progress = show;
	o->progress_ctx = &progress;
	progress_start(&progress, c->is_quiet);
	rc = drop_match_csv(
		c->arena, c->operand[0], str_of(cli_option(c, "map")), o, r, e);
	progress_end(&progress);
	return rc;
}

static int read_system(struct cli *c, const struct drop_match_opts *o,
	struct drop_match_report *r, struct err *e)
{
	str name = str_of(cli_option(c, "system"));
	const struct map_system *s;
	struct conn *conn;
	struct map_of m;

	if (c->operands || cli_option(c, "map"))
		return cli_usage(c, e,
			"--system reads what the data map says: without FILE "
			"and --map");
	if (map_of(c, &m, e) || map_of_system(c, &m.map, name, &s, e))
		return -1;
	m.read.timeout_ms = LOOK_TIMEOUT_MS;
	if (conn_open(c->arena, &m.map, s, &m.read, &conn, e))
		return -1;
	return drop_match_system(c->arena, conn, o, r, e);
}

static int run(struct cli *c, struct err *e)
{
	struct drop_match_report *r =
		arena_one(c->arena, struct drop_match_report);
	struct drop_match_opts o = { 0 };

	if (read_jobs(c, &o.jobs, e) ||
		cpu_path_read(str_of(getenv("TOYON_SHA")), &o.cpu, e))
		return -1;
	if (!c->operands && !cli_option(c, "system"))
		return cli_usage(c, e, "a FILE.csv, or --system SYSTEM");
	if ((cli_option(c, "system") ? read_system(c, &o, r, e)
				     : read_file(c, &o, r, e)) ||
		(c->is_json && put_json(c, r, e)))
		return -1;
	if (!c->is_json)
		print(c, r);
	return all_no_key(r) ? err_exit_status(ERR_FOUND) : 0;
}

const struct command command_drop_keys = {
	.name = "drop keys",
	.operands = "[FILE.csv]",
	.operands_max = 1,
	.title = "the rows that the State's rules would not key",
	.about = "Reads a CSV file, plain, .gz or .zst, as the match with the "
		 "State's deletion lists does, and says for each list how many "
		 "keys its rows give, how many values give none, and why. "
		 "Columns are recognized by the header or named with --map: "
		 "first, last, dob, zip, vin, email, phone, maid, ctvid, and "
		 "person for the column that tells whose row it is; no "
		 "installation is needed. With --system a system of the data "
		 "map is read instead, as it is matched.",
	.result = "Prints a line a list, and the reasons under it; the first "
		  "rows by their places in the file, or by table and key. A "
		  "key that tells who it is is not printed. Exit status 4 when "
		  "some rows give no key.",
	.has_json = true,
	.options = {
		{ "system", 0, "SYSTEM", "of the data map, instead of a file" },
		{ "map", 0, "ROLE=COLUMN,...", "which columns are what" },
		{ "jobs", 'j', "N", "threads; one a processor" },
	},
	.examples = { "toyon drop keys records.csv",
		"toyon drop keys --map first=GIVEN,last=FAMILY,dob=BORN,"
		"zip=POSTCODE crm.csv.gz" },
	.run = run,
};
