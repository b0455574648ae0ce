#ifndef DESK_PROCESS_H
#define DESK_PROCESS_H

#include "base/log.h"

/*
 * What the supervisor hands to the processes it starts.  They share nothing but
 * the folder, the database and two descriptors.
 */
struct process {
	const char *dir;
	/* Names this run of the service: a worker that is started anew takes
	 * back at once what the one before it held. */
	const char *node;
	int listen_fd; /* web: the socket, made before it gives up the right */
	int wake_fd;   /* a pipe: web writes a byte when it leaves a job, the
			  worker reads it */
	struct log log;
};

/* The program's parts, put together in main.c so that edges don't know each
 * other.  They return the exit status of their process. */
struct programs {
	int (*web)(const struct process *);
	int (*worker)(const struct process *);
};

#endif
