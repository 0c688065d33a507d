/** The names that our code declares or uses, split into words. */
import ts from 'typescript'
import { find, read } from './files'

export interface Used {
  /** As written: `deadLetters`. */
  name: string
  file: string
}

/** `deadLetters`, `dead-letters.ts`, `DEAD_LETTERS` → `dead letters`. */
export const wordsOf = (name: string) =>
  name
    .replaceAll(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .replaceAll(/[^a-z\d]+/gi, ' ')
    .trim()
    .toLowerCase()

/** Every identifier in a file once, and the file's own name. */
export function namesIn(file: string): Used[] {
  const names = new Set([file.split('/').at(-1)!.replace(/\..*/, '')])
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) names.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, scriptOf(file), ts.ScriptTarget.Latest))
  return [...names].map(name => ({ name, file }))
}

/** The names in all files that match a pattern. */
export const namesFrom = (pattern: string): Used[] => find(pattern).flatMap(namesIn)

function scriptOf(file: string): string {
  const text = read(file)
  return file.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(match => match[1]!).join('\n')
    : text
}
