#ifndef CONNECT_YAML_H
#define CONNECT_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/str.h"
#include "connect/map.h"

/*
 * Reading a YAML file that people wrote, so that every mistake is told with its
 * line and what was probably meant.  Only the plain part of YAML: one document
 * of mappings, lists and scalars; anchors, aliases and tags are refused.
 */
struct yaml_reader {
	struct arena *arena;
	yaml_document_t *doc; /* lives as long as the arena */
	struct map_problems *problems;
	size_t said; /* problems, also those that are no longer kept */
	bool is_lost; /* a mapping or a list is none: what is in it nobody knows */
};

/* A key of a mapping.  value is what the file has there, or NULL. */
struct yaml_field {
	const char *key;
	bool is_required;
	yaml_node_t *value;
};

/* The root node; NULL, with a problem, when there is nothing to read. */
yaml_node_t *yaml_load(struct yaml_reader *r, struct arena *a, str text,
	struct map_problems *ps);

int yaml_line(const yaml_node_t *node);
/* What is wrong and, in the hint, what to do: never nothing. */
void yaml_problem(struct yaml_reader *r, int line, str text, str hint);
/* For a key that lacks: what it could say. */
str yaml_how(struct arena *a, const char *key);
void yaml_sort_problems(struct map_problems *ps); /* by their lines */

/* Fills the values of the fields, also of one that has problems besides; `what` names the
 * mapping in problems. */
bool yaml_mapping(struct yaml_reader *r, yaml_node_t *node,
	struct yaml_field *fields, size_t n, const char *what);

/* The i-th item; n_max is the limit on their number, said in a problem. */
size_t yaml_items(struct yaml_reader *r, yaml_node_t *node, size_t n_max,
	const char *what);
yaml_node_t *yaml_item(struct yaml_reader *r, yaml_node_t *list, size_t i);

/*
 * The value of a field, by its form; a field that was left out, or has a
 * problem, is what `out` held before.  field->key is used in problems.
 */
void yaml_text(struct yaml_reader *r, const struct yaml_field *f, size_t max,
	str *out);
/* It is there as "". */
bool yaml_is_empty(const struct yaml_field *f);
void yaml_bool(struct yaml_reader *r, const struct yaml_field *f, bool *out);
void yaml_int(struct yaml_reader *r, const struct yaml_field *f, int max,
	int *out); /* 1 to max */
/* The index of the word among the names; -1 when left out or unknown. */
int yaml_word(struct yaml_reader *r, const struct yaml_field *f,
	const str *names, size_t n);

/* The one that was probably meant; NULL: none is near. */
const str *yaml_near(str word, const str *names, size_t n);
/* "did you mean ..."; else all of them, or the first of many. */
str yaml_suggest(struct arena *a, str word, const str *names, size_t n);

#endif
