/** Runs a composable as the setup of a component does, with its hooks. */
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
