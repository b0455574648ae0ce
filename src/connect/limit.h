#ifndef CONNECT_LIMIT_H
#define CONNECT_LIMIT_H

/* What the outward reading of systems is bounded by; sizes in bytes. */
enum {
	MAP_SIZE_MAX = 1 << 20,
	MAP_FILES_MAX = 200, /* of one map */
	MAP_DEPTH_MAX = 12,
	MAP_SYSTEMS_MAX = 64,
	MAP_TABLES_MAX = 200,  /* in one system */
	MAP_COLUMNS_MAX = 200, /* in one table */
	MAP_LINKS_MAX = 32,    /* in one table */
	MAP_PARTS_MAX = 8,     /* columns of one key, or of one link */
	MAP_SUMMARY_MAX = 16,  /* columns of one kind, in one summary */
	SUMMARY_LEAST = 10,    /* rows in a total that more are added to */
	SUMMARY_LEAST_MAX = 1000000,
	MAP_VENDORS_MAX = 500,
	MAP_AUTOMATED_MAX = 64,
	MAP_NAME_MAX = 120,
	MAP_TEXT_MAX = 1000, /* of what consumers are shown */
	MAP_PROBLEMS_MAX = 50,
	RATE_MAX = 10000, /* calls a second that a map may name */
	VENDOR_DAYS_MAX = 90,
	PERSON_DAYS = 10, /* for a person to look, when the map says nothing */
	PERSON_DAYS_MAX = 30,
	PERSON_COLLEAGUES_MAX = 20,
	PERSON_ITEMS_MAX = 500, /* that a person says to have found */

	FIND_ROWS_MAX = 10000,  /* of one person in one system */
	FIND_KEEP_MAX = 1000,   /* of them, of a table that is counted beyond */
	FIND_REST_MAX = 500000, /* of a table that is counted, to be erased */
	FIND_IDENTS_MAX = 1000, /* looked for at once */
	FIND_KEYS_MAX = 5000,   /* of rows to start from, at once */
	FIND_CELL_MAX = 4096,   /* kept of a value, for people to read */
	FIND_SIZE_MAX =
		4 << 20, /* of the values of one finding; then only keys */
	FIND_CELLS_MAX = 500000, /* of one finding, with values or without */
	FIND_JSON_MAX = 64 << 20,
	CONNECT_VALUES_MAX = 30000,  /* in one look-up; SQLite binds 32,766 */
	CONNECT_CELL_MAX = 32 << 20, /* of a value that is added */
	CONNECT_KEY_MAX = 1024,      /* of a key or a value of a link */
	/* Columns in one look-up: of a table, and parts of its keys besides. */
	CONNECT_COLUMNS_MAX =
		MAP_COLUMNS_MAX + MAP_LINKS_MAX + 2 * MAP_PARTS_MAX,
	CONNECT_TIMEOUT_MS = 120000,  /* when nobody names one */
	CONNECT_TIMEOUT_S_MAX = 3600, /* that a map may name */
	CONNECT_OPEN_MS = 30000,      /* to be let in */
	ERASE_EVIDENCE_MAX = 1 << 20,
};

/* How long it may take to be let in, of the time that a call may. */
static inline int conn_open_ms(int timeout_ms)
{
	return timeout_ms < CONNECT_OPEN_MS ? timeout_ms : CONNECT_OPEN_MS;
}

/* What a system says that may not empty a column. */
#define CONNECT_NOT_EMPTY_HINT                                                 \
	"a row that stays can't be unlinked: keep what it points to as well, " \
	"or let the column be empty, and search again"

#endif
