// Every wrapper method of the official SDK for Node, called against the emulated 100ms that runs at the address it
// is told. Each must succeed and bring what it was asked for; a line of JSON says how it went.
const { SDK } = require("@100mslive/server-sdk");
const assert = require("node:assert");

const [address] = process.argv.slice(2);
const sdk = new SDK(process.env.HMS_ACCESS_KEY, process.env.HMS_SECRET);
sdk.api.axios.defaults.baseURL = `${address}/v2`;
sdk.setLogLevel("silent");

const MEETING = "https://meeting.example/preview/classroom/guest";
const UNKNOWN = "64f0c3a1b2d4e5f601234567";
const WRAPPERS = [
  "activeRooms",
  "analytics",
  "externalStreams",
  "liveStreams",
  "recordingAssets",
  "recordings",
  "roomCodes",
  "rooms",
  "sessions",
];

async function control(path, body) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${address}/_sim/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
}

const later = (seconds) => control("clock", { advance: seconds });
const joins = (room, name, role) => control(`rooms/${room}/join`, { name, role });

async function all(iterator) {
  const found = [];
  for await (const one of iterator) found.push(one);
  return found;
}

async function refused(call, status) {
  const refusal = await call.then(
    () => assert.fail("was not refused"),
    (error) => error,
  );
  assert.strictEqual(refusal.code, status, JSON.stringify(refusal));
}

const ids = (objects) => objects.map((one) => one.id);
const has = (objects, id) => assert.ok(ids(objects).includes(id), `${id} is not among ${ids(objects)}`);

async function rooms(call) {
  const room = await call("rooms.create", { name: "strangers", description: "for the SDK" });
  assert.strictEqual(room.name, "strangers");
  has(await call("rooms.list"), room.id);
  assert.strictEqual((await call("rooms.retrieveById", room.id)).id, room.id);
  assert.strictEqual((await call("rooms.retrieveByName", "strangers")).id, room.id);
  assert.strictEqual((await call("rooms.update", room.id, { description: "changed" })).description, "changed");
  assert.strictEqual((await call("rooms.enableOrDisable", room.id, false)).enabled, false);
  await refused(sdk.rooms.retrieveById(UNKNOWN), 404);
  await sdk.rooms.enableOrDisable(room.id, true);
  return room;
}

async function codes(call, room) {
  const made = await call("roomCodes.create", room.id);
  const byCode = (codes) => [...codes].sort((one, other) => one.code.localeCompare(other.code));
  assert.deepStrictEqual(byCode(await call("roomCodes.list", room.id)), byCode(made));
  assert.strictEqual((await call("roomCodes.createForRole", room.id, "guest")).role, "guest");
  assert.strictEqual((await call("roomCodes.enableOrDisable", made[0].code, false)).enabled, false);
}

async function people(call, room) {
  await joins(room.id, "Hana", "host");
  const gus = await joins(room.id, "Gus", "guest");
  const ivy = await joins(room.id, "Ivy", "guest");
  await control(`rooms/${room.id}/track`, { peer_id: gus.id, type: "audio", mute: true });
  const session = (await call("activeRooms.retrieve", room.id)).session;
  assert.strictEqual(session.peers.length, 3);
  assert.strictEqual((await call("activeRooms.retrievePeerDetails", room.id, gus.id)).name, "Gus");
  assert.strictEqual((await call("activeRooms.retrieveActivePeers", room.id))[gus.id].name, "Gus");
  const named = { name: "Gustav", role: "stage" };
  assert.strictEqual((await call("activeRooms.updatePeer", room.id, gus.id, named)).role, "stage");
  await call("activeRooms.sendMessage", room.id, { message: "hello", role: "guest" });
  await call("activeRooms.removePeer", room.id, { peer_id: ivy.id, reason: "spam" });
  assert.ok(!(ivy.id in (await sdk.activeRooms.retrieveActivePeers(room.id))));
  has(await call("sessions.list", { room_id: room.id }), session.id);
  assert.strictEqual((await call("sessions.retrieveById", session.id)).id, session.id);
  assert.strictEqual((await call("sessions.retrieveActiveByRoom", room.id)).id, session.id);
  const filter = { type: ["track.add.success"], room_id: room.id };
  const added = await call("analytics.listTrackEvents", filter);
  assert.ok(added.some((event) => event.data.peer_id === gus.id && event.data.type === "audio"));
}

