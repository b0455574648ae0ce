#ifndef IDENT_RULES_H
#define IDENT_RULES_H

#include "ident/ident.h"
#include "ident/unicode.h"

/*
 * One function a rule of ident.h: raw text in, standardized text appended to
 * out->text.  raw is at most IDENT_RAW_MAX bytes and is not blank.
 */
typedef enum ident_fault ident_rule(struct ident *out, str raw);

ident_rule rule_email;      /* email.c, toyon/1 */
ident_rule rule_phone;      /* phone.c, toyon/1 */
ident_rule rule_account;    /* token.c */
ident_rule rule_maid;       /* token.c, toyon/1 */
ident_rule rule_ctvid;      /* token.c, both */
ident_rule rule_vin;        /* token.c, both */
ident_rule rule_email_md5;  /* token.c */
ident_rule rule_phone_md5;  /* token.c */
ident_rule rule_drop_email; /* drop.c */
ident_rule rule_drop_phone; /* drop.c */
ident_rule rule_drop_maid;  /* token.c */
ident_rule rule_name;       /* name.c, both */
ident_rule rule_address;    /* name.c, toyon/1 */
ident_rule rule_dob;        /* dob.c, both */
ident_rule rule_zip;        /* drop.c, both */

/* IDENT_FAULT_LONG when it does not fit. */
enum ident_fault rule_put(struct ident *out, const struct runes *r);
enum ident_fault rule_put_str(struct ident *out, str s);

#endif
