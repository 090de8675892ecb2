// Compares the public types of the package with the report docs/api/sx-call-kit.api.md, so that a change appears in a diff.
// `--update` (`npm run api`) writes the report.
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
    // Hides messages about its own compiler, and about every step.
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
