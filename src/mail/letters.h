#ifndef MAIL_LETTERS_H
#define MAIL_LETTERS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "vendor/vendor.h"
#include "words/lang.h"

/*
 * What the letters need to know.  Their words are in letters/NAME.txt, first
 * line the subject, in Spanish in letters/NAME_es.txt; dates come as words ("January 5,
 * 2027"), and all of our own words in the language of the letter; links whole.
 * Statements that the law requires are rows of tbl/required.h: a template that
 * lost one breaks a promise when it is written and fails the tests before.
 */

/* The foot of each letter. */
struct letter_sign {
	str business;
	str phone;    /* empty: left out */
	str hours;    /* of the phone; empty: left out */
	str hours_es; /* the same, as the business says it in Spanish */
	str address;  /* postal, one line; empty: left out */
};

/* The 6-digit code that proves control of an address. */
struct letter_code {
	struct letter_sign sign;
	str reference;
	str code;
	int minutes; /* it is good for */
};

/* The same to a consumer for whom an agent asks: 11 CCR 7063(a). */
struct letter_agent_code {
	struct letter_sign sign;
	str agent; /* its name, or "An agent" */
	str reference;
	str what; /* "delete the personal information we hold about you" */
	str code;
	str link;
	int minutes;
};

/* What an agent reads: another letter under a line that says for whom. */
struct letter_agent_copy {
	personal name; /* of the consumer; empty: not named */
	str reference;
	str subject;
	personal text;
	bool is_copy; /* the consumer got it, too */
};

/* What a parent or guardian reads: the letter about the child's request. */
struct letter_to_parent {
	str reference;
	str subject;
	personal text;
};

/* To an agent who showed no permission: 11 CCR 7026(j), 7027(i), 7221(j). */
struct letter_agent_denied {
	struct letter_sign sign;
	str reference;
	str what; /* "opt out of sale and sharing" */
	str received_on;
	str ground;
	str citation;
	str again_link;
	str keep_until;
};

/* The same as a text message: one piece of 160 characters. */
struct letter_code_sms {
	str business;
	str reference;
	str code;
	int minutes;
};

/* Confirms receipt: 11 CCR 7021(a). */
struct letter_receipt {
	struct letter_sign sign;
	personal name; /* empty: no greeting by name */
	str reference;
	str what; /* "delete the personal information we hold about you" */
	str received_on;
	str due_on;
	str extendable_to;
	str status_link;
	bool is_account;    /* they signed in to their account again */
	bool is_confirmed;  /* the address has been proved by code already */
	bool is_agent;      /* who asks is an agent; then: */
	bool asks_consumer; /* to confirm the permission, */
	bool has_power; /* or the power of attorney is looked at; else none */
	str parent_how; /* of a child: how the parent is checked; else empty */
	str form_link;  /* to print, and where it is sent; empty: another way */
	bool is_by_sms; /* the code went to the phone; or */
	bool is_called_back; /* staff call it, */
	bool has_phone;      /* if they gave one */
	bool is_by_points;   /* else name and address lead to them */
	str code_link;       /* on paper: where another code is sent from, */
	int code_minutes;    /* since one is good no longer; else empty */
	bool is_opted_out;   /* of sale and sharing, with this request */
};

/* A stop is in force, for who can't look on a page: 11 CCR 7026(g), 7027(g). */
struct letter_processed {
	struct letter_sign sign;
	personal name;
	str reference;
	str phrase; /* "opt out of sale and sharing" */
	str received_on;
	str in_force_on;
	str status_link;
	str keep_until;
};

/* A fee that was not accepted yet: Civ. Code 1798.145(h)(3). */
struct letter_fee {
	struct letter_sign sign;
	personal name;
	str reference;
	str what; /* as in the receipt */
	str received_on;
	personal why;
	str amount; /* "$45.00" */
	str due_on;
	str link; /* where they say yes or no */
};

