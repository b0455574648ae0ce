/* Whose index file is it?  Its fingerprint says. */
#include "cli/list_key.h"

#include <string.h>

#include "desk/keys.h"
#include "index/list_secret.h"

void list_keyring(struct ident_keyring *out)
{
	uint8_t bytes[IDENT_SECRET_SIZE];

	memcpy(bytes, INDEX_LIST_SECRET, sizeof bytes);
	ident_keyring_init(out, bytes, CPU_BEST);
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
	struct index_open_opts opts = { .cpu = CPU_BEST };
	struct index_info info;
	struct err second = { 0 };

	if (index_open(out, path, &opts, e))
		return -1;
	arena_defer(c->arena, close_index, *out);
	index_info(*out, &info);
	list_keyring(keyring);
	if (belongs(&info, keyring))
		return 0;
	if (!install_open(&c->install, c->arena, c->dir, KEYS_INDEX, &second)) {
		ident_keyring_init(
			keyring, keys_index(c->install.keys), CPU_BEST);
		if (belongs(&info, keyring))
			return 0;
	}
	err_set(e, ERR_CORRUPT, "%s was made in another installation", path);
	return err_hint(e, "name that one's folder with --dir");
}
