/*
 * Asks the processor what it can run.  __builtin_cpu_supports() also asks
 * whether the kernel saves the wide registers, which cpuid alone does not say.
 */
#include "ident/cpu.h"

#include "base/base.h"

#if defined(__x86_64__)
#	include <cpuid.h>

static bool has_sha(void)
{
	unsigned a, b, c, d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
}

static bool runs_avx2(void)
{
	return __builtin_cpu_supports("avx2") &&
	       __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("bmi");
}

static bool runs_avx512(void)
{
	return runs_avx2() && __builtin_cpu_supports("avx512f") &&
	       __builtin_cpu_supports("avx512bw") &&
	       __builtin_cpu_supports("avx512vl") &&
	       __builtin_cpu_supports("avx512dq") &&
	       __builtin_cpu_supports("avx512vbmi") &&
	       __builtin_cpu_supports("avx512vbmi2") &&
	       __builtin_cpu_supports("pclmul") && has_sha();
}
#else
static bool has_sha(void)
{
	return false;
}

static bool runs_avx2(void)
{
	return false;
}

static bool runs_avx512(void)
{
	return false;
}
#endif

bool cpu_path_runs(enum cpu_path p)
{
	switch (p) {
	case CPU_AVX512:
		return runs_avx512();
	case CPU_SHANI:
		return runs_avx2() && has_sha();
	case CPU_AVX2:
		return runs_avx2();
	case CPU_BEST:
	case CPU_PORTABLE:
		break;
	}
	return true;
}

enum cpu_path cpu_path_resolve(enum cpu_path p)
{
	if (p != CPU_BEST)
		return p;
	for (int i = CPU_AVX512; i < CPU_PORTABLE; i++)
		if (cpu_path_runs((enum cpu_path)i))
			return (enum cpu_path)i;
	return CPU_PORTABLE;
}

static const char *const names[] = { "best", "avx512", "shani", "avx2",
	"portable" };

const char *cpu_path_name(enum cpu_path p)
{
	must((size_t)p < COUNTOF(names));
	return names[p];
}

int cpu_path_read(str name, enum cpu_path *out, struct err *e)
{
	*out = CPU_BEST;
	if (!name.n)
		return 0;
	for (size_t i = 0; i < COUNTOF(names); i++) {
		if (!str_eq(name, str_of(names[i])))
			continue;
		*out = (enum cpu_path)i;
		if (cpu_path_runs(*out))
			return 0;
		err_set(e, ERR_USAGE, "this machine cannot run \"%s\"",
			names[i]);
		return err_hint(e, "leave TOYON_SHA unset");
	}
	err_set(e, ERR_USAGE, "unknown way to hash \"%.*s\"", STR_ARG(name));
	return err_hint(e, "TOYON_SHA is avx512, shani, avx2 or portable");
}
