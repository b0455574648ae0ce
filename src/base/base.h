#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNTOF(a)        (sizeof(a) / sizeof *(a))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/*
 * must() states what our own code promises.  It is on in every build: a broken
 * promise stops the process before it can write a wrong row.  It is never used
 * for anything that input, the disk or the network can cause; those are errors
 * (base/err.h).
 */
#define must(cond) ((cond) ? (void)0 : must_fail(#cond, __FILE__, __LINE__))

_Noreturn void must_fail(const char *cond, const char *file, int line);

#endif
