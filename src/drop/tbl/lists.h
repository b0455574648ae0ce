/*
 * DROP_LIST(NAME, name, kind, title, what it is matched with): the lists of the
 * platform, by the names that files carry.  Codes are on disk (their order):
 * rows are only added.
 */
DROP_LIST(NDZ, "NDZ", IDENT_NDZ, "Name, birth date and ZIP",
	"first name, last name, date of birth and ZIP code")
DROP_LIST(EMAIL, "Email", IDENT_EMAIL, "Email", "email addresses")
DROP_LIST(PHONE, "Phone", IDENT_PHONE, "Phone", "telephone numbers")
DROP_LIST(MAID, "MAID", IDENT_MAID, "Mobile advertising ID",
	"advertising identifiers of phones and tablets")
DROP_LIST(NAME_VIN, "NameVIN", IDENT_NAME_VIN, "Name and vehicle number",
	"first name, last name and vehicle identification number")
DROP_LIST(CTVID, "CTVID", IDENT_CTVID, "Connected-TV ID",
	"identifiers of connected televisions")
#undef DROP_LIST
