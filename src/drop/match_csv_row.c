/* One row of a file: its keys are asked for, or its parts held for the person. */
#include "drop/match_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

str csv_person(const struct csv_worker *w, size_t row, char *text)
{
	uint16_t column = w->csv->plan.person;

	if (column == MATCH_NO_COLUMN)
		return (str){ 0 };
	return str_trim(match_frame_cell(w->frame, row, column, text));
}

static void hold(
	struct csv_worker *w, struct who who, size_t row, struct memo_ask *ask)
{
	struct held *h;

	if (w->held_n == w->held_size) {
		w->held_size = 2 * w->held_size + 1024;
		w->held = realloc(w->held, w->held_size * sizeof *w->held);
		must(w->held != NULL);
	}
	h = &w->held[w->held_n++];
	h->who = who;
	h->row = (uint32_t)row;
	h->role = ask->role;
	h->fault = ask->fault;
	if (!ask->fault)
		memcpy(h->hash, memo_answer(&w->keys.memo, ask),
			sizeof h->hash);
}

static void hold_parts(struct csv_worker *w, struct who who, size_t row)
{
	const struct match_plan *p = &w->csv->plan;
	char text[FRAME_TEXT + MEMO_PAD];

	for (size_t i = 0; i < p->n; i++) {
		enum role role = (enum role)p->at[i].role;
		struct memo_ask ask;

		if (role >= ROLE_PARTS)
			continue;
		memo_ask(&w->keys.memo, &ask, role,
			match_frame_cell(w->frame, row, p->at[i].column, text));
		if (ask.fault != IDENT_FAULT_EMPTY)
			hold(w, who, row, &ask);
	}
}

static void read_keys(struct csv_worker *w, size_t row, bool parts, bool others)
{
	const struct match_plan *p = &w->csv->plan;
	char text[FRAME_TEXT + MEMO_PAD];

	keys_begin(&w->keys, (uint32_t)row);
	for (size_t i = 0; i < p->n; i++) {
		enum role role = (enum role)p->at[i].role;

		if (role < ROLE_PARTS ? parts : others)
			keys_value(&w->keys, role,
				match_frame_cell(
					w->frame, row, p->at[i].column, text));
	}
	keys_end(&w->keys);
}

/* READ_PEOPLE: by itself, held for its person, or not this time. */
static void read_person(struct csv_worker *w, size_t row)
{
	char text[FRAME_TEXT + MEMO_PAD];
	struct csv *c = w->csv;
	str person = csv_person(w, row, text);
	struct who who = people_who(c->people, 0, person);

	if (!person.n || !several_has(&c->several, who)) {
		if (!c->low)
			read_keys(w, row, true, false);
		return;
	}
	if (people_place(who) >= c->low && people_place(who) <= c->high)
		hold_parts(w, who, row);
}

void csv_read_row(struct csv_worker *w, size_t row)
{
	char text[FRAME_TEXT + MEMO_PAD];
	struct csv *c = w->csv;
	str person;

	switch (c->reading) {
	case READ_ALL:
		read_keys(w, row, true, true);
		return;
	case READ_FIRST:
		person = csv_person(w, row, text);
		if (person.n)
			several_note(
				&c->several, people_who(c->people, 0, person));
		read_keys(w, row, false, true);
		return;
	case READ_PEOPLE:
		read_person(w, row);
	}
}
