#ifndef DESK_DROP_H
#define DESK_DROP_H

#include "desk/desk.h"
#include "drop/drop.h"

/*
 * The desk behind the State's deletion lists (Civ. Code 1798.99.86; 11 CCR 7600
 * ff.): access sessions from download to the answer that was taken, and what is
 * kept to prove them.
 *
 * What must stay true:
 * - "Not found" is said of an item only when every system of the data map that
 *   may hold such an identifier was looked at to its end in this look.  None
 *   that may is no answer either: then the list has to be said not to be held
 *   (drop_list_put).
 * - A status is decided when all that it says was done and read again; it is
 *   sent once, and "not decided" never.
 * - The ZIP is archived, sealed, before it is read.  A hash stands nowhere but
 *   keyed; who matched stands sealed.
 * - A withdrawal is in the suppression log before the item is stamped, and takes
 *   nothing but the platform's own reasons: an opt-out of another origin stays,
 *   and so does an identifier that another item asks for.
 * - Every step may be killed at any instruction and run again.
 *
 * PERM_DROP for what changes something, PERM_SEE_DROP to look.
 */

enum drop_state {
#define DROP_STATE(NAME, code, title, next) DROP_STATE_##NAME,
#include "desk/tbl/drop_states.h"
	DROP_STATES,
};
const char *drop_state_code(enum drop_state s);
const char *drop_state_title(enum drop_state s);
const char *drop_state_next(enum drop_state s);

enum drop_alarm {
#define DROP_ALARM(NAME, code, days, words) DROP_ALARM_##NAME,
#include "desk/tbl/drop_alarms.h"
	DROP_ALARMS,
};
const char *drop_alarm_code(enum drop_alarm a);
const char *drop_alarm_words(enum drop_alarm a);
/* For the days left; negative: late. */
enum drop_alarm drop_alarm_of(int days_left);

/* Where the installation keeps what belongs to the platform. */
struct drop_place {
	const char *dir;         /* DIR/drop, 0700: archive, files to send */
	const char *credentials; /* holds the secret "drop_api_key" */
};
struct install;
void drop_place_of(const struct install *in, struct drop_place *out);
/* The platform's address and the broker's number are set (tbl/config.h). */
bool drop_is_set_up(const struct desk *d);
/* It is the platform's sandbox, or a simulator on this machine. */
bool drop_is_sandbox(const struct desk *d);

/* --- to look at --- */

/* Items of one list; all but `came` and `revoked` without the withdrawn ones. */
struct drop_count {
	enum drop_list list;
	int64_t came;
	int64_t active;
	int64_t open; /* no status yet */
	int64_t exempted;
	int64_t deleted;
	int64_t opted_out;
	int64_t not_found;
	int64_t revoked;
	int64_t unsent; /* decided, and not reported so */
};
struct drop_counts {
	struct drop_count of[DROP_LISTS];
	struct drop_count all; /* list is not to be read */
};

struct drop_zip_file {
	str name;
	bool is_removed;
	enum drop_list list; /* not when is_removed */
	int64_t items;
	str sha256;
};

/* One system (or file) in a look. */
struct drop_look {
	str system;
	str title;
	unsigned lists; /* bit per list that it can be matched with */
	bool is_done;   /* looked at to its end */
	int tries;
	int64_t started_at;
	int64_t done_at;
	int64_t records;
	int64_t keys;
	int64_t no_key;
	int64_t matches;
	str report; /* JSON: by list, by fault; nothing personal */
	str problem;
};

/* What a look found and what became of it, by system and table. */
struct drop_found {
	str system;
	str table;
	int64_t people;
	int64_t alone;   /* to be deleted */
	int64_t several; /* to be opted out */
	int64_t erased;
	int64_t kept; /* all of it exempt */
	int64_t opted_out;
	int64_t open; /* nothing done yet */
};

struct drop_pass {
	int64_t id;
	int64_t cycle_id;
	bool is_screen; /* for later records, between sessions */
	int64_t started_at;
	int64_t matched_at;
	int64_t acted_at;
	int64_t stale_at; /* too old to be carried out: looked at again instead */
	int64_t approved_at; /* of a screening */
	int64_t items;
	str profile; /* "drop/1.2.0" */
	int64_t check_vectors;
	int64_t check_failed;
	struct {
		struct drop_look *at;
		size_t n;
	} looks;
	struct {
		struct drop_found *at;
		size_t n;
	} found;
};

struct drop_upload {
	int64_t id;
	enum drop_list list;
	bool is_amend;
	str name;
	int64_t rows;
	str sha256;
	str state; /* made, accepted, rejected, exported */
	bool is_repeated;
	int64_t made_at;
	int64_t said_at;
	int tries;
	str message;
	str outcome; /* "", processed, rejected */
	int64_t outcome_at;
	str outcome_by;
	str outcome_message;
};

