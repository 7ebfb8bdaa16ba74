interface Person {
  person: string;
  does: string;
  roles: string[];
}

/** Puts a line at the end of a list of exports. */
export const addLine =
  (line: string) =>
  (text: string): string =>
    `${text.trimEnd()}\n${line}\n`;

/** Imports what a file exports, and names it as the last entry of an object that is written one entry a line. */
export const addEntry =
  (object: string, name: string, file: string, spread = '') =>
  (text: string): string => {
    const lastImport = [...text.matchAll(/^import .*;$/gm)].at(-1);
    const opening = new RegExp(`^(?:export )?const ${object}\\b[^\\n]*= \\{$`, 'm').exec(text);
    const closing = opening ? text.indexOf('\n}', opening.index) : -1;
    if (!lastImport || closing < 0)
      throw new Error(`There is no list ${object} with one entry a line to add ${name} to.`);
    const afterImports = lastImport.index + lastImport[0].length;
    return [
      text.slice(0, afterImports),
      `\nimport { ${name} } from '${file}';`,
      text.slice(afterImports, closing),
      `\n  ${spread}${name},`,
      text.slice(closing),
    ].join('');
  };

/** What declared names are called, by section. */
export const addWords =
  (words: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
  (text: string): string => {
    const before = JSON.parse(text) as Record<string, Record<string, string>>;
    const added = Object.entries(words).map(([section, more]) => [section, { ...before[section], ...more }]);
    return JSON.stringify({ ...before, ...Object.fromEntries(added) }, null, 2);
  };

export const addPeople =
  (people: readonly Person[]) =>
  (text: string): string =>
    JSON.stringify([...(JSON.parse(text) as Person[]), ...people]);
