/**
 * axe on every component in every state that matters, without a browser: names, roles, relations. What needs layout (contrast,
 * sizes) is checked on whole pages by the axe runs of tests/e2e.
 */
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { EDITOR } from './scenes/editor'
import { PUBLIC } from './scenes/public'
import { answer } from './support/server'
import { show } from './support/show'
import { SlowWorker } from './support/slow-worker'

const files = import.meta.glob<Component>('../../components/**/*.{vue,ts}', {
  eager: true,
  import: 'default',
})
const nameOf = (file: string) => file.replace(/^.*\/components\/|\.\w+$/g, '')
const components = new Map(Object.entries(files).map(([file, made]) => [nameOf(file), made]))
/** The names of all components that axe has seen in this file, nested ones included. */
const seen = new Set<string>()

async function faults(root: Element) {
  const { violations } = await axe.run(root, { rules: { 'color-contrast': { enabled: false } } })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
}

beforeEach(() => {
  vi.stubGlobal('Worker', SlowWorker)
})

describe.each(Object.entries({ ...PUBLIC, ...EDITOR }))('%s', (name, scenes) => {
  it.each(scenes.map((scene, i) => [i + 1, scene] as const))(
    'has no fault for axe (scene %i)',
    async (_, { props = {}, within, answers = {}, press = [] }) => {
      for (const [what, value] of Object.entries(answers)) answer(what, value)
      const shown = await show(components.get(name)!, props, { within })
      for (const selector of press) await shown.press(selector)
      for (const [other, component] of components) if (shown.holds(component)) seen.add(other)
      expect(await faults(document.body)).toEqual([])
    },
  )
})

it('every component has a scene', () => {
  expect([...components.keys()].filter(name => !seen.has(name))).toEqual([])
})
