/** The operator's commands by name, in the order in which the help lists them. */
import { backup } from './backup'
import { type Command, Misuse } from './command'
import { criticAdd } from './critic-add'
import { erase } from './erase'
import { exportLog } from './export'
import { fediverseAlias, fediverseKeys } from './fediverse'
import { howTo, listCommands } from './help'
import { importLog } from './import'
import { deadLetters, parts, redrive } from './parts'
import { rebuild } from './rebuild'
import { replay } from './replay'
import { restore } from './restore'
import { seal } from './seal'
import { verify } from './verify'

export const commands: Record<string, Command> = {
  verify,
  backup,
  restore,
  export: exportLog,
  import: importLog,
  erase,
  seal,
  rebuild,
  parts,
  replay,
  'dead-letters': deadLetters,
  redrive,
  'critic:add': criticAdd,
  'fediverse:keys': fediverseKeys,
  'fediverse:alias': fediverseAlias,
  help: {
    usage: '[COMMAND]',
    says: 'shows this list, or one command',
    run: async ([name]) =>
      name === undefined ? listCommands(commands) : howTo(name, commandNamed(name)),
  },
}

/** Throws Misuse, with the list, when there is no command of that name. */
export function commandNamed(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command
  const list = listCommands(commands).join('\n')
  throw new Misuse(`There is no command ${JSON.stringify(name)}.\n\n${list}`)
}
