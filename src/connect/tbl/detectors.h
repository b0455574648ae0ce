/*
 * DETECT(NAME, test, is_sure, of, category, names, title)
 *
 * What a column may hold, by the name it has and by a sample of its values
 * (detect.h).  The first row that fits is proposed.
 *
 *	test     function of detect.c that one value passes
 *	is_sure  most values passing is enough; else the name must say so too
 *	of       what the map then says: IDENTIFIES(kind), PROVES(verifies),
 *	         NEVER(class of law/tbl/never_disclose.h) or ONLY_CATEGORY
 *	category letter of law/tbl/categories.h
 *	names    phrases (name_words.h) that the column's name has or, with "=", is
 *
 * The categories are those of Civ. Code 1798.140(v)(1); government and account
 * numbers are sensitive ones (1798.140(ae)), category L.
 */
DETECT(EMAIL, is_email, true, IDENTIFIES(EMAIL), 'A',
	"email|e mail|mail address|mail", "an email address")
DETECT(SSN, is_ssn, true, NEVER("ssn"), 'L',
	"ssn|social security|social security number", "a Social Security number")
DETECT(TAX_ID, is_tax_id, true, NEVER("government-id"), 'L',
	"itin|tax id|taxpayer id", "an individual taxpayer number")
DETECT(LICENSE, is_license, false, NEVER("government-id"), 'L',
	"license|licence|dl number|drivers license|license number",
	"a driver's license number")
DETECT(PASSPORT, is_passport, false, NEVER("government-id"), 'L',
	"passport|passport number", "a passport number")
DETECT(CARD, is_card, true, NEVER("financial-account"), 'L',
	"card|card number|credit card|cc number|pan",
	"a payment card number (its check digit is right)")
DETECT(IBAN, is_iban, true, NEVER("financial-account"), 'L', "iban",
	"an international account number")
DETECT(BANK, is_bank, false, NEVER("financial-account"), 'L',
	"bank account|routing|routing number|account number",
	"a bank account number")
DETECT(MEDICARE, is_medicare, true, NEVER("health-id"), 'L',
	"medicare|mbi", "a Medicare number")
DETECT(MEDICAL, is_medical, false, NEVER("health-id"), 'L',
	"mrn|medical record|health plan|member id", "a medical number")
DETECT(PASSWORD, is_password, true, NEVER("password"), 'L',
	"password|passwd|pwd|password hash|passphrase", "a password or its hash")
DETECT(SECURITY_ANSWER, is_any, false, NEVER("security-answer"), 'L',
	"security question|security answer|mothers maiden name|maiden name",
	"a security question or answer")
DETECT(BIOMETRIC, is_any, false, NEVER("biometric"), 'L',
	"faceprint|fingerprint|voiceprint|iris|biometric", "biometric data")
DETECT(VIN, is_vin, true, IDENTIFIES(VIN), 'A', "vin|vehicle id",
	"a vehicle identification number (its check digit is right)")
DETECT(PHONE, is_spaced_phone, true, IDENTIFIES(PHONE), 'A',
	"phone|phoneno|phonenumber|cellphone|homephone|workphone|telephone|mobile|cell|tel|fax|msisdn",
	"a telephone number")
DETECT(PHONE_DIGITS, is_phone, false, IDENTIFIES(PHONE), 'A',
	"phone|phoneno|phonenumber|cellphone|homephone|workphone|telephone|mobile|cell|tel|fax|msisdn",
	"a telephone number")
DETECT(IP, is_ip, true, ONLY_CATEGORY, 'A', "ip|ip address|client ip|remote addr",
	"an IP address")
DETECT(MAID, is_maid, false, IDENTIFIES(MAID), 'A',
	"maid|idfa|gaid|aaid|adid|ad id|advertising id|advertiser id|device id|ifa",
	"an advertising identifier")
DETECT(CTVID, is_ctvid, false, IDENTIFIES(CTVID), 'A',
	"ctv|ctvid|ctv id|rida|tifa|lgudid", "the identifier of a connected TV")
DETECT(EMAIL_MD5, is_md5, false, IDENTIFIES(EMAIL_MD5), 'A',
	"email md5|md5 email|email hash|hashed email|hem", "the MD5 of an email address")
DETECT(COOKIE, is_token, false, IDENTIFIES(COOKIE), 'A',
	"cookie|cookie id|visitor id|client id|browser id", "a cookie")
DETECT(ACCOUNT, is_token, false, IDENTIFIES(ACCOUNT), 'A',
	"username|user name|login|account id|loyalty number|customer number",
	"an account")
DETECT(BIRTH_DATE, is_date, false, PROVES(BIRTH_DATE), 'C',
	"birth date|birthdate|birth dt|birthday|bday|date of birth|date birth|dob|born",
	"a birth date")
DETECT(FIRST_NAME, is_words, false, PROVES(FIRST_NAME), 'A',
	"first name|firstname|first nm|fname|given name|forename|=first|=given",
	"a first name")
DETECT(LAST_NAME, is_words, false, PROVES(LAST_NAME), 'A',
	"last name|lastname|last nm|lname|surname|family name|=last|=family",
	"a last name")
DETECT(NICKNAME, is_words, false, ONLY_CATEGORY, 'A',
	"middle name|nickname|nick name", "a part of a name")
DETECT(NAME, is_full_name, false, PROVES(NAME), 'A',
	"full name|fullname|name|contact|customer|display name|recipient", "a name")
DETECT(US_STREET, is_us_street, true, PROVES(STREET), 'A', "street|address",
	"a street address")
DETECT(STREET, is_street, false, PROVES(STREET), 'A',
	"street|address|addr|address line|street address", "a street address")
DETECT(CITY, is_words, false, PROVES(CITY), 'A', "city|town", "a city")
DETECT(ZIP, is_zip, false, PROVES(ZIP), 'A',
	"zip|zip code|zipcode|postal code|postcode|post code|postal", "a ZIP code")
DETECT(STATE, is_words, false, ONLY_CATEGORY, 'A', "state|region", "a state")
DETECT(PLACE, is_coordinate, false, ONLY_CATEGORY, 'G',
	"lat|lon|lng|latitude|longitude|geo", "a place")
DETECT(SEX, is_words, false, ONLY_CATEGORY, 'C',
	"gender|sex|race|ethnicity|religion|marital status|nationality",
	"a protected characteristic")
DETECT(EMPLOYER, is_any, false, ONLY_CATEGORY, 'I',
	"employer|job title|occupation|company|profession",
	"professional information")
DETECT(BROWSER, is_user_agent, true, ONLY_CATEGORY, 'F',
	"user agent|useragent", "the name of a browser")
DETECT(VISIT, is_any, false, ONLY_CATEGORY, 'F',
	"referrer|referer|page|page url|search query|search term",
	"internet activity")
DETECT(INCOME, is_any, false, ONLY_CATEGORY, 'D',
	"income|salary|amount|product|order total|price", "commercial information")
#undef DETECT
