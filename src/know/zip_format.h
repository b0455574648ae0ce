#ifndef KNOW_ZIP_FORMAT_H
#define KNOW_ZIP_FORMAT_H

/* The numbers of PKWARE's APPNOTE.TXT 4.3.7 to 4.3.16 that zip_out.c and zip_in.c
 * share.  Inside of them only. */
enum {
	ZIP_FILE = 0x04034b50,
	ZIP_DESCRIPTOR = 0x08074b50,
	ZIP_DIRECTORY = 0x02014b50,
	ZIP_END = 0x06054b50,

	ZIP_FILE_BYTES = 30,
	ZIP_DESCRIPTOR_BYTES = 16,
	ZIP_DIRECTORY_BYTES = 46,
	ZIP_END_BYTES = 22,

	ZIP_VERSION = 20,
	ZIP_FLAGS =
		1 << 3 | 1 << 11, /* a descriptor follows; names are UTF-8 */
	ZIP_DEFLATED = 8,
	ZIP_NAME_MAX = 200,
	ZIP_FILES_MAX = 65534,
	ZIP_WINDOW = -15, /* no header of zlib's around it */
};

#endif
