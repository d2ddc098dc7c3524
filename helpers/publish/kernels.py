"""Kernels for the runner: forked from one warm process where that can be done, else started anew.

A kernel spends more time on importing than most notebooks on running. One process imports all of
it (:mod:`helpers.publish.warm`); each kernel is a fork of that process.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from helpers.errors import UsageError
from helpers.paths import KERNELS_VARIABLE, setting
from helpers.publish.forked import serve

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

    from jupyter_client.connect import KernelConnectionInfo

WARM, PLAIN = "warm", "plain"
# A free port may be taken by another program before the kernel binds it; a file's name may not.
TRANSPORT = "ipc" if os.name == "posix" else "tcp"
POLL_SECONDS = 0.01


def kind() -> str:
    """Return the kind of kernel to use: ``$HELPERS_KERNELS``, or what suits the system.

    Forking is safe where the system's own libraries start no threads; of those that can fork, that
    is sure of Linux alone.

    Raises
    ------
    UsageError
        If the variable names no kind, or warm kernels where processes cannot be forked.
    """
    chosen = setting(KERNELS_VARIABLE) or (WARM if sys.platform == "linux" else PLAIN)
    if chosen not in {WARM, PLAIN}:
        raise UsageError(f"{KERNELS_VARIABLE} is {chosen!r}, not {WARM} or {PLAIN}")
    if chosen == WARM and "forkserver" not in multiprocessing.get_all_start_methods():
        raise UsageError(f"{KERNELS_VARIABLE} is {WARM}, but this system cannot fork")
    return chosen


class Kernels:
    """The kernels of one run, which end with its context, or all at once.

    Parameters
    ----------
    kind : {"warm", "plain"}
        Forked from a warm process, or started as Jupyter does.

    Attributes
    ----------
    manager : type
        Kernel manager to hand to :class:`nbclient.NotebookClient`.
    """

    def __init__(self, kind: str) -> None:
        self._provisioners: list[_Plain | _Forked] = []
        self._folder = tempfile.TemporaryDirectory(prefix="kernels-")
        self._stopped = False
        self._lock = threading.Lock()
        self.manager = _manager(self, _Forked if kind == WARM else _Plain)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._folder.cleanup()

    def begin(self, provisioner: _Plain | _Forked) -> Path:
        """Note a kernel that is about to start, and return the path of its connection file.

        Raises
        ------
        RuntimeError
            If the run was stopped.
        """
        with self._lock:
            if self._stopped:
                raise RuntimeError("the run was stopped")
            self._provisioners.append(provisioner)
            return Path(self._folder.name) / f"{len(self._provisioners)}.json"

    def stop(self) -> None:
        """End every kernel, and let none start any more."""
        with self._lock:
            self._stopped = True
            for provisioner in self._provisioners:
                provisioner.end()


def _manager(kernels: Kernels, provisioner: type[_Plain | _Forked]) -> type[AsyncKernelManager]:
    class Manager(AsyncKernelManager):
        """Takes its kernels from a run's own provisioner, whatever the kernel's specification."""

        async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
            spec, name = self.kernel_spec, self.kernel_id or self.kernel_name
            own = provisioner(kernel_id=name, kernel_spec=spec, parent=self)
            connection = kernels.begin(own)
            self.provisioner = own
            self.connection_file, self.transport = str(connection), TRANSPORT
            if TRANSPORT == "ipc":
                self.ip = str(connection.with_suffix(""))  # where its sockets are, a file each
            return await super()._async_pre_start_kernel(**options)

        pre_start_kernel = _async_pre_start_kernel

    return Manager


class _Plain(LocalProvisioner):
    """A kernel in a process that starts from nothing."""

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()


class _Forked(LocalProvisioner):
    """A kernel in a fork of the warm process."""

    child: ForkServerProcess | None = None

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Fork the warm process; of the command, the arguments for the kernel's module count."""
        _, *arguments = cmd[cmd.index("-m") + 1 :]
        self.child = _fork(arguments, options["cwd"], options["env"])
        self.pid = self.child.pid
        return self.connection_info

    @property
    def has_process(self) -> bool:
        return self.child is not None

    async def poll(self) -> int | None:
        return self.child.exitcode if self.child else 0

    async def wait(self) -> int | None:
        while (code := await self.poll()) is None:
            await asyncio.sleep(POLL_SECONDS)
        self.child = None
        return code

    async def send_signal(self, signum: int) -> None:
        if self.child and self.child.pid and self.child.is_alive():
            os.kill(self.child.pid, signum)

    async def kill(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGTERM)

    def end(self) -> None:
        child = self.child
        if child is not None:
            child.kill()


_FORKING = threading.Lock()


def _fork(arguments: list[str], folder: str, environment: dict[str, str]) -> ForkServerProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["helpers.publish.warm"])
    child = context.Process(target=serve, args=(arguments, folder, environment), daemon=True)
    with _FORKING, _nameless_main():
        child.start()
    return child


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Hide the main module, which the new process would import again, and has no use for."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
