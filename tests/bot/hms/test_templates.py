import pytest

from bot.hms import NotFound


async def test_a_template_tells_its_roles(hms, world) -> None:
    [listed] = (await hms.templates.list()).data
    template = await hms.templates.retrieve(listed.id)

    assert template.name == "classroom"
    assert list(template.roles) == ["host", "stage", "guest", "muted"]
    assert template.roles["host"].permissions["endRoom"]
    assert template.roles["muted"].publish_params["allowed"] == []


async def test_a_role_is_read_alone(hms, world) -> None:
    [template_id] = world.templates
    role = await hms.templates.retrieve_role(template_id, "host")
    assert (role.name, role.priority, role.max_peer_count) == ("host", 1, 0)


async def test_a_role_or_template_that_does_not_exist_is_not_found(hms, world) -> None:
    [template_id] = world.templates
    with pytest.raises(NotFound, match="role not found"):
        await hms.templates.retrieve_role(template_id, "king")
    with pytest.raises(NotFound, match="template not found"):
        await hms.templates.retrieve("0" * 24)


async def test_each_walks_the_templates(hms, world) -> None:
    assert [template.id async for template in hms.templates.each()] == list(world.templates)
