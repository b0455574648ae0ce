/* Whose index file is it?  Its fingerprint says. */
#include "cli/list_key.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "desk/keys.h"
#include "index/key_file.h"

/* TOYON_SHA forces one of the ways to compute, for tests. */
static int read_cpu(enum cpu_path *out, struct err *e)
{
	return cpu_path_read(str_of(getenv("TOYON_SHA")), out, e);
}

static int keyring_of(
	const char *key_path, struct ident_keyring *out, struct err *e)
{
	uint8_t secret[IDENT_SECRET_SIZE];
	enum cpu_path cpu;

	if (read_cpu(&cpu, e) || key_file_read(key_path, secret, e))
		return -1;
	ident_keyring_init(out, secret, cpu);
	sodium_memzero(secret, sizeof secret);
	return 0;
}

/* Of an index that nobody can open. */
static int keyring_for_once(struct ident_keyring *out, struct err *e)
{
	uint8_t secret[IDENT_SECRET_SIZE];
	enum cpu_path cpu;

	if (read_cpu(&cpu, e))
		return -1;
	randombytes_buf(secret, sizeof secret);
	ident_keyring_init(out, secret, cpu);
	sodium_memzero(secret, sizeof secret);
	return 0;
}

int list_keyring(struct cli *c, const char *index_path,
	struct ident_keyring *out, struct err *e)
{
	const char *path = key_file_beside(c->arena, index_path);
	uint8_t secret[IDENT_SECRET_SIZE];

	if (file_is_special(index_path))
		return keyring_for_once(out, e);
	if (key_file_need(path, secret, e))
		return -1;
	sodium_memzero(secret, sizeof secret);
	return keyring_of(path, out, e);
}

static void close_index(void *ctx)
{
	index_close(ctx);
}

static bool belongs(const struct index_info *info, struct ident_keyring *k)
{
	return !memcmp(
		info->fingerprint, k->fingerprint, IDENT_FINGERPRINT_SIZE);
}

int list_open(struct cli *c, const char *path, struct index **out,
	struct ident_keyring *keyring, struct err *e)
{
	struct index_open_opts opts = { 0 };
	struct index_info info;
	struct err second = { 0 };
	const char *beside = key_file_beside(c->arena, path);

	if (read_cpu(&opts.cpu, e) || index_open(out, path, &opts, e))
		return -1;
	arena_defer(c->arena, close_index, *out);
	index_info(*out, &info);
	if (!keyring_of(beside, keyring, &second) && belongs(&info, keyring))
		return 0;
	if (!install_open(&c->install, c->arena, c->dir, KEYS_INDEX, &second)) {
		ident_keyring_init(
			keyring, keys_index(c->install.keys), opts.cpu);
		if (belongs(&info, keyring))
			return 0;
	}
	err_set(e, ERR_NOT_FOUND,
		file_exists(beside) ? "the key beside %s is not its key"
				    : "the key of %s is missing",
		path);
	return err_hint(e,
		"put %s.key beside it, or name the installation that made it "
		"with --dir",
		path);
}
