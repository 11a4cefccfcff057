"""Forms and Homes: what the app shows to one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from sandbox.slack.changes import Changes
from sandbox.slack.refusal import Refusal

Json = Mapping[str, Any]
STACK = 3


@dataclass(frozen=True)
class View:
    """One form (``modal``) or Home of one person; ``body`` is what the app sent, with every id filled in."""

    id: str
    person: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)

    def described(self, team: str, app_id: str, bot_id: str) -> dict[str, object]:
        """Give Slack's view object; ``state`` holds what the person has filled in."""
        return {
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "close": None,
            "submit": None,
            **self.body,
            "id": self.id,
            "team_id": team,
            "app_id": app_id,
            "bot_id": bot_id,
            "app_installed_team_id": team,
            "hash": self.hash,
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "state": {"values": self.values},
        }


class Views:
    """Keep every person's stack of forms, and their Home."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._made = 0

    def of(self, person: str) -> list[View]:
        """List the forms open before somebody, the one on top last."""
        return list(self._stacks.get(person, ()))

    def home(self, person: str) -> View | None:
        """Find what the app shows on its Home tab to this person."""
        return self._homes.get(person)

    def find(self, view_id: str = "", *, external_id: str = "") -> View:
        """Find an open form or a Home; refuses with ``not_found``."""
        for view in self._shown():
            if (view_id and view.id == view_id) or (
                external_id and view.body.get("external_id") == external_id
            ):
                return view
        raise Refusal("not_found")

    def open(self, person: str, body: Json) -> View:
        """Show a form alone, in place of whatever forms were open."""
        self._stacks[person] = []
        return self.push(person, body)

    def push(self, person: str, body: Json) -> View:
        """Lay a form over those open; refuses a fourth with ``push_limit_reached``."""
        stack = self._stacks.setdefault(person, [])
        if len(stack) >= STACK:
            raise Refusal("push_limit_reached")
        below = stack[-1] if stack else None
        view = self._make(person, body, below)
        stack.append(view)
        self._changes.tell("view", person=person)
        return view

    def update(self, view: View, body: Json, *, expected: str | None = None) -> View:
        """Change what a view shows; refuses with ``hash_conflict`` when it changed since ``expected``.

        What was filled in stays where a block keeps its ``block_id``.
        """
        if expected is not None and expected != view.hash:
            raise Refusal("hash_conflict")
        blocks = {block["block_id"] for block in body["blocks"]}
        values = {name: filled for name, filled in view.values.items() if name in blocks}
        return self._put(replace(view, body=body, hash=self._next_hash(), values=values))

    def publish(self, person: str, body: Json, *, expected: str | None = None) -> View:
        """Show somebody their Home; with ``expected`` only if it is still the one that had this hash."""
        home = self._homes.get(person)
        if home is None:
            return self._put(self._make(person, body, None))
        return self.update(home, body, expected=expected)

    def fill(self, view: View, values: Json) -> View:
        """Remember what a person has filled in so far."""
        filled = replace(self.find(view.id), values=values)
        self._keep(filled)
        return filled

    def close(self, view: View) -> None:
        """Take a form away, and with it what lies over it."""
        stack = self._stacks.get(view.person, [])
        below = takewhile(lambda shown: shown.id != view.id, stack)
        self._stacks[view.person] = list(below)
        self._changes.tell("view", person=view.person)

    def clear(self, person: str) -> None:
        """Take every form away."""
        self._stacks[person] = []
        self._changes.tell("view", person=person)

    def _make(self, person: str, body: Json, below: View | None) -> View:
        external_id = body.get("external_id")
        if external_id and any(view.body.get("external_id") == external_id for view in self._shown()):
            raise Refusal("duplicate_external_id")
        self._made += 1
        view_id = f"V0{self._made}"
        root_id = below.root_id if below else view_id
        return View(view_id, person, body, self._next_hash(), root_id, below.id if below else None)

    def _shown(self) -> list[View]:
        return [*self._homes.values(), *(view for stack in self._stacks.values() for view in stack)]

    def _put(self, view: View) -> View:
        self._keep(view)
        self._changes.tell("home" if view.body["type"] == "home" else "view", person=view.person)
        return view

    def _keep(self, view: View) -> None:
        if view.body["type"] == "home":
            self._homes[view.person] = view
            return
        stack = self._stacks[view.person]
        self._stacks[view.person] = [view if shown.id == view.id else shown for shown in stack]

    def _next_hash(self) -> str:
        return f"{self._changes.revision}.{self._made}"
