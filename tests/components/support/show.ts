/** Mounts a component like a page does: inside <main>, awaited if it loads data first, with its v-models kept by the page. */
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import {
  type AllowedComponentProps,
  type Component,
  h,
  shallowReactive,
  Suspense,
  type VNodeProps,
} from 'vue'

type PropsOf<C> = C extends new (...args: never[]) => { $props: infer P }
  ? Omit<P, keyof VNodeProps | keyof AllowedComponentProps | `on${string}`>
  : never

const shown = new Set<ReturnType<typeof mount>>()

/** Returns a function that unmounts it before the test ends. */
export function keepTrack(wrapper: ReturnType<typeof mount>) {
  shown.add(wrapper)
  return () => {
    shown.delete(wrapper)
    wrapper.unmount()
  }
}

export function unmountAll() {
  for (const wrapper of shown) wrapper.unmount()
  shown.clear()
}

/** `within` lists the elements that it needs around it, outermost first. */
export async function show<C extends Component>(
  component: C,
  given: PropsOf<C> & Record<string, unknown>,
  { within = [] as string[] } = {},
) {
  const props: Record<string, unknown> = shallowReactive({ ...given })
  const listeners = Object.fromEntries(
    Object.keys(given).map(name => [
      `onUpdate:${name}`,
      (value: unknown) => {
        props[name] = value
      },
    ]),
  )
  const wrapper = mount(
    () =>
      ['main', ...within].reduceRight<ReturnType<typeof h>>(
        (inner, element) => h(element, [inner]),
        h(Suspense, null, { default: () => h(component, { ...props, ...listeners }) }),
      ),
    { attachTo: document.body, global: { stubs: { NuxtLink: RouterLinkStub } } },
  )
  const unmount = keepTrack(wrapper)
  await flushPromises()
  return {
    /** The current props, as v-models change them. */
    props,
    emitted: (event: string) => wrapper.findComponent(component).emitted(event),
    find: <E extends Element = HTMLElement>(selector: string) => wrapper.find<E>(selector),
    findAll: <E extends Element = HTMLElement>(selector: string) => wrapper.findAll<E>(selector),
    /** The one button with this name, which may include text for screen readers only. */
    button(name: RegExp) {
      const found = wrapper.findAll('button').filter(button => name.test(button.text()))
      if (found.length !== 1) throw new Error(`${found.length} buttons have the name ${name}`)
      return found[0]!
    },
    async press(selector: string) {
      await wrapper.find(selector).trigger('click')
      await flushPromises()
    },
    /** Whether this component is currently on the page. */
    holds: (other: Component) => wrapper.findAllComponents(other).length > 0,
    text: () => wrapper.text(),
    unmount,
  }
}
