/** A part's own settings, and whether it can send with them. */
import { settings } from '../../config/settings'
import type { About, Reactor } from './define-reactor'
import { fillSettings, judgeSettings, variableOf } from './settings-rules'

/**
 * Read straight from the environment (NUXT_<NAME>_<SETTING>), because Nitro would turn the token
 * "123" into a number.
 */
export const settingsOf = ({ name, settings: schema }: Reactor): Record<string, string> =>
  schema ? fillSettings(schema, setting => process.env[variableOf(name, setting)]) : {}

/** What a part knows besides the review, with the critic's own words if there are any. */
export const aboutPart = (reactor: Reactor, text?: string): About => ({
  settings: settingsOf(reactor),
  siteUrl: settings().siteUrl,
  ...(text && { text }),
})

/** True when a part can send, otherwise the words to show instead. */
export const canSend = (reactor: Reactor): true | string =>
  canSendWith(reactor, settingsOf(reactor), settings().siteUrl)

/** The same for given settings: checks the schema first, then the part's own requirements. */
export function canSendWith(
  { name, settings: schema, ready }: Reactor,
  given: Record<string, string>,
  siteUrl: string,
): true | string {
  const able = schema ? judgeSettings(name, schema, given) : true
  return able === true ? (ready?.(given, { siteUrl }) ?? true) : able
}

/**
 * A sentence about an invalid setting, which stops startup; it begins with the variable. Anything
 * else that keeps a part from sending is only a state of that part.
 */
export function wrongSetting(reactor: Reactor): string | undefined {
  const able = canSend(reactor)
  return able !== true && able.startsWith('NUXT_') ? able : undefined
}
