/*
 * IDENT_KIND(NAME, name, parts, is_hash_known, title)
 *
 * The kinds of identifier a person can be recognized by.  `name` is what the
 * command line, the API, a --map and the key derivation use: it must never
 * change, or every index and record made before is lost.  `parts` names what a
 * composite is made of, in the order of ident_read_parts(); "" is one value.
 * is_hash_known says that a text which looks like a SHA-256 (64 hex digits or
 * 44 characters of Base64) is taken for the hash of the identifier: true where
 * no identifier of the kind can look like one.
 */
IDENT_KIND(EMAIL, "email", "", true, "email address")
IDENT_KIND(PHONE, "phone", "", true, "US phone number")
IDENT_KIND(NAME_ADDRESS, "name_address", "first,last,address,zip", true,
	"name and street address")
IDENT_KIND(NAME_ZIP, "name_zip", "first,last,zip", true, "name and ZIP code")
IDENT_KIND(NDZ, "ndz", "first,last,dob,zip", true,
	"name, date of birth and ZIP code")
IDENT_KIND(NAME_VIN, "name_vin", "first,last,vin", true,
	"name and vehicle number")
IDENT_KIND(MAID, "maid", "", true, "mobile advertising id")
IDENT_KIND(CTVID, "ctvid", "", true, "connected-TV id")
IDENT_KIND(VIN, "vin", "", true, "vehicle identification number")
IDENT_KIND(ACCOUNT, "account", "", false, "account number")
IDENT_KIND(COOKIE, "cookie", "", false, "cookie or device id")
IDENT_KIND(EMAIL_MD5, "email_md5", "", false, "MD5 of an email address")
IDENT_KIND(PHONE_MD5, "phone_md5", "", false, "MD5 of a US phone number")
#undef IDENT_KIND
