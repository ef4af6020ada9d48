"""Pictures are sent by name only, as what they are."""

from django.test import TestCase
from django.urls import reverse

from articles.models import Image
from tests.make import make_image, make_kept_image, make_published
from tests.public.every_address import content


class Media(TestCase):
    def get(self, path):
        return self.client.get(reverse("media", args=[path]))

    def test_a_picture_of_a_public_story(self):
        image = make_kept_image()
        make_published(image=image)
        response = self.get(image.file.name)
        with image.file.open() as kept:
            self.assertEqual(content(response), kept.read())
        self.assertEqual(response["Content-Type"], "image/png")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertEqual(response["Cache-Control"], "public, max-age=0, must-revalidate")
        self.assertEqual(self.client.get(f"/media/{image.file.name}").status_code, 200)
        self.assertEqual(content(self.client.head(f"/media/{image.file.name}")), b"")

    def test_a_file_that_is_gone_is_an_unknown_address(self):
        image = make_image(file="images/gone.png")
        make_published(image=image)
        self.assertEqual(self.get("images/gone.png").status_code, 404)

    def test_no_path_leads_out_of_the_folder(self):
        image = make_image()
        make_published(image=image)
        for path in [
            "../secret-key",
            "/etc/passwd",
            "images/../../secret-key.png",
            "../../x.png",
            "x.html",
            "x\x00.png",
        ]:
            with self.subTest(path=path):
                Image.objects.filter(pk=image.pk).update(file=path.replace("\x00", ""))
                self.assertEqual(self.client.get("/media/" + path.replace("\x00", "%00")).status_code, 404)

    def test_files_of_another_kind_are_not_sent(self):
        image = make_kept_image()
        make_published(image=image)
        Image.objects.filter(pk=image.pk).update(file="images/x.svg")
        self.assertEqual(self.get("images/x.svg").status_code, 404)
