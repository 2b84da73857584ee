"""Python packages that a system test needs and this machine may lack: they come from PyPI into a
folder of the test's own, so nothing that the user has installed is changed."""
import atexit
import importlib
import shutil
import subprocess
import sys
import tempfile


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
             "--target", folder, *missing], text=True, capture_output=True, timeout=180)
        if answer.returncode != 0:
            sys.exit(f"pip cannot install {', '.join(missing)}:\n{answer.stderr}")
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
    return [importlib.import_module(module) for module in packages]
