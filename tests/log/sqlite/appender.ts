/**
 * A process that appends (FILE, how often, how many at once) and prints the id of every
 * acknowledged event.
 */
import { writeSync } from 'node:fs'
import { openSqliteLog } from '../../../server/log/sqlite/sqlite'

const [file, times, atOnce] = process.argv.slice(2)
const log = openSqliteLog(file!)
let left = Number(times)

await Promise.all(
  Array.from({ length: Number(atOnce) }, async (_, i) => {
    while (left-- > 0) {
      const at = new Date().toISOString()
      const { events } = await log.append(`${process.pid}-${i}`, 'any', [
        {
          type: 'ReviewArchived',
          data: { id: 'r', reason: 'x'.repeat(1000), archivedAt: at },
          meta: { actor: 'appender' },
          at,
        },
      ])
      writeSync(1, `${events[0]!.id}\n`)
    }
  }),
)
await log.close()
