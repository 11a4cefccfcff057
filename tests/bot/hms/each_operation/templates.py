"""Templates and their parts."""

from bot.hms import Destinations, Invalid, NotFound, RecordingConfig, Role, Template, TemplateSettings
from bot.hms.destinations import RtmpDestination
from tests.bot.hms.each_operation.row import UNKNOWN, Act, Read
from tests.bot.hms.each_operation.stage import PLATFORM

ALBUM = RecordingConfig(name="all", role="host", max_duration=3600)
PUSHED = Destinations(rtmp_destinations={"tv": RtmpDestination(name="tv", rtmp_urls=(PLATFORM,))})
CROWDED = Destinations(rtmp_destinations={"tv": RtmpDestination(name="tv", rtmp_urls=(PLATFORM,) * 4)})

TEMPLATES = {
    "templates.list": Read(
        works=lambda hms, _: hms.templates.list(),
        tells=lambda page, stage: [each.id for each in page.data] == [stage.template.id],
        refused=lambda hms, _: hms.templates.list(limit=9),
        error=Invalid,
    ),
    "templates.retrieve": Read(
        works=lambda hms, stage: hms.templates.retrieve(stage.template.id),
        tells=lambda template, stage: [*template.roles] == [*stage.template.roles],
        refused=lambda hms, _: hms.templates.retrieve(UNKNOWN),
        error=NotFound,
    ),
    "templates.create": Act(
        works=lambda hms, _: hms.templates.create(Template(name="choir", roles={"alto": Role(name="alto")})),
        state=lambda stage: [(each.name, [*each.roles]) for each in stage.world.templates.values()][1:],
        leaves=[("choir", ["alto"])],
        refused=lambda hms, _: hms.templates.create(Template(name="choir/2")),
        error=Invalid,
    ),
    "templates.update": Act(
        works=lambda hms, stage: hms.templates.update(
            stage.template.id,
            Template(roles={"alto": Role(name="alto")}, settings=TemplateSettings(region="eu")),
        ),
        state=lambda stage: (stage.template.name, [*stage.template.roles], stage.template.settings["region"]),
        leaves=("classroom", ["alto"], "eu"),
        refused=lambda hms, _: hms.templates.update(UNKNOWN, Template(roles={}, settings=TemplateSettings())),
        error=NotFound,
    ),
    "templates.retrieve_role": Read(
        works=lambda hms, stage: hms.templates.retrieve_role(stage.template.id, "host"),
        tells=lambda role, _: (role.name, role.permissions.end_room) == ("host", True),
        refused=lambda hms, stage: hms.templates.retrieve_role(stage.template.id, "pope"),
        error=NotFound,
    ),
    "templates.upsert_role": Act(
        works=lambda hms, stage: hms.templates.upsert_role(
            stage.template.id, "stage", Role(name="stage", max_peer_count=3)
        ),
        state=lambda stage: stage.template.roles["stage"]["maxPeerCount"],
        leaves=3,
        refused=lambda hms, stage: hms.templates.upsert_role(stage.template.id, "stage", Role(name="host")),
        error=Invalid,
    ),
    "templates.delete_role": Act(
        works=lambda hms, stage: hms.templates.delete_role(stage.template.id, "muted"),
        state=lambda stage: [*stage.template.roles],
        leaves=["host", "stage", "guest"],
        refused=lambda hms, stage: hms.templates.delete_role(stage.template.id, "pope"),
        error=NotFound,
    ),
    "templates.retrieve_settings": Read(
        works=lambda hms, stage: hms.templates.retrieve_settings(stage.template.id),
        tells=lambda settings, stage: settings.region == stage.template.settings["region"],
        refused=lambda hms, _: hms.templates.retrieve_settings(UNKNOWN),
        error=NotFound,
    ),
    "templates.update_settings": Act(
        works=lambda hms, stage: hms.templates.update_settings(
            stage.template.id, TemplateSettings(region="eu")
        ),
        state=lambda stage: stage.template.settings["region"],
        leaves="eu",
        refused=lambda hms, stage: hms.templates.update_settings(
            stage.template.id, TemplateSettings(region="moon")
        ),
        error=Invalid,
    ),
    "templates.retrieve_destinations": Read(
        works=lambda hms, stage: hms.templates.retrieve_destinations(stage.template.id),
        tells=lambda found, _: found == Destinations(),
        refused=lambda hms, _: hms.templates.retrieve_destinations(UNKNOWN),
        error=NotFound,
    ),
    "templates.update_destinations": Act(
        works=lambda hms, stage: hms.templates.update_destinations(stage.template.id, PUSHED),
        state=lambda stage: [*stage.template.destinations_of("rtmpDestinations")],
        leaves=["tv"],
        refused=lambda hms, stage: hms.templates.update_destinations(stage.template.id, CROWDED),
        error=Invalid,
    ),
    "templates.retrieve_recordings": Read(
        works=lambda hms, stage: hms.templates.retrieve_recordings(stage.template.id),
        tells=lambda configs, _: configs == (),
        refused=lambda hms, _: hms.templates.retrieve_recordings(UNKNOWN),
        error=NotFound,
    ),
    "templates.configure_recordings": Act(
        works=lambda hms, stage: hms.templates.configure_recordings(stage.template.id, ALBUM),
        state=lambda stage: [(each["name"], each["maxDuration"]) for each in stage.template.recordings],
        leaves=[("all", 3600)],
        refused=lambda hms, _: hms.templates.configure_recordings(UNKNOWN, ALBUM),
        error=NotFound,
    ),
}
