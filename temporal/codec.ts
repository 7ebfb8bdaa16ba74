import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DataConverter, type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding.js';
import proto from '@temporalio/proto';
import type { Undecodable } from './undecodable.ts';

const PayloadProto = proto.temporal.api.common.v1.Payload;
const encrypted = Buffer.from('binary/encrypted');
/** What is read instead of a payload that should have been encrypted: nothing. Throwing would let any forged signal park a case. */
const nothing: Payload = { metadata: { encoding: encode('binary/null') } };
/** What a workflow reads of its own (a signal, its argument) that cannot be decoded; `undecodableIn` finds it again. */
const undecodable = (why: string): Payload => ({
  metadata: { encoding: encode('json/plain') },
  data: encode(JSON.stringify({ undecodable: why } satisfies Undecodable)),
});

/** AES-256 keys by their names; the current one encrypts, all decrypt, so that keys can be rotated. */
export interface Keys {
  current: string;
  byId: ReadonlyMap<string, Buffer>;
}

/**
 * Encrypts whole payloads, metadata included, with AES-256-GCM. On an unknown key or a changed payload throws `ValueError`; but what
 * anybody may send a workflow, as a signal, is read as `Undecodable`, since a signal that fails its task parks the case for ever.
 */
export function createCodec(keys: Keys, options: { requireEncrypted?: boolean } = {}): PayloadCodec {
  const byId = new Map([...keys.byId].map(([id, key]) => [id, createSecretKey(key)])); // half the time of a bare buffer
  const keyOf = (id: string): KeyObject => {
    const key = byId.get(id);
    if (!key) throw new ValueError(`There is no payload key named ${id}`);
    return key;
  };
  const metadata = { encoding: encrypted, 'encryption-key-id': encode(keys.current) };
  const seal = (payload: Payload): Payload => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(keys.current), iv);
    const body = cipher.update(PayloadProto.encode(payload).finish());
    cipher.final(); // makes the tag; a stream cipher holds no text back
    return { metadata, data: Buffer.concat([iv, cipher.getAuthTag(), body]) };
  };
  const open = (payload: Payload): Payload => {
    const { metadata, data } = payload;
    const encoding = metadata?.['encoding'];
    if (!encoding || !encrypted.equals(encoding) || !data) {
      return options.requireEncrypted ? nothing : payload;
    }
    const id = metadata['encryption-key-id'];
    if (!id) throw new ValueError('An encrypted payload without the name of its key is refused');
    const key = keyOf(Buffer.from(id).toString());
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(data.subarray(12, 28));
      const plain = decipher.update(data.subarray(28));
      decipher.final(); // throws when the tag does not fit
      return PayloadProto.decode(plain);
    } catch {
      throw new ValueError('A payload that was changed is refused');
    }
  };
  return {
    encode: async (payloads) => payloads.map(seal),
    decode: async (payloads, context) =>
      payloads.map((payload) => {
        try {
          return open(payload);
        } catch (error) {
          if (context?.type !== 'workflow' || !(error instanceof ValueError)) throw error;
          return undecodable(error.message);
        }
      }),
  };
}

/** The module by which failures, too, have their text encrypted; bundled into workflows by this path. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** What client, worker and replay must all use alike. */
export const dataConverter = (codec: PayloadCodec): DataConverter => ({ payloadCodecs: [codec], failureConverterPath });

/**
 * Keys from `PAYLOAD_KEYS` (`name:base64,name:base64`, the first is current), else, outside production, from a file in
 * `dataDir` that is made once.
 */
export function loadKeys(env: NodeJS.ProcessEnv, dataDir: string): Keys {
  const named = env['PAYLOAD_KEYS'];
  if (named) return parseKeys(named);
  if (env['NODE_ENV'] === 'production') {
    throw new Error('Set PAYLOAD_KEYS: production does not make its own encryption keys.');
  }
  const file = path.join(dataDir, 'payload-keys');
  if (!existsSync(file)) makeKeys(file);
  return parseKeys(readFileSync(file, 'utf8').trim());
}

/** Of several processes that start at once, the first makes the keys; nobody sees them half written. */
function makeKeys(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `development:${randomBytes(32).toString('base64')}`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

function parseKeys(text: string): Keys {
  const byId = new Map<string, Buffer>();
  for (const part of text.split(',')) {
    const [id = '', base64 = ''] = part.split(':');
    const key = Buffer.from(base64, 'base64');
    if (!id || key.length !== 32)
      throw new Error('PAYLOAD_KEYS must be name:base64 pairs of 32-byte keys, joined by commas.');
    byId.set(id, key);
  }
  return { current: [...byId.keys()][0]!, byId };
}
