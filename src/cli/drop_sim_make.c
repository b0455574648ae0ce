/*
 * Makes a simulation: batches out of made-up people, or out of lists that the
 * user has.  What is handed out later is packed now, and read once as the client
 * will read it, so that no simulation is made that can't be used.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/enc.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/demo_people.h"
#include "cli/drop_sim.h"
#include "drop/pack.h"

enum {
	STATE_SIZE = 4096,
	SECRET_BYTES = 24,
	ROOM = 1 << 16,
	LISTS = DROP_LISTS + 1, /* with the removed ones, which are last */
	REMOVED = DROP_LISTS,
	CANCEL_ONE_IN = 10,
};

struct making {
	const struct sim_plan *plan;
	struct arena *arena;
	struct date date;
	FILE *list[LISTS];
	FILE *people;
	FILE *items;
	int batch; /* being made */
	struct err *e;
};

static const char *list_name(size_t i)
{
	return i == REMOVED ? "Removed" : drop_list_name((enum drop_list)i);
}

static str name_of(struct making *m, size_t i)
{
	return arena_fmt(m->arena, "%04d%02d%02d_%04d_%s.csv", m->date.year,
		m->date.month, m->date.day, (int)m->plan->broker, list_name(i));
}

static const char *path_of(struct making *m, const char *name)
{
	return path_join(m->arena, m->plan->dir, name);
}

/* Where a list of made-up people is written before it is packed. */
static const char *list_path(struct making *m, size_t i)
{
	return path_of(
		m, arena_fmt(m->arena, "batches/%s.csv%c", list_name(i), 0).p);
}

static const char *zip_path(struct making *m, int batch)
{
	return path_of(
		m, arena_fmt(m->arena, "batches/%02d.zip%c", batch, 0).p);
}

static int pack(struct making *m, const struct drop_pack *file, size_t n)
{
	const char *zip = zip_path(m, m->batch);
	struct drop_batch b;

	if (drop_pack_write(m->arena, zip, file, n, m->e) ||
		drop_batch_read(m->arena, zip, &b, NULL, NULL, m->e))
		return err_context(m->e, "batch %d", m->batch);
	return 0;
}

/* --- made-up people --- */

/* An identifier of one of them; the same number gives the same. */
static void made_id(uint64_t seed, uint64_t number, char id[DROP_ID_SIZE])
{
	static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz";
	struct rng r = { seed ^ (number * 0x9e3779b97f4a7c15u) };

	/* The last five are the number, so that no two are the same; by that
	 * drop_id_is_simulated() knows them. */
	for (int i = DROP_ID_SIZE; i-- > DROP_ID_SIZE - 5; number /= 62)
		id[i] = base62[number % 62];
	for (int i = 0; i < DROP_ID_SIZE - 5; i++)
		id[i] = base62[rng_below(&r, 62)];
}

struct consumer {
	struct demo_being is;
	str dob, maid, vin, ctvid; /* empty: has none */
	int batch;
	bool cancels; /* in the batch after */
};

static str made_token(struct arena *a, struct rng *r, size_t n, uint64_t base)
{
	static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	char *p = arena_alloc(a, n);

	for (size_t i = 0; i < n; i++)
		p[i] = letters[rng_below(r, base)];
	return (str){ p, n };
}

static void meet(struct arena *a, const struct sim_plan *p, int64_t i,
	struct consumer *c)
{
	struct rng r = { (uint64_t)(p->seed + i) * 0xd1b54a32d192ed03u };

	*c = (struct consumer){ .batch = (int)(i * p->batches / p->consumers) +
					 1 };
	demo_being(a, (uint64_t)p->seed, (size_t)i + DEMO_NAMED, &c->is);
	c->dob = date_iso(a, c->is.birth_date);
	if (rng_below(&r, 3) == 0)
		c->maid = made_token(a, &r, 32, 16);
	if (rng_below(&r, 5) == 0)
		c->vin = made_token(a, &r, 17, 36);
	if (rng_below(&r, 10) == 0)
		c->ctvid = made_token(a, &r, 16, 36);
	c->cancels = rng_below(&r, CANCEL_ONE_IN) == 0;
}

struct thing { /* that a consumer gave the State */
	enum drop_list list;
	str part[IDENT_PARTS_MAX];
	size_t n;
};

