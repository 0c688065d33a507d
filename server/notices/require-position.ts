/**
 * Refuses a position beyond the end of the log. It belongs to a log that is gone: a consumer that
 * waited there would hear nothing until the log had grown past it, and would never see what it
 * missed.
 */
import { problem } from '../http/problem'
import type { EventLog } from '../log/event-log'

/** Returns the head. Throws a 422 that names the field and the head. */
export async function requirePosition(
  log: EventLog,
  after: number,
  path: 'after' | 'last-event-id',
): Promise<number> {
  const head = await log.head()
  if (after > head)
    problem(
      422,
      'The position is beyond the log',
      `You have read to position ${after}, but the log ends at ${head}: an older backup was restored here. Go on after ${head}, and check what you have beyond it.`,
      [{ path, message: `must be at most ${head}, where the log ends` }],
      { members: { head } },
    )
  return head
}
