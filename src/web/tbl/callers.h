/*
 * CALLER(path, title, what callers say): the requests of the phone line, by the words in
 * which people ask for them.
 */
CALLER("opt-out", "Stop selling or sharing it",
	"“Take me off your list.” “Who sold you my number?” “Stop giving "
	"out my details.”")
CALLER("delete", "Delete it",
	"“Delete my account.” “Remove everything you have on me.”")
CALLER("know", "See what is known",
	"“What do you have on me?” “Where did you get my address?”")
CALLER("correct", "Correct it",
	"“You have my name wrong.” “That is my old address.”")
CALLER("limit", "Limit the use of sensitive information",
	"“Stop tracking where I am.” “Don’t use my health data.”")
CALLER("opt-out-admt", "Opt out of automated decisions",
	"“I want a person to decide, not a computer.”")
CALLER("access-admt", "See how automated decisions were made",
	"“Why did the computer turn me down?” “How did you score me?”")
CALLER("appeal-admt", "Have a person review a decision",
	"“I want somebody to look at this again.”")
#undef CALLER
