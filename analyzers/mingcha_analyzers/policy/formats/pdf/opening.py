"""Opens a PDF file with pdfium and yields what its pages draw, within bounds.

pdfium is C++ code: what a file made to break it does, it does to the worker process, whose memory and time are bounded.
"""

from collections.abc import Iterator
from typing import Any

from mingcha_analyzers.policy.formats.pdf.frame import Frame
from mingcha_analyzers.policy.formats.pdf.glyphs import read_runs
from mingcha_analyzers.policy.formats.pdf.rules import read_drawn
from mingcha_analyzers.policy.formats.pdf.stand_in import set_stand_in
from mingcha_analyzers.policy.formats.pdf.values import Run, Sheaf
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError

MAX_PAGES = 600
"""The longest known policies have some sixty pages."""
MAX_CHARACTERS = 2_000_000
_MAX_PAGE_CHARACTERS = 60_000


class PdfFile:
    """An open PDF file; ``close`` it."""

    def __init__(self, file: SourceFile) -> None:
        """Open ``file``.

        Raises:
            UnreadableInputError: it is encrypted or damaged.
        """
        import pypdfium2  # C library of 8 MB, loaded for PDF files alone.
        import pypdfium2.raw as pdfium

        self._pdfium: Any = pdfium
        set_stand_in(pdfium)
        try:
            self._document = pypdfium2.PdfDocument(file.data)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            code = "policy_pdf_encrypted" if locked else "policy_pdf_damaged"
            raise UnreadableInputError(code, path=file.path) from None
        self.pages = len(self._document)

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    def sheaves(self) -> Iterator[Sheaf]:
        """Yield the pages that are read; one that is damaged is empty."""
        left = MAX_CHARACTERS
        for number in range(min(self.pages, MAX_PAGES)):
            if left <= 0:
                return
            sheaf = self._sheaf(number, min(left, _MAX_PAGE_CHARACTERS))
            left -= sum(len(run.text) for run in sheaf.runs)
            yield sheaf

    def _sheaf(self, number: int, most: int) -> Sheaf:
        pdfium = self._pdfium
        page = pdfium.FPDF_LoadPage(self._document.raw, number)
        if not page:
            return Sheaf(number + 1, 0.0, 0.0, (), (), pictured=False, unknown=0)
        try:
            return self._read(page, number, most)
        finally:
            pdfium.FPDF_ClosePage(page)

    def _read(self, page: Any, number: int, most: int) -> Sheaf:
        frame = Frame.of(self._pdfium, page)
        runs, unknown = self._runs(page, frame, most)
        drawn = read_drawn(self._pdfium, page, frame)
        covered = frame.width * frame.height * 0.4
        return Sheaf(
            number + 1,
            frame.width,
            frame.height,
            runs,
            drawn.rules,
            pictured=drawn.pictures >= covered,
            unknown=unknown,
        )

    def _runs(self, page: Any, frame: Frame, most: int) -> tuple[tuple[Run, ...], int]:
        text = self._pdfium.FPDFText_LoadPage(page)
        if not text:
            return (), 0
        try:
            return read_runs(self._pdfium, text, frame, most)
        finally:
            self._pdfium.FPDFText_ClosePage(text)
