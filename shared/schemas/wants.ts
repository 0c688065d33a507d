/** What a reader may subscribe to. A message completes a sentence that starts with the field's name. */
import { z } from 'zod'
import { isZoneName } from '../browser-zone'
import type { Wants } from '../types/wants'

const names = z.array(z.string().trim().min(1).max(40)).max(50)
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:30')

/** An IANA name such as "Europe/Vienna"; an offset such as "+02:00" is refused because it has no summer time. A browser that knows no zone says "Etc/Unknown": that is none. */
const timeZone = z.preprocess(
  zone => (zone === 'Etc/Unknown' || zone === '' ? undefined : zone),
  z.string().refine(isZone, 'must be an IANA time zone such as "Europe/Vienna"').optional(),
)

/** An unknown key is refused rather than dropped: `genre` for `genres` would otherwise mean every review. */
export const wantsSchema = z.strictObject({
  genres: names.optional(),
  critics: names.optional(),
  minRating: z.number().min(0).max(5).multipleOf(0.5).optional(),
  frequency: z.enum(['instant', 'daily', 'weekly']).optional(),
  hour: z.int().min(0).max(23).optional(),
  weekday: z.int().min(1).max(7).optional(),
  timeZone,
  quiet: z
    .strictObject({ from: clock, to: clock })
    .refine(quiet => quiet.from !== quiet.to, 'must not last all day')
    .optional(),
}) satisfies z.ZodType<Wants>

function isZone(name: string): boolean {
  if (!isZoneName(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
