/*
 * ANSWER("name", "text"): what a request that is filed for somebody else may say of
 * them, by the names of desk/tbl/asked.h; first, last and city are of a stop by name
 * and address.  A kind is asked some of it, and what it is not asked is not kept.
 */
ANSWER("email", "Email address of the person")
ANSWER("phone", "US phone number of the person")
ANSWER("name", "Name of the person, for letters")
ANSWER("zip", "ZIP code of the person")
ANSWER("street", "Street and number")
ANSWER("city", "City and state, of an address that letters on paper go to")
ANSWER("first", "First name, of a stop by name and address")
ANSWER("last", "Last name, of a stop by name and address")
ANSWER("birth_date", "Date of birth, where the data map relies on it")
ANSWER("range", "To know: all or dates")
ANSWER("range_from", "To know: the first day")
ANSWER("range_to", "To know: the last day")
ANSWER("item", "To correct: what is wrong")
ANSWER("should_be", "To correct: what it should say")
ANSWER("decision", "An appeal: which decision, and what speaks against it")
ANSWER("parts", "To delete: only these categories, as A,C; everything without it (11 CCR 7022(h))")
ANSWER("stop_sale", "To delete: yes opts them out of sale and sharing at once")
#undef ANSWER
