"""What a test or a demo can turn in the workspace while it runs."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.slack.faults import Fault, Faults

CONNECTIONS = 10  # of Socket Mode, an app
Grid = Literal["off", "workspace", "organisation"]


@dataclass
class Switches:
    """The state of every switch; at first the workspace is a plain one in which all goes well.

    On Enterprise ``grid`` a click names as ``user.team_id`` the first ``workspace`` of whoever clicks, or the
    ``organisation``; ``grid_team_id`` lets ``users.info`` say the ``team_id`` of its members all the same.
    ``bot_token`` and ``app_token`` are None while the token is good, else Slack's word for what is wrong with
    it. Slack's clock is ``clock_off_s`` seconds ahead of everybody else's. Without ``charts`` or
    ``data_tables`` every block that is one is refused, as where Slack has none yet.
    """

    rate_limits: bool = False
    paid_plan: bool = False
    connections: int = CONNECTIONS
    clock_off_s: float = 0.0
    grid: Grid = "off"
    grid_team_id: bool = False
    bot_token: str | None = None
    app_token: str | None = None
    charts: bool = True
    data_tables: bool = True
    faults: Faults = field(default_factory=Faults)

    @property
    def unknown_blocks(self) -> frozenset[str]:
        """The blocks that this Slack does not have yet."""
        known = {"data_visualization": self.charts, "data_table": self.data_tables}
        return frozenset(kind for kind, is_known in known.items() if not is_known)

    def refuse_next(
        self,
        method: str,
        error: str = "ratelimited",
        *,
        channel: str | None = None,
        status: int | None = None,
        retry_after: int = 1,
        times: int | None = 1,
    ) -> None:
        """Refuse the next calls of a method (``*``: of any) with one of Slack's words, whatever they ask for.

        ``ratelimited`` is a 429 with ``Retry-After``; any other word comes with 200, as on Slack, unless a
        ``status`` says otherwise. ``times=None`` goes on until ``faults.heal()``.
        """
        limited = error == "ratelimited"
        code = status or (429 if limited else 200)
        after = retry_after if limited else None
        self.faults.waiting.append(Fault(method, error, channel, code, after, left=times))

    def lose_next(self, method: str, *, channel: str | None = None, times: int | None = 1) -> None:
        """Carry the next calls of a method out, and let their answers never arrive."""
        self.faults.waiting.append(Fault(method, "", channel, lost=True, left=times))
