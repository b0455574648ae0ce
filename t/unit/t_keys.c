/*
 * The key folder: made once, loaded whole, refused when others can read it or
 * something is wrong with it, each time with a hint.
 */
#include "desk/keys.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "check.h"

static struct arena *arena;

static const char *path(const char *dir, const char *name)
{
	return arena_fmt(arena, "%s/%s%c", dir, name, 0).p;
}

static void run(const char *fmt, const char *dir)
{
	char command[300];

	snprintf(command, sizeof command, "cd %s && %s", dir, fmt);
	CHECK(system(command) == 0, "%s", command);
}

static const char *new_folder(void)
{
	static char dir[64];

	snprintf(dir, sizeof dir, "/tmp/toyon-keys-XXXXXX");
	CHECK(mkdtemp(dir), "a folder");
	return dir;
}

static int mode_of(const char *p)
{
	struct stat st;

	return stat(p, &st) ? -1 : (int)(st.st_mode & 07777);
}

static void made_once(const char *dir)
{
	static const char *const names[] = { "keys/master.key",
		"keys/index.key", "keys/audit.key", "keys/audit.pub" };
	struct err e = { 0 };
	str before, after;

	CHECK(keys_make(dir, &e) == 0, "%s", e.message);
	CHECK(mode_of(path(dir, "keys")) == 0700, "the folder is ours alone");
	for (size_t i = 0; i < COUNTOF(names); i++) {
		struct stat st;

		CHECK(!stat(path(dir, names[i]), &st) && st.st_size == 65, "%s",
			names[i]);
		CHECK(mode_of(path(dir, names[i])) == 0600, "%s", names[i]);
	}
	CHECK(!file_exists(path(dir, "keys.new")), "the draft is gone");
	CHECK(!file_read(arena, path(dir, names[0]), 100, &before, &e), "read");
	CHECK(keys_make(dir, &e) == -1 && e.code == ERR_CONFLICT && *e.hint,
		"keys are never written over");
	CHECK(!file_read(arena, path(dir, names[0]), 100, &after, &e), "read");
	CHECK(str_eq(before, after), "and are what they were");
}

static void draft_of_a_crash(void)
{
	const char *dir = new_folder();
	struct err e = { 0 };
	struct keys *k;

	run("mkdir keys.new && echo half > keys.new/master.key", dir);
	CHECK(keys_make(dir, &e) == 0, "%s", e.message);
	CHECK(keys_load(arena, dir, KEYS_ALL, &k, &e) == 0, "%s", e.message);
	run("rm -r keys", dir);
	CHECK(rmdir(dir) == 0, "nothing else is left");
}

static const struct {
	const char *why;
	const char *do_it;
	const char *undo;
	unsigned which;
	enum err_code code;
} refusals[] = {
	{ "the group can read a secret", "chmod 640 keys/master.key",
		"chmod 600 keys/master.key", KEYS_WEB, ERR_DENIED },
	{ "others can read a secret", "chmod 604 keys/index.key",
		"chmod 600 keys/index.key", KEYS_WEB, ERR_DENIED },
	{ "others can enter the folder", "chmod 711 keys", "chmod 700 keys",
		KEYS_WEB, ERR_DENIED },
	{ "one byte too many", "printf x >> keys/master.key",
		"truncate -s 65 keys/master.key", KEYS_WEB, ERR_CORRUPT },
	{ "cut", "cp -p keys/master.key m; truncate -s 63 keys/master.key",
		"mv m keys/master.key", KEYS_WEB, ERR_CORRUPT },
	{ "empty", "cp -p keys/index.key m; : > keys/index.key",
		"mv m keys/index.key", KEYS_WEB, ERR_CORRUPT },
	{ "no hex", "cp -p keys/index.key m; sed -i s/^./g/ keys/index.key",
		"mv m keys/index.key", KEYS_WEB, ERR_CORRUPT },
	{ "missing", "mv keys/master.key m", "mv m keys/master.key", KEYS_WEB,
		ERR_NOT_FOUND },
	{ "a link to elsewhere",
		"mv keys/master.key m; ln -s ../m keys/master.key",
		"rm keys/master.key; mv m keys/master.key", KEYS_WEB,
		ERR_INTERNAL },
	{ "a public key of another pair",
		"cp -p keys/audit.pub m; tr 0-9a-f 1-9a-f0 < m > keys/audit.pub",
		"mv m keys/audit.pub", KEYS_ALL, ERR_CORRUPT },
	{ "no folder", "mv keys m", "mv m keys", KEYS_WEB, ERR_NOT_FOUND },
};

