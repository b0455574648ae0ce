/*
 * Reading is lenient where our own map is strict: another program's keys are not
 * mistakes.  What is read is looked for by name, and every other key that says
 * something is told as lost.
 */
#include "connect/fides_in.h"

#include <string.h>

#include "base/base.h"
#include "connect/yaml.h"

enum {
	LOST_MAX = 2000,
	REFERENCES_MAX = 2000,
	DEPTH_MAX = 8,
	NAME_CHARS = 60,
};

struct fides fides_new(struct arena *a, enum connector_kind connector)
{
	struct fides f = { .arena = a, .connector = connector };

	f.at = arena_many(a, struct draft, FIDES_DATASETS_MAX);
	f.references = arena_many(a, struct fides_reference, REFERENCES_MAX);
	return f;
}

/* --- YAML --- */

struct reader {
	struct fides *f;
	struct yaml_reader *yaml;
	struct draft *draft;
	struct draft_table *table;
	struct fides_key *key; /* of the table */
	str where;             /* "orders.customer_id" */
};

/* The fields that are marked as its primary key. */
struct fides_key {
	size_t at[MAP_PARTS_MAX];
	size_t n; /* may be more */
};

static str scalar(const yaml_node_t *n)
{
	if (!n || n->type != YAML_SCALAR_NODE)
		return (str){ 0 };
	return (str){ (const char *)n->data.scalar.value,
		n->data.scalar.length };
}

static size_t pairs_of(const yaml_node_t *n)
{
	if (!n || n->type != YAML_MAPPING_NODE)
		return 0;
	return (size_t)(n->data.mapping.pairs.top -
			n->data.mapping.pairs.start);
}

static str key_at(const struct reader *r, const yaml_node_t *n, size_t i)
{
	return scalar(yaml_document_get_node(
		r->yaml->doc, n->data.mapping.pairs.start[i].key));
}

static yaml_node_t *value_at(
	const struct reader *r, const yaml_node_t *n, size_t i)
{
	return yaml_document_get_node(
		r->yaml->doc, n->data.mapping.pairs.start[i].value);
}

/* NULL when the mapping has no such key. */
static yaml_node_t *get(
	const struct reader *r, const yaml_node_t *n, const char *key)
{
	for (size_t i = 0; i < pairs_of(n); i++)
		if (str_eq(key_at(r, n, i), str_of(key)))
			return value_at(r, n, i);
	return NULL;
}

static size_t items_of(const yaml_node_t *n)
{
	if (!n || n->type != YAML_SEQUENCE_NODE)
		return 0;
	return (size_t)(n->data.sequence.items.top -
			n->data.sequence.items.start);
}

static yaml_node_t *item_at(
	const struct reader *r, const yaml_node_t *n, size_t i)
{
	return yaml_document_get_node(
		r->yaml->doc, n->data.sequence.items.start[i]);
}

static bool is_true(const yaml_node_t *n)
{
	return str_eq_nocase(scalar(n), STR("true"));
}

/* --- what is lost --- */

void fides_lose(struct arena *a, struct draft *d, str where, const char *what)
{
	if (!d->lost)
		d->lost = arena_many(a, str, LOST_MAX);
	if (d->lost_n < LOST_MAX)
		d->lost[d->lost_n++] =
			arena_fmt(a, "%.*s: %s", STR_ARG(where), what);
}

/* Keys that say something and have no word in our map. */
static void lose_others(const struct reader *r, const yaml_node_t *n,
	const char *const *known, size_t known_n)
{
	for (size_t i = 0; i < pairs_of(n); i++) {
		str key = key_at(r, n, i);
		bool is_known = false;

		for (size_t k = 0; k < known_n; k++)
			is_known |= str_eq(key, str_of(known[k]));
		if (!is_known)
			fides_lose(r->f->arena, r->draft, r->where,
				arena_cstr(r->f->arena,
					arena_fmt(r->f->arena, "\"%.*s\"",
						STR_ARG(key))));
	}
}

/* --- fields --- */

struct category {
	const char *prefix;
	char letter;
	enum verifies verifies;
	const char *never;
};

