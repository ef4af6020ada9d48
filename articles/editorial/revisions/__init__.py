"""Revisions: a story as each save left it, kept as the objects of a fixture.

fragment      a story with the rows of its form, from the database and back from a revision
putting_back  makes the rows what a fragment says, for good or for as long as a page is made
merging       brings two changes of one story together, field by field
comparing     what differs between two fragments, in words
keeping       writes revisions, finds the one a form was opened on
drafts        the version of a published story that readers do not see yet
"""
