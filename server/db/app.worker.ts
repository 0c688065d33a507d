/**
 * The thread that owns the writing connection of app.sqlite; an fsync blocks this thread and no
 * other.
 */
import { statSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { connect, emptyWriteAheadLog, execute } from './connect'
import type { Answer, AppThread, Request } from './dialect'
import { isDiskFault, toFault } from './errors'

const { file, checkpointOf, checkpointEvery = 2000 } = workerData as AppThread
const db = connect(file, { secureDelete: true })
const answer = (message: Answer) => parentPort!.postMessage(message)

parentPort!.on('message', (request: Request | 'close') => {
  if (request === 'close') {
    clearInterval(timer)
    clearInterval(emptying)
    neighbour?.close()
    db.close()
    return answer({ closed: true })
  }
  wrote ||= !/^select\b/i.test(request.sql)
  try {
    answer({ id: request.id, result: execute(db, request.sql, request.parameters) })
  } catch (error) {
    answer({ id: request.id, fault: toFault(error) })
    if (isDiskFault(error)) throw error
  }
})

/**
 * views.sqlite is written on the main thread without checkpoints; copying its write-ahead log into
 * the file waits for the disk, so it happens here.
 */
const LEAST_TO_COPY = 4 << 20
let neighbour: ReturnType<typeof connect> | undefined
/** Of the file that `neighbour` has open: somebody may have deleted it, and another was made. */
let inode: number | undefined
const timer = setInterval(checkpoint, checkpointEvery)
timer.unref()

function checkpoint() {
  if (!checkpointOf || sizeOf(`${checkpointOf}-wal`) < LEAST_TO_COPY) return
  try {
    if (neighbour && statOf(checkpointOf)?.ino !== inode) forget()
    if (!neighbour && !sizeOf(checkpointOf)) return
    neighbour ??= connect(checkpointOf, { synchronous: 'NORMAL' })
    inode = statOf(checkpointOf)?.ino
    neighbour.exec('PRAGMA wal_checkpoint(PASSIVE)')
  } catch (error) {
    if (isDiskFault(error)) throw error
    forget() // busy, full, or the file was rebuilt: the next round tries again
  }
}

function forget() {
  neighbour?.close()
  neighbour = undefined
}

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false })
const sizeOf = (path: string) => statOf(path)?.size ?? 0

/**
 * A deleted row stays readable in the write-ahead log until that is emptied. Whoever erases
 * something at a person's wish does not wait for this (erase-traces.ts).
 */
const EMPTY_EVERY_MS = 30_000
let wrote = false
const emptying = setInterval(emptyLog, EMPTY_EVERY_MS)
emptying.unref()

function emptyLog() {
  if (!wrote) return
  try {
    wrote = !emptyWriteAheadLog(db)
  } catch (error) {
    if (isDiskFault(error)) throw error // busy or full: the next round tries again
  }
}
