/*
 * Any bytes as an identifier of any kind: what is read is within its bounds and
 * stays the same when it is read again, and the scrub's fast ways agree.
 */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "ident/cell.h"
#include "ident/ident.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_stable(const struct ident *id, enum ident_profile p)
{
	str parts[IDENT_PARTS_MAX];
	struct ident again;

	if (ident_kind_parts(id->kind, parts))
		return;
	must(!ident_read(&again, p, id->kind, (str){ id->text, id->n }));
	must(again.n == id->n && !memcmp(again.text, id->text, id->n));
}

static void check_way(enum cpu_path cpu, enum ident_kind kind, str raw,
	enum ident_fault f, const struct ident *id)
{
	uint8_t block[SHA256_BLOCK], want[SHA256_BLOCK];
	struct ident drop;

	if (!cpu_path_runs(cpu))
		return;
	switch (cell_way(cpu, kind)(raw.p, raw.n, block)) {
	case CELL_EMPTY:
		must(f == IDENT_FAULT_EMPTY);
		return;
	case CELL_SLOW:
		return;
	case CELL_READY:
		break;
	}
	must(!f);
	sha256_pad(want, (str){ id->text, id->n });
	must(!memcmp(want, block, sizeof block));
	must(!ident_read(&drop, IDENT_DROP_1_2_0, kind, raw));
	must(drop.n == id->n && !memcmp(drop.text, id->text, drop.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum ident_kind kind;
	enum ident_profile p;
	enum ident_fault f;
	uint8_t digest[SHA256_SIZE];
	struct ident id;
	str raw, parts[IDENT_PARTS_MAX];

	if (size < 1)
		return 0;
	kind = (enum ident_kind)(data[0] % IDENT_KINDS);
	p = data[0] & 0x80 ? IDENT_DROP_1_2_0 : IDENT_TOYON_1;
	raw = (str){ (const char *)data + 1, size - 1 };
	f = ident_read(&id, p, kind, raw);
	must(f < IDENT_FAULTS);
	if (!f) {
		must(id.n > 0 && id.n <= sizeof id.text);
		check_stable(&id, p);
	}
	ident_digest_of(p, kind, raw, digest);
	if (p == IDENT_TOYON_1 && !ident_kind_parts(kind, parts)) {
		f = ident_read_carefully(&id, kind, raw);
		for (int i = CPU_AVX512; i <= CPU_PORTABLE; i++)
			check_way((enum cpu_path)i, kind, raw, f, &id);
	}
	return 0;
}
