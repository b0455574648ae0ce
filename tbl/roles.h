/* ROLE(letter, code, title): the letters are those of tbl/permissions.h. */
ROLE('o', "owner", "Owner")
ROLE('p', "officer", "Privacy officer")
ROLE('a', "agent", "Support agent")
ROLE('r', "auditor", "Auditor")
#undef ROLE
