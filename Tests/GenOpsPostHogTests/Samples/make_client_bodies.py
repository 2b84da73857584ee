#!/usr/bin/env python3
"""Writes client-bodies.jsonl: what PostHog's own client sends for the calls of client-calls.json.

Each call is made by a client of its own against a server on this machine that keeps what it gets, once in
each of PostHog's two capture protocols. A line is one request: the call's name, the protocol, the path, the
headers that mean something and the body. What is another one in every run or on every machine is replaced
by a word in angle brackets. Usage: make_client_bodies.py > client-bodies.jsonl, with posthog==7.91.1.
"""

import json
import logging
import math
import sys
import threading
import uuid
import warnings
from contextlib import ExitStack
from datetime import datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from posthog import Posthog
from posthog.contexts import identify_context, new_context, set_context_session, tag

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

FOLDER = Path(__file__).parent
# Headers of HTTP itself, not of PostHog's protocols.
TRANSPORT = {"host", "accept", "accept-encoding", "connection", "content-length", "content-encoding"}
# Of this machine and this Python.
MACHINE = {"$os", "$os_version", "$os_distro", "$python_runtime", "$python_version"}


class Server(ThreadingHTTPServer):
    """PostHog's endpoints as far as the calls need them."""

    daemon_threads = True

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.answer, self.requests = answers, "flags", []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, dict(self.headers), body))
        if self.path.startswith("/flags"):
            answer = self.server.answers[self.server.answer]
        elif self.path == "/i/v1/analytics/events":
            answer = {"results": {event["uuid"]: {"result": "ok"} for event in body["batch"]}}
        else:
            answer = {"status": "Ok"}
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        """A server that is asked eighty times has nothing to tell."""


def value(written):
    """A value of the calls as a Python program has it."""
    if isinstance(written, list):
        return [value(item) for item in written]
    if not isinstance(written, dict):
        return written
    if len(written) == 1:
        (kind, text), = written.items()
        kinds = {"@date": lambda t: datetime.fromisoformat(t), "@uuid": uuid.UUID, "@url": str, "@decimal": Decimal,
                 "@float": float, "@repeat": lambda pair: pair[0] * pair[1], "@nest": nested}
        if kind in kinds:
            return kinds[kind](text)
    return {key: value(item) for key, item in written.items()}


def nested(depth):
    tree = {}
    for _ in range(depth):
        tree = {"in": tree}
    return tree


def make(client, call):
    """Makes one call, in its context."""
    kind = call.get("call", "capture")
    properties = value(call.get("properties", {}))
    person = value(call["distinct_id"]) if "distinct_id" in call else None
    options = {name: value(call[name]) for name in ("groups", "uuid") if name in call}
    if "timestamp" in call:
        options["timestamp"] = datetime.fromisoformat(call["timestamp"])
    if call.get("identified") is False:
        properties["$process_person_profile"] = False
    if kind in ("capture", "ai"):
        client.capture(call.get("event", "$ai_generation"), distinct_id=person, properties=properties, **options)
    elif kind == "set":
        client.set(distinct_id=person, properties=properties)
    elif kind == "set_once":
        client.set_once(distinct_id=person, properties=properties)
    elif kind == "identify":
        # The client has no call of its own for it any more.
        client.capture("$identify", distinct_id=person, properties={
            "$anon_distinct_id": call["anonymous_id"], "$set": properties, "$set_once": value(call["once"])})
    elif kind == "alias":
        client.alias(previous_id=person, distinct_id=call["alias"])
    elif kind == "group":
        (group, key), = call["groups"].items()
        client.group_identify(group, key, properties, distinct_id=person)
    elif kind == "exception":
        # As a class of the module that the Swift test's error is of.
        error = type("PaymentError", (Exception,), {"__module__": "GenOpsPostHogTests"})
        try:
            raise error("no route to the bank")
        except error as caught:
            client.capture_exception(caught, distinct_id=person, properties=properties, **options)
    elif kind == "flags":
        flags = client.evaluate_flags(person, groups=call.get("groups", {}))
        for name in call["read"]:
            flags.get_flag(name)
        if "event" in call:
            client.capture(call["event"], distinct_id=person, properties=properties, flags=flags)
    else:
        sys.exit(f"client-calls.json: there is no call {kind!r}")


def masked(item, call, key=""):
    """What may be compared in every run."""
    if isinstance(item, list):
        items = [masked(member, call) for member in item]
        # A set of Python, in another order in every run.
        return sorted(items) if key == "$context_tags" else items
    if isinstance(item, float) and not math.isfinite(item):
        sys.exit("the client sent a number that JSON does not have")
    if not isinstance(item, dict):
        return item
    result = {}
    for name, member in item.items():
        is_event = "event" in item and "distinct_id" in item
        if name in MACHINE:
            result[name] = "<machine>"
        elif name in ("sent_at", "created_at") or is_event and name == "timestamp" and "timestamp" not in call:
            datetime.fromisoformat(member)
            result[name] = "<now>"
        elif is_event and name == "uuid" and "uuid" not in call or \
                is_event and name == "distinct_id" and is_random(member, call):
            uuid.UUID(member)
            result[name] = "<uuid>"
        elif name == "stacktrace":
            result[name] = "<stack>"
        else:
            result[name] = masked(member, call, name)
    return result


def is_random(person, call):
    return not call.get("distinct_id") and person != call.get("context", {}).get("distinct_id")


def headers_of(headers, protocol):
    kept = {name: text for name, text in headers.items() if name.lower() not in TRANSPORT}
    for name in ("PostHog-Request-Id", "PostHog-Request-Timestamp"):
        if name in kept:
            kept[name] = "<request>"
    return kept


def main():
    calls = json.loads((FOLDER / "client-calls.json").read_text())
    server = Server(calls["answers"])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    for call in calls["calls"]:
        for protocol, mode in (("batch", "v0"), ("per-event", "v1")):
            server.requests, server.answer = [], call.get("answer", "flags")
            client = Posthog(
                "phc_testkey", host=f"http://127.0.0.1:{server.server_port}", capture_mode=mode,
                historical_migration=call.get("historical", False), max_retries=0,
                super_properties=value(call.get("super", {})))
            with ExitStack() as stack:
                if context := call.get("context"):
                    stack.enter_context(new_context(fresh=True, client=client))
                    if "distinct_id" in context:
                        identify_context(context["distinct_id"])
                    if "session_id" in context:
                        set_context_session(context["session_id"])
                    for name, text in context.get("tags", {}).items():
                        tag(name, text)
                make(client, call)
            client.shutdown()
            for path, headers, body in server.requests:
                print(json.dumps(
                    {"name": call["name"], "protocol": protocol, "path": path,
                     "headers": headers_of(headers, protocol), "body": masked(body, call)},
                    sort_keys=True, ensure_ascii=False))
    server.shutdown()


main()