/* A declaration that the search showed to be needed: 11 CCR 7062(d). */
struct letter_declaration {
	struct letter_sign sign;
	personal name;
	str reference;
	str what; /* as in the receipt */
	str received_on;
	str due_on;
	str link;      /* where it is signed */
	bool is_paper; /* it stands at the end instead, to be sent back: sign.address
			* must be set */
};

/* More time, once: 11 CCR 7021(b); Civ. Code 1798.145(h)(1). */
struct letter_extension {
	struct letter_sign sign;
	personal name;
	str reference;
	str what; /* as in the receipt */
	str received_on;
	str due_on; /* the day it would have been */
	str until;
	int days; /* from receipt until then: 90 */
	personal why;
	str status_link;
};

/* What staff wrote about an automated decision: 11 CCR 7221(b), 7222. */
struct letter_said {
	str title; /* "What we used it for" */
	personal text;
};
struct letter_said_list {
	struct letter_said *at;
	size_t n;
};
struct letter_explained {
	struct letter_sign sign;
	personal name;
	str reference;
	str received_on;
	bool is_appeal;  /* else access */
	bool is_changed; /* the decision that was appealed */
	bool is_unused;  /* no significant decision about them */
	str times;       /* one answer about so many uses; empty: about each */
	bool is_part;    /* trade secrets are left out */
	struct letter_said_list said;
	str rights_link;
	str status_link;
	str keep_until;
};

/* Kept under an exception: 11 CCR 7022(f).  "Invoices in CRM", "The law obliges
 * us to keep it.", "Tax records, kept for seven years", "Civ. Code
 * 1798.105(d)(8)".  Without a purpose: it is about someone else as well. */
struct letter_kept {
	str what;
	str why;
	str purpose;
	str citation;
	str facts; /* where staff chose it; else empty */
};

/* The answer: deleted everywhere.  11 CCR 7022(b), (e); 7101(a). */
/* A system that is gone or away, and that nobody could look in, or where something was
 * found and stays; a company that nobody could tell. */
struct letter_undone {
	struct letter_undone_one {
		str what;
		bool is_system;
		bool is_left; /* something is there */
		str why;      /* in detail; empty: a law forbids it */
	} * at;
	size_t n;
	int systems; /* among them */
	int left;    /* among these, where something stays */
	int why;     /* of which it is told */
};

/* 11 CCR 7022(g): with a deletion that is denied, in whole or in part, by who sells or
 * shares.  Who has opted out is told that instead. */
struct letter_offer {
	bool is;
	str link; /* must be set when `is` */
};

struct letter_deleted {
	struct letter_sign sign;
	personal name;
	str reference;
	str received_on;
	int systems;            /* that held something, whatever became of it */
	int rows;               /* deleted in all; 0: all of it is kept */
	int rows_deidentified;  /* and these are nobody's any more */
	str parts;              /* only these kinds; empty: everything */
	int rows_aggregated;    /* of the rows: are in totals now */
	bool may_be_aggregated; /* instead: not known how many */
	int rows_emptied;       /* stay, without these kinds */
	bool has_backups;       /* copies wait there: 11 CCR 7022(d) */
	int rows_kept;          /* 0: not counted */
	struct {
		struct letter_kept *at;
		size_t n;
	} kept;
	struct letter_undone undone;
	int vendors_told;
	int vendors_confirmed; /* of those told, that they deleted it */
	int vendors_kept;      /* of those told, that must keep something */
	bool is_opted_out;
	struct letter_offer offer;
	str keep_until; /* the record of the request */
	str status_link;
};

/* The answer: we looked everywhere, or where we could, and hold nothing. */
struct letter_nothing_found {
	struct letter_sign sign;
	personal name;
	str reference;
	str what; /* "delete the personal information we hold about you" */
	str verb; /* "delete" */
	str received_on;
	int systems; /* that were looked in */
	struct letter_undone undone;
	str not_searched; /* "Old archive (Identifiers)": of a request to know */
	bool is_opted_out;
	struct letter_offer offer;
	str keep_until;
	str status_link;
};

