/** What a message says: a text, or the texts among its parts. Thoughts that come as parts of their own are none of it. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(partOf).join('');
  return content === null || content === undefined ? '' : JSON.stringify(content);
}

const partOf = (part: unknown): string => {
  if (typeof part === 'string') return part;
  const { type, text } = (part ?? {}) as { type?: string; text?: unknown };
  return typeof text === 'string' && [undefined, 'text', 'output_text'].includes(type) ? text : '';
};

/** Where a model that thinks aloud stops thinking. A prompt may have begun its thoughts, so that only their end is seen. */
const thoughts = /^[^]*(?:<\/(?:think|thinking|thought|thoughts|reasoning|reflection)>|\[\/THINK\])/i;

const fenced = /^([^]*?)(?:```|~~~)[\w-]*[ \t]*\r?\n([^]*?)\n?[ \t]*(?:```|~~~)([^]*)$/;

/**
 * The JSON of an answer: all of it, or the one object that stands behind the model's thoughts or in a fence.
 * @throws {SyntaxError} where there is none, or more than one
 */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(
      unfenced(
        text
          .replace(/^\ufeff/, '')
          .replace(thoughts, '')
          .trim(),
      ),
    );
  }
}

function unfenced(text: string): string {
  const [, before = '', inside, after = ''] = fenced.exec(text) ?? [];
  // What has a second fence or an object beside the first holds two answers, and nobody can say which is meant.
  return inside === undefined || /[{}]|```|~~~/.test(before + after) ? text : inside;
}
