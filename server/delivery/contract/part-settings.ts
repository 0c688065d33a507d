/** A part's own settings, and whether it can send with them. */
import { settings } from '../../config/settings'
import type { About, Reactor } from './define-reactor'
import { fillSettings, judgeSettings, variableOf } from './settings-rules'

/** As they are written in the environment (NUXT_<NAME>_<SETTING>): Nitro's own reading would make a number of the token "123". */
export const settingsOf = ({ name, settings: schema }: Reactor): Record<string, string> =>
  schema ? fillSettings(schema, setting => process.env[variableOf(name, setting)]) : {}

/** What a part knows besides the review, with the critic's own words where there are some. */
export const aboutPart = (reactor: Reactor, text?: string): About => ({
  settings: settingsOf(reactor),
  siteUrl: settings().siteUrl,
  ...(text && { text }),
})

/** True when a part can send; else the words shown instead. */
export const canSend = (reactor: Reactor): true | string =>
  canSendWith(reactor, settingsOf(reactor), settings().siteUrl)

/** The same for given settings: first the rules of their schema, then what the part itself asks for. */
export function canSendWith(
  { name, settings: schema, ready }: Reactor,
  given: Record<string, string>,
  siteUrl: string,
): true | string {
  const able = schema ? judgeSettings(name, schema, given) : true
  return able === true ? (ready?.(given, { siteUrl }) ?? true) : able
}

/** An invalid setting: its sentence begins with the variable and stops startup. Whatever else keeps a part from sending is its state. */
export function wrongSetting(reactor: Reactor): string | undefined {
  const able = canSend(reactor)
  return able !== true && able.startsWith('NUXT_') ? able : undefined
}
