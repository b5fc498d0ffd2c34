"""A verb's refusal, shown where its reader looks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from timpora.ledger.refusal import Refusal

Done = TypeVar("Done")


def add_refusal(form: forms.BaseForm, refusal: Refusal) -> None:
    """The form with the refusal's sentence beside its field, or above the form where it has no such field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def attempted(form: forms.BaseForm, verb: Callable[..., Done], **given: Any) -> Done | None:
    """What the verb gives; None when it refused, and the form then says so."""
    try:
        return verb(**given)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
