#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/head.h"
#include "http/peer.h"
#include "http/server.h"

/*
 * One request and its answer, from the first line read to the last byte sent.
 * Inside of http/ only.
 *
 * An exchange goes through: made when the request line is read; begun when the
 * head is there (checked, routed; refused here before a byte of a body is read);
 * fed with the body; answered by the handler; ended when the answer is out.
 */
struct http_server {
	struct http_server_options o;
	struct http_router *router;
	struct http_net *trusted;
	struct MHD_Daemon **daemons; /* one a listening socket */
	struct arena *arena;         /* of what lives as long as the server */
	pthread_key_t
		rooms; /* each thread's own, kept for its next exchanges */
	atomic_bool is_draining;
	atomic_bool has_warned; /* of a proxy that nobody named */
	atomic_uint open;       /* exchanges under way */
	atomic_uint parked;     /* of them, not woken yet */
	atomic_ullong answered;
};

/*
 * What an exchange works in, kept when it ends: taking and clearing 64 KiB anew
 * for each request cost as much as answering it.  The arena is wiped in between.
 * An exchange begins and ends in the thread of its connection, so each thread has
 * its own, as many as it had exchanges under way, the parked ones too.
 */
enum { EXCHANGE_ID_BYTES = 9, ROOM_IDS = 28, ROOMS_KEPT = 32 };
struct room {
	struct room *next; /* of those that are kept */
	struct arena *arena;
	struct answers *answers;
	/* Drawn together: a call of the kernel each is dear. */
	unsigned char ids[ROOM_IDS * EXCHANGE_ID_BYTES];
	size_t ids_left;
};

struct exchange {
	struct http_server *server;
	struct MHD_Connection *connection;
	struct room *room;
	struct arena *arena; /* the room's */
	struct http_request q;
	struct http_response r;
	const char *target_at; /* in the connection's memory */
	str target;            /* a copy: the library cuts that one up */
	char *body;
	size_t body_n;
	http_handler then; /* parked: what is run when it is woken */
	void *then_ctx;
	bool is_begun;
	bool is_answered;
	bool must_close;
	int64_t started_ms; /* monotonic */
};

struct exchange *exchange_new(
	struct http_server *s, struct MHD_Connection *c, const char *target);
/* The head is complete.  False: answered already, with a refusal. */
bool exchange_begin(
	struct exchange *x, const char *method, const char *version);
void exchange_feed(struct exchange *x, const char *bytes, size_t n);
/* Runs the handler, or the rest of it.  False: it is parked. */
bool exchange_answer(struct exchange *x);
/* Gives the library the answer. */
enum MHD_Result exchange_send(struct exchange *x);
void exchange_end(struct exchange *x);

/* Where threads keep their rooms.  Closed when they have ended, and theirs are
 * gone with them. */
void exchange_rooms_init(struct http_server *s);
void exchange_rooms_fini(struct http_server *s);

#endif
