#ifndef T_DESK_MODEL_H
#define T_DESK_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/*
 * What must hold of people and requests whatever happens, in the fewest words:
 * the invariants of ARCHITECTURE.md, written without a line of src/.  The walk
 * (t_walk.c) tells it what it did, shows it what the record says afterwards, and
 * stops at the first thing that does not fit.
 */
enum {
	MODEL_SYSTEMS = 2,
	MODEL_ADULTS = 10,
	MODEL_MINORS = 3,
	MODEL_PEOPLE = MODEL_ADULTS + MODEL_MINORS,
	MODEL_REQUESTS = 512, /* of one installation */
	MODEL_COOKIES = 2 * MODEL_PEOPLE,
	MODEL_HOLDS = 64,
	MODEL_ANSWERS = 8,
};

/* The bits of the suppression list, as they are on disk. */
enum {
	M_OPT_OUT = 1,
	M_LIMIT = 2,
	M_DELETED = 4,
	M_MINOR = 8,
	M_MANUAL = 128,
	M_NO_NOTICE = 256,
	M_HOLD = 512,
	M_LOCK = 1 << 16,
};

struct model_person {
	uint32_t reasons;   /* exactly these hold */
	int leads;          /* rows that the lead exchange holds, in truth */
	bool has_lost_kept; /* a row that staff had kept was erased */
	/* Days on which requests to know were answered, the newest last. */
	int32_t answered_day[MODEL_ANSWERS];
	int answers;
};

/* A law-enforcement hold that is on: until that day, or until it is lifted. */
struct model_hold {
	char reference[9]; /* empty: a free place */
	int person;
	int32_t until_day;
};

struct model_system {
	bool is_looked; /* it answered a search */
	int found;      /* with so many rows */
	bool is_erased; /* and was erased since, read again */
	bool is_kept;   /* some stay, with a ground */
};

enum model_kind { MODEL_STOP, MODEL_DELETE, MODEL_KNOW, MODEL_CORRECT };

struct model_request {
	char reference[9];
	enum model_kind kind;
	bool is_stop; /* an opt-out or a limit: in force at once */
	int person;
	int32_t received_day; /* days since 1970, in California */
	int32_t due_day;
	bool is_extended;
	int rank; /* how far it has got: see model_rank() */
	bool is_approved;
	bool is_listed;    /* and is why its person is on the list as deleted */
	bool is_wanted;    /* staff approved a package */
	bool is_packaged;  /* and it was made */
	int package;       /* as the record said when it changed last */
	bool is_opening;   /* somebody has asked for a code to open it */
	bool is_specific;  /* asks for specific pieces */
	bool is_mistyped;  /* the details are not those that are held */
	int found_before;  /* the search of the shop knew rows below this id */
	bool is_denied;    /* staff decided it */
	int denied_rank;   /* as far as it had got then */
	bool is_for_hold;  /* and it was for a hold, and nothing else */
	bool is_told;      /* the answer was written, so somebody may know it */
	bool is_again;     /* it goes on in another case */
	bool is_confirmed; /* the address, by the code */
	bool is_unasked;   /* it opened itself */
	bool is_vouched;   /* staff wrote down how they know who asks */
	bool is_declaration_asked;
	bool is_declared;
	bool is_corrected; /* staff wrote down what */
	int first_by; /* who decided first, where it takes two; 0: nobody */
	bool is_first_denial;
	bool is_planned;
	bool is_closed;
	int32_t keep_day; /* closed: to this day at least */
	bool is_forgotten;
	struct model_system system[MODEL_SYSTEMS];
};

/* What the record says of a request. */
struct model_seen {
	const char *state;
	const char *outcome;
	int32_t received_day;
	int32_t due_day;
	bool is_closed;
	int32_t closed_day;
	int32_t keep_day;
	bool has_key;  /* the person can still be read */
	bool has_code; /* a code waits, so somebody is being verified */
	int32_t today;
};

static inline int model_rank(const char *state)
{
	static const char *const order[] = { "unconfirmed", "searching",
		"review", "working", "answering", "closed" };

	for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
		if (!strcmp(state, order[i]))
			return i;
	return -1;
}

