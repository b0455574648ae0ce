/* Read and written under one lock: a set that begins anew has no reader left. */
#include "desk/own_newer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "desk/limit.h"
#include "index/delta.h"

struct own_newer {
	pthread_mutex_t lock;
	enum cpu_path cpu;
	struct index_delta *keys;
	uint64_t put;
	int64_t in_at;
	struct {
		uint64_t seq;
		int64_t in_at;
		bool is_known;
	} last;
};

struct own_newer *own_newer_new(enum cpu_path cpu)
{
	struct own_newer *s = calloc(1, sizeof *s);

	must(s);
	pthread_mutex_init(&s->lock, NULL);
	s->cpu = cpu;
	s->keys = index_delta_new(cpu);
	return s;
}

void own_newer_free(struct own_newer *s)
{
	if (!s)
		return;
	index_delta_free(s->keys);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

void own_newer_find(struct own_newer *s, int64_t in_at, const uint8_t *key,
	size_t n, bool *out)
{
	memset(out, 0, n * sizeof *out);
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; s->in_at == in_at && i < n; i++) {
		uint32_t is_newer = 0;

		index_delta_find(s->keys, key + i * IDENT_KEY_SIZE, &is_newer);
		out[i] = is_newer > 0;
	}
	pthread_mutex_unlock(&s->lock);
}

static void begin(struct own_newer *s, int64_t in_at)
{
	index_delta_free(s->keys);
	s->keys = index_delta_new(s->cpu);
	s->put = 0;
	s->in_at = in_at;
}

void own_newer_put(
	struct own_newer *s, int64_t in_at, const uint8_t key[IDENT_KEY_SIZE])
{
	pthread_mutex_lock(&s->lock);
	if (in_at != s->in_at || s->put == LIMIT_NEWER_KEYS)
		begin(s, in_at);
	index_delta_put(s->keys, ++s->put, key, 1);
	pthread_mutex_unlock(&s->lock);
}

bool own_newer_in_at(struct own_newer *s, uint64_t seq, int64_t *in_at)
{
	bool is_known;

	pthread_mutex_lock(&s->lock);
	is_known = s->last.is_known && s->last.seq == seq;
	*in_at = s->last.in_at;
	pthread_mutex_unlock(&s->lock);
	return is_known;
}

void own_newer_put_in_at(struct own_newer *s, uint64_t seq, int64_t in_at)
{
	pthread_mutex_lock(&s->lock);
	s->last.seq = seq;
	s->last.in_at = in_at;
	s->last.is_known = true;
	pthread_mutex_unlock(&s->lock);
}
