#!/usr/bin/env python3
"""Takes notifications of Railiance at http://127.0.0.1:PORT/, checks who sent them, and prints each once.

usage: WEBHOOK_SECRET=whsec_... receiver.py [PORT]
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"), validate=True)
TOLERANCE = 5 * 60
seen = set()


def genuine(headers, body):
    """Whether the holder of the secret has sent this lately (https://www.standardwebhooks.com)."""
    event, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > TOLERANCE:
        return False
    wanted = hmac.new(KEY, f"{event}.{at}.".encode() + body, hashlib.sha256).digest()
    given = [part[3:] for part in headers.get("webhook-signature", "").split() if part.startswith("v1,")]
    return any(hmac.compare_digest(base64.b64encode(wanted).decode(), one) for one in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not genuine(self.headers, body):
            self.answer(401)
            return
        event = json.loads(body)
        if event["id"] not in seen:
            seen.add(event["id"])
            data = event["data"]
            print(f"{event['type']} {data['app']} {data['phase']} next: {data['nextStep']['command']}", flush=True)
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8181), Receiver)
    print(f"listening on {server.server_port}", flush=True)
    server.serve_forever()
