#!/usr/bin/env python3
"""Writes context-cases.json: what PostHog's own client sends within its contexts, and of chained errors.

Of each event the name, the person and the properties that contexts and errors make; without stacks, times,
ids and what tells of the machine. Usage: make_context_cases.py > context-cases.json, with posthog==7.91.1
installed.
"""
import gzip
import json
import logging
import threading
import uuid
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from posthog import Posthog, identify_context, new_context, set_context_session, tag

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
KEPT = ("$context_tags", "$session_id", "$exception_list", "$exception_level", "$group_type", "alias")


class Recorder(BaseHTTPRequestHandler):
    events = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        Recorder.events += json.loads(body)["batch"]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"status": 1}')

    def log_message(self, *arguments):
        pass


class Declined(Exception):
    pass


def chain():
    """An error that was caused by another, which the system made."""
    try:
        try:
            raise OSError(13, "no access")
        except OSError as error:
            raise Declined("declined") from error
    except Declined as error:
        return error


def group():
    """Two errors that stand for one."""
    try:
        raise ExceptionGroup("two", [chain(), ValueError("second")])
    except ExceptionGroup as error:
        return error


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = Posthog("phc_test", host=f"http://127.0.0.1:{server.server_port}", flush_at=1)
    with new_context():
        client.capture("no tags", distinct_id="ann")
        identify_context("ann")
        set_context_session("s-1")
        tag("path", "/cart")
        tag("plan", "free")
        client.capture("viewed", properties={"plan": "paid"})
        with new_context():
            tag("inner", 1)
            tag("path", "/pay")
            client.capture("inner")
        client.capture("own", properties={"$context_tags": ["mine"]})
        client.group_identify("company", "acme", {"size": 7})
        client.alias("old", "ann")
        client.capture_exception(chain())
        client.capture("id", properties={"order": uuid.UUID("ABCDEF00-0000-4000-8000-00000000000A")})
    client.capture("outside", distinct_id="ann")
    client.capture_exception(group(), distinct_id="ann")
    client.shutdown()
    cases = []
    for event in Recorder.events:
        properties = {name: value for name, value in event["properties"].items()
                      if name in KEPT or not name.startswith("$") and name != "distinct_id"}
        # A set of Python has no order.
        if "$context_tags" in properties:
            properties["$context_tags"].sort()
        for entry in properties.get("$exception_list", []):
            entry.pop("stacktrace", None)
        cases.append({"event": event["event"], "distinct_id": event["distinct_id"], "properties": properties})
    print(json.dumps(cases, indent=1, sort_keys=True))


main()
