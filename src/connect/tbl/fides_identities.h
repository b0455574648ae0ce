/* FIDES_IDENTITY(name, kind of ident/tbl/kinds.h): who a field identifies. */
FIDES_IDENTITY("email", EMAIL)
FIDES_IDENTITY("phone_number", PHONE)
FIDES_IDENTITY("fides_user_device_id", COOKIE)
FIDES_IDENTITY("ga_client_id", COOKIE)
FIDES_IDENTITY("external_id", ACCOUNT)
#undef FIDES_IDENTITY
