"""The icon, for those who ask for it without having read a page."""

from django.contrib.staticfiles import finders
from django.test import SimpleTestCase


class Icon(SimpleTestCase):
    def test_the_old_address_leads_to_the_icon(self):
        response = self.client.get("/favicon.ico")
        self.assertEqual((response.status_code, response["Location"]), (301, "/static/articles/icon.svg"))
        self.assertTrue(finders.find("articles/icon.svg"))
        self.assertEqual(response["Cache-Control"], "public, max-age=0, must-revalidate")

    def test_only_reading_is_allowed(self):
        self.assertEqual(self.client.post("/favicon.ico").status_code, 405)
