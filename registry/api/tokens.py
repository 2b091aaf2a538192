"""Who calls, by the token of a partner's system, and whether the token may do what is asked.

    class Proposals(PublicView):
        authentication_classes = [PartnerToken]
        permission_classes = [TokenOf.PROPOSE]

Without a valid token the answer is 401, with one that lacks the scope 403, both as problem details.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import get_token_model
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from registry.models import TokenScope


class PartnerToken(TokenAuthentication):
    """`Authorization: Token chr_...`; the token's row is then `request.auth`, its account `request.user`."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """Found by its hash alone. One that has ended stays as a row, for whoever asks why it no longer works."""
        known = get_token_model().objects.select_related("user")
        found = known.filter(digest=hash_token(token.decode("latin-1"))).first()
        if found is None:
            raise AuthenticationFailed(_("This token is not known. It may have been revoked."))
        if found.expiry is None or found.expiry <= timezone.now():
            raise AuthenticationFailed(_("This token has ended. Ask the register for a new one."))
        if not found.user.is_active:
            raise AuthenticationFailed(_("The account of this token is closed."))
        return found.user, found


class _Scoped(BasePermission):
    """A token that has the scope, of an account that still has the permission."""

    scope: TokenScope
    permission = ""

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        self.message = _("This token does not have the scope “%(scope)s”.") % {"scope": self.scope}
        if token is None or self.scope not in token.scopes:
            return False
        self.message = _("The account of this token may no longer do this.")
        return not self.permission or request.user.has_perm(self.permission)


class _Read(_Scoped):
    """Reading at a partner's pace."""

    scope = TokenScope.READ


class _Propose(_Scoped):
    """Proposing records and corrections."""

    scope, permission = TokenScope.PROPOSE, "registry.add_proposal"


class TokenOf:
    """The permission that stands for each scope."""

    READ, PROPOSE = _Read, _Propose


class PartnerTokenScheme(OpenApiAuthenticationExtension):
    """How the documentation of the API describes it."""

    target_class = "registry.api.tokens.PartnerToken"
    name = "partnerToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """An HTTP header; OpenAPI has no scheme of the name Token."""
        said = "A token that the register has issued to a partner: `Token chr_...`"
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": said}
