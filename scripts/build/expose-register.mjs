// Claude Code looks for a top-level `export const register`; esbuild moves exports into a list at the end.

const EXPORT_LIST = /export \{\s*register\s*\};\s*$/;
const DECLARATION = /^(?:var|const|let) register = /gm;

/** @param {string} text a bundle whose one export is `register` */
export function exposeRegister(text) {
  const declarations = text.match(DECLARATION) ?? [];
  if (!EXPORT_LIST.test(text) || declarations.length !== 1) {
    throw new Error('src/mod/register.ts must export one thing, written as `export const register = …`');
  }
  return text.replace(EXPORT_LIST, '').replace(DECLARATION, 'export const register = ');
}
