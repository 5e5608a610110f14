"""What typst does not mark in a PDF yet: that the first cell of a row is its head.

Typst marks the heads of columns and ties each cell to the one above it. A screen reader then says “November, 15” of a
cell and leaves open what there were fifteen of. Here the first cell of each row becomes a head too, and cells are found by
the scope of their heads; a cell that holds a picture without words stays what it is. What is taken away becomes blanks, so that every byte stays where the file says that it is.
"""

import re

_ROW = re.compile(rb"/S/TR/P \d+ 0 R/K\[(\d+) 0 R")
_CELL = re.compile(
    rb"(?P<number>\d+)(?P<before> 0 obj\n<</Type/StructElem/S/)TD(?P<between>/P \d+ 0 R/A\[<</O/Table[^<>\[\]]*)"
    rb"(?P<heads>/Headers\[[^\]]*\])(?P<empty>(?=.*/K\[\]))?"
)


def with_row_heads(pdf: bytes) -> bytes:
    """The same file, its tables with heads of rows."""
    first_of_rows = set(_ROW.findall(pdf))

    def marked(cell: re.Match[bytes]) -> bytes:
        is_head = cell["number"] in first_of_rows and cell["empty"] is None
        kind, scope = (b"TH", b"/Scope/Row") if is_head else (b"TD", b"")
        return cell["number"] + cell["before"] + kind + cell["between"] + scope.ljust(len(cell["heads"]))

    return _CELL.sub(marked, pdf)
