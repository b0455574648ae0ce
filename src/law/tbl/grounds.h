/*
 * GROUND(id, title, what the consumer is told, what must be done all the same,
 *        kinds, bucket, what stays, what it needs, citation, valid)
 *
 * The bucket is how a denial is counted (11 CCR 7102(a)(2)).  "Told" is empty
 * where a law may forbid to tell; then the letter says nothing of it.
 *
 * What stays: ONE_PURPOSE where the ground is about a use, so that what is not deleted
 * serves that use and no other (11 CCR 7022(f)(3)); FREE where it takes the data, or who
 * asks, out of the law, or where another rule says what it may be used for (a hold).
 *
 * What it needs: what has to be so, and the desk knows by itself (enum ground_need).
 */
#define DX(n) "Civ. Code 1798.105(d)(" #n ")"
#define REST "Delete the rest. Use what is kept for this purpose only, and " \
	     "tell service providers and contractors so."

/* Whole denials. */
GROUND("UNVERIFIED", "Identity could not be verified",
	"We could not verify your identity to the degree that the law asks for.",
	"Delete: offer the opt-out. Specific pieces: treat it as a request for "
	"the categories. Categories: point to the privacy policy.",
	VERIFIED, UNVERIFIED, FREE, DOUBT, "11 CCR 7022(a), 7023(a), 7024(a)", SINCE_CPRA)
GROUND("NO_METHOD", "No reasonable way to verify exists",
	"There is no reasonable way for us to verify who asks for this "
	"information, for the reason given here.",
	"Say why. If it is so for all data, say it in the policy and look "
	"again every year.",
	VERIFIED, UNVERIFIED, FREE, NOTHING, "11 CCR 7062", SINCE_CPRA)
GROUND("NOT_A_CONSUMER", "Not a California consumer",
	"The law that this request is made under protects residents of "
	"California.", "", REFUSABLE, NOT_A_CONSUMER, FREE, NOTHING, "Civ. Code 1798.140(i)",
	SINCE_CPRA)
GROUND("AGENT_WITHOUT_PERMISSION", "No proof of the agent's permission",
	"We have not received proof that the consumer permitted you to ask.",
	"Say how the proof can be given.", REFUSABLE | STOPS, OTHER, FREE, AGENT,
	"11 CCR 7026(j), 7063(a)", SINCE_CPRA)
GROUND("SERVICE_PROVIDER", "Held for another business, as its service provider",
	"We handle this information as a service provider of another business, "
	"which is named here, so we can’t act on your request ourselves. Please "
	"ask that business.",
	"Name the business, and pass the request on if the contract says so. Or "
	"act on it for that business, and don’t deny it.",
	REFUSABLE, OTHER, FREE, NOTHING, "11 CCR 7050", SINCE_CPRA)
GROUND("KNOW_TWICE", "Third request to know in 12 months",
	"We have answered two requests to know from you in the last 12 months.",
	"Say from which day on the next one is answered.", KNOWS, OTHER, FREE, TWO_ANSWERS,
	"Civ. Code 1798.130(b)", SINCE_CPRA)
GROUND("UNFOUNDED", "Manifestly unfounded or excessive",
	"The request is manifestly unfounded or excessive, for the reason given "
	"here.", "The business bears the burden of proof: store the facts.",
	REFUSABLE, OTHER, FREE, NOTHING, "Civ. Code 1798.145(h)(3)", SINCE_CPRA)
GROUND("EFFORT", "Disproportionate effort",
	"It is impossible or would take disproportionate effort, as explained "
	"here.",
	"Store the facts and who approved. Not open to a business that never "
	"built a process.", REFUSABLE, OTHER, FREE, NOTHING, "11 CCR 7001, 7022(f)", SINCE_CPRA)
GROUND("SAME_CORRECTION", "Same correction refused within 6 months",
	"We refused to correct the same item in the last six months, and no new "
	"documents came with this request.", "", KIND_BIT(CORRECT), OTHER, FREE, REFUSAL_BEFORE,
	"11 CCR 7023(g)", SINCE_CPRA)
GROUND("ACCURATE", "More likely accurate, all circumstances considered",
	"Looking at everything, we find it more likely that the information is "
	"right as it is.",
	"Say that it can be deleted, if it can. Health data: take a statement "
	"of up to 250 words.", KIND_BIT(CORRECT), OTHER, FREE, NOTHING, "11 CCR 7023(b), (f)",
	SINCE_CPRA)
GROUND("CORRECTION_ABUSE", "Fraudulent or abusive correction",
	"We believe in good faith, for the reason given here, that the request "
	"is fraudulent or abusive.", "Store the evidence.", KIND_BIT(CORRECT),
	OTHER, FREE, NOTHING, "11 CCR 7023(h)", SINCE_CPRA)
GROUND("FRAUD", "Fraudulent opt-out or limit",
	"We believe in good faith, for the reason given here, that the request "
	"is fraudulent.", "Store the evidence before anything is undone.",
	STOPS, OTHER, FREE, NOTHING, "11 CCR 7026(e), 7027(f)", SINCE_CPRA)
