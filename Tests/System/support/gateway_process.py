"""genops-gateway as a process, started on a port of its own and stopped in any way."""
import atexit
import json
import os
import signal
import subprocess


class Gateway:
    def __init__(self, ledger, upstream, *words, port=0, token=None):
        """`token` is that of a dashboard, which --dashboard among the words asks for."""
        environment = {name: text for name, text in os.environ.items() if not name.startswith("GENOPS_")}
        if token:
            environment["GENOPS_DASHBOARD_TOKEN"] = token
        self.url = self.dashboard = None
        self.process = subprocess.Popen(
            ["genops-gateway", "--listen", f"127.0.0.1:{port}", "--upstream", upstream, "--ledger", str(ledger),
             *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
        # A test that fails leaves none behind.
        atexit.register(self.process.kill)
        self.lines = []
        for line in self.process.stderr:
            self.lines.append(line)
            said = json.loads(line) if line.startswith("{") else {}
            if said.get("message") == "listening":
                self.url = said["address"]
                self.port = int(said["address"].rsplit(":", 1)[1])
            if said.get("message") == "dashboard":
                self.dashboard = said["address"]
            if self.url and (self.dashboard or "--dashboard" not in words):
                break
        else:
            raise SystemExit("the gateway does not listen:\n" + "".join(self.lines))

    def end(self):
        """As a host does that is shut down: everything that is accepted is sent."""
        self.process.send_signal(signal.SIGTERM)
        rest = self.process.stderr.read()
        status = self.process.wait(timeout=60)
        if status != 0:
            raise SystemExit(f"the gateway ended with {status}:\n{rest}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.stderr.close()
        self.process.wait(timeout=60)
