#ifndef JOB_WORKER_H
#define JOB_WORKER_H

#include "desk/process.h"

/*
 * The worker: leases due jobs and runs each in a child process, a few at a
 * time, until it is told to stop (SIGTERM: jobs under way are finished, at most
 * for 20 s).  Returns the exit status of the process.
 */
int worker_main(const struct process *p);

#endif
