"""What every document that was read keeps, whatever its text."""

from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.layout import OutlineNode, ReadDocument


def _nodes(nodes: Sequence[OutlineNode]) -> Iterator[OutlineNode]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


def hold_invariants(found: ReadDocument) -> None:
    """Assert what every document keeps: partition, headings, children inside parents, blocks in order."""
    text = found.document.text
    assert "".join(text[part.span.start : part.span.end] for part in found.sections) == text
    assert found.sections[0].span.start == 0
    for part in found.sections:
        assert part.heading is None or text[part.span.start :].startswith(part.heading)
        for element in part.elements:
            assert element.present == (element.span is not None)
            if element.span is not None:
                assert part.span.start <= element.span.start < element.span.end <= part.span.end
    _hold_order(found.outline, 0, len(text))
    assert [node.start for node in _nodes(found.outline)] == [
        part.span.start for part in found.sections if part.heading
    ]
    at = 0
    for block in found.blocks:
        assert at <= block.start < block.end <= len(text)
        at = block.end
        place = found.sections[block.section].span
        assert place.start <= block.start
        assert block.end <= place.end


def _hold_order(nodes: Sequence[OutlineNode], start: int, end: int) -> None:
    for node in nodes:
        assert start <= node.start < node.heading_end <= node.end <= end
        _hold_order(node.children, node.heading_end, node.end)
        start = node.end
