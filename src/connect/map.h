#ifndef CONNECT_MAP_H
#define CONNECT_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/limit.h"
#include "ident/ident.h"
#include "law/standing.h"
#include "words/lang.h"

/*
 * The data map: which systems hold personal data, in which tables and columns,
 * how their rows belong together, and which vendors were given any.  One YAML
 * file that people write and review; docs/data-map.md is its manual.
 *
 * A map that was read is whole: every reference leads somewhere, every name is
 * unique where it has to be, and an identifier leads to every table.  What is
 * wrong is said with its line.  All of it lives in the arena it was read into.
 */
enum connector_kind {
#define CONNECTOR(NAME, name, is_files, is_many, can_sum, has_index, \
	is_secret, database)                                         \
	CONNECTOR_##NAME,
#include "connect/tbl/connectors.h"
	CONNECTOR_KINDS,
};

/*
 * The column that tells the rows of a file apart when the map names no key: the
 * connector makes it from their bytes.
 */
#define MAP_ROW_KEY "(row)"

/* What the map says of a table in one kind of system only. */
enum table_word {
#define TABLE_WORD(NAME, word, CONNECTOR, is_needed, fault, like) TABLE_##NAME,
#include "connect/tbl/table_words.h"
	TABLE_WORDS,
};

enum verifies {
	VERIFIES_NOTHING,
#define VERIFIES(NAME, name) VERIFIES_##NAME,
#include "connect/tbl/verifies.h"
};

enum vendor_role {
#define VENDOR_ROLE(NAME, name, title) ROLE_##NAME,
#include "connect/tbl/vendor_roles.h"
};

/* How a vendor comes by data: whether it is sold, shared or neither. */
enum disclosed_as {
#define DISCLOSED(NAME, name, title) DISCLOSED_##NAME,
#include "connect/tbl/disclosed.h"
};

/* What a vendor does with sensitive personal information (11 CCR 7027(m)). */
enum sensitive_use {
#define SENSITIVE_USE(NAME, name, title) SENSITIVE_##NAME,
#include "connect/tbl/sensitive_uses.h"
};

enum map_erase {
	ERASE_DELETE,
	ERASE_KEEP, /* with exception and purpose; columns may be erased */
	/* The row stays without what tells whose it is. */
	ERASE_DEIDENTIFY,
	/* The row goes into totals first, see struct map_summary. */
	ERASE_AGGREGATE,
};

/* How a column is erased in a row that stays. */
enum column_way {
	WAY_NONE,
#define COLUMN_WAY(NAME, name, what, result) WAY_##NAME,
#include "connect/tbl/column_ways.h"
};

/*
 * What a consumer is told of data beside its category (Civ. Code
 * 1798.110(c)): each may be empty, see map_about_of().
 */
struct map_about {
	str purpose;   /* what it is used for */
	str source;    /* where it comes from */
	str retention; /* how long it is kept */
};

struct map_column {
	str name;
	/*
	 * Of a key or a link of several columns: these, by their places.  The system has
	 * no such column; what stands in a row is a tuple (tuple.h).  Its name is for
	 * people: "(tenant, id)".
	 */
	const size_t *parts;
	size_t parts_n;     /* 0: the system has it */
	bool is_identifier; /* then `kind` says of which kind */
	enum ident_kind kind;
	/* It holds identifiers of whose the row is and of nobody else, however many
	 * rows and columns they are in. */
	bool is_own;
	bool is_standardized; /* values are stored as ident/ writes them */
	bool is_optional;     /* a file, or each of its rows, may lack it */
	enum column_way way;  /* never the key's */
	enum verifies verifies;
	/* The business relies on it to verify who asks (11 CCR 7062(b)): then
	 * it identifies or verifies. */
	bool is_reliable;
	char category;      /* 'A' to 'L', 0: none given */
	str never_disclose; /* code of law/category.h, or empty */
	unsigned cleared;   /* bits of lookalike.h: looks so, and is not */
	struct map_about about;
	int line;
	bool has_problem; /* of a map with mistakes */
};

/*
 * `column` of this table holds the value of `to_column` of another: this row
 * belongs to that one, and so to the same person.  is_shared: the row it points
 * to may be several people's (a call, a household), so it is not their way to
 * each other.
 */
struct map_link {
	size_t column; /* index into the table's columns */
	size_t to;     /* index into the system's tables */
	size_t to_column;
	bool is_shared;
	bool is_dangling; /* of a map with mistakes: `to` is what was meant, or nothing */
	str written; /* as the map has it: "person.id" */
	/* Of a link of several columns what each leads to; else NULL, and written. */
	const str *ends;
	int line;
};