/* NULL, or what is wrong. */
static inline const char *model_clock(
	const struct model_request *r, const struct model_seen *s)
{
	if (s->received_day != r->received_day)
		return "1: the day of receipt changed";
	if (r->is_stop)
		return NULL;
	if (s->due_day == r->received_day + 45)
		return r->is_extended ? "1: an extension was taken back" : NULL;
	if (s->due_day != r->received_day + 90)
		return "1: due on another day than the 45th or the 90th";
	return r->is_extended ? NULL : "1: extended by nobody";
}

static inline const char *model_stop(
	const struct model_request *r, const struct model_seen *s)
{
	if (!r->is_stop)
		return NULL;
	if (s->has_code)
		return "2: an opt-out has a code";
	if (strcmp(s->state, "closed") && strcmp(s->state, "in_force") &&
		strcmp(s->state, "telling"))
		return "2: an opt-out is in a state that waits";
	return NULL;
}

static inline const char *model_way(
	const struct model_request *r, const struct model_seen *s)
{
	int rank = model_rank(s->state);

	if (r->is_stop)
		return NULL;
	if (rank < 0)
		return "a state that no request has";
	if (r->is_closed && rank != 5)
		return "closed, and open again";
	/* Back only from the work to the review: other rows came to light. */
	if (rank < r->rank && !(r->rank == 3 && rank == 2))
		return "it went back";
	if (rank == 3 && r->kind != MODEL_DELETE)
		return "a request that deletes nothing is carried out";
	if (rank == 3 && !r->is_approved)
		return "carried out, and approved by nobody";
	return NULL;
}

/* A denial was taken back.  NULL, or why it may not be: who was told of it, or may have
 * been, was told the truth. */
static inline const char *model_taken_back(struct model_request *r)
{
	if (!r->is_denied || r->rank != 4)
		return "taken back, and it was not denied";
	if (r->is_told)
		return "taken back, and somebody was told of it";
	r->is_denied = r->is_for_hold = false;
	r->first_by = 0;
	/* It stands where it stood; work that had begun is looked at anew. */
	r->rank = r->denied_rank == 3 ? 2 : r->denied_rank;
	return NULL;
}

/* NULL, or why a deletion does not go on in another case.  What was denied for a hold alone
 * is owed when nothing stands against it any more. */
static inline const char *model_why_not_again(
	const struct model_request *r, const struct model_person *p)
{
	if (r->kind != MODEL_DELETE || !r->is_closed || !r->is_for_hold)
		return "taken up again, and it was not denied for a hold";
	if (r->is_forgotten)
		return "6: taken up again, and it was forgotten";
	if (p->reasons & M_HOLD)
		return "NT-12: taken up again while somebody is held";
	return r->is_again ? "taken up twice" : NULL;
}

/* A declaration is asked for where it verifies the request, and of what takes one: to
 * know what pieces, to delete, to correct (11 CCR 7062(c), (d)). */
static inline const char *model_declaration_asked(
	struct model_request *r, int32_t today)
{
	if (r->is_stop || r->is_closed || r->is_denied)
		return "7060(b): a declaration where none may be asked for";
	if (r->rank != 2)
		return "7062(d): asked before it is known what is held";
	if (r->is_declared)
		return "7062(d): signed, and asked for again";
	if (r->is_unasked)
		return "7062(d): asked of somebody who asked for nothing";
	if (today > r->due_day + (r->is_extended ? 45 : 0))
		return "7021(b): asked when the answer was late already";
	r->is_declaration_asked = true;
	return NULL;
}

/* 7062(d): what is sensitive goes at the word of who was verified to a reasonably high
 * degree, or whom staff know. */
static inline const char *model_verified(
	const struct model_request *r, bool is_sensitive)
{
	if (!is_sensitive || r->is_unasked || r->is_vouched || r->is_declared)
		return NULL;
	return "7062(d): sensitive rows deleted without a declaration";
}

