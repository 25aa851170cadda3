"""Who calls the API: a bearer token, of which only the digest is stored."""

from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, User


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
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token a 401."""
        return "Bearer"
