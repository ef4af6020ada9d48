"""Long steps of a command, so that nobody wonders whether it still runs."""

import io
import time

LEAST_PAUSE = 0.1  # seconds between two counts on a terminal


class Step(io.TextIOBase):
    """Says what is being done, counts while it is done, and says how long it took.

    It can be given to another command as `stdout`: every line that command reports counts as one.
    """

    def __init__(self, title, out):
        self.title = title
        self.out = out
        self.lines = 0
        self.result = ""

    def __enter__(self):
        self.started = self.counted = time.monotonic()
        self.out.write(f"{self.title} …", ending="")
        self.out.flush()
        return self

    def write(self, words):
        self.lines += words.count("\n")
        now = time.monotonic()
        if self.out.isatty() and now - self.counted >= LEAST_PAUSE:
            self.counted = now
            self.out.write(f"\r{self.title} … {self.lines}", ending="")
            self.out.flush()
        return len(words)

    def __exit__(self, kind, error, traceback):
        if self.out.isatty():
            self.out.write(f"\r{self.title} …", ending="")
        if kind:
            self.out.write(" stopped")
            return
        seconds = time.monotonic() - self.started
        self.out.write(f" {self.result or 'done'} ({seconds:.1f} s)")
