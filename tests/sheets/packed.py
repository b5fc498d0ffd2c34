"""Small workbooks made by hand, for what no writer of ours would write."""

import io
import zipfile

from timpora.sheets import xlsx

ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ods(rows: list[list[str]]) -> bytes:
    """An ODS of one sheet; a cell like 1990-05-03 becomes a typed date."""

    def cell(text: str) -> str:
        if len(text) == 10 and text[4] == text[7] == "-":
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{text}">'
                f"<text:p>{text}</text:p></table:table-cell>"
            )
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'{ODS_HEAD}<table:table table:name="Data">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def xlsx_of(cells: str) -> bytes:
    """An XLSX whose only sheet holds this XML of rows; everything around it is as a writer makes it."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(io.BytesIO(xlsx([], []))) as whole:
        parts = {name: whole.read(name).decode() for name in whole.namelist()}
    return zipped({**parts, "xl/worksheets/sheet1.xml": sheet})


def text_cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
