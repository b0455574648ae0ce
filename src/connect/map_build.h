#ifndef CONNECT_MAP_BUILD_H
#define CONNECT_MAP_BUILD_H

#include "connect/map.h"
#include "connect/yaml.h"

/*
 * The second half of reading a map, when every single value is right: resolves
 * what refers to something else, and checks what only the whole can show.
 * Internal to map*.c.
 */
void map_check(struct yaml_reader *r, struct map *m);
/* Its part about columns that no answer may disclose. */
void map_check_never(struct yaml_reader *r, const struct map *m);

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
