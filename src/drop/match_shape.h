#ifndef DROP_MATCH_SHAPE_H
#define DROP_MATCH_SHAPE_H

#include "connect/map.h"
#include "drop/memo.h"

/*
 * What a system's map says to the match: which columns are what, by which links
 * a row climbs to its person, and in which order tables are read so that what is
 * climbed to comes first.  Internal to the match.
 *
 * Links that are shared, lead to their own table or around in a circle are not
 * climbed.  Tables that climb to each other make a group; no person has rows in
 * two.
 */
struct shape_table {
	const struct map_table *map;
	size_t group;
	size_t height; /* climbs to its highest person, at most */
	unsigned roles;
	/* Read of it, the key first. */
	str *columns;
	const char **hash; /* by what the system may hash them; NULL: as is */
	size_t columns_n;
	struct {
		size_t cell;
		enum role role;
	} * value;
	size_t values;
	struct {
		size_t cell;
		size_t to;
		size_t to_column; /* of that table's map */
	} * link;
	size_t links;
	/* Columns that links of others lead to, when these are not the key of a
	 * person: by them the row's own person is found. */
	struct {
		size_t cell;
		size_t column;
	} * alias;
	size_t aliases;
};

struct shape_group {
	unsigned lists;  /* that it can be matched with */
	bool is_joined;  /* parts of a person stand in several tables */
	bool has_people; /* rows of some table belong to those of another */
	size_t *table;   /* in the order of reading; only what has to be read */
	size_t tables;
};

struct shape {
	struct shape_table *table; /* one for each of the system */
	struct shape_group *group;
	size_t groups;
	unsigned lists;
	bool has_full_name;
};

void match_shape(
	struct arena *a, const struct map_system *s, struct shape *out);

#endif
