"""Looking back, and telephones."""

from datetime import timedelta

from bot.hms import Invalid, NotFound, Rejected
from tests.bot.hms.each_operation.row import UNKNOWN, Act, Read
from tests.bot.hms.each_operation.stage import TRUNK

ANALYTICS = {
    "analytics.list_events": Read(
        works=lambda hms, stage: hms.analytics.list_events(stage.standup.id, peer_id=stage.gus.id),
        tells=lambda page, stage: {event.data.user_id for event in page.events} == {"gus-17"},
        refused=lambda hms, stage: hms.analytics.list_events(stage.standup.id, limit=101),
        error=Invalid,
    ),
    "analytics.list_webhook_events": Read(
        works=lambda hms, _: hms.analytics.list_webhook_events(status="failed"),
        tells=lambda page, stage: {each.room_id for each in page.events} == {stage.quiet.id},
        refused=lambda hms, stage: hms.analytics.list_webhook_events(
            start_time=stage.world.now() - timedelta(days=31)
        ),
        error=Invalid,
    ),
    "analytics.replay_webhooks": Act(
        works=lambda hms, stage: hms.analytics.replay_webhooks(room_id=stage.quiet.id),
        state=lambda stage: any(each.is_replay for each in stage.world.webhooks.deliveries),
        leaves=True,
        refused=lambda hms, stage: hms.analytics.replay_webhooks(
            start_time=stage.world.now() - timedelta(days=15), end_time=stage.world.now()
        ),
        error=Invalid,
    ),
    "analytics.get_webhook_replay": Read(
        works=lambda hms, stage: hms.analytics.get_webhook_replay(stage.replay),
        tells=lambda replay, _: (replay.status, replay.result.total) == ("completed", 0),
        refused=lambda hms, _: hms.analytics.get_webhook_replay(UNKNOWN),
        error=NotFound,
    ),
    "analytics.peer_stats": Read(
        works=lambda hms, stage: hms.analytics.peer_stats(
            next(iter(stage.past.peers)), session_id=stage.past.id
        ),
        tells=lambda stats, stage: (stats.session_id, stats.room_id) == (stage.past.id, stage.standup.id),
        refused=lambda hms, stage: hms.analytics.peer_stats(stage.gus.id, session_id=stage.past.id),
        error=NotFound,
    ),
}

SIP = {
    "sip.create_trunk": Act(
        works=lambda hms, _: hms.sip.create_trunk(TRUNK),
        state=lambda stage: [trunk.address for trunk in stage.world.trunks.values()],
        leaves=["sip.example"] * 2,
        refused=lambda hms, _: hms.sip.create_trunk(TRUNK.model_copy(update={"address": ""})),
        error=Invalid,
    ),
    "sip.update_trunk": Act(
        works=lambda hms, stage: hms.sip.update_trunk(
            stage.trunk, TRUNK.model_copy(update={"address": "sip2.example"})
        ),
        state=lambda stage: stage.world.trunks[stage.trunk].address,
        leaves="sip2.example",
        refused=lambda hms, _: hms.sip.update_trunk(UNKNOWN, TRUNK),
        error=NotFound,
    ),
    "sip.start_call": Act(
        works=lambda hms, stage: hms.sip.start_call(
            "+15550124", room_code=stage.guest_code, trunk_id=stage.trunk, name="Max"
        ),
        state=lambda stage: [(peer.name, peer.role, peer.type) for peer in stage.standup.people][-1],
        leaves=("Max", "guest", "sip"),
        refused=lambda hms, stage: hms.sip.start_call(
            "+15550100", room_code=stage.guest_code, trunk_id=stage.trunk
        ),
        error=Rejected,  # 408: nobody picked up
    ),
    "sip.send_dtmf": Act(
        works=lambda hms, stage: hms.sip.send_dtmf(["1", "#"], app_token=stage.app_token),
        state=lambda stage: [peer.digits for peer in stage.standup.people if peer.name == "Ivy"],
        leaves=[["1", "#"]],
        refused=lambda hms, stage: hms.sip.send_dtmf(["x"], app_token=stage.app_token),
        error=Invalid,
    ),
}
