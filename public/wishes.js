/** What the form of wishes shows only with a script: the mark that follows the slider, and the reader's own time zone. */
const slider = document.querySelector('input[name=minRating]'),
  rating = document.querySelector('[data-least]'),
  zone = document.querySelector('[data-zone]')

// The light opens from the middle, a tenth for each half point (shared/card/mark.ts draws the same).
slider?.addEventListener('input', () => {
  const value = Number(slider.value),
    width = value < 5 ? Math.round(Math.min(43, (value / 5) * 46) * 10) / 10 : 46
  rating.lastElementChild.textContent =
    value === 0.5 ? '½' : `${Math.floor(value)}${value % 1 ? '½' : ''}`
  rating.querySelector('.mark-light')?.remove()
  if (width)
    rating
      .querySelector('svg')
      .insertAdjacentHTML(
        'beforeend',
        `<rect class="mark-light" x="${25 - width / 2}" y="2" width="${width}" height="16"/>`,
      )
})

if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone
