/*
 * EVIDENCE_SECTION(NAME, code, title, about): the nine things that auditors of
 * data brokers verify, in their order.
 */
EVIDENCE_SECTION(SELECTION, "selection", "List selection",
	"Each list of the platform: whether it was selected in the account, whether such identifiers are held, and the reason that was kept for it.")
EVIDENCE_SECTION(HASHING, "hashing", "Standardizing and hashing",
	"The rules are a versioned profile. The State's published examples run before every look; a look does not begin when one comes out wrong.")
EVIDENCE_SECTION(MATCHING, "matching", "Matching",
	"Every system of the data map in every look: how many records were read, how many keys they gave, which gave none and why. Not found is said only when each system that may hold the list was looked at to its end.")
EVIDENCE_SECTION(ACTING, "acting", "Acting on matches",
	"One person with an identifier is deleted in every system, and each system is read again. Several people with one identifier are opted out, and nobody of them is deleted. What the data map keeps is exempt.")
EVIDENCE_SECTION(SUPPRESSION, "suppression", "Suppression",
	"Identifiers that stand in the suppression log for the platform, matched or not, so that later records are refused; and what was released because a consumer withdrew.")
EVIDENCE_SECTION(VENDORS, "vendors", "Service providers and contractors",
	"Who was directed to delete too, with how many hashes, when, and what they answered.")
EVIDENCE_SECTION(STATUSES, "statuses", "Statuses sent",
	"The files with their checksums, what the platform said of each file and later of its rows, and the status of every item.")
EVIDENCE_SECTION(CADENCE, "cadence", "Access cadence",
	"Each access with its day and the last day the law left for it; accesses that failed, and the notices to the agency.")
EVIDENCE_SECTION(RECORDS, "records", "Records",
	"What was received and what was sent is kept; each file was opened and compared with its checksum when this was made. The audit trail is a hash chain, signed.")
#undef EVIDENCE_SECTION