/*
 * The same across systems: `column` holds the value of a column of another
 * system's table, so what is found in one opens the other (find_cross.h).
 */
struct map_cross {
	size_t column;
	size_t system; /* index into the map's systems */
	size_t to;
	size_t to_column;
	bool is_dangling; /* as above */
	str system_name;
	str written; /* "contact.id" */
	int line;
};

/* A column of a row and where it goes in a summary. */
struct map_into {
	size_t column; /* index into the table's columns */
	str into;
	int line;
};

/*
 * Totals that rows go into before they are deleted (11 CCR 7022(b)(1): aggregated):
 * a row for each group of equal values, how many rows it stands for, and sums.  It
 * is a table of the same system and none of the map's, since nobody's data is in it.
 * A row is added only where its group counts at_least people already, or rows where
 * nothing tells people apart: a total of few could be linked to one of them (Civ. Code
 * 1798.140(b)).
 */
struct map_summary {
	str table;
	struct map_into *by;
	size_t by_n;
	str count;
	struct map_into *sums;
	size_t sums_n;
	/* The column that tells people apart, and the one that counts them. */
	struct map_into people;
	bool has_people;
	int at_least; /* SUMMARY_LEAST or more */
	int line;
};

enum expiry_unit {
#define EXPIRY_UNIT(NAME, one, many, days, months, most) EXPIRY_##NAME,
#include "connect/tbl/expiry_units.h"
};

enum expiry_numbers {
	EXPIRY_NO_NUMBERS,
#define EXPIRY_NUMBER(NAME, name, ms) EXPIRY_##NAME,
#include "connect/tbl/expiry_numbers.h"
};

/*
 * How long a row is kept (11 CCR 7002): so many days, months, ... after the day in
 * this column.  connect/expires.h counts, connect/expire.h erases.
 */
struct map_expires {
	int n;
	enum expiry_unit unit;
	size_t column; /* index into the table's columns */
	/* What a number in it counts; none: a number is no day. */
	enum expiry_numbers numbers;
	int line;
};

/* A table whose rows go first, as the system demands; besides what links say. */
struct map_after {
	size_t table;
	bool is_dangling;
	str name;
	int line;
};

struct map_table {
	bool is_asked; /* of CONNECTOR_PERSON: rows are person/item.h's */
	str name;
	str holds;  /* for people: "Contacts"; the name when not given */
	size_t key; /* index into columns */
	str words[TABLE_WORDS];
	/* Also the key and the columns of links, when the map does not list
	 * them; the key is never listed twice.  Those with parts are the last ones. */
	struct map_column *columns;
	size_t columns_n;
	struct map_link *links;
	size_t links_n;
	struct map_cross *crosses;
	size_t crosses_n;
	struct map_after *after;
	size_t after_n;
	enum map_erase erase;
	const struct map_summary *summary; /* with ERASE_AGGREGATE; or NULL */
	str exception; /* ground of law/deny.h: "DX8"; with ERASE_KEEP */
	const struct map_expires *expires; /* NULL: no program carries it out */
	str collected; /* the column that says when a row was collected; empty: none */
	char category; /* of columns that have none; 0: none */
	/* With ERASE_KEEP the purpose is given, and the only one. */
	struct map_about about;
	int line;
	/* Of a map with mistakes: not all of its columns and links could be read; there is
	 * anything wrong with it. */
	bool has_unread;
	bool has_problem;
};

struct map_system {
	size_t file; /* that it stands in, as struct map_problem has it */
	str name;
	str title;
	enum connector_kind connector;
	str database;
	struct map_table *tables;
	size_t tables_n;
	struct map_about about;
	int page_size;  /* values, keys or rows at once; 0: as many as go */
	int rate;       /* calls a second at most; 0: as fast as it goes */
	int timeout_s;  /* of one call; 0: CONNECT_TIMEOUT_MS */
	bool is_exempt; /* not searched for requests to know: 11 CCR 7024(c) */
	/* CONNECTOR_PERSON only: who looks may take so many days, and may hand
	 * the task to one of these addresses. */
	int days;
	/* Equal for two files that say the same of it, word for word; whatever
	 * else they say. */
	str said;
	str *hand_over;
	size_t hand_over_n;
	int line;
};

/* What a vendor uses some of it for: one of the five grounds (LIST_SERVICE_USE) of a
 * service provider, or advertising across businesses, which is none. */
