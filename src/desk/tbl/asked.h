/*
 * ASKED(QUESTION, name, "field of the law", "title"): what the forms ask.  The name is
 * that of the form field and of its place in struct person; the field is a row of
 * law/tbl/fields.h, which says which kinds may have it; the title stands beside the
 * answer where people check them and where staff read them.
 */
ASKED(PIECES, pieces, "pieces", "To see")
ASKED(RANGE, range, "range", "From which time")
ASKED(RANGE, range_from, "range", "First day")
ASKED(RANGE, range_to, "range", "Last day")
ASKED(ITEM, item, "item", "What is wrong")
ASKED(ITEM, should_be, "should-be", "What it should say")
ASKED(DECISION, decision, "decision", "The decision, and what speaks against it")
ASKED(PARTS, parts, "scope", "To delete")
ASKED(FIND, email, "email", "Email address")
ASKED(FIND, phone, "phone", "Phone number")
ASKED(FIND, code_by, "code", "Code sent by")
ASKED(DETAILS, zip, "zip", "ZIP code")
ASKED(DETAILS, name, "name", "Your name")
ASKED(DETAILS, street, "address", "Street and number")
ASKED(DETAILS, birth_date, "point", "Date of birth")
ASKED(DECLARATION, declared, "declaration", "Declared under penalty of perjury")
ASKED(DECLARATION, signed_by, "declaration", "Signed by")
ASKED(DELIVERY, letter_by, "delivery", "Our answer comes")
ASKED(DELIVERY, postal, "delivery", "Postal address")
ASKED(SALE, stop_sale, "opt-out", "Stop selling it")
#undef ASKED