/* The answer to a request to know: that it is ready, and how to open it.  Nothing
 * of it stands in the letter (11 CCR 7024(f)). */
struct letter_package {
	struct letter_sign sign;
	personal name;
	str reference;
	str what; /* "show you the personal information we hold about you" */
	str received_on;
	str link;
	str until;
	bool is_by_sms;     /* the code comes as a text message */
	bool is_paper;      /* printed and enclosed: no link, no code */
	bool is_downgraded; /* categories, where the pieces were asked for */
	bool is_whole;      /* else something is not in it, and it says what */
	bool is_opted_out;
	str keep_until;
};

/* The answer: not verified, so not done.  11 CCR 7022(a), (g), 7023(a), 7024. */
/* What every denial carries beside its ground. */
struct letter_health {
	bool is; /* what stays as it is is about their health: 11 CCR 7023(f) */
	struct {
		str *at;  /* "1. Allergies in the patient record" */
		size_t n; /* 0: all of it is one */
	} items;
	str link; /* where; empty: by answering the letter */
};

struct letter_refusal {
	bool is_opted_out;
	struct letter_offer offer;
	bool is_categories; /* 11 CCR 7024(b): where the policy is, if it has
			     * an address */
	str policy_link;
	bool is_correction; /* 11 CCR 7023(f): it can be deleted instead */
	struct letter_health health; /* and a statement be added */
	str delete_link;
	str keep_until;
};

struct letter_denied_unverified {
	struct letter_sign sign;
	personal name;
	str reference;
	str what;    /* as above */
	str section; /* of the regulations, that says so: "7022(a)" */
	str received_on;
	str why; /* in sentences, nothing personal; empty: in general words */
	str again_link; /* where to ask again */
	struct letter_refusal refusal;
};

/* The answer: not done, on a ground of the law.  11 CCR 7022(f), 7023(f), 7024(e). */
struct letter_denied {
	struct letter_sign sign;
	personal name;
	str reference;
	str what; /* as above */
	str received_on;
	str ground;   /* a sentence; empty: the law may forbid to tell */
	str citation; /* of the ground */
	personal
		why; /* the facts, in the words of staff; empty with no ground */
	str purpose;   /* what is kept serves; empty: nothing is kept by it */
	bool is_agent; /* how a permission can be proved stands in it */
	struct letter_refusal refusal;
};

/* To the business itself: a requester wrote on the page of a request. */
struct letter_message {
	struct letter_sign sign;
	str reference;
	str link;
};

/* An opt-out or limit that is refused as fraudulent: 11 CCR 7026(e), 7027(f). */
struct letter_stop_denied {
	struct letter_sign sign;
	str reference;
	str received_on;
	str phrase;   /* "opt out of sale and sharing" */
	str ground;   /* a sentence */
	bool stays;   /* what is done about the person: others asked for it */
	str citation; /* of the ground */
	personal why;
	str again_link;
	str keep_until;
};

/* The answer: corrected.  What the desk wrote is named by columns of the data map,
 * never by a value; what staff did by hand, by their words.  11 CCR 7023(c), (i). */
struct letter_corrected_one {
	str what;   /* "zip (Contacts, CRM)" */
	str source; /* where the wrong information came from; may be empty */
};
struct letter_corrected {
	struct letter_sign sign;
	personal name;
	str reference;
	str received_on;
	bool is_done; /* items or done: else everything was dropped */
	bool is_part;
	struct {
		struct letter_corrected_one *at;
		size_t n;
	} items;
	struct {
		struct letter_corrected_one *at;
		size_t n;
	} emptied;            /* deleted instead, 11 CCR 7023(e) */
	bool is_harmless;     /* deleting does not hurt them */
	bool is_agreed;       /* or they agreed */
	personal instead_why; /* how that is so */
	str show_link;        /* where it is seen; empty: nowhere */
	personal done; /* by hand: what was corrected where; may be empty */
	struct letter_health health; /* of what stays as it was */
	str source; /* of what is wrong besides the items; may be empty */
	struct letter_undone undone;
	int vendors_told;
	int vendors_confirmed;
	bool is_opted_out;
	str keep_until;
	str status_link;
};

