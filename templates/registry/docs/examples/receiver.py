"""Takes each message of a webhook once, and refuses what the register did not sign."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

register = Webhook(os.environ["WEBHOOK_SECRET"])  # whsec_...
seen = set()  # in a database, where it outlives the program


class Receiver(BaseHTTPRequestHandler):
    """Stands behind a web server that speaks HTTPS."""

    def do_POST(self):
        """Answer at once with 204, or 401 to a stranger."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            message = register.verify(body, headers)
        except WebhookVerificationError:
            self.send_error(401)
            return
        if headers["webhook-id"] not in seen:
            seen.add(headers["webhook-id"])
            print(message["type"], message["data"].get("code", ""), flush=True)
        self.send_response(204)
        self.end_headers()


server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver)
print(f"Listening at port {server.server_port}.", flush=True)
server.serve_forever()
