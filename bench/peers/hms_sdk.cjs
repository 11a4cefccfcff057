// The official SDK for Node, which is told where the stub is; it reads orders as bench/hms_callers.py does.
const { SDK } = require("@100mslive/server-sdk");
const lines = require("readline").createInterface({ input: process.stdin });

const sdk = new SDK("key", "a secret of the benchmark, long enough for HS256");
sdk.rooms.apiService.axios.defaults.baseURL = `http://127.0.0.1:${process.argv[2]}/v2`;
const ask = () => sdk.rooms.retrieveById("64f0c3a1b2d4e5f601234567");
const all = (count, work) => Promise.all(Array.from({ length: count }, work));

async function drive(inFlight, count) {
  await all(inFlight, ask);
  let left = count;
  const work = async () => {
    while (left-- > 0) await ask();
  };
  const processor = process.cpuUsage();
  const began = performance.now();
  await all(inFlight, work);
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(processor);
  return { rate: count / seconds, cpu: (used.user + used.system) / count };
}

(async () => {
  for await (const line of lines) {
    const order = JSON.parse(line);
    const said = await drive(order.in_flight, order.count);
    const memory = process.memoryUsage().rss / 2 ** 20;
    process.stdout.write(JSON.stringify({ ...said, memory }) + "\n");
  }
})();
