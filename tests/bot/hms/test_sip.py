import pytest
from pydantic import SecretStr

from bot.hms import HmsError, Invalid, NotFound, Unauthorized
from bot.hms.sip import Trunk

TRUNK = Trunk(username="desk", password=SecretStr("S-1"), address="sip.example", from_number="+15550199")


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


@pytest.fixture
async def code(hms, room):
    codes = await hms.room_codes.create_all(room.id)
    return next(code.code for code in codes if code.role == "guest")


async def test_a_trunk_is_registered_and_replaced(hms, world) -> None:
    made = await hms.sip.create_trunk(TRUNK)
    assert (world.trunks[made.id].caller, world.trunks[made.id].password) == ("+15550199", "S-1")
    assert "S-1" not in repr(TRUNK)

    moved = TRUNK.model_copy(update={"address": "sip2.example"})
    assert await hms.sip.update_trunk(made.id, moved) == made
    assert world.trunks[made.id].address == "sip2.example"


async def test_a_trunk_needs_all_its_parts(hms) -> None:
    nobody = TRUNK.model_copy(update={"from_number": ""})
    with pytest.raises(Invalid, match="from is mandatory"):
        await hms.sip.create_trunk(nobody)
    with pytest.raises(NotFound):
        await hms.sip.update_trunk("0" * 24, TRUNK)


async def test_somebody_is_called_into_the_room(hms, room, code) -> None:
    trunk = await hms.sip.create_trunk(TRUNK)
    call = await hms.sip.start_call("+15550123", room_code=code, trunk_id=trunk.id, name="Gus")
    assert call.id
    assert [(peer.name, peer.role) for peer in room.people][-1] == ("Gus", "guest")


async def test_who_does_not_pick_up_is_a_time_out(hms, room, code) -> None:
    trunk = await hms.sip.create_trunk(TRUNK)
    with pytest.raises(HmsError, match="timed out") as caught:
        await hms.sip.start_call("+15550100", room_code=code, trunk_id=trunk.id)
    assert caught.value.status == 408
    assert len(room.people) == 1


async def test_a_call_needs_somebody_to_call(hms, code) -> None:
    trunk = await hms.sip.create_trunk(TRUNK)
    with pytest.raises(Invalid, match="to is mandatory"):
        await hms.sip.start_call("", room_code=code, trunk_id=trunk.id)


async def test_keys_are_pressed_in_the_name_of_a_client(hms, room, code) -> None:
    trunk = await hms.sip.create_trunk(TRUNK)
    await hms.sip.start_call("+15550123", room_code=code, trunk_id=trunk.id, name="Gus")
    token = (await hms.room_codes.auth_token(code)).token

    await hms.sip.send_dtmf(["1", "#"], app_token=token)

    assert room.people[-1].digits == ["1", "#"]
    with pytest.raises(Invalid, match="invalid digit"):
        await hms.sip.send_dtmf(["x"], app_token=token)
    with pytest.raises(Invalid, match="digits are mandatory"):
        await hms.sip.send_dtmf([], app_token=token)


async def test_a_token_that_is_none_is_refused_and_asked_once(hms, world) -> None:
    with pytest.raises(Unauthorized):
        await hms.sip.send_dtmf(["1"], app_token=SecretStr("no token"))
    assert len(world.calls_of("sip.send_dtmf")) == 1
