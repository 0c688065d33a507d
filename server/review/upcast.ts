/** Lifts events of older shapes to today's, so that everything ever written stays readable. */
import { SCHEMA_VERSION } from './events'

/** Turns the data of one schema version into that of the next. */
export type Lift = (data: never) => unknown

/**
 * `LIFTS.ReviewPublished[1]` lifts version 1 to version 2. Written together with the change of
 * shape and never changed afterwards.
 */
export const LIFTS: Lifts = {}

export type Lifts = Readonly<Record<string, Readonly<Record<number, Lift>>>>

/**
 * The data of an event in its current schema version. A type that this release does not know is
 * left as it is.
 */
export function upcast(
  type: string,
  schemaVersion: number,
  data: unknown,
  lifts = LIFTS,
  current: Readonly<Record<string, number>> = SCHEMA_VERSION,
): { schemaVersion: number; data: unknown } {
  const today = current[type] ?? schemaVersion
  if (schemaVersion > today)
    throw new Error(
      `${type} of schema version ${schemaVersion} was written by a newer release; this one knows ${today}`,
    )
  for (; schemaVersion < today; schemaVersion++) {
    const lift = lifts[type]?.[schemaVersion]
    if (!lift)
      throw new Error(
        `nothing lifts ${type} from schema version ${schemaVersion} to ${schemaVersion + 1}`,
      )
    data = lift(data as never)
  }
  return { schemaVersion, data }
}
