/** What the subscribe form can do only with a script: the mark follows the slider, and the reader's time zone is filled in. */
import { browserZone } from '../shared/browser-zone'
import { markLight } from '../shared/card/svg'
import { leastRating } from '../shared/rating'

const slider = document.querySelector<HTMLInputElement>('input[name=minRating]')
const rating = document.querySelector('[data-least]')
const zone = document.querySelector<HTMLInputElement>('[data-zone]')

slider?.addEventListener('input', () => {
  const value = Number(slider.value)
  rating!.querySelector('svg')!.innerHTML = markLight(value)
  rating!.lastElementChild!.textContent = leastRating(value)
  slider.setAttribute('aria-valuetext', leastRating(value))
})

if (zone && !zone.value) zone.value = browserZone() ?? ''
