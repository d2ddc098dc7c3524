"""How a forked process becomes a kernel."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from multiprocessing import connection


def serve(arguments: Sequence[str], folder: str, environment: Mapping[str, str]) -> None:
    """Become a kernel; runs in the forked process, and returns when the kernel ends.

    Parameters
    ----------
    arguments : sequence of str
        Those of the kernel's command line, the connection file among them.
    folder : str
        Working folder.
    environment : mapping
        All environment variables of the kernel.
    """
    os.setsid()  # Ctrl-C is for the runner, which ends its kernels
    threading.Thread(target=_end_with_runner, daemon=True).start()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    has_parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # it need not greet on the terminal
    sys.argv = ["ipykernel_launcher", *arguments, has_parent]
    sys.path[:] = [entry for entry in sys.path if entry]
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - warm already

    IPKernelApp.launch_instance(argv=sys.argv[1:])


def _end_with_runner() -> None:
    """End this process when the runner is gone; the process that forked it would stay with it."""
    runner = multiprocessing.parent_process()
    if runner is not None:
        connection.wait([runner.sentinel])
        os._exit(1)
