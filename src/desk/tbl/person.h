/*
 * PERSON_PERSONAL(name, max bytes): identifies or describes the person.
 * PERSON_PLAIN(name, max bytes): what they chose; one of our own words.
 */
PERSON_PERSONAL(name, 120)
PERSON_PERSONAL(email, 254)
PERSON_PERSONAL(phone, 40)
PERSON_PERSONAL(zip, 10)
PERSON_PERSONAL(street, 200)
PERSON_PERSONAL(birth_date, 24)
/* "paper": letters are printed and posted; the lines of the address that they go to.
 * The name in its parts, of who opts out by name and address. */
PERSON_PLAIN(letter_by, 6)
PERSON_PERSONAL(postal, 500)
PERSON_PERSONAL(first, 60)
PERSON_PERSONAL(last, 60)
/* The language of the pages that they asked on: a code of words/tbl/languages.h. */
PERSON_PLAIN(language, 5)
/* The same of an authorized agent, for what nobody but the agent reads. */
PERSON_PLAIN(agent_language, 5)
/* Where the code goes: "sms", or to the email address; "call": staff call back, and
 * what was said then. */
PERSON_PERSONAL(called, 2000)
PERSON_PLAIN(code_by, 6)
/* "yes": they signed in to their account with the business again. */
PERSON_PLAIN(account, 4)
/* Of a draft: until when that holds, in milliseconds.  "yes": what they see is shown in
 * the portal, and no person has to look through it; "staff": one has to.  "yes": the
 * account may be in the wrong hands (11 CCR 7061(b)). */
PERSON_PLAIN(account_until, 16)
PERSON_PLAIN(portal, 6)
PERSON_PLAIN(doubted, 4)
/* "Stop selling it while we work on this?": "yes" or "no". */
PERSON_PLAIN(stop_sale, 4)
/* Know: "categories" or "specific"; "all" or "dates", and which (11 CCR 7020). */
PERSON_PLAIN(pieces, 12)
PERSON_PLAIN(range, 6)
PERSON_PERSONAL(range_from, 24)
PERSON_PERSONAL(range_to, 24)
/* Correct: what is wrong, and what it should say (11 CCR 7023). */
/* Delete: the kinds of information, as letters; empty: everything (11 CCR 7022(h)). */
PERSON_PLAIN(parts, 40)
PERSON_PERSONAL(item, 2000)
PERSON_PERSONAL(should_be, 2000)
/* An appeal: which decision, and what speaks against it (11 CCR 7221(b)). */
PERSON_PERSONAL(decision, 2000)
/* What staff wrote to answer it, or to tell of the use of ADMT (desk/explain.h). */
PERSON_PLAIN(explained_result, 8)
PERSON_PLAIN(explained_times, 6)
PERSON_PERSONAL(explained_purpose, 2000)
PERSON_PERSONAL(explained_logic, 2000)
PERSON_PERSONAL(explained_outcome, 2000)
PERSON_PERSONAL(explained_role, 2000)
PERSON_PERSONAL(explained_why, 2000)
PERSON_PLAIN(explained_part, 4)
PERSON_PLAIN(explained_human, 4)
/* What staff corrected by hand where; where the wrong information came from; "yes":
 * something of it stays as it was. */
PERSON_PERSONAL(corrected, 8000)
PERSON_PERSONAL(source, 8000)
PERSON_PLAIN(is_part, 4)
/* What was weighed to decide it (desk/tbl/circumstances.h). */
PERSON_PERSONAL(nature, 2000)
PERSON_PERSONAL(obtained, 2000)
PERSON_PERSONAL(documented, 2000)
/* Deleted instead: a code of law/tbl/insteads.h, and how that is so, for the letter. */
PERSON_PLAIN(instead, 10)
PERSON_PERSONAL(instead_why, 2000)
/* The declaration under penalty of perjury, kept with the record: "yes", the name as
 * typed, the day (11 CCR 7062(c)). */
PERSON_PLAIN(declared, 4)
PERSON_PERSONAL(signed_by, 120)
PERSON_PLAIN(signed_on, 10)
/* Opt-in: "transaction" when something they wanted needs it (11 CCR 7028(b)). */
PERSON_PLAIN(opt_in_for, 12)
/* Of a minor: the day of birth as ISO date, gone at closing.  Who asks for a child
 * under 13: letters go to them, nothing is looked for by what they give. */
PERSON_PERSONAL(born_on, 10)
PERSON_PERSONAL(parent_name, 120)
PERSON_PERSONAL(parent_email, 254)
PERSON_PERSONAL(parent_postal, 500)
/* "yes": staff found out that it is the parent (desk/parent.h). */
PERSON_PLAIN(parent_checked, 4)
/* The earlier request of the same person for the same: its reference. */
PERSON_PLAIN(joined, 16)
/* Of a case that takes another one up again: its reference, and the day on which they asked
 * (desk/resume.h). */
