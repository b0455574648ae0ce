#ifndef KNOW_LIMIT_H
#define KNOW_LIMIT_H

/* What a package is bounded by; sizes in bytes. */
enum {
	KNOW_VALUES_MAX = 12 << 20, /* of all values that are held together */
	KNOW_VALUE_MAX = 32 << 20,  /* of one value */
	KNOW_FILE_MAX = 96 << 20,   /* of one file of the package */
	KNOW_LETTER_MAX = 3 << 20,  /* of the letter that a page may show */
	KNOW_LONG = 2000,           /* a longer value is folded in the letter */
	KNOW_EXCERPT =
		200, /* rows in the letter, of a table too large for it */
	KNOW_NAME_MAX = 60, /* of a file's name, without its ending */
	KNOW_HITS_MAX = 64,
};

#endif
