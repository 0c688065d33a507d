/** A position beyond the log belongs to a log that is gone: a consumer that waits there hears nothing until the log has grown past it, and misses all of that for ever. */
import { problem } from '../http/problem'
import type { EventLog } from '../log/event-log'

/** 422 that names the field and the head. */
export async function requirePosition(
  log: EventLog,
  after: number,
  path: 'after' | 'last-event-id',
): Promise<void> {
  const head = await log.head()
  if (after > head)
    problem(
      422,
      'The position is beyond the log',
      `You have come to position ${after}, and the log ends at ${head}: an older backup was restored here. Go on after ${head}, and look at what you know beyond it.`,
      [{ path, message: `must be at most ${head}, where the log ends` }],
      { members: { head } },
    )
}
