/** Turns what a reader wants into the text fields of the subscribe form. */
import type { Wants, WantsFields } from '~/shared/types/wants'

export function wantsFields({ genres = [], critics = [], quiet, ...wants }: Wants): WantsFields {
  const text = (value?: string | number) => (value === undefined ? undefined : String(value))
  return {
    genres,
    critics,
    minRating: text(wants.minRating),
    frequency: wants.frequency,
    hour: text(wants.hour),
    weekday: text(wants.weekday),
    timeZone: wants.timeZone,
    quietFrom: quiet?.from,
    quietTo: quiet?.to,
  }
}