struct map_flow {
	unsigned categories; /* MAP_CATEGORY_BIT()s; 0: all that it gets */
	const char *use;     /* "contract"; "advertising" */
};

struct map_vendor {
	size_t file; /* that it stands in, as struct map_problem has it */
	str name;
	str title;
	enum vendor_role role;
	str email;
	int days; /* agreed limit, 1 to VENDOR_DAYS_MAX */
	enum ident_kind *receives;
	size_t receives_n;
	str party; /* the category of recipient: "Advertising networks" */
	enum disclosed_as disclosed_as;
	unsigned categories; /* MAP_CATEGORY_BIT()s that it receives */
	enum sensitive_use sensitive_use;
	str purpose;
	bool by_list;      /* only in lists that the disclosure ledger has */
	unsigned contract; /* clauses it has: see map_contract_lacks() */
	struct map_flow *flows; /* none: nobody said what it uses it for */
	size_t flows_n;
	bool advertises;       /* across businesses, with any of it */
	struct date looked_on; /* the last look at what it does; or none */
	int line;
};

/* A use of automated decisionmaking technology. */
struct map_automated {
	size_t file;
	str name;
	str title;
	str decision; /* code of LIST_DECISION: "finance" */
	str purpose;
	bool is_human; /* a person decides: no such technology (7001(e)) */
	str exception; /* ground of law/deny.h: "ADMT_APPEAL"; empty: none */
	str evidence;  /* where the test is kept that it needs */
	/* For the notice before use (11 CCR 7220); each may be empty. */
	str inputs;   /* what of a person's data goes in */
	str output;   /* what comes out */
	str effect;   /* what becomes of that in the decision */
	str instead;  /* the way for who opts out */
	str *vendors; /* who process with it, by their names */
	size_t vendors_n;
	int line;
};

#define MAP_CATEGORY_BIT(letter) (1u << ((letter) - 'A'))

/* What a text of the map says in another language (map_words.h). */
struct map_word {
	str text;
	str said; /* empty: nobody translated it yet */
	size_t file;
	int line;
};

struct map_words {
	struct map_word *at; /* by their texts */
	size_t n;
};

struct map {
	str dir; /* of the file: what SQLite databases are relative to */
	struct map_system *systems;
	size_t systems_n;
	struct map_vendor *vendors;
	size_t vendors_n;
	struct map_automated *automated;
	size_t automated_n;
	struct map_words words[LANGS]; /* none in English: the map is */
};

/* In the order of lines.  text: lower case, one line; hint may be empty. */
struct map_problem {
	size_t file; /* of the files that a map is read from */
	int line;
	str text;
	str hint;
};

struct map_problems {
	struct map_problem at[MAP_PROBLEMS_MAX];
	size_t n;
	size_t file;              /* that is looked at */
	const char *const *files; /* their paths; NULL: a text without one */
};

/* The path of a problem's file; NULL when the map was a text. */
const char *map_problem_file(
	const struct map_problems *ps, const struct map_problem *p);

/* 0, or -1 with at least one problem; *out is to be used after 0 only. */
int map_parse(struct arena *a, str yaml, str dir, struct map *out,
	struct map_problems *ps);

/* The same of several files that are one map: systems and vendors of all. */
int map_parse_files(struct arena *a, const str *texts, size_t n, str dir,
	struct map *out, struct map_problems *ps);

/*
 * Reads and parses the file, or all files of a folder that end in ".yaml" or
 * ".yml", in order of names.  -1 when they can't be read; else 0, and problems
 * in *ps.
 */
int map_load(struct arena *a, const char *path, struct map *out,
	struct map_problems *ps, struct err *e);
/* -1 with ERR_INVALID and the first problem as `path:line: text`, too. */
int map_read(struct arena *a, const char *path, struct map *out, struct err *e);

/* What is relative in a map of this path is relative to this folder: the one it
 * lies in, or is. */
str map_folder(struct arena *a, const char *path);

/* No mistakes: columns that are to say whether they hold the owner's own identifiers
 * (find.h), added to *out. */
void map_own_notes(
	struct arena *a, const struct map_system *s, struct map_problems *out);

/* NULL when there is none of that name. */
const struct map_system *map_system_named(const struct map *m, str name);
const struct map_vendor *map_vendor_named(const struct map *m, str name);
const struct map_automated *map_automated_named(const struct map *m, str name);
/* An opt-out stops it: the law has no exception for it. */
bool map_automated_stops(const struct map_automated *use);
/* The clauses that the law wants in the contract, and that the map does not say it
 * has: "c2, c7"; empty when it has all. */
