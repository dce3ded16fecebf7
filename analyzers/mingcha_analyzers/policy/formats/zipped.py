"""What Python's reader of ZIP files raises on a damaged one."""

import zipfile
import zlib

ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    OSError,
    NotImplementedError,
    EOFError,
    ValueError,
    OverflowError,
)
