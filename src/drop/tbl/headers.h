/*
 * DROP_HEADER(name, role)
 *
 * How files call the parts of a name-and-birth-date record, in lower case with
 * everything but letters and digits left out, besides the names of identifiers
 * in scrub/tbl/headers.h.  A name that could mean something else is not here.
 */
DROP_HEADER("first", ROLE_FIRST)
DROP_HEADER("firstname", ROLE_FIRST)
DROP_HEADER("fname", ROLE_FIRST)
DROP_HEADER("givenname", ROLE_FIRST)
DROP_HEADER("forename", ROLE_FIRST)
DROP_HEADER("last", ROLE_LAST)
DROP_HEADER("lastname", ROLE_LAST)
DROP_HEADER("lname", ROLE_LAST)
DROP_HEADER("surname", ROLE_LAST)
DROP_HEADER("familyname", ROLE_LAST)
DROP_HEADER("maidenname", ROLE_LAST)
DROP_HEADER("formerlastname", ROLE_LAST)
DROP_HEADER("dob", ROLE_DOB)
DROP_HEADER("birthdate", ROLE_DOB)
DROP_HEADER("dateofbirth", ROLE_DOB)
DROP_HEADER("birthday", ROLE_DOB)
DROP_HEADER("zip", ROLE_ZIP)
DROP_HEADER("zip1", ROLE_ZIP)
DROP_HEADER("zip2", ROLE_ZIP)
DROP_HEADER("zipcode", ROLE_ZIP)
DROP_HEADER("postalcode", ROLE_ZIP)
DROP_HEADER("postcode", ROLE_ZIP)
DROP_HEADER("homezip", ROLE_ZIP)
DROP_HEADER("mailingzip", ROLE_ZIP)
#undef DROP_HEADER
