/** The style sheets of the typefaces: each face is cut alike, and what stands in for it has its height. */
import { readFileSync } from 'node:fs'
import { openSync } from 'fontkit'
import { expect, it } from 'vitest'

/** The declarations of each @font-face. */
const rulesOf = (sheet: string) =>
  [...readFileSync(`assets/${sheet}.css`, 'utf8').matchAll(/@font-face \{([^}]*)\}/g)].map(
    ([, rule]) =>
      Object.fromEntries(
        [...rule!.matchAll(/([\w-]+):([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()]),
      ),
  )

it('gives every face the same letters in the same cut', () => {
  const cuts = Map.groupBy(rulesOf('fonts'), ({ src }) => /core|latin-ext|latin/.exec(src!)![0])
  expect([...cuts.keys()]).toEqual(['core', 'latin', 'latin-ext'])
  for (const faces of cuts.values()) {
    expect(faces).toHaveLength(3)
    expect(new Set(faces.map(face => face['unicode-range'])).size).toBe(1)
  }
})

const standIns = rulesOf('fallback-fonts').map(rule => ({
  name: ['font-family', 'font-style', 'font-weight'].map(part => rule[part]).join(' '),
  rule,
}))

it.each(standIns)('$name has our height', ({ rule }) => {
  const family = rule['font-family']!.startsWith("'Archivo") ? 'archivo' : 'brygada-1918'
  const file = `${family}/files/${family}-latin-wght-${rule['font-style']}.woff2`
  const ours = openSync(`node_modules/@fontsource-variable/${file}`)
  if (!('ascent' in ours)) throw new Error(`${file} holds several fonts`)
  const percent = (name: string) => Number.parseFloat(rule[name]!)
  const scaled = (units: number) => (100 * 100 * units) / ours.unitsPerEm / percent('size-adjust')
  expect(Math.abs(percent('ascent-override') - scaled(ours.ascent))).toBeLessThan(0.1)
  expect(Math.abs(percent('descent-override') - scaled(-ours.descent))).toBeLessThan(0.1)
})
