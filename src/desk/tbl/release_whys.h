/*
 * RELEASE_WHY(NAME, "code", title, citation): what staff may say why somebody is taken
 * off the list who is there by their own word or by law.  Without one of these nobody
 * is: opting in takes two acts of the person, and a command is none of them.
 */
RELEASE_WHY(MISTAKE, "mistake", "it was entered by mistake, and nobody had said so", "")
RELEASE_WHY(OPTED_IN, "opted-in",
	"they opted in elsewhere, in two separate acts", "11 CCR 7028(a), 7070, 7071")