GROUND("ADMT_APPEAL", "A human appeal is offered instead",
	"You can appeal the decision to a person with the authority to change "
	"it.", "Say how to appeal.", KIND_BIT(OPT_OUT_ADMT), OTHER, FREE, NOTHING,
	"11 CCR 7221(b)", SINCE_ADMT)
GROUND("ADMT_ABILITY", "Solely to judge ability in hiring or admission",
	"The technology is used solely to judge the ability to perform.",
	"Store the test for non-discrimination.", KIND_BIT(OPT_OUT_ADMT), OTHER, FREE, NOTHING,
	"11 CCR 7221(b)", SINCE_ADMT)
GROUND("ADMT_ALLOCATION", "Solely to allocate work or set compensation",
	"The technology is used solely to allocate work or to set compensation.",
	"Store the test for non-discrimination.", KIND_BIT(OPT_OUT_ADMT), OTHER, FREE, NOTHING,
	"11 CCR 7221(b)", SINCE_ADMT)

/* Deletion exceptions: what is reasonably necessary to keep, and no more. */
GROUND("DX1", "To finish a transaction or perform a contract",
	"We need it to finish what you asked for or could expect from us, a "
	"warranty, a recall or a contract with you.", REST, KIND_BIT(DELETE),
	EXEMPT, ONE_PURPOSE, NOTHING, DX(1), SINCE_CPRA)
GROUND("DX2", "Security and integrity",
	"We need it to help keep our systems secure and sound.", REST,
	KIND_BIT(DELETE), EXEMPT, ONE_PURPOSE, NOTHING, DX(2), SINCE_CPRA)
GROUND("DX3", "To repair errors",
	"We need it to find and repair errors in how our service works.", REST,
	KIND_BIT(DELETE), EXEMPT, ONE_PURPOSE, NOTHING, DX(3), SINCE_CPRA)
GROUND("DX4", "Free speech or another legal right",
	"It is needed for free speech, or for another right under the law.",
	REST, KIND_BIT(DELETE), EXEMPT, ONE_PURPOSE, NOTHING, DX(4), SINCE_CPRA)
GROUND("DX5", "Electronic Communications Privacy Act",
	"The California Electronic Communications Privacy Act asks us to keep "
	"it.", REST, KIND_BIT(DELETE), EXEMPT, ONE_PURPOSE, NOTHING, DX(5), SINCE_CPRA)
GROUND("DX6", "Public-interest research with consent",
	"It is part of research in the public interest that you gave informed "
	"consent to, and which deleting it would seriously impair.", REST,
	KIND_BIT(DELETE), EXEMPT, ONE_PURPOSE, NOTHING, DX(6), SINCE_CPRA)
GROUND("DX7", "Internal use that the consumer expects",
	"We use it only inside the company, in ways that fit what you expect "
	"and the context in which you gave it.", REST, KIND_BIT(DELETE), EXEMPT, ONE_PURPOSE, NOTHING,
	DX(7), SINCE_CPRA)
GROUND("DX8", "Legal obligation", "The law obliges us to keep it.", REST,
	KIND_BIT(DELETE), EXEMPT, ONE_PURPOSE, NOTHING, DX(8), SINCE_CPRA)

/* Exemptions: data or holders that the law leaves out. */
#define EX "Civ. Code 1798.145"
GROUND("EX_HIPAA_CMIA", "Medical information under CMIA or HIPAA",
	"It is medical information that other laws protect.", "", REFUSABLE,
	EXEMPT, FREE, NOTHING, EX "(c)", SINCE_CPRA)
GROUND("EX_RESEARCH", "Clinical or Common Rule research",
	"It belongs to research under the rules for human subjects.", "",
	REFUSABLE, EXEMPT, FREE, NOTHING, EX "(c)", SINCE_CPRA)
GROUND("EX_FCRA", "Fair Credit Reporting Act",
	"The Fair Credit Reporting Act governs it.", "", REFUSABLE, EXEMPT, FREE, NOTHING,
	EX "(d)", SINCE_CPRA)
GROUND("EX_GLBA", "Gramm-Leach-Bliley, CalFIPA or Farm Credit Act",
	"Laws on financial privacy govern it.", "", REFUSABLE, EXEMPT, FREE, NOTHING, EX "(e)",
	SINCE_CPRA)
GROUND("EX_DPPA", "Driver's Privacy Protection Act",
	"The Driver's Privacy Protection Act governs it.", "", REFUSABLE, EXEMPT, FREE, NOTHING,
	EX "(f)", SINCE_CPRA)
GROUND("EX_VEHICLE", "Vehicle recall and warranty data",
	"Dealer and maker share it for a recall or a warranty repair.", "",
	REFUSABLE, EXEMPT, ONE_PURPOSE, NOTHING, EX "(g)", SINCE_CPRA)
