"""The work of `Benchmarks client` with PostHog's own client: the same calls, once up to the call's return,
once on to the bodies of the requests, which a stand-in for the HTTP session takes.

    python3 capture_posthog.py COUNT        with posthog==7.91.1
"""
import logging
import sys
import time

import posthog.request
from posthog import Posthog

logging.disable(logging.CRITICAL)
COUNT = int(sys.argv[1])


class Session:
    """Answers every request at once."""

    status_code = 200

    def post(self, url, data, headers, timeout):
        assert len(data) > 0
        return self


def call_all(client):
    for number in range(COUNT):
        client.capture("order_completed", distinct_id=f"user-{number % 5000}", properties={
            "plan": "pro", "items": number % 7, "price": 19.99, "gift": number % 2 == 0, "query": "swift on linux"})


def calls():
    # Without sending, a call ends where the event would be put into the queue.
    client = Posthog("phc_benchmark", host="http://127.0.0.1:1", send=False)
    start = time.process_time()
    call_all(client)
    return time.process_time() - start


def delivered():
    posthog.request._session = Session()
    client = Posthog("phc_benchmark", host="http://127.0.0.1:1", max_queue_size=COUNT)
    start = time.process_time()
    call_all(client)
    client.flush(timeout_seconds=None)
    seconds = time.process_time() - start
    client.shutdown()
    return seconds


for turn in range(1, 4):
    call, whole = (seconds / COUNT * 1e6 for seconds in (calls(), delivered()))
    print(f"posthog-python round {turn}: {COUNT} calls: cpu {call:.3f} us a call, {whole:.3f} us up to the request")
