"""What a kernel has in memory when it starts: imported once by the process that forks kernels.

That process imports this module before anything else, and nobody else does. It must stay free of
threads and open sockets, which a fork does not copy.
"""

from __future__ import annotations

import gc
import importlib
import os

# A library for linear algebra would start threads as it is imported.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
# The debugger, which every kernel imports, would warn at length that it may miss a breakpoint.
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
# As the kernel sets it, which has not started when matplotlib is imported here.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "matplotlib_inline.backend_inline",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "pandas",
    "networkx",
    "PIL.PngImagePlugin",
    "helpers.charts",
    "helpers.tables",
    "helpers.agreement",
    "helpers.seminar",
    "helpers.argument",
    "helpers.show",
    "helpers.language",
    "helpers.data",
)
for _module in MODULES:
    importlib.import_module(_module)
# What is in memory now stays: the collector of a kernel need not visit, and so copy, it.
gc.freeze()
