"""Who reads, by the session of a screen; who calls the API, by a bearer token, of which only the
digest is stored."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.queries import with_memberships


class SessionUser(ModelBackend):
    """A signed-in user comes with what he is in the offices, in one query for every page."""

    def get_user(self, user_id: UUID) -> User | None:
        """The active user of a session."""
        user = with_memberships(user_id) or super().get_user(user_id)
        return user if user and self.user_can_authenticate(user) else None


class BearerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <secret>`; unknown, expired and revoked tokens look the same."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's user; None without a bearer header; AuthenticationFailed otherwise."""
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            return None
        live = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        tokens = ApiToken.objects.filter(live, revoked_at=None, user__is_active=True)
        digest = ApiToken.digest_of(secret.strip())
        token = tokens.select_related("user").filter(digest=digest).first()
        if token is None:
            raise AuthenticationFailed
        token.used()
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token a 401."""
        return "Bearer"


class WithinScopes(BasePermission):
    """A token with scopes opens what they name; what names no scope needs a token without any."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the token is for what the view does."""
        token = request.auth
        return not isinstance(token, ApiToken) or token.opens(getattr(view, "scope", ""))