PERSON_PLAIN(again_of, 16)
PERSON_PLAIN(again_on, 10)
/* How many times a later request for the same replaced details of this one. */
PERSON_PLAIN(retyped, 4)
/* Who asks for them, and what was shown: a code of law/tbl/proofs.h (11 CCR 7063). */
PERSON_PERSONAL(agent_name, 120)
PERSON_PERSONAL(agent_email, 254)
PERSON_PLAIN(agent_proof, 8)
/* What the search learnt: further addresses, keys of rows in other systems
 * (connect/find_cross.h) and numbers of the same person, one a line; and which
 * details matched whose records, as "zip:leads", or did not, as "-zip:leads". */
PERSON_PERSONAL(other_emails, 8000)
PERSON_PERSONAL(other_keys, 64000)
/* Addresses in rows found of which nobody knows yet whether they are theirs, and
 * those that staff said are somebody else's (desk/doubt.h). */
PERSON_PERSONAL(doubt_emails, 8000)
PERSON_PERSONAL(others_emails, 8000)
PERSON_PERSONAL(other_phones, 4000)
PERSON_PLAIN(matched, 8000)
/* By what the search began in a system, where nothing else was given: a code of
 * connect/tbl/composites.h, or "none", as "name-zip:CRM". */
PERSON_PLAIN(searched_by, 4000)
/* "yes": the data map says which columns may be relied on to verify; in which
 * systems sensitive information was found, one a line. */
PERSON_PLAIN(marked, 4)
PERSON_PLAIN(sensitive, 8000)
/* "yes": more addresses came to light than are searched for. */
PERSON_PLAIN(left_out, 4)
/* What was kept and why, one a line: what, ground of law/deny.h, purpose, number
 * of rows, with tabs between. */
PERSON_PLAIN(kept, 8000)
/* What was deidentified, one a line: system, number of rows, with a tab between. */
PERSON_PLAIN(deidentified, 2000)
/* The same of what was added to totals and deleted; -1: not known how many. */
PERSON_PLAIN(aggregated, 2000)
/* Rows that stay, and hold no more of the parts that were asked for: the same. */
PERSON_PLAIN(emptied, 2000)
/* "mask" or "row": what becomes of a column that can't be emptied (desk/parts.h); who said
 * that the person agreed to lose the row, and when. */
PERSON_PLAIN(stuck, 8)
PERSON_PERSONAL(stuck_why, 2000)
/* Why rows go that are somebody else's too, a line for each table (desk/let.h). */
PERSON_PERSONAL(let_why, 8000)
/* The ground of a denial (law/deny.h). */
PERSON_PLAIN(ground, 40)
/* Its facts, as the letter tells them; what is kept by it serves this purpose; "yes":
 * a refused correction of health data. */
PERSON_PERSONAL(why_denied, 2000)
/* What the belief rests on that an opt-out or limit is fraudulent (11 CCR 7026(e)). */
PERSON_PERSONAL(evidence, 2000)
PERSON_PLAIN(kept_for, 200)
/* "yes": staff confirmed that all that was found falls under the exception; a law forbids to
 * tell the ground. */
PERSON_PLAIN(all_kept, 4)
PERSON_PLAIN(untold, 4)
PERSON_PLAIN(health, 4)
/* The state of the case when it was denied, by its code; why a denial was taken back before its
 * letter was sent (desk/reopen.h). */
PERSON_PLAIN(denied_in, 20)
PERSON_PERSONAL(reopened, 2000)
/* What of it is about their health and stays as it was, as staff name it, one item a
 * line; none: all that was asked is one item (11 CCR 7023(f)). */
PERSON_PERSONAL(health_items, 2000)
/* Why staff decided: how they know who asks without the code; why they answered
 * before each company had. */
PERSON_PERSONAL(reason, 2000)
/* What was weighed of how sure to be who asks, and "yes" once that raised it
 * (desk/stakes.h). */
PERSON_PERSONAL(stakes, 12200)
PERSON_PLAIN(raised, 4)
PERSON_PERSONAL(not_waiting, 2000)
/* What the requester wrote to staff and their answers (desk/message.h). */
PERSON_PERSONAL(messages, 24000)
/* Why a fee was asked for, as the letter says it, and what proves it (Civ. Code
 * 1798.145(h)(3)). */
PERSON_PERSONAL(fee_why, 2000)
PERSON_PERSONAL(fee_proof, 2000)
/* Why more time is needed, as the letter says it. */
PERSON_PERSONAL(more_time, 2000)
/* What was dropped from the case and why, one a line: title, reason. */
PERSON_PERSONAL(dropped, 8000)
/* Why the case was closed though the answer did not arrive. */
PERSON_PERSONAL(undeliverable, 2000)
/* Who took the request back, and how, where no code could be sent. */
PERSON_PERSONAL(taken_back, 2000)
#undef PERSON_PERSONAL
#undef PERSON_PLAIN
