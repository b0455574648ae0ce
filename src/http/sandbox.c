/*
 * The seccomp filter of the web process: a list of what it may not do.
 *
 * A list of what it may do would be shorter to argue about, but it would have to
 * name every call of SQLite, libpq, libmicrohttpd, malloc and the sanitizers on
 * every libc, and a forgotten one breaks a healthy server at the worst moment.
 * What must not happen is a small and stable set: making sockets, connecting,
 * running programs, making processes, touching other processes, and the kernel
 * doors that are known for holes.  Sockets that exist can be used, so the list
 * is complete only together with "no socket can be made".
 *
 * io_uring is on it because it does all of these behind a filter's back.
 */
#define _GNU_SOURCE /* CLONE_THREAD */
#include "http/sandbox.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/base.h"

/* Answered with EPERM: libraries try some of these and can live without. */
static const int denied[] = {
	SCMP_SYS(socket),
	SCMP_SYS(connect),
	SCMP_SYS(bind),
	SCMP_SYS(listen),
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(io_uring_enter),
	SCMP_SYS(io_uring_register),
	SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(pidfd_send_signal),
	SCMP_SYS(rt_sigqueueinfo),
	SCMP_SYS(rt_tgsigqueueinfo),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(process_madvise),
	SCMP_SYS(kcmp),
	SCMP_SYS(setns),
	SCMP_SYS(unshare),
	SCMP_SYS(chroot),
	SCMP_SYS(personality),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(keyctl),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(fanotify_init),
	SCMP_SYS(name_to_handle_at),
	SCMP_SYS(open_by_handle_at),
	SCMP_SYS(mknod),
	SCMP_SYS(mknodat),
	SCMP_SYS(syslog),
	SCMP_SYS(setuid),
	SCMP_SYS(setgid),
	SCMP_SYS(setreuid),
	SCMP_SYS(setregid),
	SCMP_SYS(setresuid),
	SCMP_SYS(setresgid),
	SCMP_SYS(setgroups),
	SCMP_SYS(capset),
};

/* Ends the process: nothing that we link ever asks for these. */
static const int fatal[] = {
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(pivot_root),
	SCMP_SYS(move_mount),
	SCMP_SYS(open_tree),
	SCMP_SYS(fsopen),
	SCMP_SYS(fsmount),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(delete_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load),
	SCMP_SYS(reboot),
	SCMP_SYS(swapon),
	SCMP_SYS(swapoff),
	SCMP_SYS(acct),
	SCMP_SYS(quotactl),
	SCMP_SYS(sethostname),
	SCMP_SYS(setdomainname),
	SCMP_SYS(settimeofday),
	SCMP_SYS(clock_settime),
	SCMP_SYS(clock_adjtime),
	SCMP_SYS(adjtimex),
	SCMP_SYS(iopl),
	SCMP_SYS(ioperm),
	SCMP_SYS(modify_ldt),
	SCMP_SYS(lookup_dcookie),
	SCMP_SYS(nfsservctl),
	SCMP_SYS(vhangup),
};

static int add_all(scmp_filter_ctx f, uint32_t act, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int failed = seccomp_rule_add(f, act, calls[i], 0);

		/* A call that this machine's architecture does not have. */
		if (failed && failed != -EDOM)
			return failed;
	}
	return 0;
}

/*
 * Threads yes, processes no.  clone3 has its flags behind a pointer where no
 * filter can look, so it is said not to exist, and libc takes clone.
 */
static int add_clone(scmp_filter_ctx f)
{
	int failed = seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone),
		1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));

	return failed ? failed
		      : seccomp_rule_add(
				f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

/* Signals to this process only: abort() and pthread_kill() need that. */
static int add_signals(scmp_filter_ctx f)
{
	static const int calls[] = { SCMP_SYS(kill), SCMP_SYS(tgkill) };

	for (size_t i = 0; i < COUNTOF(calls); i++) {
		int failed = seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM),
			calls[i], 1,
			SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid(), 0));

		if (failed)
			return failed;
	}
	return seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tkill), 0);
}

/* No memory that is both written and run. */
static int add_memory(scmp_filter_ctx f)
{
	static const int calls[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect),
		SCMP_SYS(pkey_mprotect) };
	const scmp_datum_t both = PROT_WRITE | PROT_EXEC;

	for (size_t i = 0; i < COUNTOF(calls); i++) {
		int failed = seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM),
			calls[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, both, both));

		if (failed)
			return failed;
	}
	return 0;
}

static int build(scmp_filter_ctx f)
{
	int failed = seccomp_attr_set(
		f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

	if (!failed)
		failed = add_all(
			f, SCMP_ACT_ERRNO(EPERM), denied, COUNTOF(denied));
	if (!failed)
		failed = add_all(
			f, SCMP_ACT_KILL_PROCESS, fatal, COUNTOF(fatal));
	if (!failed)
		failed = add_clone(f);
	if (!failed)
		failed = add_signals(f);
	if (!failed)
		failed = add_memory(f);
	return failed;
}

/*
 * LeakSanitizer looks for leaks from a process of its own, which the filter does
 * not let it make; it asks this hook first.
 */
#ifdef __SANITIZE_ADDRESS__
#	define ASKS_HOOK
#elif defined(__has_feature)
#	if __has_feature(address_sanitizer)
#		define ASKS_HOOK
#	endif
#endif
#ifdef ASKS_HOOK
int __lsan_is_turned_off(void);

int __lsan_is_turned_off(void)
{
	return prctl(PR_GET_SECCOMP) == SECCOMP_MODE_FILTER;
}
#endif

int sandbox_web(struct err *e)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	int failed;

	if (!f)
		return err_set(e, ERR_UNAVAILABLE,
			"cannot restrict the web process: no memory");
	failed = build(f);
	/* Sets no_new_privs as well, which is what lets us do it unprivileged
	 * and what takes the sense out of set-user-id programs. */
	if (!failed)
		failed = seccomp_load(f);
	seccomp_release(f);
	if (!failed)
		return 0;
	errno = -failed;
	err_errno(e, "restrict the web process");
	return err_hint(e, "a kernel with CONFIG_SECCOMP_FILTER is needed");
}
