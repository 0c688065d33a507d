/** The list of commands is consistent, and the help names each of them. */
import { describe, expect, it } from 'vitest'
import { Misuse } from '../../server/cli/command'
import { commandNamed, commands } from '../../server/cli/commands'
import { howTo, listCommands } from '../../server/cli/help'

it.each(Object.entries(commands))('%s shows the options that it takes', (_, { usage, options }) => {
  const shown = [...(usage ?? '').matchAll(/--([\w-]+)/g)].map(([, option]) => option)
  expect(shown.sort()).toEqual(Object.keys(options ?? {}).sort())
})

it.each(Object.entries(commands))('%s says what it does in one line', (_, { says }) => {
  expect(says).toMatch(/^[a-z][^\n]+[^.\n]$/)
})

describe('help', () => {
  it('lists each command once, with the descriptions in one column', () => {
    const [typed, empty, ...lines] = listCommands(commands)
    expect([typed, empty]).toEqual(['npm run mymovies -- COMMAND', ''])
    expect(lines.map(line => line.trim().split(' ')[0])).toEqual(Object.keys(commands))
    const columns = Object.values(commands).map(({ says }, i) => lines[i]!.indexOf(says))
    expect(new Set(columns).size).toBe(1)
  })

  it('shows one command with what to type after it', async () => {
    expect(howTo('verify', { says: 'checks', run: async () => [] })).toEqual([
      'npm run mymovies -- verify',
      '  checks',
    ])
    expect(await commands.help!.run(['backup'], {})).toEqual(howTo('backup', commands.backup!))
    expect(await commands.help!.run([], {})).toEqual(listCommands(commands))
  })
})

it.each(['dance', 'toString', ''])('there is no command "%s", and the list is shown', name => {
  expect(() => commandNamed(name)).toThrow(Misuse)
  expect(() => commandNamed(name)).toThrow(
    `There is no command ${JSON.stringify(name)}.\n\nnpm run mymovies -- COMMAND\n\n  verify `,
  )
})
