// Bare @slack/bolt for Node as its documentation begins: the defaults, and a listener that only acks.
const { App } = require("@slack/bolt");

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

app.command("/hms", async ({ ack }) => {
  await ack();
});

app.start({ port: Number(process.argv[2]), host: "127.0.0.1" });
