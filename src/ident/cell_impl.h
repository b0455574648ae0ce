#ifndef IDENT_CELL_IMPL_H
#define IDENT_CELL_IMPL_H

#include "ident/cell.h"

cell_fn cell_email_portable;
cell_fn cell_phone_portable;
cell_fn cell_maid_portable;
cell_fn cell_vin_portable;
cell_fn cell_ctvid_portable;
cell_fn cell_email_avx512;
cell_fn cell_phone_avx512;
cell_fn cell_maid_avx512;
cell_fn cell_vin_avx512;
cell_fn cell_ctvid_avx512;

/* How long tokens are. */
enum { CELL_MAID = 32, CELL_VIN = 17, CELL_CTVID_MIN = 8, CELL_CTVID_MAX = 32 };

/* What an ASCII character may be. */
enum {
	CELL_MAILBOX = 1, /* part of a mailbox */
	CELL_LABEL = 2,   /* part of a domain label, hyphen apart */
	CELL_BLANK = 4,
	CELL_DIGIT = 8,
	CELL_BETWEEN = 16, /* between the digits of a number */
	CELL_ALNUM = 32,
	CELL_HEX = 64,
};

extern const uint8_t cell_classes[128];

#endif
