/** What can be typed after the name of a command. */
import { describe, expect, it } from 'vitest'
import { readArguments } from '../../server/cli/arguments'
import { type Command, Misuse } from '../../server/cli/command'

const run = async () => []
const bare: Command = { says: 'looks', run }
const copy: Command = { usage: 'DIR', missing: 'Where to?', says: 'copies', run }
const optional: Command = { usage: '[NAME]', says: 'builds', run }
const tell: Command = {
  usage: 'PART --from POSITION [--dry-run]',
  options: { from: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  missing: 'Which part, from where?',
  says: 'tells',
  run,
}
const refused = (command: Command, ...args: string[]) => {
  try {
    return readArguments('do', command, args)
  } catch (error) {
    expect(error).toBeInstanceOf(Misuse)
    expect((error as Misuse).exitCode).toBe(2)
    return (error as Misuse).message
  }
}

describe('what a command takes', () => {
  it.each<[Command, string[], string[], object]>([
    [bare, [], [], {}],
    [copy, ['/backups/monday'], ['/backups/monday'], {}],
    [copy, ['-'], ['-'], {}],
    [optional, [], [], {}],
    [optional, ['reviews'], ['reviews'], {}],
    [tell, ['push', '--from', '3'], ['push'], { from: '3' }],
    [tell, ['--from=3', 'push'], ['push'], { from: '3' }],
    [tell, ['push', '--from', '-3'], ['push'], { from: '-3' }],
    [tell, ['push', '--dry-run', '--from', '3'], ['push'], { from: '3', 'dry-run': true }],
  ])('%o takes %o', (command, args, words, options) => {
    expect(readArguments('do', command, args)).toEqual({ words, options })
  })
})

describe('help', () => {
  it.each([
    [['--help']],
    [['-h']],
    [['push', '-h']],
    [['--strange', '--help']],
    [['a', '-h', 'b']],
  ])('is shown for %o', args => {
    expect(readArguments('do', tell, args)).toBeUndefined()
  })
})

describe('what stops a command before it does anything', () => {
  it.each<[Command, string[], string]>([
    [bare, ['--fast'], 'There is no option --fast. Usage: npm run mymovies -- do'],
    [copy, ['--full', 'x'], 'There is no option --full. Usage: npm run mymovies -- do DIR'],
    [copy, ['--full=yes'], 'There is no option --full. Usage: npm run mymovies -- do DIR'],
    [copy, ['-x'], 'There is no option -x. Usage: npm run mymovies -- do DIR'],
    [copy, ['--toString'], 'There is no option --toString. Usage: npm run mymovies -- do DIR'],
    [copy, ['--from', 'x'], 'There is no option --from. Usage: npm run mymovies -- do DIR'],
    [bare, ['x'], 'Too many arguments. Usage: npm run mymovies -- do'],
    [copy, ['a', 'b'], 'Too many arguments. Usage: npm run mymovies -- do DIR'],
    [optional, ['a', 'b'], 'Too many arguments. Usage: npm run mymovies -- do [NAME]'],
    [copy, [], 'Where to?'],
    [copy, [''], 'Where to?'],
    [tell, ['--from', '1'], 'Which part, from where?'],
    [tell, ['push', '--from'], 'Which part, from where?'],
    [tell, ['push', '--from', '1', '--dry-run=no'], 'Which part, from where?'],
  ])('%o stops at %o', (command, args, says) => {
    expect(refused(command, ...args)).toBe(says)
  })
})
