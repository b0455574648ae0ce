/*
 * REFUSAL(CODE of ldap.h, code, text): what a result means for us; any other is
 * ERR_UNAVAILABLE.
 */
REFUSAL(LDAP_NO_SUCH_OBJECT, INVALID, "the base is missing")
REFUSAL(LDAP_NO_SUCH_ATTRIBUTE, CONFLICT, "somebody else changed an entry")
REFUSAL(LDAP_UNDEFINED_TYPE, INVALID, "the directory does not know an attribute")
REFUSAL(LDAP_INVALID_SYNTAX, INVALID, "the directory does not take the values")
REFUSAL(LDAP_INVALID_DN_SYNTAX, INVALID, "the base is no name of an entry")
REFUSAL(LDAP_NAMING_VIOLATION, CONFLICT, "the attribute names the entry")
REFUSAL(LDAP_FILTER_ERROR, INVALID, "the directory does not take the filter")
REFUSAL(LDAP_PROTOCOL_ERROR, INVALID, "the directory does not take the request")
REFUSAL(LDAP_REFERRAL, INVALID, "the directory refers to another server")
REFUSAL(LDAP_CONSTRAINT_VIOLATION, CONFLICT, "a rule of the directory forbids it")
REFUSAL(LDAP_OBJECT_CLASS_VIOLATION, CONFLICT, "a rule of the directory forbids it")
REFUSAL(LDAP_ALREADY_EXISTS, CONFLICT, "an entry of that name is there")
REFUSAL(LDAP_TYPE_OR_VALUE_EXISTS, CONFLICT, "a rule of the directory forbids it")
REFUSAL(LDAP_NOT_ALLOWED_ON_RDN, CONFLICT, "the attribute names the entry")
REFUSAL(LDAP_NOT_ALLOWED_ON_NONLEAF, CONFLICT, "there are entries below one of these")
REFUSAL(LDAP_INSUFFICIENT_ACCESS, DENIED, "not allowed")
REFUSAL(LDAP_INVALID_CREDENTIALS, DENIED, "not allowed")
REFUSAL(LDAP_INAPPROPRIATE_AUTH, DENIED, "not allowed")
REFUSAL(LDAP_STRONG_AUTH_REQUIRED, DENIED, "not allowed")
REFUSAL(LDAP_CONFIDENTIALITY_REQUIRED, DENIED, "the directory wants TLS")
REFUSAL(LDAP_UNWILLING_TO_PERFORM, DENIED, "the directory is not willing to")
REFUSAL(LDAP_SIZELIMIT_EXCEEDED, LIMIT, "the directory gives no more entries than it did")
REFUSAL(LDAP_ADMINLIMIT_EXCEEDED, LIMIT, "the directory gives no more entries than it did")
#undef REFUSAL
