/** Applies and stores the reader's choice of theme. It blocks on purpose: applied after the first paint, the page would flash. */
const root = document.documentElement

function show(theme: string | undefined) {
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  else delete root.dataset.theme
  colourBrowser()
}

/** The browser's own bars take the colour of the page: of the two tags, the one of the chosen theme applies. */
function colourBrowser() {
  const { theme } = root.dataset
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = (meta.dataset.theme ??= /dark/.test(meta.getAttribute('media')!) ? 'dark' : 'light')
    const chosen = theme === own ? 'all' : 'not all'
    meta.setAttribute('media', theme ? chosen : `(prefers-color-scheme: ${own})`)
  }
}

try {
  show(localStorage.theme)
} catch {
  /* storage is blocked: follow the system */
}

document.addEventListener('DOMContentLoaded', () => {
  colourBrowser()
  for (const choice of document.querySelectorAll<HTMLElement>('[data-theme-choice]')) {
    choice.hidden = false
    for (const input of choice.querySelectorAll('input'))
      input.checked = input.value === (root.dataset.theme ?? 'system')
  }
})

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement && target.closest('[data-theme-choice]'))) return
  show(target.value)
  try {
    if (target.value === 'system') localStorage.removeItem('theme')
    else localStorage.theme = target.value
  } catch {
    /* storage is blocked: for this visit only */
  }
})
