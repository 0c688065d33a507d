/** Runs a composable in a component's setup, with its lifecycle hooks. */
import { mount } from '@vue/test-utils'
import { keepTrack } from '../components/support/show'

export function inComponent<T>(setup: () => T) {
  let result!: T
  const wrapper = mount({
    setup() {
      result = setup()
      return () => null
    },
  })
  return { result, unmount: keepTrack(wrapper) }
}
