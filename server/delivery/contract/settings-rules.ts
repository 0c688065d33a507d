/** The settings of a part are one zod schema; its variables, its defaults and what can be wrong with them follow from it. */
import { z } from 'zod'

export type SettingsSchema<Settings extends Record<string, string> = Record<string, string>> =
  z.ZodObject<{ [Setting in keyof Settings]: z.ZodType<Settings[Setting]> }>

const LIST = new Intl.ListFormat('en-GB')

/** A setting that holds the address of a server. */
export const address = () =>
  z.string().refine(isWebAddress, 'must be a URL that starts with https:// or http://')

/** A setting that must not come back in anything that the far side says. */
export const secret = () => z.string().meta({ secret: true })

function isWebAddress(url: string): boolean {
  const { protocol } = URL.parse(url) ?? {}
  return protocol === 'https:' || protocol === 'http:'
}

/** The variable of the environment that holds a setting of a part. */
export const variableOf = (part: string, setting: string) =>
  `NUXT_${part.replaceAll('-', '_')}_${setting.replaceAll(/[A-Z]/g, '_$&')}`.toUpperCase()

/** What stands for a setting that is not given; undefined where the part cannot do without it. */
export const defaultOf = (setting: z.ZodType<string>): string | undefined =>
  setting.safeParse(undefined).data

/** Every setting as `given` has it, else its default; empty where there is neither. */
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

/** True where all is there; "Not set up" where nothing is; else a sentence that begins with the variable to change. */
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

/** The values that must stay inside. Of an address that is itself a secret, its last segment is the key. */
export const secretsIn = (schema: SettingsSchema, settings: Record<string, string>): string[] =>
  Object.entries(schema.shape)
    .filter(([, setting]) => setting.meta()?.secret)
    .flatMap(([name]) => [settings[name] ?? '', lastSegment(settings[name] ?? '')])
    .filter(Boolean)

const lastSegment = (url: string) => URL.parse(url)?.pathname.split('/').at(-1) ?? ''
