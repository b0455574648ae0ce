/*
 * OTHERS_NAME(phrase)
 *
 * Words of a column's name (name_words.h) that say its value is somebody else's than
 * whose the row is.
 */
OTHERS_NAME("recipient")
OTHERS_NAME("receiver")
OTHERS_NAME("friend")
OTHERS_NAME("invitee")
OTHERS_NAME("invited")
OTHERS_NAME("referred")
OTHERS_NAME("referrer")
OTHERS_NAME("callee")
OTHERS_NAME("beneficiary")
OTHERS_NAME("emergency")
OTHERS_NAME("gift")
OTHERS_NAME("spouse")
OTHERS_NAME("partner")
OTHERS_NAME("parent")
OTHERS_NAME("guardian")
OTHERS_NAME("ship to")
OTHERS_NAME("send to")
OTHERS_NAME("sent to")
OTHERS_NAME("cc")
OTHERS_NAME("bcc")
