"""Word documents made by hand: the few parts that a program needs to read one."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"'
    '/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = {"h1": "heading 1", "h2": "heading 2", "h3": "heading 3", "quote": "Quote", "ru2": "Заголовок 2"}


def run(text: str, *marks: str) -> str:
    """Return a run of text; marks are Word's own: b, i, u, strike."""
    value = {"u": ' w:val="single"'}
    looks = "".join(f"<w:{mark}{value.get(mark, '')}/>" for mark in marks)
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, style: str = "", numbered: int = 0) -> str:
    """Return a paragraph; `numbered` is 1 for bullets, 2 for numbers."""
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        inside += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>'
    return f"<w:p><w:pPr>{inside}</w:pPr>{''.join(runs)}</w:p>"


def link(text: str) -> str:
    """Return a link to https://e.ru/x."""
    return f'<w:hyperlink r:id="rLink">{run(text)}</w:hyperlink>'


def table(*rows: tuple[str, ...]) -> str:
    """Return a table."""
    cells = ["".join(f"<w:tc>{para(run(cell))}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(*body: str, extra: dict[str, bytes] | None = None, prolog: str = "") -> bytes:
    """Return a document of paragraphs and tables, with further files in its archive if wanted."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    formats = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
        for n, kind in ((1, "bullet"), (2, "decimal"))
    )
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rLink" Type="{_OFFICE}/'
        f'hyperlink" Target="https://e.ru/x" TargetMode="External"/><Relationship Id="rS" Type="{_OFFICE}/styles" '
        f'Target="styles.xml"/><Relationship Id="rN" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
        "</Relationships>",
        "word/styles.xml": f"<w:styles {_NAMES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_NAMES}>{formats}{numbers}</w:numbering>",
        "word/document.xml": f"{prolog}<w:document {_NAMES}><w:body>{''.join(body)}</w:body></w:document>",
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return packed.getvalue()
