#ifndef T_DESK_MODEL_WORD_H
#define T_DESK_MODEL_WORD_H

#include "model.h"

/*
 * What people say of the sale of their information, by what they are known by (11 CCR
 * 7025(c), 7028(a)): each identifier is opted out or not, and when that was said last, by
 * whoever said it.  What belongs together is opted out together, unless the newest word of
 * it all is that they opted in.
 */
struct model_id {
	bool is_out;
	int64_t out_at; /* said last; of what was passed on: when it was said */
	int64_t in_at;  /* opted in last, unless opted out since; 0: never */
};

/* 1 when it was so already. */
static inline int model_said_out(struct model_id *id, int64_t now)
{
	int was = id->is_out;

	*id = (struct model_id){ .is_out = true, .out_at = now };
	return was;
}

/* As somebody is deleted: no word of theirs about the sale. */
static inline void model_put_out(struct model_id *id, int64_t now)
{
	if (!id->is_out)
		model_said_out(id, now);
}

static inline void model_said_in(struct model_id *id, int64_t now)
{
	*id = (struct model_id){ .in_at = now };
}

/* By staff, as a mistake: nobody opted in by that. */
static inline void model_released(struct model_id *id)
{
	if (id->is_out)
		*id = (struct model_id){ 0 };
}

static inline int64_t model_newest_out(struct model_id *const *ids, size_t n)
{
	int64_t at = 0;

	for (size_t i = 0; i < n; i++)
		if (ids[i]->is_out && ids[i]->out_at > at)
			at = ids[i]->out_at;
	return at;
}

static inline bool model_visit_is_out(
	struct model_id *const *ids, size_t n, bool has_signal)
{
	int64_t in_at = 0, out_at = model_newest_out(ids, n);

	for (size_t i = 0; i < n; i++)
		if (!ids[i]->is_out && ids[i]->in_at > in_at)
			in_at = ids[i]->in_at;
	return has_signal || (out_at && in_at <= out_at);
}

/* How many were opted out already, of those that a signal is about. */
static inline int model_visited(struct model_id *const *ids, size_t n,
	bool has_signal, bool is_out, int64_t now)
{
	int64_t out_at = has_signal ? now : model_newest_out(ids, n);
	int again = 0;

	for (size_t i = 0; is_out && i < n; i++) {
		if (has_signal)
			again += model_said_out(ids[i], now);
		else if (!ids[i]->is_out)
			model_said_out(ids[i], out_at);
	}
	return again;
}

#endif