// One started, found, and stopped; then another, stopped with whatever runs.
async function job(call, wrapper, room, params, between = async () => {}) {
  const started = await call(`${wrapper}.start`, room.id, params);
  await later(2);
  has(await call(`${wrapper}.list`, { room_id: room.id }), started.id);
  assert.strictEqual((await call(`${wrapper}.retrieve`, started.id)).status, "running");
  await between(started);
  assert.strictEqual((await call(`${wrapper}.stop`, started.id)).id, started.id);
  await later(5);
  const again = await sdk[wrapper].start(room.id, params);
  await later(2);
  has(await call(`${wrapper}.stopAll`, room.id), again.id);
  await later(5);
  await refused(sdk[wrapper].retrieve(UNKNOWN), 404);
}

async function jobs(call, room) {
  await job(call, "recordings", room, { meeting_url: MEETING, resolution: { width: 1280, height: 720 } });
  const rtmp = { meeting_url: MEETING, rtmp_urls: ["rtmp://stream.example/live/key"] };
  await job(call, "externalStreams", room, rtmp);
  const recorded = { meeting_url: MEETING, recording: { hls_vod: true, single_file_per_layer: false } };
  await job(call, "liveStreams", room, recorded, async (stream) => {
    await call("liveStreams.sendTimedMetadata", stream.id, { payload: "a word", duration: 2 });
    await call("liveStreams.pauseRecording", stream.id);
    await call("liveStreams.resumeRecording", stream.id);
  });
}

async function assets(call, room) {
  const [asset] = await call("recordingAssets.list", { room_id: room.id });
  assert.strictEqual((await call("recordingAssets.retrieve", asset.id)).id, asset.id);
  assert.match((await call("recordingAssets.generatePreSignedURL", asset.id)).url, /^https:/);
  const filter = { type: "beam.recording.success", room_id: room.id };
  const [recorded] = await call("analytics.listRecordingEvents", filter);
  assert.strictEqual(recorded.data.room_id, room.id);
}

async function ends(call, room) {
  await call("activeRooms.end", room.id, { reason: "time is up", lock: true });
  await refused(sdk.activeRooms.end(room.id, { reason: "again" }), 404);
}

function methods() {
  const own = (wrapper) => Object.getOwnPropertyNames(Object.getPrototypeOf(sdk[wrapper]));
  const named = (wrapper) => own(wrapper).filter((name) => name !== "constructor");
  return WRAPPERS.flatMap((wrapper) => named(wrapper).map((name) => `${wrapper}.${name}`));
}

async function main() {
  const called = new Set();
  // Awaits what a method answers, or everything that its iterator brings.
  async function call(method, ...given) {
    const [wrapper, name] = method.split(".");
    const answer = sdk[wrapper][name](...given);
    const came = answer[Symbol.asyncIterator] ? await all(answer) : await answer;
    called.add(method);
    return came;
  }
  const wrong = [];
  const parts = [codes, people, jobs, assets, ends];
  const room = await rooms(call);
  for (const part of parts) {
    await part(call, room).catch((error) => wrong.push(`${part.name}: ${error.message ?? JSON.stringify(error)}`));
  }
  const every = methods();
  const missed = every.filter((method) => !called.has(method));
  process.stdout.write(JSON.stringify({ called: called.size, methods: every.length, missed, wrong }) + "\n");
}

main().catch((error) => {
  process.stderr.write(`${error.stack ?? JSON.stringify(error)}\n`);
  process.exit(1);
});
