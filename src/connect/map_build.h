#ifndef CONNECT_MAP_BUILD_H
#define CONNECT_MAP_BUILD_H

#include "connect/map.h"
#include "connect/yaml.h"

/*
 * The second half of reading a map: resolves what refers to something else, and checks
 * what only the whole can show; of a map with mistakes as far as it was read, so that
 * all is told at once.  Internal to map*.c.
 */
void map_check(struct yaml_reader *r, struct map *m);
/* Its part about columns that no answer may disclose. */
void map_check_never(struct yaml_reader *r, const struct map *m);

/* And about the order of deletions (map_order.c); when "after" was resolved. */
void map_check_order(struct yaml_reader *r, const struct map_system *s);

/*
 * Values of several places (map_value.c).  A value that is missing or wrong is
 * nothing, or what *out held before; what is wrong is said as a problem.
 */
bool map_read_kind(struct yaml_reader *r, const struct yaml_field *f,
	enum ident_kind *out);
/* What stands in addresses, commands and records: [a-z0-9_-]. */
void map_read_name(struct yaml_reader *r, const struct yaml_field *f, str *out);
/* A list of words of one set, as bits by their place in it. */
unsigned map_read_bits(struct yaml_reader *r, const struct yaml_field *f,
	const str *names, size_t names_n);
char map_read_category(struct yaml_reader *r, const struct yaml_field *f);
unsigned map_read_categories(struct yaml_reader *r, const struct yaml_field *f);
/* A problem where there is a value: its key, why it can't be here, and what to do. */
void map_refuse(struct yaml_reader *r, const char *why, const char *hint,
	const struct yaml_field *f);

/* Three fields that stand together in a mapping. */
enum { ABOUT_PURPOSE, ABOUT_SOURCE, ABOUT_RETENTION, ABOUTS };
#define ABOUT_FIELDS                                           \
	{ "purpose", false, NULL }, { "source", false, NULL }, \
	{                                                      \
		"retention", false, NULL                       \
	}

/* f: the ABOUTS fields. */
void map_read_about(struct yaml_reader *r, const struct yaml_field *f,
	struct map_about *out);

/*
 * What stands in the file's lists, each read into its place.  own_key: of the
 * system's kind, as map_own_key() has it.
 */
void map_read_table(struct yaml_reader *r, yaml_node_t *node,
	enum connector_kind kind, struct map_table *t);
void map_read_columns(struct yaml_reader *r, yaml_node_t *list, str own_key,
	struct map_table *t);
void map_read_links(struct yaml_reader *r, yaml_node_t *list,
	enum connector_kind kind, struct map_table *t);
/*
 * Keys and links of several columns (map_tuple.c).  The key and the columns of links need
 * not be listed: they are added at the end, and behind all of them those with parts.
 */
size_t map_column_or_new(
	struct arena *a, struct map_table *t, str name, int line);
/* A name, or a list of names: how many, MAP_PARTS_MAX at most; 0 when left out or wrong. */
size_t map_read_names(struct yaml_reader *r, const struct yaml_field *f,
	size_t max, str *out);
/* False, with a problem, for several columns in a system that compares one. */
bool map_may_tuple(struct yaml_reader *r, const struct yaml_field *f,
	enum connector_kind kind, size_t n);
/* "(tenant, id)"; of one its own name. */
str map_tuple_name(struct arena *a, const str *names, size_t n);
/* The column that stands for these; of one itself. */
size_t map_tuple_column(struct yaml_reader *r, struct map_table *t,
	const size_t *parts, size_t n, int line);
/* The columns of the key; parts has room for MAP_PARTS_MAX. */
size_t map_read_key(struct yaml_reader *r, const struct yaml_field *f,
	enum connector_kind kind, struct map_table *t, size_t *parts);
/* Where a link leads, by what it names there. */
size_t map_tuple_target(struct yaml_reader *r, struct map_table *to,
	const size_t *parts, size_t n, int line);
void map_read_after(
	struct yaml_reader *r, yaml_node_t *list, struct map_table *t);
void map_read_vendor(
	struct yaml_reader *r, yaml_node_t *node, struct map_vendor *v);
/* What its contract says (map_contract.c). */
void map_read_contract(struct yaml_reader *r, const struct yaml_field *f,
	struct map_vendor *v);
/* What it uses the data for, and the day of the last look (map_flow.c). */
void map_read_flows(struct yaml_reader *r, const struct yaml_field *f,
	struct map_vendor *v);
void map_read_look(struct yaml_reader *r, const struct yaml_field *f,
	struct map_vendor *v);
/* Uses of ADMT (map_automated.c). */
void map_read_automated(
	struct yaml_reader *r, yaml_node_t *node, struct map_automated *m);
void map_check_automated(struct yaml_reader *r, const struct map *m);

/* What its texts say in other languages (map_words_read.c); the check, when all is right. */
void map_read_words(
	struct yaml_reader *r, const struct yaml_field *words, struct map *m);
void map_check_words(struct yaml_reader *r, struct map *m);
/* The texts each once, by their bytes. */
struct map_texts;
void map_texts_sorted(
	struct arena *a, const struct map *m, struct map_texts *out);

/* How rows are erased (map_erasing.c). */
struct map_erase_fields {
	const struct yaml_field *erase;
	const struct yaml_field *exception;
	const struct yaml_field *purpose;
	const struct yaml_field *summary;
};
void map_read_erase(struct yaml_reader *r, const struct map_erase_fields *f,
	struct map_table *t);
/* What tells whose row it is, by itself or through another row; NULL: it does
 * not.  In words: "identifies a person". */
const char *map_telltale(const struct map_table *t, size_t column);
/* Totals that rows go into (map_summary.c); when columns and links were read. */
void map_read_summary(struct yaml_reader *r, const struct yaml_field *f,
	enum connector_kind kind, struct map_table *t);
/* When links lead somewhere. */
void map_check_summary(
	struct yaml_reader *r, const struct map *m, const struct map_system *s);
/* When columns and links were read; line: of "erase". */
void map_check_ways(struct yaml_reader *r, const struct map_table *t, int line);

/* How long rows are kept (map_expires.c); when columns and "collected" were read.  With
 * the ways of erasing, for the check. */
void map_read_expires(
	struct yaml_reader *r, const struct yaml_field *f, struct map_table *t);
void map_check_expires(struct yaml_reader *r, const struct map_table *t);
/* All that the file says of it, as one value (map_said.c). */
str map_said(struct yaml_reader *r, const yaml_node_t *node);
/* What need not be searched (map_exempt.c). */
void map_exempt_system(struct yaml_reader *r, const struct yaml_field *f,
	struct map_system *s);
void map_check_exempt(struct yaml_reader *r, const struct map_system *s);
/* What only systems have that a person looks in (map_person.c). */
void map_person_system(struct yaml_reader *r, const struct yaml_field *days,
	const struct yaml_field *hand_over, struct map_system *s);
void map_person_table(struct yaml_reader *r, const struct yaml_field *erase,
	struct map_table *t);
const char *look_for_fault(str text);
bool map_is_email(str s);

/* Which tables a search comes to, one bool each: from columns that identify,
 * along the links as find.h follows them. */
void map_reach(const struct map_system *s, bool *is_reached);

#endif
