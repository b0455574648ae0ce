/*
 * CATEGORY(letter, title, what is in it, citation, valid)
 */
#define V1 "Civ. Code 1798.140(v)(1)"
CATEGORY(A, "Identifiers",
	"Name, alias, address, online identifier, IP address, email, account "
	"name, Social Security, driver's license or passport number",
	V1 "(A)", SINCE_CPRA)
CATEGORY(B, "Customer records", "What Civ. Code 1798.80(e) lists", V1 "(B)",
	SINCE_CPRA)
CATEGORY(C, "Protected characteristics",
	"Characteristics of classes that California or federal law protects",
	V1 "(C)", SINCE_CPRA)
CATEGORY(D, "Commercial information",
	"Property, products and services bought or considered, tendencies",
	V1 "(D)", SINCE_CPRA)
CATEGORY(E, "Biometric information", "Fingerprint, face, voice, gait",
	V1 "(E)", SINCE_CPRA)
CATEGORY(F, "Internet activity",
	"Browsing and search history, use of a site, an app or an advertisement",
	V1 "(F)", SINCE_CPRA)
CATEGORY(G, "Geolocation", "Where a person or a device is or was", V1 "(G)",
	SINCE_CPRA)
CATEGORY(H, "Audio, electronic, visual information",
	"Recordings of calls, pictures, video, thermal and olfactory data",
	V1 "(H)", SINCE_CPRA)
CATEGORY(I, "Professional information", "Work and employment", V1 "(I)",
	SINCE_CPRA)
CATEGORY(J, "Education information",
	"Records of schools that are not public (FERPA)", V1 "(J)", SINCE_CPRA)
CATEGORY(K, "Inferences", "A profile drawn from any of the others", V1 "(K)",
	SINCE_CPRA)
CATEGORY(L, "Sensitive personal information",
	"What Civ. Code 1798.140(ae) lists, by its own kinds", V1 "(L)",
	SINCE_CPRA)
#undef V1
#undef CATEGORY
