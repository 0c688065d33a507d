/** What was typed after the name of a command is what that command takes, or nothing is done: `backup --help` makes no folder of that name. */
import { type Command, Misuse } from './command'

export const isHelp = (arg: string) => arg === '--help' || arg === '-h'

/** One command as the help shows it. */
export const howTo = (name: string, { usage, says }: Command) => [
  `npm run mymovies -- ${[name, usage].filter(Boolean).join(' ')}`,
  `  ${says}`,
]

/** Throws Misuse for an option that the usage does not name, and for more words than it has. */
export function refuseUnasked(name: string, command: Command, args: string[]) {
  const words = (command.usage ?? '').split(' ').filter(Boolean)
  const options = words.flatMap(word => /--[\w-]+/.exec(word) ?? [])
  const stranger = args.find(arg => /^-\D/.test(arg) && !options.includes(arg.split('=')[0]!))
  if (stranger === undefined && args.length <= words.length) return
  throw new Misuse(
    `${stranger === undefined ? 'These are too many words' : `There is no option ${stranger}`}. Say: ${howTo(name, command)[0]}`,
  )
}
