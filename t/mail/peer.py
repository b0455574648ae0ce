"""An SMTP server that does what the recipient's name says.

Stores each message it takes as DIR/N.eml, with the envelope in DIR/N.env.
Writes the ports of its listeners to DIR/ports, then waits for its stdin to end.
"""
import asyncio
import itertools
import os
import socket
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

DIR, CERT, KEY = sys.argv[1:4]
count = itertools.count(1)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("banned@"):
            return "550 5.7.1 not from " + address
        envelope.mail_from = address
        return "250 2.1.0 fine"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name.startswith("rcpt"):
            return "%s about %s" % (name[4:7], address)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name.startswith("data"):
            return "%s about %s" % (name[4:7], envelope.rcpt_tos[0])
        if name == "drop":
            server.transport.abort()
            return "451 gone"
        if name == "slow":
            await asyncio.sleep(3)
            return "451 too late"
        n = next(count)
        with open(os.path.join(DIR, "%d.eml" % n), "wb") as f:
            f.write(envelope.original_content)
        with open(os.path.join(DIR, "%d.env" % n), "w") as f:
            f.write("%s\n%s\n%s\n%s\n" % (
                envelope.mail_from, ",".join(envelope.rcpt_tos),
                "tls" if server.transport.get_extra_info("cipher") else "plain",
                session.auth_data or "nobody"))
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (b"desk", b"geheim \xc3\xbc!")
    return AuthResult(success=good, handled=False,
                      auth_data="desk" if good else None)


class Quiet(SMTP):
    """Refuses everybody in the greeting, or hangs up before it."""

    greeting = b""

    def connection_made(self, transport):
        transport.write(self.greeting)
        transport.close()


class Closed(Quiet):
    greeting = b"554 5.3.2 we do not talk to you\r\n"


class Busy(Quiet):
    greeting = b"421 4.3.2 too busy\r\n"


async def listen(loop, make, tls=None):
    server = await loop.create_server(make, "127.0.0.1", 0, ssl=tls)
    return server.sockets[0].getsockname()[1]


async def main():
    loop = asyncio.get_running_loop()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERT, KEY)
    handler = Handler()
    ports = {
        "plain": await listen(loop, lambda: SMTP(handler)),
        "starttls": await listen(loop, lambda: SMTP(
            handler, tls_context=tls, require_starttls=True,
            auth_required=True, authenticator=authenticate)),
        "smtps": await listen(loop, lambda: SMTP(handler), tls),
        "closed": await listen(loop, lambda: Closed(handler)),
        "busy": await listen(loop, lambda: Busy(handler)),
        "mute": await listen(loop, lambda: Quiet(handler)),
    }
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        ports["nobody"] = s.getsockname()[1]
    path = os.path.join(DIR, "ports")
    with open(path + ".new", "w") as f:
        for name, port in ports.items():
            f.write("%s=%d\n" % (name, port))
    os.rename(path + ".new", path)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
