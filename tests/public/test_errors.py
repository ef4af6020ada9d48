"""What readers see when there is nothing to see."""

from django.test import RequestFactory, TestCase
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, permission_denied, server_error


class Errors(TestCase):
    def test_an_unknown_address_gets_a_page_of_the_paper(self):
        for address in ["/nothing/", "/stories/nothing/", "/%00", "/%FF", "/" + "x" * 5000]:
            with self.subTest(address=address[:20]):
                page = self.client.get(address)
                self.assertContains(page, "There is nothing at this address", status_code=404)
                self.assertContains(page, "The Newsroom", status_code=404)

    def test_the_other_error_pages_need_neither_database_nor_context(self):
        request = RequestFactory().get("/")
        with self.assertNumQueries(0):
            for make, status in [
                (server_error, 500),
                (lambda request: bad_request(request, None), 400),
                (csrf_failure, 403),
            ]:
                page = make(request).content.decode()
                self.assertIn("To the front page", page)
                self.assertIn(f">{status}<", page)
                self.assertNotIn("style=", page)

    def test_a_closed_page(self):
        request = RequestFactory().get("/")
        self.assertIn(b"not open to you", permission_denied(request, None).content)
