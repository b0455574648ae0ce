#ifndef CLI_DROP_SIM_H
#define CLI_DROP_SIM_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/log.h"
#include "base/rand.h"
#include "cli/command.h"
#include "drop/batch.h"
#include "http/server.h"

/*
 * A stand-in for the State's platform, as its specification 1.2.0 describes it,
 * to rehearse and to test against.  All it knows is in a folder, so that it goes
 * on where it was:
 *
 *	api-key webhook-secret	made at the start, a line each
 *	batches/01.zip ...	what will be handed out, in this order
 *	state.json		how many were, and whose they are
 *	verdict.csv		each row of each upload, and what became of it
 *	calls.csv		each call: number, what it was, its fault, the answer
 *	people.csv items.csv	who was made up, and which item is whose
 *
 * verdict.csv is the truth about statuses: it is read again at the start.
 */

/* --- faults --- */

/* FAULT(NAME, name, what happens) */
#define SIM_FAULTS(FAULT)                                                      \
	FAULT(NONE, "none", "nothing")                                         \
	FAULT(LOST_CONNECTION, "lost-connection",                              \
		"the connection breaks in the middle of a download or upload") \
	FAULT(LOST_ANSWER, "lost-answer",                                      \
		"an upload is taken, but no answer comes")                     \
	FAULT(SHORT_BODY, "short-body", "half of an answer comes")             \
	FAULT(SLOW, "slow", "the answer takes two seconds")                    \
	FAULT(S403, "403", "the account is not eligible")                      \
	FAULT(S429, "429", "too many requests")                                \
	FAULT(S500, "500", "an error of the platform")                         \
	FAULT(S503, "503", "the platform is down")                             \
	FAULT(DUPLICATE_NAME, "duplicate-name",                                \
		"files are taken, and called repeated")                        \
	FAULT(PARTIAL, "partial", "the last file of an upload is rejected")

enum sim_fault {
#define SIM_FAULT_ID(NAME, name, what) SIM_FAULT_##NAME,
	SIM_FAULTS(SIM_FAULT_ID)
#undef SIM_FAULT_ID
};

enum { SIM_RULES_MAX = 32, PER_MILLION = 1000000 };

struct sim_rule {
	enum sim_fault fault;
	uint64_t call; /* this one, from 1; 0: by chance */
	uint64_t per_million;
};

struct sim_faults {
	struct sim_rule rule[SIM_RULES_MAX];
	size_t n;
	uint64_t seed;
};

/* "503:0.2,lost-connection@3": by chance, or the third call. */
int sim_faults_read(str list, struct sim_faults *out, struct err *e);
/* The same for the same call, whoever asks: the wire and the handler do. */
enum sim_fault sim_fault_at(const struct sim_faults *f, uint64_t call);
const char *sim_fault_name(enum sim_fault f);

/* --- what it knows --- */

struct sim_item {
	char id[DROP_ID_SIZE];
	uint8_t list;
	uint8_t status; /* 0: none yet */
	uint8_t is_withdrawn;
	uint16_t batch;
};

enum { SIM_BATCHES_MAX = 1000 };

struct sim {
	pthread_mutex_t lock; /* of all that follows */
	struct arena *arena;
	const char *dir;
	str key;
	str secret;
	int broker;
	int batches;
	int delivered;    /* how many were handed out */
	int64_t ready_ms; /* when the next is prepared; 0: nobody asked */
	int64_t prepare_ms;
	int retry_after_s;
	struct sim_item *item; /* by ID */
	size_t items;
	struct sim_item *gone; /* of the removed lists; `batch` is theirs */
	size_t gone_n;
	int64_t owed[SIM_BATCHES_MAX + 1]; /* items without a status */
	int64_t sent[SIM_BATCHES_MAX + 1]; /* items with one */
	struct sim_names *names;           /* of the files of the open batch */
	int verdict_fd;
	int calls_fd;
	struct sim_faults faults;
	struct sim_hook *hook; /* NULL: no webhooks */
};

/* Reads the folder. */
int sim_open(struct sim *s, struct err *e);
void sim_close(struct sim *s);

/* The next batch was handed out. */
int sim_deliver(struct sim *s, struct err *e);
/* The open one counts as not handed out: what the State's support would do. */
int sim_take_back(struct sim *s, struct err *e);
bool sim_name_is_used(const struct sim *s, str name);

/* How the rows of a file fared. */
struct sim_rows {
	int64_t good;
	int64_t bad;
};
/* Takes a file's rows and writes the verdict. */
int sim_take_file(struct sim *s, str name, str csv, bool is_amend,
	struct sim_rows *out, struct err *e);

const char *sim_path(struct arena *a, const struct sim *s, const char *name);
const char *sim_zip(struct arena *a, const struct sim *s, int batch);

/* --- making one --- */

struct sim_plan {
	const char *dir;
	const char
		*lists; /* a folder for each batch; NULL: people are made up */
	int64_t consumers;
	int64_t batches;
	int64_t seed;
	int64_t broker;
};
/* 1 made, 0 there is one already, -1. */
int sim_make(struct arena *a, const struct sim_plan *p, struct err *e);

/* --- serving --- */

extern const struct http_route sim_routes[];
extern const size_t sim_routes_n;
int sim_admit(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e);
void sim_failed(void *ctx, struct http_request *q, struct http_response *r,
	const struct err *e);

/* The wire in front of the server, where faults happen: bytes pass, or not. */
struct sim_wire;
int sim_wire_start(struct sim_wire **out, int listen_fd, int server_port,
	const struct sim_faults *faults, struct err *e);
void sim_wire_stop(struct sim_wire *w);
/* The number of the call, which the wire puts before the other headers. */
#define SIM_CALL_HEADER "X-Simulated-Call"

/* --- webhooks --- */

int sim_hook_start(
	struct sim_hook **out, const char *url, str secret, struct err *e);
/* Queued; sent by another thread, three tries. */
void sim_hook_send(struct sim_hook *h, const char *type, str data);
/* After all that is queued was tried. */
void sim_hook_stop(struct sim_hook *h);

#endif
