// Sets the reader's choice of light before the first paint, and keeps it. Blocking on purpose: later would flash.
{
  const root = document.documentElement
  const show = (theme) => { if (theme === 'light' || theme === 'dark') root.dataset.theme = theme; else delete root.dataset.theme }
  let kept
  try { kept = localStorage.theme } catch { /* storage is refused: the system decides */ }
  show(kept)

  const wake = () => document.querySelectorAll('[data-theme-choice]').forEach((choice) => {
    choice.hidden = false
    choice.querySelectorAll('input').forEach((input) => { input.checked = input.value === (root.dataset.theme ?? 'system') })
  })
  document.addEventListener('DOMContentLoaded', wake)
  document.addEventListener('change', ({ target }) => {
    if (!target.closest('[data-theme-choice]')) return
    show(target.value)
    try { if (target.value === 'system') localStorage.removeItem('theme'); else localStorage.theme = target.value } catch { /* this visit only */ }
  })
}
