// Slack's own types over what we send: the manifest, and every message, as TypeScript reads them. It is told a file
// of JSON, {"manifest": …, "messages": [{"from": …, "blocks": […]}]}; a line of JSON says what does not fit.
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");

const [given, folder] = process.argv.slice(2);
const { manifest, messages } = JSON.parse(fs.readFileSync(given, "utf8"));
const OPTIONS = { strict: true, noEmit: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, types: [] };

// A program of one file that stands beside the packages, so that they are found.
function program(name, text) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  const made = ts.createProgram([file], OPTIONS);
  return { made, source: made.getSourceFile(file) };
}

function faults({ made, source }) {
  return ts.getPreEmitDiagnostics(made).map((fault) => {
    const line = fault.file ? fault.file.getLineAndCharacterOfPosition(fault.start).line : 0;
    const where = fault.file === source ? source.text.split("\n")[line].slice(0, 200) : "";
    return `${ts.flattenDiagnosticMessageText(fault.messageText, " ")} ${where}`;
  });
}

// The `type` of every block that Slack's union of them knows.
function known() {
  const text = 'import type { KnownBlock } from "@slack/types";\nexport type Known = KnownBlock["type"];\n';
  const { made, source } = program("known.ts", text);
  const checker = made.getTypeChecker();
  const alias = source.statements.find(ts.isTypeAliasDeclaration);
  const union = checker.getTypeAtLocation(alias.name);
  return new Set((union.types ?? [union]).map((one) => one.value));
}

const types = known();
const unknown = {};
function isKnown(block) {
  if (!types.has(block.type)) unknown[block.type] = (unknown[block.type] ?? 0) + 1;
  return types.has(block.type);
}

const drawn = messages.map(({ from, blocks }) => ({ from, blocks: blocks.filter(isKnown) }));
const lines = drawn.map(({ from, blocks }) => `  /* ${from.replaceAll("*/", "")} */ ${JSON.stringify(blocks)},`);
const wrong = [
  ...faults(
    program(
      "manifest.ts",
      'import type { AppsManifestCreateArguments } from "@slack/web-api";\n' +
        `export const manifest: AppsManifestCreateArguments["manifest"] = ${JSON.stringify(manifest, null, 1)};\n`,
    ),
  ),
  ...faults(
    program(
      "messages.ts",
      'import type { KnownBlock } from "@slack/types";\n' +
        `export const messages: KnownBlock[][] = [\n${lines.join("\n")}\n];\n`,
    ),
  ),
];
const blocks = messages.reduce((sum, message) => sum + message.blocks.length, 0);
process.stdout.write(JSON.stringify({ messages: messages.length, blocks, known: types.size, unknown, wrong }) + "\n");
