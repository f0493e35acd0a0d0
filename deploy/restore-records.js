/**
 * Puts records that AWS Backup has restored beside the history back into it: `docs/operations.md` runs this text in a one-off
 * task, by `node --eval`. Adds what is missing and changes nothing that is there; may be repeated.
 *
 * RESTORED_DIR: the restored history. Without it, only the names beside the history are printed, to find it among them.
 */
const { copyFileSync, linkSync, mkdirSync, readdirSync, unlinkSync } = require('node:fs');
const { dirname, join } = require('node:path');

const { RESTORED_DIR: restored, HISTORY_DIR: history } = process.env;
const RECORD = /^include-me-.*\.txt$/;
/** A month, and below it days, hours, minutes and seconds: app/history/shard-path.ts. */
const SHARD = /^(\d{4}-\d\d|\d\d)$/;

const counts = { added: 0, present: 0 };

function restore(path) {
  for (const entry of readdirSync(join(restored, path), { withFileTypes: true })) {
    if (entry.isDirectory() && SHARD.test(entry.name)) restore(join(path, entry.name));
    if (entry.isFile() && RECORD.test(entry.name)) add(path, entry.name);
  }
}

function add(path, name) {
  mkdirSync(join(history, path), { recursive: true });
  try {
    place(join(restored, path, name), join(history, path, name));
    counts.added++;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    counts.present++;
  }
}

/** By linking, as the containers publish: a record is whole or absent to those that are reading the history meanwhile. */
function place(from, to) {
  try {
    linkSync(from, to);
  } catch (error) {
    if (error.code !== 'EXDEV') throw error; // another mount of the same file system
    const copy = join(history, '.incoming', `restored-${process.pid}`);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(from, copy);
    try {
      linkSync(copy, to);
    } finally {
      unlinkSync(copy);
    }
  }
}

if (restored) {
  restore('');
  console.log(`${counts.added} records added, ${counts.present} were there`);
} else {
  console.log(readdirSync(dirname(history)).join('\n'));
}
