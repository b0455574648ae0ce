"""HTTP APIs to test the connector with: over SQLite files, in five manners.

http_server.py run CMD...   runs CMD with TOYON_TEST_HTTP=http://127.0.0.1:PORT

A service is one SQLite file: /db/PATH/..., the path percent-encoded as one
piece.  Its tables are

    /db/PATH/t/TABLE/search           POST, a cursor in the body, rows nested
    /db/PATH/t/TABLE/{page,offset,link,url}   GET, in four manners of paging
    /db/PATH/t/TABLE/rows/KEY?key=COLUMN      GET, DELETE, PATCH

with `column` and `values` for a look-up, and `alike` for one that takes any
spelling for the same and finds too much.  /hard/NAME is a service that is
difficult in the way that NAME says.
"""
import base64
import hashlib
import http.server
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import unicodedata
import urllib.parse

PAGE = 20
TOKEN = "geheim"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def folded(text):
    text = unicodedata.normalize("NFKC", str(text)).casefold()
    return "".join(c for c in text if c.isalnum())


class Away(Exception):
    """An answer that ends the request."""

    def __init__(self, status, headers=()):
        super().__init__(status)
        self.status, self.headers = status, headers


class Service:
    """The tables of one file."""

    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None, timeout=5)
        self.db.row_factory = sqlite3.Row
        self.db.execute("pragma foreign_keys = on")

    def has(self, table, *columns):
        there = {r["name"] for r in self.db.execute(f"pragma table_info({quoted(table)})")}
        if not there or not set(columns) <= there:
            raise Away(404)

    def rows(self, table, asked):
        column = asked.get("column")
        self.has(table, *([column] if column else []))
        sql = f"select * from {quoted(table)}"
        if column is None:
            return [dict(r) for r in self.db.execute(sql + " order by rowid")]
        if asked.get("alike"):
            wanted = [folded(v) for v in asked["values"]]
            return [dict(r) for r in self.db.execute(sql + " order by rowid")
                    if r[column] is not None and any(w in folded(r[column]) for w in wanted)]
        marks = ", ".join("?" * len(asked["values"]))
        return [dict(r) for r in self.db.execute(
            f"{sql} where {quoted(column)} in ({marks}) order by rowid", asked["values"])]

    def change(self, method, table, key, value, body):
        self.has(table, key)
        where = f"where {quoted(key)} = ?"
        try:
            if method == "DELETE":
                n = self.db.execute(f"delete from {quoted(table)} {where}", [value]).rowcount
            else:
                body = body.get("properties", body)
                self.has(table, *body)
                sets = ", ".join(f"{quoted(c)} = ?" for c in body)
                n = self.db.execute(f"update {quoted(table)} set {sets} {where}",
                                    [*body.values(), value]).rowcount
        except sqlite3.IntegrityError:
            raise Away(409) from None
        if not n:
            raise Away(404)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    counts = {}

    def log_message(self, *args):
        pass

    def answer(self, status, value=None, headers=()):
        body = b"" if value is None else json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body if status != 204 else b"")

    def do_any(self):
        url = urllib.parse.urlsplit(self.path)
        pieces = [urllib.parse.unquote(p) for p in url.path.split("/")[1:]]
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        try:
            if pieces[0] == "hard":
                self.hard(pieces[1:], url.query, body)
            elif pieces[0] == "db":
                self.service(pieces[1], pieces[2:], url.query, body)
            else:
                raise Away(404)
        except Away as why:
            self.answer(why.status, {"error": "secret"}, why.headers)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_any

    # --- tables --------------------------------------------------------------

    def service(self, path, pieces, query, body):
        if self.headers.get("Authorization") != "Bearer " + TOKEN:
            raise Away(401)
        service = Service(path)
        try:
            if pieces == ["ping"]:
                return self.answer(200, {})
            table, manner = pieces[1], pieces[2]
            fields = self.fields(query)
            if manner == "rows" and self.command == "GET":
                asked = {"column": fields["key"], "values": [pieces[3]]}
                rows = service.rows(table, asked)
                if not rows:
                    raise Away(404)
                return self.answer(200, {"row": rows[0]})
            if manner == "rows":
                service.change(self.command, table, fields["key"], pieces[3],
                               json.loads(body) if body else {})
                return self.answer(204)
            asked = json.loads(body) if body else fields
            rows = service.rows(table, asked)
            return getattr(self, manner)(rows, asked)
        finally:
            service.db.close()

    @staticmethod
    def fields(query):
        """Values are parted by the commas that are not encoded."""
        out = {}
        for pair in query.split("&") if query else ():
            name, _, value = pair.partition("=")
            if name == "values":
                out[name] = [urllib.parse.unquote(v) for v in value.split(",")]
            else:
                out[name] = urllib.parse.unquote(value)
        return out

    def search(self, rows, asked):
        at = int(asked.get("after", 0))
        value = {"results": [{"properties": r} for r in rows[at:at + PAGE]]}
        if len(rows) > at + PAGE:
            value["paging"] = {"next": {"after": str(at + PAGE)}}
        self.answer(200, value)

    def page(self, rows, asked):
        at = (int(asked["page"]) - 1) * PAGE
        self.answer(200, {"items": rows[at:at + PAGE]})

    def offset(self, rows, asked):
        at = int(asked["offset"])
        self.answer(200, rows[at:at + PAGE])

    def here(self, at):
        path, _, query = self.path.partition("?")
        query = "&".join(p for p in query.split("&") if p and not p.startswith("at="))
        return f"{path}?{query}&at={at}"

    def link(self, rows, asked):
        at = int(asked.get("at", 0))
        headers = []
        if len(rows) > at + PAGE:
            next_ = f"http://{self.headers['Host']}{self.here(at + PAGE)}"
            headers = [("Link", f'<{next_}&x=a,b>; title="a, b"; rel="next", </>; rel="first"')]
        self.answer(200, {"rows": rows[at:at + PAGE]}, headers)

    def url(self, rows, asked):
        at = int(asked.get("at", 0))
        more = len(rows) > at + PAGE
        self.answer(200, {"rows": rows[at:at + PAGE], "next": self.here(at + PAGE) if more else None})

    # --- services that are difficult -------------------------------------------

    def hard(self, pieces, query, body):
        name = pieces[0]
        n = self.counts[name] = self.counts.get(name, 0) + 1
        rows = {"rows": [{"id": 1, "email": "Ann@X.example"}]}
        fields = self.fields(query)
        way = getattr(self, "hard_" + name.split("-")[0])
        way(n, rows, fields, body, pieces[1:])

    def hard_plain(self, n, rows, fields, body, rest):
        self.answer(200, rows)

    def hard_status(self, n, rows, fields, body, rest):
        if rest[-1:] == ["ping"]:
            return self.answer(200, {})
        raise Away(int(rest[0]), [("Location", "http://127.0.0.1:1/elsewhere")])

    def hard_busy(self, n, rows, fields, body, rest):
        """Twice busy, for a second, then well."""
        if rest[-1:] == ["ping"]:
            self.counts[self.path.split("/")[2]] = 0
            return self.answer(200, {})
        if n <= 2:
            raise Away(429 if n == 1 else 503, [("Retry-After", "1")] if n == 1 else [])
        self.answer(200, rows)

    def hard_patient(self, n, rows, fields, body, rest):
        if rest[-1:] == ["ping"]:
            return self.answer(200, {})
        raise Away(429, [("Retry-After", "86400")])

    def hard_basic(self, n, rows, fields, body, rest):
        want = base64.b64encode(f"me@x.example/token:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != "Basic " + want:
            raise Away(401)
        self.answer(200, rows)

    def hard_header(self, n, rows, fields, body, rest):
        if self.headers.get("X-Access-Token") != TOKEN or self.headers.get("X-More") != "yes":
            raise Away(401)
        self.answer(200, rows)

    def hard_query(self, n, rows, fields, body, rest):
        if fields.get("api_key") != TOKEN:
            raise Away(401)
        self.answer(200, rows)

    def hard_oauth(self, n, rows, fields, body, rest):
        """Its tokens are good for two requests."""
        if rest[-1:] == ["token"]:
            want = base64.b64encode(f"toyon%20desk:{TOKEN}".encode()).decode()
            if self.headers.get("Authorization") != "Basic " + want or \
                    body != b"grant_type=client_credentials&scope=read%20write":
                raise Away(401)
            self.counts["used"] = 0
            self.counts["token"] = self.counts.get("token", 0) + 1
            return self.answer(200, {"access_token": f"t{self.counts['token']}",
                                     "token_type": "bearer", "expires_in": 3600})
        self.counts["used"] = self.counts.get("used", 0) + 1
        if self.headers.get("Authorization") != f"Bearer t{self.counts.get('token')}" or \
                self.counts["used"] > 2:
            raise Away(401)
        self.answer(200, rows)

    def hard_elsewhere(self, n, rows, fields, body, rest):
        """A next page on another host."""
        self.answer(200, rows, [("Link", '<http://127.0.0.1:1/rows>; rel="next"')])

    def hard_circle(self, n, rows, fields, body, rest):
        rows["next"] = "again"
        self.answer(200, rows)

    def hard_garbage(self, n, rows, fields, body, rest):
        if rest[-1:] == ["ping"]:
            return self.answer(200, {})
        self.send_response(200)
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"secret")

    def hard_short(self, n, rows, fields, body, rest):
        """Says more than it sends."""
        if rest[-1:] == ["ping"]:
            return self.answer(200, {})
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"rows":[]}')
        self.close_connection = True

    def hard_slow(self, n, rows, fields, body, rest):
        if rest[-1:] != ["ping"]:
            time.sleep(3)
        self.answer(200, rows)

    def hard_nameless(self, n, rows, fields, body, rest):
        """Finds people, and does not say by what."""
        self.answer(200, {"rows": [{"id": 1}]})

    def hard_listless(self, n, rows, fields, body, rest):
        self.answer(200, {"data": []})

    def hard_rate(self, n, rows, fields, body, rest):
        """Ten requests, as fast as they come; how long they took."""
        times = self.counts.setdefault("times", [])
        times.append(time.monotonic())
        self.answer(200, {"rows": [{"id": int((times[-1] - times[0]) * 1000),
                                    "email": fields.get("email", "")}]})

    # The three services of examples/http, as far as their recipes go.

    people = {}

    def hard_hubspot(self, n, rows, fields, body, rest):
        path = "/".join(rest)
        if self.headers.get("Authorization") != "Bearer " + TOKEN:
            raise Away(401)
        people = self.people.setdefault(self.path.split("/")[2], {
            str(100 + i): {"email": f"p{i}@x.example", "phone": None, "firstname": "P"}
            for i in range(150)})
        if path == "account-info/v3/details":
            return self.answer(200, {"portalId": 1})
        if path == "crm/v3/objects/contacts/search":
            asked = json.loads(body)
            filter_ = asked["filterGroups"][0]["filters"][0]
            if filter_["operator"] != "IN" or not set(asked["properties"]) <= {
                    "email", "phone", "firstname", "lastname"} or asked["limit"] > 200:
                raise Away(400)
            # It takes letters of any size for the same.
            wanted = [v.lower() for v in filter_["values"]]
            found = [{"id": id_, "properties": p, "archived": False}
                     for id_, p in people.items()
                     if ((id_ if filter_["propertyName"] == "hs_object_id"
                          else p.get(filter_["propertyName"])) or "").lower() in wanted]
            return self.pages_after(found, asked.get("after"), asked["limit"])
        if path == "crm/v3/objects/contacts/batch/read":
            found = [{"id": i["id"], "properties": people[i["id"]]}
                     for i in json.loads(body)["inputs"] if i["id"] in people]
            return self.answer(207, {"status": "COMPLETE", "results": found})
        if path == "crm/v3/objects/contacts" and self.command == "GET":
            found = [{"id": id_, "properties": p} for id_, p in people.items()]
            return self.pages_after(found, fields.get("after"), int(fields["limit"]))
        if path == "crm/v3/objects/contacts/gdpr-delete" and self.command == "POST":
            if people.pop(json.loads(body)["objectId"], None) is None:
                raise Away(404)
            return self.answer(204)
        if path.startswith("crm/v3/objects/contacts/") and self.command == "PATCH":
            people[rest[-1]].update(json.loads(body)["properties"])
            return self.answer(200, {"id": rest[-1]})
        raise Away(404)

    def pages_after(self, found, after, limit):
        at = int(after or 0)
        value = {"total": len(found), "results": found[at:at + limit]}
        if len(found) > at + limit:
            value["paging"] = {"next": {"after": str(at + limit)}}
        self.answer(200, value)

    def hard_mailchimp(self, n, rows, fields, body, rest):
        path = "/".join(rest)
        password = base64.b64decode(
            self.headers.get("Authorization", "Basic ").split(" ")[1]).decode()
        if not password.endswith(":" + TOKEN):
            raise Away(401)
        if path == "3.0/ping":
            return self.answer(200, {"health_status": "Everything's Chimpy!"})
        people = self.people.setdefault(self.path.split("/")[2], {})
        if not people and "filled" not in self.people:
            for i in range(2500):
                email = f"p{i}@x.example"
                id_ = hashlib.md5(email.encode()).hexdigest()
                people[id_] = {"id": id_, "email_address": email.replace("p", "P"),
                               "merge_fields": {"FNAME": "P", "LNAME": "", "PHONE": ""}}
            self.people["filled"] = True
        if rest[:4] != ["3.0", "lists", "0a1b2c3d4e", "members"]:
            raise Away(404)
        if len(rest) == 4:
            at, count = int(fields["offset"]), int(fields["count"])
            return self.answer(200, {"members": list(people.values())[at:at + count],
                                     "total_items": len(people)})
        id_ = rest[4]
        if "@" in id_:
            id_ = hashlib.md5(id_.lower().encode()).hexdigest()
        if id_ not in people:
            raise Away(404)
        if rest[5:] == ["actions", "delete-permanent"] and self.command == "POST":
            del people[id_]
            return self.answer(204)
        if self.command == "PATCH":
            change = json.loads(body)
            people[id_]["merge_fields"].update(change.pop("merge_fields", {}))
            people[id_].update(change)
        self.answer(200, people[id_])

    def hard_shopify(self, n, rows, fields, body, rest):
        path = "/".join(rest[3:])
        if rest[:3] != ["admin", "api", "2024-10"]:
            raise Away(404)
        if self.headers.get("X-Shopify-Access-Token") != TOKEN:
            raise Away(401)
        people = self.people.setdefault(self.path.split("/")[2], {
            i: {"id": i, "email": f"p{i}@x.example", "phone": None, "first_name": "P",
                "last_name": None, "orders_count": int(i == 7)} for i in range(1, 601)})
        if path == "shop.json":
            return self.answer(200, {"shop": {}})
        if path in ("customers.json", "customers/search.json"):
            found = list(people.values())
            if path == "customers/search.json":
                _, value = fields["query"].split(":", 1)
                found = [p for p in found if p["email"] == value.strip('"').lower()]
            elif "ids" in fields:
                found = [p for p in found if str(p["id"]) in fields["ids"].split(",")]
            at, limit = int(fields.get("page_info", 0)), int(fields["limit"])
            headers = []
            if len(found) > at + limit:
                next_ = f"http://{self.headers['Host']}{self.path.split('?')[0]}" \
                        f"?limit={limit}&page_info={at + limit}"
                headers = [("Link", f'<{next_}>; rel="next"')]
            return self.answer(200, {"customers": found[at:at + limit]}, headers)
        id_ = int(rest[-1].removesuffix(".json"))
        if id_ not in people:
            raise Away(404)
        if self.command == "DELETE":
            if people[id_]["orders_count"]:
                raise Away(422)
            del people[id_]
            return self.answer(200, {})
        people[id_].update(json.loads(body)["customer"])
        self.answer(200, {"customer": people[id_]})


def main():
    if len(sys.argv) < 3 or sys.argv[1] != "run":
        sys.exit("http_server: run CMD...")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *args: None  # who hung up meant to
    threading.Thread(target=server.serve_forever, daemon=True).start()
    env = dict(os.environ, TOYON_TEST_HTTP=f"http://127.0.0.1:{server.server_port}")
    sys.exit(subprocess.run(sys.argv[2:], env=env, check=False).returncode)


main()
