/** Runs a composable as the setup of a component does, with its hooks. */
import { mount } from '@vue/test-utils'
import { onTestFinished } from 'vitest'

export function inComponent<T>(setup: () => T) {
  let result!: T
  const wrapper = mount({
    setup() {
      result = setup()
      return () => null
    },
  })
  let mounted = true
  const unmount = () => {
    if (mounted) wrapper.unmount()
    mounted = false
  }
  onTestFinished(unmount)
  return { result, unmount }
}
