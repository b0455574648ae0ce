/*
 * DROP_VECTOR(field, input, standardized, hash): the examples that the State has
 * published with its specification 1.2.0, those inside composites too.  A
 * composite's parts have "|" between them; its standardized text is nothing that
 * people read, and is not compared.
 */
DROP_VECTOR("first", "Juan Pablo", "juanpablo",
	"91hIbrbzNeqHs3o81O5yNrXUj7wDd2shvZ6THKi9qz8=")
DROP_VECTOR("last", "Martinez", "martinez",
	"2wRPGbwBNxhShjRczx8GfS2c4cjvs4NJskeWloUNtp8=")
DROP_VECTOR("dob", "July 4, 1776", "17760704",
	"skXYXxBER6HQTZ3rXSZH1wVGLQ054mS5rbR/bwvzy4I=")
DROP_VECTOR("zip", "91790-3771", "91790",
	"2FPZucR4x7U8KlM+SFAX4LPGhwNz/PIZUCSUdDh0o/s=")
DROP_VECTOR("zip", "M1B 1A1", "m1b1a",
	"n8L9q8mVeT6Xt9/EeUNiTukGDrkbPJ3DvOEx14uElxk=")
DROP_VECTOR("zip", " 00712345", "71234",
	"aeNUYKh7Xw5sqpxSbSP9eOHsj6iXewbUyavv89DIuhQ=")
DROP_VECTOR("zip", "00712345", "71234",
	"aeNUYKh7Xw5sqpxSbSP9eOHsj6iXewbUyavv89DIuhQ=")
DROP_VECTOR("zip", " 00300-9999", "300",
	"mDvWFLta/s5as7YCP3EUfNe2vCMU+dJ690IlQcZVg4k=")
DROP_VECTOR("email", "Anna.Smith@Domain.com", "anna.smith@domain.com",
	"KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhE=")
DROP_VECTOR("email", "danielle.johnson12@example.com",
	"danielle.johnson12@example.com",
	"mKDnDvwF2inxrKcK1hJN2TRkxPfL6kzNNTtU12eH8Bw=")
DROP_VECTOR("phone", "+1(415)555-9317", "4155559317",
	"vGM7y5n+hBXRSEAklhHDPCbysyNgYTmXdMcagGUOY8E=")
DROP_VECTOR("phone", "+84(90)123 4567", "4901234567",
	"ptzVkgbv9DonwvPCHmXmJ2SEOaolSh37z3ZzY/Gmm+U=")
DROP_VECTOR("phone", "+354(123)4567", "3541234567",
	"Btrzydf5K6ALAKKXJGFHSx7u5bDzHC9WlVYtpq1n2rY=")
DROP_VECTOR("vin", "1HGCM82633A004352", "1hgcm82633a004352",
	"iNswy1m+0VSt8jAfFrvaiQ1R/0HAbgSwNGkwqo6QBss=")
DROP_VECTOR("maid", "a3f1c2d4-5678-90ab-cdef-1234567890ab",
	"a3f1c2d4567890abcdef1234567890ab",
	"250KY6lOgzYUB3EHrkbDCE2kMEZQE69SF38muhoDudI=")
DROP_VECTOR("ctvid", "SmartTV_9F8E7D6C", "smarttv9f8e7d6c",
	"d9fxuTIrKksBXYDlaWsvQbcyUUfCbUx7v78gd+KP+tc=")
DROP_VECTOR("first", "Danielle", "danielle",
	"5dUD1FgiKcTJq+JQ5JZUdlyIXrSbtJ338YYbt5/HNG4=")
DROP_VECTOR("last", "Johnson", "johnson",
	"K+TjOqPiH2/3rRRPj9WCKKHM47UDQLSAX/DGNIDuxIg=")
DROP_VECTOR("dob", "July 4, 1985", "19850704",
	"IWi7qxOAbBJe0fNciDj76Eg84gmj40rB7aNMK/VnFOI=")
DROP_VECTOR("ndz", "Danielle|Johnson|July 4, 1985|91790", NULL,
	"PQOfn1RffEKmqMmNAzDKKaoZCwxWbQZkQzPWmQo9REA=")
DROP_VECTOR("ndz", "Danielle|Johnson|1985-07-04|91790", NULL,
	"PQOfn1RffEKmqMmNAzDKKaoZCwxWbQZkQzPWmQo9REA=")
DROP_VECTOR("first", "Eve", "eve",
	"hSYq33RRi7twx8uUzWFZ2RZp5age3x7+vVQ+rb2p+is=")
DROP_VECTOR("last", "Genesis", "genesis",
	"ruutSnlvzC4V3ExgYbRe2bNz8mrfx5jKfS2MxYGCcY4=")
DROP_VECTOR("name_vin", "Eve|Genesis|1HGCM82633A004352", NULL,
	"rtnDuXIe63jXYQQXW5r07GJ7lSsrib8+46QuKFwkOmk=")
#undef DROP_VECTOR
