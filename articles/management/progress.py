"""A bar for work that takes minutes: how much is done, how fast it goes, how long it will still take."""

import time
from collections.abc import Callable

WIDTH = 24
PAUSE = 0.2  # seconds between two drawings


class Progress:
    """Draws itself anew on a terminal; to a file or another program it writes nothing.

    `in_words` turns a number into words with its unit, for example `1.2 MB`.
    """

    def __init__(self, out, title: str, total: int, in_words: Callable[[float], str]):
        self.out, self.title, self.total, self.in_words = out, title, total, in_words
        self.done, self.started, self.drawn = 0, time.monotonic(), 0.0

    def add(self, count: int, title: str = ""):
        self.done += count
        self.title = title or self.title
        now = time.monotonic()
        if self.out.isatty() and now - self.drawn >= PAUSE:
            self.drawn = now
            self.out.write(f"\r{self.line(now - self.started)}\x1b[K", ending="")
            self.out.flush()

    def line(self, seconds: float) -> str:
        part = min(1.0, self.done / self.total) if self.total else 1.0
        bar = "█" * round(part * WIDTH)
        rate = self.done / seconds if seconds else 0
        left = clock((self.total - self.done) / rate) if rate else "–"
        return f"{self.title:<28} {bar:░<{WIDTH}} {part:4.0%}  {self.in_words(rate)}/s  {left} left"

    def close(self):
        if self.out.isatty():
            self.out.write("\r\x1b[K", ending="")
            self.out.flush()


def clock(seconds: float) -> str:
    minutes, seconds = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def megabytes(count: float) -> str:
    return f"{count / 1e6:,.1f} MB"


def objects(count: float) -> str:
    return f"{count:,.0f} objects"
