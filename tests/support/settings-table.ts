/** Makes the README's table of settings from the schemas of the parts. */
import type { Reactor } from '../../server/delivery/contract/define-reactor'
import { defaultOf, variableOf } from '../../server/delivery/contract/settings-rules'

export const settingsTable = (reactors: Reactor[]): string =>
  [
    '| part | name | default | meaning |',
    '| --- | --- | --- | --- |',
    ...reactors.flatMap(rowsOf),
  ].join('\n')

const rowsOf = ({ name, label, settings }: Reactor): string[] =>
  Object.entries(settings?.shape ?? {}).map(([setting, schema]) => {
    const given = defaultOf(schema)
    const cells = [
      label,
      `\`${variableOf(name, setting)}\``,
      given ? `\`${given}\`` : 'none',
      schema.description,
    ]
    return `| ${cells.join(' | ')} |`
  })
