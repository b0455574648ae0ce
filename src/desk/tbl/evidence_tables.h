/*
 * EVIDENCE_TABLE(NAME, SECTION, file, title, columns): the tables of an evidence
 * pack, each one a CSV file, a member of evidence.json and a table of the page.
 * After a column's name: # a number, ~ not on the page.
 */
EVIDENCE_TABLE(LISTS, SELECTION, "lists", "Lists of the platform",
	"list,matched_with,is_selected,is_held,reason,said_at,said_by,systems_now#,items_ever#,conflict")
EVIDENCE_TABLE(CHECKS, HASHING, "self-checks", "Self-checks before a look",
	"session#,look#,kind,profile,at,examples#,wrong#")
EVIDENCE_TABLE(VECTORS, HASHING, "examples", "The State's published examples",
	"field,input,standardized,hash")
EVIDENCE_TABLE(LOOKS, MATCHING, "systems", "Systems looked at",
	"session#,look#,system,title,lists,to_its_end,begun_at,done_at,tries#,records#,keys#,no_key#,matches#,problem")
EVIDENCE_TABLE(NO_KEY, MATCHING, "no-key", "Rows that gave no key, and why",
	"session#,look#,system,list,keys#,no_key#,empty#,over_the_limit#,faults")
EVIDENCE_TABLE(FOUND, ACTING, "people", "People who matched, and what was done",
	"session#,look#,system,table,people#,to_delete#,to_opt_out#,deleted#,exempt#,opted_out#,open#")
EVIDENCE_TABLE(ACTS, ACTING, "acts", "What was done in a system at once",
	"session#,look#,act#,system,what,at,people#,rows_planned#,rows_gone#,rows_kept#,identifiers#,read_again,evidence~")
EVIDENCE_TABLE(HELD, SUPPRESSION, "held", "In the suppression log when this was made",
	"kind,drop#,drop_opt_out#")
EVIDENCE_TABLE(LOG, SUPPRESSION, "log", "Written to it in the period",
	"act,kind,entries#,first_at,last_at")
EVIDENCE_TABLE(WITHDRAWN, SUPPRESSION, "withdrawn", "Consumers who withdrew",
	"session#,list,items#")
EVIDENCE_TABLE(VENDORS, VENDORS, "vendors", "Directions",
	"session#,vendor,title,role,kinds,hashes#,sha256,told_at,answer_due,opened_at,answer,answered_at,answered_rows#,reason,is_late")
EVIDENCE_TABLE(FILES, STATUSES, "status-files", "Files",
	"session#,file,list,is_correction,rows#,sha256,made_at,tries#,platform,said_at,was_there_before,message,rows_outcome,outcome_at,outcome_by,outcome_message")
EVIDENCE_TABLE(STATUSES, STATUSES, "statuses", "Statuses of items, by session and list",
	"session#,list,status,items#,answered#")
EVIDENCE_TABLE(ACCESSES, CADENCE, "accesses", "Accesses",
	"session#,asked_on,asked_by,by,received_at,items#,withdrawn#,days_after_last#,last_day,is_late,to_be_done_by,answered_at,row_of_the_law,state")
EVIDENCE_TABLE(OUTAGES, CADENCE, "outages", "Accesses that failed",
	"outage#,from_at,to_at,tries#,fault,said,problem,notice_by,notice_at,notice")
EVIDENCE_TABLE(RECEIVED, RECORDS, "received", "Lists as they were received",
	"session#,zip,file,items#,sha256")
EVIDENCE_TABLE(ARCHIVE, RECORDS, "archive", "Kept files, opened when this was made",
	"session#,file,kind,bytes#,sha256,now")
EVIDENCE_TABLE(AUDIT, RECORDS, "audit-trail", "Entries of the audit trail",
	"event,entries#,first#,last#")
#undef EVIDENCE_TABLE
