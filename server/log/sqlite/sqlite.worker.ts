/**
 * The thread that owns the writing connection of log.sqlite: an fsync blocks this thread and no
 * other.
 */
import type { DatabaseSync } from 'node:sqlite'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { connect } from '../../db/connect'
import { isBusyOrFull, isDamaged } from '../../db/errors'
import { START } from '../hash-chain'
import { Sealer } from '../sealing/sealer'
import type { AppendRequest } from '../stored-event'
import { committer, type Outcome } from './commit'
import type { Erased, Failure, FromThread, LogThread, ToThread } from './protocol'
import { noteChecked, verify } from './verify'

const { file, keyFile, busyTimeout, maxPages, inspection, checkAfter } = workerData as LogThread
const MOST_AT_ONCE = 1000
const SLICE = 500
/** ms between two slices. */
const PAUSE = 10

let db: DatabaseSync | undefined
let sealer: Sealer | undefined
let commit: ReturnType<typeof committer> | undefined
const send = (message: FromThread) => parentPort!.postMessage(message)

parentPort!.on('message', (first: ToThread) =>
  orDie(() => {
    const messages = [first, ...queued()]
    const asked = messages.filter(message => message !== 'close')
    const appends = asked.filter(message => 'request' in message)
    if (appends.length) {
      const outcomes = answer(appends.map(({ request }) => request))
      send({ outcomes: appends.map(({ ticket }, i) => ({ ticket, outcome: outcomes[i]! })) })
      sealer?.prepare()
    }
    for (const { ticket, erase } of asked.filter(message => 'erase' in message))
      send({ outcomes: [{ ticket, outcome: eraseKeys(erase) }] })
    if (messages.includes('close')) close()
  }),
)

/** Messages that have arrived in the meantime. */
function* queued(): Generator<ToThread> {
  for (let n = 1; n < MOST_AT_ONCE; n++) {
    const next = receiveMessageOnPort(parentPort!)
    if (!next) return
    yield next.message
  }
}

function answer(requests: AppendRequest[]): (Outcome | Failure)[] {
  try {
    commit ??= committer(open(), openSealer())
    return commit(requests)
  } catch (error) {
    const failure = toFailure(error as Error)
    return requests.map(() => failure)
  }
}

function eraseKeys(stream: string): Erased | Failure {
  try {
    openSealer().erase(stream, new Date().toISOString())
    return 'erased'
  } catch (error) {
    return toFailure(error as Error)
  }
}

const openSealer = () => (sealer ??= new Sealer(open(), keyFile))

/**
 * Rethrows what cannot be survived: after a failed write or fsync nobody knows what is on the disk.
 */
function toFailure(error: Error): Failure {
  if (isBusyOrFull(error)) return { unavailable: error.message }
  if (isDamaged(error)) return { damaged: error.message }
  throw error
}

/** Opened when it is first needed, because the file may be locked now. */
function open(): DatabaseSync {
  if (db) return db
  const opened = connect(file)
  opened.exec(`PRAGMA busy_timeout = ${busyTimeout}`)
  if (maxPages) opened.exec(`PRAGMA max_page_count = ${maxPages}`)
  return (db = opened)
}

let checked = START
let timer = setTimeout(orDie, checkAfter, check)

/**
 * Checks what was not checked at opening, a slice at a time, and records how far the chain is
 * intact.
 */
function check() {
  const { damage, ...reached } = verify(open(), checked, inspection.rest.position, SLICE)
  if (damage) return send({ damage })
  checked = reached
  if (checked.position < inspection.rest.position) timer = setTimeout(orDie, PAUSE, check)
  else if (!inspection.damage) noteChecked(open(), inspection.checked)
}

function close() {
  clearTimeout(timer)
  sealer?.close()
  db?.close()
  parentPort!.close()
}

function orDie(run: () => void) {
  try {
    run()
  } catch (error) {
    send({ fatal: (error as Error).message })
    clearTimeout(timer)
    parentPort!.close()
  }
}
