/*
 * DOCUMENT(USE, "code", when it was seen, when it was destroyed, "citation"): what a
 * document that comes with a request is used for; it serves nothing else.  The code is
 * on disk and part of the seal: never changed.  The events are rows of tbl/events.h.
 */
DOCUMENT(PERMISSION, "permission", PERMISSION_SEEN, PERMISSION_DESTROYED, "11 CCR 7060(d)")
DOCUMENT(CORRECTION, "correction", DOCUMENT_SEEN, DOCUMENTS_DESTROYED, "11 CCR 7023(d)")
DOCUMENT(PARENT, "parent form", PARENT_FORM_SEEN, PARENT_FORMS_DESTROYED, "11 CCR 7060(d)")
#undef DOCUMENT
