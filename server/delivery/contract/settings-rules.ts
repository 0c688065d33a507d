/**
 * Derives a part's variables, defaults and error messages from the one zod schema of its settings.
 */
import { z } from 'zod'

export type SettingsSchema<Settings extends Record<string, string> = Record<string, string>> =
  z.ZodObject<{ [Setting in keyof Settings]: z.ZodType<Settings[Setting]> }>

const LIST = new Intl.ListFormat('en-GB')

/** A setting that holds the address of a server. */
export const address = () =>
  z.string().refine(isWebAddress, 'must be a URL that starts with https:// or http://')

/** A setting that must never show up in anything we repeat from the far side. */
export const secret = () => z.string().meta({ secret: true })

function isWebAddress(url: string): boolean {
  const { protocol } = URL.parse(url) ?? {}
  return protocol === 'https:' || protocol === 'http:'
}

/** The environment variable that holds a part's setting. */
export const variableOf = (part: string, setting: string) =>
  `NUXT_${part.replaceAll('-', '_')}_${setting.replaceAll(/[A-Z]/g, '_$&')}`.toUpperCase()

/** The value of a setting that is not given; undefined if the part cannot do without it. */
export const defaultOf = (setting: z.ZodType<string>): string | undefined =>
  setting.safeParse(undefined).data

/** Each setting's given value, or its default, or an empty string. */
export const fillSettings = (
  schema: SettingsSchema,
  given: (setting: string) => string | undefined,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(schema.shape).map(([name, setting]) => [
      name,
      given(name) || defaultOf(setting) || '',
    ]),
  )

/**
 * True if all required settings are there, "Not set up" if none is, otherwise a sentence that
 * begins with the variable to change.
 */
export function judgeSettings(
  part: string,
  schema: SettingsSchema,
  settings: Record<string, string>,
): true | string {
  const shape = Object.entries(schema.shape)
  for (const [name, setting] of shape) {
    const wrong = settings[name] && setting.safeParse(settings[name]).error?.issues[0]
    if (wrong) return `${variableOf(part, name)} ${wrong.message}`
  }
  const needed = shape.filter(([, setting]) => defaultOf(setting) === undefined)
  const missing = needed.map(([name]) => name).filter(name => !settings[name])
  if (!missing.length) return true
  if (missing.length === needed.length) return 'Not set up'
  return `${LIST.format(missing.map(name => variableOf(part, name)))} must be set too`
}

/**
 * The values that must not leak. If an address is itself a secret, its last path segment is one
 * too.
 */
export const secretsIn = (schema: SettingsSchema, settings: Record<string, string>): string[] =>
  Object.entries(schema.shape)
    .filter(([, setting]) => setting.meta()?.secret)
    .flatMap(([name]) => [settings[name] ?? '', lastSegment(settings[name] ?? '')])
    .filter(Boolean)

const lastSegment = (url: string) => URL.parse(url)?.pathname.split('/').at(-1) ?? ''
