"""A template as people read it."""

import json
from collections.abc import Iterable, Iterator

from bot.command import TemplateRef
from bot.features.template.calling import CALLED, MEANING
from bot.features.template.flat import OF_100MS, flat, without_secrets
from bot.features.template.parts import whole
from bot.hms import Role, Template
from bot.reply import Button, Counted, File, Invocation, Reply, Row, Table, Term

MANY = 100  # rooms: as many as 100ms lists at once
DEFAULT, NOTHING = Term("default"), Term("nothing")


def overview(templates: Iterable[Template]) -> Table:
    """Several, a row each."""
    rows = tuple(
        (one.name, tuple(one.roles), DEFAULT if one.default else "", one.updated_at or "")
        for one in templates
    )
    return Table(("Template", "Roles", "Which", "Changed"), rows, caption="Templates")


def said(template: Template, ref: TemplateRef, rooms: int) -> Reply:
    """One template, its roles a row each with what changes it."""
    number = Counted(rooms, "room has", "rooms have")
    if rooms < MANY:
        head = Reply("The template {template}. {number} it.", template=template.name, number=number)
    else:
        head = Reply("The template {template}. 100 rooms or more have it.", template=template.name)
    head += Reply("Its rooms are in the region {region}.", region=template.settings.region)
    destinations = tuple(_destinations(template))
    if destinations:
        head += Reply("Its streams and transcripts: {destinations}.", destinations=destinations)
    settings = Button("Change settings…", Invocation("template-settings set", template=ref), form=True)
    return (head + Reply("", buttons=[settings])).with_rows(
        _row(name, role, ref) for name, role in template.roles.items()
    )


def as_file(template: Template) -> Reply:
    """All of it but for keys: as `template edit` takes it back."""
    told = {name: value for name, value in whole(template).items() if name not in OF_100MS}
    content = json.dumps(without_secrets(told), indent=2, ensure_ascii=False) + "\n"
    name = ".".join([template.name or template.id, "json"])
    file = File(name, content, "The template {template}", "application/json")
    return Reply("The template {template}, without its keys.", template=template.name, file=file)


def _destinations(template: Template) -> Iterator[str]:
    every = template.destinations
    yield from every.hls_destinations
    yield from every.rtmp_destinations
    yield from every.transcriptions


def _row(name: str, role: Role, ref: TemplateRef) -> Row:
    change = Button("Change…", Invocation("template-role set", template=ref, role=name), form=True)
    told = Reply("{role}: {may}.", role=name, may=tuple(_may(role)) or NOTHING)
    limit = MEANING.get(("maxPeerCount", role.max_peer_count))
    people = limit or Counted(role.max_peer_count, "person", "people")
    return Row(
        told + Reply("Room for {people}, priority {priority}.", people=people, priority=role.priority),
        (change,),
    )


def _may(role: Role) -> Iterator[Term]:
    """What it may, in the words of what may be changed."""
    for at, value in flat(whole(role)).items():
        called = CALLED.get(".".join(at))
        if value is True and called:
            yield called
