/* VENDOR_ROLE(NAME, name, title): Civ. Code 1798.140(ag), (j) and (ai). */
VENDOR_ROLE(SERVICE_PROVIDER, service_provider, "service provider")
VENDOR_ROLE(CONTRACTOR, contractor, "contractor")
VENDOR_ROLE(THIRD_PARTY, third_party, "third party")
#undef VENDOR_ROLE
