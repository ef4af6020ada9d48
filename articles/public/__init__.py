"""The readers' door: pages, feeds and sitemaps, all reading through `ArticleQuerySet.published`."""
