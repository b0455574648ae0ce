/*
 * LOOKALIKE(NAME, code, class of law/tbl/never_disclose.h, names, phrases, title,
 * what is taken for one)
 *
 * Values that no answer may disclose (11 CCR 7024(d)), recognized by how they
 * look: the second check, for what nobody marked in the data map.  A shape that
 * other numbers have as well needs a word beside it or in the column's name.
 * names: a column that is called so holds one, or the data map says that it does
 * not.  phrases: the same, of names made of these whole words (name_words.h),
 * which begin other names too or stand before other values.
 */
LOOKALIKE(SSN, "ssn", "ssn",
	"ssn|social security",
	"social sec|soc sec|ss no|ss number",
	"a Social Security number",
	"nine digits as 3-2-4 in ranges that are given out; without separators "
	"only where \"SSN\" or \"social\" stands before them")
LOOKALIKE(TAX_ID, "tax-id", "government-id",
	"itin|taxpayer id",
	"tax id|tin|tax identification",
	"an individual taxpayer number",
	"nine digits as 3-2-4, from 9 on, with a middle that is given out")
LOOKALIKE(LICENSE, "license", "government-id",
	"driver license|drivers license|driver licence|dl number",
	"driving license|driving licence|dl no|dl num|national id|military id|government id|gov id",
	"a driver's license or other government number",
	"California's letter and seven digits as the whole value, or where "
	"\"license\" stands before them")
LOOKALIKE(PASSPORT, "passport", "government-id",
	"passport",
	"",
	"a passport number",
	"eight or nine letters and digits where \"passport\" stands before them")
LOOKALIKE(CARD, "card", "financial-account",
	"card number|credit card|debit card",
	"card num|card no|cc num|cc no|cc number|pan|cvv|cvv2|cvc",
	"a payment card number",
	"13 to 19 digits that begin as a card's do, with the right check digit "
	"(Luhn)")
LOOKALIKE(IBAN, "iban", "financial-account",
	"iban",
	"",
	"an international account number",
	"a country and up to 30 letters and digits with the right check digits "
	"(mod 97)")
LOOKALIKE(BANK, "bank", "financial-account",
	"routing number|bank account",
	"bank acct|acct no|routing|aba number",
	"a bank account number",
	"6 to 17 digits where \"routing\" or \"bank account\" stands before them")
LOOKALIKE(MEDICARE, "medicare", "health-id",
	"medicare",
	"mbi",
	"a Medicare number",
	"eleven letters and digits in the order of a Medicare beneficiary "
	"identifier")
LOOKALIKE(MEDICAL, "medical", "health-id",
	"mrn|medical record",
	"health insurance id|health insurance number|health plan id|health plan number|insurance id|medical id",
	"a medical record or plan number",
	"a number where \"medical record\", \"MRN\" or \"health plan\" stands "
	"before it")
LOOKALIKE(PASSWORD, "password", "password",
	"password|passwd|passphrase",
	"pwd|pass hash|passcode|pin",
	"a password or its hash",
	"the beginnings of crypt, bcrypt, scrypt and Argon2 hashes; a word "
	"after \"password:\"; any value of a column of that name")
LOOKALIKE(SECURITY_ANSWER, "security-answer", "security-answer",
	"security question|security answer|maiden name",
	"secret question|secret answer|recovery question|recovery answer|challenge question|challenge answer",
	"a security question or its answer",
	"\"security question\", \"security answer\" or \"maiden name\", there or "
	"in the column's name")
LOOKALIKE(BIOMETRIC, "biometric", "biometric",
	"faceprint|voiceprint|iris code|biometric template",
	"fingerprint|fingerprints|finger print|voice print|face print|face template|face embedding|retina|iris scan",
	"a biometric template",
	"the beginnings of ISO/IEC 19794 records; any value of a column named "
	"as a faceprint, a voiceprint or an iris code")
#undef LOOKALIKE