static size_t things_of(const struct consumer *c, struct thing out[8])
{
	const struct demo_person *p = &c->is.is;
	size_t n = 0;

	out[n++] = (struct thing){ DROP_NDZ,
		{ p->first, p->last, c->dob, p->zip }, 4 };
	out[n++] = (struct thing){ DROP_EMAIL, { p->email }, 1 };
	if (c->is.has_other_email)
		out[n++] = (struct thing){ DROP_EMAIL, { p->other_email }, 1 };
	out[n++] = (struct thing){ DROP_PHONE, { p->phone }, 1 };
	if (c->maid.n)
		out[n++] = (struct thing){ DROP_MAID, { c->maid }, 1 };
	if (c->vin.n)
		out[n++] = (struct thing){ DROP_NAME_VIN,
			{ p->first, p->last, c->vin }, 3 };
	if (c->ctvid.n)
		out[n++] = (struct thing){ DROP_CTVID, { c->ctvid }, 1 };
	return n;
}

static void hash_of(const struct thing *t, uint8_t digest[SHA256_SIZE])
{
	enum ident_kind kind = drop_list_kind(t->list);
	struct ident id;
	enum ident_fault f =
		t->n == 1 ? ident_read(&id, DROP_PROFILE, kind, t->part[0])
			  : ident_read_parts(
				    &id, DROP_PROFILE, kind, t->part, t->n);

	must(f == IDENT_FAULT_NONE);
	ident_digest(&id, digest);
}

/* All that one consumer has, into the lists: as new, or as removed. */
static void write_things(struct making *m, struct arena *a, int64_t i,
	const struct consumer *c, bool is_removed)
{
	struct thing things[8];
	size_t n = things_of(c, things);

	for (size_t k = 0; k < n; k++) {
		const char *list = drop_list_name(things[k].list);
		uint8_t digest[SHA256_SIZE];
		char id[DROP_ID_SIZE];
		str hash;

		hash_of(&things[k], digest);
		hash = base64_of(a, digest, sizeof digest);
		made_id((uint64_t)m->plan->seed, (uint64_t)i * 8 + k, id);
		fprintf(m->list[is_removed ? REMOVED : things[k].list],
			is_removed ? "%.*s,%.*s,%s\n" : "%.*s,%.*s\n",
			DROP_ID_SIZE, id, STR_ARG(hash), list);
		if (!is_removed)
			fprintf(m->items, "%d,%.*s,%s,%lld\n", m->batch,
				DROP_ID_SIZE, id, list, (long long)i + 1);
	}
}

static void write_person(struct making *m, int64_t i, const struct consumer *c)
{
	const struct demo_person *p = &c->is.is;

	fprintf(m->people,
		"%lld,%.*s,%.*s,%.*s,%.*s,%.*s,%.*s,%.*s,%.*s,%.*s,%.*s\n",
		(long long)i + 1, STR_ARG(p->first), STR_ARG(p->last),
		STR_ARG(c->dob), STR_ARG(p->zip), STR_ARG(p->email),
		c->is.has_other_email ? (int)p->other_email.n : 0,
		c->is.has_other_email ? p->other_email.p : "",
		STR_ARG(p->phone), STR_ARG(c->maid), STR_ARG(c->vin),
		STR_ARG(c->ctvid));
}

static void write_consumers(struct making *m)
{
	struct arena *a = arena_new(1 << 20);

	for (int64_t i = 0; i < m->plan->consumers; i++) {
		struct consumer c;

		meet(a, m->plan, i, &c);
		if (c.batch == m->batch) {
			write_person(m, i, &c);
			write_things(m, a, i, &c, false);
		} else if (c.cancels && c.batch == m->batch - 1) {
			write_things(m, a, i, &c, true);
		}
		arena_clear(a);
	}
	arena_free(a);
}

static FILE *create(struct making *m, const char *path, const char *header)
{
	FILE *f = fopen(path, "we");

	if (!f)
		err_errno(m->e, "create \"%s\"", path);
	else
		fprintf(f, "%s\n", header);
	return f;
}

static int finish(struct making *m, FILE *f, const char *path)
{
	bool is_bad = ferror(f) != 0;

	return fclose(f) || is_bad ? err_errno(m->e, "write \"%s\"", path) : 0;
}

static int make_batch(struct making *m)
{
	/* The first batch has nothing to take back. */
	size_t n = m->batch > 1 ? LISTS : DROP_LISTS;
	struct drop_pack file[LISTS];
	int rc = 0;

	for (size_t i = 0; i < LISTS; i++) {
		m->list[i] = create(m, list_path(m, i),
			i == REMOVED ? "ID,Hash,ListType" : "ID,Hash");
		if (!m->list[i])
			return -1;
		file[i] = (struct drop_pack){ name_of(m, i), list_path(m, i) };
	}
	write_consumers(m);
	for (size_t i = 0; i < LISTS; i++)
		rc |= finish(m, m->list[i], file[i].path);
	if (rc || pack(m, file, n))
		return -1;
	for (size_t i = 0; i < LISTS; i++)
		unlink(file[i].path);
	return 0;
}

