"""Works messages off, one transaction each: what a message does, its answer, and that it was done.

A worker that is killed has done all of it or nothing, so the next one goes on; a message that comes twice is
kept once. Every answer is queued as a row: nothing leaves the house from here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils import translation

from timpora import vault
from timpora.inbound.line import commands, nil, strangers
from timpora.inbound.line.member import Content, Member
from timpora.ledger import book
from timpora.rooms.models import Binding, Incoming, LineCount, Outgoing, Prompt
from timpora.rooms.models.incoming import Word

log = logging.getLogger(__name__)
AT_ONCE = 500  # a flood of messages must not keep the other tasks waiting for ever
CONTEXT = "line"

COMMANDS: dict[str, Callable[[Member], Content]] = {
    Word.REPORT: commands.report,
    Word.TASKS: commands.tasks,
    Word.HELP: commands.help,
    Word.STOP: commands.stop,
    Word.START: commands.start,
    Word.CANCEL: commands.cancel,
    Word.NIL: nil.ask,
    Word.YES: nil.confirm,
    Word.CHOICE: nil.choose,
    Word.OTHER: commands.other,
}


@dataclass
class Answer:
    """What is said to whom: a member, or a stranger at a sealed address."""

    content: Content
    binding: Binding | None = None
    address: str = ""


def work_off() -> int:
    """How many messages were worked off now, in the order in which they were sent."""
    done = 0
    while done < AT_ONCE:
        message = Incoming.objects.waiting().first()
        if message is None:
            break
        done += _attempt(message)
    return done


def _attempt(message: Incoming) -> int:
    """1 when the message was worked off here. A fault of ours stops this one alone, and is tried again
    later.
    """
    try:
        with book.writing():
            if not message.claim():
                return 0
            answer = _answered(message)
            if answer is not None:
                Outgoing.objects.reply(
                    answer.content, answers=message, binding=answer.binding, address=answer.address
                )
        return 1
    except DatabaseError:
        raise
    except Exception as fault:
        log.error("message %s was not worked off: %s", message.pk, type(fault).__name__)
        message.put_off(type(fault).__name__)
        return 0


def _answered(message: Incoming) -> Answer | None:
    """What is said to a message; None where nothing is."""
    sealed, argument = message.sender, message.argument
    sender = vault.current().open_(sealed, CONTEXT)
    binding = Binding.objects.from_(sender)
    if message.word == Word.MOVED:
        if binding is not None:
            binding.end(by=book.SYSTEM)  # the number may be another person's by now
        return None
    if message.word == Word.CODE:
        content, bound = strangers.bind(message, sender, argument)
        return Answer(content, bound, "" if bound else sealed) if content else None
    if binding is None:
        LineCount.objects.add(LineCount.What.STRANGER)
        greeting = strangers.greet(message, sender)
        return Answer(greeting, None, sealed) if greeting else None
    return Answer(_told(binding, message, argument), binding)


def _told(binding: Binding, message: Incoming, argument: str) -> Content:
    """A member's message: what follows from it, said in the member's language."""
    binding.hear(message.sent_at)
    message.note(binding)
    if message.word == Word.OTHER:
        LineCount.objects.add(LineCount.What.NO_COMMAND)
    if message.word not in (Word.YES, Word.CHOICE, Word.OTHER):
        Prompt.objects.drop(binding)
    with translation.override(binding.user.language):
        return COMMANDS[message.word](Member(binding, message, argument))
