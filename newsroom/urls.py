"""The addresses of the whole site."""

from django.urls import include, path

from articles.admin.site import desk

urlpatterns = [
    path("admin/", desk.urls),
    path("", include("articles.public.urls")),
]
