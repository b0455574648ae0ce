/* CHANNEL(name, code, title, short): how a request was made (11 CCR 7101(b)). */
CHANNEL(WEB, "web", "Web form", "Web")
CHANNEL(SIGNAL, "signal", "Opt-out preference signal", "Signal")
CHANNEL(PHONE, "phone", "Phone", "Phone")
CHANNEL(MAIL, "mail", "Mail", "Mail")
CHANNEL(EMAIL, "email", "Email", "Email")
CHANNEL(AGENT, "agent", "Authorized agent", "Agent")
CHANNEL(API, "api", "API", "API")
CHANNEL(FOUND, "found", "What came to light: nobody asked", "Found")
#undef CHANNEL
