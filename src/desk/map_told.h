#ifndef DESK_MAP_TOLD_H
#define DESK_MAP_TOLD_H

#include "connect/map_words.h"
#include "desk/desk.h"

/*
 * The data map, for who tells a consumer of what it names, in their language: map_say()
 * and the others of map_words.h.  Nothing is read for English, in which it is written:
 * then it is empty, and they say each text as it is.  So they do of a map that can't be
 * read, which `toyon doctor` tells of: what was stored in English is said in English, and
 * no case waits with its answer, whose day comes, for a mistake in a file.
 */
void map_told(struct desk *d, enum lang l, struct map *out);

#endif
