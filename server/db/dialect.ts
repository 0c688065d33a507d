/**
 * Kysely on SQLite: on a connection of this thread, or on one owned by a worker thread, so that no
 * fsync blocks the event loop.
 */
import type { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { Kysely, type QueryResult, SqliteAdapter } from 'kysely'
import { GenericSqliteDialect, type IGenericSqlite } from 'kysely-generic-sqlite'
import workerUrl from './app.worker.ts?thread'
import { execute } from './connect'
import { fromFault, type SqliteFault } from './errors'

/**
 * What the worker starts with. `checkpointOf` names another file, whose write-ahead log it copies
 * into it now and then.
 */
export interface AppThread {
  file: string
  checkpointOf?: string
  /** In ms. */
  checkpointEvery?: number
}
export interface Request {
  id: number
  sql: string
  parameters: readonly unknown[]
}
export type Answer =
  | { id: number; result: QueryResult<unknown> }
  | { id: number; fault: SqliteFault }
  | { closed: true }

export function onThisThread<Tables>(db: DatabaseSync): Kysely<Tables> {
  return kyselyOn(() => ({
    db,
    query: (_isSelect, sql, parameters) => execute(db, sql, parameters),
    close: () => db.close(),
  }))
}

/**
 * `onDeath` is called when the thread ends unexpectedly; all pending and later queries are
 * rejected.
 */
export function onItsOwnThread<Tables>(
  thread: AppThread,
  onDeath?: (error: Error) => void,
): Kysely<Tables> {
  return kyselyOn(() => askWorker(new Worker(new URL(workerUrl), { workerData: thread }), onDeath))
}

const kyselyOn = <Tables>(connection: () => IGenericSqlite) =>
  new Kysely<Tables>({ dialect: new Dialect(connection) })

class Dialect extends GenericSqliteDialect {
  /**
   * Tables are created in one transaction, so that two processes that start together do not both
   * create them.
   */
  override createAdapter = () =>
    Object.defineProperty(new SqliteAdapter(), 'supportsTransactionalDdl', { value: true })
}

function askWorker(worker: Worker, onDeath?: (error: Error) => void): IGenericSqlite {
  const waiting = new Map<number, PromiseWithResolvers<QueryResult<unknown>>>()
  let last = 0
  let death: Error | undefined
  let closing: PromiseWithResolvers<void> | undefined

  worker.on('message', (answer: Answer) => {
    if ('closed' in answer) return closing?.resolve()
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('fault' in answer) call?.reject(fromFault(answer.fault))
    else call?.resolve(answer.result)
  })
  worker.on('error', error => end(error as Error))
  worker.on('exit', code => end(new Error(`the database thread ended with code ${code}`)))

  function end(error: Error) {
    if (death) return
    death = error
    for (const call of waiting.values()) call.reject(error)
    waiting.clear()
    if (!closing) onDeath?.(error)
    closing?.resolve()
  }

  return {
    db: worker,
    query(_isSelect, sql, parameters) {
      if (death) throw death
      const call = Promise.withResolvers<QueryResult<unknown>>()
      waiting.set(++last, call)
      worker.postMessage({ id: last, sql, parameters } satisfies Request)
      return call.promise
    },
    async close() {
      closing = Promise.withResolvers()
      if (!death) worker.postMessage('close')
      else closing.resolve()
      await closing.promise
      await worker.terminate()
    },
  }
}
