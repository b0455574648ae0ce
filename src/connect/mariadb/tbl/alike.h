/*
 * ALIKE(KIND, expression): rows whose column may hold an identifier, which is
 * somewhere in the expression's text ("+1 (916) 555-0142 x7" holds its ten
 * digits), for values in ASCII.  More rows than match are fine, ident/ decides
 * about each; fewer would lose people.  Rows with other letters always come.
 * A kind that is not listed reads the whole table.
 */
ALIKE(EMAIL, "lower(convert({column} using utf8mb4))")
ALIKE(PHONE, "regexp_replace(convert({column} using utf8mb4), '[^0-9]', '')")
ALIKE(MAID, "regexp_replace(lower(convert({column} using utf8mb4)), '[^0-9a-z]', '')")
ALIKE(CTVID, "regexp_replace(lower(convert({column} using utf8mb4)), '[^0-9a-z]', '')")
ALIKE(VIN, "regexp_replace(lower(convert({column} using utf8mb4)), '[^0-9a-z]', '')")
ALIKE(EMAIL_MD5, "lower(convert({column} using utf8mb4))")
ALIKE(PHONE_MD5, "lower(convert({column} using utf8mb4))")
#undef ALIKE
