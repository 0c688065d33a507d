/** How a part judges its own settings: half of a set, or words that are no address, are a mistake whose sentence begins with the variable. */

const LIST = new Intl.ListFormat('en-GB')

/** The variable of the environment that holds a setting of a part. */
export const variableOf = (part: string, setting: string) =>
  `NUXT_${part.replaceAll('-', '_')}_${setting.replaceAll(/[A-Z]/g, '_$&')}`.toUpperCase()

/** Of settings that belong together: "Not set up" where none is given, which of them is missing where some are, undefined where all are. */
export function halfSet(part: string, together: Record<string, string>): string | undefined {
  const missing = Object.keys(together).filter(setting => !together[setting])
  if (!missing.length) return undefined
  return missing.length === Object.keys(together).length
    ? 'Not set up'
    : `${LIST.format(missing.map(setting => variableOf(part, setting)))} must be set too`
}

/** What is wrong with an address that may be empty. */
export function noAddress(variable: string, url: string): string | undefined {
  const { protocol } = URL.parse(url) ?? {}
  return !url || protocol === 'https:' || protocol === 'http:'
    ? undefined
    : `${variable} must be a URL that starts with https:// or http://`
}