struct drop_vendor {
	int64_t id;
	int64_t pass_id; /* of drop_vendor_open() */
	str vendor;
	str title;
	str role;
	str kinds; /* "email,phone" */
	int64_t rows;
	str file;
	str sha256;
	str state; /* making, planned, asked, deleted, nothing, kept */
	int64_t planned_at;
	int64_t asked_at;
	struct date due_on;
	bool is_late;
	int64_t opened_at;
	int64_t answered_at;
	str answered_by;
	int64_t answered_rows;
	str reason;
	str problem;
};

struct drop_cycle {
	int64_t id;
	enum drop_state state;
	str source; /* "api", "sandbox", "hand" */
	int64_t opened_at;
	struct date opened_on;
	str opened_by; /* as the audit trail has it */
	str rule;      /* row of law/tbl/clocks.h that held on that day */
	struct date next_by;
	struct date act_by;
	str profile;
	int64_t asked_at;
	int64_t again_at; /* ask again not before; 0: at any time */
	str zip_name;     /* empty: there was nothing new, or not here yet */
	int64_t zip_size;
	str zip_sha256;
	str archive; /* name of the sealed file in the place's folder */
	int64_t received_at;
	int64_t imported_at;
	int64_t items;
	int64_t removed;
	int64_t pass_id;
	int64_t approved_at;
	str approved_by;
	int64_t matched_at;
	int64_t acted_at;
	int64_t uploaded_at;
	int64_t validated_at;
	int64_t closed_at;
	str problem; /* what keeps it, for a person; empty */
};

/* A session with everything about it. */
struct drop_cycle_view {
	struct drop_cycle cycle;
	struct drop_counts counts;      /* of items that came with it */
	const struct drop_tally *tally; /* what they were added up from */
	int64_t counted_at; /* they, and what was found, when something
			     * changed since; or 0 */
	struct {
		struct drop_zip_file *at;
		size_t n;
	} files;
	struct {
		struct drop_pass *at; /* the session's, then screenings */
		size_t n;
	} passes;
	struct {
		struct drop_upload *at;
		size_t n;
	} uploads;
	struct {
		struct drop_vendor *at;
		size_t n;
	} vendors;
};

struct drop_outage {
	int64_t id;
	int64_t from_at;
	int64_t last_at;
	int64_t to_at; /* 0: it goes on */
	int tries;
	str fault; /* "unknown", "ours", "platform" */
	str said;  /* "busy", "no-answer": drop/client.h */
	str problem;
	struct date notice_by; /* 11 CCR 7612(b)(1); none when it is ours */
	int64_t notice_at;
	str notice_note;
};

struct drop_selection {
	enum drop_list list;
	bool is_decided;
	bool is_selected; /* on the platform */
	bool is_held;     /* such identifiers are held somewhere */
	str reason;
	int64_t decided_at;
	str decided_by;
	/* What the data map and the batches say; they should agree. */
	unsigned systems;     /* that can be matched with it */
	int64_t items;        /* that ever came */
	const char *conflict; /* a sentence, or NULL */
};

/* What a person has to know before all else. */
struct drop_overview {
	bool is_set_up;
	bool is_sandbox;
	bool is_first_due; /* set up, and the lists were never accessed */
	bool has_cycle;
	struct drop_cycle cycle;   /* the newest, when has_cycle */
	struct drop_counts counts; /* of all sessions */
	int64_t counted_at;        /* they, when items changed since; or 0 */
	struct date next_by;       /* last day for the next access; none: before
				  * the first one, as soon as set up */
	int days_left;
	enum drop_alarm alarm;
	int64_t late_items;   /* past their session's day, not reported */
	int64_t exposure_usd; /* at $200 an item and day late: at most, since a
				* consumer may stand behind several items */
	int64_t unsent_fresh;
	int64_t unsent_amends;
	bool is_screen_open; /* a screening found somebody new and is not done */
	int64_t screened_at; /* everything held was looked at last; 0: never */
	size_t outages_open;
	size_t notices_due; /* outages whose notice has not been entered */
	str next;           /* "Match them with everything held" */
};

int drop_overview(struct desk *d, struct drop_overview *out, struct err *e);

struct drop_cycles {
	struct drop_cycle *at;
	size_t n;
};
int drop_cycles(
	struct desk *d, size_t first, struct drop_cycles *out, struct err *e);
/* 1, or 0 when there is none.  id 0: the newest. */
int drop_cycle_view(
	struct desk *d, int64_t id, struct drop_cycle_view *out, struct err *e);

struct drop_outages {
	struct drop_outage *at;
	size_t n;
};
int drop_outages(
	struct desk *d, size_t first, struct drop_outages *out, struct err *e);
