/*
 * Makes an installation's index file straight from a list of hashes, so that
 * what is measured has ten million people without ten million forms sent.
 *
 *	stock KEYFILE EMAILS.txt PHONES.txt|- OUT.tyx
 *
 * KEYFILE: the installation's keys/index.key, 64 hex digits.
 */
#include <stdio.h>
#include <string.h>

#include "base/enc.h"
#include "law/reason.h"
#include "scrub/list.h"

static int read_secret(const char *path, uint8_t secret[IDENT_SECRET_SIZE])
{
	char hex[2 * IDENT_SECRET_SIZE + 1];
	FILE *f = fopen(path, "r");
	unsigned byte;

	if (!f || !fgets(hex, sizeof hex, f))
		return -1;
	fclose(f);
	for (size_t i = 0; i < IDENT_SECRET_SIZE; i++) {
		if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
			return -1;
		secret[i] = (uint8_t)byte;
	}
	return 0;
}

int main(int argc, char **argv)
{
	uint8_t secret[IDENT_SECRET_SIZE];
	static struct ident_keyring keyring;
	struct list_input in[2] = { 0 };
	struct list_opts o = { .input = in,
		.inputs = 2,
		.keyring = &keyring,
		.reasons = REASON_MANUAL,
		.cpu = CPU_BEST };
	struct list_report r = { 0 };
	struct err e = { 0 };

	if (argc != 5 || read_secret(argv[1], secret))
		return fputs("usage: stock KEYFILE EMAILS PHONES|- OUT\n",
			       stderr),
		       2;
	in[0] = (struct list_input){ { .path = argv[2] }, IDENT_EMAIL };
	in[1] = (struct list_input){ { .path = argv[3] }, IDENT_PHONE };
	o.inputs = strcmp(argv[3], "-") ? 2 : 1;
	o.out = argv[4];
	ident_keyring_init(&keyring, secret, CPU_BEST);
	if (list_build(&o, &r, &e))
		return fprintf(stderr, "stock: %s\n", e.message), 1;
	printf("%llu keys\n", (unsigned long long)r.keys);
	return 0;
}
