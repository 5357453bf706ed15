"""Medians, ratios and Markdown tables."""
import statistics


def median(values):
    return statistics.median(values)


def ratio(over, under):
    """over / under; None where either is missing."""
    return None if over is None or not under else over / under


def markdown(head, rows):
    """A table; columns after the first are set right where their head begins with a blank."""
    lines = ["| " + " | ".join(cell.strip() for cell in head) + " |",
             "|" + "|".join("---:" if cell.startswith(" ") else "---" for cell in head) + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def number(value, digits=3):
    """Some significant digits, no exponent: 0.0412, 1.53, 289, 12,345."""
    if value is None:
        return "–"
    if value == 0:
        return "0"
    places, size = digits - 1, abs(value)
    while size >= 10 and places > 0:
        size, places = size / 10, places - 1
    while size < 1:
        size, places = size * 10, places + 1
    return f"{value:,.{places}f}"


def times(value):
    return "–" if value is None else f"{value:.2f} ×"


def mebibytes(value):
    return "–" if value is None else number(value / 2**20)


def percent(value):
    return "–" if value is None else f"{100 * value:.0f} %"
