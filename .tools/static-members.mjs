// `static name = value` of a class as a sentence behind the class: where an engine does not know it within (static blocks, Safari 16.4),
// esbuild otherwise takes every private member out of that class, too, into a WeakMap each, which is larger and slower.
import ts from "typescript";
import { edited } from "./edits.mjs";

/**
 * @param {string} source of a TypeScript module.
 * @returns {string} the same module, in TypeScript that is not for a type checker.
 */
export function staticMembersBehind(source) {
  if (!/^\s+static /m.test(source)) return source;
  const file = ts.createSourceFile("module.ts", source, ts.ScriptTarget.Latest);
  const edits = [];
  for (const statement of file.statements) {
    if (!ts.isClassDeclaration(statement) || statement.name === undefined) continue;
    const own = statement.members.filter(
      (member) =>
        ts.isPropertyDeclaration(member) &&
        member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword),
    );
    for (const member of own) {
      if (!ts.isIdentifier(member.name) || member.initializer === undefined) {
        throw new Error(`A static member of ${statement.name.text} is not a name with a value.`);
      }
      edits.push({ from: member.getStart(file), to: member.getEnd(), text: "" });
    }
    const text = own
      .map(
        ({ name, initializer }) =>
          `\n${statement.name.text}.${name.text} = ${initializer.getText(file)};`,
      )
      .join("");
    edits.push({ from: statement.getEnd(), to: statement.getEnd(), text });
  }
  return edited(source, edits);
}
