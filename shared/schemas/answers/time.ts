/** A moment as the API writes it. */
import { z } from 'zod'

/** ISO 8601 in UTC, with milliseconds: "2026-11-14T11:01:17.000Z". */
export const time = z.string().meta({ format: 'date-time' })
