/* CHOICE(name, "value", "words"): what can be answered where nothing is typed. */
CHOICE(pieces, "categories", "The kinds of information only")
CHOICE(pieces, "specific", "The information itself")
CHOICE(range, "all", "Everything")
CHOICE(range, "dates", "Certain dates only")
CHOICE(code_by, "email", "Email")
CHOICE(code_by, "sms", "Text message")
CHOICE(letter_by, "email", "By email")
CHOICE(letter_by, "paper", "By mail")
CHOICE(declared, "yes", "Yes")
CHOICE(stop_sale, "yes", "Yes")
CHOICE(stop_sale, "no", "No")
#undef CHOICE
