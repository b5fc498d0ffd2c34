"""Takes the text out of one PDF from stdin, in a process of its own.

A PDF of a few kilobytes can ask for gigabytes as a workbook can (sheets/workbook.py), so it is never opened
in the web server: this script runs under hard limits of memory and processor time, and dies alone. It imports
nothing of ours.

Usage: pdf_text.py MEMORY_BYTES SECONDS PAGES
Out: {"text": text of the first PAGES pages} or {"error": code}
"""

import io
import json
import sys

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError


def main(memory: int, seconds: int, pages: int) -> None:
    """Reads stdin, writes stdout, under the limits given."""
    _limit(memory, seconds)
    try:
        answer = {"text": text_of(sys.stdin.buffer.read(), pages)}
    except FileNotDecryptedError:
        answer = {"error": "encrypted"}
    except (MemoryError, RecursionError):
        answer = {"error": "too_large"}
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        answer = {"error": "not_a_permit"}  # what a broken file makes a reader stumble over
    json.dump(answer, sys.stdout, ensure_ascii=True)


def text_of(data: bytes, pages: int) -> str:
    """The text of the first pages, one line for each line on paper."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError
    return "\n".join(page.extract_text() for page in reader.pages[:pages])


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # POSIX only; elsewhere the parent's clock is the only limit
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
