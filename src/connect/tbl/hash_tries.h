/*
 * HASH_TRY(kind, value): what a database's toyon_drop_hash() must hash as ident/
 * does before it is trusted: each kind that is asked of it, each kind of letter,
 * and values that give no key.
 */
HASH_TRY("email", " Anna.Smith@Domain.COM")
HASH_TRY("email", "J\xc3\x96RG@b\xc3\xbc" "cher.example")
HASH_TRY("phone", "+1(415)555-9317")
HASH_TRY("phone", "none")
HASH_TRY("maid", "a3f1c2d4-5678-90ab-cdef-1234567890ab")
HASH_TRY("vin", "1HGCM82633A004352")
HASH_TRY("vin", "1HGCM82633A00435")
HASH_TRY("ctvid", "SmartTV_9F8E7D6C")
HASH_TRY("first", "Juan Pablo")
HASH_TRY("first", "\xd0\xae\xd0\xbb\xd0\xb8\xd1\x8f")
HASH_TRY("last", "\xc5\x81ukasiewicz-O\xe2\x80\x99Neill")
HASH_TRY("last", "\xce\xa0\xce\xb1\xcf\x80\xce\xb1\xce\xb4\xce\xac\xce\xba\xce\xb7\xcf\x82")
HASH_TRY("dob", "July 4, 1776")
HASH_TRY("dob", "7/4/76")
HASH_TRY("zip", " 00712345")
HASH_TRY("zip", "M1B 1A1")
#undef HASH_TRY
