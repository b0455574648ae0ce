/*
 * ALIKE(KIND, is_inside, expression): rows whose column may hold one of the
 * identifiers in $1, for values in ASCII; is_inside: the identifier may stand
 * anywhere in the expression's text ("+1 (916) 555-0142 x7" holds its ten
 * digits), so $1 are patterns.  More rows than match are fine, ident/ decides
 * about each; fewer would lose people.  Rows with other letters always come.
 * A kind that is not listed reads the whole table.
 */
ALIKE(EMAIL, true, "lower({column}::text)")
ALIKE(PHONE, true, "regexp_replace({column}::text, '[^0-9]', '', 'g')")
ALIKE(MAID, false, "regexp_replace(lower({column}::text), '[^0-9a-z]', '', 'g')")
ALIKE(CTVID, false, "regexp_replace(lower({column}::text), '[^0-9a-z]', '', 'g')")
ALIKE(VIN, false, "regexp_replace(lower({column}::text), '[^0-9a-z]', '', 'g')")
ALIKE(EMAIL_MD5, true, "lower({column}::text)")
ALIKE(PHONE_MD5, true, "lower({column}::text)")
#undef ALIKE
