/** The choices in the subscribe form, in the shape of the API; an empty field is left out. */
import { browserZone } from '../../shared/browser-zone'
import type { Wants } from '../../shared/types/wants'

export function readWants(form: FormData): Wants {
  const timeZone = browserZone()
  const wants: Record<string, unknown> = { ...(timeZone && { timeZone }) }
  for (const name of ['genres', 'critics']) {
    const chosen = form.getAll(name).filter(Boolean)
    if (chosen.length) wants[name] = chosen
  }
  for (const name of ['minRating', 'hour', 'weekday'])
    if (form.get(name)) wants[name] = Number(form.get(name))
  for (const name of ['frequency', 'timeZone']) if (form.get(name)) wants[name] = form.get(name)
  const from = form.get('quietFrom') || undefined
  const to = form.get('quietTo') || undefined
  // One without the other is sent too, so that the server can say what is missing.
  if (from || to) wants.quiet = { from, to }
  return wants
}