static const struct category categories[] = {
#define FIDES_CATEGORY(prefix, letter, verifies, never) \
	{ prefix, letter, VERIFIES_##verifies, never },
#include "connect/tbl/fides_categories.h"
};

static bool has_prefix(str name, str prefix)
{
	return str_starts(name, prefix) &&
	       (name.n == prefix.n || name.p[prefix.n] == '.');
}

static const struct category *category_of(str name)
{
	const struct category *best = NULL;

	for (size_t i = 0; i < COUNTOF(categories); i++) {
		str prefix = str_of(categories[i].prefix);

		if (has_prefix(name, prefix) &&
			(!best || prefix.n > strlen(best->prefix)))
			best = &categories[i];
	}
	return best;
}

/* Of several categories the one that may never be disclosed, else the first. */
static void read_categories(
	struct reader *r, const yaml_node_t *list, struct map_column *c)
{
	for (size_t i = 0; i < items_of(list); i++) {
		str name = scalar(item_at(r, list, i));
		const struct category *k = category_of(name);

		if (!k) {
			if (has_prefix(name, STR("user")))
				continue;
			fides_lose(r->f->arena, r->draft, r->where,
				arena_cstr(r->f->arena,
					arena_fmt(r->f->arena,
						"the category \"%.*s\"",
						STR_ARG(name))));
			continue;
		}
		if (c->category && !*k->never)
			continue;
		c->category = k->letter;
		c->verifies = k->verifies;
		c->never_disclose = str_of(k->never);
	}
}

static void read_identity(struct reader *r, str name, struct map_column *c)
{
	static const struct {
		const char *name;
		enum ident_kind kind;
	} all[] = {
#define FIDES_IDENTITY(name, kind) { name, IDENT_##kind },
#include "connect/tbl/fides_identities.h"
	};

	if (!name.n)
		return;
	for (size_t i = 0; i < COUNTOF(all); i++)
		if (str_eq(name, str_of(all[i].name))) {
			c->is_identifier = true;
			c->kind = all[i].kind;
			return;
		}
	fides_lose(r->f->arena, r->draft, r->where,
		arena_cstr(r->f->arena,
			arena_fmt(r->f->arena, "the identity \"%.*s\"",
				STR_ARG(name))));
}

static void read_references(
	struct reader *r, const yaml_node_t *list, size_t column)
{
	struct fides *f = r->f;

	for (size_t i = 0; i < items_of(list); i++) {
		const yaml_node_t *n = item_at(r, list, i);

		if (f->references_n == REFERENCES_MAX) {
			fides_lose(f->arena, r->draft, r->where, "a reference");
			return;
		}
		f->references[f->references_n++] = (struct fides_reference){
			.dataset = (size_t)(r->draft - f->at),
			.table = (size_t)(r->table - r->draft->tables),
			.column = column,
			.to_dataset = scalar(get(r, n, "dataset")),
			.to_field = scalar(get(r, n, "field")),
			.direction = scalar(get(r, n, "direction")),
		};
	}
}

static void read_meta(struct reader *r, const yaml_node_t *meta, size_t column)
{
	static const char *const known[] = { "primary_key", "identity",
		"references", "data_type", "length" };
	struct map_table *t = &r->table->table;

	lose_others(r, meta, known, COUNTOF(known));
	read_identity(r, scalar(get(r, meta, "identity")), &t->columns[column]);
	read_references(r, get(r, meta, "references"), column);
	if (!is_true(get(r, meta, "primary_key")))
		return;
	if (r->key->n < MAP_PARTS_MAX)
		r->key->at[r->key->n] = column;
	r->key->n++;
}

static yaml_node_t *meta_of(const struct reader *r, const yaml_node_t *n)
{
	yaml_node_t *meta = get(r, n, "fides_meta");

	return meta ? meta : get(r, n, "fidesops_meta"); /* its older name */
}

static void read_fields(
	struct reader *r, const yaml_node_t *list, str before, int depth);

static void read_field(
	struct reader *r, const yaml_node_t *n, str before, int depth)
{
	static const char *const known[] = { "name", "description",
		"data_categories", "fides_meta", "fidesops_meta", "fields" };
	struct map_table *t = &r->table->table;
	str name = scalar(get(r, n, "name"));
	struct reader own = *r;
	size_t column = t->columns_n;

	if (before.n)
		name = arena_fmt(r->f->arena, "%.*s.%.*s", STR_ARG(before),
			STR_ARG(name));
	own.where = arena_fmt(
		r->f->arena, "%.*s.%.*s", STR_ARG(t->name), STR_ARG(name));
	lose_others(&own, n, known, COUNTOF(known));
	if (get(r, n, "fields")) {
		read_fields(&own, get(r, n, "fields"), name, depth + 1);
		return;
	}
	if (before.n && r->f->connector != CONNECTOR_JSONL) {
		fides_lose(r->f->arena, r->draft, own.where,
			"a field in a field, which this kind of system does "
			"not have");
		return;
	}
	if (!name.n || name.n > MAP_NAME_MAX || column == MAP_COLUMNS_MAX) {
		fides_lose(r->f->arena, r->draft, own.where,
			"a field without a name, or beyond the limits");
		return;
	}
	t->columns[t->columns_n++] = (struct map_column){ .name = name,
		.is_optional = r->f->connector == CONNECTOR_JSONL };
	read_categories(
		&own, get(r, n, "data_categories"), &t->columns[column]);
	read_meta(&own, meta_of(r, n), column);
}

static void read_fields(
	struct reader *r, const yaml_node_t *list, str before, int depth)
{
	if (depth > DEPTH_MAX)
		return;
	for (size_t i = 0; i < items_of(list); i++)
		read_field(r, item_at(r, list, i), before, depth);
}

/* --- collections and datasets --- */

/* How many there are, those within others too. */
static size_t fields_of(
	const struct reader *r, const yaml_node_t *list, int depth)
{
	size_t n = items_of(list);

	for (size_t i = 0; i < items_of(list) && depth < DEPTH_MAX; i++)
		n += fields_of(
			r, get(r, item_at(r, list, i), "fields"), depth + 1);
	return n;
}

static void end_table(struct reader *r)
{
	struct map_table *t = &r->table->table;
	const struct fides_key *k = r->key;
	bool is_told =
		k->n == 1 || (connector_kind_has_index(r->f->connector) &&
				     k->n && k->n <= MAP_PARTS_MAX);

	t->key = 0;
	if (is_told) {
		t->key = map_tuple_add(r->f->arena, t, k->at, k->n);
		return;
	}
	if (k->n) {
		r->table->left_out =
			STR("its key has several columns, more than this kind "
			    "of system is asked by; choose one that tells its "
			    "rows apart and write it by hand");
		return;
	}
	if (!connector_kind_is_files(r->f->connector)) {
		r->table->left_out = STR("it has no primary_key");
		return;
	}
	t->key = t->columns_n++;
	t->columns[t->key].name = STR(MAP_ROW_KEY);
}

static void read_collection(struct reader *r, const yaml_node_t *n)
{
	static const char *const known[] = { "name", "description", "fields" };
	struct draft_table *dt = &r->draft->tables[r->draft->n++];
	struct arena *a = r->f->arena;
	size_t room = 1 + fields_of(r, get(r, n, "fields"), 0);
	struct fides_key key = { .n = 0 };
	struct reader own = *r;

	own.key = &key;
	own.table = dt;
	own.where = scalar(get(r, n, "name"));
	dt->table.name = own.where;
	dt->table.columns = arena_many(a, struct map_column, room);
	dt->why = arena_many(a, str, room);
	dt->table.links = arena_many(a, struct map_link, MAP_LINKS_MAX);
	dt->link_why = arena_many(a, str, MAP_LINKS_MAX);
	lose_others(&own, n, known, COUNTOF(known));
	read_fields(&own, get(r, n, "fields"), (str){ 0 }, 0);
	end_table(&own);
	if (!dt->table.name.n || dt->table.name.n > MAP_NAME_MAX)
		dt->left_out = STR("it has no name, or too long a one");
}

str fides_plain_key(struct arena *a, str key)
{
	char *p = arena_alloc(a, key.n);

	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];

		c = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
		p[i] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
				       c == '-'
			       ? c
			       : '_';
	}
	return str_head((str){ p, key.n }, NAME_CHARS);
}

