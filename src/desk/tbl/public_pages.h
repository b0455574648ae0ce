/*
 * PUBLIC_PAGE(name, needs, path, header, has, hint): what `toyon doctor` and the
 * worker ask for at the address that people use.  needs: what of the settings makes it
 * a page of this business; header: sent with it; has: what a right answer contains;
 * hint: where to look when it has not.  A channel that leads nowhere is a fault of its
 * own (11 CCR 7004(a)(5)).
 */
PUBLIC_PAGE("start page", ALWAYS, "/", "", "/s",
	"base_url leads to something else, or the proxy in front of it does")
PUBLIC_PAGE("opt-out", SELLS, "/opt-out", "", "/opt-out",
	"the proxy keeps this path to itself: the link to opt out leads here")
PUBLIC_PAGE("signal", SELLS, "/", "Sec-GPC: 1", "Opt-Out Request Honored",
	"the proxy drops the header Sec-GPC, or answers from a cache: signals "
	"are not heard")
PUBLIC_PAGE("gpc.json", SELLS, "/.well-known/gpc.json", "", "\"gpc\"",
	"the proxy keeps /.well-known/ to itself")
PUBLIC_PAGE("limit", SENSITIVE, "/limit", "", "/limit",
	"the proxy keeps this path to itself: the link to limit leads here")
PUBLIC_PAGE("know", ALWAYS, "/r/know/scope", "", "/r/know/scope",
	"the proxy keeps /r/ to itself: nobody can ask to know")
PUBLIC_PAGE("delete", ALWAYS, "/r/delete/find", "", "/r/delete/find",
	"the proxy keeps /r/ to itself: nobody can ask to delete")
PUBLIC_PAGE("correct", ALWAYS, "/r/correct/item", "", "/r/correct/item",
	"the proxy keeps /r/ to itself: nobody can ask to correct")
PUBLIC_PAGE("status", ALWAYS, "/s", "", "/s",
	"the proxy keeps /s to itself: the links of letters lead there")
PUBLIC_PAGE("style", ALWAYS, "/assets/ledger.css", "", "",
	"the proxy keeps /assets/ to itself: pages are bare")
PUBLIC_PAGE("api", ALWAYS, "/api/v1/openapi.json", "", "\"openapi\"",
	"the proxy keeps /api/ to itself: programs can't ask")
#undef PUBLIC_PAGE
