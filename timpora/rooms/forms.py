from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.ledger.refusal import Refusal
from timpora.rooms import line
from timpora.rooms.models import Binding, Message, Preference, Thread
from timpora.rooms.sending import LARGEST, LONGEST, MOST, File, too_large
from timpora.team.models import Mandate, Post
from timpora.vault import VaultError
from timpora.widgets import Answers

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PreferenceForm(forms.ModelForm[Preference]):
    """How a user wants to be told. In the app always; by e-mail only where an address is known, by WhatsApp
    only where there is a line and the user's own is connected.
    """

    class Meta:
        model = Preference
        fields = ("email", "whatsapp", "digest_at", "quiet_from", "quiet_until")
        widgets = {
            **dict.fromkeys(("email", "whatsapp"), Answers(tall=True)),
            **dict.fromkeys(("digest_at", "quiet_from", "quiet_until"), TIME),
        }
        labels = {
            "email": gettext_lazy("E-mail"),
            "whatsapp": gettext_lazy("WhatsApp"),
            "digest_at": gettext_lazy("Once a day, at"),
            "quiet_from": gettext_lazy("No message from"),
            "quiet_until": gettext_lazy("until"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not line.is_open():
            del self.fields["whatsapp"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("email") not in (None, Preference.Email.NEVER) and not self.instance.user.email:
            self.add_error("email", _("No e-mail address is known for you. Your secretary can enter it."))
        wanted = data.get("whatsapp") not in (None, Preference.WhatsApp.NEVER)
        if wanted and Binding.objects.of(self.instance.user) is None:
            self.add_error(
                "whatsapp", _("Your WhatsApp is not connected yet. Do that first, on the page WhatsApp.")
            )
        return data


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.Field):
    """Several files in one field; the value is a list of `File`, whose verb says what it refuses."""

    widget = _FilesInput

    def clean(self, value: Sequence[UploadedFile] | None) -> list[File]:
        return [File(each.name or "", each.read(), each.size or 0) for each in value or ()]


class _Posts(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return str(obj)


class MessageForm(forms.Form):
    """A message with its files, and the posts it speaks to. It is sent once, however often it is tapped."""

    sent_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    # No maxlength: a browser would cut what is pasted, unseen; the verb says what is too long.
    text = forms.CharField(
        label=gettext_lazy("Message"), required=False,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Not everybody here may read names: speak of a person by the register number (R-…)."
        ),
    )  # fmt: skip
    attachments = FilesField(label=gettext_lazy("Files"), required=False)
    mentions = _Posts(
        label=gettext_lazy("For the attention of"), queryset=Post.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, thread: Thread, by: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thread, self.by = thread, by
        self.fields["mentions"].queryset = thread.posts.exclude(pk=by.post_id)  # type: ignore[attr-defined]
        limits = {"most": MOST, "megabytes": LARGEST // 2**20}
        bounds = {"data-largest": LARGEST, "data-too-large": too_large()}
        self.fields["attachments"].widget.attrs |= bounds
        self.fields["attachments"].help_text = (
            _("At most %(most)s, of %(megabytes)s MB each. They are only fetched, never opened here.")
            % limits
        )

    def send(self) -> Message:
        """The message. Raises Refusal."""
        given = self.cleaned_data
        posts = [post.pk for post in given["mentions"]]
        try:
            return self.thread.say(
                by=self.by,
                text=given["text"],
                sent_id=given["sent_id"],
                files=given["attachments"],
                mentions=posts,
            )
        except VaultError as fault:
            raise Refusal(
                _("Messages cannot be sealed at present, so nothing was sent. Please tell the operator."),
                code="not_sealed",
            ) from fault  # fmt: skip

    @property
    def longest(self) -> int:
        """How many characters a message has at most."""
        return LONGEST


class SearchForm(forms.Form):
    """Words sought in one's rooms; they are posted, so that no address holds them."""

    words = forms.CharField(
        label=gettext_lazy("Words"), max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Every word must occur. Only rooms you sit in; every search is noted."),
    )  # fmt: skip