static void refused(const char *dir)
{
	struct keys *k;
	struct err e;

	for (size_t i = 0; i < COUNTOF(refusals); i++) {
		run(refusals[i].do_it, dir);
		memset(&e, 0, sizeof e);
		CHECK(keys_load(arena, dir, refusals[i].which, &k, &e) == -1,
			"%s", refusals[i].why);
		CHECK(refusals[i].code == ERR_INTERNAL ||
				(e.code == refusals[i].code && *e.hint),
			"%s: %d %s; %s", refusals[i].why, (int)e.code,
			e.message, e.hint);
		run(refusals[i].undo, dir);
		CHECK(keys_load(arena, dir, KEYS_ALL, &k, &e) == 0,
			"%s, mended: %s", refusals[i].why, e.message);
	}
}

static void web_needs_no_audit_secret(const char *dir)
{
	struct keys *k;
	struct err e = { 0 };

	run("mv keys/audit.key m", dir);
	CHECK(keys_load(arena, dir, KEYS_WEB, &k, &e) == 0, "%s", e.message);
	CHECK(keys_load(arena, dir, KEYS_ALL, &k, &e) == -1, "it is missing");
	run("mv m keys/audit.key", dir);
}

static void signatures(const char *dir)
{
	unsigned char signature[SIGNATURE_SIZE];
	struct keys *k = NULL;
	struct err e = { 0 };

	CHECK(!keys_load(arena, dir, KEYS_ALL, &k, &e), "%s", e.message);
	keys_audit_sign(k, STR("head"), signature);
	CHECK(keys_audit_verify(keys_audit_public(k), STR("head"), signature),
		"our own");
	CHECK(!keys_audit_verify(keys_audit_public(k), STR("heat"), signature),
		"another message");
	signature[5] ^= 4;
	CHECK(!keys_audit_verify(keys_audit_public(k), STR("head"), signature),
		"another signature");
}

static void subkeys(const char *dir)
{
	unsigned char a[KEY_SIZE], b[KEY_SIZE];
	struct keys *k = NULL;
	struct err e = { 0 };
	str h;

	CHECK(!keys_load(arena, dir, KEYS_WEB, &k, &e), "%s", e.message);
	keys_subkey(k, "draft", a);
	keys_subkey(k, "draft", b);
	CHECK(!memcmp(a, b, KEY_SIZE), "the same each time");
	keys_subkey(k, "session", b);
	CHECK(memcmp(a, b, KEY_SIZE) != 0, "another purpose, another key");
	CHECK(memcmp(a, keys_index(k), KEY_SIZE) != 0, "not the index key");
	h = keys_hash(arena, k, "code", STR("123456"));
	CHECK(h.n == KEY_SIZE, "%zu", h.n);
	CHECK(str_eq(h, keys_hash(arena, k, "code", STR("123456"))), "same");
	CHECK(!str_eq(h, keys_hash(arena, k, "code", STR("123457"))), "code");
	CHECK(!str_eq(h, keys_hash(arena, k, "link", STR("123456"))), "use");
}

int main(void)
{
	const char *dir;

	arena = arena_new(16 << 20);
	dir = arena_fmt(arena, "%s%c", new_folder(), 0).p;
	made_once(dir);
	draft_of_a_crash();
	refused(dir);
	web_needs_no_audit_secret(dir);
	signatures(dir);
	subkeys(dir);
	run("rm -r keys", dir);
	CHECK(rmdir(dir) == 0, "nothing else is left");
	arena_free(arena);
	return CHECK_DONE();
}
