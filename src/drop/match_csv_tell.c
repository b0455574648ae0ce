/* What a chunk of a file showed, told in its turn. */
#include "drop/match_csv.h"

#include "base/base.h"
#include "base/buf.h"

int csv_tell(struct csv *c, size_t item, str key, struct err *e)
{
	struct drop_match m = {
		.item = item, .table = str_of(c->path), .key = { key }
	};

	c->report->matches++;
	return c->opts->fn ? c->opts->fn(c->opts->ctx, &m, e) : 0;
}

/* The person column, else the row's number. */
static str key_of(
	const struct csv_worker *w, size_t row, char *text, char *number)
{
	str key = csv_person(w, row, text);
	int64_t record = w->csv->records +
			 (int64_t)match_frame_number(w->frame, row) + 1;
	struct buf b = buf_on(number, 32);

	if (key.n)
		return key;
	buf_fmt(&b, "#%lld", (long long)record);
	return buf_str(&b);
}

static int tell_hits(struct csv_worker *w, struct err *e)
{
	struct keys *k = &w->keys;
	char text[FRAME_TEXT + MEMO_PAD], number[32];

	for (size_t i = 0; i < k->hits; i++)
		if (csv_tell(w->csv, k->hit[i].item,
			    key_of(w, k->hit[i].who, text, number), e))
			return -1;
	return 0;
}

/* Into the memory that threads share; is_full when there is none left. */
static void put_held(struct csv_worker *w)
{
	struct people *p = w->csv->people;
	char text[FRAME_TEXT + MEMO_PAD];
	bool ok = true;

	for (size_t i = 0; i < w->held_n && ok; i++) {
		const struct held *h = &w->held[i];
		uint32_t person = people_find(p, h->who);

		if (person == PEOPLE_NOBODY)
			person = people_add(
				p, h->who, 0, csv_person(w, h->row, text));
		ok = person != PEOPLE_FULL &&
		     (h->fault ? people_bad_part(p, person, (enum role)h->role,
					 (enum ident_fault)h->fault)
			       : people_part(p, person, (enum role)h->role,
					 h->hash));
	}
	w->csv->is_full |= !ok;
	w->csv->is_over |= !ok;
}

static void note_ragged(struct csv *c, const struct match_frame *f)
{
	struct drop_match_report *r = c->report;

	r->ragged += (int64_t)f->ragged;
	r->records += (int64_t)f->ragged;
	for (size_t i = 0; i < f->ragged && r->notes < COUNTOF(r->note); i++) {
		r->note[r->notes].record =
			c->records + (int64_t)f->ragged_at[i] + 1;
		r->note[r->notes].list = DROP_LISTS;
		r->note[r->notes++].fault = IDENT_FAULT_NONE;
	}
}

/* The tally counts rows as the frame has them; notes need the file's. */
static void add_tally(struct csv *c, struct csv_worker *w)
{
	struct drop_match_report *t = &w->keys.tally;

	for (size_t i = 0; i < t->notes; i++)
		t->note[i].record = (int64_t)match_frame_number(
			w->frame, (size_t)t->note[i].record);
	if (c->reading == READ_PEOPLE)
		t->records = 0;
	else
		note_ragged(c, w->frame);
	keys_tally_add(c->report, t, c->records);
}

static void show_progress(const struct csv *c)
{
	if (c->opts->on_progress)
		c->opts->on_progress(c->opts->progress_ctx,
			(int64_t)source_bytes_read(c->source),
			(int64_t)source_bytes_total(c->source));
}

int csv_publish(struct csv *c, struct csv_worker *w, struct err *e)
{
	if (tell_hits(w, e))
		return -1;
	put_held(w);
	add_tally(c, w);
	c->records += (int64_t)(w->frame->rows + w->frame->ragged);
	c->lines += w->frame->scan.lines;
	show_progress(c);
	return 0;
}
