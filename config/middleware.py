"""For every address: how much it takes in, who may keep the answer, in which language, whether it
changed since it was read."""

import hashlib
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from config.errors import problem
from law.refusal import Refusal

#: What is told of an answer that the caller has already.
KEPT: Final = ("ETag", "Cache-Control", "Content-Language", "Vary")


class Bounds:
    """Bodies no file of ours needs are refused unread, for anybody's upload is written to disk
    before it is asked whose it is; every form is read as UTF-8, whatever its header claims."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 for a body above settings.LARGEST_BODY bytes."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isdecimal() and int(length) <= settings.LARGEST_BODY):
            return self._too_large(request)
        request.encoding = "utf-8"
        return self.get_response(request)

    def _too_large(self, request: HttpRequest) -> HttpResponse:
        if not _of_the_api(request):
            return HttpResponse(status=413)
        with translation.override(translation.get_language_from_request(request)):
            return problem(Refusal("bad_request", says="bad_request.413"), 413)


def _of_the_api(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("api", args=[""]))


class Unchanged:
    """A program that has an answer already is told so: every answer of the API has a tag.

    Where a view gives the state of its case as the tag, that stands first and the digest of the
    answer behind it: the same case in another language, or on another day, is another answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """304 for what `If-None-Match` names."""
        response = self.get_response(request)
        if not _of_the_api(request) or response.status_code != 200:
            return response
        digest = hashlib.sha256(response.content).hexdigest()[:32]
        state = response.headers.get("ETag", "").strip('"')
        tag = response.headers["ETag"] = f'"{state}.{digest}"' if state else f'"{digest}"'
        known = parse_etags(request.headers.get("If-None-Match", ""))
        reads = request.method in ("GET", "HEAD")
        if not reads or not {"*", tag, f"W/{tag}"}.intersection(known):
            return response
        told = {name: response.headers[name] for name in KEPT if name in response.headers}
        return HttpResponse(status=304, headers=told)


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
        if language == "en" and not chosen and not _of_the_api(request):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response
