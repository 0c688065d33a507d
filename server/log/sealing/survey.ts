/** Counts the texts of a log that are sealed, erased or plain, and finds the first whose key is not right. */
import type { DatabaseSync } from 'node:sqlite'
import type { StoredEvent } from '../stored-event'
import { keyFinder } from './key-file'
import { isPlain } from './sealed-event'
import { faultOf } from './text-reader'

export interface Survey {
  sealed: number
  erased: number
  plain: number
  damage?: { position: number; reason: string }
}

/** The name of the key, as `sealed` stands in canonical JSON. */
const SEALED = /"sealed":\{"key":"([0-9a-f]{32})"/

export const keyIdIn = (data: string): string | undefined => SEALED.exec(data)?.[1]

/** `keys` is undefined where there is no keys.sqlite. `see` takes each row once, oldest first. */
export function startSurvey(keys: DatabaseSync | undefined): {
  see: (row: StoredEvent) => void
  survey: Survey
} {
  const find = keys ? keyFinder(keys) : () => undefined
  const states = new Map<string, 'sealed' | 'erased' | { fault: string }>()
  const survey: Survey = { sealed: 0, erased: 0, plain: 0 }

  function stateOf(id: string) {
    const known = states.get(id)
    if (known) return known
    const row = find(id)
    const fault = faultOf(id, row)
    const intact = row?.key ? 'sealed' : 'erased'
    const state = fault ? { fault } : intact
    states.set(id, state)
    return state
  }

  return {
    survey,
    see({ position, type, data }) {
      const id = keyIdIn(data)
      if (!id) {
        if (isPlain(type, JSON.parse(data))) survey.plain++
        return
      }
      const state = stateOf(id)
      if (typeof state === 'string') survey[state]++
      else survey.damage ??= { position, reason: state.fault }
    },
  }
}
