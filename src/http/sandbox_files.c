/*
 * Landlock by its system calls: libc has no functions for it.  A right that the
 * kernel does not know yet must not be asked for, so each version adds its own.
 */
#define _GNU_SOURCE /* syscall(), O_PATH */
#include "http/sandbox_files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of version 3; headers of Debian 12 don't have it. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#	define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

enum { VERSION_REFER = 2, VERSION_TRUNCATE = 3 };

static const uint64_t to_read =
	LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t to_a_file =
	LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
	LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_TRUNCATE;

/* All that version 1 knows is bit 0 to MAKE_SYM, the last one. */
static uint64_t rights_of(long version)
{
	uint64_t all = LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1;

	if (version >= VERSION_REFER)
		all |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= VERSION_TRUNCATE)
		all |= LANDLOCK_ACCESS_FS_TRUNCATE;
	return all;
}

static int allow(int rules, const char *path, uint64_t rights, struct err *e)
{
	struct landlock_path_beneath_attr at = { .allowed_access = rights };
	struct stat st;
	long rc;

	at.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (at.parent_fd < 0)
		return errno == ENOENT ? 0 : err_errno(e, "open \"%s\"", path);
	if (!fstat(at.parent_fd, &st) && !S_ISDIR(st.st_mode))
		at.allowed_access &= to_a_file;
	rc = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
		&at, 0);
	if (rc)
		err_errno(e, "allow \"%s\" in the sandbox", path);
	close(at.parent_fd);
	return rc ? -1 : 0;
}

static int allow_all(
	int rules, const struct sandbox_files *f, uint64_t all, struct err *e)
{
	/* Nobody runs what lies in a folder of data. */
	uint64_t to_write = all & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE;

	for (size_t i = 0; i < f->write_n; i++)
		if (allow(rules, f->write[i], to_write, e))
			return -1;
	for (size_t i = 0; i < f->read_n; i++)
		if (allow(rules, f->read[i], to_read, e))
			return -1;
	return 0;
}

int sandbox_files(const struct sandbox_files *f, struct err *e)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr attr = { 0 };
	int rules, rc;

	if (version < 1)
		return 0;
	attr.handled_access_fs = rights_of(version);
	rules = (int)syscall(
		SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
	if (rules < 0)
		return err_errno(e, "make the rules of the sandbox");
	rc = allow_all(rules, f, attr.handled_access_fs, e);
	if (!rc && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
			   syscall(SYS_landlock_restrict_self, rules, 0)))
		rc = err_errno(e, "keep the web process to its files");
	close(rules);
	return rc ? -1 : 1;
}
