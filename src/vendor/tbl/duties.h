/*
 * DUTY(ACT, ROLE, why): the sentences that tell a company, by what it is told to do
 * (vendor/tbl/acts.h) and by what it is to the business
 * (connect/tbl/vendor_roles.h), why it has to act.
 */
DUTY(DELETE, SERVICE_PROVIDER,
	"You handle this information for us as our service provider. California law (Civil Code 1798.105(c)(3), 11 CCR 7022(c)) asks you to carry this out, and to pass it on to each service provider or contractor of yours that has the information.")
DUTY(DELETE, CONTRACTOR,
	"You got this information from us as our contractor. California law (Civil Code 1798.105(c)(3), 11 CCR 7022(c)) asks you to carry this out, and to pass it on to each service provider or contractor of yours that has the information.")
DUTY(DELETE, THIRD_PARTY,
	"We sold or shared this information to you. California law (Civil Code 1798.105(c)(1), 11 CCR 7022(b)(3) and 7052) asks us to tell you, and asks you to act on it.")
DUTY(DELETE_PARTS, SERVICE_PROVIDER,
	"You handle this information for us as our service provider. California law (Civil Code 1798.105(c)(3), 11 CCR 7022(c)) asks you to carry this out, and to pass it on to each service provider or contractor of yours that has the information.")
DUTY(DELETE_PARTS, CONTRACTOR,
	"You got this information from us as our contractor. California law (Civil Code 1798.105(c)(3), 11 CCR 7022(c)) asks you to carry this out, and to pass it on to each service provider or contractor of yours that has the information.")
DUTY(DELETE_PARTS, THIRD_PARTY,
	"We sold or shared this information to you. California law (Civil Code 1798.105(c)(1), 11 CCR 7022(b)(3) and 7052) asks us to tell you, and asks you to act on it.")
DUTY(RETAIN, SERVICE_PROVIDER,
	"You handle this information for us as our service provider. California law (Civil Code 1798.105(d), 11 CCR 7022(f)) has us tell you so, and asks you to carry it out.")
DUTY(RETAIN, CONTRACTOR,
	"You got this information from us as our contractor. California law (Civil Code 1798.105(d), 11 CCR 7022(f)) has us tell you so, and asks you to carry it out.")
DUTY(RETAIN, THIRD_PARTY,
	"You got this information from us. California law (Civil Code 1798.105(d), 11 CCR 7022(f)) has us use it so, and we ask you to do the same.")
DUTY(OPT_OUT, SERVICE_PROVIDER,
	"You handle this information for us as our service provider. California law (Civil Code 1798.135(f), 11 CCR 7050) lets you use it for what we ask of you, and for nothing else.")
DUTY(OPT_OUT, CONTRACTOR,
	"You got this information from us as our contractor. California law (Civil Code 1798.135(f), 11 CCR 7050) lets you use it for what we ask of you, and for nothing else.")
DUTY(OPT_OUT, THIRD_PARTY,
	"You got this information from us after the person had asked. California law (Civil Code 1798.120, 11 CCR 7026(f) and 7052) asks us to tell you, and asks you to act on it.")
DUTY(LIMIT, SERVICE_PROVIDER,
	"You handle this information for us as our service provider. California law (Civil Code 1798.121, 11 CCR 7027(g)) asks you to carry this out, and to pass it on to each service provider or contractor of yours that uses the information.")
DUTY(LIMIT, CONTRACTOR,
	"You got this information from us as our contractor. California law (Civil Code 1798.121, 11 CCR 7027(g)) asks you to carry this out, and to pass it on to each service provider or contractor of yours that uses the information.")
DUTY(LIMIT, THIRD_PARTY,
	"You got this information from us after the person had asked. California law (Civil Code 1798.121, 11 CCR 7027(g) and 7052) asks us to tell you, and asks you to act on it.")
DUTY(OPT_OUT_ADMT, SERVICE_PROVIDER,
	"You handle this information for us as our service provider. California law (Civil Code 1798.185, 11 CCR 7221(n)) asks you to carry this out.")
DUTY(OPT_OUT_ADMT, CONTRACTOR,
	"You got this information from us as our contractor. California law (Civil Code 1798.185, 11 CCR 7221(n)) asks you to carry this out.")
DUTY(OPT_OUT_ADMT, THIRD_PARTY,
	"You got this information from us. California law (Civil Code 1798.185, 11 CCR 7221(n)) asks us to tell you, and asks you to act on it.")
DUTY(CORRECT, SERVICE_PROVIDER,
	"You handle this information for us as our service provider. California law (Civil Code 1798.106, 11 CCR 7023(c)) asks you to carry this out, and to keep it so.")
DUTY(CORRECT, CONTRACTOR,
	"You got this information from us as our contractor. California law (Civil Code 1798.106, 11 CCR 7023(c)) asks you to carry this out, and to keep it so.")
DUTY(CORRECT, THIRD_PARTY,
	"You got this information from us. California law (Civil Code 1798.106, 11 CCR 7023(c)) has us correct it, and we ask you to do the same.")
#undef DUTY
