// The public types of the package as one report, docs/api/sx-call-kit.api.md: a change of them is seen in a diff, and not by accident.
// `--update` (`npm run api`) writes it anew.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { root } from "./programs.mjs";

const isUpdate = process.argv.includes("--update");
const config = ExtractorConfig.loadFileAndPrepare(join(root, ".config/api-extractor.json"));
mkdirSync(config.reportFolder, { recursive: true });
const { apiReportChanged, errorCount } = Extractor.invoke(config, {
  localBuild: isUpdate,
  messageCallback: (message) => {
    // It speaks of its own compiler, and of every step.
    if (message.logLevel !== "error") message.handled = true;
  },
});
const hasFailed = errorCount > 0 || (apiReportChanged && !isUpdate);
if (hasFailed)
  process.stderr.write(
    "The public types differ from docs/api/sx-call-kit.api.md: look at them, then `npm run api`.\n",
  );
else
  process.stdout.write(
    isUpdate && apiReportChanged
      ? "The report is written anew.\n"
      : "The public types are as reported.\n",
  );
process.exitCode = hasFailed ? 1 : 0;
