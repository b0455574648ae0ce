#ifndef CONNECT_HTTP_RECIPE_BUILD_H
#define CONNECT_HTTP_RECIPE_BUILD_H

#include "connect/http/recipe.h"
#include "connect/yaml.h"

/* The pieces that reading a recipe is put together of; each reports what is wrong
 * with its line.  Internal to recipe*.c. */
void recipe_problem(
	struct yaml_reader *r, int line, const char *text, const char *hint);
/* One of the words, which are parted by blanks. */
bool recipe_has_word(const char *words, const char *word);
void recipe_url(struct yaml_reader *r, const struct yaml_field *f, str *out);
void recipe_path(struct yaml_reader *r, const struct yaml_field *f,
	struct json_path *out);
void recipe_body(
	struct yaml_reader *r, const struct yaml_field *f, struct http_call *c);
/* allowed: the names of the parts that are known where it stands. */
void recipe_call(struct yaml_reader *r, const struct yaml_field *f,
	const char *allowed, struct http_call *c);
bool recipe_call_has(const struct http_call *c, enum http_part p);
/* What a part is called. */
str recipe_part_name(enum http_part p);
void recipe_auth(struct yaml_reader *r, yaml_node_t *node, struct recipe *out);

#endif
