#ifndef CONNECT_MAP_WORDS_H
#define CONNECT_MAP_WORDS_H

#include "connect/map.h"
#include "words/lang.h"

/*
 * The words that the business wrote into its data map, in the languages of consumers (11
 * CCR 7003(b)).  The map is written in English; its "words" have, under each text of it,
 * what that says in another language, so that a text is translated once wherever it
 * stands, and one that was stored before is found again.
 *
 * What must stay true: a translation of a text that the map does not have is a mistake of
 * the map; and what a consumer is shown of the map goes through map_say().
 */

/* The text in that language; as it is where the map does not have it in it. */
str map_say(const struct map *m, enum lang l, str text);

/* A column's name, and empty where the map does not have it in that language. */
str map_say_column(const struct map *m, enum lang l, str name);

/* The kind of company it is; its role, where the map says no other, in our words. */
str map_say_party(const struct map *m, enum lang l, const struct map_vendor *v);

struct map_about map_say_about(
	const struct map *m, enum lang l, const struct map_about *about);

/* "Contacts (CRM)": how rows that stay are called where they are told of. */
str map_place(struct arena *a, str holds, str system);
/* One that was stored, in the language, when the map still has that table. */
str map_say_place(struct arena *a, const struct map *m, enum lang l, str place);

/* A text that consumers are shown, where the map has it first. */
struct map_text {
	str text;
	const char *key; /* "purpose" */
	str of[3]; /* the names of system, table and column, or of others */
	bool is_company; /* whose name is the same in any language */
	size_t file;
	int line;
	size_t at; /* of all, in the order of the map */
};
struct map_texts {
	struct map_text *at;
	size_t n;
};

/* Every one once, in the order of the map. */
void map_texts(struct arena *a, const struct map *m, struct map_texts *out);
/* Those that the map has not in that language; without names of companies. */
void map_texts_missing(struct arena *a, const struct map *m, enum lang l,
	struct map_texts *out);
/* "leads.person, holds" */
str map_text_place(struct arena *a, const struct map_text *t);

/*
 * The lines of a file that would give them: with a heading when the map has no words in
 * that language yet, else to be put under those that it has.
 */
str map_texts_lines(struct arena *a, const struct map *m, enum lang l,
	const struct map_texts *missing);

#endif
