/*
 * DUTY(ROLE, why): the sentences that tell a company, by what it is to the
 * business (connect/tbl/vendor_roles.h), why it has to act.
 */
DUTY(SERVICE_PROVIDER,
	"You handle this information for us as our service provider. California law (Civil Code 1798.105(c)(3), 11 CCR 7022(c)) asks you to carry this out, and to pass it on to each service provider or contractor of yours that has the information.")
DUTY(CONTRACTOR,
	"You got this information from us as our contractor. California law (Civil Code 1798.105(c)(3), 11 CCR 7022(c)) asks you to carry this out, and to pass it on to each service provider or contractor of yours that has the information.")
DUTY(THIRD_PARTY,
	"We sold or shared this information to you. California law (Civil Code 1798.105(c)(1), 11 CCR 7022(b)(3) and 7052) asks us to tell you, and asks you to act on it.")
#undef DUTY
