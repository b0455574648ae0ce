/*
 * LETTER(code point, "ascii")
 *
 * Lower-case letters that decomposition does not bring to ASCII, as the State's
 * standardization of names writes them (drop/1.2.0): Greek, Cyrillic, and what
 * is special in Latin.  The mapping is done before decomposition: the marks of
 * й, ё, ї and ў belong to the letter.  Accented Greek needs no row: its marks
 * fall away first in the look-up (name.c).  Ascending.
 */
LETTER(0x00DF, "ss") /* ß */
LETTER(0x00E6, "ae") /* æ */
LETTER(0x00F0, "d") /* ð */
LETTER(0x00F8, "o") /* ø */
LETTER(0x00FE, "th") /* þ */
LETTER(0x0111, "d") /* đ */
LETTER(0x0127, "h") /* ħ */
LETTER(0x0131, "i") /* ı */
LETTER(0x0133, "ij") /* ĳ */
LETTER(0x0140, "l") /* ŀ */
LETTER(0x0142, "l") /* ł */
LETTER(0x014B, "n") /* ŋ */
LETTER(0x0153, "oe") /* œ */
LETTER(0x03B1, "a") /* α */
LETTER(0x03B2, "v")
LETTER(0x03B3, "g")
LETTER(0x03B4, "d")
LETTER(0x03B5, "e")
LETTER(0x03B6, "z")
LETTER(0x03B7, "i")
LETTER(0x03B8, "th")
LETTER(0x03B9, "i")
LETTER(0x03BA, "k")
LETTER(0x03BB, "l")
LETTER(0x03BC, "m")
LETTER(0x03BD, "n")
LETTER(0x03BE, "x")
LETTER(0x03BF, "o")
LETTER(0x03C0, "p")
LETTER(0x03C1, "r")
LETTER(0x03C2, "s") /* ς */
LETTER(0x03C3, "s")
LETTER(0x03C4, "t")
LETTER(0x03C5, "y")
LETTER(0x03C6, "f")
LETTER(0x03C7, "ch")
LETTER(0x03C8, "ps")
LETTER(0x03C9, "o")
LETTER(0x0430, "a") /* а */
LETTER(0x0431, "b")
LETTER(0x0432, "v")
LETTER(0x0433, "g")
LETTER(0x0434, "d")
LETTER(0x0435, "e")
LETTER(0x0436, "zh")
LETTER(0x0437, "z")
LETTER(0x0438, "i")
LETTER(0x0439, "y") /* й */
LETTER(0x043A, "k")
LETTER(0x043B, "l")
LETTER(0x043C, "m")
LETTER(0x043D, "n")
LETTER(0x043E, "o")
LETTER(0x043F, "p")
LETTER(0x0440, "r")
LETTER(0x0441, "s")
LETTER(0x0442, "t")
LETTER(0x0443, "u")
LETTER(0x0444, "f")
LETTER(0x0445, "kh")
LETTER(0x0446, "ts")
LETTER(0x0447, "ch")
LETTER(0x0448, "sh")
LETTER(0x0449, "shch")
LETTER(0x044A, "") /* ъ */
LETTER(0x044B, "y")
LETTER(0x044C, "") /* ь */
LETTER(0x044D, "e")
LETTER(0x044E, "yu")
LETTER(0x044F, "ya")
LETTER(0x0451, "yo") /* ё */
LETTER(0x0454, "e") /* є */
LETTER(0x0456, "i") /* і */
LETTER(0x0457, "i") /* ї */
LETTER(0x045E, "u") /* ў */
LETTER(0x0491, "g") /* ґ */
#undef LETTER
