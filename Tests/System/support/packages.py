"""What a system test needs and this machine may lack. Python packages come from PyPI into a folder of the
test's own, so nothing that the user has installed is changed; programs come from Debian."""
import atexit
import importlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def need(**packages):
    """Imports each module, installing what is missing: need(yaml="PyYAML"). Ends the test with what
    pip says when that fails."""
    missing = []
    for module, package in packages.items():
        try:
            importlib.import_module(module)
        except ImportError:
            missing.append(package)
    if missing:
        folder = tempfile.mkdtemp()
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        answer = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--target", folder, *missing], text=True, capture_output=True, timeout=420)
        if answer.returncode != 0:
            sys.exit(f"pip cannot install {', '.join(missing)}:\n{answer.stderr}")
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
    return [importlib.import_module(module) for module in packages]


def need_program(name, package):
    """Where the program is; installs Debian's `package` when it is missing. Nothing may be started by that."""
    tool = shutil.which(name)
    if tool is not None:
        return tool
    install = f"apt-get install -y -qq --no-install-recommends {package}"
    policy = Path("/usr/sbin/policy-rc.d")
    made = not policy.exists()
    try:
        if made:
            policy.write_text("#!/bin/sh\nexit 101\n")
            policy.chmod(0o755)
        if subprocess.run(install, shell=True, capture_output=True).returncode != 0:
            subprocess.run(
                "apt-get update -qq && " + install, shell=True, check=True, capture_output=True)
    finally:
        if made:
            policy.unlink(missing_ok=True)
    return shutil.which(name)
