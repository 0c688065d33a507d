/**
 * Exports the log as text, one event per line, as far as the hash chain is intact. The server may
 * be running.
 */
import { createWriteStream, existsSync, type WriteStream } from 'node:fs'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { connect } from '../db/connect'
import { holdStill } from '../db/copy'
import { LogDamaged } from '../log/event-log'
import { keyFileOf, openKeysToRead } from '../log/sealing/key-file'
import { lastOf } from '../log/sqlite/verify'
import { linesOfLog } from '../log/transfer/lines-of-log'
import { writeAtomically } from './atomic-write'
import { type Command, Complaint, progress } from './command'
import { existingDataFolder } from './existing-data-folder'

const LEAST_TO_WRITE = 64 * 1024

export const exportLog: Command = {
  usage: 'FILE',
  says: 'writes the log as NDJSON, one event per line; - is standard output',
  missing: 'Where to? `export FILE` creates the file FILE; `export -` writes to standard output.',
  async run([given = '']) {
    const source = join(existingDataFolder(), 'log.sqlite')
    const file = resolve(given)
    if (given !== '-' && existsSync(file)) throw new Complaint(`${file} already exists.`)
    const log = connect(source, { readOnly: true })
    const keys = openKeysToRead(keyFileOf(source))
    try {
      holdStill(log)
      const head = lastOf(log)
      const write = (target: NodeJS.WritableStream) =>
        pipeline(
          Readable.from(pieces(linesOfLog(log, head, keys), head.position)),
          target as WriteStream,
          { end: target !== process.stdout },
        )
      if (given === '-') await write(process.stdout)
      else
        await writeAtomically(file, 'file', draft =>
          write(createWriteStream(draft, { flags: 'wx', mode: 0o600 })),
        )
      return given === '-'
        ? []
        : [`${file}: ${head.position} events. The log ends with ${head.hash.slice(0, 12)}.`]
    } catch (error) {
      throw error instanceof LogDamaged
        ? new Complaint(
            `The log is damaged at position ${error.position}: ${error.reason}. Restore a backup; ${given === '-' ? 'what was written ends before the damage' : 'nothing was written'}.`,
          )
        : error
    } finally {
      log.close()
      keys?.close()
    }
  },
}

/** Joins lines into pieces that are worth a write. */
function* pieces(lines: Iterable<string>, count: number): Generator<string> {
  const say = progress()
  let piece = ''
  let n = 0
  for (const line of lines) {
    say(() => `${n} of ${count} events`)
    n++
    piece += line
    if (piece.length < LEAST_TO_WRITE) continue
    yield piece
    piece = ''
  }
  if (piece) yield piece
}
