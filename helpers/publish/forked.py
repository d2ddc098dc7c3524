"""How a forked process becomes a kernel."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence


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
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    watched = f"--IPKernelApp.parent_handle={os.getppid()}"  # the kernel ends when the server does
    sys.argv = ["ipykernel_launcher", *arguments, watched]
    sys.path[:] = [entry for entry in sys.path if entry]
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - warm already

    IPKernelApp.launch_instance(argv=sys.argv[1:])
