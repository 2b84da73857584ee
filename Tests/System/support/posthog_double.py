"""A PostHog on loopback that keeps what it is sent: events by uuid, requests as they came."""
import base64
import gzip
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FLAGS = {"beta": {"key": "beta", "enabled": True, "variant": None, "reason": {"code": "condition_match"},
                  "metadata": {"id": 1, "version": 1, "payload": None}}}
DEFINITIONS = {"flags": [{"id": 2, "key": "local", "active": True, "version": 1, "filters": {
    "groups": [{"properties": [], "rollout_percentage": 100}]}}], "group_type_mapping": {}, "cohorts": {}}


class Double:
    def __init__(self):
        self.lock = threading.Lock()
        self.events, self.requests, self.arrived = [], [], {}
        # The uuids of each batch in the order of arrival, and how many requests are being read.
        self.batches, self.active = [], 0
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self, status, value, headers=()):
                body = json.dumps(value).encode()
                self.send_response(status)
                for name, text in headers:
                    self.send_header(name, text)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                with double.lock:
                    double.active += 1
                try:
                    self.take()
                finally:
                    with double.lock:
                        double.active -= 1

            def take(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                if len(body) < length:
                    return  # Its sender was killed in the middle of it.
                if body[:2] == b"\x1f\x8b":
                    body = gzip.decompress(body)
                if body.startswith(b"data="):
                    body = base64.b64decode(urllib.parse.unquote_plus(body.decode()[5:]))
                value = json.loads(body)
                path = self.path.split("?")[0].rstrip("/")
                with double.lock:
                    double.requests.append((self.path, dict(self.headers), value))
                    if path.endswith("/batch"):
                        double.batches.append([event.get("uuid") for event in value["batch"]])
                        for event in value["batch"]:
                            double.events.append(event)
                            uuid = event.get("uuid")  # posthog-python 3.7 sends none.
                            double.arrived[uuid] = double.arrived.get(uuid, 0) + 1
                if path == "/decide":
                    return self.answer(200, {"featureFlags": {"beta": True}, "featureFlagPayloads": {}})
                if path == "/flags":
                    return self.answer(200, {"flags": FLAGS, "errorsWhileComputingFlags": False, "requestId": "1"})
                self.answer(200, {"status": "Ok"})

            def do_GET(self):
                with double.lock:
                    double.requests.append((self.path, dict(self.headers), None))
                if "definitions" in self.path or "local_evaluation" in self.path:
                    if self.headers.get("If-None-Match") == '"1"':
                        self.send_response(304)
                        self.send_header("ETag", '"1"')
                        self.send_header("Content-Length", "0")
                        return self.end_headers()
                    return self.answer(200, DEFINITIONS, [("ETag", '"1"')])
                self.answer(404, {})

            def log_message(self, *arguments):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request, address):
                pass  # A gateway that is killed breaks its connections.

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self):
        """The events so far, which are then forgotten."""
        with self.lock:
            events, self.events = self.events, []
            return events
