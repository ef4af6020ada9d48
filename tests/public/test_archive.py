"""The archive, by year and month as they fall in the newsroom's time zone (Los Angeles)."""

import datetime as dt

from django.test import TestCase
from django.urls import reverse

from articles.models import Article
from tests.make import make_article, make_published

#: In UTC it is 2019 already.
NEW_YEARS_EVE = dt.datetime(2019, 1, 1, 5, 0, tzinfo=dt.UTC)


class Archive(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_published("New Year's Eve", published_at=NEW_YEARS_EVE)
        make_published("New Year's Day", published_at=NEW_YEARS_EVE + dt.timedelta(hours=12))
        make_published("In summer", published_at=dt.datetime(2018, 7, 20, 19, tzinfo=dt.UTC))
        make_article("Never printed", published_at=NEW_YEARS_EVE)

    def listed(self, *date):
        name = "archive_month" if len(date) == 2 else "archive_year"
        page = self.client.get(reverse(name, args=date))
        return [story.headline for story in page.context["listed"]]

    def test_years_and_months_with_their_number_of_stories(self):
        years = self.client.get(reverse("archive")).context["years"]
        found = [
            (year, stories, [(row["month"].month, row["stories"]) for row in months])
            for year, stories, months in years
        ]
        self.assertEqual(found, [(2019, 1, [(1, 1)]), (2018, 2, [(12, 1), (7, 1)])])

    def test_a_year_and_a_month(self):
        self.assertEqual(self.listed(2018), ["New Year's Eve", "In summer"])
        self.assertEqual(self.listed(2019), ["New Year's Day"])
        self.assertEqual(self.listed(2018, 12), ["New Year's Eve"])
        self.assertEqual(self.listed(2018, 7), ["In summer"])

    def test_empty_and_impossible_dates_are_unknown(self):
        for address in [
            "2017/",
            "2018/08/",
            "2018/13/",
            "2018/00/",
            "2018/7/",
            "0000/",
            "9999/",
            "2999/12/",
            "1000/01/",
            "99999/",
            "٢٠١٨/",
        ]:
            with self.subTest(address=address):
                self.assertEqual(self.client.get(f"/archive/{address}").status_code, 404)

    def test_an_empty_archive(self):
        Article.objects.update(status="draft")
        self.assertContains(self.client.get("/archive/"), "Nothing has been published yet")
