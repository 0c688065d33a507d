/** Reads a record as named texts, nested ones too, each with what its name says. */
import { type Role, roleOf } from './column-roles'

export interface Column {
  name: string
  text: string
  role: Role
}

const DEEPEST = 4
const MOST = 1000
/** Ours, and checked by their own schemas. */
const OURS = new Set(['wants', 'subscription'])

export function columnsOf(record: object): Column[] {
  const columns: Column[] = []
  const add = (name: string, value: unknown, depth: number) => {
    if (columns.length >= MOST || value === null || value === undefined) return
    if (typeof value !== 'object')
      columns.push({ name, text: String(value).trim(), role: roleOf(name) })
    else if (depth < DEEPEST)
      for (const [key, inner] of Object.entries(value))
        add(Array.isArray(value) ? name : key, inner, depth + 1)
  }
  for (const [name, value] of Object.entries(record)) if (!OURS.has(name)) add(name, value, 1)
  return columns
}

/** The address: from the column that is surely it, else from one that holds an address. */
export function emailIn(columns: Column[]): string | undefined {
  const named = columns.filter(({ role, text }) => role.is === 'address' && text)
  const certain = named.find(({ role }) => role.is === 'address' && role.certain)
  const holding = ({ text }: Column) => /^[^\s@]+@[^\s@.]+\.[^\s@]+$/.test(text)
  return (certain ?? named.find(holding) ?? columns.find(holding) ?? named[0])?.text
}
