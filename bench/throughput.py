"""How many lines a second are acked at sixteen connections, and how soon they are answered."""

import time
from contextlib import ExitStack
from statistics import median

from bench.stage import ASGI, BOLT, BOT, NODE, set_up
from bench.table import Table, bar, times

CONNECTIONS = 16


def run(*, quick: bool) -> Table:
    rounds, count = (2, 300) if quick else (5, 1000)
    rates: dict[str, list[float]] = {ASGI: [], NODE: [], BOLT: [], BOT: []}
    answers: list[float] = []
    with set_up(ASGI, NODE, BOLT) as stage, ExitStack() as held:
        servers = {name: stage.start(name, held) for name in stage.programs}
        for _ in range(rounds):
            for name, so_far in rates.items():
                before, began = stage.answered(), time.perf_counter()
                so_far.append(
                    count / stage.load(servers[name], "help", count=count, connections=CONNECTIONS).seconds
                )
                if name == BOT:
                    stage.wait_for_answers(before + count)
                    answers.append(count / (time.perf_counter() - began))
        called = {name: program.name for name, program in stage.programs.items()}
    rate = {name: median(so_far) for name, so_far in rates.items()}
    rows = [(called[name], f"{rate[name]:.0f}", times(rate[name], rate[BOLT])) for name in (ASGI, NODE, BOLT)]
    ours = (f"{BOT}, `/hms help`", f"{rate[BOT]:.0f}", bar(rate[BOT] / rate[BOLT], least=2))
    return Table(
        f"Acks a second, {CONNECTIONS} connections",
        ("", "acks a second", "beside bare Bolt"),
        [*rows, ours],
        f"{count} requests in each of {rounds} interleaved rounds; the median. The peers do nothing after "
        f"their ack. The bot lets acks go before answers, and answered {median(answers):.0f} a second.",
    )
