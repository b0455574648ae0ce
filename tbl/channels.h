/* CHANNEL(name, code, title): how a request was made (11 CCR 7101(b)). */
CHANNEL(WEB, "web", "Web form")
CHANNEL(SIGNAL, "signal", "Opt-out preference signal")
CHANNEL(PHONE, "phone", "Phone")
CHANNEL(MAIL, "mail", "Mail")
CHANNEL(EMAIL, "email", "E-mail")
CHANNEL(AGENT, "agent", "Authorized agent")
CHANNEL(API, "api", "API")
#undef CHANNEL