str map_contract_lacks(struct arena *a, const struct map_vendor *v);
bool map_contract_is_whole(const struct map_vendor *v);
/* What it is under the law, whatever the map calls it (law/standing.h). */
enum law_standing map_vendor_standing(const struct map_vendor *v);
/* As what it is told to stop selling: a third party where it may be one. */
enum vendor_role map_vendor_counts_as(const struct map_vendor *v);
/* "contract, security" or, where they differ, "contract (A, D), security (F)";
 * empty when nobody said what for. */
str map_flows_words(struct arena *a, const struct map_vendor *v);
/* MAP_CATEGORY_BIT()s of all its tables. */
unsigned map_kinds(const struct map_system *s);
/* Nobody can look there but a person, who is asked and answers later. */
bool map_asks_person(const struct map_system *s);
const struct map_table *map_table_named(const struct map_system *s, str name);
/* Its rows belong to nothing and nothing to them: each is one person's whole. */
bool map_stands_alone(const struct map_system *s, const struct map_table *t);
/* It is there in every system of its kind, and the map did not name it: what a person
 * found, and the keys of some systems. */
bool map_column_is_own(const struct map_system *s, const struct map_column *c);
/* How many columns the system has of them: those without parts. */
size_t map_columns_held(const struct map_table *t);
/* It is the column, or one of those that it stands for. */
bool map_column_has(const struct map_table *t, size_t column, size_t part);
/* The columns that it stands for, or itself. */
struct map_names {
	str at[MAP_PARTS_MAX];
	size_t n;
};
struct map_names map_names_of(
	const struct map_table *t, const struct map_column *c);
/* What is emptied to unlink a row: the last of them. */
str map_column_unlinked(const struct map_table *t, const struct map_column *c);
/* The column that stands for these, one more where there is none yet: the table gets other
 * columns then (map_tuple.c).  Of one itself. */
size_t map_tuple_add(
	struct arena *a, struct map_table *t, const size_t *parts, size_t n);
/* The number of columns when there is none of that name. */
size_t map_column_index(const struct map_table *t, str name);

const char *connector_kind_name(enum connector_kind k); /* "sqlite" */
/* Its tables are files: rows may have no key but their bytes. */
bool connector_kind_is_files(enum connector_kind k);
/* Many people are better erased together (connect/erase_many.h). */
bool connector_kind_is_many(enum connector_kind k);
/* It can add rows up and delete them in one transaction (connect/summary.h). */
bool connector_kind_can_sum(enum connector_kind k);
/* An index serves who asks it for an exact value; keys and links may have several
 * columns. */
bool connector_kind_has_index(enum connector_kind k);
/* `database` is the name of a secret (connect/secret.h). */
bool connector_kind_has_secret(enum connector_kind k);
/* By "after", at once or over others: rows of `other` are deleted before those of
 * `table`.  Never both ways in a map that was read. */
bool map_waits_for(const struct map_system *s, size_t table, size_t other);
/* The column that tells its rows apart when the map names none; empty: there is
 * no such.  Where there is, a row may lack columns. */
str map_own_key(enum connector_kind k);
const char *verifies_name(enum verifies v);        /* "zip" */
const char *vendor_role_name(enum vendor_role r);  /* "service_provider" */
const char *vendor_role_title(enum vendor_role r); /* "service provider" */
const char *map_erase_name(enum map_erase er);
/* Its rows go: at once, or into totals first. */
bool map_erase_deletes(enum map_erase er);
const char *column_way_name(enum column_way w);     /* "null" */
const char *column_way_words(enum column_way w);    /* "emptied" */
bool column_way_of(str name, enum column_way *out); /* false: there is none */
/* What is erased in rows that stay: "email emptied, name masked"; or empty. */
str map_ways_words(struct arena *a, const struct map_table *t);
const char *disclosed_as_name(enum disclosed_as a); /* "business_purpose" */

/*
 * What the map says of a column: by itself, else by its table, else by its
 * system.  The category is 0 when neither column nor table has one.
 */
struct map_about map_about_of(const struct map_system *s,
	const struct map_table *t, const struct map_column *c);
char map_category_of(const struct map_table *t, const struct map_column *c);

/* Is it a purpose that the map gives to data, a company or an automated use?  Word for
 * word. */
bool map_has_purpose(const struct map *m, str purpose);

#endif
