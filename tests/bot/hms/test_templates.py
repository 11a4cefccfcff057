import pytest
from pydantic import SecretStr

from bot.hms import Destinations, Invalid, NotFound, RecordingConfig, Role, Template, TemplateSettings
from bot.hms.destinations import BrowserComposite, CompositeRecording, RtmpDestination
from bot.hms.role import Permissions, PublishParams
from bot.hms.template import RecordingSettings, TemplateCredentials, Upload

STAGE = Role(name="stage", publish_params=PublishParams(allowed=("audio",)), priority=2)
BUCKET = Upload(
    type="s3",
    location="bkt",
    prefix="team",
    credentials=TemplateCredentials(key=SecretStr("K-1"), secret_key=SecretStr("S-1")),
)


@pytest.fixture
async def template(hms):
    return await hms.templates.create(
        Template(name="stand-ups", roles={"host": Role(name="host"), "stage": STAGE})
    )


async def test_a_template_tells_its_roles(hms) -> None:
    [listed] = (await hms.templates.list()).data
    template = await hms.templates.retrieve(listed.id)

    assert template.name == "classroom"
    assert list(template.roles) == ["host", "stage", "guest", "muted"]
    assert template.roles["host"].permissions.end_room
    assert template.roles["muted"].publish_params.allowed == ()


async def test_templates_are_listed(hms, template) -> None:
    assert [each.name async for each in hms.templates.each()] == ["stand-ups", "classroom"]
    with pytest.raises(Invalid):
        await hms.templates.list(limit=9)


async def test_a_template_is_made_with_roles(hms, world, template) -> None:
    assert (template.name, [*template.roles]) == ("stand-ups", ["host", "stage"])
    assert template.roles["stage"].publish_params.allowed == ("audio",)
    assert world.template(template.id).name == "stand-ups"
    assert await hms.templates.retrieve(template.id) == template


async def test_a_template_with_a_known_name_is_overwritten(hms, template) -> None:
    again = await hms.templates.create(Template(name="stand-ups", roles={"guest": Role(name="guest")}))
    assert (again.id, [*again.roles]) == (template.id, ["guest"])


async def test_what_was_read_can_be_written_back_whole(hms, template) -> None:
    back = await hms.templates.update(template.id, template)
    assert back.model_copy(update={"updated_at": template.updated_at}) == template


async def test_a_template_has_lost_what_was_not_sent(hms, template) -> None:
    changed = await hms.templates.update(
        template.id, Template(roles={"guest": Role(name="guest")}, settings=TemplateSettings(region="eu"))
    )
    assert (changed.name, [*changed.roles], changed.settings.region) == ("stand-ups", ["guest"], "eu")
    assert await hms.templates.retrieve(template.id) == changed


async def test_a_template_keeps_its_name_to_itself(hms, template) -> None:
    with pytest.raises(Invalid):
        await hms.templates.update(template.id, template.model_copy(update={"name": "classroom"}))
    with pytest.raises(Invalid):
        await hms.templates.update(template.id, Template(name="stand-ups"))


async def test_a_role_is_found_in_its_template(hms, template) -> None:
    role = await hms.templates.retrieve_role(template.id, "stage")
    assert (role.name, role.max_peer_count, role.priority) == ("stage", 0, 2)


async def test_a_role_is_made_changed_and_renamed(hms, template) -> None:
    made = await hms.templates.upsert_role(
        template.id, "guest", Role(name="guest", permissions=Permissions(poll_read=True))
    )
    assert made.permissions.poll_read
    changed = await hms.templates.upsert_role(template.id, "guest", Role(name="guest", max_peer_count=3))
    assert (changed.max_peer_count, changed.permissions.poll_read) == (3, True)
    await hms.templates.upsert_role(template.id, "guest", Role(name="visitor"))
    assert [*(await hms.templates.retrieve(template.id)).roles] == ["host", "stage", "visitor"]
    with pytest.raises(Invalid):
        await hms.templates.upsert_role(template.id, "visitor", Role(name="host"))


async def test_a_role_with_a_space_in_its_name_is_found(hms, template) -> None:
    await hms.templates.upsert_role(template.id, "front row", Role(name="front row"))
    assert (await hms.templates.retrieve_role(template.id, "front row")).name == "front row"


async def test_a_role_is_deleted_once(hms, template) -> None:
    await hms.templates.delete_role(template.id, "stage")
    assert [*(await hms.templates.retrieve(template.id)).roles] == ["host"]
    with pytest.raises(NotFound):
        await hms.templates.delete_role(template.id, "stage")


async def test_settings_are_replaced(hms, template) -> None:
    settings = TemplateSettings(region="eu", recording=RecordingSettings(upload=BUCKET))
    written = await hms.templates.update_settings(template.id, settings)

    assert (written.region, written.recording.upload) == ("eu", BUCKET)
    assert "S-1" not in repr(written)
    assert await hms.templates.retrieve_settings(template.id) == written
    assert (await hms.templates.update_settings(template.id, TemplateSettings())).recording is None
    with pytest.raises(Invalid):
        await hms.templates.update_settings(template.id, TemplateSettings(region="moon"))


async def test_destinations_are_replaced(hms, template) -> None:
    channel = RtmpDestination(name="channel", rtmp_urls=(SecretStr("rtmp://live.example/app/K-1"),))
    written = await hms.templates.update_destinations(
        template.id, Destinations(rtmp_destinations={"channel": channel})
    )
    assert written.rtmp_destinations["channel"].rtmp_urls == channel.rtmp_urls
    assert "K-1" not in repr(written)
    assert await hms.templates.retrieve_destinations(template.id) == written

    four = channel.model_copy(update={"rtmp_urls": channel.rtmp_urls * 4})
    with pytest.raises(Invalid):
        await hms.templates.update_destinations(
            template.id, Destinations(rtmp_destinations={"channel": four})
        )


async def test_recording_is_configured(hms, template) -> None:
    film = CompositeRecording(browser_composite=BrowserComposite(auto_start=True, auto_stop_timeout=300))
    config = RecordingConfig(name="default", role="stage", max_duration=3600, composite_recording=film)
    [written] = await hms.templates.configure_recordings(template.id, config)

    assert (written.role, written.max_duration) == ("stage", 3600)
    assert written.composite_recording.browser_composite.auto_start
    assert await hms.templates.retrieve_recordings(template.id) == (written,)
    with pytest.raises(Invalid):
        await hms.templates.configure_recordings(template.id, config.model_copy(update={"name": ""}))


async def test_what_is_unknown_is_not_found(hms, template) -> None:
    unknown = "0" * 24
    for asked in (
        hms.templates.retrieve(unknown),
        hms.templates.update(unknown, template),
        hms.templates.retrieve_role(template.id, "nobody"),
        hms.templates.retrieve_role(unknown, "host"),
        hms.templates.upsert_role(unknown, "host", STAGE),
        hms.templates.delete_role(unknown, "host"),
        hms.templates.retrieve_settings(unknown),
        hms.templates.update_settings(unknown, TemplateSettings()),
        hms.templates.retrieve_destinations(unknown),
        hms.templates.update_destinations(unknown, Destinations()),
        hms.templates.retrieve_recordings(unknown),
        hms.templates.configure_recordings(unknown, RecordingConfig(name="default", role="host")),
    ):
        with pytest.raises(NotFound):
            await asked
