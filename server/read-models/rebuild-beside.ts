/**
 * Rebuilds a read model while pages read it and the log grows: its rows are folded into a table
 * beside the old one, which is replaced in one transaction.
 */
import type { EventLog } from '../log/event-log'
import { build, type BuildOptions } from './build'
import type { Projection } from './define-projection'
import { catchUp, type Following } from './follower'
import { checkpointOf } from './rows'
import { discard, hideTable, showTable } from './versioned-tables'
import { besideName, run, tableOf, type Views } from './views'

const ROWS_AT_ONCE = 500
/** Events that are folded while other writers wait; the rest is folded before. */
const MOST_AT_THE_END = 100

/** Resolves with the position that the new rows stand at; readers never see fewer events than before. */
export async function rebuildBeside(
  log: EventLog,
  views: Views,
  projection: Projection,
  options: BuildOptions,
): Promise<number> {
  const beside = { ...projection, name: besideName(projection) }
  await discardLeftovers(views, projection)
  const [built] = await build(log, views, [beside], options)
  while ((await log.head()) - built!.position > MOST_AT_THE_END)
    built!.position = (await build(log, views, [beside], options))[0]!.position
  const old = `${projection.name}_replaced_${process.pid}`
  const position = await views.transaction().execute(async tx => {
    await reach(log, tx, built!, await checkpointOf(tx, projection))
    await replace(tx, projection, beside, old)
    return checkpointOf(tx, projection)
  })
  await discardInSteps(views, old, options)
  return position
}

/** Nobody else can append rows meanwhile: this transaction holds the file's write lock. */
async function reach(log: EventLog, tx: Views, built: Following, position: number) {
  while (built.position < position) {
    const events = await log.read({ after: built.position, limit: position - built.position })
    await catchUp(tx, built, events)
    built.position = events.at(-1)!.position
  }
}

async function replace(tx: Views, projection: Projection, beside: Projection, old: string) {
  const table = tableOf(projection)
  await hideTable(tx, projection)
  await rename(tx, table, old)
  await rename(tx, tableOf(beside), table)
  for (const [bookkeeping, name] of BOOKKEEPING) {
    await run(tx, `DELETE FROM ${bookkeeping} WHERE ${name} = ?`, [table])
    await run(tx, `UPDATE ${bookkeeping} SET ${name} = ? WHERE ${name} = ?`, [
      table,
      tableOf(beside),
    ])
  }
  await showTable(tx, projection)
}

const BOOKKEEPING = [
  ['checkpoints', 'name'],
  ['parked', 'projection'],
] as const

/** With its full-text index, if it has one. A table that does not exist is left alone. */
async function rename(tx: Views, from: string, to: string) {
  for (const suffix of ['', '_text'])
    if (await exists(tx, from + suffix))
      await run(tx, `ALTER TABLE "${from}${suffix}" RENAME TO "${to}${suffix}"`)
}

async function exists(db: Views, table: string): Promise<boolean> {
  const { rows } = await run(db, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", [
    table,
  ])
  return rows.length > 0
}

/** Row by row, because to drop a large table takes a while, and everybody who writes would wait. */
async function discardInSteps(views: Views, table: string, { afterBatch }: BuildOptions) {
  if (afterBatch) {
    const some = `DELETE FROM "${table}" WHERE rowid IN (SELECT rowid FROM "${table}" LIMIT ${ROWS_AT_ONCE})`
    while ((await exists(views, table)) && (await run(views, some)).numAffectedRows) {
      await afterBatch(0, 0)
    }
  }
  await discard(views, table)
}

/** Drops what a process left behind that ended in the middle of a rebuild. */
export async function discardLeftovers(views: Views, { name }: Projection) {
  const { rows } = await run(views, "SELECT name FROM sqlite_schema WHERE type = 'table'")
  for (const table of rows.map(row => String(row.name))) {
    const [, pid] = new RegExp(`^${name}_(?:beside|replaced)_(\\d+)(?:_v\\d+)?$`).exec(table) ?? []
    if (pid && (Number(pid) === process.pid || !isRunning(Number(pid)))) await discard(views, table)
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
