/**
 * SQLite's errors, in a form that survives the way between threads: message, `code` and `errcode`
 * (https://sqlite.org/rescode.html).
 */
export interface SqliteFault {
  message: string
  code?: string
  errcode?: number
}

const BUSY = 5
const LOCKED = 6
const FULL = 13
const IOERR = 10
const CORRUPT = 11
const CONSTRAINT = 19
const NOT_A_DATABASE = 26
/** A full disk can also show up as a shared-memory file that cannot grow. */
const IOERR_SHMSIZE = 4874

/** A file that this release must not touch: a newer one wrote it. */
export class NewerRelease extends Error {
  override readonly name = 'NewerRelease'
}

/**
 * True when nothing was written and the same call may succeed later: the disk is full, or another
 * process holds the file.
 */
export function isBusyOrFull(error: unknown): boolean {
  const extended = errcodeOf(error)
  return extended === IOERR_SHMSIZE || [BUSY, LOCKED, FULL].includes(extended & 0xff)
}

/**
 * True when the disk itself failed a read, a write or an fsync: what SQLite holds in memory can no
 * longer be trusted, and the process must restart.
 */
export const isDiskFault = (error: unknown) =>
  (errcodeOf(error) & 0xff) === IOERR && errcodeOf(error) !== IOERR_SHMSIZE

/** True when the file is not a database, or not a complete one. */
export const isDamaged = (error: unknown) =>
  [CORRUPT, NOT_A_DATABASE].includes(errcodeOf(error) & 0xff)

/** True when the row conflicts with an existing one. */
export const isConstraint = (error: unknown) => (errcodeOf(error) & 0xff) === CONSTRAINT

/** An error as a plain object, because a structured clone loses its codes. */
export function toFault(error: unknown): SqliteFault {
  const { message, code, errcode } = error as Error & SqliteFault
  return { message, code, errcode }
}

export const fromFault = (fault: SqliteFault) =>
  Object.assign(new Error(fault.message), { code: fault.code, errcode: fault.errcode })

const errcodeOf = (error: unknown): number => (error as SqliteFault | undefined)?.errcode ?? 0
