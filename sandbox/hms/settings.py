"""What the documentation leaves open, or says in two ways: the emulated 100ms can be either."""

from collections.abc import Iterable
from typing import Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from sandbox.hms.wire import Answer


class Settings(BaseModel):
    """How this 100ms reads what its documentation leaves open; each key is on the page of the sandbox."""

    model_config = ConfigDict(strict=True, extra="forbid", validate_assignment=True)

    # What lists of rooms and sessions show that do not say `enabled` or `active`: all, or what is.
    list_default: Literal["all", "enabled"] = "all"
    # Whether `name` of a list of rooms is the whole name.
    name_filter: Literal["exact", "contains"] = "exact"
    # Removing and ending are "submitted" and "ending" when they are answered: so much later they happen.
    acts_lag_s: Annotated[float, Field(ge=0)] = 0
    # How much later than it happened analytics tell of something; nothing promises that they are at once.
    analytics_lag_s: Annotated[float, Field(ge=0)] = 0
    # Who a recorder is whose job names no role; a page of the clients calls it `beam`.
    recorder_role: Annotated[str, Field(min_length=1)] = "__internal_recorder"
    # Whether what was renamed stands there under its old name too: customer, template, user, _id.
    older_members: bool = True
    # Whether members that were never set are left out, or null.
    unset: Literal["absent", "null"] = "absent"
    # What an empty list of a page is.
    empty_list: Literal["null", "list"] = "null"
    # What `last` of the last page is: the id of what stands last there, or nothing, in three ways.
    last_page: Literal["id", "empty", "null", "absent"] = "id"
    # Whether a poll, its questions and its options can be changed while the poll runs in a session.
    running_polls: Literal["change", "refuse"] = "change"
    # Whether recorded sizes must be sizes of the stream, as a table says, or not, as its sample shows.
    recorded_layers: Literal["any", "subset"] = "any"
    # Whether what is not sent of a role that is there stays, or takes its default as in any other update.
    unsent_of_role: Literal["kept", "dropped"] = "kept"

    def written(self, answer: Answer, *, optional: Iterable[str], older: Iterable[str]) -> Answer:
        """Write an object: what was never set, and what stands there under an older name, as these say."""
        left_out = set() if self.older_members else {*older}
        unset = {name for name in optional if not answer[name]}
        kept = {name: value for name, value in answer.items() if name not in left_out | unset}
        return kept | (dict.fromkeys(unset) if self.unset == "null" else {})

    def page(self, answer: Answer) -> Answer:
        """Write a page of a list; any other answer stays as it is."""
        if not {"limit", "data", "last"} <= answer.keys():
            return answer
        data = cast("list[object]", answer["data"] or [])
        written = answer | {"data": data or (None if self.empty_list == "null" else [])}
        if self.last_page == "id" or len(data) >= cast("int", answer["limit"]):
            return written
        ends: Answer = {"empty": {"last": ""}, "null": {"last": None}, "absent": {}}
        without = {name: value for name, value in written.items() if name != "last"}
        return without | cast("Answer", ends[self.last_page])
