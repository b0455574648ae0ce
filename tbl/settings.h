/*
 * SETTING(name, kind, default, title, help): what the business says about
 * itself.  Kept in the database; each change is in the audit trail.
 * HOURS: 1 to LIMIT_SCREEN_HOURS.  LANGUAGES: codes of src/words/tbl/languages.h. MONTHS: 0 to LIMIT_TRAINING_MONTHS.  DAY: 2026-11-21, or empty; none that is to come.
 */
SETTING(business_name, TEXT, "", "Business name", "as consumers know it")
SETTING(legal_name, TEXT, "", "Legal name", "in the foot of pages and letters; empty: the business name")
SETTING(contact_email, TEXT, "", "Contact email", "where a person reads what consumers write")
SETTING(phone, TEXT, "", "Toll-free number", "11 CCR 7020(b); left out of the pages when empty")
SETTING(phone_hours, TEXT, "", "Phone hours", "as Monday to Friday, 8 a.m. to 6 p.m. Pacific")
SETTING(address, TEXT, "", "Postal address", "one line, for letters")
SETTING(policy_url, TEXT, "", "Privacy policy", "address of the policy page; left out when empty")
SETTING(rights_url, TEXT, "", "Rights in the privacy policy", "address of the very section that tells consumers of their rights, as https://shop.example/privacy#rights: answers about automated decisions lead there, 11 CCR 7222; empty: the policy")
SETTING(policy_on, DAY, "", "Policy last updated", "day on which the privacy policy was last brought up to date, as 2026-11-21: at most 12 months ago, 11 CCR 7011; Civ. Code 1798.130(a)(5)")
SETTING(no_method_on, DAY, "", "No way to verify, last looked", "for who has no reasonable method to verify anybody, and says so in the policy: day on which that was last looked at, each year again, 11 CCR 7062(g); empty: there is a method")
SETTING(languages, LANGUAGES, "en es", "Languages", "in which consumers are served and written to: those in which the business deals with Californians, 11 CCR 7003(b); of en, es with blanks between them, en always among them")
SETTING(sells, FLAG, "yes", "Sells or shares personal information", "decides whether a denied deletion carries the opt-out offer, 11 CCR 7022(g)")
SETTING(uses_sensitive, FLAG, "yes", "Uses sensitive information beyond 11 CCR 7027(m)", "offers the request to limit it; no: no use that gives that right is made")
SETTING(uses_admt, FLAG, "no", "Uses automated decisionmaking technology", "for significant decisions, 11 CCR 7200; offers the opt-out of it, access to what it did, and the appeal, from January 1, 2027 on")
SETTING(parent_checks, TEXT, "form call", "Ways to check a parent", "of form, card, call, video, in-person, id (`toyon law list`): those the business has established and documented, 11 CCR 7070(a); call needs a toll-free number")
SETTING(age_gate, FLAG, "no", "Age gate", "a page that asks visitors for their day of birth, for programs of the business to link to: docs/api.md")
SETTING(age_gate_returns, TEXT, "", "Where the age gate leads on", "addresses with blanks between them, as https://shop.example: it leads nowhere else")
SETTING(backups, FLAG, "yes", "Backups hold personal information", "the letter about a deletion says what becomes of copies there, 11 CCR 7022(d); no: there are none")
SETTING(four_eyes, FLAG, "no", "Four eyes", "a deletion and a denial wait until a second member of staff decides the same")
SETTING(training_months, MONTHS, "12", "Months between trainings", "of who handles requests, 11 CCR 7100(a), which names no time: `toyon user list` and the desk say who is due; 0: once is enough")
SETTING(publishes, FLAG, "no", "Publishes the numbers of requests", "as a business has to that handles the data of 10 million consumers in a year, 11 CCR 7102: a public page with those of each year that is over, and a link to it")
SETTING(gpc_since, TEXT, "", "Signal honored since", "date in /.well-known/gpc.json; set by setup")
SETTING(drop_acts, FLAG, "no", "DROP is carried out by itself", "the worker deletes what the State's lists match without waiting for a person; else it waits for `toyon drop act`")
SETTING(screen_hours, HOURS, "24", "Hours between screenings", "everything held is looked at for people who came back at least so often: 1 to 24")
SETTING(returned_acts, FLAG, "no", "Who comes back is deleted again by itself", "the worker deletes again whom it finds in a system after they were deleted; else it waits for `toyon replay SYSTEM`")
SETTING(drop_hash_there, FLAG, "no", "Values are hashed where they live", "PostgreSQL and MariaDB systems that have toyon_drop_hash() hash for the match with the State's lists, and values do not leave them; slower than here")
#undef SETTING
