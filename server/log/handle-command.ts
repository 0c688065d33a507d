/**
 * Handles a command: loads the review, decides, appends, and retries once if somebody else was
 * quicker.
 */
import type { ReviewCommand } from '../review/commands'
import { decide, evolve, initialState, type ReviewState } from '../review/review'
import type { Appended, EventLog, Meta, NewEvent, Recorded } from './event-log'

export const streamOf = (reviewId: string) => `review-${reviewId}`

export interface Loaded {
  state: ReviewState
  version: number
  events: Recorded[]
}

/**
 * State and version (the number of its events) of a review; status 'none' and 0 when it does not
 * exist.
 */
export async function load(log: EventLog, id: string): Promise<Loaded> {
  const events = await log.readStream(streamOf(id))
  return {
    state: events.reduce<ReviewState>(evolve, initialState),
    version: events.at(-1)?.version ?? 0,
    events,
  }
}

export interface Handled extends Appended {
  before: Loaded
  after: ReviewState
}

/**
 * Resolves once the events are on disk. `check` runs against the loaded review and may throw (rights, If-Match).
 * Throws IllegalReview, VersionConflict (after the retry) or LogUnavailable.
 */
export async function handle(
  log: EventLog,
  id: string,
  command: ReviewCommand | ((loaded: Loaded) => ReviewCommand),
  meta: Meta,
  options: { commandId?: string; check?: (loaded: Loaded) => void } = {},
): Promise<Handled> {
  for (let attempt = 1; ; attempt++) {
    const before = await load(log, id)
    const repeated =
      options.commandId && before.events.filter(e => e.commandId === options.commandId)
    if (repeated && repeated.length)
      return { events: repeated, repeated: true, before, after: before.state }
    options.check?.(before)
    const issued = typeof command === 'function' ? command(before) : command
    const decided = decide(before.state, issued)
    if (!decided.length) return { events: [], repeated: false, before, after: before.state }
    const events = decided.map(event => ({ ...event, meta, at: issued.now })) as NewEvent[]
    try {
      const appended = await log.append(streamOf(id), before.version || 'none', events, {
        commandId: options.commandId,
      })
      return { ...appended, before, after: decided.reduce(evolve, before.state) }
    } catch (error) {
      if (attempt > 1 || (error as Error).name !== 'VersionConflict') throw error
    }
  }
}
