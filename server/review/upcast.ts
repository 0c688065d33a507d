/** Upcasts events of older shapes to today's, so that everything ever written stays readable. */
import { SCHEMA_VERSION } from './events'

/** Turns the data of one schema version into that of the next. */
export type Upcast = (data: never) => unknown

/**
 * `UPCASTS.ReviewPublished[1]` turns version 1 into version 2. Written together with the change of
 * shape and never changed afterwards.
 */
export const UPCASTS: Upcasts = {}

export type Upcasts = Readonly<Record<string, Readonly<Record<number, Upcast>>>>

/**
 * The data of an event in its current schema version. A type that this release does not know is
 * left as it is.
 */
export function upcast(
  type: string,
  schemaVersion: number,
  data: unknown,
  upcasts = UPCASTS,
  current: Readonly<Record<string, number>> = SCHEMA_VERSION,
): { schemaVersion: number; data: unknown } {
  const today = current[type] ?? schemaVersion
  if (schemaVersion > today)
    throw new Error(
      `${type} of schema version ${schemaVersion} was written by a newer release; this one knows ${today}`,
    )
  for (; schemaVersion < today; schemaVersion++) {
    const step = upcasts[type]?.[schemaVersion]
    if (!step)
      throw new Error(
        `no upcast takes ${type} from schema version ${schemaVersion} to ${schemaVersion + 1}`,
      )
    data = step(data as never)
  }
  return { schemaVersion, data }
}
