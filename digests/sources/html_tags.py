"""The names of HTML's elements, by what they do to a text."""

_SILENT = """
    script style noscript template iframe frame frameset object embed applet svg canvas audio video map select option
    datalist button input textarea head title meta link progress meter rp
"""
_BLOCKS = """
    html body div p section article main aside header footer nav address hgroup figure figcaption blockquote pre ul ol
    menu dir li dl dt dd table caption thead tbody tfoot tr td th form fieldset legend details summary hr center
    listing xmp plaintext noframes search h1 h2 h3 h4 h5 h6
"""
_INLINE = "a abbr b big cite code del dfn em font i ins kbd mark q s small span strike strong sub sup tt u var"
_SIMPLE = "p br h1 h2 h3 h4 h5 h6 li tr html head body title meta link script style"

SILENT = frozenset(_SILENT.split())  # their content is no text of the page: code, fields, players, drawings
BLOCKS = frozenset(_BLOCKS.split())  # a paragraph begins and ends with them
INLINE = frozenset(_INLINE.split())  # words inside a paragraph
SIMPLE = frozenset(_SIMPLE.split())  # close themselves, or hold no text
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CODE = frozenset(("pre", "listing", "xmp", "plaintext"))
