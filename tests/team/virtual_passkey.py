"""A passkey as a phone keeps one: registered for a user, and the answers it signs (WebAuthn level 2)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from timpora.team.models import User

PLACE = "testserver"
IDENTITY = b"sixteen bytes id"
FLAG = AuthenticatorData.FLAG
PRESENT = FLAG.UP | FLAG.UV


class Passkey:
    """One key pair of one user. Whoever makes a second one for the same user holds a wrong one."""

    def __init__(self, user: User) -> None:
        self.user, self.key = user, ec.generate_private_key(ec.SECP256R1())

    def register(self) -> None:
        """The server knows this key from now on."""
        public = ES256.from_cryptography_key(self.key.public_key())
        kept = AttestedCredentialData.create(bytes(16), IDENTITY, public)
        data = AuthenticatorData.create(_place(), PRESENT | FLAG.AT, 0, kept)
        client = CollectedClientData.create("webauthn.create", b"first", f"https://{PLACE}")
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        credential = {**_named(response), "clientExtensionResults": {"credProps": {"rk": True}}}
        Authenticator.objects.create(
            user=self.user, type=Authenticator.Type.WEBAUTHN, data={"name": "phone", "credential": credential}
        )

    def answer(self, challenge: str, **changed: str) -> dict[str, Any]:
        """What the browser sends after the finger was on the sensor."""
        client = CollectedClientData.create("webauthn.get", websafe_decode(challenge), f"https://{PLACE}")
        data = AuthenticatorData.create(_place(), PRESENT, 1)
        signed = self.key.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        owner = user_pk_to_url_str(self.user).encode()
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": websafe_encode(owner),
        }
        return _named(response | changed)

    def sign_in(self, browser: Client, **changed: str) -> Any:
        """The answer to signing in with it, challenge and all, through the real addresses."""
        asked = browser.get("/sign-in/passkey/", headers={"x-requested-with": "XMLHttpRequest"}).json()
        challenge = asked["request_options"]["publicKey"]["challenge"]
        return browser.post(
            "/sign-in/passkey/", {"credential": json.dumps(self.answer(challenge, **changed))}
        )


def _place() -> bytes:
    return hashlib.sha256(PLACE.encode()).digest()


def _named(response: dict[str, str]) -> dict[str, Any]:
    name = websafe_encode(IDENTITY)
    return {"id": name, "rawId": name, "type": "public-key", "response": response}