/* Invariant 3: what was not looked at is never called deleted or empty. */
static inline const char *model_end(
	const struct model_request *r, const struct model_seen *s)
{
	bool is_complied = !strcmp(s->outcome, "complied");
	bool is_nothing = !strcmp(s->outcome, "nothing");

	if (!strcmp(s->outcome, "withdrawn") && r->is_approved)
		return "taken back after it was approved";
	if (r->is_stop || (!is_complied && !is_nothing))
		return NULL;
	if (r->kind == MODEL_KNOW && is_complied && !r->is_packaged)
		return "4: answered, and nobody approved a package";
	if (r->kind == MODEL_CORRECT && is_complied && !r->is_corrected)
		return "corrected, and nobody wrote down what";
	if (!r->is_planned)
		return "3: ended, and no system was ever asked";
	for (int i = 0; i < MODEL_SYSTEMS; i++) {
		const struct model_system *x = &r->system[i];

		if (!x->is_looked)
			return "3: a system that was not looked at";
		if (is_nothing && x->found)
			return "3: nothing, and something was found";
		if (r->kind != MODEL_DELETE)
			continue;
		if (is_complied && x->found && !x->is_erased)
			return "3: complied, and something was not erased";
		if (is_complied && x->is_kept)
			return "3: in whole, and something stays";
	}
	return NULL;
}

static inline const char *model_record(
	const struct model_request *r, const struct model_seen *s)
{
	if (!s->is_closed)
		return s->has_key ? NULL : "6: forgotten while it is open";
	if (s->has_code && !r->is_opening)
		return "5: closed, and the code is still there";
	if (r->keep_day && s->keep_day != r->keep_day)
		return "6: the date of the record changed";
	/* 24 months are never fewer than 730 days. */
	if (!r->keep_day && s->keep_day < s->closed_day + 730)
		return "6: kept for less than 24 months";
	if (!s->has_key && s->today < s->keep_day)
		return "6: forgotten before its date";
	if (s->has_key && r->is_forgotten)
		return "6: forgotten, and there again";
	return NULL;
}

static inline const char *model_fits(
	const struct model_request *r, const struct model_seen *s)
{
	const char *wrong = model_clock(r, s);

	wrong = wrong ? wrong : model_stop(r, s);
	wrong = wrong ? wrong : model_way(r, s);
	wrong = wrong ? wrong : model_end(r, s);
	return wrong ? wrong : model_record(r, s);
}

/* Two answers to know are owed in 12 months (Civ. Code 1798.130(b)): more than two
 * in 364 days are too many, and fewer in 367 are too few to refuse one for. */
static inline int model_answers_within(
	const struct model_person *p, int32_t today, int32_t days)
{
	int n = 0;

	for (int i = 0; i < p->answers; i++)
		n += p->answered_day[i] > today - days;
	return n;
}

static inline void model_answered(struct model_person *p, int32_t today)
{
	if (p->answers == MODEL_ANSWERS)
		memmove(p->answered_day, p->answered_day + 1,
			--p->answers * sizeof *p->answered_day);
	p->answered_day[p->answers++] = today;
}

/* Behind the step that showed who asks. */
static inline const char *model_know(const struct model_request *r,
	const struct model_person *p, const struct model_seen *s)
{
	int rank = model_rank(s->state);

	if (r->kind != MODEL_KNOW || r->rank != 0 || s->is_closed)
		return NULL;
	if (rank == 1 && model_answers_within(p, s->today, 364) >= 2)
		return "NT-10: a third request to know is worked on";
	if (rank == 4 && !r->is_denied &&
		model_answers_within(p, s->today, 367) < 2)
		return "NT-10: refused, and two are owed";
	return NULL;
}

/* What was seen is what must not be taken back. */
static inline void model_note(
	struct model_request *r, const struct model_seen *s)
{
	r->rank = model_rank(s->state);
	r->is_closed = s->is_closed;
	if (s->is_closed && !r->keep_day)
		r->keep_day = s->keep_day;
	r->is_forgotten |= !s->has_key;
}

#endif
