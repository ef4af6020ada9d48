"""History that cannot be rewritten unnoticed: each line gets a seal that only this newsroom can make.

A seal is over every column of its line and over the seal before it, so that no line can be changed, taken out, moved
or put in, and the head over the last one tells when the end is cut off. The database refuses all that anyway; seals
are for whoever gets past it.
"""

from articles.editorial.seals.checking import Checked, check
from articles.editorial.seals.sealing import LINES, begin, sealed_last, write, written

__all__ = ["LINES", "Checked", "begin", "check", "sealed_last", "write", "written"]
