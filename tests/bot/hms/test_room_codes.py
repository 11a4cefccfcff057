import httpx
import jwt
import pytest
from pydantic import SecretStr

from bot.hms import Forbidden, NotFound


@pytest.fixture
def room(world):
    return world.add_room("standup")


async def test_every_role_has_a_code(hms, world, room) -> None:
    made = await hms.room_codes.create_all(room.id)

    assert [code.role for code in made] == list(room.template.roles)
    assert all(code.enabled and code.room_id == room.id for code in made)
    assert await hms.room_codes.create_all(room.id) == made
    assert [code async for code in hms.room_codes.each(room.id)] == [*reversed(made)]
    assert [code.code.get_secret_value() for code in made] == [
        code.code for code in world.room_codes.of(room)
    ]


async def test_a_code_does_not_show_by_itself(hms, room) -> None:
    [code, *_] = await hms.room_codes.create_all(room.id)
    assert code.code.get_secret_value() not in repr(code) + code.model_dump_json()


async def test_a_role_has_one_more_code(hms, room) -> None:
    await hms.room_codes.create_all(room.id)
    more = await hms.room_codes.create_for_role(room.id, "guest")

    assert more.role == "guest"
    assert more.code in [code.code async for code in hms.room_codes.each(room.id, role="guest")]
    assert len((await hms.room_codes.list(room.id, role="guest")).data) == 2


async def test_codes_are_listed_by_whether_they_work(hms, room) -> None:
    [first, *rest] = await hms.room_codes.create_all(room.id)
    await hms.room_codes.update(first.code, enabled=False)

    assert [code.code for code in (await hms.room_codes.list(room.id, enabled=False)).data] == [first.code]
    assert len((await hms.room_codes.list(room.id, enabled=True)).data) == len(rest)


async def test_a_code_is_closed_and_opened_again(hms, world, room) -> None:
    [code, *_] = await hms.room_codes.create_all(room.id)

    assert not (await hms.room_codes.update(code.code, enabled=False)).enabled
    with pytest.raises(Forbidden):
        await hms.room_codes.auth_token(code.code)
    assert (await hms.room_codes.update(code.code, enabled=True)).enabled
    assert world.room_codes.find(code.code.get_secret_value()).enabled


async def test_a_code_is_exchanged_for_a_token_without_our_own(hms, world, room) -> None:
    [code, *_] = await hms.room_codes.create_all(room.id)
    token = (await hms.room_codes.auth_token(code.code, user_id="gus-17")).token

    claims = jwt.decode(token.get_secret_value(), options={"verify_signature": False})
    assert (claims["type"], claims["room_id"], claims["role"]) == ("app", room.id, code.role)
    assert claims["user_id"] == "gus-17"
    assert token.get_secret_value() not in repr(token)


async def test_the_management_token_stays_with_the_api(office, script) -> None:
    answers = script(httpx.Response(200, json={"token": "an app token"}))
    await office.calls(answers).room_codes.auth_token(SecretStr("abc-defg-hij"))
    [request] = answers.requests
    assert (request.url.host, request.url.path) == ("auth.example", "/v2/token")
    assert "Authorization" not in request.headers


async def test_a_disabled_room_shows_no_codes_and_lets_nobody_in(hms, world, room) -> None:
    [code, *_] = await hms.room_codes.create_all(room.id)
    await hms.rooms.set_enabled(room.id, enabled=False)

    for asked in (
        hms.room_codes.list(room.id),
        hms.room_codes.create_all(room.id),
        hms.room_codes.create_for_role(room.id, "guest"),
        hms.room_codes.auth_token(code.code),
    ):
        with pytest.raises(Forbidden):
            await asked


async def test_what_is_unknown_is_not_found(hms, room) -> None:
    unknown = SecretStr("abc-defg-hij")
    for asked in (
        hms.room_codes.list("0" * 24),
        hms.room_codes.list(room.id, role="nobody"),
        hms.room_codes.create_all("0" * 24),
        hms.room_codes.create_for_role(room.id, "nobody"),
        hms.room_codes.update(unknown, enabled=False),
        hms.room_codes.auth_token(unknown),
    ):
        with pytest.raises(NotFound):
            await asked
