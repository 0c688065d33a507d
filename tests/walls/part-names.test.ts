/** No file but its own names a part: other code asks the registry for what a part declares, so that a new listener is one new file. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const names = globSync('server/reactors/*.ts', { cwd: root }).map(file => basename(file, '.ts'))
/** Except migrations, which say what was true at their time. */
const files = globSync('server/**/*.ts', { cwd: root }).filter(
  file => !file.startsWith('server/db/migrations/'),
)

/**
 * Some parts share their name with other things, and those keep it: a table or a column in SQL, the purpose of an outbound call (`push:host:port` in
 * NUXT_ALLOW_TARGETS), the scope of a token, a field of the form that somebody filled in. The first column is what is called, the second
 * which of its arguments is such a name. A value that is compared with, `.where('name', '=', 'email')`, is none.
 */
const OTHER_THINGS: Record<string, (argument: number) => boolean> = {
  ...Object.fromEntries(
    ['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'column', 'where', 'on'].map(call => [
      call,
      (argument: number) => argument === 0,
    ]),
  ),
  select: () => true,
  returning: () => true,
  checkTarget: argument => argument === 0,
  fetchFor: argument => argument === 0,
  outboundFetch: argument => argument === 0,
  trusted: argument => argument === 0,
  agent: argument => argument === 0,
  requireScope: argument => argument === 1,
}

/** Words in single files that do not mean a part, and why. */
const EXCEPTIONS: Record<string, string> = {
  'server/outbound/targets.ts push': 'the purpose that has a list of its own',
  'server/access/people.ts email': 'what a person signs in with',
  'server/imports/readers/keep.ts email': 'a field of a reader who is imported',
  'server/api/people/index.post.ts email': 'a field of the form',
  'server/contracts/operations/webhooks.ts webhooks': 'the scope of a token',
  'server/channels/webhooks/disabled-alert.ts webhooks': 'the plural of webhook',
  'server/channels/activitypub/documents/nodeinfo.ts activitypub': 'the name of the protocol',
}

/** `FILE NAME` of each string literal or literal type that is exactly the name of another file's part. */
const named = files.flatMap(file => {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const others = names.filter(name => file !== `server/reactors/${name}.ts`)
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) && others.includes(node.text) && !isAnotherThing(node))
      found.push(`${file} ${node.text}`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
})

function isAnotherThing(literal: ts.Node): boolean {
  const { parent } = literal
  // AppTables['webhooks']
  if (ts.isLiteralTypeNode(parent)) return ts.isIndexedAccessTypeNode(parent.parent)
  const argument = ts.isArrayLiteralExpression(parent) ? parent : literal
  const call = argument.parent
  if (!ts.isCallExpression(call)) return false
  const called = ts.isPropertyAccessExpression(call.expression)
    ? call.expression.name.text
    : call.expression.getText()
  return OTHER_THINGS[called]?.(call.arguments.indexOf(argument as ts.Expression)) ?? false
}

describe('the name of a part', () => {
  it('is looked for in every file', () => {
    expect(names).toContain('email')
    expect(files.length).toBeGreaterThan(200)
  })

  it('appears in no string outside its own file', () => {
    expect(named.filter(use => !(use in EXCEPTIONS))).toEqual([])
  })

  it('has no exception that is not needed', () => {
    expect(Object.keys(EXCEPTIONS).filter(use => !named.includes(use))).toEqual([])
  })
})

/** These words mean other things too (WebSub and ActivityPub are also standards, with addresses and doors of their own); a part with an unambiguous name is not mentioned anywhere else, not even in a comment. */
const COMMON_WORDS = ['email', 'push', 'webhooks', 'websub', 'x', 'activitypub']

describe.each(names.filter(name => !COMMON_WORDS.includes(name)))('the word %s', name => {
  it('appears only in its own files', () => {
    const own = ['reactors', 'channels'].map(room => new RegExp(`^server/${room}/${name}[./]`))
    const word = new RegExp(`\\b${name}\\b`, 'i')
    const mentions = files
      .filter(file => !own.some(room => room.test(file)))
      .filter(file => word.test(readFileSync(join(root, file), 'utf8')))
    expect(mentions).toEqual([])
  })
})
