import ts from "typescript";

/**
 * Names that a source text declares: `name` at the top, `Class.member` and `constant.property` within.
 */
export function namesIn(text: string): ReadonlySet<string> {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.ESNext, true);
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations)
        names.add(name.getText(source));
    } else if (ts.isFunctionDeclaration(statement) && statement.name) {
      names.add(statement.name.text);
    } else if (ts.isClassDeclaration(statement) && statement.name) {
      names.add(statement.name.text);
      for (const { name } of statement.members)
        if (name) names.add(`${statement.name.text}.${name.getText(source)}`);
    }
  }
  return names;
}
