#ifndef DROP_CLIENT_H
#define DROP_CLIENT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * The platform's three calls over HTTPS (specification 1.2.0).  One try a call:
 * when to ask again is for the caller, who is told what the platform said.
 * The key goes in a header, is never part of an error or a log line, and does
 * not follow a redirect.
 *
 * A body is written to a file as it comes, so that a batch that the State does
 * not serve twice is on the disk before anybody reads it.
 */
enum drop_said {
	DROP_SAID_BATCH,   /* 200, a ZIP: in the file */
	DROP_SAID_NOTHING, /* 200, JSON: nothing new */
	DROP_SAID_WAIT,    /* 202 to a download: being prepared; after_s */
	DROP_SAID_TAKEN,   /* 202 to an upload: at least one file */
	DROP_SAID_REFUSED, /* 400: no file was taken */
	DROP_SAID_NOT_NOW, /* 409: an answer is owed, or no batch waits */
	DROP_SAID_KEY,     /* 401: a person has to see to the key */
	DROP_SAID_ACCOUNT, /* 403: not eligible, fee, or no list selected */
	DROP_SAID_BUSY,    /* 429: after_s */
	DROP_SAID_TROUBLE, /* 5xx: later */
	DROP_SAID_STRANGE, /* anything else, 404 too: not the platform? */
};

struct drop_client {
	const char *base; /* https://...; http only to this machine itself */
	str key;
	int timeout_ms; /* without a byte; 0: 60 s */
};

/* What was said of one uploaded file. */
struct drop_file_said {
	str name;
	bool is_accepted; /* a repeated name counts: it is there already */
	bool is_repeated;
	str message;
};

struct drop_answer {
	enum drop_said said;
	int http_status;
	int after_s; /* Retry-After; 0: none */
	str message; /* as given, at most 500 bytes, printable */
	str name; /* of the ZIP; empty unless drop_zip_name_read() reads it */
	int64_t size;
	uint8_t sha256[32]; /* of the ZIP as received */
	/* TAKEN and REFUSED: one for each part, in order; one that the platform
	 * did not mention is not accepted.  Files that are all there already are
	 * REFUSED, each accepted. */
	struct drop_file_said *files;
	size_t files_n;
	/* What a person should do, for _KEY, _ACCOUNT, _NOT_NOW, _STRANGE. */
	const char *advice;
};

/*
 * 0 with an answer; -1, ERR_UNAVAILABLE, when there was none (connection lost,
 * time out, a body shorter than promised): then it is unknown whether the
 * platform acted.  ERR_USAGE when address or key are none, ERR_LIMIT when more
 * comes than any batch is.  `path` gets the ZIP, written beside it, flushed and
 * renamed; nothing else ever stands there.
 */
int drop_download(const struct drop_client *c, struct arena *a,
	const char *path, struct drop_answer *out, struct err *e);

struct drop_part {
	str name;         /* of the file, as drop_file_name_of() gives it */
	const char *path; /* of its bytes */
};
/* is_amend: correct statuses sent before. */
int drop_upload(const struct drop_client *c, struct arena *a,
	const struct drop_part *part, size_t n, bool is_amend,
	struct drop_answer *out, struct err *e);

const char *drop_said_name(enum drop_said s); /* "batch" */

#endif