int drop_selections(
	struct desk *d, struct drop_selection out[DROP_LISTS], struct err *e);

/* Work items of a pass, for auditors: what was done in one system at once. */
struct drop_act_row {
	int64_t id;
	str system;
	str act; /* erased, opted-out */
	int64_t at;
	int64_t people;
	int64_t rows_planned;
	int64_t rows_gone;
	int64_t rows_kept;
	int64_t identifiers;
	bool is_proven;
	str evidence; /* JSON, nothing personal */
};
struct drop_acts {
	struct drop_act_row *at;
	size_t n;
};
int drop_acts(struct desk *d, int64_t pass_id, int64_t after,
	struct drop_acts *out, struct err *e);

/* --- to do --- */

/*
 * Opens a session when none is open, and asks the platform.  `said` tells what
 * came of it; *again_ms when to ask again (0: not by itself).  A failure is
 * entered in the outage log.
 */
struct drop_pulled {
	enum drop_state state;
	const char *said;   /* drop/client.h: "wait", "batch" */
	str message;        /* of the platform */
	const char *advice; /* for a person; NULL */
	int64_t again_ms;
	int64_t items;
	int64_t removed;
};
int drop_pull(struct desk *d, const struct drop_place *p,
	struct drop_pulled *out, struct err *e);
/* A ZIP that was downloaded by hand.  The same ZIP twice is the same session. */
int drop_import(struct desk *d, const struct drop_place *p, const char *zip,
	struct drop_pulled *out, struct err *e);

/*
 * The self-check, then every system that was not looked at to its end.  0 with
 * systems_left > 0 when one could not be: said in its look, tried again by the
 * next call.  What was matched, or begun, more than LIMIT_LOOK_HOURS ago is
 * looked at again from the start.
 */
struct drop_matched {
	enum drop_state state;
	int64_t pass_id;
	int64_t items;
	int64_t matches; /* of the people in them */
	bool has_new;    /* some repeat no earlier look */
	size_t systems;
	size_t systems_left;
	str problem; /* of the first that is left */
};
int drop_match_all(struct desk *d, const struct drop_place *p,
	struct drop_matched *out, struct err *e);
/*
 * The same between sessions, with everything that was ever asked.  Nobody new:
 * it is carried out with that.
 */
int drop_screen(struct desk *d, const struct drop_place *p,
	struct drop_matched *out, struct err *e);

/* What drop_act() would do: by system and table.  Changes nothing. */
struct drop_preview {
	int64_t pass_id;
	bool is_screen;
	bool is_stale; /* drop_act() refuses it: look again */
	struct {
		struct drop_found *at;
		size_t n;
	} found;
	int64_t to_erase; /* people, by system */
	int64_t to_keep;  /* by the data map's word */
	int64_t to_opt_out;
	struct drop_counts counts;
};
int drop_preview(struct desk *d, struct drop_preview *out, struct err *e);

/*
 * Carries out the open look: opts out, erases and reads again, decides, plans
 * the vendors' files.  Whose data is held (desk/hold.h) is not erased, and nobody
 * is while it can't be told who that is.  0 with left > 0 when a system could not be reached.
 * ERR_CONFLICT when the look is too old (LIMIT_LOOK_HOURS).
 */
struct drop_acted {
	enum drop_state state;
	int64_t erased;
	int64_t kept; /* by the data map's word */
	int64_t held; /* by law enforcement: nothing was done */
	int64_t opted_out;
	int64_t left;    /* people nothing was done for yet */
	int64_t skipped; /* of them: tried, and could not be deleted */
	/* Keys of other systems that were not followed (connect/erase_led.h): what belongs to
	 * them stands. */
	int64_t unfollowed;
	int64_t standing;  /* rows that others led to, and that stay */
	int64_t undecided; /* items */
	str problem;
};
int drop_act(struct desk *d, const struct drop_place *p, struct drop_acted *out,
	struct err *e);

/*
 * Writes the status files and sends them, corrections after answers.  Refused
 * (ERR_CONFLICT) while an item has no status.  is_export: leaves them in `dir`
 * for a person to upload.
 */
struct drop_reported {
	enum drop_state state;
	size_t files;
	int64_t rows;
	size_t rejected;
	str message; /* of the first that was rejected */
	const char *advice;
	int64_t again_ms; /* not now: ask again then */
};
int drop_report(struct desk *d, const struct drop_place *p,
	struct drop_reported *out, struct err *e);
int drop_export(struct desk *d, const struct drop_place *p, const char *dir,
	struct drop_reported *out, struct err *e);

/* What the platform said of a file, entered by hand: of an exported one that it
 * was taken; of its rows, that they were processed or rejected.  file empty: of
 * every file of the newest session. */
