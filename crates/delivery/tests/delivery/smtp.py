"""A mail server for tests: aiosmtpd, which says one line of JSON for each letter that it takes.

Who a letter is for says what becomes of it: `grey` is told to come again the first time, `refused`
does not exist, `full` has no room after the letter was read, `silent` gets the letter, and the line
breaks before the server says so.

Without arguments it speaks in the clear; `smtps CERTIFICATE KEY` encrypts from the first byte, `starttls
CERTIFICATE KEY` when it is asked to, and takes nothing before.
"""

import asyncio
import json
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def said(part):
    payload = part.get_payload(decode=True) or b""
    kind = part.get_content_type()
    return {
        "type": kind,
        "file": part.get_filename(),
        "inline": part.get_content_disposition() == "inline",
        "id": part["Content-ID"],
        "text": payload.decode() if kind.startswith("text/") else payload.hex(),
    }


class Handler:
    def __init__(self):
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "refused":
            return "550 5.1.1 there is nobody of this name"
        if name == "grey" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        parts = [part for part in letter.walk() if not part.is_multipart()]
        kinds = [part.get_content_type() for part in letter.walk() if part.is_multipart()]
        line = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "user": session.auth_data.login.decode() if session.auth_data else None,
            "subject": letter["Subject"],
            "headers": [[name, str(value)] for name, value in letter.items()],
            "kinds": kinds,
            "parts": [said(part) for part in parts],
            "defects": [str(one) for part in letter.walk() for one in part.defects],
            "ascii": envelope.content.isascii(),
        }
        print(json.dumps(line), flush=True)
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "silent":
            server.transport.abort()
        if name == "full":
            return "452 4.2.2 no room"
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.password == b"p:w"
    return AuthResult(success=good, handled=False, auth_data=data)


async def main():
    handler = Handler()
    loop = asyncio.get_running_loop()
    mode, context = "clear", None
    if len(sys.argv) > 1:
        mode, certificate, key = sys.argv[1:]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    starttls = mode == "starttls"
    server = await loop.create_server(
        lambda: SMTP(
            handler,
            authenticator=authenticate,
            auth_require_tls=starttls,
            require_starttls=starttls,
            tls_context=context if starttls else None,
        ),
        "127.0.0.1",
        0,
        ssl=context if mode == "smtps" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    # Ends with the test that has its other end.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
