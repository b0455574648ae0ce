/*
 * PERM(name, roles, what): who may do what.  Roles: o owner, p privacy officer,
 * a agent on the phone line, r auditor (reads only).  k stands for an API key.
 */
PERM(SEE_QUEUE, "opar", "see the queue and the cases, people masked")
PERM(REVEAL, "op", "see who the requester is; leaves an audit entry")
PERM(DECIDE, "op", "approve, answer and deny requests")
PERM(EVIDENCE, "op", "make and take the evidence file of a case; leaves audit entries")
PERM(HOLD, "op", "place, renew and lift law-enforcement holds")
PERM(INTAKE, "opak", "enter a request for somebody who called or wrote")
PERM(AGENTS, "op", "register authorized agents, and suspend them")
PERM(PARENT_CHECK, "opa", "record how it was found out that somebody is a child's parent")
PERM(RETRY, "opa", "have an unreachable system tried again, and a case searched again")
PERM(CHASE, "opa", "remind vendors")
PERM(ASSIGN, "opa", "take or hand over a case")
PERM(SUPPRESS, "opk", "suppress and release identifiers")
PERM(DISCLOSE, "op", "enter which list went to whom, and look up who got a person's data")
PERM(SEE_AUDIT, "opr", "read and export the audit trail")
PERM(SEE_METRICS, "opr", "see the numbers of a year")
PERM(SEE_OUTBOX, "op", "read letters; while no mail server is set up")
PERM(POST_LETTERS, "op", "print letters on paper and mark them as posted; each print leaves an audit entry")
PERM(SEE_MAP, "opar", "see the data map")
PERM(PUBLISH, "op", "publish notices, and estimate what data is worth")
PERM(SEE_DROP, "opr", "see the sessions with the State's deletion lists")
PERM(DROP, "op", "fetch, match, carry out and report the State's deletion lists")
PERM(MANAGE, "o", "staff, keys and settings")
#undef PERM
