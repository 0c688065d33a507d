/**
 * Reads what was typed after a command's name; anything that the command does not take stops it
 * before it does anything.
 */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { type Command, Misuse } from './command'
import { howTo } from './help'

export interface Arguments {
  words: string[]
  options: Record<string, string | boolean | undefined>
}

const HELP: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } }

/**
 * Undefined when help is asked for. Throws Misuse for an unknown or missing option, and for too
 * many or too few words.
 */
export function readArguments(
  name: string,
  command: Command,
  args: string[],
): Arguments | undefined {
  const known = { ...command.options, ...HELP }
  // Not strict, because our own refusals show how the command is used.
  const { tokens, values, positionals } = parseArgs({
    args,
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  if (values.help) return undefined
  const given = tokens.filter(token => token.kind === 'option')
  const unknown = given.find(option => !Object.hasOwn(known, option.name))
  if (unknown)
    throw new Misuse(`There is no option ${unknown.rawName}. Usage: ${howTo(name, command)[0]}`)
  const usage = (command.usage ?? '').split(' ').filter(Boolean)
  if (args.length > usage.length)
    throw new Misuse(`Too many arguments. Usage: ${howTo(name, command)[0]}`)
  const needed = usage.findIndex(word => !/^[A-Z]/.test(word))
  const isIncomplete =
    positionals.filter(Boolean).length < (needed < 0 ? usage.length : needed) ||
    given.some(({ name, value }) => (known[name]!.type === 'string') !== (value !== undefined))
  if (isIncomplete && command.missing) throw new Misuse(command.missing)
  return { words: positionals, options: values as Arguments['options'] }
}
