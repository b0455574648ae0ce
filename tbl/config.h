/*
 * CONFIG(name, kind, default, help): what the program must know before it can
 * open its database.  It stands in DIR/toyon.yaml; TOYON_NAME in the environment
 * goes before the file.  Everything else is a setting (tbl/settings.h).
 */
CONFIG(listen, TEXT, "127.0.0.1:8085", "address and port that pages and API are served on")
CONFIG(base_url, TEXT, "", "the address people use, as https://privacy.example.com; empty: http://LISTEN")
CONFIG(database, TEXT, "", "postgresql://... when several machines share one; empty: toyon.db in the folder")
CONFIG(data_map, TEXT, "datamap.yaml", "the file that says which systems hold personal data")
CONFIG(credentials, TEXT, "credentials", "the folder with one secret a file (connections, passwords)")
CONFIG(mail_server, TEXT, "", "smtp://host:port or smtps://host:port; empty: letters go to the outbox folder")
CONFIG(mail_from, TEXT, "", "the address letters come from; empty: the business's contact address")
CONFIG(mail_user, TEXT, "", "the name to sign in to the mail server with; its password is the secret mail_password")
CONFIG(inbox, TEXT, "", "a Maildir to which email to the business's contact address is delivered; `toyon serve` reads it and answers with how to make a request, and staff enter what is one; empty: nobody reads mail but people")
CONFIG(sms_url, TEXT, "", "address of a gateway for text messages, with {to}, {text} and {secret} in it or in sms_body; empty: codes go by email only. Its secret is the secret sms_secret")
CONFIG(sms_header, TEXT, "", "a header for the gateway, as Authorization: Bearer {secret}")
CONFIG(sms_body, TEXT, "", "what is posted to the gateway, JSON or a form, with {to} and {text}; empty: the address says it all, and it is a GET")
CONFIG(account_url, TEXT, "", "the business's own page where an account holder signs in again and comes back with an assertion; empty: there are no accounts. Its key is the secret account_key")
CONFIG(portal, FLAG, "no", "account holders see what is held of them on the page /your-data, after they signed in again at account_url (11 CCR 7024(g)); what needs no person is made and shown without staff")
CONFIG(trusted_proxies, TEXT, "", "addresses whose X-Forwarded-For is believed, with commas between")
CONFIG(web_threads, NUMBER, "4", "how many requests are worked on at once")
CONFIG(api_calls, NUMBER, "6000", "calls a minute that each API key may make, counted in each web process")
CONFIG(log, TEXT, "logfmt", "logfmt or json")
CONFIG(log_level, TEXT, "info", "debug, info, warn or error")
CONFIG(demo, FLAG, "no", "everything is made up: pages say so, and the clock may be moved")
CONFIG(clock, TEXT, "", "moves the clock of a demo, as +21d or -3h; refused elsewhere")
CONFIG(drop_url, TEXT, "https://api.drop.privacy.ca.gov", "the State's platform; its sandbox is https://api.drop.privacy.ca.gov/sandbox. The key is the secret drop_api_key, webhooks' secret drop_webhook_secret")
CONFIG(drop_broker, TEXT, "", "the data broker's number there, four digits; empty: not a data broker")
#undef CONFIG
