import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { HistoryUnavailableError } from './errors';

/** No record of ours comes near it, in bytes: whatever is larger is foreign. */
const LARGEST = 64 * 1024;

/**
 * A record's text; `undefined` where there is no regular file of a record's size.
 * @throws HistoryUnavailableError when the storage fails.
 */
export async function readRecord(path: string): Promise<Buffer | undefined> {
  try {
    // O_NOFOLLOW refuses a symbolic link, O_NONBLOCK does not wait for a pipe's other end: the file may have been
    // replaced since it was listed.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size > LARGEST) return undefined;
      // Not `readFile`, which looks at the size again and reads once more for the end: each call waits for a thread. Not a part
      // of Node.js's pool, all of which one text would keep.
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(stats.size), 0, stats.size, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return undefined;
    throw new HistoryUnavailableError(`The history's storage failed: ${code ?? error}.`, { cause: error });
  }
}