GROUND("EX_HOUSEHOLD", "Household data",
	"It is about a household, and not about you alone.", "",
	KIND_BIT(DELETE) | KIND_BIT(CORRECT) | KNOWS, EXEMPT, FREE, NOTHING, EX "(p)",
	SINCE_CPRA)
GROUND("EX_EDU_GRADES", "Grades and scores held for a local agency",
	"It is a student's grade or score that we hold for a school.", "",
	KIND_BIT(DELETE), EXEMPT, FREE, NOTHING, EX, SINCE_CPRA)
GROUND("EX_EDU_TEST", "Standardized assessments",
	"Giving it would endanger the validity of an educational test.", "",
	KNOWS, EXEMPT, FREE, NOTHING, EX, SINCE_CPRA)
GROUND("EX_YEARBOOK", "Yearbook and the like, with consent",
	"It is in a printed work that was made with consent.", "",
	KIND_BIT(DELETE) | STOPS, EXEMPT, FREE, NOTHING, EX, SINCE_CPRA)
GROUND("EX_THIRD_PARTY_RIGHTS", "Rights of another person",
	"It would harm the rights of another person.", "Give the rest.",
	REFUSABLE, EXEMPT, FREE, NOTHING, EX "(k)", SINCE_CPRA)
GROUND("EX_PRIVILEGE", "Evidentiary privilege",
	"It is privileged under the law of evidence.", "Give the rest.",
	REFUSABLE, EXEMPT, ONE_PURPOSE, NOTHING, EX "(b)", SINCE_CPRA)
/* One row for what the next four say apart: who was told of it was told these words,
 * and an id keeps its words. */
GROUND("EX_LAW", "Law, court order, investigation, legal claim",
	"Another law, an order, an investigation or a legal claim requires it.",
	"Do the rest.", REFUSABLE, EXEMPT, ONE_PURPOSE, NOTHING, EX "(a)",
	BETWEEN(2023, 1, 1, 2026, 11, 21))
GROUND("EX_ORDER", "Another law, or a court order or subpoena",
	"Another law, or a court order or subpoena, requires it.",
	"Do the rest. Keep the order, or the section of the law.", REFUSABLE,
	EXEMPT, ONE_PURPOSE, NOTHING, EX "(a)", SINCE_CPRA)
GROUND("EX_INQUIRY", "Inquiry, investigation or summons of an authority",
	"A civil, criminal or regulatory inquiry or investigation requires it.",
	"Do the rest. Keep what the authority sent, and end this when it ends.",
	REFUSABLE, EXEMPT, ONE_PURPOSE, NOTHING, EX "(a)", SINCE_CPRA)
GROUND("EX_EMERGENCY", "An agency's emergency access: risk of death or injury",
	"A government agency asked for it because a person is at risk of death "
	"or serious injury.",
	"Only for what an officer of high rank approved, in good faith that it "
	"is lawful. The agency asks a court for an order within 3 days, and "
	"destroys what it got if there is none: end this then.",
	REFUSABLE, EXEMPT, ONE_PURPOSE, NOTHING, EX "(a)", SINCE_CPRA)
GROUND("EX_CLAIM", "To exercise or defend a legal claim",
	"It is needed to exercise or defend a legal claim.",
	"Do the rest. Use what is kept for this claim only.", REFUSABLE, EXEMPT, ONE_PURPOSE, NOTHING,
	EX "(a)", SINCE_CPRA)
GROUND("EX_LE_HOLD", "Law-enforcement hold with a case number", "",
	"Do not delete or change it for 90 days, renewable by 90; use it for "
	"nothing else.",
	KIND_BIT(DELETE) | KIND_BIT(CORRECT), EXEMPT, FREE, HOLD, EX "(a)", SINCE_CPRA)
GROUND("EX_PRESS", "Non-commercial free speech, the press",
	"It is part of noncommercial speech that the Constitution protects.",
	"", REFUSABLE, EXEMPT, ONE_PURPOSE, NOTHING, EX, SINCE_CPRA)
GROUND("EX_INSURANCE", "Insurance Code data",
	"The Insurance Code governs it.", "", REFUSABLE, EXEMPT, FREE, NOTHING,
	"11 CCR 7270, 7271", SINCE_2026)
GROUND("EX_OUTSIDE_CA", "Conduct wholly outside California",
	"All of it took place outside of California.", "", REFUSABLE,
	NOT_A_CONSUMER, FREE, NOTHING, EX "(a)", SINCE_CPRA)
GROUND("EX_DEIDENTIFIED", "Deidentified or aggregate",
	"It can no longer be linked to a person, and we need not link it again.",
	"", REFUSABLE, EXEMPT, FREE, NOTHING, EX "(j); Civ. Code 1798.140(v)(3)", SINCE_CPRA)
GROUND("EX_PUBLIC", "Publicly available",
	"It is publicly available in the sense of the law.", "", REFUSABLE,
	EXEMPT, FREE, NOTHING, "Civ. Code 1798.140(v)(2)", SINCE_CPRA)
#undef EX
#undef REST
#undef DX
#undef GROUND
