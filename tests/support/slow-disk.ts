/**
 * Preloaded into a server's process, makes each commit of its log take as long as on a very busy
 * disk. The server itself does not know about it.
 */
import { DatabaseSync } from 'node:sqlite'

const ms = Number(new URL(import.meta.url).searchParams.get('ms'))
const { prepare } = DatabaseSync.prototype

DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
  const statement = prepare.call(this, sql)
  if (sql !== 'COMMIT' || !this.location()?.endsWith('log.sqlite')) return statement
  const run = statement.run.bind(statement)
  statement.run = () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
    return run()
  }
  return statement
}