static int make_up(struct making *m)
{
	const char *people = path_of(m, "people.csv");
	const char *items = path_of(m, "items.csv");
	int rc = 0;

	m->people = create(m, people,
		"person,first,last,dob,zip,email,other_email,phone,maid,vin,"
		"ctvid");
	m->items = create(m, items, "batch,id,list,person");
	if (!m->people || !m->items)
		return -1;
	for (m->batch = 1; !rc && m->batch <= m->plan->batches; m->batch++)
		rc = make_batch(m);
	if (finish(m, m->people, people) || finish(m, m->items, items))
		return -1;
	return rc;
}

/* --- lists of the user's --- */

/* "Email.csv", or as the platform names it. */
static bool is_list(const char *name, size_t *which)
{
	struct drop_file_name parts;

	if (drop_file_name_read(str_of(name), &parts)) {
		*which =
			parts.is_removed ? (size_t)REMOVED : (size_t)parts.list;
		return true;
	}
	for (*which = 0; *which < LISTS; ++*which) {
		size_t n = strlen(list_name(*which));

		if (!strncmp(name, list_name(*which), n) &&
			!strcmp(name + n, ".csv"))
			return true;
	}
	return false;
}

static int pack_folder(struct making *m, const char *folder)
{
	struct drop_pack file[LISTS];
	DIR *d = opendir(folder);
	struct dirent *entry;
	size_t n = 0, which;

	if (!d)
		return err_errno(m->e, "read \"%s\"", folder);
	while ((entry = readdir(d)) && n < LISTS) {
		if (!is_list(entry->d_name, &which))
			continue;
		file[n++] = (struct drop_pack){ name_of(m, which),
			path_join(m->arena, folder,
				arena_cstr(m->arena, str_of(entry->d_name))) };
	}
	closedir(d);
	if (!n)
		return err_set(m->e, ERR_INVALID,
			"there is no list in \"%s\": Email.csv, Phone.csv, "
			"NDZ.csv, ...",
			folder);
	return pack(m, file, n);
}

static int is_folder(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int take_lists(struct making *m)
{
	struct dirent **entry;
	int n = scandir(m->plan->lists, &entry, is_folder, alphasort);
	int rc = 0;

	if (n < 0)
		return err_errno(m->e, "read \"%s\"", m->plan->lists);
	for (int i = 0; i < n; i++) {
		m->batch = i + 1;
		if (!rc && i < SIM_BATCHES_MAX)
			rc = pack_folder(
				m, path_join(m->arena, m->plan->lists,
					   arena_cstr(m->arena,
						   str_of(entry[i]->d_name))));
		free(entry[i]);
	}
	free(entry);
	if (!rc && (!n || n > SIM_BATCHES_MAX))
		rc = err_set(m->e, ERR_INVALID,
			"\"%s\" has no folder for each batch, or over %d",
			m->plan->lists, SIM_BATCHES_MAX);
	m->batch = n + 1;
	return rc;
}

/* --- all of it --- */

static int write_secret(struct making *m, const char *name)
{
	str token = rand_token(m->arena, SECRET_BYTES);

	return file_replace(path_of(m, name),
		arena_fmt(m->arena, "%.*s\n", STR_ARG(token)), 0600, m->e);
}

/* Last, so that a folder with it is a whole simulation. */
static int write_state(struct making *m)
{
	struct buf b = buf_in(m->arena, STATE_SIZE);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "broker", m->plan->broker);
	json_put_int(&j, "batches", m->batch - 1);
	json_put_int(&j, "delivered", 0);
	json_end(&j);
	buf_putc(&b, '\n');
	return file_replace(path_of(m, "state.json"), buf_str(&b), 0600, m->e);
}

int sim_make(struct arena *a, const struct sim_plan *p, struct err *e)
{
	struct making m = { .plan = p,
		.arena = a,
		.date = date_pacific(clock_now_ms(NULL)),
		.e = e };

	if (file_exists(path_of(&m, "state.json")))
		return 0;
	if (dir_make(p->dir, 0700, e) ||
		dir_make(path_of(&m, "batches"), 0700, e) ||
		(p->lists ? take_lists(&m) : make_up(&m)) ||
		write_secret(&m, "api-key") ||
		write_secret(&m, "webhook-secret") || write_state(&m))
		return -1;
	return 1;
}