enum drop_word { DROP_WORD_ACCEPTED, DROP_WORD_PROCESSED, DROP_WORD_REJECTED };
int drop_outcome(struct desk *d, str file, enum drop_word word, str message,
	struct err *e);

/*
 * The next step of the way, whatever it is; what a timer runs.  Between sessions
 * it screens (tbl/settings.h: screen_hours).  Stops before acting when that waits
 * for a person (drop_acts) and nobody has approved (drop_approve, or drop_act by a
 * person).
 */
struct drop_step {
	bool is_idle; /* nothing to do now */
	bool needs_person;
	int64_t again_ms; /* when to go on; 0: at once */
	str words;        /* what was done or is waited for */
};
int drop_step(struct desk *d, const struct drop_place *p, struct drop_step *out,
	struct err *e);
/* What waits to be carried out: the session's look, or a screening's. */
int drop_approve(struct desk *d, struct err *e);

int drop_list_put(struct desk *d, enum drop_list list, bool is_selected,
	bool is_held, str reason, struct err *e);

/* fault: unknown, ours, platform. */
int drop_outage_fault(struct desk *d, int64_t id, str fault, struct err *e);
/* The notice was sent in the account; note says how it can be found. */
int drop_outage_noticed(struct desk *d, int64_t id, str note, struct err *e);
/* Its words, for the account (11 CCR 7612(b)(1)); ERR_CONFLICT: it was our own, and
 * none is due. */
int drop_outage_notice(struct desk *d, int64_t id, str *text, struct err *e);

/* Entered once; verified before (drop/webhook.h).  *is_new false: repeated, under this id or
 * another one. */
struct drop_told {
	str event_id;
	str type;
	int64_t sent_at;
	str timestamp; /* as the signature has it */
	str body;
};
int drop_event(
	struct desk *d, const struct drop_told *t, bool *is_new, struct err *e);
struct drop_events {
	struct drop_event_row {
		str event_id;
		str type;
		int64_t sent_at;
		int64_t at;
		str body;
	} * at;
	size_t n;
};
int drop_events(
	struct desk *d, size_t first, struct drop_events *out, struct err *e);

/* --- vendors: a file of hashes and one letter a look --- */

/* The letters that are due are handed over; *told of them.  0 with `problem` for
 * the first that could not be. */
int drop_tell(struct desk *d, const struct install *in, size_t *told,
	str *problem, struct err *e);
/* By the secret of its link: 1, or 0. */
int drop_vendor_open(
	struct desk *d, str token, struct drop_vendor *out, struct err *e);
/* The file: "Kind,Hash,Act" lines, the same bytes each time, for as long as the
 * desk's arena. */
int drop_vendor_file(
	struct desk *d, const struct drop_vendor *v, str *csv, struct err *e);
/* The same by the secret of its link: 1, or 0.  ERR_CONFLICT once it answered. */
int drop_vendor_take(struct desk *d, str token, struct drop_vendor *out,
	str *csv, struct err *e);
/* answer: deleted, nothing, kept (with a reason). */
struct drop_vendor_reply {
	str answer;
	int64_t rows;
	str reason;
};
int drop_vendor_reply(struct desk *d, int64_t id,
	const struct drop_vendor_reply *r, struct problems *ps, struct err *e);
/* By the secret of its link, as that vendor: 1, or 0.  The first answer stands. */
int drop_vendor_answer(struct desk *d, str token,
	const struct drop_vendor_reply *r, struct problems *ps, struct err *e);
/* What both sides call it: "DROP-12". */
str drop_vendor_reference(struct arena *a, int64_t id);
/* The secret of a vendor's link, made from the installation's key. */
str drop_vendor_token(struct desk *d, int64_t id);

/*
 * Says that a session was a rehearsal, in a record that is the State's: its items are
 * withdrawn, with what they hold in the suppression log, and it counts as no access and in
 * no number.  *items: how many these were.  Only what is known to be made up: a session with
 * a sandbox, or items of the simulator; else ERR_CONFLICT.  Begun again it goes on.
 */
int drop_rehearsed(struct desk *d, const struct drop_place *p, int64_t cycle_id,
	int64_t *items, struct err *e);

/* --- the archive --- */

/* Every ZIP and status file that is kept: opened, and compared with its
 * checksum.  -1 with the first that does not fit. */
struct drop_verified {
	size_t files;
	int64_t bytes;
};
int drop_verify(struct desk *d, const struct drop_place *p,
	struct drop_verified *out, struct err *e);
/* Writes the ZIP of a session, as it was received, to a path (0600). */
int drop_restore(struct desk *d, const struct drop_place *p, int64_t cycle_id,
	const char *path, struct err *e);

#endif
