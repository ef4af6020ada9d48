"""The addresses readers use. The names are those the nouns ask for in `get_absolute_url`."""

from django.urls import path, register_converter

from articles.public import (
    archive,
    article,
    corrections,
    feeds,
    front_page,
    icon,
    lists,
    media,
    preview,
    robots,
    sitemaps,
    words,
)
from articles.public.converters import Month, SlugInAnyScript, Year

register_converter(SlugInAnyScript, "name")
register_converter(Year, "yyyy")
register_converter(Month, "mm")

urlpatterns = [
    path("", front_page.front_page, name="front_page"),
    path("stories/<name:slug>/", article.article, name="article"),
    path("preview/stories/<int:number>/", preview.story, name="preview_story"),
    path("preview/versions/<uuid:key>/", preview.version, name="preview_version"),
    path("preview/<str:secret>/", preview.shared, name="preview_shared"),
    path("quotes/<name:slug>/", words.quote, name="quote"),
    path("statements/<name:slug>/", words.statement, name="statement"),
    path("sources/<name:slug>/", words.source, name="source"),
    path("sections/<name:slug>/", lists.section, name="section"),
    path("authors/<name:slug>/", lists.author, name="author"),
    path("tags/<name:slug>/", lists.tag, name="tag"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<yyyy:year>/", archive.archive_year, name="archive_year"),
    path("archive/<yyyy:year>/<mm:month>/", archive.archive_month, name="archive_month"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/rss/", feeds.feed(feeds.Corrections, feeds.Rss), name="corrections_rss"),
    path("corrections/atom/", feeds.feed(feeds.Corrections, feeds.Atom), name="corrections_atom"),
    path("feeds/rss/", feeds.feed(feeds.Stories, feeds.Rss), name="feed_rss"),
    path("feeds/atom/", feeds.feed(feeds.Stories, feeds.Atom), name="feed_atom"),
    path("sections/<name:slug>/rss/", feeds.feed(feeds.SectionStories, feeds.Rss), name="section_rss"),
    path("sections/<name:slug>/atom/", feeds.feed(feeds.SectionStories, feeds.Atom), name="section_atom"),
    path("tags/<name:slug>/rss/", feeds.feed(feeds.TagStories, feeds.Rss), name="tag_rss"),
    path("tags/<name:slug>/atom/", feeds.feed(feeds.TagStories, feeds.Atom), name="tag_atom"),
    path("sitemap.xml", sitemaps.site_map, name="sitemap"),
    path("sitemap-<name:kind>.xml", sitemaps.site_map_part, name="sitemap_part"),
    path("robots.txt", robots.robots, name="robots"),
    path("favicon.ico", icon.icon, name="icon"),
    path("media/<path:path>", media.media, name="media"),
]