/* A request that was taken back. */
struct letter_withdrawn {
	struct letter_sign sign;
	personal name;
	str reference;
	str what; /* "delete the personal information we hold about you" */
	str received_on;
	bool is_opted_out;
	str again_link; /* where to ask again */
	str keep_until;
};

/* To who wrote to the business by email: how to make a request.  11 CCR 7020(e). */
struct letter_inbox {
	struct letter_sign sign;
	str day; /* on which the email came */
	str link;
	bool sells;
};

/* The second act of an opt-in.  11 CCR 7028(a). */
struct letter_opt_in {
	struct letter_sign sign;
	bool is_sensitive; /* to the use that was limited; else to sale and sharing */
	str reference;
	str link; /* where they say yes or no */
	str opt_out_link;
	int days; /* it is good for */
};

/* The second act of a minor's opt-in, and what comes with it.  11 CCR 7070(b), 7071. */
struct letter_opt_in_minor {
	struct letter_sign sign;
	bool is_parent; /* was found to be one; else 13 to 15, it is their own */
	str reference;
	str link; /* where they say yes or no */
	str until;
	str opt_out_link;
};

/* To a vendor, and the reminder to one that has not answered. */
struct letter_vendor_notice {
	struct letter_sign sign;
	struct vendor_notice notice;
	str due_on;
	str asked_on; /* when it was first told; for the reminder */
};
struct letter_vendor_reminder {
	struct letter_sign sign;
	struct vendor_notice notice;
	str due_on;
	str asked_on;
};

/* To a person who looks, or deletes, where no program can; or a reminder. */
struct letter_keeper_task {
	struct letter_sign sign;
	str place;     /* "Paper archive" */
	str reference; /* of the request */
	str link;
	str due_on;
	str asked_on;
	bool is_deletion; /* of what they found; else to look, or */
	bool is_correction;
	bool is_reminder;
};

/* To the agency, in the account: 11 CCR 7612(b)(1).  Instants as words. */
struct letter_drop_outage {
	struct letter_sign sign;
	str broker; /* four digits */
	str from;
	str last;
	str to; /* empty: it goes on */
	int tries;
	str problem;
};

/* To the privacy officer: people are not served (11 CCR 7004(a)(5)). */
struct letter_public_outage {
	struct letter_sign sign;
	str address; /* of the public pages */
	str from;    /* an instant as words */
	int looks;   /* that found it */
	str problem; /* a line each */
};

/* To a service provider or contractor: Civ. Code 1798.99.86(c)(1)(C). */
struct letter_drop_vendor {
	struct letter_sign sign;
	str vendor;
	const char *duty; /* of its role */
	str reference;    /* "DROP-12" */
	str link;
	str due_on;
	int rows;
};

/* What letters_NAME() gives: for struct letter, in the arena. */
struct letter_words {
	enum lang lang;
	str subject;
	personal text; /* wrapped at LETTER_WIDTH */
};

/*
 * letters_code(), letters_receipt() ... one for each row.  What is not for consumers has
 * English alone.
 */
#define LETTER(NAME, name, title, in)       \
	struct letter_words letters_##name( \
		struct arena *a, enum lang l, const struct letter_##name *v);
#include "mail/tbl/letters.h"

enum letter_kind {
#define LETTER(NAME, name, title, in) LETTER_##NAME,
#include "mail/tbl/letters.h"
	LETTER_KINDS
};

const char *letter_kind_name(enum letter_kind k);  /* "receipt" */
const char *letter_kind_title(enum letter_kind k); /* "We got your request" */
bool letter_kind_of(str name, enum letter_kind *out);

#endif
