#ifndef IDENT_CPU_H
#define IDENT_CPU_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

/*
 * Which of the machine's instructions the fast loops (SHA-256, index probes,
 * CSV scan) use.  CPU_BEST is resolved once, by who starts the work, and then
 * passed down; it is never looked up in a loop and kept in no global.
 *
 *	CPU_AVX512	AVX-512 F, BW, VL, DQ, VBMI2, with VPCLMULQDQ, and the SHA
 *			extensions for few messages
 *	CPU_SHANI	SHA extensions for the hash, AVX2 for the rest
 *	CPU_AVX2	AVX2 for everything
 *	CPU_PORTABLE	plain C and OpenSSL: every machine
 */
enum cpu_path {
	CPU_BEST, /* the zero value: ask the machine */
	CPU_AVX512,
	CPU_SHANI,
	CPU_AVX2,
	CPU_PORTABLE,
};

/* The machine and its kernel can run p; true for CPU_BEST and CPU_PORTABLE. */
bool cpu_path_runs(enum cpu_path p);

/* p itself, or for CPU_BEST the fastest that runs here. */
enum cpu_path cpu_path_resolve(enum cpu_path p);

/*
 * The value of the environment variable TOYON_SHA, read by the caller:
 * avx512, shani, avx2 or portable; empty is the best there is.  -1 with
 * ERR_USAGE on another word, or when this machine cannot run it.
 */
int cpu_path_read(str name, enum cpu_path *out, struct err *e);
const char *cpu_path_name(enum cpu_path p);

#endif
