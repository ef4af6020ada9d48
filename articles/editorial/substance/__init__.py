"""What of a change to a story its readers have to be told, and in which words.

alignment  which words of a text stand where others stood
text       a text cut into words, and which of them are names
numbers    numbers, amounts and days, in digits and in words
replaced   names and numbers that stand where others stood
changes    the rule: what is of substance between two versions of a story
drafting   the correction that says so, for an editor to mend
"""

from articles.editorial.substance.changes import Change, Kind, changes_of_substance
from articles.editorial.substance.drafting import drafted

__all__ = ["Change", "Kind", "changes_of_substance", "drafted"]
