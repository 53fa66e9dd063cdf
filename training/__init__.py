"""How everything fitted in the package is made (training/README.md)."""

import os

# The fits multiply sparse matrices in several processes; threads of the algebra library only get in each other's way
# and made a fit ten times slower.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
