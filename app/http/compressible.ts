import { createHash } from 'node:crypto';
import type { Request } from 'express';
import fresh from 'fresh';
import Negotiator from 'negotiator';
import { later } from '../later';
import { type Answer, bodyOf } from './answer';

/** Below it, in bytes, a body fits into one packet either way. */
const WORTH_IT = 1400;

const zlib = later((): typeof import('node:zlib') => require('node:zlib'));

/** In the calling thread, because zlib's others are libuv's, which hung storage may hold: no body here is above 64 KiB. */
const CODINGS = {
  br(body: Buffer, quality: number) {
    const { brotliCompressSync, constants } = zlib();
    return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  },
  gzip: (body: Buffer, level: number) => zlib().gzipSync(body, { level }),
  identity: (body: Buffer) => body,
};
type Coding = keyof typeof CODINGS;
const PREFERRED: Coding[] = ['br', 'gzip', 'identity'];

/** @types/negotiator does not know the preference among codings that the client likes equally. */
type EncodingNegotiator = {
  encoding(available: string[], options: { preferred: string[] }): string | undefined;
};

interface Options {
  /** Whether clients may keep it under an entity tag. */
  tagged?: boolean;
  /** How hard to compress, from 1 (a page of a thousand names in 2 ms) to 9. */
  quality?: number;
}

/** A body that clients get compressed when they accept it. Each coding is made when the first of them asks for it, and kept. */
export class Compressible {
  readonly #body: Buffer;
  readonly #headers: readonly string[];
  readonly #tagged: boolean;
  readonly #quality: number;
  readonly #answers: Partial<Record<Coding, Answer & { etag: string }>> = {};

  /** @param headers of the answers, names and values in turn. */
  constructor(body: Buffer, headers: readonly string[], { tagged = false, quality = 1 }: Options = {}) {
    this.#body = body;
    this.#headers = headers;
    this.#tagged = tagged;
    this.#quality = quality;
  }

  /** How long it is uncompressed, in bytes. */
  get size(): number {
    return this.#body.length;
  }

  /** The answer in the coding that the client likes best, or 304 where it has that already. */
  answer(request: Request): Answer {
    const coding = this.#body.length < WORTH_IT ? 'identity' : codingFor(request);
    this.#answers[coding] ??= this.#encode(coding);
    const answer = this.#answers[coding];
    if (!this.#tagged || !fresh(request.headers, { etag: answer.etag })) return answer;
    return { status: 304, headers: answer.headers };
  }

  #encode(coding: Coding): Answer & { etag: string } {
    const body = CODINGS[coding](this.#body, this.#quality);
    const etag = this.#tagged ? `"${createHash('sha256').update(body).digest('base64url')}"` : '';
    const headers = [...this.#headers];
    if (this.#tagged) headers.push('ETag', etag);
    if (coding !== 'identity') headers.push('Content-Encoding', coding);
    return { status: 200, headers, body: bodyOf(body), etag };
  }
}

function codingFor(request: Request): Coding {
  if (request.headers['accept-encoding'] === undefined) return 'identity';
  const negotiator = new Negotiator(request) as unknown as EncodingNegotiator;
  return (negotiator.encoding(PREFERRED, { preferred: PREFERRED }) as Coding | undefined) ?? 'identity';
}
