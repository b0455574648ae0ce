/*
 * The key folder: made complete or not at all, read only when nobody else can
 * read it.  Secrets live in libsodium's guarded memory, never in the arena; what
 * passes through the stack on the way there is wiped.
 */
#include "desk/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"

enum { HEX_SIZE = 2 * KEY_SIZE, FILE_SIZE = HEX_SIZE + 1 };

_Static_assert(KEY_SIZE == crypto_sign_SEEDBYTES &&
		       KEY_SIZE == crypto_sign_PUBLICKEYBYTES &&
		       SIGNATURE_SIZE == crypto_sign_BYTES,
	"keys and seeds have one size");

struct keys {
	unsigned which;
	unsigned char *master;
	unsigned char *index;
	unsigned char *audit; /* seed and public half, as libsodium signs */
	unsigned char audit_public[KEY_SIZE];
};

/* The files of the folder, in the order they are made and removed. */
static const char *const files[] = { "master.key", "index.key", "audit.key",
	"audit.pub" };

static void ready(void)
{
	must(sodium_init() >= 0);
}

static int write_key(int dir_fd, const char *name,
	const unsigned char key[KEY_SIZE], struct err *e)
{
	char text[FILE_SIZE + 1];
	int fd = openat(dir_fd, name,
		O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool is_ok;

	if (fd < 0)
		return err_errno(e, "create \"%s\"", name);
	sodium_bin2hex(text, sizeof text, key, KEY_SIZE);
	text[HEX_SIZE] = '\n';
	is_ok = !write_all(fd, text, FILE_SIZE) && !fsync(fd);
	sodium_memzero(text, sizeof text);
	if (!is_ok)
		err_errno(e, "write \"%s\"", name);
	close(fd);
	return is_ok ? 0 : -1;
}

static int write_all_keys(int dir_fd, struct err *e)
{
	unsigned char key[KEY_SIZE], public_key[KEY_SIZE];
	unsigned char pair[crypto_sign_SECRETKEYBYTES];
	int rc = 0;

	for (size_t i = 0; !rc && i < 3; i++) {
		randombytes_buf(key, sizeof key);
		rc = write_key(dir_fd, files[i], key, e);
	}
	/* The last one made is the seed. */
	crypto_sign_seed_keypair(public_key, pair, key);
	if (!rc)
		rc = write_key(dir_fd, files[3], public_key, e);
	sodium_memzero(key, sizeof key);
	sodium_memzero(pair, sizeof pair);
	return rc;
}

/* What an earlier try left: our own names only. */
static void remove_draft(const char *draft)
{
	char path[4096];

	for (size_t i = 0; i < COUNTOF(files); i++) {
		snprintf(path, sizeof path, "%s/%s", draft, files[i]);
		unlink(path);
	}
	rmdir(draft);
}

static int flush_dir(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : fsync(fd);

	if (rc)
		err_errno(e, "flush \"%s\"", path);
	if (fd >= 0)
		close(fd);
	return rc;
}

static int fill_draft(const char *draft, struct err *e)
{
	int fd, rc;

	remove_draft(draft);
	if (mkdir(draft, 0700))
		return err_errno(e, "make the folder \"%s\"", draft);
	fd = open(draft, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "open \"%s\"", draft);
	rc = write_all_keys(fd, e);
	if (!rc && fsync(fd))
		rc = err_errno(e, "flush \"%s\"", draft);
	close(fd);
	return rc;
}

int keys_make(const char *dir, struct err *e)
{
	char final[4096], draft[4096];

	ready();
	if (strlen(dir) > sizeof final - 16)
		return err_set(e, ERR_LIMIT, "the path is too long");
	snprintf(final, sizeof final, "%s/keys", dir);
	snprintf(draft, sizeof draft, "%s/keys.new", dir);
	if (file_exists(final)) {
		err_set(e, ERR_CONFLICT, "\"%s\" is there already", final);
		return err_hint(e, "keys are never written over; what is "
				   "sealed with them would be lost");
	}
	/* rename(2) does not replace a folder with something in it. */
	if (fill_draft(draft, e) ||
		(rename(draft, final) &&
			err_errno(e, "make the folder \"%s\"", final))) {
		remove_draft(draft);
		return -1;
	}
	return flush_dir(dir, e);
}

static int check_private(
	const struct stat *st, const char *path, int mode, struct err *e)
{
	if (st->st_uid != geteuid() && st->st_uid != 0) {
		err_set(e, ERR_DENIED, "\"%s\" belongs to another user", path);
		return err_hint(e, "chown it to the user toyon runs as");
	}
	if (!(st->st_mode & 077))
		return 0;
	err_set(e, ERR_DENIED, "others can reach \"%s\"", path);
	return err_hint(e, "chmod %o %s; whoever could read it had the secret",
		(unsigned)mode, path);
}

static int parse_key(const char *path, const char text[], ssize_t n,
	unsigned char key[KEY_SIZE], struct err *e)
{
	size_t got = 0;
	bool is_ok =
		(n == FILE_SIZE && text[HEX_SIZE] == '\n') || n == HEX_SIZE;

	is_ok = is_ok && !sodium_hex2bin(key, KEY_SIZE, text, HEX_SIZE, NULL,
				 &got, NULL);
	if (is_ok && got == KEY_SIZE)
		return 0;
	err_set(e, ERR_CORRUPT, "\"%s\" is no key: 64 hex digits expected",
		path);
	return err_hint(e, "restore the keys folder from the backup of the day "
			   "it was made");
}

static int read_open_key(int fd, const char *path, bool is_secret,
	unsigned char key[KEY_SIZE], struct err *e)
{
	char text[FILE_SIZE + 1];
	struct stat st;
	ssize_t n;
	int rc;

	if (fstat(fd, &st))
		return err_errno(e, "look at \"%s\"", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_CORRUPT, "\"%s\" is no file", path);
	if (is_secret && check_private(&st, path, 0600, e))
		return -1;
	/* 65 bytes of a regular file come in one piece; a byte more shows that
	 * it is too long. */
	n = read(fd, text, sizeof text);
	if (n < 0)
		return err_errno(e, "read \"%s\"", path);
	rc = parse_key(path, text, n, key, e);
	sodium_memzero(text, sizeof text);
	return rc;
}

static int read_key(struct arena *a, const char *folder, const char *name,
	unsigned char key[KEY_SIZE], struct err *e)
{
	const char *path = path_join(a, folder, name);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int rc;

	if (fd < 0 && errno == ENOENT) {
		err_set(e, ERR_NOT_FOUND, "\"%s\" is missing", path);
		return err_hint(e, "restore it from a backup; \"toyon setup\" "
				   "makes keys for a new installation only");
	}
	if (fd < 0)
		return err_errno(e, "open \"%s\"", path);
	rc = read_open_key(fd, path, strcmp(name, "audit.pub"), key, e);
	close(fd);
	return rc;
}

static unsigned char *guarded(size_t n)
{
	unsigned char *p = sodium_malloc(n);

	must(p != NULL); /* an arena stops the process as well */
	return p;
}

static void wipe(void *ctx)
{
	struct keys *k = ctx;

	sodium_free(k->master);
	sodium_free(k->index);
	sodium_free(k->audit);
	memset(k, 0, sizeof *k);
}

static int load_audit(
	struct arena *a, const char *folder, struct keys *k, struct err *e)
{
	unsigned char seed[KEY_SIZE], public_key[KEY_SIZE];

	if (read_key(a, folder, "audit.key", seed, e))
		return -1;
	k->audit = guarded(crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(public_key, k->audit, seed);
	sodium_memzero(seed, sizeof seed);
	sodium_mprotect_readonly(k->audit);
	if (!sodium_memcmp(public_key, k->audit_public, KEY_SIZE))
		return 0;
	err_set(e, ERR_CORRUPT,
		"audit.pub in \"%s\" does not belong to audit.key", folder);
	return err_hint(e, "restore both from the same backup");
}

static int load_secret(struct arena *a, const char *folder, const char *name,
	unsigned char **out, struct err *e)
{
	*out = guarded(KEY_SIZE);
	if (read_key(a, folder, name, *out, e))
		return -1;
	sodium_mprotect_readonly(*out);
	return 0;
}

static int check_folder(const char *folder, struct err *e)
{
	struct stat st;

	if (stat(folder, &st)) {
		if (errno != ENOENT)
			return err_errno(e, "look at \"%s\"", folder);
		err_set(e, ERR_NOT_FOUND, "\"%s\" is missing", folder);
		return err_hint(e, "\"toyon setup\" makes an installation; for "
				   "one that was there, restore its keys");
	}
	if (!S_ISDIR(st.st_mode))
		return err_set(e, ERR_CORRUPT, "\"%s\" is no folder", folder);
	return check_private(&st, folder, 0700, e);
}

int keys_load(struct arena *a, const char *dir, unsigned which,
	struct keys **out, struct err *e)
{
	const char *folder = path_join(a, dir, "keys");
	struct keys *k = arena_one(a, struct keys);

	ready();
	arena_defer(a, wipe, k);
	if (check_folder(folder, e) ||
		read_key(a, folder, "audit.pub", k->audit_public, e))
		return -1;
	if ((which & KEYS_MASTER) &&
		load_secret(a, folder, "master.key", &k->master, e))
		return -1;
	if ((which & KEYS_INDEX) &&
		load_secret(a, folder, "index.key", &k->index, e))
		return -1;
	if ((which & KEYS_AUDIT) && load_audit(a, folder, k, e))
		return -1;
	k->which = which;
	*out = k;
	return 0;
}

const unsigned char *keys_index(const struct keys *k)
{
	must(k->which & KEYS_INDEX);
	return k->index;
}

const unsigned char *keys_audit_public(const struct keys *k)
{
	return k->audit_public;
}

void keys_audit_sign(const struct keys *k, str message,
	unsigned char signature[SIGNATURE_SIZE])
{
	must(k->which & KEYS_AUDIT);
	must(!crypto_sign_detached(signature, NULL,
		(const unsigned char *)message.p, message.n, k->audit));
}

bool keys_can_sign(const struct keys *k)
{
	return k->which & KEYS_AUDIT;
}

bool keys_audit_verify(const unsigned char public_key[KEY_SIZE], str message,
	const unsigned char signature[SIGNATURE_SIZE])
{
	ready();
	return !crypto_sign_verify_detached(signature,
		(const unsigned char *)message.p, message.n, public_key);
}

static void keyed_hash(const unsigned char key[KEY_SIZE], str head, str tail,
	unsigned char out[KEY_SIZE])
{
	crypto_generichash_state st;

	crypto_generichash_init(&st, key, KEY_SIZE, KEY_SIZE);
	crypto_generichash_update(&st, (const unsigned char *)head.p, head.n);
	crypto_generichash_update(&st, (const unsigned char *)tail.p, tail.n);
	crypto_generichash_final(&st, out, KEY_SIZE);
	sodium_memzero(&st, sizeof st);
}

void keys_subkey(
	const struct keys *k, const char *purpose, unsigned char out[KEY_SIZE])
{
	must(k->which & KEYS_MASTER);
	must(*purpose);
	keyed_hash(k->master, STR("toyon subkey 1 "), str_of(purpose), out);
}

str keys_hash(
	struct arena *a, const struct keys *k, const char *purpose, str secret)
{
	unsigned char key[KEY_SIZE];
	unsigned char *out = arena_alloc(a, KEY_SIZE);

	keys_subkey(k, purpose, key);
	keyed_hash(key, STR(""), secret, out);
	sodium_memzero(key, sizeof key);
	return (str){ (const char *)out, KEY_SIZE };
}

str keys_fingerprint(
	struct arena *a, const struct keys *k, enum keys_which which)
{
	static const char text[] = "toyon key fingerprint 1";
	const unsigned char *key = which == KEYS_MASTER  ? k->master
				   : which == KEYS_INDEX ? k->index
							 : k->audit_public;
	unsigned char out[16];

	if (which != KEYS_AUDIT && !(k->which & which))
		return STR("");
	must(!crypto_generichash(out, sizeof out, (const unsigned char *)text,
		sizeof text - 1, key, KEY_SIZE));
	return hex_of(a, out, sizeof out);
}
