/** What Kysely asks of better-sqlite3, answered by node:sqlite. The native module aborts on newer Nodes (nodejs/node#65446) and wants a compiler. */
const { DatabaseSync } = require('node:sqlite')

/** Names of result codes that the PDS acts on, by number (sqlite.org/rescode.html). */
const NAMES = {
  5: 'SQLITE_BUSY',
  261: 'SQLITE_BUSY_RECOVERY',
  517: 'SQLITE_BUSY_SNAPSHOT',
  773: 'SQLITE_BUSY_TIMEOUT',
  1555: 'SQLITE_CONSTRAINT_PRIMARYKEY',
  2067: 'SQLITE_CONSTRAINT_UNIQUE',
}

class SqliteError extends Error {
  constructor(message, code) {
    super(message)
    this.name = 'SqliteError'
    this.code = code
  }
}

/** Errors as better-sqlite3 names them. */
function named(work) {
  try {
    return work()
  } catch (error) {
    throw error.errcode === undefined
      ? error
      : new SqliteError(error.message, NAMES[error.errcode] ?? `SQLITE_${error.errcode}`)
  }
}

/** Node gives bytes as Uint8Array and rows without a prototype; the PDS expects Buffers in plain objects. */
const plain = row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
        : value,
    ]),
  )

class Database {
  constructor(path, { timeout = 5000 } = {}) {
    this.db = named(() => new DatabaseSync(path, { timeout }))
  }

  prepare(sql) {
    const statement = named(() => this.db.prepare(sql))
    return {
      reader: statement.columns().length > 0,
      all: parameters => named(() => statement.all(...parameters)).map(plain),
      run: parameters => named(() => statement.run(...parameters)),
      *iterate(parameters) {
        for (const row of statement.iterate(...parameters)) yield plain(row)
      },
    }
  }

  pragma(text) {
    return this.prepare(`PRAGMA ${text}`).all([])
  }
  close() {
    this.db.close()
  }
}

module.exports = Object.assign(Database, { SqliteError, default: Database })
