/*
 * CATEGORY(letter, title): the categories of personal information, by the
 * letters of Civ. Code 1798.140(v)(1).
 */
CATEGORY('A', "identifiers")
CATEGORY('B', "customer records")
CATEGORY('C', "characteristics of protected classes")
CATEGORY('D', "commercial information")
CATEGORY('E', "biometric information")
CATEGORY('F', "internet or network activity")
CATEGORY('G', "geolocation data")
CATEGORY('H', "audio, visual and similar information")
CATEGORY('I', "professional or employment information")
CATEGORY('J', "education information")
CATEGORY('K', "inferences")
CATEGORY('L', "sensitive personal information")
#undef CATEGORY
