#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include <microhttpd.h>

#include "base/err.h"
#include "http/request.h"

/*
 * multipart/form-data, the whole body at once, by libmicrohttpd's reader: fields
 * into q->form, files into q->files (a part with a file name; an empty one, as
 * browsers send for a file that was not chosen, is left out).
 */
int http_multipart_read(struct http_request *q, struct MHD_Connection *c,
	str body, size_t fields_max, bool takes_files, struct err *e);

#endif
