/** Takes an exported log into an empty one, fact by fact in one transaction: the first line that does not hold is named, and then nothing has happened. */
import { closeSync, createReadStream, existsSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { prepareDataFolder } from '../config/data-folder'
import { settings } from '../config/settings'
import { connect, isInUse } from '../db/connect'
import { useApp } from '../db/open'
import { canSend } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import { startAtHead } from '../delivery/ledger/lease'
import { linesOf, NotUtf8 } from '../kit/line-reader'
import type { Head, Row } from '../log/fact'
import { prepareFile } from '../log/sqlite/schema'
import { lastOf } from '../log/sqlite/verify'
import { type Carrier, carrier } from '../log/transfer/carrier'
import { BadFact } from '../log/transfer/ndjson'
import { capCheckpoints, pauseEveryPart } from '../operations/pause-all'
import { type Command, Complaint, Misuse, progress } from './command'

/** In bytes: a review of 100 kB is less than 1 MB with its tree. */
const LONGEST_FACT = 16 << 20

export const importLog: Command = {
  usage: 'FILE',
  says: 'takes an exported log into an empty one; - is the standard input; stop the server first',
  async run([file]) {
    if (!file)
      throw new Misuse(
        'Which one? `import FILE` takes a file that `export` made; `import -` reads the standard input.',
      )
    const { dataDir } = settings()
    const target = join(dataDir, 'log.sqlite')
    const isNew = !existsSync(target)
    const handle = file === '-' ? undefined : openSync(file, 'r')
    prepareDataFolder()
    try {
      if (!isNew && isInUse(target))
        throw new Complaint('The server is running. Stop it, import, start it again.')
      const { position, hash } = await into(
        target,
        handle === undefined
          ? process.stdin
          : createReadStream('', { fd: handle, autoClose: false }),
      )
      return [
        `${position} facts, the chain holds. The log ends with ${hash.slice(0, 12)}.`,
        'Nobody is told of them; `replay` would. Every part is paused: start the server, look, and resume each at /editor/parts.',
      ]
    } catch (error) {
      if (isNew) for (const suffix of ['', '-wal', '-shm']) rmSync(target + suffix, { force: true })
      throw error instanceof NotUtf8 ? new Complaint(error.message) : error
    } finally {
      if (handle !== undefined) closeSync(handle)
    }
  },
}

async function into(target: string, bytes: AsyncIterable<Uint8Array>): Promise<Head> {
  const db = connect(target)
  try {
    prepareFile(db)
    const { position } = lastOf(db)
    if (position)
      throw new Complaint(
        `The log holds ${position} facts already. An export goes into an empty one only: set NUXT_DATA_DIR to a new folder, and start no server there before.`,
      )
    const carried = carrier(db)
    try {
      const slugs = await take(carried, bytes)
      const head = orDamaged(undefined, () => carried.end())
      await standStill(slugs, head)
      carried.keep()
      return head
    } finally {
      carried.drop()
    }
  } finally {
    db.close()
  }
}

/** Answers slug → review of all that was published. */
async function take(carried: Carrier, bytes: AsyncIterable<Uint8Array>) {
  const slugs = new Map<string, string>()
  const say = progress()
  for await (const { line, ...found } of linesOf(bytes, LONGEST_FACT)) {
    say(() => `line ${line}`)
    if ('wrong' in found) throw damaged(line, `it ${found.wrong}`)
    if (!found.text.trim()) continue
    remember(
      slugs,
      orDamaged(line, () => carried.take(found.text)),
    )
  }
  return slugs
}

function remember(slugs: Map<string, string>, { type, data }: Row) {
  if (type !== 'ReviewPublished') return
  const { slug, id } = JSON.parse(data) as { slug: string; id: string }
  slugs.set(slug, id)
}

/** Before the facts count, their slugs are taken and every part stands still behind them: cut off here, it leaves nothing that tells or promises anything, and may be run again. */
async function standStill(slugs: Map<string, string>, head: Head) {
  const app = await useApp()
  const rows = [...slugs].map(([slug, review_id]) => ({ slug, review_id }))
  const now = Date.now()
  // In a new folder no part has its place yet; one that is set up later starts at the head of that day.
  for (const part of everyReactor())
    if (canSend(part) === true) await startAtHead(app, part.name, async () => head.position, now)
  await pauseEveryPart(app, 'facts were imported; resume when you have looked', now)
  while (rows.length)
    await app
      .insertInto('slugs')
      .values(rows.splice(0, 1000))
      .onConflict(held => held.doNothing())
      .execute()
  await capCheckpoints(app, head.position)
}

function orDamaged<T>(line: number | undefined, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof BadFact ? damaged(line, error.message) : error
  }
}

const damaged = (line: number | undefined, reason: string) =>
  new Complaint(
    `${line ? `Line ${line}: ` : ''}${reason[0]!.toUpperCase()}${reason.slice(1)}. Nothing was imported.`,
  )
