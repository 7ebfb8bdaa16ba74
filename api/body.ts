import type { Request, Response } from 'express';
import { type BodyRoom, smallBody } from './limits.ts';
import { isJsonType, isUtf8, mediaType, xmlTypes } from './media-type.ts';
import { Problem } from './problems.ts';
import type { Route } from './route.ts';

/** Refuses, by its headers, a body that is not taken. Throws `Problem`. */
export function checkType({ alsoConsumes = [], asBytes }: Route, { headers }: Request): void {
  const { 'content-type': type, 'content-encoding': encoding = 'identity' } = headers;
  if (encoding.toLowerCase() !== 'identity') throw new Problem('content-type-unsupported');
  if (type === undefined) return;
  const media = mediaType(type);
  const known = media === 'application/json' || alsoConsumes.includes(media) || (asBytes && isJsonType(media));
  // XML says by itself how it is encoded.
  if (!known || !(isUtf8(type) || xmlTypes.includes(media))) throw new Problem('content-type-unsupported');
}

/** Reads a body of at most `limit` bytes; one that says it is longer, or finds no room, is not read. Throws `Problem`. */
export function readBody(req: Request, res: Response, limit: number, room: BodyRoom): Promise<Uint8Array> {
  const check = (bytes: number) => {
    if (bytes > limit) throw new Problem('body-too-large', `At most ${limit} bytes are taken`);
    room.take(bytes);
  };
  const length = Number(req.headers['content-length'] ?? 0);
  check(length);
  if (req.headers.expect !== undefined) res.writeContinue();
  return new Promise((resolve, reject) => {
    let bytes = larger(new Uint8Array(0), length, limit);
    let size = 0;
    const take = (part: Buffer) => {
      try {
        check(size + part.length);
        if (size + part.length > bytes.length) bytes = larger(bytes, size + part.length, limit);
        bytes.set(part, size);
        size += part.length;
      } catch (error) {
        req.off('data', take).pause();
        bytes = new Uint8Array(0);
        reject(error as Problem);
      }
    };
    req.on('data', take);
    req.once('end', () => resolve(Buffer.from(bytes.buffer, 0, size)));
    const early = () => reject(new Problem('json-invalid', 'The body ended early'));
    req.once('error', early).once('close', early);
  });
}

/** Large memory is one that can be resized: it goes back to the system, which memory as usual often does not. */
function larger(bytes: Uint8Array, length: number, limit: number): Uint8Array {
  if (bytes.buffer instanceof ArrayBuffer && bytes.buffer.resizable) {
    bytes.buffer.resize(length);
    return bytes;
  }
  const options = length > smallBody ? { maxByteLength: limit } : undefined;
  const more = new Uint8Array(new ArrayBuffer(length, options));
  more.set(bytes);
  return more;
}
