import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

export const root = new URL('../../', import.meta.url);
export const page = (file: string): string => readFileSync(new URL(file, root), 'utf8');

/** The fenced blocks right below `<!-- mark -->`. */
export const blocks = (markdown: string, mark: string): string[] =>
  [...markdown.matchAll(/<!-- (.+) -->\n+```\w*\n([^]*?)^```$/gm)]
    .filter(([, found]) => found === mark)
    .map(([, , block]) => block!.trimEnd());

/** Runs a program to its end, in `folder` of the project. What it prints comes back without the colours that some machines force. */
export async function run(
  program: string,
  args: string[],
  { folder = './', input = '', env = {} }: { folder?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<{ code: number | null; output: string; errors: string }> {
  const cwd = fileURLToPath(new URL(folder, root));
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env } });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output: stripVTControlCharacters(output), errors: stripVTControlCharacters(errors) };
}
