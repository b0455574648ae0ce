/*
 * DEMO_PERSON(first, last, email, other email, phone, ZIP, street, city):
 * people that documents and tests call by name.  Each is in both systems with
 * several rows in each table.  The last two live together: a note in the CRM is
 * about both, and no other note is shared with anyone here.
 */
DEMO_PERSON("Ellen", "Tran", "e.tran@example.net", "ellen.tran@work.example", "9165550142", "95616", "410 F St", "Davis")
DEMO_PERSON("Maria", "Gomez", "maria.gomez@example.com", "mgomez@mail.example", "9165550117", "95814", "88 Q St", "Sacramento")
DEMO_PERSON("Luis", "Medina", "luis.medina@example.org", "luis@medina.example", "5105550163", "94607", "12 Linden St, Apt 4", "Oakland")
DEMO_PERSON("Dana", "Whitfield", "dana.whitfield@example.com", "dw@post.example", "6195550128", "92101", "905 Date St", "San Diego")
DEMO_PERSON("Omar", "Haddad", "omar.haddad@example.net", "o.haddad@inbox.example", "2135550175", "90012", "31 Alpine St", "Los Angeles")
DEMO_PERSON("Grace", "Kim", "grace.kim@example.org", "gkim@mail.example", "4085550109", "95112", "77 Empire St", "San Jose")
DEMO_PERSON("Nora", "Castillo", "nora.castillo@example.com", "nora@castillo.example", "5595550131", "93721", "5 Kern St", "Fresno")
DEMO_PERSON("Peter", "Castillo", "peter.castillo@example.com", "peter@castillo.example", "5595550132", "93721", "5 Kern St", "Fresno")
#undef DEMO_PERSON
