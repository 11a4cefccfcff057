"""Metrics count kinds of things: a label with a name or an id would tell on people, and grow for ever."""

from datetime import timedelta

from bot.web.server import Metrics

LABELS = {"command", "outcome", "kind", "le"}  # le is the bucket of a histogram
# What a label may hold is made safe here: a command's words come from the registry, not from a person.


def test_no_metric_is_labelled_with_a_name_or_an_id() -> None:
    metrics = Metrics()
    metrics.ended("end-room", "done")
    metrics.acked("slash_commands", 0.01)
    metrics.came("open window", timedelta(seconds=1))
    metrics.drifted("rooms", 1)
    metrics.due(1)
    metrics.lost()
    with metrics.running("open window"):
        pass
    samples = [sample for family in metrics.registry.collect() for sample in family.samples]
    assert len(samples) > 0
    assert {label for sample in samples for label in sample.labels} <= LABELS
