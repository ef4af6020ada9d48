"""The nouns: what a newsroom keeps. One noun, one file; imports Django and our field types only.

Every model has a natural key, so that fixtures need no primary keys, and database constraints hold every
promise the newsroom makes, whichever door the data comes through.
"""

from articles.models.article import Article, ArticleStatus, FormerSlug
from articles.models.audit_entry import AuditEntry
from articles.models.author import Author, Byline
from articles.models.correction import Correction
from articles.models.edition import Edition
from articles.models.illustration import Illustration
from articles.models.image import Image
from articles.models.open_form import OpenForm
from articles.models.preview_link import PreviewLink
from articles.models.quote import Quote
from articles.models.reply_request import ReplyRequest
from articles.models.revision import LiveDraft, Revision
from articles.models.seal import Seal
from articles.models.section import Section
from articles.models.source import Affiliation, Alias, Source
from articles.models.statement import Statement
from articles.models.status_change import StatusChange
from articles.models.tag import Tag, TaggedArticle, TagSynonym

__all__ = [
    "Affiliation",
    "Alias",
    "Article",
    "ArticleStatus",
    "AuditEntry",
    "Author",
    "Byline",
    "Correction",
    "Edition",
    "FormerSlug",
    "Illustration",
    "Image",
    "LiveDraft",
    "OpenForm",
    "PreviewLink",
    "Quote",
    "ReplyRequest",
    "Revision",
    "Seal",
    "Section",
    "Source",
    "Statement",
    "StatusChange",
    "Tag",
    "TagSynonym",
    "TaggedArticle",
]
