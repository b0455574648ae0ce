#ifndef CONNECT_S3_S3_H
#define CONNECT_S3_S3_H

#include "connect/files/place.h"
#include "connect/s3/store.h"

/*
 * Systems that are buckets of CSV or JSON-Lines objects: the connectors of files
 * (connect/files), in another place.  Internal to this folder.
 */
struct s3_conn {
	struct files_conn files;
	struct s3_address at;
	struct s3_store store;
};

/* The place: objects instead of files. */
extern const struct file_place file_place_s3;

/* What is for a table's name, tried on an object's behind the prefix. */
bool s3_name_matches(struct arena *a, str pattern, str name);

#endif
