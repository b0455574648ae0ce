#ifndef CONNECT_HTTP_RECIPE_H
#define CONNECT_HTTP_RECIPE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/http/path.h"
#include "connect/map.h"

/*
 * How an HTTP API is spoken to: a YAML file beside the data map, which
 * docs/http.md describes.  One that was read is whole: each request stands below
 * the one address, has its parts in places where they are known, and each table
 * can be looked at somehow.  What is wrong is said with its line.
 */
enum http_auth {
#define AUTH(NAME, name, needs, may) HTTP_AUTH_##NAME,
#include "connect/http/tbl/auths.h"
	HTTP_AUTHS,
};

enum http_paging {
#define PAGING(NAME, name, part) HTTP_PAGING_##NAME,
#include "connect/http/tbl/pagings.h"
	HTTP_PAGINGS,
};

enum http_part {
#define PART(NAME, name) HTTP_PART_##NAME,
#include "connect/http/tbl/parts.h"
	HTTP_PARTS,
};

enum {
	RECIPE_SIZE_MAX = 1 << 20,
	RECIPE_TABLES_MAX = MAP_TABLES_MAX,
	RECIPE_LOOKS_MAX = 16,
	RECIPE_CALLS_MAX = 4,
	RECIPE_HEADERS_MAX = 16,
	RECIPE_TEXT_MAX = 4000,
	RECIPE_TRIES_MAX = 10,
	RECIPE_AT_ONCE_MAX = 10000,
	RECIPE_PER_SECOND_MAX = 1000,
};

struct http_call {
	str method;
	str target;   /* "/contacts/{key}?x=y" */
	json_t *body; /* with parts in its texts; NULL: none */
	int line;
};

/* Rows of a table: those whose column has a value, or all. */
struct http_look {
	str by; /* empty: all */
	struct http_call call;
	struct json_path rows;
	bool is_one; /* not a list there, but the row itself */
	int at_once; /* values in one request */
	enum http_paging paging;
	int first;               /* page */
	struct json_path cursor; /* of the answer, or of its last row */
	bool is_cursor_of_row;
	struct json_path more; /* false there: the last page */
	int line;
};

struct http_column {
	str name;
	struct json_path path; /* in a row */
};

struct http_table {
	str name;
	struct http_column *columns;
	size_t columns_n;
	struct http_look *looks;
	size_t looks_n;
	struct http_call *erase; /* one after the other, for each row */
	size_t erase_n;
	struct http_call *set; /* NULL: rows can't be changed */
	int line;
};

struct http_header {
	str name;
	str value;
};

struct recipe {
	str url; /* without "/" at its end */
	enum http_auth auth;
	str secret; /* by name */
	str user;
	str name;
	str client;
	str token_url;
	str scope;
	struct http_header *headers;
	size_t headers_n;
	int per_second; /* 0: as fast as it goes */
	int tries;
	struct http_call check; /* asked when it is opened */
	struct http_table *tables;
	size_t tables_n;
};

/* 0, or -1 with at least one problem. */
int recipe_parse(
	struct arena *a, str yaml, struct recipe *out, struct map_problems *ps);
/* The system of a map that names it. */
struct recipe_of {
	const struct map *map;
	const struct map_system *system;
};
/* And against that: what it lists, can be found and is to be erased. */
void recipe_check(struct arena *a, const struct recipe *r,
	const struct recipe_of *of, struct map_problems *ps);
/* Both, from a file; -1 with the first problem as `path:line: text`. */
int recipe_read(struct arena *a, const char *path, const struct recipe_of *of,
	struct recipe *out, struct err *e);

const struct http_table *recipe_table(const struct recipe *r, str name);
const struct http_column *recipe_column(const struct http_table *t, str name);
/* By this column; or, when there is none, all rows; NULL. */
const struct http_look *recipe_look(const struct http_table *t, str by);

/* The next {part} of a text: true with its place, and which it is or HTTP_PARTS
 * with the word. */
struct http_place {
	size_t at;
	size_t n;
	enum http_part part;
	str word;
};
bool http_next_part(str text, size_t from, struct http_place *out);
/* One of its texts has the part. */
bool http_body_has(const json_t *body, enum http_part p);

/* On this machine itself, or under TLS. */
bool http_url_is_safe(str url);

#endif
