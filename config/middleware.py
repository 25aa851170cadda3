"""For every address: how much it takes in, who may keep the answer, in which language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers


class Bounds:
    """Bodies no file of ours needs are refused unread, for anybody's upload is written to disk
    before it is asked whose it is; every form is read as UTF-8, whatever its header claims."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 for a body above settings.LARGEST_BODY bytes."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isdecimal() and int(length) <= settings.LARGEST_BODY):
            return HttpResponse(status=413)
        request.encoding = "utf-8"
        return self.get_response(request)


class PrivateAnswers:
    """Pages and answers show people's data: no browser and no proxy keeps them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where a view has not."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ReaderLanguage:
    """The cookie decides; else what the browser prefers, but English only by choice on pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language."""
        language = translation.get_language_from_request(request)
        chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if (
            language == "en"
            and not chosen
            and not request.path.startswith(reverse("api", args=[""]))
        ):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response
