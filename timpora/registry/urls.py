"""Addresses of claims, of document numbers that are opened for a purpose, and of the country type-ahead."""

from django.urls import URLPattern, path

from timpora.registry.views import claims, identity

app_name = "registry"
urlpatterns: list[URLPattern] = [
    path("nations/", identity.nations, name="nations"),
    path(
        "people/<int:person>/documents/<int:document>/disclosures/", identity.disclosures, name="disclosures"
    ),
    path("claims/", claims.claims, name="claims"),
    path("claims/<int:number>/", claims.claim, name="claim"),
    path("claims/<int:number>/answer/", claims.answer, name="answer"),
    path("claims/<int:number>/decision/", claims.decision, name="decision"),
    path("claims/<int:number>/agreement/", claims.agreement, name="agreement"),
]