static int read_dataset(struct reader *r, const yaml_node_t *n, struct err *e)
{
	static const char *const known[] = { "fides_key", "name", "description",
		"collections" };
	struct arena *a = r->f->arena;
	yaml_node_t *collections = get(r, n, "collections");
	str key = scalar(get(r, n, "fides_key"));
	struct draft *d = &r->f->at[r->f->n];

	key = key.n ? key : scalar(get(r, n, "name"));
	if (!key.n)
		return err_set(e, ERR_INVALID,
			"%d: a dataset without a "
			"fides_key",
			yaml_line(n));
	if (r->f->n == FIDES_DATASETS_MAX ||
		items_of(collections) > MAP_TABLES_MAX)
		return err_set(e, ERR_LIMIT,
			"%d: more than %d datasets, or %d collections in one",
			yaml_line(n), (int)FIDES_DATASETS_MAX,
			(int)MAP_TABLES_MAX);
	r->f->n++;
	d->name = fides_plain_key(a, key);
	d->title = str_head(scalar(get(r, n, "name")), MAP_NAME_MAX);
	d->connector = r->f->connector;
	d->database = connector_kind_is_files(d->connector)
			      ? d->name
			      : arena_fmt(a, "%.*s_url", STR_ARG(d->name));
	d->tables = arena_many(a, struct draft_table, items_of(collections));
	r->draft = d;
	r->where = d->name;
	lose_others(r, n, known, COUNTOF(known));
	for (size_t i = 0; i < items_of(collections); i++)
		read_collection(r, item_at(r, collections, i));
	return 0;
}

static int read_root(struct reader *r, const yaml_node_t *root, struct err *e)
{
	const yaml_node_t *list = get(r, root, "dataset");

	if (!items_of(list)) {
		err_set(e, ERR_INVALID, "1: no list \"dataset\"");
		return err_hint(e, "a file of datasets as Fides reads them");
	}
	for (size_t i = 0; i < items_of(list); i++)
		if (read_dataset(r, item_at(r, list, i), e) < 0)
			return -1;
	return 0;
}

int fides_read(struct fides *f, const char *name, str yaml, struct err *e)
{
	struct map_problems *ps = arena_one(f->arena, struct map_problems);
	struct yaml_reader *y = arena_one(f->arena, struct yaml_reader);
	struct reader r = { .f = f, .yaml = y };
	const yaml_node_t *root = yaml_load(y, f->arena, yaml, ps);
	struct err why = { 0 };

	if (!root)
		return err_set(e, ERR_INVALID, "%s:%d: %.*s", name,
			ps->at[0].line, STR_ARG(ps->at[0].text));
	if (read_root(&r, root, &why) == 0)
		return 0;
	err_set(e, why.code, "%s:%s", name, why.message);
	return why.hint[0] ? err_hint(e, "%s", why.hint) : -1;
}
