/** A part's own settings, and whether it can send with them. */
import { settings } from '../../config/settings'
import type { About, Reactor } from './define-reactor'
import { variableOf } from './settings-rules'

/** As they are written in the environment (NUXT_<NAME>_<SETTING>): Nitro's own reading would make a number of the token "123". */
export const settingsOf = ({ name, settings = {} }: Reactor): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([key, fallback]) => [
      key,
      process.env[variableOf(name, key)] || fallback,
    ]),
  )

/** What a part knows besides the review, with the critic's own words where there are some. */
export const aboutPart = (reactor: Reactor, text?: string): About => ({
  settings: settingsOf(reactor),
  siteUrl: settings().siteUrl,
  ...(text && { text }),
})

/** True when a part can send; else the words shown instead. */
export const canSend = (reactor: Reactor): true | string =>
  reactor.ready?.(settingsOf(reactor), { siteUrl: settings().siteUrl }) ?? true

/** What the operator wrote that cannot be meant: those words begin with the variable, and end the start. Whatever else keeps a part from sending is how it stands. */
export function wrongSetting(reactor: Reactor): string | undefined {
  const able = canSend(reactor)
  return able !== true && able.startsWith('NUXT_') ? able : undefined
}
