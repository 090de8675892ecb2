// A module and its types for each source that an entry of the package needs, as `tsc --project` writes them, with its templates shortened:
// a bundler of a host cannot, as they are within strings.
import ts from "typescript";
import { shortTemplates } from "./short-literals.mjs";

/**
 * @param {string} project path of the configuration.
 * @returns {boolean} whether it could be written; what is wrong stands on the console.
 */
export function compile(project) {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (fault) => report([fault]) };
  const parsed = ts.getParsedCommandLineOfConfigFile(project, {}, host);
  if (parsed === undefined) return false;
  const { fileNames, options, projectReferences, errors } = parsed;
  const program = ts.createProgram({
    rootNames: fileNames,
    options,
    projectReferences,
    configFileParsingDiagnostics: errors,
  });
  const { diagnostics, emitSkipped } = program.emit(undefined, undefined, undefined, false, {
    before: [shortTemplates],
  });
  const faults = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  report(faults);
  return !emitSkipped && faults.every(({ category }) => category !== ts.DiagnosticCategory.Error);
}

function report(faults) {
  if (faults.length === 0) return;
  const names = {
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  };
  process.stderr.write(
    ts.formatDiagnosticsWithColorAndContext(ts.sortAndDeduplicateDiagnostics(faults), names),
  );
}
