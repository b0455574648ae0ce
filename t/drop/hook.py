"""Takes webhooks: a line of JSON each, with what openssl would sign, to stdout."""
import hashlib, hmac, http.server, json, sys, time

secret = open(sys.argv[1]).read().strip().encode()


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        at = self.headers["X-Webhook-Timestamp"]
        right = hmac.new(secret, at.encode() + b"." + body, hashlib.sha256)
        print(
            self.headers["X-Webhook-Event-Type"],
            json.loads(body)["id"] == self.headers["X-Webhook-Event-Id"],
            self.headers["X-Webhook-Signature"] == "sha256=" + right.hexdigest(),
            abs(time.time() - int(at)) < 60,
            flush=True,
        )
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Hook)
open(sys.argv[2], "w").write(str(server.server_port))
server.serve_forever()
